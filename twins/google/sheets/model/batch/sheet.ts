/** Requests about whole sheets. */
import { assign, type Mask } from '../../../fields.ts';
import { type SheetProperties, type SheetRow, sheets, spreadsheets } from '../../world.ts';
import { sheetsOf } from '../area.ts';
import { withColors } from '../color.ts';
import { followTitle } from '../follow.ts';
import { bareCell, cellsOf, putCell } from '../grid.ts';
import { mustEditSheet } from '../protection.ts';
import { addSheet, checkGrid, copySheet, dropSheet, orderTabs, type SheetInput } from '../spreadsheet.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { SHEET_PROPERTIES } from './shapes.ts';

export function addSheetRequest(job: Job, { properties = {} }: { properties?: SheetInput }): object {
  const { sheetId, sheetType = 'GRID' } = properties;
  if (sheetId !== undefined && sheetId < 0) throw refuse(job, 'sheetId must be non-negative.');
  if (sheetType === 'OBJECT')
    throw refuse(
      job,
      'To add an object sheet, use AddChartRequest and specify EmbeddedObjectPosition.newSheet.',
    );
  if (sheetType === 'DATA_SOURCE') throw refuse(job, 'To add a data source sheet, use AddDataSourceRequest.');
  const { title, ...rest } = withColors(properties);
  const named = title ? { ...rest, title } : rest;
  const made = addSheet(job.world, job.spreadsheetId, { ...named, sheetType: 'GRID' }, job.asked);
  const spoken = job.world.update(sheets, sheets.key(made), {
    properties: spokenProperties(made.properties),
  });
  return { properties: spoken.properties };
}

export function deleteSheetRequest(job: Job, { sheetId = 0 }: { sheetId?: number }): void {
  const sheet = sheetWithId(job, sheetId);
  mustEditSheet(job.world, job.viewer, job.file, sheet, job.asked);
  const all = sheetsOf(job.world, job.spreadsheetId);
  const others = all.filter((one) => one.properties.sheetId !== sheetId);
  if (others.length === 0) throw refuse(job, "You can't remove all the sheets in a document.");
  if (others.every((one) => one.properties.hidden))
    throw refuse(job, "You can't remove all the visible sheets in a document.");
  dropSheet(job.world, sheet);
  orderTabs(job.world, others);
  const row = job.world.get(spreadsheets, job.spreadsheetId);
  job.world.update(spreadsheets, job.spreadsheetId, {
    namedRanges: (row?.namedRanges ?? []).filter((one) => (one.range.sheetId ?? 0) !== sheetId),
    developerMetadata: (row?.developerMetadata ?? []).filter(({ location }) => {
      if (location.dimensionRange) return (location.dimensionRange.sheetId ?? 0) !== sheetId;
      return location.locationType !== 'SHEET' || (location.sheetId ?? 0) !== sheetId;
    }),
  });
  followTitle(job.world, job.spreadsheetId, sheet.properties.title, undefined);
}

interface DuplicateInput {
  sourceSheetId?: number;
  insertSheetIndex?: number;
  newSheetId?: number;
  newSheetName?: string;
}

export function duplicateSheetRequest(job: Job, input: DuplicateInput): object {
  const source = sheetWithId(job, input.sourceSheetId ?? 0);
  if ((input.newSheetId ?? 0) < 0) throw refuse(job, 'newSheetId must be non-negative.');
  const made = copySheet(
    job.world,
    source,
    job.spreadsheetId,
    {
      sheetId: input.newSheetId,
      title: input.newSheetName || copyTitle(sheetsOf(job.world, job.spreadsheetId), source),
      index: input.insertSheetIndex ?? 0,
    },
    job.asked,
  );
  return { properties: made.properties };
}

/** "Copy of Log", "Copy of Log 1" … */
export function copyTitle(all: readonly SheetRow[], source: SheetRow): string {
  const title = `Copy of ${source.properties.title}`;
  const taken = new Set(all.map((one) => one.properties.title.toLowerCase()));
  if (!taken.has(title.toLowerCase())) return title;
  let n = 1;
  while (taken.has(`${title} ${n}`.toLowerCase())) n++;
  return `${title} ${n}`;
}

