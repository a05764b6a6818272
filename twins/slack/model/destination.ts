/** Where a message goes: a conversation by id or name, or a person, with whom a direct conversation opens. */
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { type Channel, type Token, users } from '../world.ts';
import { isMember, requireOpen } from './access.ts';
import { channelMeant } from './channel.ts';
import { directConversation } from './conversation.ts';
import type { Draft } from './message.ts';

/**
 * The conversation that a program posts into. Throws `channel_not_found`, `is_archived`, `not_in_channel`
 * (public
 * channels are open to `chat:write.public`).
 */
export function destination(world: World, actor: Token, meant: string, draft: Draft): Channel {
  const channel = personal(world, actor, meant) ?? channelMeant(world, actor.user, meant);
  if (!channel) throw refuse('channel_not_found');
  requireOpen(channel);
  if (!isMember(world, channel.id, actor.user) && !mayBargeIn(actor, channel, draft))
    throw refuse('not_in_channel');
  return channel;
}

/** The direct conversation with the person whom an id or `@handle` means. */
function personal(world: World, actor: Token, meant: string): Channel | undefined {
  const handle = meant.startsWith('@') ? meant.slice(1) : undefined;
  const user = handle
    ? world.list(users, { index: 'name', equals: handle }).first()
    : world.get(users, meant);
  return user && !user.deleted ? directConversation(world, [actor.user, user.id]).channel : undefined;
}

const mayBargeIn = (actor: Token, channel: Channel, draft: Draft): boolean =>
  !channel.is_private && actor.scopes.includes('chat:write.public') && draft.thread_ts === undefined;
