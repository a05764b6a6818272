/** Walking the text index: places of messages in the order of time, as far as a page and a fair total need. */
import { between, countOf, hasPlace, type Places, type Postings } from '../../../../src/postings.ts';
import { SEARCH_COUNTED_MAX, SEARCH_SAMPLED } from '../../limits.ts';
import { oftenMark, timeOf } from './searchable.ts';

export type PlaceTest = (place: string) => boolean;

/** The place in one conversation at `place`, else the next one before it (behind it, if `ascending`). */
export type Nearest = (place: string, ascending: boolean) => string | undefined;

/** Where to walk, and what to ask of each place on the way. */
export interface Walk {
  /** A message may stand in several of them. */
  lists: readonly Places[];
  /** From `low` (included) to `high` (excluded). */
  low: string;
  high: string;
  /** There are none before `low` or behind `high`. */
  whole: boolean;
  /** The one conversation that is asked for. */
  within: Nearest | undefined;
  /** Lists that must hold a place, and lists that must not. */
  also: readonly Places[];
  not: readonly Places[];
  test: PlaceTest | undefined;
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

/** The wanted places of the parts one after another, and how many there are unless that is known. */
export function take(parts: readonly Walk[], order: SearchOrder, known?: number): Found<string> {
  const { ascending, offset, limit } = order;
  const items: string[] = [];
  let matched = 0;
  for (const part of parts)
    for (const place of candidates(part, ascending)) {
      if (matched === offset + limit) break;
      if (fits(part, place) && matched++ >= offset) items.push(place);
    }
  const total = known ?? parts.reduce((sum, part) => sum + matches(part), 0);
  return { total: Math.max(total, matched), items };
}

/** Those in which one of the terms stands often, then the rest; without terms all alike. */
export function takeByScore(
  index: Postings,
  walk: Walk,
  terms: readonly string[],
  order: SearchOrder,
): Found<string> {
  const often = index.all([...new Set(terms)].map(oftenMark));
  if (often.length === 0) return take([walk], order);
  const parts: Walk[] = [
    { ...walk, lists: often, also: [...walk.lists, ...walk.also] },
    { ...walk, not: [...walk.not, ...often] },
  ];
  return take(order.ascending ? parts.reverse() : parts, order, matches(walk));
}

/**
 * How many places of a walk match. Where there are very many, the number is what the newest make likely: by their part
 * of the lists, or of the time that is walked.
 */
function matches(walk: Walk): number {
  const { lists, whole, within, also, not, test } = walk;
  const size = lists.reduce((count, places) => count + countOf(places), 0);
  const plain = whole && !within && lists.length === 1;
  if (plain && also.length === 0 && not.length === 0 && !test) return size;
  const enough = whole && !within && size > SEARCH_COUNTED_MAX ? SEARCH_SAMPLED : SEARCH_COUNTED_MAX;
  let visited = 0;
  let matched = 0;
  let first: string | undefined;
  for (const place of candidates(walk, false)) {
    first ??= place;
    if (visited === enough) {
      if (whole && !within) return Math.round((matched / visited) * size);
      const [last] = candidates({ ...walk, high: place }, true);
      const [from, to] = [timeOf(last ?? place), timeOf(first)];
      return Math.round((matched * (to - from)) / Math.max(to - timeOf(place), 1));
    }
    visited++;
    if (fits(walk, place)) matched++;
  }
  return matched;
}

const fits = ({ also, not, test }: Walk, place: string): boolean =>
  (!test || test(place)) &&
  also.every((places) => hasPlace(places, place)) &&
  !not.some((places) => hasPlace(places, place));

/** All that a walk comes by, by time, the newest first unless `ascending`; each once. */
function candidates(walk: Walk, ascending: boolean): Iterable<string> {
  const [only, ...others] = walk.lists;
  if (only === undefined) return [];
  return others.length === 0 ? along(only, walk, ascending) : merged(walk, ascending);
}

/** The places of one list in the bounds of a walk. */
const along = (places: Places, walk: Walk, ascending: boolean): Iterable<string> =>
  walk.within
    ? leaping(places, walk, walk.within, ascending)
    : between(places, walk.low, walk.high, !ascending);

/** Those of a list that stand in one conversation: each shows the other how far it may go on at once. */
function* leaping(
  places: Places,
  { low, high }: Walk,
  within: Nearest,
  ascending: boolean,
): Iterable<string> {
  let [from, to] = [low, high];
  for (;;) {
    const [place] = between(places, from, to, !ascending);
    const near = place === undefined ? undefined : within(place, ascending);
    if (place === undefined || near === undefined) return;
    if (near === place) yield place;
    const far = ascending ? near > place : near < place;
    if (ascending) from = far ? near : place + BEHIND;
    else to = far ? near + BEHIND : place;
  }
}

/** Makes of a place the next that could be. */
const BEHIND = '\u0000';

/** The next place of a list, and what comes after it. */
interface Head {
  place: string;
  rest: Iterator<string>;
}

/** The places of all lists of a walk in one order; each once. */
function* merged(walk: Walk, ascending: boolean): Iterable<string> {
  // The next one is the last of the list, where taking it away moves nothing.
  const heads: Head[] = [];
  const advance = (rest: Iterator<string>): void => {
    const next = rest.next();
    if (next.done) return;
    const head = { place: next.value, rest };
    heads.splice(rank(heads, head, ascending), 0, head);
  };
  for (const places of walk.lists) advance(along(places, walk, ascending)[Symbol.iterator]());
  let last = '';
  for (let head = heads.pop(); head; head = heads.pop()) {
    if (head.place !== last) yield head.place;
    last = head.place;
    advance(head.rest);
  }
}

function rank(heads: readonly Head[], { place }: Head, ascending: boolean): number {
  let low = 0;
  let high = heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((heads[middle] as Head).place < place === ascending) high = middle;
    else low = middle + 1;
  }
  return low;
}
