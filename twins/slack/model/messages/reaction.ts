/** Emoji under messages. https://docs.slack.dev/reference/methods/reactions.add */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { REACTIONS_PER_MESSAGE_MAX, REACTIONS_PER_PERSON_MAX } from '../../limits.ts';
import { type Channel, type Message, messages, type Reaction } from '../../world.ts';
import { requireOpen } from '../channels/access.ts';
import { tell } from '../events/event.ts';
import { emojiCalled } from '../people/emoji.ts';
import { eventTs } from './timestamp.ts';

/**
 * Adds a user's reaction. Throws `is_archived`, `invalid_name`, `already_reacted`, `too_many_emoji`,
 * `too_many_reactions`.
 */
export function react(world: World, channel: Channel, message: Message, user: string, given: string): void {
  requireOpen(channel);
  const name = emojiNamed(world, given);
  const reactions = message.reactions ?? [];
  const known = reactions.find((one) => one.name === name);
  if (known?.users.includes(user)) throw refuse('already_reacted');
  if (!known && reactions.length >= REACTIONS_PER_MESSAGE_MAX) throw refuse('too_many_emoji');
  if (reactions.filter((one) => one.users.includes(user)).length >= REACTIONS_PER_PERSON_MAX)
    throw refuse('too_many_reactions');
  const more = known
    ? reactions.map((one) => (one === known ? counted(name, [...one.users, user]) : one))
    : [...reactions, counted(name, [user])];
  world.update(messages, `${channel.id}/${message.ts}`, { reactions: more });
  announce(world, 'reaction_added', channel, message, user, name);
}

/** Takes a user's reaction back. Throws `no_reaction`. */
export function unreact(world: World, channel: Channel, message: Message, user: string, given: string): void {
  const name = emojiNamed(world, given);
  const known = message.reactions?.find((one) => one.name === name);
  if (!known?.users.includes(user)) throw refuse('no_reaction');
  const left = (message.reactions ?? []).flatMap((one) => {
    const others = one === known ? one.users.filter((id) => id !== user) : one.users;
    return others.length > 0 ? [counted(one.name, others)] : [];
  });
  world.update(messages, `${channel.id}/${message.ts}`, ({ reactions: _, ...row }) => ({
    ...row,
    ...(left.length > 0 ? { reactions: left } : {}),
  }));
  announce(world, 'reaction_removed', channel, message, user, name);
}

const counted = (name: string, users: string[]): Reaction => ({ name, users, count: users.length });

/** The first name of an emoji that the workspace has. Throws `invalid_name`. */
function emojiNamed(world: World, given: string): string {
  const name = emojiCalled(world, given.replace(/^:|:$/g, ''))?.name;
  if (name === undefined) throw refuse('invalid_name');
  return name;
}

function announce(
  world: World,
  type: string,
  channel: Channel,
  message: Message,
  user: string,
  reaction: string,
): void {
  tell(
    world,
    {
      type,
      user,
      reaction,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      ...(message.user ? { item_user: message.user } : {}),
      event_ts: eventTs(world),
    },
    channel,
  );
}
