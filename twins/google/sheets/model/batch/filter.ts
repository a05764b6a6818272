/** Requests about filters: the one of a sheet, and filter views. */
import { assign, type Mask } from '../../../fields.ts';
import type { BasicFilter, FilterCriteria, FilterView, ObjectRow } from '../../world/objects.ts';
import { type GridRange, sheets, spreadsheets } from '../../world.ts';
import { type Area, gridArea, sheetIn } from '../area.ts';
import { withColors } from '../color.ts';
import { checkCondition } from '../object/condition.ts';
import { withBothForms } from '../object/filter.ts';
import { spoken } from '../object/spoken.ts';
import { addObject, freeObjectId, objectsOf, objectWith, removeObject, saveObject } from '../object/store.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { sortRangeRequest } from './sort.ts';

/** The rows below the header are put in the order that the filter says, as choosing it in the sheet does. */
export function setBasicFilterRequest(job: Job, { filter = {} }: { filter?: BasicFilter }): void {
  if (filter.range && filter.tableId) throw refuse(job, 'Only one of range or tableId may be set.');
  const range = filter.tableId ? tableRange(job, filter.tableId) : (filter.range ?? {});
  const { area, made } = checked(job, { ...filter, range });
  job.world.update(sheets, sheets.key(area.sheet), { basicFilter: made });
  if (!made.sortSpecs?.length || area.endRow - area.startRow < 2) return;
  const { startColumn: startColumnIndex, endColumn: endColumnIndex, endRow: endRowIndex } = area;
  const below = { startRowIndex: area.startRow + 1, endRowIndex, startColumnIndex, endColumnIndex };
  const { sheetId } = area.sheet.properties;
  sortRangeRequest(job, { range: { sheetId, ...below }, sortSpecs: made.sortSpecs });
}

export function clearBasicFilterRequest(job: Job, { sheetId = 0 }: { sheetId?: number }): void {
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  job.world.update(sheets, sheets.key(sheet), { basicFilter: undefined });
}

export function addFilterViewRequest(job: Job, { filter = {} }: { filter?: FilterView }): object {
  const given = filter.filterViewId;
  if (given !== undefined && objectWith(job.world, job.spreadsheetId, 'filterView', given))
    throw refuse(job, `A filter view with ID ${given} already exists.`);
  return { filter: addView(job, filter, given) };
}

export function duplicateFilterViewRequest(job: Job, { filterId = 0 }: { filterId?: number }): object {
  const { object } = viewWith(job, filterId);
  return { filter: addView(job, { ...object, title: `Copy of ${object.title}` }, undefined) };
}

export function updateFilterViewRequest(
  job: Job,
  { filter = {}, fields }: { filter?: FilterView; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = viewWith(job, filter.filterViewId ?? 0);
  const named = (name: string) => mask.all || mask.parts.has('*') || mask.parts.has(name);
  const next = assign(row.object, filter, mask);
  const { area, made } = checked(job, {
    ...next,
    ...criteriaAfter(row.object, filter, mask),
    ...(named('namedRangeId') || named('tableId') ? backed(job, next) : {}),
    title: next.title ?? row.object.title,
    filterViewId: row.object.filterViewId,
  });
  saveObject(job.world, row, { object: made, sheetId: area.sheet.properties.sheetId });
}

export function deleteFilterViewRequest(job: Job, { filterId = 0 }: { filterId?: number }): void {
  removeObject(job.world, viewWith(job, filterId));
}

/** The form of the criteria that the mask names counts; of both, `filterSpecs`. */
function criteriaAfter(old: FilterView, given: FilterView, mask: Mask): Partial<BasicFilter> {
  const all = mask.all || mask.parts.has('*');
  if (all) return {};
  if (mask.parts.has('filterSpecs')) return { criteria: undefined };
  if (!mask.parts.has('criteria')) return {};
  return { filterSpecs: undefined, criteria: assign(old, given, mask).criteria };
}

function addView(job: Job, filter: FilterView, given: number | undefined): FilterView {
  const id = given ?? freeObjectId(job.world, job.spreadsheetId, ['filterView']);
  const title = filter.title || freeTitle(job);
  const { area, made } = checked(job, { ...filter, ...backed(job, filter), title, filterViewId: id });
  const place = { spreadsheetId: job.spreadsheetId, sheetId: area.sheet.properties.sheetId };
  addObject(job.world, place, 'filterView', id, made);
  return made;
}

/** The range of what a view is backed by: a named range, a table, or its own. */
function backed(job: Job, { range, namedRangeId, tableId }: FilterView): { range: GridRange } {
  if ([range, namedRangeId, tableId].filter((one) => one !== undefined && one !== '').length > 1 && !range)
    throw refuse(job, 'Only one of range, namedRangeId or tableId may be set.');
  if (tableId) return { range: tableRange(job, tableId) };
  if (!namedRangeId) return { range: range ?? {} };
  const named = job.world
    .get(spreadsheets, job.spreadsheetId)
    ?.namedRanges.find((one) => one.namedRangeId === namedRangeId);
  if (!named) throw refuse(job, `Cannot find named range with id: ${namedRangeId}`);
  return { range: named.range };
}

function tableRange(job: Job, tableId: string): GridRange {
  const table = objectWith(job.world, job.spreadsheetId, 'table', tableId);
  if (!table) throw refuse(job, `No table with id: ${tableId}`);
  return table.object.range ?? {};
}

function freeTitle(job: Job): string {
  const taken = new Set(objectsOf(job.world, job.spreadsheetId, 'filterView').map((row) => row.object.title));
  let n = 1;
  while (taken.has(`Filter ${n}`)) n++;
  return `Filter ${n}`;
}

function viewWith(job: Job, id: number): ObjectRow<'filterView'> {
  const found = objectWith(job.world, job.spreadsheetId, 'filterView', id);
  if (!found) throw refuse(job, `No filter view with id: ${id}`);
  return found;
}

function checked<F extends BasicFilter>(job: Job, filter: F): { area: Area; made: F } {
  const area = gridArea(job.world, job.spreadsheetId, filter.range ?? {}, job.asked);
  const made = withBothForms(filter);
  for (const spec of made.filterSpecs ?? []) {
    checkColumn(job, area, spec.columnIndex ?? 0);
    checkCriteria(job, spec.filterCriteria ?? {});
  }
  for (const sort of made.sortSpecs ?? []) checkColumn(job, area, sort.dimensionIndex ?? 0);
  return { area, made: withColors(spoken(made)) };
}

function checkColumn(job: Job, area: Area, index: number): void {
  if (!(index >= area.startColumn && index < area.endColumn))
    throw refuse(
      job,
      `Column index ${index} is outside of the filter's range, which has columns ${area.startColumn} to ${area.endColumn - 1}.`,
    );
}

/** Throws 400 for conditions that filters do not take, and for both colours at once. */
export function checkCriteria(job: Job, criteria: FilterCriteria): void {
  if (criteria.condition) checkCondition(job, criteria.condition, 'filters');
  const background = criteria.visibleBackgroundColorStyle ?? criteria.visibleBackgroundColor;
  const foreground = criteria.visibleForegroundColorStyle ?? criteria.visibleForegroundColor;
  if (background && foreground)
    throw refuse(job, 'Only one of visibleBackgroundColor or visibleForegroundColor may be set.');
  for (const style of [criteria.visibleBackgroundColorStyle, criteria.visibleForegroundColorStyle])
    if (style && style.rgbColor === undefined) throw refuse(job, 'Filter colors must be RGB colors.');
}
