/** `chat.*`: what programs say. */
import type { Endpoint } from '../../../src/twin.ts';
import { list } from '../../../src/twin.ts';
import { type Args, blocksIn, flag, ids, integer, missing, objects, required, text } from '../args.ts';
import { invalidBlocks, refuse } from '../errors.ts';
import { LIST_LIMIT_MAX, UPDATED_TEXT_CHARS_MAX } from '../limits.ts';
import { canSee, isMember, theChannel } from '../model/channels/access.ts';
import { pictureErrors } from '../model/files/picture.ts';
import { destination } from '../model/messages/destination.ts';
import { type Bounds, draftOf, WHOLE_TEXT } from '../model/messages/draft.ts';
import { whisper } from '../model/messages/ephemeral.ts';
import { authorOf, messageView, post, theMessage } from '../model/messages/message.ts';
import { edit, erase } from '../model/messages/revision.ts';
import { delayedView, plan, scheduledView, unplan } from '../model/messages/schedule.ts';
import { permalink } from '../model/url.ts';
import { channels, scheduled } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const writing = { ...both('chat:write') };

export const chatMethods: readonly Endpoint[] = [
  method('chat.postMessage', { ...writing, tier: 'PostMessage', required: ['channel'] }, (call) => {
    const { world, actor, args } = call;
    const draft = said(call);
    const channel = destination(world, actor, required(args, 'channel'), draft);
    const message = post(world, channel, authorOf(world, actor, draft), draft);
    return { channel: channel.id, ts: message.ts, message: messageView(world, message) };
  }),
  method('chat.meMessage', { ...writing, tier: 'Tier3', required: ['channel', 'text'] }, (call) => {
    const { world, actor, args } = call;
    const draft = said(call, WHOLE_TEXT);
    const channel = destination(world, actor, required(args, 'channel'), draft);
    const author = { ...authorOf(world, actor, draft), subtype: 'me_message' };
    return { channel: channel.id, ts: post(world, channel, author, draft).ts };
  }),
  method('chat.postEphemeral', { ...writing, tier: 'Tier4', required: ['channel', 'user'] }, (call) => {
    const { world, actor, args } = call;
    const draft = said(call, WHOLE_TEXT);
    const channel = destination(world, actor, required(args, 'channel'), draft);
    const user = required(args, 'user');
    if (!isMember(world, channel.id, user)) throw refuse('user_not_in_channel');
    return { message_ts: whisper(world, channel, authorOf(world, actor, draft), user, draft).ts };
  }),
  method('chat.update', { ...writing, tier: 'Tier3', required: ['channel', 'ts'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theChannel(world, actor, required(args, 'channel'));
    const message = theMessage(world, channel, required(args, 'ts'));
    const draft = said(call, { textMax: UPDATED_TEXT_CHARS_MAX, mayBeEmpty: true });
    const files = text(args, 'file_ids') ? ids(args, 'file_ids') : undefined;
    const changed = edit(world, channel, actor, message, draft, files);
    return { channel: channel.id, ts: changed.ts, text: changed.text, message: messageView(world, changed) };
  }),
  method('chat.delete', { ...writing, tier: 'Tier3', required: ['channel', 'ts'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theChannel(world, actor, required(args, 'channel'));
    const message = theMessage(world, channel, required(args, 'ts'));
    erase(world, channel, actor, message);
    return { channel: channel.id, ts: message.ts };
  }),
  method(
    'chat.getPermalink',
    { ...both(), tier: 'SpecialTier', required: ['channel', 'message_ts'] },
    (call) => {
      const { world, actor, args } = call;
      const channel = theChannel(world, actor, required(args, 'channel'));
      const message = theMessage(world, channel, required(args, 'message_ts'));
      return { permalink: permalink(world, message), channel: channel.id };
    },
  ),
  method('chat.scheduleMessage', { ...writing, tier: 'Tier3', required: ['channel', 'post_at'] }, (call) => {
    const { world, actor, args } = call;
    const draft = said(call, WHOLE_TEXT);
    const channel = destination(world, actor, required(args, 'channel'), draft);
    const planned = plan(world, actor, channel, postAt(args), draft);
    return {
      channel: channel.id,
      scheduled_message_id: planned.id,
      post_at: planned.post_at,
      message: delayedView(world, actor, channel, draft),
    };
  }),
  method(
    'chat.deleteScheduledMessage',
    { ...writing, tier: 'Tier3', required: ['channel', 'scheduled_message_id'] },
    ({ world, actor, args }) => {
      const channel = theChannel(world, actor, required(args, 'channel'));
      unplan(world, actor, channel, required(args, 'scheduled_message_id'));
      return {};
    },
  ),
  method(
    'chat.scheduledMessages.list',
    {
      ...both(),
      tier: 'Tier3',
      page: { style: 'cursor', key: 'scheduled_messages', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'next',
    },
    ({ world, actor, args }) => {
      const asked = text(args, 'channel');
      const channel = asked ? world.get(channels, asked) : undefined;
      if (asked && (!channel || !canSee(world, channel, actor.user))) throw refuse('invalid_channel');
      const from = integer(args, 'oldest');
      const to = integer(args, 'latest');
      const within = (at: number) => at >= (from ?? 0) && at <= (to ?? Number.POSITIVE_INFINITY);
      const range = world.list(scheduled, {
        index: channel ? 'channel' : 'app',
        prefix: channel ? `${actor.app}/${channel.id}/` : `${actor.app}/`,
        where: (row) => within(row.post_at),
      });
      return list(range, scheduledView);
    },
  ),
];

/** What a call says, checked. */
function said({ world, actor, args }: MethodCall, bounds?: Bounds) {
  const given = {
    text: text(args, 'text'),
    markdown: text(args, 'markdown_text'),
    blocks: blocksIn(args, 'invalid_blocks_format'),
    attachments: objects(args, 'attachments', 'invalid_attachments'),
    metadata: args.metadata,
    thread_ts: text(args, 'thread_ts') || undefined,
    reply_broadcast: flag(args, 'reply_broadcast'),
    username: text(args, 'username'),
    icon_emoji: text(args, 'icon_emoji'),
    icon_url: text(args, 'icon_url'),
    as_user: flag(args, 'as_user'),
    parse: text(args, 'parse'),
    link_names: flag(args, 'link_names'),
    mrkdwn: flag(args, 'mrkdwn', true),
  };
  const draft = draftOf(given, bounds);
  const errors = pictureErrors(world, actor, draft.blocks ?? [], '/blocks');
  if (errors.length > 0) throw invalidBlocks(errors);
  return draft;
}

/** Seconds. Throws `invalid_time`. */
function postAt(args: Args): number {
  if (!text(args, 'post_at')) throw missing('post_at');
  if (!/^-?\d{1,12}$/.test(required(args, 'post_at'))) throw refuse('invalid_time');
  return Number(args.post_at);
}
