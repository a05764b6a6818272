/** Looking values up. https://support.google.com/docs/table/25273 (Lookup) */
import { wildcards } from '../criterion.ts';
import { type Cell, CellError, compare, type Matrix, type Scalar, textOf, type Value } from '../value.ts';
import { type Family, plain, refusal } from './definition.ts';
import { transposed } from './matrix.ts';

const notFound = (wanted: Scalar): CellError =>
  refusal('N_A', `Did not find value '${textOf(wanted)}' in {name} evaluation.`);

/** A row's or a column's cells, or all row by row. */
const line = (range: Matrix): Cell[] => range.flat();
const firstOf = (range: Matrix): Cell[] => range.map((row) => row[0] ?? null);

const given = (cell: Cell | undefined): Scalar => {
  if (cell instanceof CellError) throw cell;
  return cell ?? null;
};

/** Values are compared with their own kind only: a number is never near a text. */
const alike = (cell: Cell, wanted: Scalar): cell is Scalar =>
  !(cell instanceof CellError) && cell !== null && typeof cell === typeof (wanted ?? 0);

function equalTo(wanted: Scalar, wild: boolean): (cell: Cell) => boolean {
  if (wild && typeof wanted === 'string' && /[*?~]/.test(wanted)) {
    const matches = wildcards(wanted);
    return (cell) => typeof cell === 'string' && matches(cell);
  }
  if (typeof wanted === 'string') {
    const lower = wanted.toLowerCase();
    return (cell) =>
      typeof cell === 'string' &&
      cell.length === wanted.length &&
      (cell === wanted || cell.toLowerCase() === lower);
  }
  return (cell) => alike(cell, wanted) && compare(cell, wanted) === 0;
}

/** The place of a value in cells: exactly, or in ascending (1) or descending (-1) order the last not beyond it. */
function placeOf(wanted: Scalar, cells: readonly Cell[], order: -1 | 0 | 1): number {
  if (order === 0) return cells.findIndex(equalTo(wanted, true));
  let low = 0;
  let high = cells.length - 1;
  let best = -1;
  // Cells of another kind lie between the others anywhere: the middle moves on to the next of its kind.
  while (low <= high) {
    let middle = Math.floor((low + high) / 2);
    while (middle <= high && !alike(cells[middle] ?? null, wanted)) middle++;
    if (middle > high) {
      high = Math.floor((low + high) / 2) - 1;
      continue;
    }
    if (compare(cells[middle] as Scalar, wanted) * order <= 0) {
      best = middle;
      low = middle + 1;
    } else high = Math.min(middle, Math.floor((low + high) / 2)) - 1;
  }
  return best;
}

function vertical(wanted: Scalar, range: Matrix, index: number, sorted = true): Scalar {
  const width = range[0]?.length ?? 0;
  if (index < 1)
    throw refusal(
      'VALUE',
      `Function {name} parameter 3 value is ${index}. It should be greater than or equal to 1.`,
    );
  if (index > width) throw refusal('REF', '{name} evaluates to an out of bounds range.');
  const at = placeOf(wanted, firstOf(range), sorted ? 1 : 0);
  if (at < 0) throw notFound(wanted);
  return given(range[at]?.[index - 1]);
}

function lookup(wanted: Scalar, range: Matrix, result?: Matrix): Scalar {
  const wide = (range[0]?.length ?? 0) > range.length;
  const searched = wide ? (range[0] ?? []) : firstOf(range);
  const at = placeOf(wanted, searched, 1);
  if (at < 0) throw notFound(wanted);
  if (result) {
    const cells = line(result);
    if (at >= cells.length) throw refusal('REF', '{name} evaluates to an out of bounds range.');
    return given(cells[at]);
  }
  return given(wide ? range.at(-1)?.[at] : range[at]?.at(-1));
}

function match(wanted: Scalar, range: Matrix, kind = 1): number {
  if (range.length > 1 && (range[0]?.length ?? 0) > 1)
    throw refusal('N_A', '{name} range must be a single row or a single column.');
  const at = placeOf(wanted, line(range), Math.sign(kind) as -1 | 0 | 1);
  if (at < 0) throw notFound(wanted);
  return at + 1;
}

