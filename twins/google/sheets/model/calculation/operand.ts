/** What the parts of a formula are while it is computed. */
import type { Draw } from '../../../../../src/prng.ts';
import type { NumberFormat, SheetRow } from '../../world.ts';
import type { FormulaContext } from '../formula/functions/definition.ts';
import type { Node } from '../formula/syntax.ts';
import { CellError, type Matrix, type Scalar, type Value } from '../formula/value.ts';
import type { Rect } from '../grid.ts';

/** A cell's place. Zero-based. */
export interface Place {
  sheetId: number;
  row: number;
  column: number;
}

/** A range that has not been read yet. */
export class Reference {
  readonly sheetId: number;
  readonly rect: Rect;

  constructor(sheetId: number, rect: Rect) {
    this.sheetId = sheetId;
    this.rect = rect;
  }

  get rows(): number {
    return this.rect.endRow - this.rect.startRow;
  }

  get columns(): number {
    return this.rect.endColumn - this.rect.startColumn;
  }

  get isCell(): boolean {
    return this.rows === 1 && this.columns === 1;
  }

  /** One cell or part of it, counted from its corner. */
  part(row: number, column: number, rows: number = 1, columns: number = 1): Reference {
    const startRow = this.rect.startRow + row;
    const startColumn = this.rect.startColumn + column;
    return new Reference(this.sheetId, {
      startRow,
      endRow: startRow + rows,
      startColumn,
      endColumn: startColumn + columns,
    });
  }
}

/** A function of a formula's own, with the names that it was made among. */
export class Lambda {
  readonly parameters: readonly string[];
  readonly body: Node;
  readonly names: Names | undefined;

  constructor(parameters: readonly string[], body: Node, names: Names | undefined) {
    this.parameters = parameters;
    this.body = body;
    this.names = names;
  }
}

export type Operand = Value | Reference | Lambda;

/** Names that LET and LAMBDA give, the innermost first; in lower case. */
export interface Names {
  readonly name: string;
  readonly value: Operand;
  readonly outer: Names | undefined;
}

/** The spreadsheet as a formula reads it; what is read is noted, so that the formula follows its changes. */
export interface Reading {
  readonly context: FormulaContext;
  /** Sheets in the order of their tabs. */
  readonly sheets: readonly SheetRow[];
  /** Throws CellError where a formula takes too many steps. */
  step(count: number): void;
  /** Runs a lambda's body. Throws CellError where lambdas call one another without end. */
  deeper<T>(run: () => T): T;
  /** Undefined where there is no such sheet; titles in any case. */
  sheetNamed(title: string): SheetRow | undefined;
  sheetWithId(sheetId: number): SheetRow | undefined;
  /** A named range. */
  named(name: string): Reference | undefined;
  /** A part of a table: `Orders[Total]`. */
  tablePart(text: string): Reference | undefined;
  cell(place: Place): Scalar | CellError;
  matrix(reference: Reference): Matrix;
  /** The formula in a cell, with its `=`. */
  formulaText(place: Place): string | undefined;
  /** What computes the pivot table that a cell belongs to. */
  pivotText(place: Place): string | undefined;
  /** The format that a cell's value comes with. */
  formatAt(place: Place): NumberFormat | undefined;
  /** Whether a row was hidden by hand. */
  isHidden(sheetId: number, row: number): boolean;
  /** Rows that the sheet's filter hides. */
  filteredRows(sheetId: number): ReadonlySet<number>;
  /** Random numbers for the formula at hand. */
  draw(): Draw;
  /** Cells of another spreadsheet. Throws CellError where it is not connected. */
  imported(spreadsheetId: string, range: string): Matrix;
}

/** Where a part of a formula is computed. */
export interface Env {
  readonly reading: Reading;
  readonly at: Place;
  /** Whether ranges stand for all of their cells, as within `ARRAYFORMULA`. */
  readonly arrays: boolean;
  readonly names: Names | undefined;
  /** Of a missing argument: `null`. Throws CellError. */
  evaluate(node: Node | undefined): Operand;
  /** The value, ranges read. Throws CellError. */
  value(node: Node | undefined): Value;
  /** One value; of a range the cell in the formula's own row or column. Throws CellError. */
  single(node: Node | undefined): Scalar;
  within(change: { arrays?: boolean; names?: Names }): Env;
  /** What a lambda makes of arguments. Throws CellError. */
  apply(lambda: Lambda, args: readonly Operand[]): Operand;
}

/** A form of formulas that sees its arguments before they are computed. */
export interface Form {
  least: number;
  most: number;
  run(args: readonly (Node | undefined)[], env: Env, name: string): Operand;
  format?: NumberFormat;
}

/** The value of what was computed. Throws CellError. */
export function readValue(operand: Operand, reading: Reading): Value {
  if (operand instanceof Reference) {
    if (!operand.isCell) return reading.matrix(operand);
    const { startRow, startColumn } = operand.rect;
    const value = reading.cell({ sheetId: operand.sheetId, row: startRow, column: startColumn });
    if (value instanceof CellError) throw value;
    return value;
  }
  if (operand instanceof Lambda)
    throw new CellError('VALUE', 'A LAMBDA must be called with its arguments behind it.');
  return operand;
}

/** One value of it: of a range the cell in the own row or column, of an array the first. Throws CellError. */
export function singleOf(operand: Operand, env: Env): Scalar {
  if (operand instanceof Reference && !operand.isCell) {
    const { rect, sheetId } = operand;
    const { row, column } = env.at;
    const across = operand.columns === 1 && row >= rect.startRow && row < rect.endRow;
    const down = operand.rows === 1 && column >= rect.startColumn && column < rect.endColumn;
    if (!across && !down) throw new CellError('VALUE', 'An array value could not be found.');
    const found = env.reading.cell(
      across ? { sheetId, row, column: rect.startColumn } : { sheetId, row: rect.startRow, column },
    );
    if (found instanceof CellError) throw found;
    return found;
  }
  const value = readValue(operand, env.reading);
  if (!Array.isArray(value)) return value;
  const first = value[0]?.[0] ?? null;
  if (first instanceof CellError) throw first;
  return first;
}

/** As rows and columns, whatever it is. */
export { matrixOf } from '../formula/value.ts';
