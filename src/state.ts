/**
 * The rows of one universe: ordered, indexed, copy-on-write. A fork or a snapshot copies one pointer to an
 * immutable root; a table is cloned at its first write by a state that does not own it.
 *
 * Writes happen inside a transaction whose undo list is also what journals, events, diffs and quotas read.
 */

import { BTree, diffAgainst, inOrder } from './btree.ts';
import { assert } from './error.ts';
import { Postings } from './postings.ts';
import { type Order, Range, type Source } from './range.ts';
import { PART, type Table } from './table.ts';
import { cloned, emptyTrees, type Gathered, gathering, put, type Root, settle, type Trees } from './trees.ts';

export type { Root } from './trees.ts';

/** How a table was, to be asked later what has changed since. It shares its rows with the table. */
export interface Moment {
  readonly rows: BTree<string, object> | undefined;
}

/** One row's change. `before` absent: inserted. `after` absent: removed. */
export interface Change {
  readonly table: Table<object>;
  readonly key: string;
  readonly before: object | undefined;
  readonly after: object | undefined;
}

/** Told of everything that changes rows or keeps them: what a store beyond the process is fed by. */
export interface Tape {
  committed(changes: readonly Change[]): void;
  /** `root` is what there is now, and may be returned to. */
  kept(root: Root): void;
  restored(root: Root): void;
}

/** How to walk a table: along its key or an index, between bounds, with residual filters. */
export interface Query<E extends object> {
  /** Name of an index; the primary key without it. */
  index?: string;
  /** Exactly this index key. */
  equals?: string;
  /** Index (or primary) keys that begin so. */
  prefix?: string;
  /** From this key, included. */
  from?: string;
  /** Up to this key, excluded. */
  to?: string;
  reverse?: boolean;
  /** Rows that each of these index keys holds too. */
  intersect?: readonly { index: string; equals: string }[];
  where?: (row: E) => boolean;
  orderBy?: readonly Order<E>[];
}

type TreesOf<E> = Pick<Trees, 'table' | 'indexes'> & { rows: BTree<string, E> };

const HIGHEST = '\uffff';
const FREEZE_ROWS = process.env.NODE_ENV === 'test';

export class State {
  #root: Map<string, Trees>;
  #owner: object = {};
  #rootOwner: object | undefined;
  #undo: Change[] | undefined;
  /** While it is filled: by table, what waits to be put into its text indexes. */
  #filling: Map<Table<object>, Gathered> | undefined;
  tape: Tape | undefined;

  constructor(root: Root = new Map()) {
    this.#root = root as Map<string, Trees>;
  }

  /** An independent state with the same rows; costs the same whatever they are. */
  fork(): State {
    return new State(this.snapshot());
  }

