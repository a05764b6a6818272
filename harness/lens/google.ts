/** Google's tables as a reader names them: files by name, sheets as rows under their header. */
import { at, type Lens, type LensWorld, type Row, text } from './lens.ts';

const SHEET_TABLES = ['google.files', 'google.sheets', 'google.cells'];
const KEY_DIGITS = /^\d+$/;

export const googleLens: Lens = {
  twin: 'google',
  helpers: {
    files: {
      signatures: ['files(): list<dyn>', 'files(dyn): list<dyn>'],
      tables: ['google.files'],
      call: (world, name) => filesNamed(world, name === undefined ? undefined : String(name)),
    },
    rows: {
      signatures: ['rows(dyn, dyn): list<dyn>'],
      tables: SHEET_TABLES,
      call: (world, file, sheet) => rowsOf(world, String(file), String(sheet)),
    },
  },
  bookkeeping: [
    'accessTokens',
    'authorizationCodes',
    'changes',
    'channels',
    'deviceRequests',
    'documentEdits',
    'downloads',
    'editRevisions',
    'fileTexts',
    'letters',
    'refreshTokens',
    'revisions',
    'uploads',
  ],
  follows: {
    files: ['modifiedTime', 'version', 'lastModifyingUser', 'size', 'viewedBy', 'modifiedBy'],
    sheets: ['properties.gridProperties'],
    spreadsheets: ['revision', 'version'],
  },
  nouns: {
    files: { noun: 'file', insert: 'created', update: 'updated', remove: 'deleted' },
    cells: { noun: 'cell', insert: 'written', update: 'written', remove: 'cleared' },
    sheets: { noun: 'sheet', insert: 'added', update: 'updated', remove: 'deleted' },
  },
  row(world, table, row) {
    if (table === 'cells' || table === 'sheets') {
      const id = text(row, 'spreadsheetId');
      const file = text(world.get('google', 'files', id), 'name');
      const title = sheetTitle(world, id, String(at(row, 'sheetId') ?? at(row, 'properties', 'sheetId')));
      return { ...row, file, sheet: title, value: cellValue(row) };
    }
    if (table === 'files') return { ...row, file: text(row, 'name') };
    return row;
  },
};

function filesNamed(world: LensWorld, name?: string): Row[] {
  const rows = world.rows('google', 'files').filter((row) => at(row, 'trashed') !== true);
  return name === undefined ? rows : rows.filter((row) => text(row, 'name') === name);
}

/** The sheet's rows below its header, each a map by header; short rows are filled with ''. */
function rowsOf(world: LensWorld, file: string, sheet: string): Row[] {
  return world.cached(`google.rows of ${file}/${sheet}`, SHEET_TABLES, () => {
    const found = filesNamed(world, file).flatMap((row) => gridOf(world, text(row, 'id'), sheet));
    const [header = [], ...body] = found;
    return body
      .filter((cells) => cells.some((cell) => cell !== undefined && cell !== ''))
      .map((cells) => Object.fromEntries(header.map((name, i) => [String(name ?? ''), cells[i] ?? ''])));
  });
}

function gridOf(world: LensWorld, spreadsheetId: string, title: string): unknown[][] {
  const grid: unknown[][] = [];
  for (const row of world.rows('google', 'cells', `${spreadsheetId}/`)) {
    if (sheetTitle(world, spreadsheetId, String(at(row, 'sheetId'))) !== title) continue;
    const [r, c] = [Number(at(row, 'row')), Number(at(row, 'column'))];
    grid[r] ??= [];
    const line = grid[r];
    if (line) line[c] = cellValue(row);
  }
  return Array.from(grid, (line) => Array.from(line ?? [], (cell) => cell));
}

function sheetTitle(world: LensWorld, spreadsheetId: string, sheetId: string): string {
  const byId = world.cached('google.sheets by id', ['google.sheets'], () => {
    const rows = world.rows('google', 'sheets');
    const key = (row: Row) => `${text(row, 'spreadsheetId')}/${text(row, 'properties', 'sheetId')}`;
    return new Map(rows.map((row) => [key(row), text(row, 'properties', 'title')]));
  });
  return byId.get(`${spreadsheetId}/${KEY_DIGITS.test(sheetId) ? Number(sheetId) : sheetId}`) ?? '';
}

function cellValue(row: Row): unknown {
  const value = (at(row, 'userEnteredValue') ?? {}) as Row;
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? value.formulaValue ?? '';
}
