/**
 * Which table `values.append` goes on with: the last one that the given range touches.
 * https://developers.google.com/workspace/sheets/api/guides/values#append_values
 */
import type { World } from '../../../../src/world/world.ts';
import type { Area } from './area.ts';
import { cellsOf, type Rect } from './grid.ts';

/**
 * The block of filled cells that touch one another, below which new rows belong; undefined where the range touches
 * none. Of several the one that ends lowest, then the one furthest to the right (so a gap in the last row shifts what
 * is appended, as it does in Sheets).
 */
export function tableAt(world: World, area: Area): Rect | undefined {
  const { spreadsheetId, properties } = area.sheet;
  const filled = new Set<number>();
  for (const cell of cellsOf(world, spreadsheetId, properties.sheetId))
    if (cell.userEnteredValue) filled.add(cell.row * ROW_STRIDE + cell.column);
  // From the last cell upwards: the first block that the range touches is the one that ends lowest.
  for (const start of [...filled].reverse()) {
    if (!filled.has(start)) continue;
    const rect = takeBlock(filled, start);
    if (touches(rect, area)) return rect;
  }
  return undefined;
}

/** A place as one number: row times this, plus column. */
const ROW_STRIDE = 32_768;
const NEIGHBOURS = [-1, 0, 1].flatMap((row) => [-1, 0, 1].map((column) => row * ROW_STRIDE + column));

/** All that touches `start`, corners too, as one rectangle; its cells are taken out of `filled`. */
function takeBlock(filled: Set<number>, start: number): Rect {
  const rect = {
    startRow: Number.MAX_SAFE_INTEGER,
    endRow: 0,
    startColumn: Number.MAX_SAFE_INTEGER,
    endColumn: 0,
  };
  const queue = [start];
  filled.delete(start);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const row = Math.floor(at / ROW_STRIDE);
    const column = at % ROW_STRIDE;
    rect.startRow = Math.min(rect.startRow, row);
    rect.endRow = Math.max(rect.endRow, row + 1);
    rect.startColumn = Math.min(rect.startColumn, column);
    rect.endColumn = Math.max(rect.endColumn, column + 1);
    for (const step of NEIGHBOURS) if (filled.delete(at + step)) queue.push(at + step);
  }
  return rect;
}

const touches = (rect: Rect, area: Rect): boolean =>
  rect.startRow < area.endRow &&
  rect.endRow > area.startRow &&
  rect.startColumn < area.endColumn &&
  rect.endColumn > area.startColumn;
