/** Where charts and slicers lie: over a cell, or (charts) alone on a sheet that comes into being for it. */
import type { EmbeddedObjectPosition } from '../../world/objects.ts';
import { sheets } from '../../world.ts';
import { sheetIn, sheetsOf } from '../area.ts';
import { type Job, refuse } from '../batch/job.ts';
import { addSheet } from '../spreadsheet.ts';
import { spokenSheet } from './follow.ts';
import { spoken } from './spoken.ts';

/** As documented for `OverlayPosition`. */
const WIDTH_PIXELS = 600;
const HEIGHT_PIXELS = 371;

export interface Placed {
  sheetId: number;
  position: EmbeddedObjectPosition;
}

/** The place to be kept. Throws 400 for none, for cells that are not there, and for a sheet's id that is taken. */
export function placed(job: Job, wanted: EmbeddedObjectPosition = {}, onSheets: boolean): Placed {
  const { overlayPosition: overlay, newSheet, sheetId } = wanted;
  if (overlay) {
    const { anchorCell = {}, offsetXPixels = 0, offsetYPixels = 0 } = overlay;
    const sheet = sheetIn(job.world, job.spreadsheetId, anchorCell.sheetId ?? 0, job.asked);
    const { rowCount, columnCount } = sheet.properties.gridProperties;
    const { rowIndex = 0, columnIndex = 0 } = anchorCell;
    if (rowIndex >= rowCount)
      throw refuse(job, `GridCoordinate.rowIndex[${rowIndex}] is after last row in grid[${rowCount - 1}]`);
    if (columnIndex >= columnCount)
      throw refuse(
        job,
        `GridCoordinate.columnIndex[${columnIndex}] is after last column in grid[${columnCount - 1}]`,
      );
    const { widthPixels = WIDTH_PIXELS, heightPixels = HEIGHT_PIXELS } = overlay;
    if ([offsetXPixels, offsetYPixels, rowIndex, columnIndex].some((one) => one < 0))
      throw refuse(job, 'OverlayPosition must not have negative offsets.');
    if (widthPixels <= 0 || heightPixels <= 0) throw refuse(job, 'Width and height must be positive.');
    const overlayPosition = {
      ...overlay,
      anchorCell: spokenSheet(spoken(anchorCell)),
      widthPixels,
      heightPixels,
    };
    return { sheetId: sheet.properties.sheetId, position: { overlayPosition: spoken(overlayPosition) } };
  }
  if (!newSheet && sheetId === undefined) throw refuse(job, 'A position must be specified.');
  if (!onSheets) throw refuse(job, 'Slicers can be positioned only on an existing sheet.');
  if (sheetId !== undefined && job.world.get(sheets, `${job.spreadsheetId}/${sheetId}`))
    throw refuse(
      job,
      `Cannot add chart to new sheet with ID: ${sheetId}, a sheet with that ID already exists.`,
    );
  if (sheetId !== undefined && sheetId < 0) throw refuse(job, 'sheetId must be non-negative.');
  const made = addSheet(
    job.world,
    job.spreadsheetId,
    {
      ...(sheetId === undefined ? {} : { sheetId }),
      title: freeTitle(job),
      sheetType: 'OBJECT',
      gridProperties: { rowCount: 0, columnCount: 0 },
    },
    job.asked,
  ).properties;
  return { sheetId: made.sheetId, position: { sheetId: made.sheetId } };
}

/** `Chart1`, `Chart2` … */
function freeTitle(job: Job): string {
  const taken = new Set(
    sheetsOf(job.world, job.spreadsheetId).map((one) => one.properties.title.toLowerCase()),
  );
  let n = 1;
  while (taken.has(`chart${n}`)) n++;
  return `Chart${n}`;
}
