/** Comma and tab separated text, in and out. RFC 4180. */
import type { World } from '../../../../src/world/world.ts';
import { sheetsOf } from './area.ts';
import { Calculator } from './calculator.ts';
import { entryOf } from './entry.ts';
import { wholeGrid } from './grid.ts';
import type { CellInput } from './spreadsheet.ts';

/** The first sheet as text: what cells show, up to the last row and column with anything; no line break at the end. */
export function separatedText(world: World, spreadsheetId: string, separator: ',' | '\t'): string {
  const [sheet] = sheetsOf(world, spreadsheetId);
  if (!sheet) return '';
  const calculator = new Calculator(world, spreadsheetId);
  const rows: string[][] = [];
  let width = 0;
  for (const cell of calculator.cellsIn(sheet.properties.sheetId, wholeGrid(sheet))) {
    const text = calculator.shown(cell);
    if (text === undefined) continue;
    while (rows.length <= cell.row) rows.push([]);
    const row = rows[cell.row] as string[];
    while (row.length < cell.column) row.push('');
    row[cell.column] = field(text, separator);
    width = Math.max(width, cell.column + 1);
  }
  return rows
    .map((row) => [...row, ...new Array<string>(width - row.length).fill('')].join(separator))
    .join('\r\n');
}

/** Rows of an upload; numbers and booleans become such, as the vendor's import does. */
export const readSeparated = (text: string, separator: ',' | '\t'): CellInput[][] =>
  separated<CellInput>(text, separator, (field, quoted) =>
    quoted ? field : field === '' ? null : typed(field),
  );

/** The fields of every row as they are written, without the quotes around them. */
export const fieldsOf = (text: string, separator: string): string[][] =>
  separated(text, separator, (field) => field);

function separated<T>(text: string, separator: string, read: (field: string, quoted: boolean) => T): T[][] {
  const rows: T[][] = [[]];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    const row = rows.at(-1) as T[];
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      row.push(read(text.slice(at + 1, end).replace(/""/g, '"'), true));
      at = end + 1;
    } else {
      const end = nextBreak(text, at, separator);
      row.push(read(text.slice(at, end), false));
      at = end;
    }
    if (text.startsWith(separator, at)) {
      at += separator.length;
      if (at >= text.length || text[at] === '\r' || text[at] === '\n') row.push(read('', false));
      else continue;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    if (at < text.length) rows.push([]);
  }
  return rows;
}

/** The words in all sheets, for full-text search. */
export function spreadsheetText(world: World, spreadsheetId: string): string {
  const calculator = new Calculator(world, spreadsheetId);
  return sheetsOf(world, spreadsheetId)
    .flatMap((sheet) => calculator.cellsIn(sheet.properties.sheetId, wholeGrid(sheet)))
    .map((cell) => calculator.shown(cell) ?? '')
    .join('\n');
}

const field = (text: string, separator: string): string =>
  separator === ',' && /[",\r\n]/.test(text)
    ? `"${text.replace(/"/g, '""')}"`
    : text.replace(/[\t]/g, separator === '\t' ? ' ' : '\t');

function typed(text: string): CellInput {
  const { value } = entryOf(text, true);
  return (
    value?.numberValue ?? value?.boolValue ?? (value?.formulaValue ? `=${value.formulaValue.slice(1)}` : text)
  );
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at++;
    else return at;
  }
  return text.length;
}

function nextBreak(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && !text.startsWith(separator, at) && text[at] !== '\r' && text[at] !== '\n') at++;
  return at;
}
