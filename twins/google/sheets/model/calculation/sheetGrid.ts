/** One sheet of a calculation: its cells by column, its formulas, who reads what, and what spills where. */
import type { CellRow } from '../../world.ts';
import { CellError, type Scalar } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import { FilledSpans, type Span } from './filledSpans.ts';
import type { FormulaCell } from './formulaCell.ts';
import { RangeIndex } from './rangeIndex.ts';

type Column<T> = Map<number, T>;

export class SheetGrid {
  readonly sheetId: number;
  readonly #cells = new Map<number, Column<CellRow>>();
  readonly #formulas = new Map<number, Column<FormulaCell>>();
  readonly #filled = new FilledSpans();
  /** Formulas by the ranges that they read. */
  readers = new RangeIndex<FormulaCell>();
  /** Formulas by where their results would be shown. */
  wanting = new RangeIndex<FormulaCell>();
  /** Formulas by where their results are shown, of those that take more than one cell. */
  spills = new RangeIndex<FormulaCell>();
  readonly #pending = new Set<FormulaCell>();
  #queue: FormulaCell[] | undefined;

  constructor(sheetId: number) {
    this.sheetId = sheetId;
  }

  /** As if nothing had been computed yet. */
  forgetLinks(): void {
    this.readers = new RangeIndex();
    this.wanting = new RangeIndex();
    this.spills = new RangeIndex();
    this.#pending.clear();
    this.#queue = undefined;
    sort(this.#cells);
    sort(this.#formulas);
  }

  cell(row: number, column: number): CellRow | undefined {
    return this.#cells.get(column)?.get(row);
  }

  setCell(row: number, column: number, cell: CellRow | undefined): void {
    const hasValue = cell?.userEnteredValue !== undefined;
    const hadValue = this.cell(row, column)?.userEnteredValue !== undefined;
    set(this.#cells, row, column, cell);
    if (hasValue !== hadValue) this.#filled.changed(row, column, hasValue);
  }

  /** Where values and formulas were entered, by column. */
  *filled(): Iterable<readonly [column: number, spans: readonly Span[]]> {
    for (const [column, cells] of this.#cells) yield [column, this.#filled.of(column, cells)];
  }

  formula(row: number, column: number): FormulaCell | undefined {
    return this.#formulas.get(column)?.get(row);
  }

  setFormula(row: number, column: number, formula: FormulaCell | undefined): void {
    const old = this.formula(row, column);
    if (old) {
      this.#pending.delete(old);
      this.#queue = undefined;
    }
    set(this.#formulas, row, column, formula);
    if (formula) this.await(formula);
  }

  /** Tells the kept cells in a rectangle, column by column. */
  cellsIn(rect: Rect, tell: (cell: CellRow) => void): void {
    each(this.#cells, rect, tell);
  }

  formulasIn(rect: Rect, tell: (formula: FormulaCell) => void): void {
    each(this.#formulas, rect, tell);
  }

  *formulas(): Iterable<FormulaCell> {
    for (const column of this.#formulas.values()) yield* column.values();
  }

  /** What spills into a cell from elsewhere; undefined where nothing does. */
  spilledAt(row: number, column: number): { from: FormulaCell; value: Scalar | CellError } | undefined {
    if (this.spills.size === 0) return undefined;
    let found: FormulaCell | undefined;
    this.spills.at(row, column, (formula) => {
      found = formula;
    });
    if (!found?.matrix || (found.row === row && found.column === column)) return undefined;
    return { from: found, value: found.matrix[row - found.row]?.[column - found.column] ?? null };
  }

  /** Notes a formula that is to be computed and may spill over what somebody reads. */
  await(formula: FormulaCell): void {
    if (!formula.maySpill) return;
    this.#pending.add(formula);
    this.#queue = undefined;
  }

  /** The first dirty formula that may spill into a rectangle, `but` some. */
  spillingInto(rect: Rect, but: ReadonlySet<FormulaCell>): FormulaCell | undefined {
    if (this.#pending.size === 0) return undefined;
    this.#queue ??= this.#inOrder();
    while (this.#queue[0] && this.#queue[0].state === 'clean')
      this.#pending.delete(this.#queue.shift() as FormulaCell);
    for (const formula of this.#queue) {
      if (formula.row >= rect.endRow) return undefined;
      if (formula.state === 'dirty' && formula.column < rect.endColumn && !but.has(formula)) return formula;
    }
    return undefined;
  }

  #inOrder(): FormulaCell[] {
    for (const one of this.#pending) if (one.state === 'clean') this.#pending.delete(one);
    return [...this.#pending].sort((a, b) => (a.isBefore(b) ? -1 : 1));
  }
}

/** What was entered into a cell without a formula. */
export function enteredValue(cell: CellRow | undefined): Scalar | CellError {
  const entered = cell?.userEnteredValue;
  if (!entered) return null;
  if (entered.errorValue) return new CellError(entered.errorValue.type, entered.errorValue.message);
  return entered.numberValue ?? entered.stringValue ?? entered.boolValue ?? null;
}

/** Walks go from left to right and down, in whatever order the cells came. */
function sort<T>(columns: Map<number, Column<T>>): void {
  const sorted = <V>(map: Map<number, V>) => [...map].sort(([a], [b]) => a - b);
  const inOrder = sorted(columns);
  columns.clear();
  for (const [index, column] of inOrder) columns.set(index, new Map(sorted(column)));
}

function set<T>(columns: Map<number, Column<T>>, row: number, column: number, item: T | undefined): void {
  const there = columns.get(column);
  if (item !== undefined) {
    if (there) there.set(row, item);
    else columns.set(column, new Map([[row, item]]));
  } else if (there?.delete(row) && there.size === 0) columns.delete(column);
}

function each<T>(columns: Map<number, Column<T>>, rect: Rect, tell: (item: T) => void): void {
  const one = (column: Column<T> | undefined) => {
    if (!column) return;
    if (column.size < rect.endRow - rect.startRow) {
      for (const [row, item] of column) if (row >= rect.startRow && row < rect.endRow) tell(item);
      return;
    }
    for (let row = rect.startRow; row < rect.endRow; row++) {
      const item = column.get(row);
      if (item !== undefined) tell(item);
    }
  };
  if (columns.size < rect.endColumn - rect.startColumn) {
    for (const [index, column] of columns)
      if (index >= rect.startColumn && index < rect.endColumn) one(column);
  } else for (let index = rect.startColumn; index < rect.endColumn; index++) one(columns.get(index));
}
