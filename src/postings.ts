/**
 * A text index kept small: for every term and group of rows, the keys of the rows that hold it, in order. A workspace
 * of a million messages has ten million such pairs; a key is named once and pointed to from there.
 */
import { BTree, inOrder } from './btree.ts';
import { PART } from './table.ts';

/** Keys in order, in the smallest form that will do. Immutable: a change makes a new one that shares what stays. */
export type Keys = string | readonly string[] | BTree<string, undefined>;

/** Longer lists become trees, so that an addition copies little. */
const LIST_KEYS_MAX = 256;

/** One text index of one state, to be read. */
export class Postings {
  readonly #tree: BTree<string, Keys> | undefined;

  constructor(tree: BTree<string, Keys> | undefined) {
    this.#tree = tree;
  }

  /** The keys of a group's rows that hold a term. */
  get(term: string, group: string): Keys | undefined {
    return this.#tree?.get(term + PART + group);
  }

  /** The same of several terms; those that stand nowhere in the group are left out. */
  all(terms: readonly string[], group: string): Keys[] {
    return terms.map((term) => this.get(term, group)).filter((keys) => keys !== undefined);
  }

  /** The groups in which a term stands, each with its keys. */
  *groups(term: string): Iterable<readonly [group: string, keys: Keys]> {
    for (const [, group, keys] of this.#from(term + PART)) yield [group, keys];
  }

  /** The terms that begin so, each with its groups. */
  beginning(prefix: string): Iterable<readonly [term: string, group: string, keys: Keys]> {
    return this.#from(prefix);
  }

  *#from(start: string): Iterable<readonly [term: string, group: string, keys: Keys]> {
    if (!this.#tree) return;
    for (const [name, keys] of this.#tree.entries(start)) {
      if (!name.startsWith(start)) return;
      const part = name.indexOf(PART);
      yield [name.slice(0, part), name.slice(part + 1), keys];
    }
  }
}

/**
 * Terms of many rows that come at once, put into an index together: each list of keys is made once, instead of being
 * copied for every row. Nothing of it is found before.
 */
export class GatheredTerms {
  readonly #groups = new Map<string, Map<string, string[]>>();

  add(term: string, group: string, key: string): void {
    const terms = this.#groups.get(group) ?? new Map<string, string[]>();
    if (terms.size === 0) this.#groups.set(group, terms);
    const keys = terms.get(term);
    if (keys) keys.push(key);
    else terms.set(term, [key]);
  }

  /** Puts what was gathered into `tree`, and begins anew. */
  putInto(tree: BTree<string, Keys>): void {
    const named: [name: string, keys: string[]][] = [];
    for (const [group, terms] of this.#groups)
      for (const [term, keys] of terms) named.push([term + PART + group, keys]);
    this.#groups.clear();
    named.sort(([a], [b]) => inOrder(a, b));
    for (const [name, keys] of named) tree.set(name, withKeys(tree.get(name), keys));
  }
}

/** How many. */
export const countOf = (keys: Keys): number =>
  typeof keys === 'string' ? 1 : isList(keys) ? keys.length : keys.size;

export function hasKey(keys: Keys, key: string): boolean {
  if (typeof keys === 'string') return keys === key;
  return isList(keys) ? keys[place(keys, key)] === key : keys.has(key);
}

/** The keys from `low` (included) to `high` (excluded), in order or the other way round. */
export function* between(keys: Keys, low: string, high: string, backwards: boolean): Iterable<string> {
  if (typeof keys === 'string') {
    if (keys >= low && keys < high) yield keys;
  } else if (isList(keys)) {
    const from = place(keys, low);
    const to = place(keys, high);
    if (backwards) for (let i = to - 1; i >= from; i--) yield keys[i] as string;
    else for (let i = from; i < to; i++) yield keys[i] as string;
  } else if (backwards) {
    for (const [key] of keys.entriesReversed(high)) {
      if (key < low) return;
      if (key < high) yield key;
    }
  } else {
    for (const [key] of keys.entries(low)) {
      if (key >= high) return;
      yield key;
    }
  }
}

/** Adds a key, which may be there already. */
export function withKey(keys: Keys | undefined, key: string): Keys {
  if (keys === undefined) return key;
  if (typeof keys === 'string') return keys === key ? keys : keys < key ? [keys, key] : [key, keys];
  if (!isList(keys)) return keys.with(key, undefined);
  const at = place(keys, key);
  if (keys[at] === key) return keys;
  if (keys.length < LIST_KEYS_MAX) {
    const longer = keys.slice();
    if (at === keys.length) longer.push(key);
    else longer.splice(at, 0, key);
    return longer;
  }
  return treeOf([...keys, key]);
}

/** Adds many keys. */
function withKeys(before: Keys | undefined, keys: readonly string[]): Keys {
  if (before !== undefined) return keys.reduce<Keys>(withKey, before);
  const sorted = isOrdered(keys) ? keys : [...new Set(keys)].sort(inOrder);
  return sorted.length === 1
    ? (sorted[0] as string)
    : sorted.length <= LIST_KEYS_MAX
      ? sorted
      : treeOf(sorted);
}

const isOrdered = (keys: readonly string[]): boolean =>
  keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key);

function treeOf(keys: readonly string[]): BTree<string, undefined> {
  const tree = new BTree<string, undefined>(undefined, inOrder);
  for (const key of keys) tree.set(key, undefined);
  return tree;
}

/** Takes a key away; undefined where none is left. */
export function withoutKey(keys: Keys | undefined, key: string): Keys | undefined {
  if (keys === undefined || typeof keys === 'string') return keys === key ? undefined : keys;
  if (!isList(keys)) {
    const left = keys.without(key, true);
    return left.size === 0 ? undefined : left;
  }
  const at = place(keys, key);
  if (keys[at] !== key) return keys;
  if (keys.length === 1) return undefined;
  const shorter = keys.slice();
  shorter.splice(at, 1);
  return shorter;
}

const isList = (keys: Exclude<Keys, string>): keys is readonly string[] => Array.isArray(keys);

/** Where a key is, or would be, in a list. */
function place(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  // What is new is behind all the rest, most of the time.
  if (high > 0 && (keys[high - 1] as string) < key) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
