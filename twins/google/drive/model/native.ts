/** What is inside the editors' files: made, copied, read as text and taken away with the file. */
import type { World } from '../../../../src/world/world.ts';
import { copyDocument, createDocument, documentText, dropDocument } from '../../docs/model/document.ts';
import { missingPart } from '../../errors.ts';
import { readSeparated, spreadsheetText } from '../../sheets/model/separated.ts';
import { blankSpreadsheet, copySpreadsheet, dropSpreadsheet } from '../../sheets/model/spreadsheet.ts';
import { type FileRow, MIME } from '../world.ts';

/** An upload that is to become an editor's file: its bytes and type. */
export interface Source {
  bytes: Uint8Array;
  type: string;
}

/** Makes the inside of a new editor's file, empty or from an upload. */
export function createInside(world: World, file: FileRow, source: Source | undefined): void {
  const text = source ? new TextDecoder().decode(source.bytes) : '';
  if (file.mimeType === MIME.spreadsheet) {
    if (source && source.type !== 'text/csv' && source.type !== 'text/tab-separated-values')
      throw missingPart(`drive.files.create:convert ${source.type}`);
    const rows = source ? readSeparated(text, source.type === 'text/csv' ? ',' : '\t') : undefined;
    blankSpreadsheet(world, file.id, rows);
  } else if (file.mimeType === MIME.document) {
    if (source && source.type !== 'text/plain')
      throw missingPart(`drive.files.create:convert ${source.type}`);
    createDocument(world, file.id, text);
  } else if (source) throw missingPart(`drive.files.create:convert ${source.type} to ${file.mimeType}`);
}

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
