/** Requests that take text apart: a column into several, text from elsewhere into cells. */
import type { CellRow, GridRange } from '../../world.ts';
import { sheetIn } from '../area.ts';
import { cellAt, cellsIn, putCell } from '../grid.ts';
import { readTable } from '../html.ts';
import { settingOf } from '../locale.ts';
import { fieldsOf } from '../separated.ts';
import { written } from '../values.ts';
import { editedArea, type Job, refuse, widthOf } from './job.ts';
import { combined, pasteTypeOf, roomFor } from './paste.ts';

const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', SEMICOLON: ';', PERIOD: '.', SPACE: ' ' };

interface TextToColumnsInput {
  source?: GridRange;
  delimiter?: string;
  delimiterType?: string;
}

/** Each text at its delimiters over the cells to the right, whatever was in them; parts count as typed. */
export function textToColumnsRequest(job: Job, input: TextToColumnsInput): void {
  const source = editedArea(job, input.source);
  if (widthOf(source) !== 1) throw refuse(job, 'The source range must span exactly one column.');
  const cells = cellsIn(job.world, job.spreadsheetId, source.sheet.properties.sheetId, source).filter(
    (cell) => cell.userEnteredValue?.stringValue !== undefined,
  );
  const texts = cells.map((cell) => cell.userEnteredValue?.stringValue ?? '');
  const delimiter = delimiterOf(job, input, texts);
  if (delimiter === undefined) return;
  const parts = texts.map((text) => text.split(delimiter));
  const width = parts.reduce((most, row) => Math.max(most, row.length), 1);
  roomFor(job, source, source.endRow - source.startRow, width);
  const setting = settingOf(job.world, job.spreadsheetId);
  for (const [i, { row, column, sheetId }] of cells.entries())
    for (const [j, part] of (parts[i] ?? []).entries()) {
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, row, column + j);
      putCell(job.world, written(cell, part.trim(), true, setting));
    }
}

function delimiterOf(job: Job, input: TextToColumnsInput, texts: readonly string[]): string | undefined {
  const { delimiterType = 'DELIMITER_TYPE_UNSPECIFIED', delimiter } = input;
  if (delimiterType === 'CUSTOM') {
    if (!delimiter) throw refuse(job, 'A delimiter must be specified if the delimiterType is CUSTOM.');
    return delimiter;
  }
  if (delimiter) throw refuse(job, 'A delimiter may only be specified if the delimiterType is CUSTOM.');
  const known = Object.hasOwn(DELIMITERS, delimiterType) ? DELIMITERS[delimiterType] : undefined;
  if (known !== undefined) return known;
  if (delimiterType !== 'AUTODETECT') throw refuse(job, 'delimiterType must be specified.');
  return Object.values(DELIMITERS).find((one) => texts.some((text) => text.trim().includes(one)));
}

interface PasteDataInput {
  coordinate?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
  data?: string;
  type?: string;
  delimiter?: string;
  html?: boolean;
}

/** Text by a delimiter, or the rows of an HTML table; what is read counts as typed. */
export function pasteDataRequest(job: Job, input: PasteDataInput): void {
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = input.coordinate ?? {};
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const type = pasteTypeOf(job, input.type);
  if (!input.html && !input.delimiter) throw refuse(job, 'Must specify exactly one of delimiter or html.');
  if (input.html && input.delimiter) throw refuse(job, 'Must specify exactly one of delimiter or html.');
  const rows = input.html
    ? readTable(input.data ?? '')
    : plainRows(input.data ?? '', input.delimiter ?? '\t');
  if (rows.length === 0) return;
  const corner = { startRow: rowIndex, endRow: rowIndex, startColumn: columnIndex, endColumn: columnIndex };
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const area = roomFor(job, { sheet, ...corner }, rows.length, width);
  const setting = settingOf(job.world, job.spreadsheetId);
  for (const [i, row] of rows.entries())
    for (const [j, { text, format }] of row.entries()) {
      const old = cellAt(job.world, job.spreadsheetId, sheetId, area.startRow + i, area.startColumn + j);
      const bare: CellRow = { spreadsheetId: old.spreadsheetId, sheetId, row: old.row, column: old.column };
      const read = written(
        { ...bare, ...(format ? { userEnteredFormat: format } : {}) },
        text,
        true,
        setting,
      );
      putCell(job.world, input.html ? combined(type, read, old) : typedOver(type, read, old));
    }
}

const plainRows = (data: string, delimiter: string) =>
  fieldsOf(data, delimiter).map((row) => row.map((text) => ({ text, format: undefined })));

/** Plain text has no format to paste; what typing gives it comes only where the cell has none. */
function typedOver(type: string, read: CellRow, old: CellRow): CellRow {
  if (type === 'PASTE_FORMAT' || type === 'PASTE_DATA_VALIDATION') return old;
  const { textFormatRuns: _runs, chipRuns: _chips, ...rest } = old;
  const format = old.userEnteredFormat ?? read.userEnteredFormat;
  return { ...rest, userEnteredValue: read.userEnteredValue, userEnteredFormat: format };
}
