/** The `orderBy` parameter of lists: `name`, `-name`, `+name`. */
import { badQuery } from '../errors.ts';

/** Rows in the order that `orderBy` asks for; as they are where it is left out. 400 for an order that is not known. */
export function orderedBy<E>(
  rows: readonly E[],
  orderBy: string | null,
  orders: Readonly<Record<string, (row: E) => string | number>>,
): E[] {
  if (orderBy === null || orderBy === '') return [...rows];
  // A plus sign in an address is a space, once it is read.
  const name = orderBy.replace(/^[-+ ]/, '');
  const by = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (!by) throw badQuery(`The order by field '${name}' is not supported.`);
  const sign = orderBy.startsWith('-') ? -1 : 1;
  return rows
    .map((row) => [by(row), row] as const)
    .sort(([a], [b]) => (a === b ? 0 : sign * (a < b ? -1 : 1)))
    .map(([, row]) => row);
}
