/**
 * Messages that are written when their time comes.
 * https://docs.slack.dev/reference/methods/chat.scheduleMessage
 */
import { ApiError } from '../../../../src/error.ts';
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import {
  SCHEDULE_AHEAD_SECONDS_MAX,
  SCHEDULED_FIRM_SECONDS,
  SCHEDULED_PER_WINDOW_MAX,
  SCHEDULED_WINDOW_SECONDS,
} from '../../limits.ts';
import {
  type Channel,
  channels,
  type Json,
  type Message,
  type Scheduled,
  scheduled,
  type Token,
  tokens,
} from '../../world.ts';
import { isMember } from '../channels/access.ts';
import { authorOf, content, type Draft, messageView, post } from './message.ts';
import { seconds } from './timestamp.ts';

/** The twin's timer that writes a scheduled message. */
export const SCHEDULED_TIMER = 'scheduledMessage';

/** Plans a message. `postAt` in seconds. Throws `time_in_past`, `time_too_far`, `restricted_too_many`. */
export function plan(world: World, actor: Token, channel: Channel, postAt: number, draft: Draft): Scheduled {
  const now = seconds(world);
  if (postAt <= now) throw refuse('time_in_past');
  if (postAt > now + SCHEDULE_AHEAD_SECONDS_MAX) throw refuse('time_too_far');
  requireRoom(world, actor, channel, postAt);
  content(world, channel.id, '', draft);
  const id = shaped(world.draw('slack.scheduled'), 'Q0', 9, UPPER36);
  return world.insert(scheduled, {
    id,
    channel_id: channel.id,
    post_at: postAt,
    date_created: now,
    text: draft.text ?? draft.markdown ?? '',
    app: actor.app,
    token: actor.id,
    timer: world.schedule(postAt * 1_000, SCHEDULED_TIMER, { id }),
    draft: draft as Json,
  });
}

/** A channel takes so many in any five minutes, counted in fixed spans. */
function requireRoom(world: World, actor: Token, channel: Channel, postAt: number): void {
  const from = postAt - (postAt % SCHEDULED_WINDOW_SECONDS);
  const key = (at: number) => `${actor.app}/${channel.id}/${String(at).padStart(12, '0')}`;
  const planned = world
    .list(scheduled, { index: 'channel', from: key(from), to: key(from + SCHEDULED_WINDOW_SECONDS) })
    .count();
  if (planned >= SCHEDULED_PER_WINDOW_MAX) throw refuse('restricted_too_many');
}

/** Takes a plan back, unless its time is about to come. Throws `invalid_scheduled_message_id`. */
export function unplan(world: World, actor: Token, channel: Channel, id: string): void {
  const planned = world.get(scheduled, id);
  if (!planned || planned.app !== actor.app || planned.channel_id !== channel.id)
    throw refuse('invalid_scheduled_message_id');
  if (planned.post_at - seconds(world) < SCHEDULED_FIRM_SECONDS) throw refuse('invalid_scheduled_message_id');
  world.cancel(planned.timer);
  world.remove(scheduled, id);
}

/** Writes a planned message; nothing where its channel or token is gone by then. */
export function fulfil(world: World, { id }: { id: string }): void {
  const planned = world.get(scheduled, id);
  if (!planned) return;
  world.remove(scheduled, id);
  const actor = world.list(tokens, { index: 'id', equals: planned.token }).first();
  const channel = world.get(channels, planned.channel_id);
  if (!actor || actor.revoked || !channel || channel.is_archived) return;
  if (!isMember(world, channel.id, actor.user) && !actor.scopes.includes('chat:write.public')) return;
  const draft = planned.draft as Draft;
  try {
    post(world, channel, authorOf(world, actor, draft), draft);
  } catch (error) {
    // What it was to answer may take no answers by now.
    if (!(error instanceof ApiError)) throw error;
  }
}

/** What a planned message will say, as `chat.scheduleMessage` answers it: without a timestamp. */
export function delayedView(world: World, actor: Token, channel: Channel, draft: Draft): Json {
  const says = { ...authorOf(world, actor, draft), ...content(world, channel.id, '', draft) };
  const message: Message = { ...says, type: 'message', channel: channel.id, ts: '', team: actor.team };
  const { ts: _, ...view } = messageView(world, message);
  return { ...view, type: 'delayed_message' };
}

/** A plan as `chat.scheduledMessages.list` shows it. */
export const scheduledView = (planned: Scheduled): Json => ({
  id: planned.id,
  channel_id: planned.channel_id,
  post_at: planned.post_at,
  date_created: planned.date_created,
  text: planned.text,
});