  /** The rows as they are now, to be kept or restored. */
  snapshot(): Root {
    this.#owner = {};
    this.tape?.kept(this.#root);
    return this.#root;
  }

  /** The rows as they are now, to be looked at later. */
  moment(): Root {
    this.#owner = {};
    return this.#root;
  }

  /** A table as it is now, for `since`. */
  momentOf(table: Table<never>): Moment {
    // Whoever writes next makes trees of their own, so that these stay as they are.
    this.#owner = {};
    return { rows: this.#root.get(table.name)?.rows };
  }

  /**
   * What is different in a table from how it was at `moment`; undefined where nothing can have changed. Costs what has
   * changed. Right across rollbacks, restores and forks: for what is derived from rows and kept beside them.
   */
  since(table: Table<never>, moment: Moment): Change[] | undefined {
    const rows = this.#root.get(table.name)?.rows;
    if (rows === moment.rows) return undefined;
    return differences(table as unknown as Table<object>, moment.rows, rows);
  }

  /** Puts every row back to what `root` holds. */
  restore(root: Root): void {
    assert(!this.#undo, 'restore inside a transaction');
    this.#root = root as Map<string, Trees>;
    this.#owner = {};
    this.tape?.restored(root);
  }

  begin(): void {
    assert(!this.#undo, 'transactions do not nest');
    this.#undo = [];
  }

  /** Ends the transaction and says what it changed, in order. */
  commit(): Change[] {
    const changes = this.#undo;
    assert(changes, 'no transaction');
    this.#undo = undefined;
    if (this.tape && changes.length > 0) this.tape.committed(changes);
    return changes;
  }

  /** Ends the transaction and puts every row back. */
  rollback(): void {
    this.rollbackTo(0);
    this.#undo = undefined;
  }

  /** How many rows the transaction has changed so far: a place to go back to. */
  get changed(): number {
    assert(this.#undo, 'no transaction');
    return this.#undo.length;
  }

  /** Puts back what the transaction changed after `place`, and goes on. */
  rollbackTo(place: number): void {
    const changes = this.#undo;
    assert(changes, 'no transaction');
    for (let i = changes.length - 1; i >= place; i--) {
      const { table, key, before, after } = changes[i] as Change;
      this.#apply(table, key, after, before);
    }
    changes.length = place;
  }

  /**
   * Runs `work`, whose writes nobody asks for and nobody takes back: how a state is filled that is thrown away where
   * that fails. A list of a million rows would take more memory than the rows' own keys.
   */
  fill(work: () => void): void {
    assert(!this.#undo, 'a fill inside a transaction');
    if (this.tape) this.begin();
    this.#filling = new Map();
    try {
      work();
      this.#settle();
      if (this.#undo) this.commit();
    } finally {
      this.#undo = undefined;
      this.#filling = undefined;
    }
  }

  get<E extends object>(table: Table<E>, key: string): E | undefined {
    return this.#root.get(table.name)?.rows.get(key) as E | undefined;
  }

  /** Adds a row; an assertion fails where its key is taken. */
  insert<E extends object>(table: Table<E>, row: E): E {
    const key = table.key(row);
    if (this.get(table, key)) assert(false, `${table.name}: ${key} exists`);
    this.#write(table, key, undefined, row);
    return row;
  }

  /** Puts `row` in the place of the row with its key, which must exist. */
  replace<E extends object>(table: Table<E>, row: E): E {
    const key = table.key(row);
    const before = this.get(table, key);
    assert(before, `${table.name}: no ${key}`);
    this.#write(table, key, before, row);
    return row;
  }

  /** Takes a row away; says whether there was one. */
  remove<E extends object>(table: Table<E>, key: string): boolean {
    const before = this.get(table, key);
    if (before) this.#write(table, key, before, undefined);
    return before !== undefined;
  }

  list<E extends object>(table: Table<E>, query: Query<E> = {}): Range<E> {
    const trees = this.#root.get(table.name) as TreesOf<E> | undefined;
    return new Range<E>(trees ? new Walk(trees, query) : NOTHING, query);
  }

  /** One of the table's text indexes. */
  postings<E extends object>(table: Table<E>, name: string): Postings {
    const at = table.texts.findIndex((text) => text.name === name);
    assert(at >= 0, `${table.name} declares no texts ${name}`);
    this.#settle();
    return new Postings(this.#root.get(table.name)?.texts[at]);
  }

  /** Whether a table holds no row. */
  isEmpty(table: Table<never>): boolean {
    const rows = this.#root.get(table.name)?.rows;
    return rows === undefined || rows.size === 0;
  }

  /** How many rows there are, those of the kernel's own tables apart. */
  get size(): number {
    let size = 0;
    for (const { table, rows } of this.#root.values()) if (!table.name.startsWith('_')) size += rows.size;
    return size;
  }

  /** The tables that hold or held rows. */
  tables(): Table<object>[] {
    return [...this.#root.values()].map((trees) => trees.table);
  }

  #write<E extends object>(table: Table<E>, key: string, before: E | undefined, after: E | undefined): void {
    if (!this.#undo && !this.#filling) assert(false, `${table.name}: a write outside a transaction`);
    if (FREEZE_ROWS && after) freeze(after);
    const erased = table as unknown as Table<object>;
    // Noted when it is done: a row that an index cannot read throws before anything has changed.
    this.#apply(erased, key, before, after);
    this.#undo?.push({ table: erased, key, before, after });
  }

  #apply(table: Table<object>, key: string, before: object | undefined, after: object | undefined): void {
    if (this.#filling && !this.#filling.has(table)) this.#filling.set(table, gathering(table));
    put(this.#owned(table), key, before, after, this.#filling?.get(table));
  }

  #settle(): void {
    for (const [table, gathered] of this.#filling ?? []) settle(this.#owned(table), gathered);
  }

  #owned(table: Table<object>): Trees {
    const trees = this.#root.get(table.name);
    if (trees?.owner === this.#owner) return trees;
    if (this.#rootOwner !== this.#owner) {
      this.#root = new Map(this.#root);
      this.#rootOwner = this.#owner;
    }
    const own: Trees = trees
      ? { owner: this.#owner, ...cloned(trees) }
      : { owner: this.#owner, ...emptyTrees(table) };
    this.#root.set(table.name, own);
    return own;
  }
}

/** What turned `from` into `to`, by table; costs what differs, not what there is. */
export function diffRoots(from: Root, to: Root): Change[] {
  const changes: Change[] = [];
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const a = from.get(name);
    const b = to.get(name);
    changes.push(...differences((b ?? a)?.table as Table<object>, a?.rows, b?.rows));
  }
  return changes;
}

function differences(
  table: Table<object>,
  from: BTree<string, object> | undefined,
  to: BTree<string, object> | undefined,
): Change[] {
  const changes: Change[] = [];
  if (from === to) return changes;
  diffAgainst(
    from ?? new BTree<string, object>(undefined, inOrder),
    to ?? new BTree<string, object>(undefined, inOrder),
    (key, before) => void changes.push({ table, key, before, after: undefined }),
    (key, after) => void changes.push({ table, key, before: undefined, after }),
    (key, before, after) => void changes.push({ table, key, before, after }),
  );
  return changes;
}

/** One change per row: the first `before` and the last `after`; rows that ended as they began are left out. */
export function compact(changes: readonly Change[]): readonly Change[] {
  if (changes.length < 2) return changes.filter((change) => change.before !== change.after);
  const byRow = new Map<string, Change>();
  for (const change of changes) {
    const id = `${change.table.name}${PART}${change.key}`;
    const earlier = byRow.get(id);
    byRow.set(id, earlier ? { ...change, before: earlier.before } : change);
  }
  return [...byRow.values()].filter((change) => change.before !== change.after);
}

/** Where a walk begins (included) and ends (excluded). */
function bounds(query: Query<never>, indexed: boolean): { low: string; high: string | undefined } {
  const { equals } = query;
  if (equals !== undefined)
    return indexed
      ? { low: equals + PART, high: equals + PART + HIGHEST }
      : { low: equals, high: `${equals}\u0000` };
  return {
    low: query.prefix ?? query.from ?? '',
    high: query.prefix !== undefined ? query.prefix + HIGHEST : query.to,
  };
}

/** A walk along a table or one of its indexes. */
class Walk<E extends object> implements Source<E> {
  readonly #trees: TreesOf<E>;
  readonly #query: Query<E>;
  readonly #tree: BTree<string, object | undefined> | undefined;

  constructor(trees: TreesOf<E>, query: Query<E>) {
    this.#trees = trees;
    this.#query = query;
    this.#tree = query.index ? indexTree(trees, query.index) : undefined;
  }

  *scan(after: string | undefined): Iterable<readonly [string, E]> {
    const { reverse = false, intersect } = this.#query;
    const { low, high } = bounds(this.#query as Query<never>, this.#tree !== undefined);
    const also = intersect?.map((q) => ({ tree: indexTree(this.#trees, q.index), part: q.equals + PART }));
    const source = this.#source;
    const entries = reverse ? source.entriesReversed(after ?? high) : source.entries(after ?? low);
    for (const [position, held] of entries) {
      if (position === after) continue;
      if (reverse ? position < low : high !== undefined && position >= high) return;
      if (reverse && high !== undefined && position >= high) continue;
      if (also && !this.#isIn(also, position)) continue;
      const row = (held as E | undefined) ?? this.#trees.rows.get(this.#keyOf(position));
      if (row) yield [position, row];
    }
  }

  #isIn(also: readonly { tree: BTree<string, unknown>; part: string }[], position: string): boolean {
    const key = this.#keyOf(position);
    return also.every(({ tree, part }) => tree.has(part + key));
  }

  /** Of a whole table. */
  size(): number | undefined {
    const { index, equals, prefix, from, to, intersect } = this.#query;
    const part = index ?? equals ?? prefix ?? from ?? to ?? intersect;
    return part === undefined ? this.#trees.rows.size : undefined;
  }

  /** By one descent. */
  head(): E | undefined {
    const { reverse, intersect } = this.#query;
    if (intersect) {
      for (const [, row] of this.scan(undefined)) return row;
      return undefined;
    }
    const { low, high } = bounds(this.#query as Query<never>, this.#tree !== undefined);
    const source = this.#source;
    const position = reverse
      ? high === undefined
        ? source.maxKey()
        : source.nextLowerKey(high)
      : source.getPairOrNextHigher(low)?.[0];
    if (position === undefined || position < low || (high !== undefined && position >= high))
      return undefined;
    return this.#trees.rows.get(this.#keyOf(position));
  }

  get #source(): BTree<string, unknown> {
    return (this.#tree ?? this.#trees.rows) as BTree<string, unknown>;
  }

  #keyOf(position: string): string {
    return this.#tree ? position.slice(position.lastIndexOf(PART) + 1) : position;
  }
}

const NOTHING: Source<never> = { scan: () => [], size: () => 0 };

function indexTree(trees: Pick<Trees, 'table' | 'indexes'>, name: string): BTree<string, object | undefined> {
  const at = trees.table.indexes.findIndex((index) => index.name === name);
  assert(at >= 0, `${trees.table.name} declares no index ${name}`);
  return trees.indexes[at] as BTree<string, object | undefined>;
}

function freeze(value: object): void {
  if (Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) if (inner && typeof inner === 'object') freeze(inner);
}
