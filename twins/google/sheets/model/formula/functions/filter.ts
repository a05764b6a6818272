/** Choosing and ordering rows. https://support.google.com/docs/table/25273 (Filter) */

import { formatsOf, keepFormats } from '../formats.ts';
import {
  type Cell,
  CellError,
  compare,
  flagOf,
  type Matrix,
  matrixOf,
  numberOf,
  scalarOf,
  type Value,
} from '../value.ts';
import { type Definition, type Family, plain, refusal } from './definition.ts';
import { transposed } from './matrix.ts';

type Row = Cell[];

const ARRAYS = { arrays: true } as const;

/** Rows (or columns, where the conditions lie in a row) for which every condition holds. */
function filtered(range: Matrix, ...conditions: Value[]): Matrix {
  const [height, width] = [range.length, range[0]?.length ?? 0];
  const tests = conditions.map(matrixOf);
  const byColumn =
    tests.every((one) => one.length === 1) && (height > 1 || width > 1) && !(height === 1 && width === 1);
  const acrossColumns = byColumn && (tests[0]?.[0]?.length ?? 0) === width && !(height === 1 && width === 1);
  if (acrossColumns) return transposed(keptRows(transposed(range), tests.map(transposed), true));
  return keptRows(range, tests, false);
}

function keptRows(range: Matrix, tests: readonly Matrix[], turnedRound: boolean): Matrix {
  for (const test of tests)
    if (test.length !== range.length || (test[0]?.length ?? 0) !== 1) {
      const [expected, actual] = turnedRound
        ? [
            [1, range.length],
            [test[0]?.length ?? 0, test.length],
          ]
        : [
            [range.length, 1],
            [test.length, test[0]?.length ?? 0],
          ];
      throw refusal(
        'N_A',
        `{name} has mismatched range sizes. Expected row count: ${expected[0]}. column count: ${expected[1]}. Actual row count: ${actual[0]}, column count: ${actual[1]}.`,
      );
    }
  const kept = range.filter((_, i) => tests.every((test) => holds(test[i]?.[0] ?? null)));
  if (kept.length === 0) throw refusal('N_A', 'No matches are found in {name} evaluation.');
  return kept;
}

/** An error or a text as a condition leaves its row out. */
function holds(cell: Cell): boolean {
  if (cell instanceof CellError || cell === null) return false;
  if (typeof cell === 'string' && !/^(true|false)$/i.test(cell)) return false;
  return flagOf(cell);
}

/** The order of cells in sorted ranges: numbers, texts, booleans, errors; empty ones last whichever way. */
function cellOrder(a: Cell, b: Cell, ascending: boolean): number {
  const empty = (cell: Cell) => cell === null || cell === '';
  if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b));
  if (a instanceof CellError || b instanceof CellError)
    return (Number(a instanceof CellError) - Number(b instanceof CellError)) * (ascending ? 1 : -1);
  return compare(a, b) * (ascending ? 1 : -1);
}

interface Key {
  of(row: number): Cell;
  ascending: boolean;
}

/** Pairs of a column (its number, or a range beside) and whether it ascends. */
function keysOf(range: Matrix, sorting: readonly Value[], firstParameter: number): Key[] {
  // Without a column all are keys, from the first on.
  if (sorting.length === 0)
    return (range[0] ?? []).map((_, i) => ({
      of: (row: number) => range[row]?.[i] ?? null,
      ascending: true,
    }));
  return Array.from({ length: Math.ceil(sorting.length / 2) }, (_, i) => {
    const by = sorting[i * 2] ?? null;
    const ascending = sorting[i * 2 + 1] === undefined ? true : flagOf(sorting[i * 2 + 1] ?? null);
    if (Array.isArray(by) && (by.length > 1 || (by[0]?.length ?? 0) > 1)) {
      if (by.length !== range.length)
        throw refusal(
          'VALUE',
          `{name} has mismatched range sizes. Expected row count: ${range.length}. column count: 1. Actual row count: ${by.length}, column count: ${by[0]?.length ?? 0}.`,
        );
      return { of: (row: number) => by[row]?.[0] ?? null, ascending };
    }
    const parameter = firstParameter + i * 2;
    const column = Math.trunc(numberOf(by, `Function {name} parameter ${parameter}`));
    const width = range[0]?.length ?? 0;
    if (column < 1 || column > width)
      throw refusal(
        'VALUE',
        `Function {name} parameter ${parameter} value is ${column}. Valid values are between 1 and ${width} inclusive.`,
      );
    return { of: (row: number) => range[row]?.[column - 1] ?? null, ascending };
  });
}

