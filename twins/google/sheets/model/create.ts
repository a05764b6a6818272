/** `spreadsheets.create`: a file in Drive with the sheets that were asked for. */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { createFile } from '../../drive/model/file.ts';
import { MIME } from '../../drive/world.ts';
import { badArgument } from '../../errors.ts';
import {
  type CellRow,
  type GridRange,
  type NamedRange,
  type SpreadsheetRow,
  sheets,
  spreadsheets,
} from '../world.ts';
import { sheetsOf } from './area.ts';
import { withColors } from './color.ts';
import { putCell } from './grid.ts';
import { addSheet, dropSheet, type SheetInput } from './spreadsheet.ts';

interface GridInput {
  startRow?: number;
  startColumn?: number;
  rowData?: { values?: Partial<CellRow>[] }[];
}

/** The body of a create: only what the twin keeps. */
export interface NewSpreadsheet {
  properties?: Partial<SpreadsheetRow['properties']> & { title?: string };
  sheets?: { properties?: SheetInput; data?: GridInput[]; merges?: GridRange[] }[];
  namedRanges?: NamedRange[];
}

/** Makes it in the viewer's root and gives its id. Throws 400 for sheets with equal titles. */
export function createSpreadsheet(world: World, viewer: Viewer, input: NewSpreadsheet): string {
  const { title, ...properties } = input.properties ?? {};
  const file = createFile(world, viewer, {
    name: title || 'Untitled spreadsheet',
    mimeType: MIME.spreadsheet,
  });
  const row = world.get(spreadsheets, file.id);
  if (!row) throw badArgument('The spreadsheet could not be made.');
  world.update(spreadsheets, file.id, {
    properties: { ...row.properties, ...properties },
    namedRanges: input.namedRanges ?? [],
  });
  if (input.sheets && input.sheets.length > 0) replaceSheets(world, file.id, input.sheets);
  return file.id;
}

function replaceSheets(world: World, id: string, wanted: NonNullable<NewSpreadsheet['sheets']>): void {
  for (const sheet of sheetsOf(world, id)) dropSheet(world, sheet);
  for (const [index, { properties = {}, data = [], merges = [] }] of wanted.entries()) {
    const numbered = { ...properties, sheetId: properties.sheetId ?? (index === 0 ? 0 : undefined), index };
    const sheet = addSheet(world, id, withColors(numbered), `sheets[${index}]`);
    if (merges.length > 0) world.update(sheets, sheets.key(sheet), { merges });
    for (const grid of data)
      for (const [i, { values = [] }] of (grid.rowData ?? []).entries())
        for (const [j, cell] of values.entries())
          putCell(world, {
            ...kept(cell),
            spreadsheetId: id,
            sheetId: sheet.properties.sheetId,
            row: (grid.startRow ?? 0) + i,
            column: (grid.startColumn ?? 0) + j,
          });
  }
}

/** What a program may say about a cell; what is computed is passed over. */
function kept(cell: Partial<CellRow>): Partial<CellRow> {
  const { userEnteredValue, userEnteredFormat, note, dataValidation, textFormatRuns } = cell;
  return {
    userEnteredValue,
    userEnteredFormat: userEnteredFormat && withColors(userEnteredFormat),
    note,
    dataValidation,
    textFormatRuns,
  };
}
