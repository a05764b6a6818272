/** The ordered trees that tables and indexes are kept in. */
import { createRequire } from 'node:module';

// sorted-btree is CommonJS with `exports.default`, which loaders unwrap differently: `require` gives one form.
const require = createRequire(import.meta.url);
export type BTree<K, V> = import('sorted-btree').default<K, V>;
export const BTree = (require('sorted-btree') as typeof import('sorted-btree')).default;

/** What differs between two trees, at a cost that goes with it. */
export const diffAgainst = (
  require('sorted-btree/extended/diffAgainst.js') as typeof import('sorted-btree/extended/diffAgainst.js')
).default;

const { bulkLoad } =
  require('sorted-btree/extended/bulkLoad.js') as typeof import('sorted-btree/extended/bulkLoad.js');
const NODE_ENTRIES_MAX = 32;

/** A tree of these keys, which are in order, each once; made at once, many times as quick as one by one. */
export const treeOf = (keys: readonly string[]): BTree<string, undefined> =>
  bulkLoad<string, undefined>([...keys], new Array(keys.length), NODE_ENTRIES_MAX, inOrder);

/** The order of all trees. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
