/** `conversations.history` and `conversations.replies`: what was said. */
import type { Endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { type Args, flag, integer, required, text } from '../args.ts';
import { opened, sealed } from '../cursor.ts';
import { refuse } from '../errors.ts';
import { HISTORY_LIMIT_MAX, NON_MARKETPLACE_LIMIT_MAX } from '../limits.ts';
import { isMember, theChannel } from '../model/channels/access.ts';
import { pinCount } from '../model/channels/membership.ts';
import { type HistoryPage, history, replies, type Window } from '../model/messages/history.ts';
import { messageView } from '../model/messages/message.ts';
import { rootOf } from '../model/messages/thread.ts';
import { both, type MethodCall, method } from './method.ts';

const reading = both('channels:history', 'groups:history', 'mpim:history', 'im:history');
const HISTORY_DEFAULT = 100;
const REPLIES_DEFAULT = 1_000;

export const historyMethods: readonly Endpoint[] = [
  method('conversations.history', { ...reading, tier: 'Tier3', required: ['channel'] }, (call) => {
    const channel = readable(call);
    const page = history(call.world, channel, windowOf(call, HISTORY_DEFAULT));
    return {
      ...bounds(call.args),
      messages: shown(call, page),
      has_more: page.next !== undefined,
      pin_count: pinCount(call.world, channel.id),
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...next(page),
    };
  }),
  method('conversations.replies', { ...reading, tier: 'Tier3', required: ['channel', 'ts'] }, (call) => {
    const channel = readable(call);
    const root = rootOf(call.world, channel.id, required(call.args, 'ts'));
    const page = replies(call.world, channel, root, windowOf(call, REPLIES_DEFAULT));
    return { messages: shown(call, page), has_more: page.next !== undefined, ...next(page) };
  }),
];

/** What apps said to apps along with a message is shown to who asks for it. */
const shown = ({ world, args }: MethodCall, page: HistoryPage) =>
  page.messages.map((message) => {
    const { metadata, ...view } = messageView(world, message);
    return metadata && flag(args, 'include_all_metadata') ? { ...view, metadata } : view;
  });

/** The conversation, if the caller may read it: bots read where they are, people every public channel. */
function readable({ world, actor, args }: MethodCall) {
  const channel = theChannel(world, actor, required(args, 'channel'), 'history');
  if (actor.kind === 'bot' && !isMember(world, channel.id, actor.user)) throw refuse('not_in_channel');
  return channel;
}

function windowOf({ args, world }: MethodCall, fallback: number): Window {
  const asked = integer(args, 'limit') ?? fallback;
  if (asked < 0) throw refuse('invalid_limit');
  const cursor = opened(args, 'next_ts');
  if (cursor !== undefined && !/^\d{7,18}$/.test(cursor)) throw refuse('invalid_cursor');
  const latest = text(args, 'latest');
  const oldest = text(args, 'oldest');
  return {
    limit: Math.min(asked || fallback, shownMax(world)),
    inclusive: flag(args, 'inclusive'),
    ...(latest && latest !== 'now' ? { latest } : {}),
    ...(oldest && oldest !== '0' ? { oldest } : {}),
    ...(cursor === undefined ? {} : { from: `${cursor.slice(0, -6)}.${cursor.slice(-6)}` }),
  };
}

/** Apps that are sold outside Slack's Marketplace are shown little at a time, where a universe counts the app as one. */
function shownMax({ rateLimits }: World): number {
  const narrow = typeof rateLimits === 'object' && rateLimits.NonMarketplace !== undefined;
  return narrow ? NON_MARKETPLACE_LIMIT_MAX : HISTORY_LIMIT_MAX + 1;
}

/** Slack says back between which moments it was asked to look. */
function bounds(args: Args): object {
  const [oldest, latest] = [text(args, 'oldest'), text(args, 'latest')];
  return { ...(oldest ? { oldest } : {}), ...(latest ? { latest } : {}) };
}

/** More to come: a cursor that names where the next page begins. */
function next(page: HistoryPage): object {
  if (page.next === undefined) return {};
  return { response_metadata: { next_cursor: sealed('next_ts', page.next.replace('.', '')) } };
}
