/** Requests that write cells: values, formats, notes, validation. */
import { missingPart } from '../../../errors.ts';
import { assign, type Mask } from '../../../fields.ts';
import type { DataValidationRule } from '../../world/objects.ts';
import { type CellRow, type GridRange, sheets } from '../../world.ts';
import { type Area, gridArea, sheetIn } from '../area.ts';
import { withColors } from '../color.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { cellAt, cellsIn, cellsOf, putCell } from '../grid.ts';
import { checkSize } from '../spreadsheet.ts';
import { type Job, maskOf, refuse } from './job.ts';

type CellData = Partial<Omit<CellRow, 'spreadsheetId' | 'sheetId' | 'row' | 'column'>>;
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
  const mask = maskOf(job, input.fields);
  const area = input.range
    ? gridArea(job.world, job.spreadsheetId, input.range, job.asked)
    : startArea(job, input);
  for (let i = 0; i < area.endRow - area.startRow; i++)
    for (let j = 0; j < area.endColumn - area.startColumn; j++)
      writeCell(job, area, area.startRow + i, area.startColumn + j, input.rows?.[i]?.values?.[j] ?? {}, mask);
}

function startArea(job: Job, input: UpdateCellsInput): Area {
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = input.start ?? {};
  const rows = input.rows ?? [];
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const width = rows.reduce((most, row) => Math.max(most, row.values?.length ?? 0), 0);
  const area = {
    sheet,
    startRow: rowIndex,
    endRow: rowIndex + rows.length,
    startColumn: columnIndex,
    endColumn: columnIndex + width,
  };
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  if (area.endRow > rowCount)
    throw refuse(
      job,
      `Attempting to write row: ${rowCount}, beyond the last requested row of: ${rowCount - 1}`,
    );
  if (area.endColumn > columnCount)
    throw refuse(
      job,
      `Attempting to write column: ${columnCount}, beyond the last requested column of: ${columnCount - 1}`,
    );
  return area;
}

/** The same cell everywhere in a range; its formula's references follow each place. */
export function repeatCellRequest(
  job: Job,
  { range = {}, cell = {}, fields }: { range?: GridRange; cell?: CellData; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  const formula = cell.userEnteredValue?.formulaValue;
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
      writeCell(job, area, row, column, moved, mask);
    }
}

/** Rows below the last one with anything in it. */
export function appendCellsRequest(
  job: Job,
  { sheetId = 0, rows = [], fields }: { sheetId?: number; rows?: RowData[]; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const last = cellsOf(job.world, job.spreadsheetId, sheetId).findLast((cell) => cell.userEnteredValue);
  const startRow = last ? last.row + 1 : 0;
  const width = rows.reduce((most, row) => Math.max(most, row.values?.length ?? 0), 0);
  const grid = sheet.properties.gridProperties;
  const gridProperties = {
    ...grid,
    rowCount: Math.max(grid.rowCount, startRow + rows.length),
    columnCount: Math.max(grid.columnCount, width),
  };
  const properties = { ...sheet.properties, gridProperties };
  checkSize([properties], job.asked);
  const grown = job.world.update(sheets, sheets.key(sheet), { properties });
  const area = { sheet: grown, startRow, endRow: startRow + rows.length, startColumn: 0, endColumn: width };
  for (const [i, row] of rows.entries())
    for (const [j, cell] of (row.values ?? []).entries()) writeCell(job, area, startRow + i, j, cell, mask);
}

/** No rule takes the validation away. */
export function setDataValidationRequest(
  job: Job,
  { range = {}, rule }: { range?: GridRange; rule?: DataValidationRule },
): void {
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  for (let row = area.startRow; row < area.endRow; row++)
    for (let column = area.startColumn; column < area.endColumn; column++) {
      const cell = cellAt(job.world, job.spreadsheetId, area.sheet.properties.sheetId, row, column);
      putCell(job.world, { ...cell, dataValidation: rule });
    }
}

function writeCell(job: Job, area: Area, row: number, column: number, data: CellData, mask: Mask): void {
  const cell = cellAt(job.world, job.spreadsheetId, area.sheet.properties.sheetId, row, column);
  const { spreadsheetId, sheetId, ...content } = cell;
  const { row: _row, column: _column, ...fields } = content;
  const next = assign(fields as CellData, data, mask);
  const format = next.userEnteredFormat;
  putCell(job.world, {
    spreadsheetId,
    sheetId,
    row,
    column,
    ...next,
    ...(format && Object.keys(format).length > 0
      ? { userEnteredFormat: withColors(format) }
      : { userEnteredFormat: undefined }),
  });
}
