/** Walking the text index: keys of messages conversation by conversation, in one order of time, as far as a page needs. */
import { between, countOf, hasKey, type Keys, type Postings } from '../../../src/postings.ts';
import { SEARCH_CANDIDATES_MAX } from '../limits.ts';
import { oftenMark } from '../searchable.ts';

export type KeyTest = (key: string) => boolean;

/** The keys of one conversation that are walked, from `low` (included) to `high` (excluded). */
export interface Group {
  channel: string;
  keys: Keys;
  low: string;
  high: string;
  /** There are none before `low` or behind `high`. */
  whole: boolean;
}

/** Where to walk, and what to ask of each key on the way. */
export interface Walk {
  groups: readonly Group[];
  /** None where all keys match. */
  test: KeyTest | undefined;
  /** A key may stand in several groups. */
  doubled?: boolean;
}

/** In which order matches come, and which of them are wanted. */
export interface SearchOrder {
  sort: 'score' | 'timestamp';
  ascending: boolean;
  offset: number;
  limit: number;
}

/** A page of matches, and how many there are in all. */
export interface Found<E> {
  total: number;
  items: E[];
}

/**
 * Walks the parts one after another and keeps the wanted keys; says how many there are unless that is known. Past
 * many candidates the number is what the first of them make likely, but where a span of days has to be counted.
 */
export function take(parts: readonly Walk[], order: SearchOrder, known?: number): Found<string> {
  const { ascending, offset, limit } = order;
  const items: string[] = [];
  const whole = parts.every(({ groups }) => groups.every((one) => one.whole));
  const plain = whole && parts.every(({ test, doubled }) => !test && !doubled);
  const total = known ?? (plain ? sum(parts) : undefined);
  let matched = 0;
  let visited = 0;
  let likely: number | undefined;
  for (const part of parts)
    for (const key of merged(part, ascending)) {
      const done = matched >= offset + limit;
      if (whole && visited === SEARCH_CANDIDATES_MAX) likely = Math.round((matched / visited) * sum(parts));
      if (done && (total !== undefined || likely !== undefined)) break;
      visited++;
      if (part.test && !part.test(key)) continue;
      if (matched >= offset && !done) items.push(key);
      matched++;
    }
  return { total: total ?? Math.max(likely ?? 0, matched), items };
}

/** Those in which one of the terms stands often, then the rest; without terms all alike. */
export function takeByScore(
  index: Postings,
  walk: Walk,
  terms: readonly string[],
  order: SearchOrder,
): Found<string> {
  const often = [...new Set(terms)].map(oftenMark);
  const groups = walk.groups.flatMap((group) =>
    often.flatMap((mark): Group[] => {
      const keys = index.get(mark, group.channel);
      return keys === undefined ? [] : [{ ...group, keys }];
    }),
  );
  if (groups.length === 0) return take([walk], order);
  const total = take([walk], { ...order, offset: 0, limit: 0 }).total;
  const holds = often.map((mark) => holding(index, mark));
  const isOften = (key: string) => holds.some((one) => one(key));
  // What stands often in a message need not be what the walk goes by.
  const leads = new Map(walk.groups.map(({ channel, keys }) => [channel, keys]));
  const isLed = (key: string) => hasKey(leads.get(channelOf(key)) ?? '', key);
  const { test } = walk;
  const best: Walk = { groups, test: (key) => isLed(key) && (test?.(key) ?? true), doubled: true };
  const rest: Walk = { ...walk, test: (key) => !isOften(key) && (test?.(key) ?? true) };
  return take(order.ascending ? [rest, best] : [best, rest], order, total);
}

/** Whether a key holds a mark; the lists of a conversation are looked up once. */
export function holding(index: Postings, mark: string): KeyTest {
  const known = new Map<string, Keys | undefined>();
  return (key) => {
    const channel = channelOf(key);
    if (!known.has(channel)) known.set(channel, index.get(mark, channel));
    const keys = known.get(channel);
    return keys !== undefined && hasKey(keys, key);
  };
}

/** How many keys there are in these groups. */
export const sizeOf = (groups: readonly Group[]): number =>
  groups.reduce((count, { keys }) => count + countOf(keys), 0);

const sum = (parts: readonly Walk[]): number => parts.reduce((all, { groups }) => all + sizeOf(groups), 0);

const channelOf = (key: string): string => key.slice(0, key.indexOf('/'));

/** The next key of a group, and where it stands in time. */
interface Head {
  key: string;
  ts: string;
  rest: Iterator<string>;
}

/** The keys of all groups by their time, the newest first unless `ascending`; each once. */
function* merged({ groups, doubled }: Walk, ascending: boolean): Iterable<string> {
  // The next one is the last of the list, where taking it away moves nothing.
  const heads: Head[] = [];
  const advance = (rest: Iterator<string>): void => {
    const { value, done } = rest.next();
    if (done) return;
    const head = { key: value, ts: value.slice(value.indexOf('/') + 1), rest };
    heads.splice(place(heads, head, ascending), 0, head);
  };
  for (const { keys, low, high } of groups) advance(between(keys, low, high, !ascending)[Symbol.iterator]());
  let last = '';
  for (let head = heads.pop(); head; head = heads.pop()) {
    if (!doubled || head.key !== last) yield head.key;
    last = head.key;
    advance(head.rest);
  }
}

function place(heads: readonly Head[], { ts, key }: Head, ascending: boolean): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = heads[middle] as Head;
    const earlier = other.ts === ts ? other.key < key : other.ts < ts;
    if (earlier === ascending) high = middle;
    else low = middle + 1;
  }
  return low;
}
