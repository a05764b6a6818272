/**
 * Where a file is on the web: its page, its bytes, its exports, by the way by which the client came.
 * https://developers.google.com/workspace/drive/api/reference/rest/v3/files
 */
import type { World } from '../../../../src/world/world.ts';
import { addressOf } from '../../address.ts';
import { EXPORT_FORMATS } from '../formats.ts';
import { publishedKey } from '../model/editRevision.ts';
import { type FileRow, MIME } from '../world.ts';

/** The first part of an editor's pages, by the type of its files. */
export const EDITOR_PAGES: Readonly<Record<string, string>> = {
  [MIME.document]: 'document',
  [MIME.spreadsheet]: 'spreadsheets',
  'application/vnd.google-apps.presentation': 'presentation',
  'application/vnd.google-apps.form': 'forms',
  'application/vnd.google-apps.drawing': 'drawings',
};

/** Where an editor's files are exported, by their type. */
export const EXPORT_PATHS: Readonly<Record<string, string>> = {
  [MIME.document]: '/feeds/download/documents/export/Export',
  [MIME.spreadsheet]: '/spreadsheets/export',
  'application/vnd.google-apps.presentation': '/feeds/download/presentations/Export',
  'application/vnd.google-apps.drawing': '/feeds/download/drawings/Export',
};

const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODF = 'application/vnd.oasis.opendocument.';
/** What `exportFormat` calls a type. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  'application/rtf': 'rtf',
  [`${ODF}text`]: 'odt',
  'text/html': 'html',
  'application/pdf': 'pdf',
  'text/x-markdown': 'markdown',
  'text/markdown': 'md',
  'application/epub+zip': 'epub',
  'application/zip': 'zip',
  [`${OOXML}wordprocessingml.document`]: 'docx',
  'text/plain': 'txt',
  'application/x-vnd.oasis.opendocument.spreadsheet': 'ods',
  'text/tab-separated-values': 'tsv',
  [`${OOXML}spreadsheetml.sheet`]: 'xlsx',
  'text/csv': 'csv',
  [`${ODF}spreadsheet`]: 'ods',
  [`${ODF}presentation`]: 'odp',
  [`${OOXML}presentationml.presentation`]: 'pptx',
  'image/svg+xml': 'svg',
  'image/png': 'png',
  'image/jpeg': 'jpeg',
};

/** The page of a file, and for bytes the place to download them. */
export function webLinks(world: World, file: FileRow): { webViewLink: string; webContentLink?: string } {
  const page = EDITOR_PAGES[file.mimeType];
  if (page)
    return { webViewLink: `${addressOf(world, 'docs.google.com')}/${page}/d/${file.id}/edit?usp=drivesdk` };
  if (file.mimeType === MIME.folder) return { webViewLink: folderLink(world, file.id) };
  const drive = addressOf(world, 'drive.google.com');
  return {
    webViewLink: `${drive}/file/d/${file.id}/view?usp=drivesdk`,
    webContentLink: `${drive}/uc?id=${file.id}&export=download`,
  };
}

/** Where everybody reads what is published of an editors' file. */
export const publishedLink = (world: World, file: FileRow): string =>
  `${addressOf(world, 'docs.google.com')}/${EDITOR_PAGES[file.mimeType] ?? 'file'}/d/e/${publishedKey(world, file.id)}/pub`;

/** A small picture of a file that has one: itself, or what an app gave for it. */
export function thumbnailLinks(world: World, file: FileRow): Record<string, unknown> {
  if (!file.imageMediaMetadata && !file.thumbnail) return { hasThumbnail: false, thumbnailVersion: '0' };
  const thumbnailLink = `${addressOf(world, 'drive.google.com')}/thumbnail?id=${file.id}&sz=s220`;
  return { hasThumbnail: true, thumbnailLink, thumbnailVersion: '1' };
}

/** The page of a folder. */
export const folderLink = (world: World, id: string): string =>
  `${addressOf(world, 'drive.google.com')}/drive/folders/${id}`;

/** The page of a spreadsheet, as the Sheets API names it. */
export const spreadsheetLink = (world: World, id: string): string =>
  `${addressOf(world, 'docs.google.com')}/spreadsheets/d/${id}/edit`;

/** Where an editor's file is to be had in other formats. */
export function exportLinks(world: World, file: FileRow): { exportLinks?: Record<string, string> } {
  const path = EXPORT_PATHS[file.mimeType];
  const formats = EXPORT_FORMATS[file.mimeType];
  if (!path || !formats) return {};
  const base = `${addressOf(world, 'docs.google.com')}${path}?id=${file.id}&exportFormat=`;
  return { exportLinks: Object.fromEntries(formats.map((one) => [one, base + FORMAT_NAMES[one]])) };
}

/** The type that `exportFormat` means for a file; null where it means none. */
export const formatNamed = (file: FileRow, name: string | null): string | null =>
  EXPORT_FORMATS[file.mimeType]?.find((one) => FORMAT_NAMES[one] === name) ?? null;
