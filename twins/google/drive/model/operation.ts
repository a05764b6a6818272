/** Downloads as long-running operations; here they are done at once. https://developers.google.com/workspace/drive/api/guides/long-running-operations */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { DOWNLOAD_MS_MAX, DOWNLOADS_MAX } from '../../limits.ts';
import { EXPORT_FORMATS } from '../formats.ts';
import { type Download, downloads } from '../world/operation.ts';
import { isNative, MIME } from '../world.ts';
import { type Viewer, visibleFile } from './access.ts';
import { checkDownload } from './capabilities.ts';
import { revisionIn } from './revision.ts';

const OOXML = 'application/vnd.openxmlformats-officedocument.';
/** What an editors' file becomes where nothing is said. */
const USUAL: Readonly<Record<string, string>> = {
  [MIME.document]: `${OOXML}wordprocessingml.document`,
  [MIME.spreadsheet]: `${OOXML}spreadsheetml.sheet`,
};

/** Asks for a file's content. Throws `notFound`, `cannotDownloadFile`, `fileNotDownloadable`, `invalid`. */
export function askDownload(
  world: World,
  viewer: Viewer,
  fileId: string,
  of: { mimeType?: string; revisionId?: string },
): Download {
  const file = visibleFile(world, viewer, fileId);
  checkDownload(world, viewer, file);
  const native = isNative(file.mimeType);
  const mimeType = of.mimeType ?? USUAL[file.mimeType];
  if (!native && of.mimeType)
    throw badRequest('mimeType can only be set when downloading Google Workspace documents.', 'mimeType');
  if (native && (!mimeType || !EXPORT_FORMATS[file.mimeType]?.includes(mimeType)))
    throw mimeType
      ? badRequest('The requested conversion is not supported.', 'mimeType')
      : googleError('fileNotDownloadable');
  if (of.revisionId) revisionIn(world, viewer, fileId, of.revisionId);
  const oldest = world.list(downloads).toArray(DOWNLOADS_MAX);
  if (oldest.length >= DOWNLOADS_MAX) world.remove(downloads, oldest[0]?.name ?? '');
  return world.insert(downloads, {
    name: world.draw('google.download').chars(BASE64URL, 48),
    email: viewer.email,
    fileId,
    ...(native && mimeType ? { mimeType } : {}),
    ...(of.revisionId ? { revisionId: of.revisionId } : {}),
    expiresAt: world.now() + DOWNLOAD_MS_MAX,
  });
}

/** Throws `notFound` for one of somebody else, and after a day. */
export function downloadNamed(world: World, viewer: Viewer, name: string): Download {
  const found = world.get(downloads, name);
  if (found?.email === viewer.email && found.expiresAt > world.now()) return found;
  throw googleError('notFound', { message: `Operation not found: ${name}.`, location: 'name' });
}
