/** Where a message goes: a conversation by id or name, or a person, with whom a direct conversation opens. */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { apps, type Channel, type Json, SLACKBOT, type Token, users } from '../../world.ts';
import { isMember, requireOpen } from '../channels/access.ts';
import { channelMeant } from '../channels/channel.ts';
import { directConversation } from '../channels/conversation.ts';
import { type Draft, isMasked } from './message.ts';

/**
 * The conversation that a program posts into. Throws `channel_not_found`, `is_archived`, `not_in_channel`
 * (public
 * channels are open to `chat:write.public`), `messages_tab_disabled`.
 */
export function destination(world: World, actor: Token, meant: string, draft: Draft): Channel {
  const direct = personal(world, actor, meant, draft);
  if (direct) return direct;
  const channel = channelMeant(world, actor.user, meant);
  if (!channel) throw refuse('channel_not_found');
  requireOpen(channel);
  if (!isMember(world, channel.id, actor.user) && !mayBargeIn(actor, channel, draft))
    throw refuse('not_in_channel');
  return channel;
}

/**
 * The direct conversation with the person whom an id or `@handle` means. What a person's token or a program for
 * Slackbot says under another name does not come from the caller: it lands in the other's talk with Slackbot.
 */
function personal(world: World, actor: Token, meant: string, draft: Draft): Channel | undefined {
  const handle = meant.startsWith('@') ? meant.slice(1) : undefined;
  const user = handle
    ? world.list(users, { index: 'name', equals: handle }).first()
    : world.get(users, meant);
  if (!user || user.deleted) return undefined;
  requireMessagesTab(world, actor);
  const asSlackbot = isMasked(actor, draft) && (actor.kind === 'user' || user.id === SLACKBOT);
  return directConversation(world, [asSlackbot ? SLACKBOT : actor.user, user.id]).channel;
}

const mayBargeIn = (actor: Token, channel: Channel, draft: Draft): boolean =>
  !channel.is_private && actor.scopes.includes('chat:write.public') && draft.thread_ts === undefined;

/** An app whose home has no Messages tab cannot be talked with. */
function requireMessagesTab(world: World, actor: Token): void {
  const features = world.get(apps, actor.app)?.manifest?.features as Json | undefined;
  const home = features?.app_home as Json | undefined;
  if (actor.kind === 'bot' && home?.messages_tab_enabled === false) throw refuse('messages_tab_disabled');
}
