/** A spreadsheet as one of its formulas reads it; what is read is noted. */
import type { Draw } from '../../../../../src/prng.ts';
import { FORMULA_DEPTH_MAX, FORMULA_STEPS_MAX } from '../../../limits.ts';
import type { CellRow, NumberFormat, SheetRow } from '../../world.ts';
import { closed } from '../area.ts';
import type { FormulaContext } from '../formula/functions/definition.ts';
import { CellError, type Matrix, type Scalar } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import type { Book } from './book.ts';
import { isPivotFormula } from './forms/pivot.ts';
import type { FormulaCell } from './formulaCell.ts';
import { importedRange } from './imports.ts';
import { type Place, type Reading, Reference } from './operand.ts';
import { cellRect, overlap } from './rectangle.ts';
import { enteredValue, type SheetGrid } from './sheetGrid.ts';
import { tablePart } from './tables.ts';

/** What computes the formulas that are read. */
export interface Work {
  /** The formula that reads. */
  readonly current: FormulaCell | undefined;
  valueOf(formula: FormulaCell): Scalar | CellError;
  /** Rows that a sheet's filter hides. */
  filteredRows(sheetId: number): ReadonlySet<number>;
  /** Computes what may spill into a rectangle. */
  settle(grid: SheetGrid, rect: Rect): void;
}

export class SheetReading implements Reading {
  readonly context: FormulaContext;
  /** What was read since they were last taken. */
  notes: Reference[] = [];
  steps = 0;
  draws = 0;
  /** Lambdas at work. */
  #depth = 0;
  readonly #book: Book;
  readonly #work: Work;

  constructor(book: Book, context: FormulaContext, work: Work) {
    this.#book = book;
    this.context = context;
    this.#work = work;
  }

  get sheets(): readonly SheetRow[] {
    return this.#book.sheets;
  }

  step(count: number): void {
    this.steps += count;
    if (this.steps > FORMULA_STEPS_MAX) throw limitReached();
  }

