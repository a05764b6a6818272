/** References that are made while a formula is computed: INDEX, OFFSET, INDIRECT. */
import { parseA1, splitA1 } from '../../a1.ts';
import type { Node } from '../../formula/syntax.ts';
import { CellError, type Matrix, numberOf, textOf } from '../../formula/value.ts';
import { type Env, type Form, matrixOf, type Operand, Reference, readValue } from '../operand.ts';

type Args = readonly (Node | undefined)[];

export const REFERENCES: Readonly<Record<string, Form>> = {
  INDEX: { least: 1, most: 3, run: indexed },
  OFFSET: { least: 3, most: 5, run: offset },
  INDIRECT: { least: 1, most: 2, run: indirect },
};

/** A whole number; 0 where the argument is left out. */
function wholeIn(args: Args, i: number, env: Env, name: string): number {
  return args[i] ? Math.trunc(numberOf(env.single(args[i]), `Function ${name} parameter ${i + 1}`)) : 0;
}

/** A row, a column or a cell of a range, as a range; of an array, as an array. */
function indexed(args: Args, env: Env): Operand {
  const inner = env.within({ arrays: true });
  const operand = inner.evaluate(args[0]);
  const whole = operand instanceof Reference ? operand : matrixOf(readValue(operand, env.reading));
  const [rows, columns] =
    whole instanceof Reference ? [whole.rows, whole.columns] : [whole.length, whole[0]?.length ?? 0];
  let row = wholeIn(args, 1, env, 'INDEX');
  let column = wholeIn(args, 2, env, 'INDEX');
  // Of a single row one number means the column.
  if (rows === 1 && args.length === 2 && columns > 1) [row, column] = [0, row];
  bounded(row, rows, 2);
  bounded(column, columns, 3);
  const height = row === 0 ? rows : 1;
  const width = column === 0 ? columns : 1;
  const [top, left] = [Math.max(row - 1, 0), Math.max(column - 1, 0)];
  if (whole instanceof Reference) return whole.part(top, left, height, width);
  const part: Matrix = whole.slice(top, top + height).map((line) => line.slice(left, left + width));
  const first = part[0]?.[0] ?? null;
  if (part.length !== 1 || part[0]?.length !== 1) return part;
  if (first instanceof CellError) throw first;
  return first;
}

function bounded(index: number, most: number, nth: number): void {
  if (index < 0 || index > most)
    throw new CellError(
      'NUM',
      `Function INDEX parameter ${nth} value is ${index}. Valid values are between 0 and ${most} inclusive.`,
    );
}

function offset(args: Args, env: Env): Reference {
  const from = env.evaluate(args[0]);
  if (!(from instanceof Reference)) throw new CellError('N_A', 'Argument must be a range.');
  const rows = args[3] ? wholeIn(args, 3, env, 'OFFSET') : from.rows;
  const columns = args[4] ? wholeIn(args, 4, env, 'OFFSET') : from.columns;
  const part = from.part(
    wholeIn(args, 1, env, 'OFFSET'),
    wholeIn(args, 2, env, 'OFFSET'),
    Math.abs(rows),
    Math.abs(columns),
  );
  const grid = env.reading.sheetWithId(from.sheetId)?.properties.gridProperties;
  const { startRow, startColumn, endRow, endColumn } = part.rect;
  if (
    startRow < 0 ||
    startColumn < 0 ||
    rows < 1 ||
    columns < 1 ||
    endRow > (grid?.rowCount ?? 0) ||
    endColumn > (grid?.columnCount ?? 0)
  )
    throw new CellError('REF', 'Function OFFSET evaluates to an out of bounds range.');
  return part;
}

function indirect(args: Args, env: Env): Reference {
  const text = textOf(env.single(args[0])).trim();
  const a1 = args[1] ? Boolean(env.single(args[1])) : true;
  const { title, rest } = splitA1(text);
  const sheet = title === undefined ? env.reading.sheetWithId(env.at.sheetId) : env.reading.sheetNamed(title);
  const range = a1 ? parseA1((rest ?? '').replace(/\$/g, '')) : numbered(rest ?? '', env);
  const known = title === undefined && a1 && !range ? env.reading.named(text) : undefined;
  if (known) return known;
  const { rowCount = 0, columnCount = 0 } = sheet?.properties.gridProperties ?? {};
  const [startRow, startColumn] = [range?.startRow ?? 0, range?.startColumn ?? 0];
  if (!sheet || !range || startRow >= rowCount || startColumn >= columnCount)
    throw new CellError(
      'REF',
      `Function INDIRECT parameter 1 value is '${text}'. It is not a valid cell/range reference.`,
    );
  return new Reference(sheet.properties.sheetId, {
    startRow,
    endRow: Math.min(range.endRow ?? rowCount, rowCount),
    startColumn,
    endColumn: Math.min(range.endColumn ?? columnCount, columnCount),
  });
}

const NUMBERED = /^R(\d+|\[-?\d+\])?C(\d+|\[-?\d+\])?$/i;

/** `R2C3`, `R[-1]C`: numbers in brackets are counted from the formula's own cell. */
function numbered(text: string, env: Env): ReturnType<typeof parseA1> {
  const corners = text.split(':').map((corner) => {
    const match = NUMBERED.exec(corner);
    if (!match) return undefined;
    const place = (part: string | undefined, own: number) =>
      part === undefined ? own : part.startsWith('[') ? own + Number(part.slice(1, -1)) : Number(part) - 1;
    return { row: place(match[1], env.at.row), column: place(match[2], env.at.column) };
  });
  const [from, to = from] = corners;
  if (!from || !to || from.row < 0 || from.column < 0 || to.row < 0 || to.column < 0) return undefined;
  return {
    startRow: Math.min(from.row, to.row),
    endRow: Math.max(from.row, to.row) + 1,
    startColumn: Math.min(from.column, to.column),
    endColumn: Math.max(from.column, to.column) + 1,
  };
}
