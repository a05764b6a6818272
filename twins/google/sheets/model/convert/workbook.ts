/** Spreadsheets as workbook files of other programs: Excel's, OpenDocument's. */
import type * as SheetJs from '@e965/xlsx';
import type { World } from '../../../../../src/world/world.ts';
import { type CellRow, type SheetRow, spreadsheets } from '../../world.ts';
import { columnName } from '../a1.ts';
import { sheetsOf } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { ERROR_TEXT } from '../formula/value.ts';
import { wholeGrid } from '../grid.ts';
import { patternOf } from '../numberFormat.ts';
import { sheetJs } from './sheetJs.ts';

/** Excel's codes of errors, by what cells show. */
const ERROR_CODES: Readonly<Record<string, number>> = {
  '#NULL!': 0x00,
  '#DIV/0!': 0x07,
  '#VALUE!': 0x0f,
  '#REF!': 0x17,
  '#NAME?': 0x1d,
  '#NUM!': 0x24,
  '#N/A': 0x2a,
};

/** All sheets with values, formulas, number formats, notes, merges and widths. Bytes are the same for the same moment. */
export function workbookBytes(world: World, spreadsheetId: string, type: 'xlsx' | 'ods'): Uint8Array {
  const { utils, write } = sheetJs();
  const book = utils.book_new();
  const now = new Date(world.now());
  book.Props = { CreatedDate: now, ModifiedDate: now };
  const calculator = new Calculator(world, spreadsheetId);
  const all = sheetsOf(world, spreadsheetId).filter((sheet) => sheet.properties.sheetType === 'GRID');
  for (const sheet of all)
    utils.book_append_sheet(book, worksheet(calculator, sheet), sheet.properties.title.slice(0, 31));
  book.Workbook = {
    Sheets: all.map(({ properties }) => ({ Hidden: properties.hidden ? 1 : 0 })),
    Names: namesOf(world, spreadsheetId),
  };
  return write(book, { type: 'buffer', bookType: type, compression: true }) as Uint8Array;
}

function worksheet(calculator: Calculator, sheet: SheetRow): SheetJs.WorkSheet {
  const { utils } = sheetJs();
  const shown: SheetJs.WorkSheet = {};
  let lastRow = 0;
  let lastColumn = 0;
  for (const cell of calculator.cellsIn(sheet.properties.sheetId, wholeGrid(sheet))) {
    const written = cellObject(calculator, cell);
    if (!written) continue;
    shown[columnName(cell.column) + (cell.row + 1)] = written;
    lastRow = Math.max(lastRow, cell.row);
    lastColumn = Math.max(lastColumn, cell.column);
  }
  shown['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: lastRow, c: lastColumn } });
  shown['!merges'] = sheet.merges.map((merge) => ({
    s: { r: merge.startRowIndex ?? 0, c: merge.startColumnIndex ?? 0 },
    e: { r: (merge.endRowIndex ?? 1) - 1, c: (merge.endColumnIndex ?? 1) - 1 },
  }));
  const columns: SheetJs.ColInfo[] = [];
  for (const [index, { pixelSize, hiddenByUser }] of Object.entries(sheet.columnMetadata))
    columns[Number(index)] = { ...(pixelSize ? { wpx: pixelSize } : {}), hidden: hiddenByUser === true };
  shown['!cols'] = columns;
  return shown;
}

function cellObject(calculator: Calculator, cell: CellRow): SheetJs.CellObject | undefined {
  const value = calculator.effective(cell);
  if (!value) return undefined;
  const formula = cell.userEnteredValue?.formulaValue;
  const format = calculator.format(cell);
  const pattern = format && patternOf(format);
  return {
    ...typed(value),
    ...(formula ? { f: formula.slice(1) } : {}),
    ...(pattern ? { z: pattern } : {}),
    ...(cell.note ? { c: Object.assign([{ a: 'Google Sheets', t: cell.note }], { hidden: true }) } : {}),
  };
}

function typed(value: NonNullable<ReturnType<Calculator['effective']>>): SheetJs.CellObject {
  if (value.errorValue) return { t: 'e', v: ERROR_CODES[ERROR_TEXT[value.errorValue.type] ?? ''] ?? 0x0f };
  if (value.boolValue !== undefined) return { t: 'b', v: value.boolValue };
  if (value.numberValue !== undefined) return { t: 'n', v: value.numberValue };
  return { t: 's', v: value.stringValue ?? '' };
}

function namesOf(world: World, spreadsheetId: string): SheetJs.DefinedName[] {
  const { utils } = sheetJs();
  const titles = new Map(
    sheetsOf(world, spreadsheetId).map(({ properties }) => [properties.sheetId, properties.title]),
  );
  const named = world.get(spreadsheets, spreadsheetId)?.namedRanges ?? [];
  return named.map(({ name, range }) => {
    const area = utils.encode_range({
      s: { r: range.startRowIndex ?? 0, c: range.startColumnIndex ?? 0 },
      e: { r: (range.endRowIndex ?? 1_000) - 1, c: (range.endColumnIndex ?? 26) - 1 },
    });
    return { Name: name, Ref: `'${(titles.get(range.sheetId ?? 0) ?? '').replace(/'/g, "''")}'!${area}` };
  });
}
