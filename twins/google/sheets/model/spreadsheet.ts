/** Spreadsheets as a whole: made, copied, opened, dropped; their sheets made and numbered. */
import type { World } from '../../../../src/world/world.ts';
import { atLeast, canSee, roleOf, type Viewer } from '../../drive/model/access.ts';
import { type FileRow, files, MIME } from '../../drive/world.ts';
import { badArgument, googleError } from '../../errors.ts';
import { SHEET_COLUMNS_MAX, SHEETS_MAX, SPREADSHEET_CELLS_MAX } from '../../limits.ts';
import {
  cells,
  type ExtendedValue,
  type SheetProperties,
  type SheetRow,
  type SpreadsheetRow,
  sheets,
  spreadsheets,
} from '../world.ts';
import { sheetsOf } from './area.ts';
import { cellsOf, putCell } from './grid.ts';
import { onSheet } from './object/follow.ts';
import { copyAllObjects, copyObjects, dropObjects } from './object/store.ts';
import { DEFAULT_PROPERTIES } from './properties.ts';

export type CellInput = string | number | boolean | null;

/** The grid of a sheet that says no size. */
export const ROWS_DEFAULT = 1_000;
export const COLUMNS_DEFAULT = 26;

/** A spreadsheet that a viewer may read or (`writer`) write. Throws `notFound`, `forbidden`. */
export function openSpreadsheet(
  world: World,
  viewer: Viewer,
  spreadsheetId: string,
  least: 'reader' | 'writer',
): { file: FileRow; row: SpreadsheetRow } {
  const file = world.get(files, spreadsheetId);
  const row = world.get(spreadsheets, spreadsheetId);
  if (!file) throw googleError('notFound');
  if (!canSee(world, viewer, file) || !atLeast(roleOf(world, file, viewer.email), least))
    throw googleError('forbidden');
  if (!row || file.mimeType !== MIME.spreadsheet)
    throw badArgument('This operation is not supported for this document');
  return { file, row };
}

/** The inside of a new spreadsheet: one sheet, empty or with rows of typed values. */
export function blankSpreadsheet(
  world: World,
  spreadsheetId: string,
  rows?: readonly (readonly CellInput[])[],
): void {
  plantSpreadsheet(world, spreadsheetId, [{ title: 'Sheet1', rows: rows ?? [] }]);
}

/** The inside of a spreadsheet with these sheets; strings that begin with `=` are formulas. */
export function plantSpreadsheet(
  world: World,
  spreadsheetId: string,
  content: readonly { title: string; rows: readonly (readonly CellInput[])[] }[],
): void {
  world.insert(spreadsheets, {
    spreadsheetId,
    properties: DEFAULT_PROPERTIES,
    namedRanges: [],
    developerMetadata: [],
  });
  for (const [index, { title, rows }] of content.entries()) {
    const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
    const sheet = addSheet(world, spreadsheetId, {
      title,
      ...(index === 0 ? { sheetId: 0 } : {}),
      gridProperties: {
        rowCount: Math.max(ROWS_DEFAULT, rows.length),
        columnCount: Math.max(COLUMNS_DEFAULT, width),
      },
    });
    for (const [row, values] of rows.entries())
      for (const [column, value] of values.entries()) {
        const userEnteredValue = typedValue(value);
        const { sheetId } = sheet.properties;
        if (userEnteredValue) putCell(world, { spreadsheetId, sheetId, row, column, userEnteredValue });
      }
  }
}

/** What `addSheet` may be told. */
export type SheetInput = Partial<Omit<SheetProperties, 'gridProperties'>> & {
  gridProperties?: Partial<SheetProperties['gridProperties']>;
};

/** A new sheet, last unless `index` says. Throws 400 for a taken title or id, too many cells. */
export function addSheet(
  world: World,
  spreadsheetId: string,
  input: SheetInput,
  asked: string = 'requests[0].addSheet',
): SheetRow {
  const all = sheetsOf(world, spreadsheetId);
  const title = input.title ?? freeTitle(all);
  if (all.some((one) => one.properties.title.toLowerCase() === title.toLowerCase()))
    throw badArgument(
      `Invalid ${asked}: A sheet with the name "${title}" already exists. Please enter another name.`,
    );
  if (input.sheetId !== undefined && all.some((one) => one.properties.sheetId === input.sheetId))
    throw badArgument(`Invalid ${asked}: A sheet with id ${input.sheetId} already exists.`);
  if (all.length >= SHEETS_MAX)
    throw badArgument(
      `Invalid ${asked}: This action would increase the number of sheets in the workbook above the limit of ${SHEETS_MAX} sheets.`,
    );
  const index = Math.min(Math.max(input.index ?? all.length, 0), all.length);
  const {
    sheetId = freeId(world, all),
    sheetType = 'GRID',
    gridProperties,
    title: _t,
    index: _i,
    ...rest
  } = input;
  const { rowCount = ROWS_DEFAULT, columnCount = COLUMNS_DEFAULT, ...more } = gridProperties ?? {};
  const properties: SheetProperties = {
    sheetId,
    title,
    index,
    sheetType,
    gridProperties: { rowCount, columnCount, ...more },
    ...rest,
  };
  if (sheetType === 'GRID') checkGrid(world, spreadsheetId, properties, asked);
  for (const one of all) if (one.properties.index >= index) renumber(world, one, one.properties.index + 1);
  return world.insert(sheets, {
    spreadsheetId,
    properties,
    merges: [],
    protectedRanges: [],
    rowGroups: [],
    columnGroups: [],
    conditionalFormats: [],
    rowMetadata: {},
    columnMetadata: {},
  });
}

