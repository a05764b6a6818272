/** `conversations.*` for channels: what there is, who is in it, how it changes. */
import type { Endpoint } from '../../../src/twin.ts';
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { flag, ids, required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import {
  requireOpen,
  requireScope,
  theChannel,
  theOwnChannel,
  thePublicOrOwnChannel,
} from '../model/channels/access.ts';
import { archive, createChannel, describe, joinChannel, rename } from '../model/channels/channel.ts';
import { channelView, close, mark, open, resume } from '../model/channels/conversation.ts';
import { invite, kick, leaveChannel } from '../model/channels/invitation.ts';
import { allConversations, conversationsOf, typesAsked } from '../model/channels/listing.ts';
import { isTs } from '../model/messages/timestamp.ts';
import { type Channel, type Json, members, type Token } from '../world.ts';
import { both, managing, method } from './method.ts';

const reading = both('channels:read', 'groups:read', 'mpim:read', 'im:read');
const topics = managing('channels:write.topic', 'groups:write.topic', 'im:write.topic', 'mpim:write.topic');
const kicking = { bot: ['channels:manage', 'groups:write'], user: ['channels:write', 'groups:write'] };
const ROWS = { style: 'cursor', default: 100, max: LIST_LIMIT_MAX };

export const conversationMethods: readonly Endpoint[] = [
  method(
    'conversations.list',
    { ...reading, tier: 'Tier2', page: { ...ROWS, key: 'channels' }, cursor: 'team' },
    ({ world, actor, args }) => {
      const types = typesAsked(actor, text(args, 'types'));
      const { range, channelOf } = allConversations(world, actor, types, flag(args, 'exclude_archived'));
      return list(range, (row) => channelView(world, actor, channelOf(row), ['num_members']));
    },
  ),
  method(
    'conversations.info',
    { ...reading, tier: 'Tier3', required: ['channel'] },
    ({ world, actor, args }) => {
      const channel = theChannel(world, actor, required(args, 'channel'), 'read');
      const members = flag(args, 'include_num_members') ? (['num_members'] as const) : [];
      const shown = channelView(world, actor, channel, ['last_read', 'latest', 'properties', ...members]);
      return { channel: flag(args, 'include_locale') ? { ...shown, locale: 'en-US' } : shown };
    },
  ),
  method(
    'conversations.members',
    {
      ...reading,
      tier: 'Tier4',
      required: ['channel'],
      page: { ...ROWS, key: 'members' },
      cursor: 'user',
    },
    ({ world, actor, args }) => {
      const channel = theChannel(world, actor, required(args, 'channel'), 'read');
      return list(world.list(members, { prefix: `${channel.id}/` }), (row) => row.user);
    },
  ),
  method('conversations.create', { ...managing(), tier: 'Tier2', required: ['name'] }, (call) => {
    const { world, actor, args } = call;
    const isPrivate = flag(args, 'is_private');
    requireScope(actor, isPrivate ? 'private_channel' : 'public_channel', 'write');
    const channel = createChannel(world, actor, required(args, 'name'), isPrivate);
    return { channel: channelView(world, actor, channel, ['last_read', 'priority']) };
  }),
  method(
    'conversations.join',
    { bot: ['channels:join'], user: ['channels:write'], tier: 'Tier3', required: ['channel'] },
    ({ world, actor, args }) => {
      const channel = theChannel(world, actor, required(args, 'channel'));
      const joined = joinChannel(world, actor, channel);
      return {
        channel: channelView(world, actor, channel, ['last_read', 'properties']),
        ...(joined ? {} : { warning: 'already_in_channel' }),
      };
    },
  ),
  method(
    'conversations.invite',
    {
      ...managing('channels:write.invites', 'groups:write.invites'),
      tier: 'Tier3',
      required: ['channel'],
    },
    ({ world, actor, args }) => {
      const channel = theOwnChannel(world, actor, required(args, 'channel'), 'invite');
      const errors = invite(world, actor, channel, ids(args, 'users'), flag(args, 'force'));
      const shown = channelView(world, actor, channel, ['last_read']);
      return { channel: shown, ...(errors.length > 0 ? { errors } : {}) };
    },
  ),
  method('conversations.kick', { ...kicking, tier: 'Tier3', required: ['channel', 'user'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theOwnChannel(world, actor, required(args, 'channel'), 'write');
    kick(world, actor, channel, required(args, 'user'));
    return { errors: {} };
  }),
  method('conversations.leave', { ...managing(), tier: 'Tier3', required: ['channel'] }, (call) => {
    const { world, actor, args } = call;
    leaveChannel(world, actor, theOwnChannel(world, actor, required(args, 'channel'), 'write'));
    return {};
  }),
  method('conversations.open', { ...managing(), tier: 'Tier3' }, ({ world, actor, args }) => {
    const asked = text(args, 'channel');
    const prevent = flag(args, 'prevent_creation');
    const opened = asked
      ? resume(world, actor, theChannel(world, actor, asked))
      : open(world, actor, ids(args, 'users'), prevent);
    const { channel, made, reopened } = opened;
    requireScope(actor, channel.is_mpim ? 'mpim' : 'im', 'write');
    const view = flag(args, 'return_im')
      ? channelView(world, actor, channel, ['latest'])
      : { id: channel.id };
    return { ...(made || reopened ? {} : { no_op: true, already_open: true }), channel: view };
  }),
  method('conversations.close', { ...managing(), tier: 'Tier2', required: ['channel'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theChannel(world, actor, required(args, 'channel'), 'write');
    return close(world, actor, channel) ? {} : { no_op: true, already_closed: true };
  }),
  ...(['archive', 'unarchive'] as const).map((action) =>
    method(`conversations.${action}`, { ...managing(), tier: 'Tier2', required: ['channel'] }, (call) => {
      const { world, actor, args } = call;
      const id = required(args, 'channel');
      const find = action === 'archive' ? theOwnChannel : theChannel;
      archive(world, actor, find(world, actor, id, 'write'), action === 'archive');
      return {};
    }),
  ),
  ...(['topic', 'purpose'] as const).map((what) =>
    method(
      what === 'topic' ? 'conversations.setTopic' : 'conversations.setPurpose',
      { ...topics, tier: 'Tier2', required: ['channel', what] },
      ({ world, actor, args }) => {
        // Who may describe a public channel need not be in it to say what it is for.
        const find = what === 'topic' ? theOwnChannel : thePublicOrOwnChannel;
        const channel = find(world, actor, required(args, 'channel'), 'topic');
        requireOpen(channel);
        const changed = describe(world, actor, channel, what, required(args, what));
        return { channel: channelView(world, actor, changed, ['last_read', 'properties']) };
      },
    ),
  ),
  method('conversations.rename', { ...managing(), tier: 'Tier2', required: ['channel', 'name'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theOwnChannel(world, actor, required(args, 'channel'), 'write');
    const renamed = rename(world, actor, channel, required(args, 'name'));
    return { channel: channelView(world, actor, renamed, ['last_read']) };
  }),
  method('conversations.mark', { ...managing(), tier: 'Tier3', required: ['channel', 'ts'] }, (call) => {
    const { world, actor, args } = call;
    const channel = theOwnChannel(world, actor, required(args, 'channel'), 'write');
    const ts = required(args, 'ts');
    if (!isTs(ts)) throw refuse('invalid_timestamp');
    mark(world, actor, channel, ts);
    return {};
  }),
  method(
    'users.conversations',
    { ...reading, tier: 'Tier3', page: { ...ROWS, key: 'channels' }, cursor: 'team' },
    ({ world, actor, args }) => {
      const types = typesAsked(actor, text(args, 'types'));
      const user = text(args, 'user') || actor.user;
      const { range, channelOf } = conversationsOf(world, actor, user, types, flag(args, 'exclude_archived'));
      return list(range, (row) => heldView(world, actor, channelOf(row)));
    },
  ),
];

/** A conversation in the list of one's own: not whether one is in it, nor how many are; the direct ones say how far one has read. */
function heldView(world: World, actor: Token, channel: Channel): Json {
  const { is_member: _, ...shown } = channelView(
    world,
    actor,
    channel,
    channel.is_mpim || channel.is_im ? ['last_read', 'latest'] : [],
  );
  return shown;
}
