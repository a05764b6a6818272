/** Schemes as lists of them are asked for. */
import type { Table } from '../../../src/table.ts';
import type { Call } from '../../../src/twin.ts';
import { listParameter } from './address.ts';
import { orderedBy } from './ordering.ts';

/** The rows of a table that `id` and `queryString` ask for, in the order of `orderBy`. */
export function schemeRows<E extends { id: string | number; name: string }>(
  { world, query }: Call,
  rows: Table<E>,
): E[] {
  const ids = listParameter(query, 'id');
  const part = (query.get('queryString') ?? '').toLowerCase();
  const all = world.list(rows, {
    where: ({ id, name }) =>
      (ids.length === 0 || ids.includes(String(id))) && name.toLowerCase().includes(part),
  });
  return orderedBy(all.toArray(), query.get('orderBy'), {
    id: (row) => Number(row.id),
    name: (row) => row.name.toLowerCase(),
  });
}

/** A whole list inside an answer. */
export const embedded = (values: readonly unknown[]): Record<string, unknown> => ({
  maxResults: 100,
  startAt: 0,
  total: values.length,
  isLast: true,
  values,
});