export function updateSheetPropertiesRequest(
  job: Job,
  { properties = {}, fields }: { properties?: SheetInput; fields?: string },
): void {
  const sheet = sheetWithId(job, properties.sheetId ?? 0);
  const mask = maskOf(job, fields, SHEET_PROPERTIES);
  const all = sheetsOf(job.world, job.spreadsheetId);
  mustEditSheet(job.world, job.viewer, job.file, sheet, job.asked, true);
  const next = nextProperties(job, sheet, properties, mask);
  checkProperties(job, next, sheet, all);
  cutGrid(job, sheet, next);
  const kept = {
    ...spokenProperties(next),
    sheetId: sheet.properties.sheetId,
    index: sheet.properties.index,
  };
  job.world.update(sheets, sheets.key(sheet), { properties: kept });
  if (next.title !== sheet.properties.title)
    followTitle(job.world, job.spreadsheetId, sheet.properties.title, next.title);
  if ((mask.parts.has('index') || mask.parts.has('*')) && properties.index !== undefined)
    moveTab(job, sheet, properties.index);
}

/** Type and id of a sheet cannot be changed; its place is a matter of all tabs. */
function nextProperties(job: Job, sheet: SheetRow, properties: SheetInput, mask: Mask): SheetProperties {
  const now = sheet.properties;
  const hasGrid = now.sheetType === 'GRID';
  if (!hasGrid && (mask.parts.has('gridProperties') || properties.gridProperties))
    throw refuse(job, 'Grid properties cannot be set on non-grid sheets.');
  const { tabColor, tabColorStyle } = properties;
  const given =
    mask.parts.has('tabColor') && !mask.parts.has('tabColorStyle') ? { tabColor } : { tabColorStyle };
  const parts = new Map(mask.parts);
  for (const name of ['sheetId', 'sheetType', 'index', 'dataSourceSheetProperties']) parts.delete(name);
  if (parts.has('tabColor') || parts.has('tabColorStyle'))
    for (const name of ['tabColor', 'tabColorStyle']) parts.set(name, { all: true, parts: new Map() });
  const colored = withColors({ ...properties, tabColor: undefined, tabColorStyle: undefined, ...given });
  const merged = assign(now, mask.parts.has('*') ? withColors({ ...properties }) : colored, {
    ...mask,
    parts,
  });
  return {
    ...merged,
    title: merged.title ?? '',
    sheetType: now.sheetType,
    gridProperties: hasGrid ? (merged.gridProperties ?? { rowCount: 0, columnCount: 0 }) : now.gridProperties,
  };
}

function sheetWithId(job: Job, sheetId: number): SheetRow {
  const sheet = job.world.get(sheets, `${job.spreadsheetId}/${sheetId}`);
  if (!sheet) throw refuse(job, `No sheet with id: ${sheetId}`);
  return sheet;
}

function checkProperties(job: Job, next: SheetProperties, sheet: SheetRow, all: readonly SheetRow[]): void {
  const others = all.filter((one) => one.properties.sheetId !== sheet.properties.sheetId);
  if (!next.title) throw refuse(job, 'The sheet title must not be empty.');
  if (others.some((one) => one.properties.title.toLowerCase() === next.title.toLowerCase()))
    throw refuse(job, `A sheet with the name "${next.title}" already exists. Please enter another name.`);
  if (next.hidden && others.every((one) => one.properties.hidden))
    throw refuse(job, "You can't hide all the sheets in a document.");
  if (next.sheetType === 'GRID') checkGrid(job.world, job.spreadsheetId, next, job.asked);
}

/** A smaller grid loses what was outside. */
function cutGrid(job: Job, sheet: SheetRow, next: SheetProperties): void {
  const { rowCount, columnCount } = next.gridProperties;
  const before = sheet.properties.gridProperties;
  if (rowCount >= before.rowCount && columnCount >= before.columnCount) return;
  for (const cell of cellsOf(job.world, job.spreadsheetId, sheet.properties.sheetId))
    if (cell.row >= rowCount || cell.column >= columnCount) putCell(job.world, bareCell(cell));
}

/** Zero and false are not said. */
function spokenProperties(properties: SheetProperties): SheetProperties {
  const said = (object: object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== 0 && value !== false));
  const gridProperties = said(properties.gridProperties) as SheetProperties['gridProperties'];
  const { hidden, rightToLeft, ...rest } = properties;
  return { ...rest, gridProperties, ...(hidden ? { hidden } : {}), ...(rightToLeft ? { rightToLeft } : {}) };
}

function moveTab(job: Job, sheet: SheetRow, index: number): void {
  if (index < 0) throw refuse(job, 'index must be non-negative.');
  const all = sheetsOf(job.world, job.spreadsheetId);
  const at = all.findIndex((one) => one.properties.sheetId === sheet.properties.sheetId);
  const [moved] = all.splice(at, 1);
  // The index counts the tabs as they were, with the moved one among them.
  if (moved) all.splice(index > at ? index - 1 : index, 0, moved);
  orderTabs(job.world, all);
}