/**
 * Throws 400 where a sheet's grid could not be: without rows or columns, with all of them frozen, or so large that the
 * spreadsheet would have more cells or columns than there may be. `next` may be new or in the place of one.
 */
export function checkGrid(world: World, spreadsheetId: string, next: SheetProperties, asked: string): void {
  const refuse = (why: string) => badArgument(`Invalid ${asked}: ${why}`);
  const { rowCount, columnCount, frozenRowCount = 0, frozenColumnCount = 0 } = next.gridProperties;
  if (!(rowCount > 0)) throw refuse("You can't delete all the rows on the sheet.");
  if (!(columnCount > 0)) throw refuse("You can't delete all the columns on the sheet.");
  if (frozenRowCount < 0 || frozenColumnCount < 0) throw refuse('Frozen counts must be >= 0');
  if (frozenRowCount >= rowCount && frozenRowCount > 0)
    throw refuse("You can't freeze all visible rows on the sheet.");
  if (frozenColumnCount >= columnCount && frozenColumnCount > 0)
    throw refuse("You can't freeze all visible columns on the sheet.");
  const others = sheetsOf(world, spreadsheetId).filter((one) => one.properties.sheetId !== next.sheetId);
  const cells = [...others.map((one) => one.properties), next].reduce(
    (sum, { gridProperties: grid }) => sum + grid.rowCount * grid.columnCount,
    0,
  );
  if (cells > SPREADSHEET_CELLS_MAX || columnCount > SHEET_COLUMNS_MAX)
    throw refuse(
      `This action would increase the number of cells in the workbook above the limit of ${SPREADSHEET_CELLS_MAX} cells.`,
    );
}

/** Gives the tabs their numbers in this order. */
export function orderTabs(world: World, inOrder: readonly SheetRow[]): void {
  for (const [index, sheet] of inOrder.entries())
    if (sheet.properties.index !== index) renumber(world, sheet, index);
}

/** A sheet with its cells under a new title, in this or another spreadsheet. */
export function copySheet(
  world: World,
  sheet: SheetRow,
  spreadsheetId: string,
  input: SheetInput,
  asked: string,
): SheetRow {
  const made = addSheet(world, spreadsheetId, { ...sheet.properties, index: undefined, ...input }, asked);
  const { sheetId } = made.properties;
  const next = world.update(sheets, sheets.key(made), {
    merges: sheet.merges.map((one) => ({ ...one, sheetId })),
    rowGroups: sheet.rowGroups.map((one) => ({ ...one, range: { ...one.range, sheetId } })),
    columnGroups: sheet.columnGroups.map((one) => ({ ...one, range: { ...one.range, sheetId } })),
    conditionalFormats: sheet.conditionalFormats.map((one) =>
      onSheet(one, sheet.properties.sheetId, sheetId),
    ),
    ...(sheet.basicFilter
      ? { basicFilter: onSheet(sheet.basicFilter, sheet.properties.sheetId, sheetId) }
      : {}),
    rowMetadata: sheet.rowMetadata,
    columnMetadata: sheet.columnMetadata,
  });
  for (const cell of cellsOf(world, sheet.spreadsheetId, sheet.properties.sheetId))
    putCell(world, {
      ...cell,
      ...(cell.pivotTable ? { pivotTable: onSheet(cell.pivotTable, sheet.properties.sheetId, sheetId) } : {}),
      spreadsheetId,
      sheetId,
    });
  copyObjects(world, sheet, next);
  return next;
}

export function copySpreadsheet(world: World, from: string, to: string): void {
  const row = world.get(spreadsheets, from);
  if (!row) return;
  world.insert(spreadsheets, { ...row, spreadsheetId: to });
  for (const sheet of sheetsOf(world, from)) {
    world.insert(sheets, { ...sheet, spreadsheetId: to });
    for (const cell of cellsOf(world, from, sheet.properties.sheetId))
      putCell(world, { ...cell, spreadsheetId: to });
  }
  copyAllObjects(world, from, to);
}

export function dropSpreadsheet(world: World, spreadsheetId: string): void {
  for (const sheet of sheetsOf(world, spreadsheetId)) dropSheet(world, sheet);
  world.remove(spreadsheets, spreadsheetId);
}

export function dropSheet(world: World, sheet: SheetRow): void {
  for (const cell of cellsOf(world, sheet.spreadsheetId, sheet.properties.sheetId))
    world.remove(cells, cells.key(cell));
  dropObjects(world, sheet);
  world.remove(sheets, sheets.key(sheet));
}

export function typedValue(value: CellInput): ExtendedValue | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return value.startsWith('=') ? { formulaValue: value } : { stringValue: value };
}

function renumber(world: World, sheet: SheetRow, index: number): void {
  world.update(sheets, sheets.key(sheet), (row) => ({ ...row, properties: { ...row.properties, index } }));
}

function freeTitle(all: readonly SheetRow[]): string {
  const taken = new Set(all.map((one) => one.properties.title.toLowerCase()));
  let n = all.length + 1;
  while (taken.has(`sheet${n}`)) n++;
  return `Sheet${n}`;
}

/** 31 bits, not taken. */
function freeId(world: World, all: readonly SheetRow[]): number {
  const draw = world.draw('google.sheet');
  for (;;) {
    const id = draw.int(1, 2 ** 31 - 1);
    if (!all.some((one) => one.properties.sheetId === id)) return id;
  }
}
