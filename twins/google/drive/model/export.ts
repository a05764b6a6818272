/** An editor's file in another format. https://developers.google.com/workspace/drive/api/guides/ref-export-formats */
import type { World } from '../../../../src/world/world.ts';
import { documentText } from '../../docs/model/document.ts';
import { documentMarkdown } from '../../docs/model/markdown.ts';
import { badRequest, googleError, missingPart } from '../../errors.ts';
import { separatedText } from '../../sheets/model/separated.ts';
import { EXPORT_FORMATS } from '../formats.ts';
import { type FileRow, isNative, MIME } from '../world.ts';

export interface Exported {
  bytes: string;
  contentType: string;
  extension: string;
}

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
  if (file.mimeType === MIME.spreadsheet && format === 'text/csv')
    return { bytes: separatedText(world, file.id, ','), contentType: 'text/csv', extension: 'csv' };
  if (file.mimeType === MIME.spreadsheet && format === 'text/tab-separated-values')
    return { bytes: separatedText(world, file.id, '\t'), contentType: format, extension: 'tsv' };
  // Plain text begins with a byte order mark and ends its lines as Windows does.
  if (file.mimeType === MIME.document && format === 'text/plain')
    return {
      bytes: `\ufeff${documentText(world, file.id).replace(/\n$/, '').replace(/\n/g, '\r\n')}`,
      contentType: 'text/plain',
      extension: 'txt',
    };
  if (file.mimeType === MIME.document && (format === 'text/markdown' || format === 'text/x-markdown'))
    return { bytes: documentMarkdown(world, file.id), contentType: format, extension: 'md' };
  throw missingPart(`drive.files.export:${format}`);
}
