/** The table that a query reads: columns with a type each, their labels from the header rows. */
import type { NumberFormat } from '../../../world.ts';
import { CellError, type Matrix, type Scalar, textOf } from '../value.ts';
import { type Kind, queryError } from './syntax.ts';

/** A column's cells; what is not of its type is empty. */
export interface Column {
  id: string;
  label: string;
  type: Kind;
  /** The first format of its cells. */
  format?: NumberFormat;
}

export interface Table {
  columns: readonly Column[];
  rows: readonly (readonly Scalar[])[];
}

/** Where the data came from; absent for an array. */
export interface Source {
  /** The zero-based column of the sheet where the range begins. */
  column: number;
  /** The number format of a cell, counted from the range's corner. */
  format(row: number, column: number): NumberFormat | undefined;
}

/** The letters of a zero-based column. */
const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** The table in a range. `headers` -1: as many rows as look like it. */
export function tableOf(data: Matrix, headers: number, source: Source | undefined): Table {
  const count = headers < 0 ? guessedHeaders(data, source) : Math.min(headers, data.length);
  const width = data[0]?.length ?? 0;
  const body = data.slice(count);
  const columns = Array.from({ length: width }, (_, column): Column => {
    const type = majority(body, column, count, source);
    const label = data
      .slice(0, count)
      .map((row) => shownText(row[column] ?? null))
      .filter((text) => text !== '')
      .join(' ');
    const formatted = source && body.findIndex((row) => (row[column] ?? null) !== null);
    const format =
      formatted === undefined || formatted < 0 ? undefined : source?.format(formatted + count, column);
    return {
      id: source ? letters(source.column + column) : `Col${column + 1}`,
      label,
      type,
      ...(format ? { format } : {}),
    };
  });
  const rows = body.map((row) => columns.map((column, i) => fitting(row[i] ?? null, column.type)));
  return { columns, rows };
}

const shownText = (cell: Scalar | CellError): string => (cell instanceof CellError ? '' : textOf(cell));

/** The column by its letters, or by its number as `Col1`. Throws `NO_COLUMN`. */
export function columnAt(table: Table, id: string): number {
  const at = table.columns.findIndex(
    (column, i) => column.id.toLowerCase() === id.toLowerCase() || id.toLowerCase() === `col${i + 1}`,
  );
  if (at < 0) throw queryError(`NO_COLUMN: ${id}`);
  return at;
}

/** The type that most cells have; a tie goes to the first of them. */
function majority(rows: Matrix, column: number, from: number, source: Source | undefined): Kind {
  const counts = new Map<Kind, number>();
  rows.forEach((row, i) => {
    const kind = kindOf(row[column] ?? null, source?.format(from + i, column));
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'string';
}

const FORMATTED: Readonly<Record<string, Kind>> = { DATE: 'date', DATE_TIME: 'datetime', TIME: 'timeofday' };

function kindOf(cell: Scalar | CellError, format: NumberFormat | undefined): Kind | undefined {
  if (cell === null || cell === '' || cell instanceof CellError) return undefined;
  if (typeof cell === 'number') return (format && FORMATTED[format.type]) ?? 'number';
  return typeof cell === 'boolean' ? 'boolean' : 'string';
}

/** Values of another type count as empty. */
function fitting(cell: Scalar | CellError, type: Kind): Scalar {
  if (cell instanceof CellError || cell === '') return null;
  const plain = type === 'string' || type === 'boolean' ? type : 'number';
  return typeof cell === plain ? cell : null;
}

/** Rows of texts above columns that are of another type below. */
function guessedHeaders(data: Matrix, source: Source | undefined): number {
  const width = data[0]?.length ?? 0;
  const types = Array.from({ length: width }, (_, column) => majority(data.slice(1), column, 1, source));
  const telling = types.flatMap((type, column) => (type === 'string' ? [] : [column]));
  if (telling.length === 0) return 0;
  const isHeader = (row: Matrix[number]) =>
    telling.some((column) => typeof row[column] === 'string' && row[column] !== '') &&
    telling.every((column) => typeof (row[column] ?? '') === 'string');
  const below = data.findIndex((row) => !isHeader(row));
  return below < 0 ? 0 : below;
}
