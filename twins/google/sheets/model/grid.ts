/** The cells of a sheet: read by rectangle, written one by one, moved when rows and columns come and go. */
import type { World } from '../../../../src/world/world.ts';
import {
  type CellRow,
  cellKey,
  cells,
  type DimensionProperties,
  type GridProperties,
  rowPrefix,
  type SheetRow,
  sheetPrefix,
  sheets,
} from '../world.ts';
import { followMove } from './follow.ts';
import { type Axis, bandShift, dimensionMove, dimensionShift, reordered } from './move.ts';

/** Half-open, zero-based. */
export interface Rect {
  startRow: number;
  endRow: number;
  startColumn: number;
  endColumn: number;
}

/** The cells that hold anything, row by row. */
export function cellsIn(world: World, spreadsheetId: string, sheetId: number, rect: Rect): CellRow[] {
  if (rect.endRow <= rect.startRow) return [];
  const oneRow = rect.endRow - rect.startRow === 1;
  const range = world.list(cells, {
    from: oneRow
      ? cellKey(spreadsheetId, sheetId, rect.startRow, rect.startColumn)
      : rowPrefix(spreadsheetId, sheetId, rect.startRow),
    to: oneRow
      ? cellKey(spreadsheetId, sheetId, rect.startRow, rect.endColumn)
      : rowPrefix(spreadsheetId, sheetId, rect.endRow),
  });
  return range.toArray().filter((cell) => cell.column >= rect.startColumn && cell.column < rect.endColumn);
}

/** All that a sheet's grid has room for. */
export const wholeGrid = (sheet: SheetRow): Rect => ({
  startRow: 0,
  endRow: sheet.properties.gridProperties.rowCount,
  startColumn: 0,
  endColumn: sheet.properties.gridProperties.columnCount,
});

/** All cells of a sheet, row by row. */
export const cellsOf = (world: World, spreadsheetId: string, sheetId: number): CellRow[] =>
  world.list(cells, { prefix: sheetPrefix(spreadsheetId, sheetId) }).toArray();

/** The cell, or an empty one. */
export const cellAt = (
  world: World,
  spreadsheetId: string,
  sheetId: number,
  row: number,
  column: number,
): CellRow =>
  world.get(cells, cellKey(spreadsheetId, sheetId, row, column)) ?? { spreadsheetId, sheetId, row, column };

/** Keeps the cell; one that holds nothing any more is taken away. A value takes the place of a pivot table. */
export function putCell(world: World, cell: CellRow): void {
  const kept = cleaned(cell.userEnteredValue && cell.pivotTable ? { ...cell, pivotTable: undefined } : cell);
  if (Object.keys(kept).length > 4) world.put(cells, kept);
  else world.remove(cells, cells.key(cell));
}

/** The cell's place with nothing in it: what `putCell` takes away. */
export const bareCell = ({ spreadsheetId, sheetId, row, column }: CellRow): CellRow => ({
  spreadsheetId,
  sheetId,
  row,
  column,
});

/** Without keys that have no value. */
function cleaned(cell: CellRow): CellRow {
  const entries = Object.entries(cell).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as unknown as CellRow;
}

/** Puts rows or columns into a sheet's grid; what is behind them moves on, whatever names them follows. */
export function insertDimension(
  world: World,
  sheet: SheetRow,
  axis: Axis,
  at: number,
  count: number,
): SheetRow {
  return shiftGrid(world, sheet, axis, at, count);
}

/** Takes rows or columns out of the grid with all they hold; what is behind them moves up. */
export function deleteDimension(
  world: World,
  sheet: SheetRow,
  axis: Axis,
  at: number,
  count: number,
): SheetRow {
  return shiftGrid(world, sheet, axis, at, -count);
}

/** Moves rows or columns before what is at `to`, with all they hold. */
export function moveDimension(
  world: World,
  sheet: SheetRow,
  axis: Axis,
  { start, end, to }: { start: number; end: number; to: number },
): void {
  const place = (index: number) => reordered(index, start, end, to);
  const from = Math.min(start, to);
  const until = Math.max(end, to);
  const rect =
    axis === 'row'
      ? { ...EVERYWHERE, startRow: from, endRow: until }
      : { ...EVERYWHERE, startColumn: from, endColumn: until };
  const { sheetId } = sheet.properties;
  moveCells(world, cellsIn(world, sheet.spreadsheetId, sheetId, rect), (cell) => ({
    ...cell,
    [axis]: place(cell[axis]),
  }));
  const name = metadataOf(axis);
  world.update(sheets, sheets.key(sheet), { [name]: replaced(sheet[name], place) });
  followMove(world, sheet.spreadsheetId, dimensionMove(sheetId, axis, start, end, to));
}

