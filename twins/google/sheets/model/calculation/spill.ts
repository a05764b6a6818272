/** Results of more than one cell laid out over the sheet, where nothing is in their way. */
import { columnName } from '../a1.ts';
import { CellError, type Matrix } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import type { Book } from './book.ts';
import type { FormulaCell } from './formulaCell.ts';
import { sameRect } from './rectangle.ts';
import type { SheetGrid } from './sheetGrid.ts';

/**
 * Shows a result from its formula's cell on. Gives the error that the cell shows instead, `circular` where the result
 * would feed itself. Of two results that want the same cells the
 * formula that comes first, row by row, has them, so that the same rows always look the same.
 */
export function place(book: Book, formula: FormulaCell, matrix: Matrix): CellError | 'circular' | undefined {
  const grid = book.grid(formula.sheetId);
  const wanted = wantedBy(formula, matrix);
  grid.wanting.remove(formula);
  grid.wanting.add(wanted, formula);
  formula.wanted = wanted;
  const tooLarge = outOfGrid(book, formula, wanted);
  if (tooLarge) return tooLarge;
  const obstacle = obstacleIn(grid, formula, wanted);
  if (obstacle)
    return new CellError(
      'REF',
      `Array result was not expanded because it would overwrite data in ${columnName(obstacle.column)}${obstacle.row + 1}.`,
    );
  if (feedsItself(book, formula, wanted)) return 'circular';
  for (const other of spillsOver(grid, formula, wanted)) {
    book.unspill(other);
    book.dirty(other);
  }
  const before = formula.spill;
  const same = before !== undefined && sameRect(before, wanted) && sameMatrix(formula.matrix, matrix);
  if (before && !same) {
    grid.spills.remove(formula);
    formula.spill = undefined;
    book.spillChanged(formula, before);
  }
  formula.value = matrix[0]?.[0] ?? null;
  formula.matrix = matrix;
  if (same) return undefined;
  grid.spills.add(wanted, formula);
  formula.spill = wanted;
  book.spillChanged(formula, wanted);
  return undefined;
}

/** The cells that a result takes. */
export const wantedBy = (formula: FormulaCell, matrix: Matrix): Rect => ({
  startRow: formula.row,
  endRow: formula.row + matrix.length,
  startColumn: formula.column,
  endColumn: formula.column + (matrix[0]?.length ?? 0),
});

function outOfGrid(book: Book, formula: FormulaCell, wanted: Rect): CellError | undefined {
  const sheet = book.sheets.find((one) => one.properties.sheetId === formula.sheetId);
  const { rowCount = 0, columnCount = 0 } = sheet?.properties.gridProperties ?? {};
  const [rows, columns] = [wanted.endRow - rowCount, wanted.endColumn - columnCount];
  if (rows <= 0 && columns <= 0) return undefined;
  const missing = rows > 0 ? `more rows (${rows})` : `more columns (${columns})`;
  return new CellError('REF', `Result was not automatically expanded, please insert ${missing}.`);
}

/** The first cell in the way, row by row. */
function obstacleIn(
  grid: SheetGrid,
  formula: FormulaCell,
  wanted: Rect,
): { row: number; column: number } | undefined {
  let first: { row: number; column: number } | undefined;
  const offer = (row: number, column: number) => {
    if (row === formula.row && column === formula.column) return;
    if (!first || row < first.row || (row === first.row && column < first.column)) first = { row, column };
  };
  grid.cellsIn(wanted, (cell) => {
    if (cell.userEnteredValue) offer(cell.row, cell.column);
  });
  grid.spills.over(wanted, (other, spill) => {
    if (other !== formula && other.isBefore(formula))
      offer(Math.max(spill.startRow, wanted.startRow), Math.max(spill.startColumn, wanted.startColumn));
  });
  return first;
}

/** Results of later formulas that have to give way. */
function spillsOver(grid: SheetGrid, formula: FormulaCell, wanted: Rect): Set<FormulaCell> {
  const found = new Set<FormulaCell>();
  grid.spills.over(wanted, (other) => void found.add(other));
  found.delete(formula);
  return found;
}

/** Whether a formula reads, itself or through others, what it would show. */
function feedsItself(book: Book, formula: FormulaCell, wanted: Rect): boolean {
  const grid = book.grid(formula.sheetId);
  const waiting: FormulaCell[] = [];
  const seen = new Set<FormulaCell>();
  let found = false;
  const meet = (reader: FormulaCell) => {
    if (reader === formula) found = true;
    else if (reader.state === 'clean' && !seen.has(reader)) {
      seen.add(reader);
      waiting.push(reader);
    }
  };
  grid.readers.over(wanted, meet);
  for (let next = waiting.pop(); next && !found; next = waiting.pop()) {
    const at = book.grid(next.sheetId);
    at.readers.at(next.row, next.column, meet);
    if (next.spill) at.readers.over(next.spill, meet);
  }
  return found;
}

const sameMatrix = (a: Matrix | undefined, b: Matrix): boolean =>
  a?.every((line, r) => line.every((item, c) => item === b[r]?.[c])) ?? false;
