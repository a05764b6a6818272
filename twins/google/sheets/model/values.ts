/**
 * Values of ranges: read, written, appended, cleared.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values
 */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { touchFile } from '../../drive/model/file.ts';
import type { FileRow } from '../../drive/world.ts';
import { badArgument } from '../../errors.ts';
import { type CellRow, sheets } from '../world.ts';
import { columnName } from './a1.ts';
import { type Area, areaText, clipped, mustFit } from './area.ts';
import { Calculator } from './calculator.ts';
import { entryOf } from './entry.ts';
import { cellAt, cellsIn, insertDimension, putCell } from './grid.ts';
import { EN_US, type Setting, settingOf } from './locale.ts';
import { growTables } from './object/table.ts';
import { mustEdit } from './protection.ts';
import { protoText } from './protoText.ts';
import { checkGrid } from './spreadsheet.ts';
import { tableAt } from './table.ts';

export type Dimension = 'ROWS' | 'COLUMNS';
export type Input = string | number | boolean | null;

export interface Rendering {
  values: 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA';
  dates: 'SERIAL_NUMBER' | 'FORMATTED_STRING';
  dimension: Dimension;
}

export interface ValueRange {
  range: string;
  majorDimension: Dimension;
  values?: (string | number | boolean)[][];
}

export interface UpdateResult {
  spreadsheetId: string;
  updatedRange: string;
  updatedRows?: number;
  updatedColumns?: number;
  updatedCells?: number;
  updatedData?: ValueRange;
}

/** What a write is told. */
export interface Writing {
  values: readonly (readonly Input[])[];
  dimension: Dimension;
  /** `USER_ENTERED`. */
  typed: boolean;
  /** How to show what was written, if it is to be shown. */
  answer?: Rendering;
}

/** The values of a range, without the empty ones at the ends of rows and below. */
export function readValues(world: World, spreadsheetId: string, area: Area, how: Rendering): ValueRange {
  const shown = clipped(area);
  const calculator = new Calculator(world, spreadsheetId);
  const lines: (string | number | boolean)[][] = [];
  const byRows = how.dimension === 'ROWS';
  for (const cell of calculator.cellsIn(area.sheet.properties.sheetId, shown)) {
    const value = render(calculator, cell, how);
    if (value === undefined || value === '') continue;
    const [line, at] = byRows
      ? [cell.row - shown.startRow, cell.column - shown.startColumn]
      : [cell.column - shown.startColumn, cell.row - shown.startRow];
    while (lines.length <= line) lines.push([]);
    const row = lines[line] as (string | number | boolean)[];
    while (row.length < at) row.push('');
    row[at] = value;
  }
  return {
    range: areaText(shown),
    majorDimension: how.dimension,
    ...(lines.length > 0 ? { values: lines } : {}),
  };
}

function render(
  calculator: Calculator,
  cell: CellRow,
  how: Rendering,
): string | number | boolean | undefined {
  if (how.values === 'FORMATTED_VALUE') return calculator.shown(cell);
  if (how.values === 'FORMULA' && cell.userEnteredValue?.formulaValue)
    return cell.userEnteredValue.formulaValue;
  return calculator.plain(
    cell,
    how.dates === 'FORMATTED_STRING' && how.values !== 'FORMULA' ? 'text' : 'serial',
  );
}

/**
 * Writes values from the top left of a range. Throws 400 where they reach out of the range (unless it is one cell) or
 * out of the grid.
 */
export function writeValues(
  world: World,
  viewer: Viewer,
  file: FileRow,
  area: Area,
  writing: Writing,
): UpdateResult {
  checkValues(writing.values);
  const rows = asRows(writing);
  const extent = extentOf(area, rows);
  checkInside(area, extent);
  mustEditValues(world, viewer, file, extent, rows);
  const result = writeRows(world, file.id, mustFit(extent), rows, writing, isOneCell(area) ? extent : area);
  touchFile(world, viewer, file);
  return result;
}

