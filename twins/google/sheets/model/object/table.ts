/** Tables of a sheet: which lie over a range, and how they grow. */
import type { World } from '../../../../../src/world/world.ts';
import type { ObjectRow, TableColumn } from '../../world/objects.ts';
import { closed } from '../area.ts';
import type { Rect } from '../grid.ts';
import { overlap } from './overlap.ts';
import { objectsOf } from './store.ts';

/** The tables that share a cell with a rectangle; `typed` where it touches the body of a column with a type. */
export function tablesOver(
  world: World,
  spreadsheetId: string,
  sheetId: number,
  rect: Rect,
): { rows: ObjectRow<'table'>[]; typed: boolean } {
  const rows = objectsOf(world, spreadsheetId, 'table', sheetId).filter((row) =>
    overlap(row.object.range ?? {}, rect),
  );
  const typed = rows.some(({ object }) => {
    const { startRow, endRow, startColumn } = closed(object.range ?? {});
    return (object.columnProperties ?? []).some((column) => {
      const at = startColumn + (column.columnIndex ?? 0);
      const body = { startRow: startRow + 1, endRow, startColumn: at, endColumn: at + 1 };
      return isTyped(column) && touches(body, rect);
    });
  });
  return { rows, typed };
}

const isTyped = ({ columnType }: TableColumn): boolean =>
  columnType !== undefined && columnType !== 'COLUMN_TYPE_UNSPECIFIED';

const touches = (a: Rect, b: Rect): boolean =>
  a.startRow < b.endRow &&
  a.endRow > b.startRow &&
  a.startColumn < b.endColumn &&
  a.endColumn > b.startColumn;
