/** Places in a spreadsheet: a text or a `GridRange` found out against the sheets that there are. */
import type { World } from '../../../../src/world/world.ts';
import { badArgument } from '../../errors.ts';
import { type GridRange, type SheetRow, sheets, spreadsheets } from '../world.ts';
import { type A1Range, columnName, parseA1, splitA1, writeA1, writeTitle } from './a1.ts';
import type { Rect } from './grid.ts';

/** A closed rectangle on one sheet. Half-open, zero-based; may reach beyond the grid where a caller allows it. */
export interface Area {
  sheet: SheetRow;
  startRow: number;
  endRow: number;
  startColumn: number;
  endColumn: number;
}

/** The sheets of a spreadsheet in the order of their tabs. */
export const sheetsOf = (world: World, spreadsheetId: string): SheetRow[] =>
  world
    .list(sheets, { prefix: `${spreadsheetId}/` })
    .toArray()
    .sort((a, b) => a.properties.index - b.properties.index);

/**
 * The area that `text` means, open sides closed by the grid. Throws 400 `Unable to parse range`, and
 * `exceeds grid limits` where it begins outside.
 */
export function areaOf(world: World, spreadsheetId: string, text: string): Area {
  const found = place(world, spreadsheetId, text);
  if (!found) throw badArgument(`Unable to parse range: ${text}`);
  const { sheet, range } = found;
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const area: Area = {
    sheet,
    startRow: range.startRow ?? 0,
    endRow: range.endRow ?? Math.max(rowCount, (range.startRow ?? 0) + 1),
    startColumn: range.startColumn ?? 0,
    endColumn: range.endColumn ?? Math.max(columnCount, (range.startColumn ?? 0) + 1),
  };
  if (area.startRow >= rowCount || area.startColumn >= columnCount) throw exceeds(area);
  return area;
}

/** The same, cut at the edges of the grid. */
export function clipped(area: Area): Area {
  const { rowCount, columnCount } = area.sheet.properties.gridProperties;
  return {
    ...area,
    endRow: Math.min(area.endRow, rowCount),
    endColumn: Math.min(area.endColumn, columnCount),
  };
}

/** Throws `exceeds grid limits` where the area reaches out of the grid. */
export function mustFit(area: Area): Area {
  const { rowCount, columnCount } = area.sheet.properties.gridProperties;
  if (area.endRow > rowCount || area.endColumn > columnCount) throw exceeds(area);
  return area;
}

/** `Sheet1!A1:B2` as the vendor writes it. */
export const areaText = (area: Area): string => `${writeTitle(area.sheet.properties.title)}!${writeA1(area)}`;

/** A `GridRange` closed by its sheet's grid. `asked` names the request that it stands in. */
export function gridArea(world: World, spreadsheetId: string, range: GridRange, asked: string): Area {
  const sheet = sheetIn(world, spreadsheetId, range.sheetId ?? 0, asked);
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const {
    startRowIndex = 0,
    endRowIndex = rowCount,
    startColumnIndex = 0,
    endColumnIndex = columnCount,
  } = range;
  const refuse = (why: string) => badArgument(`Invalid ${asked}: ${why}`);
  if (Math.min(startRowIndex, endRowIndex, startColumnIndex, endColumnIndex) < 0)
    throw refuse('GridRange indexes must be >= 0');
  if (endRowIndex < startRowIndex && range.endRowIndex !== undefined)
    throw refuse(`endRowIndex[${endRowIndex}] cannot be before startRowIndex[${startRowIndex}]`);
  if (endColumnIndex < startColumnIndex && range.endColumnIndex !== undefined)
    throw refuse(`endColumnIndex[${endColumnIndex}] cannot be before startColumnIndex[${startColumnIndex}]`);
  if (startRowIndex >= rowCount || startColumnIndex >= columnCount)
    throw refuse(
      `Range (${writeTitle(sheet.properties.title)}!${columnName(startColumnIndex)}${startRowIndex + 1}) exceeds grid ` +
        `limits. Max rows: ${rowCount}, max columns: ${columnCount}`,
    );
  return {
    sheet,
    startRow: startRowIndex,
    endRow: Math.min(endRowIndex, rowCount),
    startColumn: startColumnIndex,
    endColumn: Math.min(endColumnIndex, columnCount),
  };
}

/** A `GridRange` as a rectangle; open sides reach as far as there can be cells. */
export const closed = (range: GridRange): Rect => ({
  startRow: range.startRowIndex ?? 0,
  endRow: range.endRowIndex ?? ROWS_END,
  startColumn: range.startColumnIndex ?? 0,
  endColumn: range.endColumnIndex ?? COLUMNS_END,
});

/** Beyond every row and column that a sheet can have. */
const ROWS_END = 10_000_001;
const COLUMNS_END = 18_279;

/** The sheet of that id. Throws 400 `No grid with id`. */
export function sheetIn(world: World, spreadsheetId: string, sheetId: number, asked: string): SheetRow {
  const sheet = world.get(sheets, `${spreadsheetId}/${sheetId}`);
  // A sheet of a chart alone has no grid.
  if (!sheet || sheet.properties.sheetType === 'OBJECT')
    throw badArgument(`Invalid ${asked}: No grid with id: ${sheetId}`);
  return sheet;
}

/** The area as a `GridRange` of an answer: `sheetId` 0 is not said. */
export const toGridRange = (area: Area): GridRange => ({
  ...(area.sheet.properties.sheetId === 0 ? {} : { sheetId: area.sheet.properties.sheetId }),
  startRowIndex: area.startRow,
  endRowIndex: area.endRow,
  startColumnIndex: area.startColumn,
  endColumnIndex: area.endColumn,
});

function exceeds(area: Area): Error {
  const { rowCount, columnCount } = area.sheet.properties.gridProperties;
  return badArgument(
    `Range (${areaText(area)}) exceeds grid limits. Max rows: ${rowCount}, max columns: ${columnCount}`,
  );
}

function place(
  world: World,
  spreadsheetId: string,
  text: string,
): { sheet: SheetRow; range: A1Range } | undefined {
  const all = sheetsOf(world, spreadsheetId);
  const titled = (title: string) =>
    all.find((one) => one.properties.title === title) ??
    all.find((one) => one.properties.title.toLowerCase() === title.toLowerCase());
  const parts = splitA1(text);
  if (parts.title !== undefined) {
    const sheet = titled(parts.title);
    if (!sheet) return undefined;
    if (parts.rest === undefined || parts.rest === '') return { sheet, range: {} };
    const range = parseA1(parts.rest);
    return range ? { sheet, range } : named(world, spreadsheetId, parts.rest, all);
  }
  const rest = parts.rest ?? '';
  const range = parseA1(rest);
  const visible = all.find((one) => !one.properties.hidden) ?? all[0];
  if (range && visible) return { sheet: visible, range };
  const sheet = titled(rest);
  return sheet ? { sheet, range: {} } : named(world, spreadsheetId, rest, all);
}

function named(
  world: World,
  spreadsheetId: string,
  name: string,
  all: readonly SheetRow[],
): { sheet: SheetRow; range: A1Range } | undefined {
  const found = world
    .get(spreadsheets, spreadsheetId)
    ?.namedRanges.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const sheet = found && all.find((one) => one.properties.sheetId === (found.range.sheetId ?? 0));
  if (!found || !sheet) return undefined;
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = found.range;
  const range: A1Range = {
    startRow: startRowIndex,
    endRow: endRowIndex,
    startColumn: startColumnIndex,
    endColumn: endColumnIndex,
  };
  return { sheet, range };
}
