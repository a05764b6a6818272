/** Who does not want to be disturbed. https://docs.slack.dev/reference/methods/dnd.info */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { SNOOZE_MINUTES_MAX } from '../../limits.ts';
import type { Json, User } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs, seconds } from '../messages/timestamp.ts';
import { theUser } from './user.ts';
import { instant, localOf } from './zone.ts';

interface Snooze {
  user: string;
  /** Seconds. */
  ends: number;
  timer: string;
}

/** When somebody is never disturbed, in minutes of their day; a night goes past midnight. */
interface QuietHours {
  user: string;
  from: number;
  to: number;
  /** Seconds: until then the hours that are now do not count, since the person ended them. */
  ended?: number;
}

export const snoozes = table<Snooze>({ name: 'slack.dnd', key: (row) => row.user });
export const quietHours = table<QuietHours>({ name: 'slack.quietHours', key: (row) => row.user });

/** The twin's timer that ends a snooze. */
export const SNOOZE_TIMER = 'snoozeEnd';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
/** Slack's way of saying that somebody keeps no hours. */
const NO_HOURS = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };

/** Someone's quiet times; about one's own snooze Slack says more. */
export const quietOf = (world: World, user: string): Json => ({
  ...hoursOf(world, user),
  ...(snoozeOf(world, user) ?? { snooze_enabled: false }),
});

/** What others see: the quiet hours that are now or come next. */
export function hoursOf(world: World, id: string): Json {
  const hours = world.get(quietHours, id);
  if (!hours) return NO_HOURS;
  const { start, end } = nextHours(world, theUser(world, id), hours);
  return { dnd_enabled: true, next_dnd_start_ts: start, next_dnd_end_ts: end };
}

/** Sets the hours (minutes of the day) in which somebody is never disturbed; none takes them back. */
export function keepHours(world: World, user: string, hours: { from: number; to: number } | undefined): void {
  if (hours) world.put(quietHours, { user, ...hours });
  else world.remove(quietHours, user);
  announce(world, user);
}

/** Quiet for so many minutes. Throws `missing_duration`, `too_long`. */
export function snoozeFor(world: World, user: string, minutes: number): Json {
  if (minutes <= 0) throw refuse('missing_duration');
  if (minutes > SNOOZE_MINUTES_MAX) throw refuse('too_long');
  const before = world.get(snoozes, user);
  if (before) world.cancel(before.timer);
  const ends = seconds(world) + minutes * MINUTE;
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

/** Ends the quiet time that is now: a snooze, or today's hours. Throws `not_in_dnd`. */
export function endQuiet(world: World, user: string): void {
  const hours = world.get(quietHours, user);
  const { start, end } = hours
    ? nextHours(world, theUser(world, user), hours)
    : { start: Number.NaN, end: 0 };
  const now = start <= seconds(world);
  if (!now && !snoozeOf(world, user)) throw refuse('not_in_dnd');
  if (now) world.update(quietHours, user, { ended: end });
  wake(world, user);
}

/** Ends a snooze whose time has come. */
export function snoozeOver(world: World, due: { user: string; ends: number }): void {
  if (world.get(snoozes, due.user)?.ends === due.ends) wake(world, due.user);
}

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
  tell(world, { type: 'dnd_updated_user', user, dnd_status: hoursOf(world, user), event_ts });
}

/** The hours that are now or come next, in seconds. */
function nextHours(world: World, { tz }: User, { from, to, ended = 0 }: QuietHours) {
  const now = seconds(world);
  const local = localOf(now, tz);
  const today = local - (local % DAY);
  const length = ((to - from) * MINUTE + DAY) % DAY || DAY;
  for (let day = today - DAY; ; day += DAY) {
    const start = instant(day + from * MINUTE, tz);
    const end = instant(day + from * MINUTE + length, tz);
    if (end > now && end > ended) return { start, end };
  }
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
