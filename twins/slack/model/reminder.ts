/** What somebody wants to be reminded of. https://docs.slack.dev/reference/methods/reminders.add */
import { shaped, UPPER36 } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { type Json, type Reminder, reminders, type Token } from '../world.ts';
import { seconds } from './timestamp.ts';
import { theUser } from './user.ts';

const DAY_SECONDS = 86_400;
const UNITS: Readonly<Record<string, number>> = {
  minute: 60,
  hour: 3_600,
  day: DAY_SECONDS,
  week: 7 * DAY_SECONDS,
};

/** Adds a reminder. `when`: seconds (absolute, or from now where less than a day), a date, or `in 5 minutes`. */
export function remind(world: World, actor: Token, text: string, when: string, user: string): Reminder {
  theUser(world, user);
  const time = timeOf(world, when);
  if (time <= seconds(world) - DAY_SECONDS * 365 * 10) throw refuse('cannot_parse');
  return world.insert(reminders, {
    id: shaped(world.draw('slack.reminder'), 'Rm0', 9, UPPER36),
    creator: actor.user,
    user,
    text,
    recurring: false,
    time,
    complete_ts: 0,
  });
}

/** One's own reminder. Throws `not_found`. */
export function theReminder(world: World, actor: Token, id: string): Reminder {
  const reminder = world.get(reminders, id);
  if (!reminder || (reminder.creator !== actor.user && reminder.user !== actor.user))
    throw refuse('not_found');
  return reminder;
}

/** Ticks a reminder off. Throws `already_completed` … `cannot_complete_recurring`. */
export function completeReminder(world: World, actor: Token, id: string): void {
  const reminder = theReminder(world, actor, id);
  if (reminder.complete_ts > 0) throw refuse('already_completed');
  world.update(reminders, id, { complete_ts: seconds(world) });
}

/** A reminder as Slack shows it. */
export const reminderView = (reminder: Reminder): Json => ({ ...reminder });

function timeOf(world: World, when: string): number {
  const now = seconds(world);
  if (/^\d+$/.test(when)) return Number(when) <= DAY_SECONDS ? now + Number(when) : Number(when);
  const relative = /^in (\d+|an?) (minute|hour|day|week)s?$/i.exec(when.trim());
  if (relative) {
    const count = /^a/i.test(relative[1] as string) ? 1 : Number(relative[1]);
    return now + count * (UNITS[(relative[2] as string).toLowerCase()] as number);
  }
  const parsed = Date.parse(when.replace(/ UTC$/, 'Z').replace(' ', 'T'));
  if (Number.isNaN(parsed)) throw refuse('cannot_parse');
  return Math.floor(parsed / 1_000);
}
