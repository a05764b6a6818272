/** Functions of a table with a header row and a table of criteria. https://support.google.com/docs/table/25273 (Database) */
import { criterion } from '../criterion.ts';
import { type Cell, CellError, type Matrix, type Scalar, textOf } from '../value.ts';
import { type Definition, type Family, plain, refusal } from './definition.ts';
import { mean, total, variance } from './spread.ts';

const header = (cell: Cell | undefined): string =>
  (cell instanceof CellError ? '' : textOf(cell ?? null)).toLowerCase();

/** The cells of a field in the records that meet any row of the criteria. */
function chosen(database: Matrix, field: Scalar, criteria: Matrix): Cell[] {
  const [titles = [], ...records] = database;
  const names = titles.map(header);
  const column =
    typeof field === 'number' ? Math.trunc(field) - 1 : names.indexOf(textOf(field).toLowerCase());
  if (column < 0 || column >= names.length)
    throw refusal(
      'VALUE',
      `Function {name} parameter 2 value is ${textOf(field)}. It is no field of the database.`,
    );
  const [fields = [], ...alternatives] = criteria;
  const places = fields.map((cell) => names.indexOf(header(cell)));
  const tests = alternatives.map((row) =>
    row.flatMap((condition, i) => {
      if (condition === null || condition === '' || condition instanceof CellError) return [];
      const place = places[i] ?? -1;
      return place < 0 ? [] : [{ place, meets: criterion(condition) }];
    }),
  );
  return records
    .filter((record) => tests.some((row) => row.every(({ place, meets }) => meets(record[place] ?? null))))
    .map((record) => record[column] ?? null);
}

const numbers = (cells: readonly Cell[]): number[] =>
  cells.filter((cell): cell is number => {
    if (cell instanceof CellError) throw cell;
    return typeof cell === 'number';
  });

const ofCells = (body: (cells: readonly Cell[]) => Scalar): Definition =>
  plain('range, any, range', (database, field, criteria) => body(chosen(database, field, criteria)));
const ofField = (body: (values: number[]) => number): Definition => ofCells((cells) => body(numbers(cells)));

function single(cells: readonly Cell[]): Scalar {
  const [first, ...more] = cells;
  if (first instanceof CellError) throw first;
  if (first === undefined) throw refusal('VALUE', 'No match found in {name} evaluation.');
  if (more.length > 0) throw refusal('NUM', 'More than one match found in {name} evaluation.');
  return first;
}

/** Database functions. */
export const DATABASE: Family = {
  DAVERAGE: ofField(mean),
  DCOUNT: ofField((values) => values.length),
  DCOUNTA: ofCells((cells) => cells.filter((cell) => cell !== null).length),
  DGET: ofCells(single),
  DMAX: ofField((values) => (values.length === 0 ? 0 : values.reduce((a, b) => (b > a ? b : a)))),
  DMIN: ofField((values) => (values.length === 0 ? 0 : values.reduce((a, b) => (b < a ? b : a)))),
  DPRODUCT: ofField((values) => (values.length === 0 ? 0 : values.reduce((a, b) => a * b, 1))),
  DSTDEV: ofField((values) => Math.sqrt(variance(values, 1))),
  DSTDEVP: ofField((values) => Math.sqrt(variance(values, 0))),
  DSUM: ofField(total),
  DVAR: ofField((values) => variance(values, 1)),
  DVARP: ofField((values) => variance(values, 0)),
};
