/** An editor's file in another format. https://developers.google.com/workspace/drive/api/guides/ref-export-formats */
import type { World } from '../../../../src/world/world.ts';
import { documentArchive, documentBook } from '../../docs/model/convert/archives.ts';
import { documentHtml } from '../../docs/model/convert/html.ts';
import { documentMarkdown } from '../../docs/model/convert/markdown.ts';
import { documentPlainText } from '../../docs/model/convert/plainText.ts';
import { documentPdf } from '../../docs/model/convert/printed.ts';
import { documentWord } from '../../docs/model/convert/word.ts';
import { badRequest, googleError, missingPart } from '../../errors.ts';
import { spreadsheetPages } from '../../sheets/model/convert/html.ts';
import { spreadsheetPdf } from '../../sheets/model/convert/printed.ts';
import { workbookBytes } from '../../sheets/model/convert/workbook.ts';
import { separatedText } from '../../sheets/model/separated.ts';
import { EXPORT_FORMATS } from '../formats.ts';
import { type FileRow, isNative, MIME } from '../world.ts';

export interface Exported {
  bytes: string | Uint8Array;
  contentType: string;
  extension: string;
}

interface Maker {
  extension: string;
  make(world: World, file: FileRow): string | Uint8Array;
}

const OOXML = 'application/vnd.openxmlformats-officedocument.';
const ODS: Maker = { extension: 'ods', make: (world, { id }) => workbookBytes(world, id, 'ods') };
const MARKDOWN: Maker = { extension: 'md', make: (world, { id }) => documentMarkdown(world, id) };

/** What the twin makes; a format that Drive makes besides is a gap. */
const MAKERS: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  [MIME.spreadsheet]: {
    'text/csv': { extension: 'csv', make: (world, { id }) => separatedText(world, id, ',') },
    'text/tab-separated-values': {
      extension: 'tsv',
      make: (world, { id }) => separatedText(world, id, '\t'),
    },
    [`${OOXML}spreadsheetml.sheet`]: {
      extension: 'xlsx',
      make: (world, { id }) => workbookBytes(world, id, 'xlsx'),
    },
    'application/vnd.oasis.opendocument.spreadsheet': ODS,
    'application/x-vnd.oasis.opendocument.spreadsheet': ODS,
    'application/pdf': { extension: 'pdf', make: (world, { id, name }) => spreadsheetPdf(world, id, name) },
    'application/zip': { extension: 'zip', make: (world, { id }) => spreadsheetPages(world, id) },
  },
  [MIME.document]: {
    'text/plain': { extension: 'txt', make: (world, { id }) => documentPlainText(world, id) },
    'text/html': { extension: 'html', make: (world, { id }) => documentHtml(world, id) },
    'text/markdown': MARKDOWN,
    'text/x-markdown': MARKDOWN,
    'application/pdf': { extension: 'pdf', make: (world, { id, name }) => documentPdf(world, id, name) },
    'application/zip': { extension: 'zip', make: (world, { id, name }) => documentArchive(world, id, name) },
    'application/epub+zip': {
      extension: 'epub',
      make: (world, { id, name }) => documentBook(world, id, name),
    },
    [`${OOXML}wordprocessingml.document`]: {
      extension: 'docx',
      make: (world, { id }) => documentWord(world, id),
    },
  },
};

/** Throws `fileNotExportable`, `badRequest` for a format that the vendor does not make. */
export function exportFile(world: World, file: FileRow, format: string | null): Exported {
  if (!format) throw badRequest('Required parameter: mimeType', 'mimeType');
  if (!isNative(file.mimeType) || file.mimeType === MIME.folder) throw googleError('fileNotExportable');
  if (!EXPORT_FORMATS[file.mimeType]?.includes(format))
    throw googleError('badRequest', {
      message: 'The requested conversion is not supported.',
      location: 'convertTo',
      locationType: 'parameter',
    });
  const maker = MAKERS[file.mimeType]?.[format];
  if (!maker) throw missingPart(`drive.files.export:${format}`);
  return { bytes: maker.make(world, file), contentType: format, extension: maker.extension };
}
