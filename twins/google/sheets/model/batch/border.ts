/** Borders along and within a range. */
import type { CellFormat, GridRange } from '../../world.ts';
import { type BorderInput, drawnBorder } from '../cellData.ts';
import { cellAt, putCell } from '../grid.ts';
import { editedArea, type Job } from './job.ts';

interface BordersInput {
  range?: GridRange;
  top?: BorderInput;
  bottom?: BorderInput;
  left?: BorderInput;
  right?: BorderInput;
  innerHorizontal?: BorderInput;
  innerVertical?: BorderInput;
}

/** Sides that the request does not name stay as they are; the style `NONE` takes a border away. */
export function updateBordersRequest(job: Job, input: BordersInput): void {
  const area = editedArea(job, input.range);
  const { sheetId } = area.sheet.properties;
  for (let row = area.startRow; row < area.endRow; row++)
    for (let column = area.startColumn; column < area.endColumn; column++) {
      const sides: Record<string, BorderInput | undefined> = {
        top: row === area.startRow ? input.top : input.innerHorizontal,
        bottom: row === area.endRow - 1 ? input.bottom : input.innerHorizontal,
        left: column === area.startColumn ? input.left : input.innerVertical,
        right: column === area.endColumn - 1 ? input.right : input.innerVertical,
      };
      if (Object.values(sides).every((side) => side === undefined)) continue;
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
      putCell(job.world, { ...cell, userEnteredFormat: bordered(cell.userEnteredFormat, sides) });
    }
}

function bordered(
  format: CellFormat | undefined,
  sides: Readonly<Record<string, BorderInput | undefined>>,
): CellFormat | undefined {
  const borders: Record<string, unknown> = { ...(format?.borders as object | undefined) };
  for (const [side, border] of Object.entries(sides)) {
    if (border === undefined) continue;
    const drawn = drawnBorder(border);
    if (drawn) borders[side] = drawn;
    else delete borders[side];
  }
  const { borders: _old, ...rest } = format ?? {};
  const next = { ...rest, ...(Object.keys(borders).length > 0 ? { borders } : {}) };
  return Object.keys(next).length > 0 ? next : undefined;
}
