/**
 * Which conversations a list shows. Costs what it shows: one's own are found by membership, public ones by
 * kind.
 */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { missingScope, refuse } from '../../errors.ts';
import {
  type Channel,
  type ChannelType,
  channels,
  channelType,
  type Member,
  members,
  type Token,
} from '../../world.ts';
import { holds } from '../apps/scope.ts';
import { canSee, isGuest, isMember } from './access.ts';

/** Rows in the list's order, and the conversation that each stands for. */
export interface Conversations {
  range: Range<object>;
  channelOf(row: object): Channel;
}

const READ: Readonly<Record<ChannelType, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
};

/** The kinds that `types` names, public channels by default. Throws `invalid_types`, `missing_scope`. */
export function typesAsked(actor: Token, types: string | undefined): Set<ChannelType> {
  const names = (types || 'public_channel').split(',').map((name) => name.trim());
  for (const name of names) if (!Object.hasOwn(READ, name)) throw refuse('invalid_types');
  const needed = (names as ChannelType[]).map((name) => READ[name]);
  if (needed.some((scope) => !holds(actor.scopes, scope))) throw missingScope(needed, actor.scopes);
  return new Set(names as ChannelType[]);
}

/** All conversations of these kinds that the caller may know of. */
export function allConversations(
  world: World,
  actor: Token,
  types: ReadonlySet<ChannelType>,
  withoutArchived: boolean,
): Conversations {
  if (!types.has('public_channel') || isGuest(world, actor.user))
    return conversationsOf(world, actor, actor.user, types, withoutArchived);
  const shown = (row: Channel) => !(withoutArchived && row.is_archived);
  const range =
    types.size === 1
      ? world.list(channels, { index: 'type', equals: 'public_channel', where: shown })
      : world.list(channels, {
          where: (row) => shown(row) && types.has(channelType(row)) && canSee(world, row, actor.user),
        });
  return { range: range as unknown as Range<object>, channelOf: (row) => row as Channel };
}

/** The conversations of these kinds that `user` is in, as far as the caller may know of them. */
export function conversationsOf(
  world: World,
  actor: Token,
  user: string,
  types: ReadonlySet<ChannelType>,
  withoutArchived: boolean,
): Conversations {
  const channelOf = (row: object) => world.get(channels, (row as Member).channel) as Channel;
  const range = world.list(members, {
    index: 'user',
    equals: user,
    where: (row) => {
      const channel = channelOf(row);
      if (row.closed || !types.has(channelType(channel))) return false;
      if (withoutArchived && channel.is_archived) return false;
      return (
        user === actor.user || isMember(world, channel.id, actor.user) || canSee(world, channel, actor.user)
      );
    },
  });
  return { range: range as unknown as Range<object>, channelOf };
}
