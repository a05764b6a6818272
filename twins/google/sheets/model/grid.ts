/** The cells of a sheet: read by rectangle, written one by one, moved when rows and columns come and go. */
import type { World } from '../../../../src/world/world.ts';
import { type CellRow, cellKey, cells, rowPrefix, type SheetRow, sheetPrefix, sheets } from '../world.ts';
import { sheetsOf } from './area.ts';
import { type Shift, shiftedFormula } from './formula/rewrite.ts';

/** Half-open, zero-based. */
export interface Rect {
  startRow: number;
  endRow: number;
  startColumn: number;
  endColumn: number;
}

/** The cells that hold anything, row by row. */
export function cellsIn(world: World, spreadsheetId: string, sheetId: number, rect: Rect): CellRow[] {
  const found: CellRow[] = [];
  if (rect.endRow <= rect.startRow) return found;
  const range = world.list(cells, {
    from: rowPrefix(spreadsheetId, sheetId, rect.startRow),
    to: rowPrefix(spreadsheetId, sheetId, rect.endRow),
  });
  for (const cell of range)
    if (cell.column >= rect.startColumn && cell.column < rect.endColumn) found.push(cell);
  return found;
}

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

/** Keeps the cell; one that holds nothing any more is taken away. */
export function putCell(world: World, cell: CellRow): void {
  const kept = cleaned(cell);
  if (Object.keys(kept).length > 4) world.put(cells, kept);
  else world.remove(cells, cells.key(cell));
}

/** Without keys that have no value. */
function cleaned(cell: CellRow): CellRow {
  const entries = Object.entries(cell).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as unknown as CellRow;
}

/** Puts rows (`ROWS`) or columns into a sheet's grid; what is behind them moves on, formulas follow. */
export function insertDimension(
  world: World,
  sheet: SheetRow,
  dimension: 'row' | 'column',
  at: number,
  count: number,
): SheetRow {
  return shiftGrid(world, sheet, { sheet: sheet.properties.title, dimension, at, by: count });
}

/** Takes rows or columns out of the grid with all they hold; what is behind them moves up. */
export function deleteDimension(
  world: World,
  sheet: SheetRow,
  dimension: 'row' | 'column',
  at: number,
  count: number,
): SheetRow {
  return shiftGrid(world, sheet, { sheet: sheet.properties.title, dimension, at, by: -count });
}

function shiftGrid(world: World, sheet: SheetRow, shift: Shift): SheetRow {
  const { spreadsheetId, properties } = sheet;
  const moved: CellRow[] = [];
  for (const cell of cellsOf(world, spreadsheetId, properties.sheetId)) {
    if (cell[shift.dimension] < shift.at) continue;
    world.remove(cells, cells.key(cell));
    if (shift.by < 0 && cell[shift.dimension] < shift.at - shift.by) continue;
    moved.push({ ...cell, [shift.dimension]: cell[shift.dimension] + shift.by });
  }
  for (const cell of moved) world.put(cells, cell);
  followFormulas(world, spreadsheetId, shift);
  return world.update(sheets, sheets.key(sheet), shiftedSheet(sheet, shift));
}

function followFormulas(world: World, spreadsheetId: string, shift: Shift): void {
  for (const sheet of sheetsOf(world, spreadsheetId))
    for (const cell of cellsOf(world, spreadsheetId, sheet.properties.sheetId)) {
      const formula = cell.userEnteredValue?.formulaValue;
      if (formula === undefined) continue;
      const next = shiftedFormula(formula, sheet.properties.title, shift);
      if (next !== formula) world.put(cells, { ...cell, userEnteredValue: { formulaValue: next } });
    }
}

function shiftedSheet(sheet: SheetRow, shift: Shift): Partial<SheetRow> {
  const grid = sheet.properties.gridProperties;
  const rows = shift.dimension === 'row';
  const gridProperties = rows
    ? { ...grid, rowCount: grid.rowCount + shift.by }
    : { ...grid, columnCount: grid.columnCount + shift.by };
  const metadata = rows ? sheet.rowMetadata : sheet.columnMetadata;
  const shifted = Object.fromEntries(
    Object.entries(metadata).flatMap(([index, value]) => {
      const place = shiftedIndex(Number(index), shift);
      return place === undefined ? [] : [[String(place), value]];
    }),
  );
  return {
    properties: { ...sheet.properties, gridProperties },
    ...(rows ? { rowMetadata: shifted } : { columnMetadata: shifted }),
    merges: sheet.merges.flatMap((merge) => shiftedRange(merge, shift) ?? []),
    protectedRanges: sheet.protectedRanges.flatMap((one) => {
      const range = one.range && shiftedRange(one.range, shift);
      return one.range && !range ? [] : [{ ...one, ...(range ? { range } : {}) }];
    }),
  };
}

/** Where a row or column is after a shift; undefined where it is gone. */
function shiftedIndex(index: number, shift: Shift): number | undefined {
  if (index < shift.at) return index;
  if (shift.by < 0 && index < shift.at - shift.by) return undefined;
  return index + shift.by;
}

interface Bounds {
  startRowIndex?: number;
  endRowIndex?: number;
  startColumnIndex?: number;
  endColumnIndex?: number;
}

/** A range after a shift: it grows and shrinks with what is put into it or taken out; gone when nothing is left. */
export function shiftedRange<R extends Bounds>(range: R, shift: Shift): R | undefined {
  const [start, end] =
    shift.dimension === 'row'
      ? (['startRowIndex', 'endRowIndex'] as const)
      : (['startColumnIndex', 'endColumnIndex'] as const);
  const from = range[start];
  const to = range[end];
  const move = (edge: number, isEnd: boolean): number => {
    const first = isEnd ? edge - 1 : edge;
    if (first < shift.at) return edge;
    return shift.by > 0 ? edge + shift.by : Math.max(edge + shift.by, shift.at);
  };
  const next = {
    ...range,
    ...(from === undefined ? {} : { [start]: move(from, false) }),
    ...(to === undefined ? {} : { [end]: move(to, true) }),
  };
  return from !== undefined && to !== undefined && (next[end] ?? 0) <= (next[start] ?? 0) ? undefined : next;
}
