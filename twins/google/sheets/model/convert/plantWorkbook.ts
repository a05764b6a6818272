/** Workbook files of other programs become spreadsheets. */
import type * as SheetJs from '@e965/xlsx';
import type { World } from '../../../../../src/world/world.ts';
import { badRequest } from '../../../errors.ts';
import { type NumberFormat, type SheetRow, sheets } from '../../world.ts';
import { columnName } from '../a1.ts';
import { sheetsOf } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { putCell, wholeGrid } from '../grid.ts';
import { type CellInput, plantSpreadsheet } from '../spreadsheet.ts';
import { sheetJs } from './sheetJs.ts';

/** The inside of a new spreadsheet out of a workbook file (xlsx, xlsm, xls, ods). Throws `badRequest` for what is none. */
export function plantWorkbook(world: World, spreadsheetId: string, bytes: Uint8Array): void {
  const read = opened(bytes);
  const content = read.SheetNames.map((title) => ({ title, rows: rowsOf(read.Sheets[title] ?? {}) }));
  plantSpreadsheet(world, spreadsheetId, content);
  for (const sheet of sheetsOf(world, spreadsheetId)) {
    const source = read.Sheets[sheet.properties.title] ?? {};
    dress(world, sheet, source);
    const merges = (source['!merges'] ?? []).map(({ s, e }) => ({
      ...(sheet.properties.sheetId ? { sheetId: sheet.properties.sheetId } : {}),
      startRowIndex: s.r,
      endRowIndex: e.r + 1,
      startColumnIndex: s.c,
      endColumnIndex: e.c + 1,
    }));
    const hidden = read.Workbook?.Sheets?.[sheet.properties.index]?.Hidden ? { hidden: true } : {};
    world.update(sheets, sheets.key(sheet), { merges, properties: { ...sheet.properties, ...hidden } });
  }
}

/** How files of workbooks begin: archives, and Excel's older form. Anything else the library would take for text. */
const SIGNATURES = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

function opened(bytes: Uint8Array): SheetJs.WorkBook {
  const signed = SIGNATURES.some((signature) => signature.every((byte, index) => bytes[index] === byte));
  try {
    if (!signed) throw new TypeError('no workbook');
    const read = sheetJs().read(bytes, {
      type: 'buffer',
      cellNF: true,
      cellFormula: true,
      cellStyles: false,
    });
    if (read.SheetNames.length > 0) return read;
  } catch {
    // Said below, as for a file without sheets.
  }
  throw badRequest('Bad Request', 'file');
}

function rowsOf(source: SheetJs.WorkSheet): CellInput[][] {
  const rows: CellInput[][] = [];
  for (const { row, column, cell } of cellsOfSource(source)) {
    while (rows.length <= row) rows.push([]);
    const into = rows[row] as CellInput[];
    while (into.length <= column) into.push(null);
    into[column] = inputOf(cell);
  }
  return rows;
}

function inputOf(cell: SheetJs.CellObject): CellInput {
  if (cell.f) return `=${cell.f.replace(/\b_xlfn\.(_xlws\.)?/g, '')}`;
  if (cell.t === 'e') return cell.w ?? '#VALUE!';
  return cell.v === undefined || cell.v instanceof Date ? null : cell.v;
}

/** Number formats and notes of the file's cells. */
function dress(world: World, sheet: SheetRow, source: SheetJs.WorkSheet): void {
  const { spreadsheetId, properties } = sheet;
  const calculator = new Calculator(world, spreadsheetId);
  const kept = calculator.cellsIn(properties.sheetId, wholeGrid(sheet));
  for (const cell of kept) {
    const from = source[columnName(cell.column) + (cell.row + 1)] as SheetJs.CellObject | undefined;
    const pattern = typeof from?.z === 'string' && from.z !== 'General' ? from.z : undefined;
    const note = from?.c?.map(({ t }) => t).join('\n');
    if (pattern === undefined && !note) continue;
    putCell(world, {
      ...cell,
      ...(pattern ? { userEnteredFormat: { numberFormat: formatOf(pattern) } } : {}),
      ...(note ? { note } : {}),
    });
  }
}

function formatOf(pattern: string): NumberFormat {
  const bare = pattern.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  const day = /[yd]/i.test(bare);
  const time = /[hs]/i.test(bare);
  if (day || time) return { type: day ? (time ? 'DATE_TIME' : 'DATE') : 'TIME', pattern };
  if (bare.includes('%')) return { type: 'PERCENT', pattern };
  return { type: /[$€£¥]/.test(pattern) ? 'CURRENCY' : bare === '@' ? 'TEXT' : 'NUMBER', pattern };
}

function* cellsOfSource(
  source: SheetJs.WorkSheet,
): Generator<{ row: number; column: number; cell: SheetJs.CellObject }> {
  const { utils } = sheetJs();
  for (const [address, cell] of Object.entries(source)) {
    if (address.startsWith('!')) continue;
    const { r, c } = utils.decode_cell(address);
    yield { row: r, column: c, cell: cell as SheetJs.CellObject };
  }
}
