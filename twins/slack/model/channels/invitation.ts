/** Bringing others into a channel, sending them away, going away oneself. */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { INVITES_MAX } from '../../limits.ts';
import { type Channel, channels, channelType, type Json, members, type Token, users } from '../../world.ts';
import { isMember, requireNoGuest, requireOpen } from './access.ts';
import { join, leave, memberCount } from './membership.ts';

/**
 * Invites users. Throws `no_user`, `is_archived`, `too_many_users`, and where some cannot come the first one's error
 * with `errors` for each, unless `force` lets the others in; then it returns the errors.
 */
export function invite(
  world: World,
  actor: Token,
  channel: Channel,
  invited: readonly string[],
  force: boolean,
): Json[] {
  if (channel.is_im || channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  requireOpen(channel);
  if (invited.length === 0) throw refuse('no_user');
  if (invited.length > INVITES_MAX) throw refuse('too_many_users');
  const errors: Json[] = [];
  const good: string[] = [];
  for (const user of invited) {
    const error = obstacle(world, actor, channel, user);
    if (error) errors.push({ user, ok: false, error });
    else good.push(user);
  }
  if (errors.length > 0 && (!force || good.length === 0)) throw refuse(String(errors[0]?.error), { errors });
  for (const user of good) join(world, channel, user, actor.user);
  return errors;
}

/**
 * Sends a user away. Throws `restricted_action`, `cant_kick_self`, `cant_kick_from_general`, `user_not_found`, `not_in_channel`.
 */
export function kick(world: World, actor: Token, channel: Channel, user: string): void {
  if (channel.is_im || channel.is_mpim) throw refuse('method_not_supported_for_channel_type');
  requireNoGuest(world, actor.user, 'restricted_action');
  if (user === actor.user) throw refuse('cant_kick_self');
  if (channel.is_general) throw refuse('cant_kick_from_general');
  if (!world.get(users, user)) throw refuse('user_not_found');
  if (!leave(world, channel, user, actor.user)) throw refuse('not_in_channel');
}

/** Has the caller leave. Throws `user_is_restricted`, `cant_leave_general`, `is_archived`, `last_member`, `not_in_channel`. */
export function leaveChannel(world: World, actor: Token, channel: Channel): void {
  if (channel.is_im) throw refuse('method_not_supported_for_channel_type');
  requireNoGuest(world, actor.user, 'user_is_restricted');
  if (channel.is_general) throw refuse('cant_leave_general');
  requireOpen(channel);
  if (channel.is_private && memberCount(world, channel.id) === 1) throw refuse('last_member');
  if (!leave(world, channel, actor.user)) throw refuse('not_in_channel');
}

function obstacle(world: World, actor: Token, channel: Channel, user: string): string | undefined {
  const known = world.get(users, user);
  if (!known || known.deleted) return 'user_not_found';
  if (user === actor.user) return 'cant_invite_self';
  if (isMember(world, channel.id, user)) return 'already_in_channel';
  return known.is_ultra_restricted && isInChannel(world, user) ? 'ura_max_channels' : undefined;
}

/** Is this user in a channel already? Guests of one channel are in no second one. */
const isInChannel = (world: World, user: string): boolean =>
  world
    .list(members, {
      index: 'user',
      equals: user,
      where: (row) => !/im$/.test(channelType(world.get(channels, row.channel) as Channel)),
    })
    .first() !== undefined;
