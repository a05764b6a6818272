/** Walking the text index: keys of messages conversation by conversation, in one order of time, as far as a page needs. */
import { between, countOf, hasKey, type Keys, type Postings } from '../../../../src/postings.ts';
import { SEARCH_CANDIDATES_MAX } from '../../limits.ts';
import { oftenMark } from './searchable.ts';

export type KeyTest = (key: string) => boolean;

/** The keys of one conversation that are walked, from `low` (included) to `high` (excluded). */
export interface Group {
  channel: string;
  keys: Keys;
  low: string;
  high: string;
  /** There are none before `low` or behind `high`. */
  whole: boolean;
  /** Lists of the conversation that must hold a key, and lists that must not. */
  also: readonly Keys[];
  not: readonly Keys[];
}

/** Where to walk, and what to ask of each key on the way besides. */
export interface Walk {
  groups: readonly Group[];
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

/** The wanted keys of the parts one after another, and how many there are unless that is known. */
export function take(parts: readonly Walk[], order: SearchOrder, known?: number): Found<string> {
  const { ascending, offset, limit } = order;
  const total = known ?? parts.reduce((sum, part) => sum + matches(part), 0);
  const items: string[] = [];
  let matched = 0;
  for (const part of parts)
    for (const key of merged(part, ascending)) {
      if (matched === offset + limit) return { total, items };
      if (matched++ >= offset) items.push(key);
    }
  return { total, items };
}

/** Those in which one of the terms stands often, then the rest; without terms all alike. */
export function takeByScore(
  index: Postings,
  walk: Walk,
  terms: readonly string[],
  order: SearchOrder,
): Found<string> {
  const often = [...new Set(terms)].map(oftenMark);
  const listsIn = new Map(walk.groups.map(({ channel }) => [channel, index.all(often, channel)]));
  const best = walk.groups.flatMap((group) =>
    (listsIn.get(group.channel) ?? []).map((keys) => ({ ...group, keys, also: [group.keys, ...group.also] })),
  );
  if (best.length === 0) return take([walk], order);
  const rest = walk.groups.map((group) => ({
    ...group,
    not: [...group.not, ...(listsIn.get(group.channel) ?? [])],
  }));
  const parts: Walk[] = [
    { ...walk, groups: best, doubled: true },
    { ...walk, groups: rest },
  ];
  return take(order.ascending ? parts.reverse() : parts, order, matches(walk));
}

/**
 * How many keys of a walk match. Where there are very many, the number is what the first of each conversation make
 * likely; days that bound the walk are counted out.
 */
function matches({ groups, test, doubled }: Walk): number {
  const asks = ({ also, not }: Group) => test !== undefined || doubled || also.length > 0 || not.length > 0;
  const size = sizeOf(groups);
  const each = size > SEARCH_CANDIDATES_MAX ? Math.ceil(SEARCH_CANDIDATES_MAX / groups.length) : size;
  const seen = new Set<string>();
  let total = 0;
  for (const group of groups) {
    const own = countOf(group.keys);
    if (group.whole && !asks(group)) {
      total += own;
      continue;
    }
    let visited = 0;
    let matched = 0;
    for (const key of between(group.keys, group.low, group.high, true)) {
      if (group.whole && visited === each) break;
      visited++;
      if (!fits(group, key, test) || (doubled && seen.has(key))) continue;
      if (doubled) seen.add(key);
      matched++;
    }
    total += group.whole && visited < own ? (matched / visited) * own : matched;
  }
  return Math.round(total);
}

const fits = ({ also, not }: Group, key: string, test: KeyTest | undefined): boolean =>
  also.every((keys) => hasKey(keys, key)) && !not.some((keys) => hasKey(keys, key)) && (!test || test(key));

/** How many keys there are in these groups. */
export const sizeOf = (groups: readonly Group[]): number =>
  groups.reduce((count, { keys }) => count + countOf(keys), 0);

/** The next key of a group, and where it stands in time. */
interface Head {
  key: string;
  ts: string;
  group: Group;
  rest: Iterator<string>;
}

/** The matching keys of all groups by their time, the newest first unless `ascending`; each once. */
function* merged({ groups, test, doubled }: Walk, ascending: boolean): Iterable<string> {
  // The next one is the last of the list, where taking it away moves nothing.
  const heads: Head[] = [];
  const advance = (group: Group, rest: Iterator<string>): void => {
    for (let next = rest.next(); !next.done; next = rest.next()) {
      const key = next.value;
      if (!fits(group, key, test)) continue;
      const head = { key, ts: key.slice(key.indexOf('/') + 1), group, rest };
      heads.splice(place(heads, head, ascending), 0, head);
      return;
    }
  };
  for (const group of groups)
    advance(group, between(group.keys, group.low, group.high, !ascending)[Symbol.iterator]());
  let last = '';
  for (let head = heads.pop(); head; head = heads.pop()) {
    if (!doubled || head.key !== last) yield head.key;
    last = head.key;
    advance(head.group, head.rest);
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
