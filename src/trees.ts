/**
 * The trees that a table is kept in: its rows by key, and one tree per index. As they are, or as they come out of a
 * store: then a table is put together when it is first asked for.
 */
import { BTree, inOrder } from './btree.ts';
import { GatheredTerms, type Places, withoutPlace, withPlace } from './postings.ts';
import { keysOf, PART, type Table, type Texts } from './table.ts';

/** A point in time that can be returned to; opaque, immutable, shared. */
export type Root = ReadonlyMap<string, Trees>;

/** A table's rows and look-ups; whose `owner` it is may write to them. */
export interface Trees {
  readonly owner: object;
  readonly table: Table<object>;
  readonly rows: BTree<string, object>;
  /** Of `table.indexes`, one for each; rows in those that hold them. */
  readonly indexes: readonly BTree<string, object | undefined>[];
  /** Of `table.texts`, one for each. */
  readonly texts: readonly BTree<string, Places>[];
}

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
  #made: Pick<Trees, 'rows' | 'indexes' | 'texts'> | undefined;

  constructor(base: Trees | undefined, patch: Patch) {
    this.table = patch.table;
    this.#from = { base, patch };
  }

  get rows(): BTree<string, object> {
    return this.#all().rows;
  }

  get indexes(): readonly BTree<string, object | undefined>[] {
    return this.#all().indexes;
  }

  get texts(): readonly BTree<string, Places>[] {
    return this.#all().texts;
  }

  #all(): Pick<Trees, 'rows' | 'indexes' | 'texts'> {
    if (this.#made) return this.#made;
    const { base, patch } = this.#from as { base: Trees | undefined; patch: Patch };
    const trees: Trees = { owner: this.owner, ...(base ? cloned(base) : emptyTrees(this.table)) };
    const gathered = gathering(this.table);
    for (const [key, row] of patch.read()) put(trees, key, trees.rows.get(key), row, gathered);
    settle(trees, gathered);
    this.#made = trees;
    this.#from = undefined;
    return trees;
  }
}

/** Of a table with no rows. */
export const emptyTrees = (table: Table<object>): Omit<Trees, 'owner'> => ({
  table,
  rows: new BTree<string, object>(undefined, inOrder),
  indexes: table.indexes.map(() => new BTree<string, object | undefined>(undefined, inOrder)),
  texts: table.texts.map(() => new BTree<string, Places>(undefined, inOrder)),
});

/** A copy that costs the same whatever it holds. */
export const cloned = ({ table, rows, indexes, texts }: Trees): Omit<Trees, 'owner'> => ({
  table,
  rows: rows.clone(),
  indexes: indexes.map((tree) => tree.clone()),
  texts: texts.map((tree) => tree.clone()),
});

/** Terms that wait to be put into a table's text indexes, one for each; while many rows come at once. */
export type Gathered = readonly GatheredTerms[];

export const gathering = (table: Table<object>): Gathered => table.texts.map(() => new GatheredTerms());

/** Puts what was gathered into the text indexes. */
export const settle = (trees: Trees, gathered: Gathered): void =>
  gathered.forEach((terms, i) => void terms.putInto(trees.texts[i] as BTree<string, Places>));

/**
 * Puts `after` in the place of `before`, in the rows and every index; its terms go to `gathered` where that is given,
 * to be settled by the caller.
 */
export function put(
  trees: Trees,
  key: string,
  before: object | undefined,
  after: object | undefined,
  gathered?: Gathered,
): void {
  const { table } = trees;
  const said = table.texts.map((text) => termsChanged(text, before, after));
  const keysNow = after ? table.indexes.map((index) => keysOf(index, after)) : NONE_EACH;
  if (after) trees.rows.set(key, after);
  else trees.rows.delete(key);
  table.indexes.forEach((index, i) => {
    const tree = trees.indexes[i] as BTree<string, object | undefined>;
    const old = before ? keysOf(index, before) : NONE;
    const now = keysNow[i] ?? NONE;
    for (const k of old) if (!now.includes(k)) tree.delete(k + PART + key);
    const held = index.holdsRows ? after : undefined;
    for (const k of now) if (held || !old.includes(k)) tree.set(k + PART + key, held);
  });
  said.forEach((change, i) => {
    const tree = trees.texts[i] as BTree<string, Places>;
    const place = (table.texts[i] as Texts<object>).place(key);
    const waiting = gathered?.[i];
    if (waiting && change.gone.length === 0) {
      if (change.come.length > 0) waiting.add(change.come, place);
      return;
    }
    waiting?.putInto(tree);
    for (const term of change.gone) {
      const left = withoutPlace(tree.get(term), place);
      if (left === undefined) tree.delete(term);
      else tree.set(term, left);
    }
    for (const term of change.come) tree.set(term, withPlace(tree.get(term), place));
  });
}

/** The terms that a row loses and wins by a change. */
function termsChanged(text: Texts<object>, before: object | undefined, after: object | undefined) {
  if (before && after && text.same(before, after)) return { gone: NONE, come: NONE };
  if (!before) return { gone: NONE, come: after ? text.terms(after) : NONE };
  const old = new Set(text.terms(before));
  const now = new Set(after && text.terms(after));
  return { gone: [...old].filter((term) => !now.has(term)), come: [...now].filter((term) => !old.has(term)) };
}

const NONE: readonly string[] = [];
const NONE_EACH: readonly (readonly string[])[] = [];
