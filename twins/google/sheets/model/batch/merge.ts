/** Requests that make one cell of several, and several of one. */
import { type GridRange, type SheetRow, sheets } from '../../world.ts';
import { type Area, toGridRange } from '../area.ts';
import { cellsIn, putCell, type Rect } from '../grid.ts';
import { editedArea, heightOf, type Job, refuse, widthOf } from './job.ts';

/** One range, every row, or every column of it as one cell; all but the first cell lose what they hold. */
export function mergeCellsRequest(
  job: Job,
  { range, mergeType = 'MERGE_ALL' }: { range?: GridRange; mergeType?: string },
): void {
  const area = editedArea(job, range);
  mustHoldMerges(job, area);
  mustNotCrossFrozen(job, area);
  const made = mergedParts(area, mergeType).filter((part) => heightOf(part) * widthOf(part) > 1);
  for (const part of made)
    for (const cell of cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, part)) {
      if (cell.row === part.startRow && cell.column === part.startColumn) continue;
      const { userEnteredValue: _value, textFormatRuns: _runs, note: _note, ...rest } = cell;
      putCell(job.world, rest);
    }
  const kept = area.sheet.merges.filter((one) => !overlaps(one, area));
  saveMerges(job, area.sheet, [...kept, ...made.map(toGridRange)]);
}

export function unmergeCellsRequest(job: Job, { range }: { range?: GridRange }): void {
  const area = editedArea(job, range);
  mustHoldMerges(job, area);
  saveMerges(
    job,
    area.sheet,
    area.sheet.merges.filter((one) => !overlaps(one, area)),
  );
}

/** Whether a merge and a rectangle share a cell. */
export const overlaps = (merge: GridRange, area: Rect): boolean =>
  (merge.startRowIndex ?? 0) < area.endRow &&
  (merge.endRowIndex ?? 0) > area.startRow &&
  (merge.startColumnIndex ?? 0) < area.endColumn &&
  (merge.endColumnIndex ?? 0) > area.startColumn;

/** Whether a merge lies in a rectangle with all its cells. */
export const within = (merge: GridRange, area: Rect): boolean =>
  (merge.startRowIndex ?? 0) >= area.startRow &&
  (merge.endRowIndex ?? 0) <= area.endRow &&
  (merge.startColumnIndex ?? 0) >= area.startColumn &&
  (merge.endColumnIndex ?? 0) <= area.endColumn;

/** Keeps the merges of a sheet. */
function saveMerges(job: Job, sheet: SheetRow, merges: GridRange[]): void {
  job.world.update(sheets, sheets.key(sheet), { merges });
}

function mustHoldMerges(job: Job, area: Area): void {
  if (area.sheet.merges.some((one) => overlaps(one, area) && !within(one, area)))
    throw refuse(job, 'You must select all cells in a merged range to merge or unmerge them.');
}

function mustNotCrossFrozen(job: Job, area: Area): void {
  const { frozenRowCount = 0, frozenColumnCount = 0 } = area.sheet.properties.gridProperties;
  if (area.startRow < frozenRowCount && area.endRow > frozenRowCount)
    throw refuse(job, "You can't merge frozen and non-frozen rows.");
  if (area.startColumn < frozenColumnCount && area.endColumn > frozenColumnCount)
    throw refuse(job, "You can't merge frozen and non-frozen columns.");
}

function mergedParts(area: Area, mergeType: string): Area[] {
  if (mergeType === 'MERGE_ROWS')
    return Array.from({ length: heightOf(area) }, (_, i) => ({
      ...area,
      startRow: area.startRow + i,
      endRow: area.startRow + i + 1,
    }));
  if (mergeType === 'MERGE_COLUMNS')
    return Array.from({ length: widthOf(area) }, (_, i) => ({
      ...area,
      startColumn: area.startColumn + i,
      endColumn: area.startColumn + i + 1,
    }));
  return [area];
}
