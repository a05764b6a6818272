/** Requests about rows and columns as such. */
import { missingPart } from '../../../errors.ts';
import { assign } from '../../../fields.ts';
import { type CellRow, type DimensionProperties, type SheetRow, sheets } from '../../world.ts';
import { sheetIn } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { cellsIn, deleteDimension, insertDimension, moveDimension, putCell, wholeGrid } from '../grid.ts';
import { mustEdit, mustEditBetween } from '../protection.ts';
import { checkGrid } from '../spreadsheet.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { DIMENSION_PROPERTIES } from './shapes.ts';

export interface DimensionRange {
  sheetId?: number;
  dimension?: string;
  startIndex?: number;
  endIndex?: number;
}

/** Rows (or columns) of a sheet; half-open. */
export interface Span {
  sheet: SheetRow;
  rows: boolean;
  start: number;
  end: number;
}

/** New lines look like the ones before, or (unless said) after them. */
export function insertDimensionRequest(
  job: Job,
  { range = {}, inheritFromBefore = false }: { range?: DimensionRange; inheritFromBefore?: boolean },
): void {
  if (range.endIndex === undefined) throw refuse(job, 'Both the start and end indexes must be bounded.');
  const span = spanOf(job, range);
  const { sheet, rows, start, end } = span;
  const size = countOf(sheet, rows);
  if (inheritFromBefore && start === 0)
    throw refuse(job, 'inheritFromBefore cannot be true if inserting at the beginning of the sheet.');
  if (start > size)
    throw refuse(
      job,
      `range.startIndex[${start}] is after last ${rows ? 'row' : 'column'} index in grid[${size - 1}]`,
    );
  if (!inheritFromBefore && start === size)
    throw refuse(
      job,
      `range.startIndex[${start}] must be less than the grid size[${size}] if inheritFromBefore is false.`,
    );
  mustEditBetween(job.world, job.viewer, job.file, span, job.asked);
  checkGrid(job.world, job.spreadsheetId, resized(sheet, rows, end - start), job.asked);
  insertDimension(job.world, sheet, rows ? 'row' : 'column', start, end - start);
  inherit(job, span, inheritFromBefore ? start - 1 : end);
}

/** Formats and size of one line for the new ones. */
function inherit(job: Job, { sheet, rows, start, end }: Span, from: number): void {
  const { sheetId } = sheet.properties;
  const now = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const line = rows
    ? { ...wholeGrid(now), startRow: from, endRow: from + 1 }
    : { ...wholeGrid(now), startColumn: from, endColumn: from + 1 };
  for (const { userEnteredFormat, row, column } of cellsIn(job.world, job.spreadsheetId, sheetId, line)) {
    if (!userEnteredFormat) continue;
    for (let at = start; at < end; at++) {
      const place = rows ? { row: at, column } : { row, column: at };
      const cell: CellRow = { spreadsheetId: job.spreadsheetId, sheetId, ...place };
      putCell(job.world, { ...cell, userEnteredFormat });
    }
  }
  const key = rows ? 'rowMetadata' : 'columnMetadata';
  const pixelSize = now[key][String(from)]?.pixelSize;
  if (pixelSize === undefined) return;
  const metadata = { ...now[key] };
  for (let at = start; at < end; at++) metadata[String(at)] = { pixelSize };
  job.world.update(sheets, sheets.key(now), { [key]: metadata });
}

export function deleteDimensionRequest(job: Job, { range = {} }: { range?: DimensionRange }): void {
  const { sheet, rows, start, end } = spanOf(job, range);
  const count = countOf(sheet, rows);
  const noun = rows ? 'row' : 'column';
  if (start >= count)
    throw refuse(
      job,
      `Cannot delete a ${noun} that doesn't exist. Tried to delete ${noun} index ${start} but there are only ${count} ${noun}s.`,
    );
  const stop = Math.min(end, count);
  if (start === 0 && stop === count) throw refuse(job, `You can't delete all the ${noun}s on the sheet.`);
  const { frozenRowCount = 0, frozenColumnCount = 0 } = sheet.properties.gridProperties;
  if (start <= (rows ? frozenRowCount : frozenColumnCount) && stop === count)
    throw refuse(job, `Sorry, it is not possible to delete all non-frozen ${noun}s.`);
  mustEdit(job.world, job.viewer, job.file, areaOfSpan({ sheet, rows, start, end: stop }), job.asked);
  deleteDimension(job.world, sheet, rows ? 'row' : 'column', start, stop - start);
}

export function appendDimensionRequest(
  job: Job,
  { sheetId = 0, dimension, length = 0 }: { sheetId?: number; dimension?: string; length?: number },
): void {
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  if (dimension !== 'ROWS' && dimension !== 'COLUMNS') throw refuse(job, 'dimension must be specified.');
  if (length < 1) throw refuse(job, 'length must be greater than zero');
  const properties = resized(sheet, dimension === 'ROWS', length);
  checkGrid(job.world, job.spreadsheetId, properties, job.asked);
  job.world.update(sheets, sheets.key(sheet), { properties });
}

interface MoveInput {
  source?: DimensionRange;
  destinationIndex?: number;
}