/** Makes room in a part of the sheet (`insert`), or closes it; the grid stays as large, what falls out is gone. */
export function shiftRange(
  world: World,
  sheet: SheetRow,
  axis: Axis,
  rect: Rect,
  change: 'insert' | 'delete',
): void {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const [at, end] = axis === 'row' ? [rect.startRow, rect.endRow] : [rect.startColumn, rect.endColumn];
  const by = change === 'insert' ? end - at : at - end;
  const limit = axis === 'row' ? rowCount : columnCount;
  const touched: Rect = axis === 'row' ? { ...rect, endRow: rowCount } : { ...rect, endColumn: columnCount };
  const { sheetId } = sheet.properties;
  moveCells(world, cellsIn(world, sheet.spreadsheetId, sheetId, touched), (cell) => {
    if (by < 0 && cell[axis] < end) return undefined;
    return cell[axis] + by < limit ? { ...cell, [axis]: cell[axis] + by } : undefined;
  });
  const sign = change === 'insert' ? 1 : -1;
  followMove(world, sheet.spreadsheetId, bandShift(sheetId, axis, rect, sign));
}

/** Takes cells up and puts them down elsewhere; where there is no place they are gone. */
function moveCells(
  world: World,
  found: readonly CellRow[],
  place: (cell: CellRow) => CellRow | undefined,
): void {
  const moved = found.flatMap((cell) => place(cell) ?? []);
  const taken = new Set(moved.map(placeNumber));
  for (const cell of found) if (!taken.has(placeNumber(cell))) world.remove(cells, cells.key(cell));
  for (const cell of moved) world.put(cells, cell);
}

/** A cell's place in its sheet; columns have five digits. */
const placeNumber = ({ row, column }: CellRow): number => row * 100_000 + column;

/** Whatever room a grid may have. */
const EVERYWHERE: Rect = {
  startRow: 0,
  endRow: 99_999_999,
  startColumn: 0,
  endColumn: Number.MAX_SAFE_INTEGER,
};

function shiftGrid(world: World, sheet: SheetRow, axis: Axis, at: number, by: number): SheetRow {
  const { spreadsheetId, properties } = sheet;
  const { sheetId } = properties;
  const behind = { ...EVERYWHERE, [axis === 'row' ? 'startRow' : 'startColumn']: at };
  moveCells(world, cellsIn(world, spreadsheetId, sheetId, behind), (cell) =>
    by < 0 && cell[axis] < at - by ? undefined : { ...cell, [axis]: cell[axis] + by },
  );
  const name = metadataOf(axis);
  world.update(sheets, sheets.key(sheet), {
    properties: { ...properties, gridProperties: resizedGrid(properties.gridProperties, axis, at, by) },
    [name]: replaced(sheet[name], (index) => {
      if (index < at) return index;
      return by < 0 && index < at - by ? undefined : index + by;
    }),
  });
  followMove(world, spreadsheetId, dimensionShift(sheetId, axis, at, by));
  return world.get(sheets, sheets.key(sheet)) as SheetRow;
}

/** Frozen lines grow and shrink with what is put among them or taken out. */
function resizedGrid(grid: GridProperties, axis: Axis, at: number, by: number): GridProperties {
  const [count, frozen] =
    axis === 'row'
      ? (['rowCount', 'frozenRowCount'] as const)
      : (['columnCount', 'frozenColumnCount'] as const);
  const next = { ...grid, [count]: grid[count] + by };
  const fixed = grid[frozen] ?? 0;
  if (fixed <= at) return next;
  const left = by > 0 ? fixed + by : Math.max(fixed + by, at);
  if (left > 0) return { ...next, [frozen]: left };
  const { [frozen]: _none, ...rest } = next;
  return rest as GridProperties;
}

const metadataOf = (axis: Axis) => (axis === 'row' ? 'rowMetadata' : 'columnMetadata');

function replaced(
  metadata: Readonly<Record<string, DimensionProperties>>,
  place: (index: number) => number | undefined,
): Record<string, DimensionProperties> {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([index, value]) => {
      const next = place(Number(index));
      return next === undefined ? [] : [[String(next), value]];
    }),
  );
}
