/**
 * Searching what a person may see: messages of public channels and of their own conversations, and files shared there.
 * https://docs.slack.dev/reference/methods/search.messages
 */
import type { Range } from '../../../src/range.ts';
import type { World } from '../../../src/world/world.ts';
import {
  type Channel,
  channels,
  files,
  type Message,
  messages,
  type SlackFile,
  type Token,
  type User,
  users,
} from '../world.ts';
import { canSee } from './access.ts';
import { daySpan, lacking, parseSearch, type Term } from './query.ts';

/** In which order matches come. */
export interface SearchOrder {
  sort: 'score' | 'timestamp';
  ascending: boolean;
}

type Test<E> = (row: E) => boolean;

/** What terms are held against, read off a row. */
interface Facts<E> {
  text(row: E): string;
  author(row: E): string | undefined;
  places(row: E): readonly string[];
  /** Universe milliseconds. */
  at(row: E): number;
  /** `has:` and `is:`. */
  trait(kind: 'has' | 'is', value: string): Test<E>;
}

/** The messages that match `query`; by score, those in which its words stand most often come first, then the newest. */
export function searchMessages(
  world: World,
  actor: Token,
  query: string,
  order: SearchOrder,
): Range<Message> {
  const terms = parseSearch(query);
  const tests = terms.map((term) => testOf(world, actor, term, MESSAGE));
  const seen = sightOf(world, actor);
  const words = terms.filter(({ kind, negated }) => kind === 'text' && !negated).map(({ value }) => value);
  const descending = !order.ascending;
  const newest = { by: (row: Message) => row.ts, descending };
  const best = { by: (row: Message) => hits(row.text, words), descending };
  return world.list(messages, {
    where: (row) => shown(row) && seen(row.channel) && tests.every((test) => test(row)),
    orderBy: order.sort === 'score' ? [best, newest] : [newest],
  });
}

/** The files that match `query` by name and title; `has:` and `is:` are said of messages and find no file. */
export function searchFiles(world: World, actor: Token, query: string, order: SearchOrder): Range<SlackFile> {
  const tests = parseSearch(query).map((term) => testOf(world, actor, term, FILE));
  const seen = sightOf(world, actor);
  return world.list(files, {
    where: (row) =>
      (row.user === actor.user || FILE.places(row).some(seen)) && tests.every((test) => test(row)),
    orderBy: [{ by: (row) => row.created, descending: !order.ascending }],
  });
}

/** `text` with the marks that Slack puts around what was found, in its private-use characters. */
export function highlighted(text: string, query: string): string {
  const words = parseSearch(query).filter((term) => term.kind === 'text' && !term.negated);
  if (words.length === 0) return text;
  const pattern = new RegExp(words.map(({ value }) => patternOf(value)).join('|'), 'giu');
  return text.replace(pattern, (found) => `\uE000${found}\uE001`);
}

/** Notices of joining and the like are not found. */
const shown = (row: Message): boolean =>
  row.subtype === undefined || ['bot_message', 'thread_broadcast', 'me_message'].includes(row.subtype);

/** Whether the person may see a conversation, by its id; found out once for each. */
function sightOf(world: World, actor: Token): Test<string> {
  const known = new Map<string, boolean>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const channel = world.get(channels, id);
    const sees = channel !== undefined && canSee(world, channel, actor.user);
    known.set(id, sees);
    return sees;
  };
}

const MESSAGE: Facts<Message> = {
  text: (row) => row.text,
  author: (row) => row.user,
  places: (row) => [row.channel],
  at: (row) => Number(row.ts) * 1_000,
  trait: (kind, value) => (kind === 'has' ? hasTest(value) : isTest(value)),
};
const FILE: Facts<SlackFile> = {
  text: (row) => `${row.title} ${row.name}`,
  author: (row) => row.user,
  places: (row) => [...row.channels, ...row.groups, ...row.ims],
  at: (row) => row.created * 1_000,
  trait: () => () => false,
};

function testOf<E>(world: World, actor: Token, term: Term, facts: Facts<E>): Test<E> {
  const test = plainTest(world, actor, term, facts);
  return term.negated ? (row) => !test(row) : test;
}

function plainTest<E>(world: World, actor: Token, { kind, value }: Term, facts: Facts<E>): Test<E> {
  switch (kind) {
    case 'text': {
      const pattern = new RegExp(patternOf(value), 'iu');
      return (row) => pattern.test(facts.text(row));
    }
    case 'from': {
      const author = personMeant(world, actor, value);
      return (row) => author !== undefined && facts.author(row) === author.id;
    }
    case 'in': {
      const place = placeMeant(world, actor, value);
      return (row) => place !== undefined && facts.places(row).includes(place.id);
    }
    case 'has':
    case 'is':
      return facts.trait(kind, value);
    default: {
      const within = dayTest(world, kind, value);
      return (row) => within(facts.at(row));
    }
  }
}

/** `has:link`, `has:file`, `has:reaction`, `has::eyes:`. */
function hasTest(value: string): Test<Message> {
  const emoji = /^:([^:]+):$/.exec(value)?.[1];
  if (emoji) return (row) => row.reactions?.some(({ name }) => name === emoji) ?? false;
  if (value === 'link') return (row) => /<https?:/i.test(row.text);
  if (value === 'reaction') return (row) => (row.reactions?.length ?? 0) > 0;
  if (value === 'file') return (row) => (row.files?.length ?? 0) > 0;
  throw lacking(`has:${value}`);
}

function isTest(value: string): Test<Message> {
  if (value !== 'thread') throw lacking(`is:${value}`);
  return (row) => row.thread_ts !== undefined;
}

function dayTest(world: World, kind: 'before' | 'after' | 'on', value: string): (ms: number) => boolean {
  const { from, to } = daySpan(value, world.now());
  if (kind === 'before') return (ms) => ms < from;
  if (kind === 'after') return (ms) => ms >= to;
  return (ms) => ms >= from && ms < to;
}

/** By id, by handle, by display name, or `me`. */
function personMeant(world: World, actor: Token, value: string): User | undefined {
  if (value === 'me') return world.get(users, actor.user);
  const byId = world.get(users, value.toUpperCase());
  if (byId) return byId;
  const byName = world.list(users, { index: 'name', equals: value }).first();
  return (
    byName ?? world.list(users, { where: (row) => row.profile.display_name?.toLowerCase() === value }).first()
  );
}

/** A conversation by id or name, or the direct one with a person; undefined where the person sees none. */
function placeMeant(world: World, actor: Token, value: string): Channel | undefined {
  const named =
    world.get(channels, value.toUpperCase()) ??
    world.list(channels, { index: 'name', equals: value }).first();
  if (named) return canSee(world, named, actor.user) ? named : undefined;
  const person = personMeant(world, actor, value);
  if (!person) return undefined;
  const party = [...new Set([actor.user, person.id])].sort().join(',');
  return world.list(channels, { index: 'party', equals: party }).first();
}

/** Whole words; `word*` finds words that begin so. */
function patternOf(value: string): string {
  const open = value.endsWith('*') && value.length > 1;
  const bare = (open ? value.slice(0, -1) : value).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return `(?<![\\p{L}\\p{N}_])${bare}${open ? '[\\p{L}\\p{N}_]*' : '(?![\\p{L}\\p{N}_])'}`;
}

function hits(text: string, words: readonly string[]): number {
  return words.reduce((sum, word) => sum + [...text.matchAll(new RegExp(patternOf(word), 'giu'))].length, 0);
}