/** The place is counted before the lines are taken out. */
export function moveDimensionRequest(job: Job, { source = {}, destinationIndex = 0 }: MoveInput): void {
  const span = spanOf(job, source);
  const { sheet, rows, start, end } = span;
  const count = countOf(sheet, rows);
  if (end > count)
    throw refuse(job, `source.endIndex[${end}] is after last ${rows ? 'row' : 'column'} in grid[${count}]`);
  if (destinationIndex < 0 || destinationIndex > count)
    throw refuse(job, `destinationIndex[${destinationIndex}] must be between 0 and the grid size[${count}].`);
  if (destinationIndex > start && destinationIndex < end)
    throw refuse(job, 'destinationIndex must not be within the source range.');
  const torn = sheet.merges.some((merge) => {
    const [from = 0, to = 0] = rows
      ? [merge.startRowIndex, merge.endRowIndex]
      : [merge.startColumnIndex, merge.endColumnIndex];
    return [start, end, destinationIndex].some((edge) => from < edge && edge < to);
  });
  if (torn) throw refuse(job, `You must select all cells in a merged range to move them.`);
  const touched = {
    ...span,
    start: Math.min(start, destinationIndex),
    end: Math.max(end, destinationIndex),
  };
  mustEdit(job.world, job.viewer, job.file, areaOfSpan(touched), job.asked);
  if (destinationIndex === start || destinationIndex === end) return;
  moveDimension(job.world, sheet, rows ? 'row' : 'column', { start, end, to: destinationIndex });
}

export function updateDimensionPropertiesRequest(
  job: Job,
  {
    range = {},
    properties = {},
    fields,
    dataSourceSheetRange,
  }: {
    range?: DimensionRange;
    properties?: DimensionProperties;
    fields?: string;
    dataSourceSheetRange?: object;
  },
): void {
  if (dataSourceSheetRange)
    throw missingPart('sheets.spreadsheets.batchUpdate:updateDimensionProperties dataSource');
  const mask = maskOf(job, fields, DIMENSION_PROPERTIES);
  const { pixelSize = 0, hiddenByUser } = properties;
  if (pixelSize < 0) throw refuse(job, 'pixelSize must be >= 0');
  const settable = { ...(pixelSize ? { pixelSize } : {}), ...(hiddenByUser ? { hiddenByUser } : {}) };
  setMetadata(job, spanOf(job, range), ({ hiddenByUser: hidden, ...now }) =>
    assign(hidden ? { ...now, hiddenByUser: hidden } : now, settable, mask),
  );
}

/** Widths that fit the text, by the average width of a character; exact widths are the browser's affair. */
export function autoResizeDimensionsRequest(
  job: Job,
  {
    dimensions,
    dataSourceSheetDimensions,
  }: { dimensions?: DimensionRange; dataSourceSheetDimensions?: object },
): void {
  if (dataSourceSheetDimensions)
    throw missingPart('sheets.spreadsheets.batchUpdate:autoResizeDimensions dataSource');
  const span = spanOf(job, dimensions ?? {});
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const widest = new Map<number, number>();
  for (const cell of calculator.cellsIn(span.sheet.properties.sheetId, areaOfSpan(span))) {
    const place = span.rows ? cell.row : cell.column;
    const text = calculator.shown(cell) ?? '';
    const longest = Math.max(...text.split('\n').map((line) => line.length));
    const size = span.rows
      ? text.split('\n').length * LINE_PIXELS
      : longest * CHARACTER_PIXELS + PADDING_PIXELS;
    widest.set(place, Math.max(widest.get(place) ?? 0, Math.round(size)));
  }
  setMetadata(job, span, (now, index) => {
    const pixelSize = widest.get(index);
    return pixelSize === undefined ? now : { ...now, pixelSize };
  });
}

const CHARACTER_PIXELS = 7.3;
const PADDING_PIXELS = 9;
const LINE_PIXELS = 21;

/** The rows or columns that a request names. Throws 400 where they are none. */
export function spanOf(job: Job, range: DimensionRange): Span {
  const sheet = sheetIn(job.world, job.spreadsheetId, range.sheetId ?? 0, job.asked);
  const rows = range.dimension === 'ROWS';
  if (!rows && range.dimension !== 'COLUMNS') throw refuse(job, 'dimension is required');
  const start = range.startIndex ?? 0;
  const end = range.endIndex ?? countOf(sheet, rows);
  if (start < 0 || end < 0) throw refuse(job, 'DimensionRange indexes must be >= 0');
  if (end <= start) throw refuse(job, `range.endIndex[${end}] must be after range.startIndex[${start}]`);
  return { sheet, rows, start, end };
}

/** A span over the whole width or height of its sheet. */
const areaOfSpan = ({ sheet, rows, start, end }: Span) => ({
  sheet,
  ...wholeGrid(sheet),
  ...(rows ? { startRow: start, endRow: end } : { startColumn: start, endColumn: end }),
});

const countOf = (sheet: SheetRow, rows: boolean): number =>
  rows ? sheet.properties.gridProperties.rowCount : sheet.properties.gridProperties.columnCount;

function resized(sheet: SheetRow, rows: boolean, by: number): SheetRow['properties'] {
  const grid = sheet.properties.gridProperties;
  return {
    ...sheet.properties,
    gridProperties: rows
      ? { ...grid, rowCount: grid.rowCount + by }
      : { ...grid, columnCount: grid.columnCount + by },
  };
}

function setMetadata(
  job: Job,
  span: Span,
  change: (now: DimensionProperties, index: number) => DimensionProperties,
): void {
  const key = span.rows ? 'rowMetadata' : 'columnMetadata';
  const next: Record<string, DimensionProperties> = { ...span.sheet[key] };
  for (let i = span.start; i < Math.min(span.end, countOf(span.sheet, span.rows)); i++)
    next[String(i)] = change(next[String(i)] ?? {}, i);
  job.world.update(sheets, sheets.key(span.sheet), { [key]: next });
}
