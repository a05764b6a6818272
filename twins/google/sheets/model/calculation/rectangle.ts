/** Rectangles of cells. */
import type { Rect } from '../grid.ts';

/** One cell as a rectangle. */
export const cellRect = (row: number, column: number): Rect => ({
  startRow: row,
  endRow: row + 1,
  startColumn: column,
  endColumn: column + 1,
});

/** What two have in common; of no extent where that is nothing. */
export const overlap = (a: Rect, b: Rect): Rect => ({
  startRow: Math.max(a.startRow, b.startRow),
  endRow: Math.min(a.endRow, b.endRow),
  startColumn: Math.max(a.startColumn, b.startColumn),
  endColumn: Math.min(a.endColumn, b.endColumn),
});

export const sameRect = (a: Rect, b: Rect): boolean =>
  a.startRow === b.startRow &&
  a.endRow === b.endRow &&
  a.startColumn === b.startColumn &&
  a.endColumn === b.endColumn;
