/**
 * A text index kept small: for every term, the places of the rows that hold it, in order. A workspace of a million
 * messages has ten million such pairs; a place is named once and pointed to from there.
 */
import { type BTree, inOrder, treeOf } from './btree.ts';

/** Places in order, in the smallest form that will do. Immutable: a change makes a new one that shares what stays. */
export type Places = string | readonly string[] | BTree<string, undefined>;

/** Longer lists become trees, so that an addition copies little. */
const LIST_PLACES_MAX = 256;

/** One text index of one state, to be read. */
export class Postings {
  readonly #tree: BTree<string, Places> | undefined;

  constructor(tree: BTree<string, Places> | undefined) {
    this.#tree = tree;
  }

  /** The places of the rows that hold a term. */
  get(term: string): Places | undefined {
    return this.#tree?.get(term);
  }

  /** The same of several terms; those that stand nowhere are left out. */
  all(terms: readonly string[]): Places[] {
    return terms.map((term) => this.get(term)).filter((places) => places !== undefined);
  }

  /** The terms that begin so. */
  *beginning(prefix: string): Iterable<readonly [term: string, places: Places]> {
    if (!this.#tree) return;
    for (const [term, places] of this.#tree.entries(prefix)) {
      if (!term.startsWith(prefix)) return;
      yield [term, places];
    }
  }
}

/**
 * Terms of many rows that come at once, put into an index together: each list of places is made once, instead of being
 * copied for every row. Nothing of it is found before.
 */
export class GatheredTerms {
  #places: string[] = [];
  /** Of each term, which of the rows hold it, as they came. */
  #terms = new Map<string, number[]>();

  add(terms: readonly string[], place: string): void {
    const row = this.#places.push(place) - 1;
    for (const term of terms) {
      const rows = this.#terms.get(term);
      if (rows) rows.push(row);
      else this.#terms.set(term, [row]);
    }
  }

  /** Puts what was gathered into `tree`, and begins anew. */
  putInto(tree: BTree<string, Places>): void {
    const { places, rankOf } = ranked(this.#places);
    const terms = [...this.#terms].sort(([a], [b]) => inOrder(a, b));
    this.#places = [];
    this.#terms = new Map();
    for (const [term, rows] of terms) {
      const ranks = rankOf ? inTurn(rows, rankOf) : rows;
      const listed: string[] = [];
      for (let i = 0; i < ranks.length; i++) listed.push(places[ranks[i] as number] as string);
      tree.set(term, withPlaces(tree.get(term), listed));
    }
  }
}

function inTurn(rows: readonly number[], rankOf: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) ranks[i] = rankOf[rows[i] as number] as number;
  return ranks.sort();
}

/** Places in order, and which of them each is where they did not come so: sorted once for all terms. */
function ranked(places: readonly string[]): { places: readonly string[]; rankOf?: Uint32Array } {
  if (places.every((place, i) => i === 0 || (places[i - 1] as string) < place)) return { places };
  const rows = places.map((_, row) => row);
  rows.sort((a, b) => inOrder(places[a] as string, places[b] as string));
  const rankOf = new Uint32Array(places.length);
  rows.forEach((row, rank) => {
    rankOf[row] = rank;
  });
  return { places: rows.map((row) => places[row] as string), rankOf };
}

/** How many. */
export const countOf = (places: Places): number =>
  typeof places === 'string' ? 1 : isList(places) ? places.length : places.size;

export function hasPlace(places: Places, place: string): boolean {
  if (typeof places === 'string') return places === place;
  return isList(places) ? places[rank(places, place)] === place : places.has(place);
}

/** The places from `low` (included) to `high` (excluded), in order or the other way round. */
export function* between(places: Places, low: string, high: string, backwards: boolean): Iterable<string> {
  if (typeof places === 'string') {
    if (places >= low && places < high) yield places;
  } else if (isList(places)) {
    const from = rank(places, low);
    const to = rank(places, high);
    if (backwards) for (let i = to - 1; i >= from; i--) yield places[i] as string;
    else for (let i = from; i < to; i++) yield places[i] as string;
  } else if (backwards) {
    for (const [place] of places.entriesReversed(high)) {
      if (place < low) return;
      if (place < high) yield place;
    }
  } else {
    for (const [place] of places.entries(low)) {
      if (place >= high) return;
      yield place;
    }
  }
}

/** Adds a place, which may be there already. */
export function withPlace(places: Places | undefined, place: string): Places {
  if (places === undefined) return place;
  if (typeof places === 'string')
    return places === place ? places : places < place ? [places, place] : [place, places];
  if (!isList(places)) return places.with(place, undefined);
  const at = rank(places, place);
  if (places[at] === place) return places;
  if (places.length < LIST_PLACES_MAX) {
    const longer = places.slice();
    if (at === places.length) longer.push(place);
    else longer.splice(at, 0, place);
    return longer;
  }
  return treeOf([...places.slice(0, at), place, ...places.slice(at)]);
}

/** Adds many places, which are in order: the fewer to the more, since each addition copies a little. */
function withPlaces(before: Places | undefined, places: readonly string[]): Places {
  if (before === undefined) return listOf(places);
  if (places.length <= countOf(before)) return places.reduce<Places>(withPlace, before);
  return [...between(before, '', '\uffff', false)].reduce<Places>(withPlace, listOf(places));
}

const listOf = (places: readonly string[]): Places =>
  places.length === 1 ? (places[0] as string) : places.length <= LIST_PLACES_MAX ? places : treeOf(places);

/** Takes a place away; undefined where none is left. */
export function withoutPlace(places: Places | undefined, place: string): Places | undefined {
  if (places === undefined || typeof places === 'string') return places === place ? undefined : places;
  if (!isList(places)) {
    const left = places.without(place, true);
    return left.size === 0 ? undefined : left;
  }
  const at = rank(places, place);
  if (places[at] !== place) return places;
  if (places.length === 1) return undefined;
  const shorter = places.slice();
  shorter.splice(at, 1);
  return shorter;
}

const isList = (places: Exclude<Places, string>): places is readonly string[] => Array.isArray(places);

/** Where a place is, or would be, in a list. */
function rank(places: readonly string[], place: string): number {
  let low = 0;
  let high = places.length;
  // What is new is behind all the rest, most of the time.
  if (high > 0 && (places[high - 1] as string) < place) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as string) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
