/** Requests about tables. https://developers.google.com/workspace/sheets/api/guides/tables */

import { BASE64URL } from '../../../../../src/ids.ts';
import { assign } from '../../../fields.ts';
import type { ObjectRow, Table } from '../../world/objects.ts';
import { type Area, gridArea, toGridRange } from '../area.ts';
import { withColors } from '../color.ts';
import { cellsIn, insertDimension } from '../grid.ts';
import { bandsOf } from '../object/appearance.ts';
import { overlap } from '../object/overlap.ts';
import { spoken } from '../object/spoken.ts';
import {
  addObject,
  freeTableName,
  objectsOf,
  objectWith,
  removeObject,
  saveObject,
} from '../object/store.ts';
import { checkedColumns, fillColumns, hasFooter, withDefaults } from '../object/table.ts';
import { type Job, maskOf, refuse } from './job.ts';

export function addTableRequest(job: Job, { table = {} }: { table?: Table }): object {
  const given = table.tableId;
  if (given && objectWith(job.world, job.spreadsheetId, 'table', given))
    throw refuse(job, `A table with ID ${given} already exists.`);
  const area = placeOf(job, table, undefined);
  const name = nameOf(job, table.name, undefined);
  const tableId = given || newId(job);
  const columnProperties = checkedColumns(job, area, table.columnProperties ?? []);
  fillColumns(job, area, columnProperties, true);
  const rowsProperties = withDefaults(table.rowsProperties);
  const made = shaped({ tableId, name, range: toGridRange(area), rowsProperties, columnProperties });
  const { sheetId } = area.sheet.properties;
  addObject(job.world, { spreadsheetId: job.spreadsheetId, sheetId }, 'table', tableId, made);
  return { table: made };
}

/** A footer that comes takes a row more, one that goes a row less. */
export function updateTableRequest(
  job: Job,
  { table = {}, fields }: { table?: Table; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = tableWith(job, table.tableId);
  const named = (name: string) => mask.all || mask.parts.has('*') || mask.parts.has(name);
  const next = { ...assign(row.object, table, mask), tableId: row.id };
  const footer = Number(hasFooter(next)) - Number(hasFooter(row.object));
  const { endRowIndex = 0, ...range } = next.range ?? {};
  const area = placeOf(job, { ...next, range: { ...range, endRowIndex: endRowIndex + footer } }, row);
  const columns = named('columnProperties') ? (table.columnProperties ?? []) : (next.columnProperties ?? []);
  if (named('columnProperties') && columns.some((column) => !column.columnName))
    throw refuse(job, 'Table header row cell must have a value.');
  const columnProperties = checkedColumns(job, area, columns);
  fillColumns(job, area, columnProperties, named('columnProperties'));
  const object = shaped({
    ...next,
    name: nameOf(job, next.name, row),
    range: toGridRange(area),
    rowsProperties: withDefaults(next.rowsProperties),
    columnProperties,
  });
  saveObject(job.world, row, { object, sheetId: area.sheet.properties.sheetId });
}

export function deleteTableRequest(job: Job, { tableId }: { tableId?: string }): void {
  removeObject(job.world, tableWith(job, tableId));
}

/**
 * Makes room for rows below the last one with data in a table's body, before its footer, and gives the first of them.
 * Rows that the table lacks come from below it where that is empty, else rows are put in.
 */
export function roomInTable(job: Job, tableId: string, count: number): { area: Area; row: number } {
  const { object } = tableWith(job, tableId);
  const area = gridArea(job.world, job.spreadsheetId, object.range ?? {}, job.asked);
  const { sheetId, gridProperties } = area.sheet.properties;
  const end = area.endRow - (hasFooter(object) ? 1 : 0);
  const filled = cellsIn(job.world, job.spreadsheetId, sheetId, { ...area, endRow: end });
  const last = filled.findLast((cell) => cell.userEnteredValue && cell.row > area.startRow);
  const row = last ? last.row + 1 : area.startRow + 1;
  const more = Math.max(row + count - end, 0);
  if (more === 0) return { area, row };
  const below = { ...area, startRow: area.endRow, endRow: area.endRow + more };
  const free =
    !hasFooter(object) &&
    below.endRow <= gridProperties.rowCount &&
    cellsIn(job.world, job.spreadsheetId, sheetId, below).length === 0;
  const sheet = free ? area.sheet : insertDimension(job.world, area.sheet, 'row', end, more);
  const moved = tableWith(job, tableId);
  const range = { ...toGridRange(area), endRowIndex: area.endRow + more };
  saveObject(job.world, moved, { object: { ...moved.object, range } });
  return { area: { ...area, sheet, endRow: area.endRow + more }, row };
}

function tableWith(job: Job, id: string = ''): ObjectRow<'table'> {
  const found = objectWith(job.world, job.spreadsheetId, 'table', id);
  if (!found) throw refuse(job, `No table with id: ${id}`);
  return found;
}

function placeOf(job: Job, { range }: Table, itself: ObjectRow<'table'> | undefined): Area {
  if (!range) throw refuse(job, 'Table range is required.');
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  if (area.endRow - area.startRow < 2)
    throw refuse(job, 'A table must have a header row and at least one row.');
  const { sheetId } = area.sheet.properties;
  const others = bandsOf(job.world, job.spreadsheetId, sheetId);
  if (others.some((one) => one.range !== itself?.object.range && overlap(one.range ?? {}, area)))
    throw refuse(
      job,
      'You cannot add alternating background colors to a range that already has alternating background colors.',
    );
  return area;
}

function nameOf(job: Job, name: string | undefined, itself: ObjectRow<'table'> | undefined): string {
  if (!name) return itself?.object.name ?? freeTableName(job.world, job.spreadsheetId);
  const taken = objectsOf(job.world, job.spreadsheetId, 'table').some(
    (row) => row.id !== itself?.id && row.object.name?.toLowerCase() === name.toLowerCase(),
  );
  if (taken) throw refuse(job, `A table with name: ${name} already exists.`);
  return name;
}

const newId = (job: Job): string => job.world.draw('google.table').chars(BASE64URL, 12);

/** Tables name their colours by styles alone. */
function shaped(table: Table): Table {
  const kept = withColors(spoken(table));
  const styles = Object.entries(kept.rowsProperties ?? {}).filter(([name]) => name.endsWith('Style'));
  return { ...kept, rowsProperties: Object.fromEntries(styles) };
}
