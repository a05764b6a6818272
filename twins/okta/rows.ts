/** Ranges over rows that are known by their keys. */
import { Range } from '../../src/range.ts';
import type { Table } from '../../src/table.ts';
import type { World } from '../../src/world/world.ts';

/** The rows of a table with these keys, in the order of the keys; pages go on after a key. */
export function rowsWith<E extends object>(world: World, table: Table<E>, keys: Iterable<string>): Range<E> {
  const sorted = [...keys].sort();
  return new Range<E>({
    *scan(after) {
      for (const key of sorted) {
        const row = after === undefined || key > after ? world.get(table, key) : undefined;
        if (row) yield [key, row];
      }
    },
  });
}
