/** What single terms of a search mean in this workspace: people, places, and what is said of a message. */
import type { World } from '../../../../src/world/world.ts';
import {
  type Channel,
  channels,
  isReply,
  type Message,
  messages,
  pins,
  type Token,
  type User,
  users,
} from '../../world.ts';
import { canSee } from '../channels/access.ts';
import { isKept } from '../messages/star.ts';
import { zoneAt } from '../people/zone.ts';
import { lacking, type Term } from './query.ts';
import { emojiMark, fromMark, hasMark, THREAD } from './searchable.ts';

/** A term as the index answers it (`mark`), or as a look at the message does (`test`); neither: nothing fits. */
export interface Meaning {
  mark?: string;
  test?: (row: Message) => boolean;
}

const NOTHING: Meaning = { test: () => false };

/** What a modifier asks of messages, those of place and time aside. Throws a gap for what the twin lacks. */
export function meaningOf(world: World, actor: Token, { kind, value }: Term): Meaning {
  switch (kind) {
    case 'from': {
      const author = personMeant(world, actor, value);
      return author ? { mark: fromMark(author.id) } : NOTHING;
    }
    case 'to': {
      const person = personMeant(world, actor, value);
      return person ? { test: (row) => row.user !== person.id && isParty(world, row, person) } : NOTHING;
    }
    case 'with': {
      const person = personMeant(world, actor, value);
      return person ? { test: (row) => isParty(world, row, person) || talksIn(world, row, person) } : NOTHING;
    }
    case 'has':
      return having(world, actor, value);
    case 'hasmy': {
      const name = emojiNamed(value);
      if (!name) throw lacking(`hasmy:${value}`);
      const mine = ({ reactions = [] }: Message) =>
        reactions.some((one) => one.name === name && one.users.includes(actor.user));
      return { mark: emojiMark(name), test: mine };
    }
    case 'is':
      return being(world, actor, value);
    default:
      return NOTHING;
  }
}

/** `has:link`, `has:file`, `has:pin`, `has:star`, `has:reaction`, `has::eyes:`. */
function having(world: World, actor: Token, value: string): Meaning {
  const emoji = emojiNamed(value);
  if (emoji) return { mark: emojiMark(emoji) };
  if (value === 'link' || value === 'file' || value === 'reaction') return { mark: hasMark(value) };
  if (value === 'pin') return { test: (row) => world.get(pins, `${row.channel}/${row.ts}`) !== undefined };
  if (value === 'star') return { test: (row) => isKept(world, actor.user, row) };
  throw lacking(`has:${value}`);
}

/** `is:thread`, `is:saved`, `is:dm`. */
function being(world: World, actor: Token, value: string): Meaning {
  if (value === 'thread') return { mark: THREAD };
  if (value === 'saved') return { test: (row) => isKept(world, actor.user, row) };
  if (value === 'dm')
    return {
      test: (row) => {
        const channel = world.get(channels, row.channel);
        return channel?.is_im === true || channel?.is_mpim === true;
      },
    };
  throw lacking(`is:${value}`);
}

const emojiNamed = (value: string): string | undefined => /^:([^:]+):$/.exec(value)?.[1];

/** Is the message in a direct conversation with this person? */
function isParty(world: World, row: Message, person: User): boolean {
  return world.get(channels, row.channel)?.party?.split(',').includes(person.id) ?? false;
}

/** Does this person take part in the message's thread? */
function talksIn(world: World, row: Message, person: User): boolean {
  if (row.thread_ts === undefined) return false;
  const thread = `${row.channel}/${row.thread_ts}`;
  const root = isReply(row) ? world.get(messages, thread) : row;
  if (root?.user === person.id) return true;
  return world.list(messages, { index: 'replier', equals: `${thread}/${person.id}` }).first() !== undefined;
}

/** How far the searcher's clock is from UTC's, in milliseconds. */
export function offsetOf(world: World, actor: Token): number {
  const user = world.get(users, actor.user);
  return user ? zoneAt(user.tz, world.now()).tz_offset * 1_000 : 0;
}

/** By id, by handle, by display name, or `me`. */
export function personMeant(world: World, actor: Token, value: string): User | undefined {
  if (value === 'me') return world.get(users, actor.user);
  return (
    world.get(users, value.toUpperCase()) ??
    world.list(users, { index: 'name', equals: value }).first() ??
    world.list(users, { index: 'realName', equals: value }).first() ??
    world.list(users, { where: (row) => row.profile.display_name?.toLowerCase() === value }).first()
  );
}

/** A conversation by id or name, or the direct one with a person; undefined where the searcher sees none. */
export function placeMeant(world: World, actor: Token, value: string): Channel | undefined {
  const named =
    world.get(channels, value.toUpperCase()) ??
    world.list(channels, { index: 'name', equals: value }).first();
  if (named) return canSee(world, named, actor.user) ? named : undefined;
  const person = personMeant(world, actor, value);
  if (!person) return undefined;
  const party = [...new Set([actor.user, person.id])].sort().join(',');
  return world.list(channels, { index: 'party', equals: party }).first();
}
