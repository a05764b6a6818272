/** Requests about whole sheets and the spreadsheet's own properties. */
import { touchFile } from '../../../drive/model/file.ts';
import { assign, type Mask } from '../../../fields.ts';
import {
  cells,
  type SheetProperties,
  type SheetRow,
  type SpreadsheetRow,
  sheets,
  spreadsheets,
} from '../../world.ts';
import { sheetsOf } from '../area.ts';
import { withColors } from '../color.ts';
import { cellsOf } from '../grid.ts';
import { addSheet, checkSize, copySheet, dropSheet, orderTabs, type SheetInput } from '../spreadsheet.ts';
import { type Job, maskOf, refuse } from './job.ts';

export function addSheetRequest(job: Job, { properties = {} }: { properties?: SheetInput }): object {
  const sheet = addSheet(job.world, job.spreadsheetId, withColors(properties), job.asked);
  return { properties: sheet.properties };
}

export function deleteSheetRequest(job: Job, { sheetId = 0 }: { sheetId?: number }): void {
  const sheet = sheetWithId(job, sheetId);
  const all = sheetsOf(job.world, job.spreadsheetId);
  if (all.length === 1) throw refuse(job, "You can't remove all the sheets in a document.");
  dropSheet(job.world, sheet);
  orderTabs(
    job.world,
    all.filter((one) => one !== sheet),
  );
  const row = job.world.get(spreadsheets, job.spreadsheetId);
  job.world.update(spreadsheets, job.spreadsheetId, {
    namedRanges: (row?.namedRanges ?? []).filter((one) => (one.range.sheetId ?? 0) !== sheetId),
  });
}

interface DuplicateInput {
  sourceSheetId?: number;
  insertSheetIndex?: number;
  newSheetId?: number;
  newSheetName?: string;
}

export function duplicateSheetRequest(job: Job, input: DuplicateInput): object {
  const source = sheetWithId(job, input.sourceSheetId ?? 0);
  const made = copySheet(
    job.world,
    source,
    job.spreadsheetId,
    {
      sheetId: input.newSheetId,
      title:
        input.newSheetName ??
        copyTitle(job.world.list(sheets, { prefix: `${job.spreadsheetId}/` }).toArray(), source),
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
  const mask = maskOf(job, fields);
  const all = sheetsOf(job.world, job.spreadsheetId);
  const merged = assign(sheet.properties, properties, withoutFixed(mask));
  const next = withColors({
    ...merged,
    title: merged.title ?? '',
    gridProperties: merged.gridProperties ?? {},
  });
  checkProperties(job, next, sheet, all);
  cutGrid(job, sheet, next);
  job.world.update(sheets, sheets.key(sheet), {
    properties: { ...spoken(next), sheetId: sheet.properties.sheetId, index: sheet.properties.index },
  });
  if ((mask.parts.has('index') || mask.parts.has('*')) && properties.index !== undefined)
    moveTab(job, sheet, properties.index);
}

export function updateSpreadsheetPropertiesRequest(
  job: Job,
  { properties = {}, fields }: { properties?: Record<string, unknown>; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = job.world.require(spreadsheets, job.spreadsheetId, () => refuse(job, 'No spreadsheet'));
  const { title } = properties;
  if ((mask.all || mask.parts.has('title')) && typeof title === 'string')
    job.file = touchFile(job.world, job.viewer, job.file, { name: title });
  const next = assign(row.properties, properties, mask) as SpreadsheetRow['properties'] & { title?: string };
  const { title: _title, ...kept } = next;
  job.world.update(spreadsheets, job.spreadsheetId, { properties: kept });
}

function sheetWithId(job: Job, sheetId: number): SheetRow {
  const sheet = job.world.get(sheets, `${job.spreadsheetId}/${sheetId}`);
  if (!sheet) throw refuse(job, `No sheet with id: ${sheetId}`);
  return sheet;
}

/** Type and id of a sheet cannot be changed; its place is a matter of all tabs. */
function withoutFixed(mask: Mask): Mask {
  const parts = new Map(mask.parts);
  for (const name of ['sheetId', 'sheetType', 'index']) parts.delete(name);
  return { ...mask, parts };
}

function checkProperties(job: Job, next: SheetProperties, sheet: SheetRow, all: readonly SheetRow[]): void {
  const others = all.filter((one) => one.properties.sheetId !== sheet.properties.sheetId);
  if (!next.title) throw refuse(job, 'The sheet title must not be empty.');
  if (others.some((one) => one.properties.title.toLowerCase() === next.title.toLowerCase()))
    throw refuse(job, `A sheet with the name "${next.title}" already exists. Please enter another name.`);
  if (next.hidden && others.every((one) => one.properties.hidden))
    throw refuse(job, "You can't hide all the sheets in a document.");
  if (next.sheetType === 'OBJECT') return;
  const { rowCount, columnCount, frozenRowCount = 0, frozenColumnCount = 0 } = next.gridProperties;
  if (!(rowCount > 0)) throw refuse(job, "You can't delete all the rows on the sheet.");
  if (!(columnCount > 0)) throw refuse(job, "You can't delete all the columns on the sheet.");
  if (frozenRowCount >= rowCount && frozenRowCount > 0)
    throw refuse(job, "You can't freeze all visible rows on the sheet.");
  if (frozenColumnCount >= columnCount && frozenColumnCount > 0)
    throw refuse(job, "You can't freeze all visible columns on the sheet.");
  checkSize([...others.map((one) => one.properties), next], job.asked);
}

/** A smaller grid loses what was outside. */
function cutGrid(job: Job, sheet: SheetRow, next: SheetProperties): void {
  const { rowCount, columnCount } = next.gridProperties;
  const before = sheet.properties.gridProperties;
  if (rowCount >= before.rowCount && columnCount >= before.columnCount) return;
  for (const cell of cellsOf(job.world, job.spreadsheetId, sheet.properties.sheetId))
    if (cell.row >= rowCount || cell.column >= columnCount) job.world.remove(cells, cells.key(cell));
}

/** Zero and false are not said. */
function spoken(properties: SheetProperties): SheetProperties {
  const said = (object: object) =>
    Object.fromEntries(Object.entries(object).filter(([, value]) => value !== 0 && value !== false));
  const { rowCount, columnCount } = properties.gridProperties;
  const gridProperties = { ...said(properties.gridProperties), rowCount, columnCount };
  const { hidden, rightToLeft, ...rest } = properties;
  return { ...rest, gridProperties, ...(hidden ? { hidden } : {}), ...(rightToLeft ? { rightToLeft } : {}) };
}

function moveTab(job: Job, sheet: SheetRow, index: number): void {
  const all = sheetsOf(job.world, job.spreadsheetId);
  const at = all.findIndex((one) => one.properties.sheetId === sheet.properties.sheetId);
  const [moved] = all.splice(at, 1);
  // The index counts the tabs as they were, with the moved one among them.
  if (moved) all.splice(index > at ? index - 1 : index, 0, moved);
  orderTabs(job.world, all);
}