/** The place by `XLOOKUP`'s modes: 0 exact, 1 or the next greater, -1 or the next smaller, 2 wildcards. */
function xPlace(wanted: Scalar, cells: readonly Cell[], matchMode: number, searchMode: number): number {
  if (![-1, 0, 1, 2].includes(matchMode) || ![-2, -1, 1, 2].includes(searchMode))
    throw refusal('VALUE', 'Function {name} has a match or search mode out of range.');
  const places = cells.map((_, i) => i);
  if (searchMode === -1) places.reverse();
  const test = wanted === null ? (cell: Cell) => cell === null : equalTo(wanted, matchMode === 2);
  const exact = places.find((i) => test(cells[i] ?? null));
  if (exact !== undefined || matchMode === 0 || matchMode === 2) return exact ?? -1;
  let best = -1;
  for (const i of places) {
    const cell = cells[i] ?? null;
    if (!alike(cell, wanted) || compare(cell, wanted) * matchMode < 0) continue;
    if (best < 0 || compare(cell, cells[best] as Scalar) * matchMode < 0) best = i;
  }
  return best;
}

function xlookup(
  wanted: Scalar,
  range: Matrix,
  result: Matrix,
  missing?: Value,
  matchMode = 0,
  searchMode = 1,
): Value {
  const wide = range.length === 1;
  if (!wide && (range[0]?.length ?? 0) > 1)
    throw refusal('VALUE', 'The lookup range of {name} must be a single row or column.');
  const length = wide ? (range[0]?.length ?? 0) : range.length;
  if (length !== (wide ? (result[0]?.length ?? 0) : result.length))
    throw refusal('VALUE', 'Array arguments to {name} are of different size.');
  const at = xPlace(wanted, line(range), matchMode, searchMode);
  if (at < 0) {
    if (missing === undefined) throw notFound(wanted);
    return missing;
  }
  const found = wide ? result.map((row) => [row[at] ?? null]) : [result[at] ?? []];
  return found.length === 1 && found[0]?.length === 1 ? given(found[0]?.[0]) : found;
}

/** The rows that numbers name, from the end where negative. */
function chosenRows(range: Matrix, numbers: readonly Value[]): Matrix {
  const places = numbers.flatMap((one) => (Array.isArray(one) ? one.flat() : [one]));
  return places.map((one, i) => {
    const number = Math.trunc(Number(given(one)));
    const row = range.at(number > 0 ? number - 1 : number);
    if (number === 0 || Math.abs(number) > range.length || !row)
      throw refusal(
        'VALUE',
        `Function {name} parameter ${i + 2} value is ${number}. Valid values are between 1 and ${range.length} or between -${range.length} and -1 inclusive.`,
      );
    return row;
  });
}

/** Look-ups. */
export const LOOKUP: Family = {
  VLOOKUP: plain('any, range, whole, flag?', vertical),
  HLOOKUP: plain('any, range, whole, flag?', (wanted, range, index, sorted) =>
    vertical(wanted, transposed(range), index, sorted),
  ),
  LOOKUP: plain('any, range, range?', lookup),
  MATCH: plain('any, range, whole?', match),
  XLOOKUP: plain('any, range, range, value?, whole?, whole?', xlookup),
  XMATCH: plain('any, range, whole?, whole?', (wanted, range, matchMode = 0, searchMode = 1) => {
    const at = xPlace(wanted, line(range), matchMode, searchMode);
    if (at < 0) throw notFound(wanted);
    return at + 1;
  }),
  CHOOSEROWS: plain('range, value, value...', (range, ...numbers) => chosenRows(range, numbers)),
  CHOOSECOLS: plain('range, value, value...', (range, ...numbers) =>
    transposed(chosenRows(transposed(range), numbers)),
  ),
  TRANSPOSE: plain('range', transposed, { arrays: true }),
};
