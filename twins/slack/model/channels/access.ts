/** Who may see and do what in a conversation, and which scope that takes. */
import type { World } from '../../../../src/world/world.ts';
import { missingScope, refuse } from '../../errors.ts';
import {
  type Channel,
  type ChannelType,
  channels,
  channelType,
  members,
  type Token,
  users,
} from '../../world.ts';
import { holds } from '../apps/scope.ts';

/** Families of scopes that differ by the kind of conversation. */
export type Access = 'read' | 'history' | 'write' | 'topic' | 'invite';

const PREFIX: Readonly<Record<ChannelType, string>> = {
  public_channel: 'channels',
  private_channel: 'groups',
  im: 'im',
  mpim: 'mpim',
};

/** Is this user in the conversation? */
export const isMember = (world: World, channel: string, user: string): boolean =>
  world.get(members, `${channel}/${user}`) !== undefined;

/** May this user know of the conversation? Public channels are open to all but guests. */
export const canSee = (world: World, channel: Channel, user: string): boolean =>
  sightOf(world, user)(channel);

/** The same, of many conversations. */
export function sightOf(world: World, user: string): (channel: Channel) => boolean {
  const guest = isGuest(world, user);
  return (channel) =>
    (!guest && !channel.is_private && !channel.is_im && !channel.is_mpim) ||
    isMember(world, channel.id, user);
}

/** Is this a guest, who sees the channels that they were let into and no others? */
export const isGuest = (world: World, user: string): boolean =>
  world.get(users, user)?.is_restricted === true;

/** Throws `error` where a guest asks for what guests may not do. */
export function requireNoGuest(world: World, user: string, error: string): void {
  if (isGuest(world, user)) throw refuse(error);
}

/**
 * The conversation that a method is asked about. Throws `channel_not_found` where it does not exist or the
 * caller
 * cannot see it, `missing_scope` where the token is not good for this kind of conversation.
 */
export function theChannel(world: World, actor: Token, id: string, access?: Access): Channel {
  const channel = world.get(channels, id);
  if (!channel || !canSee(world, channel, actor.user)) throw refuse('channel_not_found');
  if (access) requireScope(actor, channelType(channel), access);
  return channel;
}

/** As `theChannel`, for what only members do; throws `not_in_channel` besides. */
export function theOwnChannel(world: World, actor: Token, id: string, access?: Access): Channel {
  const channel = theChannel(world, actor, id, access);
  if (!isMember(world, channel.id, actor.user)) throw refuse('not_in_channel');
  return channel;
}

/** As `theOwnChannel`, but public channels are open to everybody. */
export function thePublicOrOwnChannel(world: World, actor: Token, id: string, access?: Access): Channel {
  const channel = theChannel(world, actor, id, access);
  return channel.is_private ? theOwnChannel(world, actor, id, access) : channel;
}

/** Throws `is_archived` where nothing can be changed any more. */
export function requireOpen(channel: Channel): void {
  if (channel.is_archived) throw refuse('is_archived');
}

/** Throws `missing_scope` where a token is not good for a kind of conversation. */
export function requireScope(actor: Token, type: ChannelType, access: Access): void {
  const wanted = scopesFor(actor, type, access);
  if (!wanted.some((scope) => holds(actor.scopes, scope))) throw missingScope(wanted, actor.scopes);
}

/** The scopes that allow `access` to a kind of conversation, for bots and for people. */
function scopesFor(actor: Token, type: ChannelType, access: Access): string[] {
  const prefix = PREFIX[type];
  if (access === 'read' || access === 'history') return [`${prefix}:${access}`];
  const manage = type === 'public_channel' && actor.kind === 'bot' ? 'channels:manage' : `${prefix}:write`;
  const narrow =
    access === 'topic'
      ? [`${prefix}:write.topic`]
      : access === 'invite' && (type === 'public_channel' || type === 'private_channel')
        ? [`${prefix}:write.invites`]
        : [];
  return [manage, ...narrow];
}
