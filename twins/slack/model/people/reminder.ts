/** What somebody wants to be reminded of, and Slackbot says when it is time. https://docs.slack.dev/reference/methods/reminders.add */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { REMINDER_AGE_SECONDS_MAX, REMINDER_AHEAD_SECONDS_MAX } from '../../limits.ts';
import { type Json, type Reminder, reminders, SLACKBOT, type Token, type User, users } from '../../world.ts';
import { directConversation } from '../channels/conversation.ts';
import { post } from '../messages/message.ts';
import { seconds } from '../messages/timestamp.ts';
import { theUser } from './user.ts';
import { following, type Recurrence, type When, whenOf } from './when.ts';

/** The twin's timer that reminds. */
export const REMINDER_TIMER = 'reminder';

/**
 * Adds a reminder of one's own. `when` as `whenOf` reads it; `recurrence` has it come again. Throws `cannot_parse`,
 * `cannot_add_bot`, `cannot_add_slackbot`, `cannot_add_others`, `user_not_found`.
 */
export function remind(
  world: World,
  actor: Token,
  given: { text: string; when: string; user: string; recurrence?: Recurrence },
): Reminder {
  const user = theUser(world, given.user);
  requireOwn(actor, user);
  const now = seconds(world);
  const meant: When | undefined = whenOf(given.when, now, user.tz);
  // A time that is named and gone by is taken, and said at once.
  const ahead = meant ? meant.time - now : Number.NaN;
  if (!(ahead <= REMINDER_AHEAD_SECONDS_MAX && ahead >= -REMINDER_AGE_SECONDS_MAX))
    throw refuse('cannot_parse');
  const { time } = meant as When;
  const recurrence = given.recurrence ?? meant?.recurrence;
  const id = shaped(world.draw('slack.reminder'), 'Rm0', 9, UPPER36);
  return world.insert(reminders, {
    id,
    creator: actor.user,
    user: user.id,
    text: given.text,
    recurring: recurrence !== undefined,
    ...(recurrence ? { recurrence } : {}),
    time,
    complete_ts: 0,
    timer: world.schedule(time * 1_000, REMINDER_TIMER, { id }),
  });
}

/** One's own reminder. Throws `not_found`. */
export function theReminder(world: World, actor: Token, id: string): Reminder {
  const reminder = world.get(reminders, id);
  if (!reminder || (reminder.creator !== actor.user && reminder.user !== actor.user))
    throw refuse('not_found');
  return reminder;
}

/** Ticks a reminder off. Throws `cannot_complete_recurring`, `not_found`. */
export function completeReminder(world: World, actor: Token, id: string): void {
  const reminder = theReminder(world, actor, id);
  if (reminder.recurring) throw refuse('cannot_complete_recurring');
  world.cancel(reminder.timer);
  world.update(reminders, id, { complete_ts: seconds(world) });
}

/** Takes a reminder away. Throws `not_found`. */
export function deleteReminder(world: World, actor: Token, id: string): void {
  world.cancel(theReminder(world, actor, id).timer);
  world.remove(reminders, id);
}

/** Has Slackbot say it, and plans the next time of what comes again. */
export function sayReminder(world: World, { id }: { id: string }): void {
  const reminder = world.get(reminders, id);
  const user = reminder && world.get(users, reminder.user);
  if (!reminder || !user || user.deleted) return;
  const { channel } = directConversation(world, [SLACKBOT, user.id]);
  post(world, channel, { user: SLACKBOT }, { text: `Reminder: ${reminder.text}.` });
  if (!reminder.recurrence) return;
  const time = following(reminder.recurrence, reminder.time, user.tz);
  world.update(reminders, id, { time, timer: world.schedule(time * 1_000, REMINDER_TIMER, { id }) });
}

/** A reminder as Slack shows it: what comes again says how, all else when. */
export function reminderView({ timer: _, time, complete_ts, ...reminder }: Reminder): Json {
  return reminder.recurring ? reminder : { ...reminder, time, complete_ts };
}

function requireOwn(actor: Token, user: User): void {
  if (user.id === actor.user) return;
  if (user.id === SLACKBOT) throw refuse('cannot_add_slackbot');
  throw refuse(user.is_bot ? 'cannot_add_bot' : 'cannot_add_others');
}
