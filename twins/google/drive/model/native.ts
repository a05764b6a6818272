/** What is inside the editors' files: made, copied, read as text and taken away with the file. */
import type { World } from '../../../../src/world/world.ts';
import { readHtml } from '../../docs/model/convert/readHtml.ts';
import { readMarkdown } from '../../docs/model/convert/readMarkdown.ts';
import { readWord } from '../../docs/model/convert/readWord.ts';
import {
  copyDocument,
  createDocument,
  documentText,
  dropDocument,
  plantDocument,
} from '../../docs/model/document.ts';
import { missingPart } from '../../errors.ts';
import { plantWorkbook } from '../../sheets/model/convert/plantWorkbook.ts';
import { readSeparated, spreadsheetText } from '../../sheets/model/separated.ts';
import { blankSpreadsheet, copySpreadsheet, dropSpreadsheet } from '../../sheets/model/spreadsheet.ts';
import { type FileRow, MIME } from '../world.ts';

/** An upload that is to become an editor's file: its bytes and type. */
export interface Source {
  bytes: Uint8Array;
  type: string;
}

/** Makes the inside of a new editor's file, empty or from an upload. A conversion that the twin lacks is a gap. */
export function createInside(world: World, file: FileRow, source: Source | undefined): void {
  if (!source) {
    if (file.mimeType === MIME.spreadsheet) blankSpreadsheet(world, file.id);
    if (file.mimeType === MIME.document) createDocument(world, file.id, '');
    return;
  }
  const { bytes, type } = source;
  const read = READERS[file.mimeType]?.[type];
  if (!read) throw missingPart(`drive.files.create:convert ${type} to ${file.mimeType}`);
  read(world, file.id, bytes);
}

type Reader = (world: World, id: string, bytes: Uint8Array) => void;

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const separated =
  (separator: ',' | '\t'): Reader =>
  (world, id, bytes) =>
    blankSpreadsheet(world, id, readSeparated(textOf(bytes), separator));

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.';
const WORD_FILE: Reader = (world, id, bytes) => plantDocument(world, id, readWord(world, bytes));
const MARKDOWN: Reader = (world, id, bytes) => plantDocument(world, id, readMarkdown(world, textOf(bytes)));

const WORKBOOKS = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.template',
  'application/vnd.ms-excel',
  'application/vnd.ms-excel.sheet.macroenabled.12',
  'application/vnd.ms-excel.template.macroenabled.12',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/x-vnd.oasis.opendocument.spreadsheet',
];

/** What becomes of an upload of a type, by the editor's kind. */
const READERS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  [MIME.spreadsheet]: {
    'text/csv': separated(','),
    'text/comma-separated-values': separated(','),
    'text/tab-separated-values': separated('\t'),
    ...Object.fromEntries(WORKBOOKS.map((type) => [type, plantWorkbook])),
  },
  [MIME.document]: {
    'text/plain': (world, id, bytes) => createDocument(world, id, textOf(bytes)),
    'text/html': (world, id, bytes) => plantDocument(world, id, readHtml(world, textOf(bytes))),
    'text/markdown': MARKDOWN,
    'text/x-markdown': MARKDOWN,
    [`${WORD}document`]: WORD_FILE,
    [`${WORD}template`]: WORD_FILE,
  },
};

export function copyInside(world: World, from: FileRow, to: FileRow): void {
  if (from.mimeType === MIME.spreadsheet) copySpreadsheet(world, from.id, to.id);
  if (from.mimeType === MIME.document) copyDocument(world, from.id, to.id);
}

export function dropInside(world: World, file: FileRow): void {
  if (file.mimeType === MIME.spreadsheet) dropSpreadsheet(world, file.id);
  if (file.mimeType === MIME.document) dropDocument(world, file.id);
}

/** The words inside an editor's file, for full-text search. */
export function insideText(world: World, file: FileRow): string {
  if (file.mimeType === MIME.spreadsheet) return spreadsheetText(world, file.id);
  return file.mimeType === MIME.document ? documentText(world, file.id) : '';
}
