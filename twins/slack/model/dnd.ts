/** Who does not want to be disturbed. https://docs.slack.dev/reference/methods/dnd.info */
import { table } from '../../../src/table.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import type { Json } from '../world.ts';
import { seconds } from './timestamp.ts';

interface Snooze {
  user: string;
  /** Seconds. */
  ends: number;
}

export const snoozes = table<Snooze>({ name: 'slack.dnd', key: (row) => row.user });

/** Nobody here keeps hours: the next quiet time is Slack's way of saying so. */
const NO_HOURS = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };

/** Someone's quiet times; about one's own snooze Slack says more. */
export function quietOf(world: World, user: string): Json {
  const snooze = snoozeOf(world, user);
  return snooze ? { ...NO_HOURS, ...snooze } : { ...NO_HOURS, snooze_enabled: false };
}

/** Quiet for so many minutes. Throws `missing_duration`. */
export function snoozeFor(world: World, user: string, minutes: number): Json {
  if (minutes <= 0) throw refuse('missing_duration');
  world.put(snoozes, { user, ends: seconds(world) + minutes * 60 });
  return snoozeOf(world, user) ?? {};
}

/** No longer quiet. Throws `snooze_not_active`. */
export function endSnooze(world: World, user: string): Json {
  if (!snoozeOf(world, user)) throw refuse('snooze_not_active');
  world.remove(snoozes, user);
  return quietOf(world, user);
}

/** What others see. */
export const hoursOf = (): Json => NO_HOURS;

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
