/**
 * `QUERY`: a query over a table. https://support.google.com/docs/answer/3093343, labels and orders of columns as in
 * https://github.com/google/google-visualization-java.
 */
import type { NumberFormat } from '../../../world.ts';
import { CellError, type Matrix, type Scalar, textOf } from '../value.ts';
import { Reader, type Row, typeOf, valueOrder } from './expression.ts';
import { type Expression, type Kind, keyOf, parseQuery, type Query, queryError } from './syntax.ts';
import { columnAt, type Source, type Table, tableOf } from './table.ts';

/** The cells of the answer, and the formats of its columns below the header. */
export interface Answer {
  cells: Matrix;
  headerRows: number;
  formats: (NumberFormat | undefined)[];
}

/** A column of the answer. */
interface Output {
  label: string;
  format?: NumberFormat;
  values: Scalar[];
}

/** Runs a query. `now`: the serial number of the moment. Throws CellError. */
export function runQuery(
  data: Matrix,
  text: string,
  headers: number,
  source: Source | undefined,
  now: number,
): Answer {
  const table = tableOf(data, headers, source);
  const query = parseQuery(text);
  const select = query.select ?? table.columns.map(({ id }): Expression => ({ kind: 'column', id }));
  const full = { ...query, select };
  check(full, table);
  const reader = new Reader(table, now);
  const kept = query.where ? filtered(query, table, reader) : table.rows;
  const outputs = grouped(full) ? groups(full, table, reader, kept) : plainColumns(full, table, reader, kept);
  return shown(outputs, query);
}

type Full = Query & { select: Expression[] };

function filtered(query: Query, table: Table, reader: Reader): Table['rows'] {
  const { where } = query;
  return where ? table.rows.filter((row) => reader.meets(where, row)) : table.rows;
}

const grouped = ({ select, group, pivot }: Full): boolean =>
  group.length > 0 || pivot.length > 0 || select.some(hasAggregate);

const hasAggregate = (one: Expression): boolean =>
  one.kind === 'aggregate' || (one.kind === 'scalar' && one.args.some(hasAggregate));

/** Columns that exist, functions of their types, and groups that leave no column open. */
function check(query: Full, table: Table): void {
  const all = [...query.select, ...query.group, ...query.pivot, ...query.order.map(({ by }) => by)];
  for (const one of [...all, ...query.labels.map(({ of }) => of), ...query.formats.map(({ of }) => of)])
    typeOf(one, table);
  for (const one of [...query.group, ...query.pivot])
    if (hasAggregate(one)) throw queryError(`CANNOT_BE_IN_GROUP_BY: ${keyOf(one)}`);
  if (grouped(query)) {
    const keys = new Set([...query.group, ...query.pivot].map(keyOf));
    const open = query.select.find((one) => !keys.has(keyOf(one)) && !closed(one, keys));
    if (open) throw queryError(`ADD_COL_TO_GROUP_BY_OR_AGG: ${firstOpen(open, keys)}`);
    for (const one of query.pivot)
      if (query.select.some((other) => keyOf(other) === keyOf(one)))
        throw queryError(`COL_IN_PIVOT_AND_SELECT: ${keyOf(one)}`);
  }
  for (const { of } of [...query.labels, ...query.formats])
    if (!query.select.some((one) => keyOf(one) === keyOf(of)))
      throw queryError(`COL_NOT_IN_SELECT: ${keyOf(of)}`);
}

const closed = (one: Expression, keys: ReadonlySet<string>): boolean =>
  keys.has(keyOf(one)) ||
  one.kind === 'aggregate' ||
  one.kind === 'constant' ||
  (one.kind === 'scalar' && one.args.every((arg) => closed(arg, keys)));

function firstOpen(one: Expression, keys: ReadonlySet<string>): string {
  const inner = one.kind === 'scalar' ? one.args.find((arg) => !closed(arg, keys)) : undefined;
  return inner ? firstOpen(inner, keys) : keyOf(one);
}

/** The name over a column of the answer. */
function label(one: Expression, table: Table): string {
  if (one.kind === 'column') return table.columns[columnAt(table, one.id)]?.label ?? '';
  if (one.kind === 'aggregate') return `${one.name} ${label(one.column, table)}`;
  if (one.kind === 'constant') return `${constantText(one.value, one.type)}()`;
  return `${one.name}(${one.args.map((arg) => label(arg, table)).join('')})`;
}

const constantText = (value: number | string | boolean, type: Kind): string =>
  type === 'string'
    ? `"${value}"`
    : type === 'number' && Number.isInteger(value)
      ? `${value}.0`
      : String(value);

const PATTERNS: Partial<Record<Kind, NumberFormat>> = {
  date: { type: 'DATE' },
  datetime: { type: 'DATE_TIME' },
  timeofday: { type: 'TIME' },
};

/** The format of a column: what the query says, else that of the cells, else what its type shows. */
function formatOf(one: Expression, query: Query, table: Table): NumberFormat | undefined {
  const said = query.formats.find(({ of }) => keyOf(of) === keyOf(one));
  const type = typeOf(one, table);
  const ofType = PATTERNS[type];
  if (said && !query.noFormat) return { type: ofType?.type ?? 'NUMBER', pattern: said.text };
  const column =
    one.kind === 'column' ? one : one.kind === 'aggregate' && one.name !== 'count' ? one.column : undefined;
  const own = column?.kind === 'column' ? table.columns[columnAt(table, column.id)]?.format : undefined;
  return own ?? ofType;
}

