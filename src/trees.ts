/**
 * The trees that a table is kept in: its rows by key, and one tree per index. As they are, or as they come out of a
 * store: then a table is put together when it is first asked for.
 */
import { createRequire } from 'node:module';
import { keysOf, type Table } from './table.ts';

/** A point in time that can be returned to; opaque, immutable, shared. */
export type Root = ReadonlyMap<string, Trees>;

// sorted-btree is CommonJS with `exports.default`, which loaders unwrap differently: `require` gives one form.
const require = createRequire(import.meta.url);
export type BTree<K, V> = import('sorted-btree').default<K, V>;
export const BTree = (require('sorted-btree') as typeof import('sorted-btree')).default;
/** A table's rows and look-ups; whose `owner` it is may write to them. */
export interface Trees {
  readonly owner: object;
  readonly table: Table<object>;
  readonly rows: BTree<string, object>;
  readonly indexes: readonly BTree<string, undefined>[];
}

/** What differs between two trees, at a cost that goes with it. */
export const diffAgainst = (
  require('sorted-btree/extended/diffAgainst.js') as typeof import('sorted-btree/extended/diffAgainst.js')
).default;

/** Parts an index key from the primary key behind it; no key may hold it. */
export const PART = '\u0001';
/** The order of all trees. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A table's rows as they come out of a store, by key; no row: it is taken away. */
export interface Patch {
  table: Table<object>;
  /** Called once, when somebody first asks for the table. */
  read(): Iterable<readonly [key: string, row: object | undefined]>;
}

/** `base` with what `patches` say; a table is put together when it is first asked for. */
export function patched(base: Root, patches: readonly Patch[]): Root {
  const root = new Map(base);
  for (const patch of patches)
    root.set(patch.table.name, new PatchedTrees(base.get(patch.table.name), patch));
  return root;
}

/** Every row of a root. */
export function* rowsOf(root: Root): Iterable<{ table: Table<object>; key: string; row: object }> {
  for (const { table, rows } of root.values())
    for (const [key, row] of rows.entries()) yield { table, key, row };
}

class PatchedTrees implements Trees {
  readonly owner = {};
  readonly table: Table<object>;
  #from: { base: Trees | undefined; patch: Patch } | undefined;
  #made: Pick<Trees, 'rows' | 'indexes'> | undefined;

  constructor(base: Trees | undefined, patch: Patch) {
    this.table = patch.table;
    this.#from = { base, patch };
  }

  get rows(): BTree<string, object> {
    return this.#all().rows;
  }

  get indexes(): readonly BTree<string, undefined>[] {
    return this.#all().indexes;
  }

  #all(): Pick<Trees, 'rows' | 'indexes'> {
    if (this.#made) return this.#made;
    const { base, patch } = this.#from as { base: Trees | undefined; patch: Patch };
    const trees: Trees = { owner: this.owner, ...(base ? cloned(base) : emptyTrees(this.table)) };
    for (const [key, row] of patch.read()) put(trees, key, trees.rows.get(key), row);
    this.#made = trees;
    this.#from = undefined;
    return trees;
  }
}

/** Of a table with no rows. */
export const emptyTrees = (table: Table<object>): Omit<Trees, 'owner'> => ({
  table,
  rows: new BTree<string, object>(undefined, inOrder),
  indexes: table.indexes.map(() => new BTree<string, undefined>(undefined, inOrder)),
});

/** A copy that costs the same whatever it holds. */
export const cloned = ({ table, rows, indexes }: Trees): Omit<Trees, 'owner'> => ({
  table,
  rows: rows.clone(),
  indexes: indexes.map((tree) => tree.clone()),
});

/** Puts `after` in the place of `before`, in the rows and every index. */
export function put(trees: Trees, key: string, before: object | undefined, after: object | undefined): void {
  const { table } = trees;
  const keysNow = after ? table.indexes.map((index) => keysOf(index, after)) : NONE_EACH;
  if (after) trees.rows.set(key, after);
  else trees.rows.delete(key);
  table.indexes.forEach((index, i) => {
    const tree = trees.indexes[i] as BTree<string, undefined>;
    const old = before ? keysOf(index, before) : NONE;
    const now = keysNow[i] ?? NONE;
    for (const k of old) if (!now.includes(k)) tree.delete(k + PART + key);
    for (const k of now) if (!old.includes(k)) tree.set(k + PART + key, undefined);
  });
}

const NONE: readonly string[] = [];
const NONE_EACH: readonly (readonly string[])[] = [];