  deeper<T>(run: () => T): T {
    if (this.#depth >= FORMULA_DEPTH_MAX) throw limitReached();
    this.#depth++;
    try {
      return run();
    } finally {
      this.#depth--;
    }
  }

  sheetNamed(title: string): SheetRow | undefined {
    const wanted = title.toLowerCase();
    return this.sheets.find((one) => one.properties.title.toLowerCase() === wanted);
  }

  sheetWithId(sheetId: number): SheetRow | undefined {
    return this.sheets.find((one) => one.properties.sheetId === sheetId);
  }

  named(name: string): Reference | undefined {
    const wanted = name.toLowerCase();
    const found = this.#book.row?.namedRanges.find((one) => one.name.toLowerCase() === wanted)?.range;
    const sheet = found && this.sheetWithId(found.sheetId ?? 0);
    if (!found || !sheet) return this.tablePart(name);
    const { rowCount = 0, columnCount = 0 } = sheet.properties.gridProperties ?? {};
    return new Reference(sheet.properties.sheetId, {
      startRow: found.startRowIndex ?? 0,
      endRow: Math.min(found.endRowIndex ?? rowCount, rowCount),
      startColumn: found.startColumnIndex ?? 0,
      endColumn: Math.min(found.endColumnIndex ?? columnCount, columnCount),
    });
  }

  tablePart(text: string): Reference | undefined {
    return tablePart(this.#book.tables, text);
  }

  cell({ sheetId, row, column }: Place): Scalar | CellError {
    const rect = cellRect(row, column);
    this.notes.push(new Reference(sheetId, rect));
    const grid = this.#book.grid(sheetId);
    this.#work.settle(grid, rect);
    const formula = grid.formula(row, column);
    if (formula) return this.#work.valueOf(formula);
    const cell = grid.cell(row, column);
    if (cell?.userEnteredValue) return enteredValue(cell);
    return grid.spilledAt(row, column)?.value ?? null;
  }

  matrix(reference: Reference): Matrix {
    const { sheetId, rect } = reference;
    this.notes.push(reference);
    const grid = this.#book.grid(sheetId);
    this.#work.settle(grid, rect);
    const known = this.#book.recent.get(reference);
    if (known) {
      this.step(1);
      return known;
    }
    const blank: (Scalar | CellError)[] = new Array(reference.columns).fill(null);
    const result: Matrix = new Array(reference.rows).fill(blank);
    this.step(reference.rows);
    this.#inOrder(grid, rect);
    const put = (row: number, column: number, value: Scalar | CellError) => {
      this.steps++;
      if (reference.columns === 1) {
        if (row < rect.endRow) result[row - rect.startRow] = [value];
        return;
      }
      let line = result[row - rect.startRow];
      if (!line) return;
      if (line === blank) result[row - rect.startRow] = line = blank.slice();
      line[column - rect.startColumn] = value;
    };
    grid.spills.over(rect, (formula, spill) => {
      const shared = overlap(spill, rect);
      for (let row = shared.startRow; row < shared.endRow; row++)
        for (let column = shared.startColumn; column < shared.endColumn; column++)
          put(row, column, formula.matrix?.[row - formula.row]?.[column - formula.column] ?? null);
    });
    grid.cellsIn(rect, (cell) => {
      if (cell.userEnteredValue) put(cell.row, cell.column, this.#valueOf(grid, cell));
    });
    this.#book.recent.keep(reference, result);
    return result;
  }

  /** Formulas of a range are computed row by row, however they are kept. */
  #inOrder(grid: SheetGrid, rect: Rect): void {
    const dirty: FormulaCell[] = [];
    grid.formulasIn(rect, (formula) => {
      if (formula.state === 'dirty') dirty.push(formula);
    });
    dirty.sort((a, b) => (a.isBefore(b) ? -1 : 1));
    for (const formula of dirty) this.#work.valueOf(formula);
  }

  formulaText({ sheetId, row, column }: Place): string | undefined {
    this.notes.push(new Reference(sheetId, cellRect(row, column)));
    const text = this.#book.formulaAt({ sheetId, row, column })?.text;
    return text !== undefined && isPivotFormula(text) ? undefined : text;
  }

  pivotText(place: Place): string | undefined {
    this.cell(place);
    const grid = this.#book.grid(place.sheetId);
    const formula = grid.formula(place.row, place.column) ?? grid.spilledAt(place.row, place.column)?.from;
    return formula && isPivotFormula(formula.text) ? formula.text : undefined;
  }

  formatAt({ sheetId, row, column }: Place): NumberFormat | undefined {
    const grid = this.#book.grid(sheetId);
    return (
      grid.cell(row, column)?.userEnteredFormat?.numberFormat ??
      grid.formula(row, column)?.format ??
      grid.spilledAt(row, column)?.from.format
    );
  }

  isHidden(sheetId: number, row: number): boolean {
    return this.sheetWithId(sheetId)?.rowMetadata[String(row)]?.hiddenByUser ?? false;
  }

  filteredRows(sheetId: number): ReadonlySet<number> {
    const range = this.sheetWithId(sheetId)?.basicFilter?.range;
    if (!range) return new Set();
    this.notes.push(new Reference(sheetId, closed(range)));
    return this.#work.filteredRows(sheetId);
  }

  draw(): Draw {
    const at = this.#work.current;
    const place = at ? `${at.sheetId}/${at.row}/${at.column}` : '';
    const { world } = this.context;
    return world.drawFor('google.rand', this.#book.spreadsheetId, place, this.#book.chance, this.draws++);
  }

  imported(spreadsheetId: string, range: string): Matrix {
    return importedRange(this.context.world, this.#book.spreadsheetId, spreadsheetId, range);
  }

  #valueOf(grid: SheetGrid, cell: CellRow): Scalar | CellError {
    if (cell.userEnteredValue?.formulaValue === undefined) return enteredValue(cell);
    const formula = grid.formula(cell.row, cell.column);
    return formula ? this.#work.valueOf(formula) : null;
  }
}

const limitReached = (): CellError =>
  new CellError('ERROR', 'Calculation limit was reached while trying to compute this formula.');
