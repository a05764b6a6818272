/** Arrays put together, cut and folded. https://support.google.com/docs/table/25273 (Array) */
import { MATRIX_ROWS_MAX } from '../../../../limits.ts';
import { type Cell, CellError, type Matrix, matrixOf, scalarOf, type Value } from '../value.ts';
import { type Family, numbersOf, plain, refusal } from './definition.ts';
import { determinant, inverse, product, transposed } from './matrix.ts';

const ARRAYS = { arrays: true } as const;

const widthOf = (range: Matrix): number => range.reduce((most, row) => Math.max(most, row.length), 0);
const MISSING = () => new CellError('N_A', 'Value is not available: the arrays are of different size.');

const padded = (row: readonly Cell[], width: number, by: () => Cell): Cell[] =>
  Array.from({ length: width }, (_, i) => (i < row.length ? (row[i] ?? null) : by()));

function stackedDown(...values: Value[]): Matrix {
  const all = values.map(matrixOf);
  const width = Math.max(...all.map(widthOf));
  return all.flatMap((one) => one.map((row) => padded(row, width, MISSING)));
}

/** Every cell in one line, by rows or by columns. `ignore`: 1 empty ones, 2 errors, 3 both. */
function lineOf(range: Matrix, ignore: number, byColumn: boolean): Cell[] {
  const cells = (byColumn ? transposed(range) : range).flat().filter((cell) => {
    if (ignore % 2 === 1 && (cell === null || cell === '')) return false;
    return !(ignore >= 2 && cell instanceof CellError);
  });
  if (cells.length === 0) throw refusal('N_A', '{name} evaluation leaves no values.');
  return cells;
}

/** A line broken into rows of `count`. */
function wrapped(range: Matrix, count: number, pad: Value | undefined): Matrix {
  if (range.length > 1 && widthOf(range) > 1)
    throw refusal('VALUE', 'Function {name} parameter 1 should be a single row or column.');
  const cells = range.flat();
  if (count >= cells.length) return [cells];
  const fill = pad === undefined ? MISSING : () => scalarOf(pad);
  return Array.from({ length: Math.ceil(cells.length / count) }, (_, i) =>
    padded(cells.slice(i * count, (i + 1) * count), count, fill),
  );
}

/** How many numbers are up to each class, and how many beyond the last. */
function frequency(data: Matrix, classes: Matrix): Matrix {
  const numbers = numbersOf([data], 'FREQUENCY');
  const bounds = numbersOf([classes], 'FREQUENCY');
  const order = bounds.map((_, i) => i).sort((a, b) => (bounds[a] ?? 0) - (bounds[b] ?? 0));
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const one of numbers) {
    const place = order.find((i) => one <= (bounds[i] ?? 0)) ?? bounds.length;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count) => [count]);
}

/** A matrix of numbers only. Throws `VALUE` for anything else in it. */
export function numeric(range: Matrix, parameter = 1): number[][] {
  return range.map((row) =>
    row.map((cell) => {
      if (cell instanceof CellError) throw cell;
      if (typeof cell !== 'number')
        throw refusal(
          'VALUE',
          `Function {name} parameter ${parameter} expects number values, but has an empty cell or a text.`,
        );
      return cell;
    }),
  );
}

function square(range: Matrix): number[][] {
  if (range.length > MATRIX_ROWS_MAX)
    throw refusal('NUM', `Function {name} parameter 1 has more than ${MATRIX_ROWS_MAX} rows.`);
  if (range.length !== widthOf(range))
    throw refusal(
      'VALUE',
      `Function {name} parameter 1 should be a square matrix. Its row count is ${range.length}, its column count ${widthOf(range)}.`,
    );
  return numeric(range);
}

function multiplied(a: Matrix, b: Matrix): Matrix {
  if (widthOf(a) !== b.length)
    throw refusal(
      'VALUE',
      `Function {name} parameter 1 has mismatched column count with parameter 2 row count. Expected ${widthOf(a)}, got ${b.length}.`,
    );
  return product(numeric(a), numeric(b, 2));
}

/** Arrays. */
export const ARRAY: Family = {
  FLATTEN: plain(
    'value, value...',
    (...values) =>
      values.flatMap((one) =>
        matrixOf(one)
          .flat()
          .map((cell) => [cell]),
      ),
    ARRAYS,
  ),
  TOCOL: plain(
    'range, whole[0:3]?, flag?',
    (range, ignore = 0, byColumn = false) => lineOf(range, ignore, byColumn).map((cell) => [cell]),
    ARRAYS,
  ),
  TOROW: plain(
    'range, whole[0:3]?, flag?',
    (range, ignore = 0, byColumn = false) => [lineOf(range, ignore, byColumn)],
    ARRAYS,
  ),
  WRAPROWS: plain('range, whole>=1, value?', wrapped, ARRAYS),
  WRAPCOLS: plain(
    'range, whole>=1, value?',
    (range, count, pad) => transposed(wrapped(range, count, pad)),
    ARRAYS,
  ),
  VSTACK: plain('value, value...', stackedDown, ARRAYS),
  HSTACK: plain(
    'value, value...',
    (...values) => {
      const height = Math.max(...values.map((one) => matrixOf(one).length));
      return transposed(
        stackedDown(...values.map((one) => transposed(matrixOf(one)))).map((row) =>
          padded(row, height, MISSING),
        ),
      );
    },
    ARRAYS,
  ),
  FREQUENCY: plain('range, range', frequency, ARRAYS),
  MMULT: plain('range, range', multiplied, ARRAYS),
  MDETERM: plain('range', (range) => determinant(square(range)), ARRAYS),
  MINVERSE: plain(
    'range',
    (range) => {
      const found = inverse(square(range));
      if (!found)
        throw refusal('NUM', 'Function {name} parameter 1 value is a singular matrix and has no inverse.');
      return found;
    },
    ARRAYS,
  ),
};
