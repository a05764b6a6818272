/** Counts, sums and extremes of what meets conditions. https://support.google.com/docs/table/25273 */
import { criterion } from '../criterion.ts';
import {
  type Cell,
  CellError,
  type Matrix,
  matrixOf,
  type Scalar,
  scalarOf,
  typedNumber,
  type Value,
} from '../value.ts';
import { dividesByZero, type Family, plain, refusal } from './definition.ts';
import { mean, total } from './spread.ts';

/** Which places of `first`'s shape meet every condition of `rest` (range, criterion, range, criterion …). */
function chosen(first: Matrix, rest: readonly Value[]): boolean[] {
  if (rest.length % 2 !== 0)
    throw refusal('N_A', 'Wrong number of arguments to {name}. Expected pairs of a range and a criterion.');
  const width = first[0]?.length ?? 0;
  const picked = new Array<boolean>(first.length * width).fill(true);
  for (let i = 0; i < rest.length; i += 2) {
    const tested = matrixOf(rest[i] ?? null);
    if (tested.length !== first.length || (tested[0]?.length ?? 0) !== width)
      throw refusal('VALUE', 'Array arguments to {name} are of different size.');
    const meets = criterion(scalarOf(rest[i + 1] ?? null));
    let at = 0;
    for (const row of tested)
      for (const cell of row) {
        if (picked[at] && !meets(cell)) picked[at] = false;
        at++;
      }
  }
  return picked;
}

/** The cells of `range` at places that meet every condition. */
function cellsWhere(range: Matrix, rest: readonly Value[]): Cell[] {
  const picked = chosen(range, rest);
  return range.flat().filter((_, i) => picked[i]);
}

function numbersWhere(range: Matrix, rest: readonly Value[]): number[] {
  return cellsWhere(range, rest).filter((cell): cell is number => {
    if (cell instanceof CellError) throw cell;
    return typeof cell === 'number';
  });
}

/** The numbers beside those cells of `tested` that meet the condition; `summed` lies as its own top left says. */
function numbersIf(tested: Matrix, condition: Scalar, summed: Matrix): number[] {
  const meets = criterion(condition);
  return tested.flatMap((row, i) =>
    row.flatMap((cell, j) => {
      if (!meets(cell)) return [];
      const value = summed[i]?.[j];
      if (value instanceof CellError) throw value;
      return typeof value === 'number' ? [value] : [];
    }),
  );
}

const unique = (cells: readonly Cell[]): number =>
  new Set(
    cells
      .filter((cell) => cell !== null && cell !== '')
      .map((cell) => (typeof cell === 'string' ? `'${cell}` : cell)),
  ).size;

/** The greatest (`sign` 1) or least (-1) number, 0 among none. */
const extreme = (numbers: readonly number[], sign: 1 | -1): number =>
  numbers.length === 0 ? 0 : numbers.reduce((a, b) => ((b - a) * sign > 0 ? b : a));

const cellsOf = (args: readonly Value[]): Cell[] =>
  args.flatMap((arg) => (Array.isArray(arg) ? arg.flat() : [arg]));

/** Numbers in ranges; plain arguments count when they read as numbers. */
function countNumbers(arg: Value): number {
  if (Array.isArray(arg)) return arg.flat().filter((cell) => typeof cell === 'number').length;
  return typeof arg === 'number' ||
    typeof arg === 'boolean' ||
    (typeof arg === 'string' && typedNumber(arg) !== undefined)
    ? 1
    : 0;
}

const PAIRS = { single: (i: number) => i > 0 && i % 2 === 0 } as const;

/** Functions with conditions. */
export const CONDITIONAL: Family = {
  COUNTIF: plain('range, any', (range, condition) => range.flat().filter(criterion(condition)).length),
  PERCENTIF: plain('range, any', (range, condition) => {
    const cells = range.flat();
    if (cells.length === 0) throw dividesByZero();
    return cells.filter(criterion(condition)).length / cells.length;
  }),
  SUMIF: plain('range, any, range?', (range, condition, summed = range) =>
    total(numbersIf(range, condition, summed)),
  ),
  AVERAGEIF: plain('range, any, range?', (range, condition, summed = range) =>
    mean(numbersIf(range, condition, summed)),
  ),
  COUNTIFS: plain(
    'range, value, value...',
    (first, condition, ...rest) => chosen(first, [first, condition, ...rest]).filter(Boolean).length,
    { single: (i) => i % 2 === 1 },
  ),
  SUMIFS: plain(
    'range, value, value, value...',
    (range, ...conditions) => total(numbersWhere(range, conditions)),
    PAIRS,
  ),
  AVERAGEIFS: plain(
    'range, value, value, value...',
    (range, ...conditions) => mean(numbersWhere(range, conditions)),
    PAIRS,
  ),
  MAXIFS: plain(
    'range, value, value, value...',
    (range, ...conditions) => extreme(numbersWhere(range, conditions), 1),
    PAIRS,
  ),
  MINIFS: plain(
    'range, value, value, value...',
    (range, ...conditions) => extreme(numbersWhere(range, conditions), -1),
    PAIRS,
  ),
  COUNTUNIQUEIFS: plain(
    'range, value, value, value...',
    (range, ...conditions) => unique(cellsWhere(range, conditions)),
    PAIRS,
  ),
  COUNT: plain('value, value...', (...args) => total(args.map(countNumbers)), { errors: true }),
  COUNTA: plain('value, value...', (...args) => cellsOf(args).filter((cell) => cell !== null).length, {
    errors: true,
  }),
  COUNTBLANK: plain(
    'value, value...',
    (...args) => cellsOf(args).filter((cell) => cell === null || cell === '').length,
    {
      errors: true,
    },
  ),
  COUNTUNIQUE: plain('value, value...', (...args) => unique(cellsOf(args)), { errors: true }),
};