/** Adds rows below the table that a range touches. `tableRange` is there only where there was a table. */
export function appendValues(
  world: World,
  viewer: Viewer,
  file: FileRow,
  area: Area,
  writing: Writing,
  insertRows: boolean,
): { tableRange?: string; updates: UpdateResult } {
  checkValues(writing.values);
  const rows = asRows(writing);
  const table = tableAt(world, area);
  const from = table
    ? { row: table.endRow, column: table.startColumn }
    : { row: area.startRow, column: area.startColumn };
  const corner = { ...area, startRow: from.row, startColumn: from.column };
  const extent = extentOf(corner, rows);
  mustEdit(world, viewer, file, extent);
  let { sheet } = area;
  if (insertRows && table && rows.length > 0 && from.row < sheet.properties.gridProperties.rowCount)
    sheet = insertDimension(world, sheet, 'row', from.row, rows.length);
  sheet = widened(world, { ...extent, sheet });
  const updates = writeRows(world, file.id, { ...extent, sheet }, rows, writing);
  growTables(world, file.id, sheet.properties.sheetId, extent);
  touchFile(world, viewer, file);
  return { ...(table ? { tableRange: areaText({ ...area, ...table }) } : {}), updates };
}

/** Empties the values of a range; formats and notes stay. Answers the range that was cleared. */
export function clearValues(world: World, viewer: Viewer, file: FileRow, area: Area): string {
  const cleared = clipped(area);
  mustEdit(world, viewer, file, cleared);
  for (const cell of cellsIn(world, file.id, area.sheet.properties.sheetId, cleared)) {
    const { userEnteredValue: _value, textFormatRuns: _runs, chipRuns: _chips, ...rest } = cell;
    putCell(world, rest);
  }
  touchFile(world, viewer, file);
  return areaText(cleared);
}

function asRows(writing: Writing): (readonly Input[])[] {
  if (writing.dimension === 'ROWS') return [...writing.values];
  const height = writing.values.reduce((most, column) => Math.max(most, column.length), 0);
  return Array.from({ length: height }, (_, row) => writing.values.map((column) => column[row] ?? null));
}

function extentOf(area: Area, rows: readonly (readonly Input[])[]): Area {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return {
    ...area,
    endRow: area.startRow + Math.max(rows.length, 1),
    endColumn: area.startColumn + Math.max(width, 1),
  };
}

/** One cell is a corner to begin at; anything larger is a bound. */
function checkInside(area: Area, extent: Area): void {
  if (isOneCell(area)) return;
  if (extent.endRow > area.endRow)
    throw badArgument(
      `Requested writing within range [${areaText(area)}], but tried writing to row [${area.endRow + 1}]`,
    );
  if (extent.endColumn > area.endColumn)
    throw badArgument(
      `Requested writing within range [${areaText(area)}], but tried writing to column [${columnName(area.endColumn)}]`,
    );
}

/** Cells that a write passes over (null) may be protected. Throws 400 as `mustEdit`. */
function mustEditValues(
  world: World,
  viewer: Viewer,
  file: FileRow,
  extent: Area,
  rows: readonly (readonly Input[])[],
): void {
  if (extent.sheet.protectedRanges.length === 0) return;
  for (const [i, values] of rows.entries())
    for (const [j, input] of values.entries()) {
      if (input === null || input === undefined) continue;
      const [startRow, startColumn] = [extent.startRow + i, extent.startColumn + j];
      const cell = { startRow, endRow: startRow + 1, startColumn, endColumn: startColumn + 1 };
      mustEdit(world, viewer, file, { sheet: extent.sheet, ...cell });
    }
}

const isOneCell = (area: Area): boolean =>
  area.endRow - area.startRow === 1 && area.endColumn - area.startColumn === 1;

