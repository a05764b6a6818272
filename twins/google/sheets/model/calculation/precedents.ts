/** What a formula's text names: a hint in which order to compute, as what is really read shows only then. */
import { nodesOf } from '../formula/syntax.ts';
import type { Rect } from '../grid.ts';
import type { Book } from './book.ts';
import type { FormulaCell } from './formulaCell.ts';
import type { Reading } from './operand.ts';

/** Formulas in the ranges that a formula names which are still to be computed. */
export function dirtyPrecedents(book: Book, reading: Reading, formula: FormulaCell): FormulaCell[] {
  const found: FormulaCell[] = [];
  for (const node of formula.tree ? nodesOf(formula.tree) : []) {
    let range: { sheetId: number; rect: Rect } | undefined;
    if (node.kind === 'reference') {
      const sheet =
        node.sheet === undefined ? reading.sheetWithId(formula.sheetId) : reading.sheetNamed(node.sheet);
      if (!sheet) continue;
      const { rowCount, columnCount } = sheet.properties.gridProperties;
      const { startRow = 0, endRow = rowCount, startColumn = 0, endColumn = columnCount } = node.range;
      range = { sheetId: sheet.properties.sheetId, rect: { startRow, endRow, startColumn, endColumn } };
    } else if (node.kind === 'name') range = reading.named(node.name);
    if (!range) continue;
    book.grid(range.sheetId).formulasIn(range.rect, (one) => {
      if (one.state === 'dirty') found.push(one);
    });
  }
  return found;
}
