/** Requests that write cells: values, formats, notes, runs. */
import type { Mask } from '../../../fields.ts';
import { type GridRange, sheets } from '../../world.ts';
import { type Area, sheetIn } from '../area.ts';
import { type CellData, writtenCell } from '../cellData.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { cellAt, cellsOf, putCell } from '../grid.ts';
import { checkedObjects } from '../object/cellObjects.ts';
import { mustEdit } from '../protection.ts';
import { checkGrid } from '../spreadsheet.ts';
import { areaFrom, editedArea, gridOf, type Job, maskOf, refuse } from './job.ts';
import { CELL } from './shapes.ts';
import { roomInTable } from './table.ts';

interface RowData {
  values?: CellData[];
}

interface UpdateCellsInput {
  rows?: RowData[];
  fields?: string;
  range?: GridRange;
  start?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
}

/** With a range, the masked fields of its cells that no row names are cleared. */
export function updateCellsRequest(job: Job, input: UpdateCellsInput): void {
  const mask = maskOf(job, input.fields, CELL);
  const { rows = [], range, start } = input;
  if (range && start) throw refuse(job, 'Only one of range or start may be specified.');
  const width = rows.reduce((most, row) => Math.max(most, row.values?.length ?? 0), 0);
  const area = range ? editedArea(job, range) : areaFrom(job, start, rows.length, width);
  if (range && (rows.length > area.endRow - area.startRow || width > area.endColumn - area.startColumn))
    throw refuse(job, beyond(area, rows.length));
  const { sheetId } = area.sheet.properties;
  for (let i = 0; i < area.endRow - area.startRow; i++) {
    const values = rows[i]?.values;
    const across = range ? area.endColumn - area.startColumn : (values?.length ?? 0);
    for (let j = 0; j < across; j++) {
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, area.startRow + i, area.startColumn + j);
      putCell(job.world, checkedObjects(job, writtenCell(cell, values?.[j] ?? {}, mask, job.asked), mask));
    }
  }
}

const beyond = (area: Area, height: number): string =>
  height > area.endRow - area.startRow
    ? `Attempting to write row: ${area.endRow}, beyond the last requested row of: ${area.endRow - 1}`
    : `Attempting to write column: ${area.endColumn}, beyond the last requested column of: ${area.endColumn - 1}`;

/** The same cell everywhere in a range; its formula's references follow each place. */
export function repeatCellRequest(
  job: Job,
  { range, cell = {}, fields }: { range?: GridRange; cell?: CellData; fields?: string },
): void {
  const mask = maskOf(job, fields, CELL);
  const area = editedArea(job, range);
  const formula = cell.userEnteredValue?.formulaValue;
  const { sheetId } = area.sheet.properties;
  for (let row = area.startRow; row < area.endRow; row++)
    for (let column = area.startColumn; column < area.endColumn; column++) {
      const moved =
        formula === undefined
          ? cell
          : {
              ...cell,
              userEnteredValue: {
                formulaValue: copiedFormula(formula, row - area.startRow, column - area.startColumn),
              },
            };
      const old = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
      putCell(job.world, checkedObjects(job, writtenCell(old, moved, mask, job.asked), mask));
    }
}

interface AppendInput {
  sheetId?: number;
  /** In its place: below the last row of a table's body. */
  tableId?: string;
  rows?: RowData[];
  fields?: string;
}

/** Rows below the last one with anything in it. */
export function appendCellsRequest(job: Job, { sheetId = 0, tableId, rows = [], fields }: AppendInput): void {
  const mask = maskOf(job, fields, CELL);
  if (tableId) {
    const { area, row } = roomInTable(job, tableId, rows.length);
    writeRows(job, { ...area, startRow: row }, rows, mask);
    return;
  }
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const last = cellsOf(job.world, job.spreadsheetId, sheetId).findLast((cell) => cell.userEnteredValue);
  const startRow = last ? last.row + 1 : 0;
  const width = rows.reduce((most, row) => Math.max(most, row.values?.length ?? 0), 0);
  const grid = gridOf(sheet);
  const gridProperties = {
    ...grid,
    rowCount: Math.max(grid.rowCount, startRow + rows.length),
    columnCount: Math.max(grid.columnCount, width),
  };
  const properties = { ...sheet.properties, gridProperties };
  checkGrid(job.world, job.spreadsheetId, properties, job.asked);
  const grown = job.world.update(sheets, sheets.key(sheet), { properties });
  const area = { sheet: grown, startRow, endRow: startRow + rows.length, startColumn: 0, endColumn: width };
  writeRows(job, area, rows, mask);
}

/** Cells of rows from the corner of an area on. */
function writeRows(job: Job, area: Area, rows: readonly RowData[], mask: Mask): void {
  mustEdit(job.world, job.viewer, job.file, area, job.asked);
  const { sheetId } = area.sheet.properties;
  for (const [i, row] of rows.entries())
    for (const [j, data] of (row.values ?? []).entries()) {
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, area.startRow + i, area.startColumn + j);
      putCell(job.world, checkedObjects(job, writtenCell(cell, data, mask, job.asked), mask));
    }
}
