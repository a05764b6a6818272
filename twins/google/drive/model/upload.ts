/** Resumable uploads: a session is opened, its bytes come in one request or several. */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { BODY_BYTES_MAX, UPLOAD_MS_MAX } from '../../limits.ts';
import { type FileRow, type Upload, uploads } from '../world.ts';
import { fileFor, type Viewer } from './access.ts';
import { createFile, type FileInput, updateFile } from './file.ts';

/** Open sessions of one universe; the oldest go first. */
const UPLOADS_MAX = 1_000;

/** Opens a session and gives its id. Throws what the upload itself would refuse for the file. */
export function openUpload(
  world: World,
  viewer: Viewer,
  of: { fileId?: string; metadata: FileInput; contentType: string },
): string {
  if (of.fileId !== undefined) fileFor(world, viewer, of.fileId, 'writer');
  const open = world.list(uploads).toArray(UPLOADS_MAX);
  if (open.length >= UPLOADS_MAX) world.remove(uploads, open[0]?.id ?? '');
  const id = world.draw('google.upload').chars(BASE64URL, 80);
  world.insert(uploads, {
    id,
    email: viewer.email,
    app: viewer.app,
    ...(of.fileId === undefined ? {} : { fileId: of.fileId }),
    metadata: of.metadata as Record<string, unknown>,
    contentType: of.contentType,
    bytes: '',
    expiresAt: world.now() + UPLOAD_MS_MAX,
  });
  return id;
}

/** What a request with bytes led to: the finished file, or how many bytes there are so far. */
export type UploadState = { file: FileRow } | { received: number };

/** Takes bytes for a session. Throws `notFound` for one that is not open. */
export function continueUpload(
  world: World,
  id: string,
  bytes: Uint8Array,
  contentRange: string | undefined,
): UploadState {
  const upload = world.get(uploads, id);
  if (!upload || upload.expiresAt <= world.now()) throw googleError('notFound', { message: 'Not Found' });
  const range = readRange(contentRange, bytes.length);
  const before = Buffer.from(upload.bytes, 'base64');
  if (range.query) return { received: before.length };
  if (range.from !== before.length)
    throw badRequest('Failed to parse Content-Range header.', 'Content-Range');
  const all = Buffer.concat([before, bytes]);
  if (all.length > BODY_BYTES_MAX) throw googleError('uploadTooLarge');
  if (range.total === undefined || all.length < range.total) {
    world.update(uploads, id, { bytes: all.toString('base64') });
    return { received: all.length };
  }
  world.remove(uploads, id);
  return { file: finish(world, upload, all) };
}

function finish(world: World, upload: Upload, bytes: Uint8Array): FileRow {
  const viewer: Viewer = { email: upload.email, app: upload.app, appOnly: false };
  const source = { bytes, type: upload.contentType };
  const metadata = upload.metadata as FileInput;
  return upload.fileId === undefined
    ? createFile(world, viewer, metadata, source)
    : updateFile(world, viewer, upload.fileId, metadata, {}, source);
}

/** `bytes 0-99/200`, or an asterisk in place of the range or the total. */
function readRange(
  header: string | undefined,
  length: number,
): { from: number; total?: number; query?: boolean } {
  if (header === undefined) return { from: 0, total: length };
  const match = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header);
  if (!match) throw badRequest('Failed to parse Content-Range header.', 'Content-Range');
  const total = match[3] === '*' ? {} : { total: Number(match[3]) };
  if (match[1] === undefined) return { from: 0, query: true, ...total };
  return { from: Number(match[1]), ...total };
}