/** Objects and lists are no values of cells. */
function checkValues(values: readonly (readonly unknown[])[]): void {
  for (const [i, line] of values.entries())
    for (const [j, value] of line.entries())
      if (value !== null && typeof value === 'object')
        throw badArgument(`Invalid values[${i}][${j}]: ${protoText(value)}`);
}

/** What several writes changed together; rows, columns and sheets count once. Zero is not said. */
export function totals(writes: readonly { area: Area; result: UpdateResult }[]): Record<string, number> {
  const touched = {
    rows: new Set<string>(),
    columns: new Set<string>(),
    sheets: new Set<number>(),
    cells: 0,
  };
  for (const { area, result } of writes) {
    const { sheetId } = area.sheet.properties;
    for (let i = 0; i < (result.updatedRows ?? 0); i++) touched.rows.add(`${sheetId}/${area.startRow + i}`);
    for (let i = 0; i < (result.updatedColumns ?? 0); i++)
      touched.columns.add(`${sheetId}/${area.startColumn + i}`);
    if (result.updatedCells) touched.sheets.add(sheetId);
    touched.cells += result.updatedCells ?? 0;
  }
  const counts = {
    totalUpdatedRows: touched.rows.size,
    totalUpdatedColumns: touched.columns.size,
    totalUpdatedCells: touched.cells,
    totalUpdatedSheets: touched.sheets.size,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function writeRows(
  world: World,
  spreadsheetId: string,
  extent: Area,
  rows: readonly (readonly Input[])[],
  writing: Writing,
  answered: Area = extent,
): UpdateResult {
  const touched = { rows: new Set<number>(), columns: new Set<number>(), cells: 0 };
  const { sheetId } = extent.sheet.properties;
  const setting = settingOf(world, spreadsheetId);
  for (const [i, values] of rows.entries())
    for (const [j, input] of values.entries()) {
      if (input === null || input === undefined) continue;
      const [row, column] = [extent.startRow + i, extent.startColumn + j];
      putCell(
        world,
        written(cellAt(world, spreadsheetId, sheetId, row, column), input, writing.typed, setting),
      );
      touched.rows.add(row);
      touched.columns.add(column);
      touched.cells++;
    }
  return {
    spreadsheetId,
    updatedRange: areaText(extent),
    ...(touched.cells > 0
      ? { updatedRows: touched.rows.size, updatedColumns: touched.columns.size, updatedCells: touched.cells }
      : {}),
    ...(writing.answer ? { updatedData: readValues(world, spreadsheetId, answered, writing.answer) } : {}),
  };
}

/** The cell with a new value; typing a date or a price also formats a cell that has no such format yet. */
export function written(
  cell: CellRow,
  input: string | number | boolean,
  typed: boolean,
  setting: Setting = EN_US,
): CellRow {
  const own = cell.userEnteredFormat?.numberFormat;
  const { value, format } = entryOf(input, typed && own?.type !== 'TEXT', setting);
  const { userEnteredValue: _value, textFormatRuns: _runs, chipRuns: _chips, ...rest } = cell;
  return {
    ...rest,
    ...(value ? { userEnteredValue: value } : {}),
    ...(format && format.type !== own?.type
      ? { userEnteredFormat: { ...cell.userEnteredFormat, numberFormat: format } }
      : {}),
  };
}

/** The sheet, with a grid large enough for an area. */
function widened(world: World, area: Area) {
  const { sheet } = area;
  const grid = sheet.properties.gridProperties;
  const gridProperties = {
    ...grid,
    rowCount: Math.max(grid.rowCount, area.endRow),
    columnCount: Math.max(grid.columnCount, area.endColumn),
  };
  if (gridProperties.rowCount === grid.rowCount && gridProperties.columnCount === grid.columnCount)
    return sheet;
  const properties = { ...sheet.properties, gridProperties };
  checkGrid(world, sheet.spreadsheetId, properties, 'requests[0].append');
  return world.update(sheets, sheets.key(sheet), { properties });
}
