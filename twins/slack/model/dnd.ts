/** Who does not want to be disturbed. https://docs.slack.dev/reference/methods/dnd.info */
import { table } from '../../../src/table.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { SNOOZE_MINUTES_MAX } from '../limits.ts';
import type { Json } from '../world.ts';
import { tell } from './event.ts';
import { eventTs, seconds } from './timestamp.ts';

interface Snooze {
  user: string;
  /** Seconds. */
  ends: number;
  timer: string;
}

export const snoozes = table<Snooze>({ name: 'slack.dnd', key: (row) => row.user });

/** The twin's timer that ends a snooze. */
export const SNOOZE_TIMER = 'snoozeEnd';

/** Nobody here keeps hours: the next quiet time is Slack's way of saying so. */
const NO_HOURS = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };

/** Someone's quiet times; about one's own snooze Slack says more. */
export function quietOf(world: World, user: string): Json {
  const snooze = snoozeOf(world, user);
  return snooze ? { ...NO_HOURS, ...snooze } : { ...NO_HOURS, snooze_enabled: false };
}

/** Quiet for so many minutes. Throws `missing_duration`, `too_long`. */
export function snoozeFor(world: World, user: string, minutes: number): Json {
  if (minutes <= 0) throw refuse('missing_duration');
  if (minutes > SNOOZE_MINUTES_MAX) throw refuse('too_long');
  const before = world.get(snoozes, user);
  if (before) world.cancel(before.timer);
  const ends = seconds(world) + minutes * 60;
  world.put(snoozes, { user, ends, timer: world.schedule(ends * 1_000, SNOOZE_TIMER, { user, ends }) });
  announce(world, user);
  return snoozeOf(world, user) ?? {};
}

/** No longer quiet. Throws `snooze_not_active`. */
export function endSnooze(world: World, user: string): Json {
  if (!snoozeOf(world, user)) throw refuse('snooze_not_active');
  wake(world, user);
  return quietOf(world, user);
}

/** Ends the quiet time that is now. Throws `not_in_dnd`. */
export function endQuiet(world: World, user: string): void {
  if (!snoozeOf(world, user)) throw refuse('not_in_dnd');
  wake(world, user);
}

/** Ends a snooze whose time has come. */
export function snoozeOver(world: World, due: { user: string; ends: number }): void {
  if (world.get(snoozes, due.user)?.ends === due.ends) wake(world, due.user);
}

/** What others see. */
export const hoursOf = (): Json => NO_HOURS;

function wake(world: World, user: string): void {
  const snooze = world.get(snoozes, user);
  if (snooze) world.cancel(snooze.timer);
  world.remove(snoozes, user);
  announce(world, user);
}

/** The person’s own apps hear all of it, others that something is different. */
function announce(world: World, user: string): void {
  const event_ts = eventTs(world);
  tell(world, { type: 'dnd_updated', user, dnd_status: quietOf(world, user), event_ts });
  tell(world, { type: 'dnd_updated_user', user, dnd_status: hoursOf(), event_ts });
}

function snoozeOf(world: World, user: string): Json | undefined {
  const left = (world.get(snoozes, user)?.ends ?? 0) - seconds(world);
  if (left <= 0) return undefined;
  return {
    snooze_enabled: true,
    snooze_endtime: seconds(world) + left,
    snooze_remaining: left,
    snooze_is_indefinite: false,
  };
}
