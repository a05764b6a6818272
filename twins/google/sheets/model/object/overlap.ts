/** Whether ranges share a cell. */
import type { GridRange } from '../../world.ts';
import { closed } from '../area.ts';
import type { Rect } from '../grid.ts';

/** A range of the same sheet and a rectangle; open sides reach everywhere. */
export function overlap(range: GridRange, rect: Rect): boolean {
  const other = closed(range);
  return (
    other.startRow < rect.endRow &&
    other.endRow > rect.startRow &&
    other.startColumn < rect.endColumn &&
    other.endColumn > rect.startColumn
  );
}