function output(one: Expression, query: Query, table: Table, values: Scalar[]): Output {
  const said = query.labels.find(({ of }) => keyOf(of) === keyOf(one));
  const format = formatOf(one, query, table);
  return { label: said?.text ?? label(one, table), ...(format ? { format } : {}), values };
}

/** Cut by `skipping`, `offset` and `limit`. */
function cut<T>(rows: readonly T[], { skipping, offset, limit }: Query): readonly T[] {
  const every = skipping && skipping > 1 ? rows.filter((_, i) => i % skipping === 0) : rows;
  return every.slice(offset, limit === undefined ? undefined : offset + limit);
}

function plainColumns(query: Full, table: Table, reader: Reader, rows: readonly Row[]): Output[] {
  const orders = query.order.map(({ by, ascending }) => ({
    values: rows.map((row) => reader.value(by, row)),
    ascending,
  }));
  const places = rows.map((_, i) => i);
  if (orders.length > 0)
    places.sort((a, b) => {
      for (const { values, ascending } of orders) {
        const order = valueOrder(values[a] ?? null, values[b] ?? null);
        if (order !== 0) return ascending ? order : -order;
      }
      return a - b;
    });
  const kept = cut(places, query);
  return query.select.map((one) =>
    output(
      one,
      query,
      table,
      kept.map((place) => reader.value(one, rows[place] as Row)),
    ),
  );
}

interface Group {
  keys: Scalar[];
  rows: Row[];
}

/** Rows of equal keys together, in the order of the keys. */
function groupedBy(by: readonly Expression[], reader: Reader, rows: readonly Row[]): Group[] {
  const found = new Map<string, Group>();
  for (const row of rows) {
    const keys = by.map((one) => reader.value(one, row));
    const key = JSON.stringify(keys);
    const known = found.get(key);
    if (known) known.rows.push(row);
    else found.set(key, { keys, rows: [row] });
  }
  return [...found.values()].sort((a, b) => {
    for (const [i, key] of a.keys.entries()) {
      const order = valueOrder(key, b.keys[i] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

const aggregatesIn = (one: Expression): Extract<Expression, { kind: 'aggregate' }>[] =>
  one.kind === 'aggregate' ? [one] : one.kind === 'scalar' ? one.args.flatMap(aggregatesIn) : [];

/** Each group is a row; each value of the pivot is a set of columns. */
function groups(query: Full, table: Table, reader: Reader, rows: readonly Row[]): Output[] {
  const found = groupedBy(query.group, reader, rows);
  // Without groups all rows are one, also where there are none.
  const all = query.group.length === 0 && found.length === 0 ? [{ keys: [], rows: [] }] : found;
  const pivots =
    query.pivot.length > 0 ? groupedBy(query.pivot, reader, rows).map(({ keys }) => keys) : [undefined];
  const valueIn = (one: Expression, group: Group, pivot: Scalar[] | undefined): Scalar => {
    const known = new Map(query.group.map((by, i) => [keyOf(by), group.keys[i] ?? null]));
    const inside = pivot ? group.rows.filter((row) => samePivot(row, pivot, query, reader)) : group.rows;
    if (pivot && inside.length === 0) return null;
    for (const part of aggregatesIn(one)) known.set(keyOf(part), reader.aggregate(part, inside));
    return reader.value(one, [], known);
  };
  const ordered = orderedGroups(all, query, (one, group) => valueIn(one, group, undefined));
  const kept = cut(ordered, query);
  const several = query.select.filter(hasAggregate).length > 1;
  const [fixed, pivoted] = [
    query.select.filter((one) => !hasAggregate(one)),
    query.select.filter(hasAggregate),
  ];
  if (query.pivot.length === 0)
    return query.select.map((one) =>
      output(
        one,
        query,
        table,
        kept.map((group) => valueIn(one, group, undefined)),
      ),
    );
  const across = pivots.flatMap((pivot) =>
    pivoted.map((one) => {
      const column = output(
        one,
        query,
        table,
        kept.map((group) => valueIn(one, group, pivot)),
      );
      const name = (pivot ?? []).map((value) => textOf(value)).join();
      return { ...column, label: several ? `${name} ${column.label}` : name };
    }),
  );
  return [
    ...fixed.map((one) =>
      output(
        one,
        query,
        table,
        kept.map((group) => valueIn(one, group, undefined)),
      ),
    ),
    ...across,
  ];
}

const samePivot = (row: Row, pivot: readonly Scalar[], query: Query, reader: Reader): boolean =>
  query.pivot.every((one, i) => reader.value(one, row) === pivot[i]);

function orderedGroups(
  all: readonly Group[],
  { order }: Query,
  value: (one: Expression, group: Group) => Scalar,
): readonly Group[] {
  if (order.length === 0) return all;
  return [...all].sort((a, b) => {
    for (const { by, ascending } of order) {
      const found = valueOrder(value(by, a), value(by, b));
      if (found !== 0) return ascending ? found : -found;
    }
    return 0;
  });
}

/** A header row where any column has a name, and the values below. Throws `N_A` for nothing at all. */
function shown(outputs: readonly Output[], query: Query): Answer {
  const header = outputs.some((one) => one.label !== '')
    ? [outputs.map((one): Scalar => one.label || null)]
    : [];
  const count = query.noValues ? 0 : (outputs[0]?.values.length ?? 0);
  const body = Array.from({ length: count }, (_, row) => outputs.map((one) => one.values[row] ?? null));
  if (header.length + body.length === 0) throw new CellError('N_A', 'Query completed with an empty output.');
  return {
    cells: [...header, ...body],
    headerRows: header.length,
    formats: outputs.map((one) => one.format),
  };
}
