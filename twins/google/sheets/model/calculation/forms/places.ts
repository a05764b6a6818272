/** Where cells are and what stands in them: ROW, COLUMN, ADDRESS, CELL, FORMULATEXT and the like. */
import { columnName, writeTitle } from '../../a1.ts';
import type { Node } from '../../formula/syntax.ts';
import { CellError, type Matrix, numberOf, type Scalar, textOf } from '../../formula/value.ts';
import { type Env, type Form, matrixOf, type Operand, type Place, Reference, readValue } from '../operand.ts';

type Args = readonly (Node | undefined)[];

export const PLACES: Readonly<Record<string, Form>> = {
  ROW: { least: 0, most: 1, run: (args, env) => numbersOf(args, env, 'row') },
  COLUMN: { least: 0, most: 1, run: (args, env) => numbersOf(args, env, 'column') },
  ROWS: { least: 1, most: 1, run: ([arg], env) => sizeOf(arg, env)[0] },
  COLUMNS: { least: 1, most: 1, run: ([arg], env) => sizeOf(arg, env)[1] },
  AREAS: { least: 1, most: 1, run: ([arg], env) => (rangeIn(arg, env) ? 1 : 0) },
  ADDRESS: { least: 2, most: 5, run: address },
  CELL: { least: 2, most: 2, run: information },
  ISFORMULA: {
    least: 1,
    most: 1,
    run: ([arg], env) => env.reading.formulaText(cornerOf(rangeIn(arg, env))) !== undefined,
  },
  FORMULATEXT: { least: 1, most: 1, run: formulaText },
  ISREF: { least: 1, most: 1, run: ([arg], env) => isReference(arg, env) },
  SHEET: { least: 0, most: 1, run: sheetNumber },
  SHEETS: { least: 0, most: 0, run: (_args, env) => env.reading.sheets.length },
  HYPERLINK: { least: 1, most: 2, run: (args, env) => env.single(args[1] ?? args[0]) },
};

/** Throws CellError `N_A` for what is no reference. */
function rangeIn(node: Node | undefined, env: Env): Reference {
  const operand = env.evaluate(node);
  if (!(operand instanceof Reference)) throw new CellError('N_A', 'Argument must be a range.');
  return operand;
}

const cornerOf = ({ sheetId, rect }: Reference): Place => ({
  sheetId,
  row: rect.startRow,
  column: rect.startColumn,
});

function isReference(node: Node | undefined, env: Env): boolean {
  try {
    return env.evaluate(node) instanceof Reference;
  } catch (error) {
    if (error instanceof CellError) return false;
    throw error;
  }
}

function numbersOf(args: Args, env: Env, axis: 'row' | 'column'): Operand {
  if (!args[0]) return env.at[axis] + 1;
  const reference = rangeIn(args[0], env);
  const { startRow, startColumn } = reference.rect;
  const first = (axis === 'row' ? startRow : startColumn) + 1;
  const count = axis === 'row' ? reference.rows : reference.columns;
  if (!env.arrays || count === 1) return first;
  env.reading.step(count);
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const matrix: Matrix = axis === 'row' ? numbers.map((n) => [n]) : [numbers];
  return matrix;
}

function sizeOf(node: Node | undefined, env: Env): [number, number] {
  const operand = env.within({ arrays: true }).evaluate(node);
  if (operand instanceof Reference) return [operand.rows, operand.columns];
  const values = matrixOf(readValue(operand, env.reading));
  return [values.length, values[0]?.length ?? 0];
}

function address(args: Args, env: Env): string {
  const number = (i: number, otherwise: number) =>
    args[i] ? Math.trunc(numberOf(env.single(args[i]), `Function ADDRESS parameter ${i + 1}`)) : otherwise;
  const [row, column, mode] = [number(0, 0), number(1, 0), number(2, 1)];
  for (const [i, value] of [row, column].entries())
    if (value < 1)
      throw new CellError(
        'VALUE',
        `Function ADDRESS parameter ${i + 1} value is ${value}. It should be greater than or equal to 1.`,
      );
  if (mode < 1 || mode > 4)
    throw new CellError(
      'NUM',
      `Function ADDRESS parameter 3 value is ${mode}. Valid values are between 1 and 4 inclusive.`,
    );
  const a1 = args[3] ? Boolean(env.single(args[3])) : true;
  const [rowFixed, columnFixed] = [mode === 1 || mode === 2, mode === 1 || mode === 3];
  const place = a1
    ? `${columnFixed ? '$' : ''}${columnName(column - 1)}${rowFixed ? '$' : ''}${row}`
    : `R${rowFixed ? row : `[${row}]`}C${columnFixed ? column : `[${column}]`}`;
  const title = args[4] ? textOf(env.single(args[4])) : '';
  return title === '' ? place : `${writeTitle(title)}!${place}`;
}

/** https://support.google.com/docs/answer/3267071 */
function information(args: Args, env: Env): Scalar {
  const kind = textOf(env.single(args[0])).toLowerCase();
  const reference = rangeIn(args[1], env);
  const place = cornerOf(reference);
  const value = (): Scalar => {
    const found = env.reading.cell(place);
    if (found instanceof CellError) throw found;
    return found;
  };
  switch (kind) {
    case 'address':
      return `$${columnName(place.column)}$${place.row + 1}`;
    case 'col':
      return place.column + 1;
    case 'row':
      return place.row + 1;
    case 'contents':
      return value();
    case 'type': {
      const found = value();
      return found === null ? 'b' : typeof found === 'string' ? 'l' : 'v';
    }
    case 'prefix':
      return typeof value() === 'string' ? "'" : '';
    default:
      throw new CellError(
        'VALUE',
        `Function CELL parameter 1 value is '${kind}'. It is not a valid info type.`,
      );
  }
}

function formulaText(args: Args, env: Env): string {
  const text = env.reading.formulaText(cornerOf(rangeIn(args[0], env)));
  if (text === undefined)
    throw new CellError('N_A', 'Function FORMULATEXT parameter 1 must be a cell that contains a formula.');
  return text;
}

function sheetNumber(args: Args, env: Env): number {
  const { sheets } = env.reading;
  const indexOf = (sheetId: number) => sheets.findIndex((one) => one.properties.sheetId === sheetId) + 1;
  if (!args[0]) return indexOf(env.at.sheetId);
  const operand = env.evaluate(args[0]);
  if (operand instanceof Reference) return indexOf(operand.sheetId);
  const title = textOf(env.single(args[0]));
  const sheet = env.reading.sheetNamed(title);
  if (!sheet) throw new CellError('N_A', `Unresolved sheet name '${title}'.`);
  return indexOf(sheet.properties.sheetId);
}
