/** Requests about rows and columns as such. */
import { assign } from '../../../fields.ts';
import { type DimensionGroup, type DimensionProperties, type SheetRow, sheets } from '../../world.ts';
import { sheetIn } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { cellsOf, deleteDimension, insertDimension } from '../grid.ts';
import { checkSize } from '../spreadsheet.ts';
import { type Job, maskOf, refuse } from './job.ts';

interface DimensionRange {
  sheetId?: number;
  dimension?: 'ROWS' | 'COLUMNS';
  startIndex?: number;
  endIndex?: number;
}

interface Span {
  sheet: SheetRow;
  rows: boolean;
  start: number;
  end: number;
}

export function insertDimensionRequest(
  job: Job,
  { range = {}, inheritFromBefore }: { range?: DimensionRange; inheritFromBefore?: boolean },
): void {
  const { sheet, rows, start, end } = spanOf(job, range);
  if (inheritFromBefore && start === 0)
    throw refuse(job, 'inheritFromBefore cannot be true if inserting at the beginning of the sheet.');
  if (start > countOf(sheet, rows))
    throw refuse(
      job,
      `range.startIndex[${start}] is after last ${rows ? 'row' : 'column'} index in grid[${countOf(sheet, rows) - 1}]`,
    );
  checkSize([resized(sheet, rows, end - start)], job.asked);
  insertDimension(job.world, sheet, rows ? 'row' : 'column', start, end - start);
}

export function deleteDimensionRequest(job: Job, { range = {} }: { range?: DimensionRange }): void {
  const { sheet, rows, start, end } = spanOf(job, range);
  const count = countOf(sheet, rows);
  if (start >= count)
    throw refuse(
      job,
      `Cannot delete a ${rows ? 'row' : 'column'} that doesn't exist. Tried to delete ${rows ? 'row' : 'column'} index ${start} but there are only ${count} ${rows ? 'rows' : 'columns'}.`,
    );
  const stop = Math.min(end, count);
  if (start === 0 && stop === count)
    throw refuse(job, `You can't delete all the ${rows ? 'rows' : 'columns'} on the sheet.`);
  deleteDimension(job.world, sheet, rows ? 'row' : 'column', start, stop - start);
}

export function appendDimensionRequest(
  job: Job,
  { sheetId = 0, dimension, length = 0 }: { sheetId?: number; dimension?: string; length?: number },
): void {
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  if (length < 1) throw refuse(job, 'length must be greater than zero');
  const properties = resized(sheet, dimension === 'ROWS', length);
  checkSize([properties], job.asked);
  job.world.update(sheets, sheets.key(sheet), { properties });
}

export function updateDimensionPropertiesRequest(
  job: Job,
  {
    range = {},
    properties = {},
    fields,
  }: { range?: DimensionRange; properties?: DimensionProperties; fields?: string },
): void {
  const mask = maskOf(job, fields);
  setMetadata(job, spanOf(job, range), (now) => assign(now, properties, mask));
}

/** Widths that fit the text, by the average width of a character; exact widths are the browser's affair. */
export function autoResizeDimensionsRequest(
  job: Job,
  { dimensions = {} }: { dimensions?: DimensionRange },
): void {
  const span = spanOf(job, dimensions);
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const widest = new Map<number, number>();
  for (const cell of cellsOf(job.world, job.spreadsheetId, span.sheet.properties.sheetId)) {
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

/** Groups over the same rows or columns lie one in another. */
export function addDimensionGroupRequest(job: Job, { range = {} }: { range?: DimensionRange }): object {
  const span = spanOf(job, range);
  const groups = groupsOf(span);
  const around = groups.filter((one) => one.range.startIndex <= span.start && one.range.endIndex >= span.end);
  const depth = Math.max(0, ...around.map((one) => one.depth)) + 1;
  const next = [...groups, { range: groupRange(span), depth }].sort(
    (a, b) => a.range.startIndex - b.range.startIndex || a.depth - b.depth,
  );
  saveGroups(job, span, next, true);
  return { dimensionGroups: next };
}

export function deleteDimensionGroupRequest(job: Job, { range = {} }: { range?: DimensionRange }): object {
  const span = spanOf(job, range);
  const groups = groupsOf(span);
  const inside = groups.filter(
    (one) => one.range.startIndex === span.start && one.range.endIndex === span.end,
  );
  const deepest = inside.sort((a, b) => b.depth - a.depth)[0];
  if (!deepest) throw refuse(job, 'There is no group over the given range.');
  const next = groups.filter((one) => one !== deepest);
  saveGroups(job, span, next, false);
  return next.length > 0 ? { dimensionGroups: next } : {};
}

function spanOf(job: Job, range: DimensionRange): Span {
  const sheet = sheetIn(job.world, job.spreadsheetId, range.sheetId ?? 0, job.asked);
  const rows = range.dimension === 'ROWS';
  if (!rows && range.dimension !== 'COLUMNS') throw refuse(job, 'dimension is required');
  const start = range.startIndex ?? 0;
  const end = range.endIndex ?? countOf(sheet, rows);
  if (end <= start) throw refuse(job, `range.endIndex[${end}] must be after range.startIndex[${start}]`);
  return { sheet, rows, start, end };
}

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

const groupsOf = ({ sheet, rows }: Span): readonly DimensionGroup[] =>
  rows ? sheet.rowGroups : sheet.columnGroups;

const groupRange = ({ sheet, rows, start, end }: Span): DimensionGroup['range'] => ({
  ...(sheet.properties.sheetId === 0 ? {} : { sheetId: sheet.properties.sheetId }),
  dimension: rows ? 'ROWS' : 'COLUMNS',
  startIndex: start,
  endIndex: end,
});

/** With a sheet's first group its control is set behind the group. */
function saveGroups(job: Job, { sheet, rows }: Span, groups: DimensionGroup[], added: boolean): void {
  const control = rows ? 'rowGroupControlAfter' : 'columnGroupControlAfter';
  const grid = sheet.properties.gridProperties;
  job.world.update(sheets, sheets.key(sheet), {
    [rows ? 'rowGroups' : 'columnGroups']: groups,
    ...(added ? { properties: { ...sheet.properties, gridProperties: { ...grid, [control]: true } } } : {}),
  });
}