/** The row numbers in order; equal rows stay in theirs. */
function ordered(range: Matrix, keys: readonly Key[]): number[] {
  return range
    .map((_, i) => i)
    .sort((a, b) => {
      for (const key of keys) {
        const order = cellOrder(key.of(a), key.of(b), key.ascending);
        if (order !== 0) return order;
      }
      return a - b;
    });
}

const rowsAt = (range: Matrix, places: readonly number[]): Matrix =>
  places.map((place) => range[place] ?? []);

function sorted(range: Matrix, ...sorting: Value[]): Matrix {
  return rowsAt(range, ordered(range, keysOf(range, sorting, 2)));
}

/**
 * The first `count` of the sorted rows. `ties`: 0 none more, 1 those equal to the last, 2 without duplicates, 3 counting
 * distinct ones.
 */
function sortedFirst(range: Matrix, count = 1, ties = 0, ...sorting: Value[]): Matrix {
  const keys = keysOf(range, sorting, 4);
  const places = ordered(range, keys);
  const same = (a: number, b: number) => keys.every((key) => cellOrder(key.of(a), key.of(b), true) === 0);
  if (ties === 0) return rowsAt(range, places.slice(0, count));
  if (ties === 1) {
    const last = places[Math.min(count, places.length) - 1];
    return rowsAt(
      range,
      places.filter((place, i) => i < count || (last !== undefined && same(place, last))),
    );
  }
  const groups: number[][] = [];
  for (const place of places) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && same(group[0], place)) group.push(place);
    else groups.push([place]);
  }
  const first = groups.slice(0, count);
  return rowsAt(range, ties === 2 ? first.map((group) => group[0] ?? 0) : first.flat());
}

const identity = (row: Row): string =>
  JSON.stringify(row.map((cell) => (cell instanceof CellError ? { error: cell.value.type } : (cell ?? ''))));

function unique(range: Matrix, exactlyOnce: boolean): Matrix {
  const seen = new Map<string, { row: Row; count: number }>();
  for (const row of range) {
    const key = identity(row);
    const known = seen.get(key);
    if (known) known.count++;
    else seen.set(key, { row, count: 1 });
  }
  const kept = [...seen.values()].filter(({ count }) => !exactlyOnce || count === 1).map(({ row }) => row);
  if (kept.length === 0) throw refusal('N_A', 'No matches are found in {name} evaluation.');
  return kept;
}

/** Rows that are chosen or moved keep their cells' formats. */
const keeping = (definition: Definition): Definition => ({
  ...definition,
  sources: true,
  run(args, context, name) {
    const result = definition.run(args, context, name);
    const [range] = args;
    if (!Array.isArray(result) || !Array.isArray(range)) return result;
    const source = context.source?.(0);
    const formats = formatsOf(range);
    if (!source && !formats) return result;
    const places = new Map(range.map((row, i) => [row, i]));
    keepFormats(
      result,
      result.map((row) => {
        const place = places.get(row);
        if (place === undefined) return [];
        return formats?.[place] ?? row.map((_, column) => source?.format(place, column));
      }),
    );
    return result;
  },
});

/** Filters and orders. */
export const FILTER: Family = {
  FILTER: keeping(plain('range, value, value...', filtered, ARRAYS)),
  SORT: keeping(plain('range, value...', sorted, ARRAYS)),
  SORTN: keeping(plain('range, whole>=1?, whole[0:3]?, value...', sortedFirst, ARRAYS)),
  UNIQUE: keeping(
    plain(
      'range, value?, value?',
      (range, byColumn = false, exactlyOnce = false) => {
        const once = flagOf(scalarOf(exactlyOnce));
        return flagOf(scalarOf(byColumn)) ? transposed(unique(transposed(range), once)) : unique(range, once);
      },
      ARRAYS,
    ),
  ),
};
