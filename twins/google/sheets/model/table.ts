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
  const filled = new Set<string>();
  const inside: { row: number; column: number }[] = [];
  for (const cell of cellsOf(world, spreadsheetId, properties.sheetId)) {
    if (!cell.userEnteredValue) continue;
    filled.add(`${cell.row},${cell.column}`);
    inside.push({ row: cell.row, column: cell.column });
  }
  let best: Rect | undefined;
  const seen = new Set<string>();
  for (const start of inside) {
    if (seen.has(`${start.row},${start.column}`)) continue;
    const rect = grown(filled, seen, start);
    if (touches(rect, area) && (!best || isBehind(rect, best))) best = rect;
  }
  return best;
}

/** All that touches `start`, corners too, as one rectangle; rectangles that it grows over belong to it. */
function grown(filled: ReadonlySet<string>, seen: Set<string>, start: { row: number; column: number }): Rect {
  const rect: Rect = {
    startRow: start.row,
    endRow: start.row + 1,
    startColumn: start.column,
    endColumn: start.column + 1,
  };
  const queue = [start];
  seen.add(`${start.row},${start.column}`);
  for (let at = queue.pop(); at; at = queue.pop()) {
    rect.startRow = Math.min(rect.startRow, at.row);
    rect.endRow = Math.max(rect.endRow, at.row + 1);
    rect.startColumn = Math.min(rect.startColumn, at.column);
    rect.endColumn = Math.max(rect.endColumn, at.column + 1);
    for (let row = at.row - 1; row <= at.row + 1; row++)
      for (let column = at.column - 1; column <= at.column + 1; column++) {
        const key = `${row},${column}`;
        if (!filled.has(key) || seen.has(key)) continue;
        seen.add(key);
        queue.push({ row, column });
      }
  }
  return rect;
}

const touches = (rect: Rect, area: Rect): boolean =>
  rect.startRow < area.endRow &&
  rect.endRow > area.startRow &&
  rect.startColumn < area.endColumn &&
  rect.endColumn > area.startColumn;

const isBehind = (rect: Rect, other: Rect): boolean =>
  rect.endRow > other.endRow || (rect.endRow === other.endRow && rect.startColumn > other.startColumn);
