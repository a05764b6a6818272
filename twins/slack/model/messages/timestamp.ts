/** Timestamps that name messages: epoch seconds, a point, six digits of microseconds. */
import type { World } from '../../../../src/world/world.ts';
import { messages } from '../../world.ts';

const MICROS = 1_000_000;

/** A timestamp that no message of the channel has, and that sorts behind all of them. */
export function nextTs(world: World, channel: string): string {
  const last = world.list(messages, { prefix: `${channel}/`, reverse: true }).first()?.ts;
  const now = micros(world, channel);
  return written(last === undefined ? now : Math.max(now, read(last) + 1));
}

/** Now, as events write it under `event_ts`. */
export const eventTs = (world: World): string => written(micros(world, 'event'));

/** Whole seconds of universe time. */
export const seconds = (world: World): number => Math.floor(world.now() / 1_000);

/** A message's timestamp form; anything else is refused where a method asks for one. */
export const isTs = (text: string): boolean => /^\d{1,12}\.\d{6}$/.test(text);

/** The timestamp of a moment in universe milliseconds. */
export const tsAt = (ms: number): string => written(ms * 1_000);

/** Microseconds below the clock's millisecond are drawn, as no clock of ours is finer. */
const micros = (world: World, purpose: string): number =>
  world.now() * 1_000 + world.drawFor('slack.ts', purpose, world.now()).int(0, 999);

function read(ts: string): number {
  const point = ts.indexOf('.');
  return Number(ts.slice(0, point)) * MICROS + Number(ts.slice(point + 1));
}

function written(micro: number): string {
  return `${Math.floor(micro / MICROS)}.${String(micro % MICROS).padStart(6, '0')}`;
}
