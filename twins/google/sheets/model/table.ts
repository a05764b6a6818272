/**
 * Which table `values.append` goes on with: the last one that the given range touches.
 * https://developers.google.com/workspace/sheets/api/guides/values#append_values
 */
import type { World } from '../../../../src/world/world.ts';
import type { Area } from './area.ts';
import type { Span } from './calculation/filledSpans.ts';
import { Calculator } from './calculator.ts';
import type { Rect } from './grid.ts';

/**
 * The block of filled cells that touch one another, below which new rows belong; undefined where the range touches
 * none. What formulas and pivot tables spill is filled too. Of several the one that ends lowest, then the one furthest
 * to the right (so a gap in the last row shifts what is appended, as it does in Sheets).
 */
export function tableAt(world: World, area: Area): Rect | undefined {
  const columns = new Map<number, readonly Piece[]>();
  for (const [column, spans] of new Calculator(world, area.sheet.spreadsheetId).filledIn(area.sheet))
    columns.set(
      column,
      spans.map(({ startRow, endRow }) => ({ startRow, endRow, column, isTaken: false })),
    );
  // From the last cell upwards: the first block that the range touches is the one that ends lowest.
  const upwards = [...columns.values()].flat().sort((a, b) => b.endRow - a.endRow || b.column - a.column);
  for (const start of upwards) {
    if (start.isTaken) continue;
    const rect = takeBlock(columns, start);
    if (touches(rect, area)) return rect;
  }
  return undefined;
}

/** Filled cells of one column without a hole. */
interface Piece extends Span {
  column: number;
  /** Whether its block was looked at already. */
  isTaken: boolean;
}

/** All that touches `start`, corners too, as one rectangle. */
function takeBlock(columns: ReadonlyMap<number, readonly Piece[]>, start: Piece): Rect {
  const { startRow, endRow, column } = start;
  const rect = { startRow, endRow, startColumn: column, endColumn: column + 1 };
  const queue = [start];
  start.isTaken = true;
  for (let piece = queue.pop(); piece; piece = queue.pop()) {
    rect.startRow = Math.min(rect.startRow, piece.startRow);
    rect.endRow = Math.max(rect.endRow, piece.endRow);
    rect.startColumn = Math.min(rect.startColumn, piece.column);
    rect.endColumn = Math.max(rect.endColumn, piece.column + 1);
    for (let beside = piece.column - 1; beside <= piece.column + 1; beside++)
      for (const next of touching(columns.get(beside) ?? [], piece)) {
        if (next.isTaken) continue;
        next.isTaken = true;
        queue.push(next);
      }
  }
  return rect;
}

/** Of a column’s pieces, which stand from top to bottom, those that touch rows of a span, corners too. */
function* touching(pieces: readonly Piece[], { startRow, endRow }: Span): Iterable<Piece> {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle] as Piece).endRow < startRow) low = middle + 1;
    else high = middle;
  }
  for (let piece = pieces[low]; piece && piece.startRow <= endRow; piece = pieces[++low]) yield piece;
}

const touches = (rect: Rect, area: Rect): boolean =>
  rect.startRow < area.endRow &&
  rect.endRow > area.startRow &&
  rect.startColumn < area.endColumn &&
  rect.endColumn > area.startColumn;
