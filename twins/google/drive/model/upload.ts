/**
 * Resumable uploads: a session is opened, its bytes come in one request or several.
 * https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable
 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { BODY_BYTES_MAX, UPLOAD_CHUNK_BYTES, UPLOAD_MS_MAX } from '../../limits.ts';
import { type FileRow, files, type Upload, uploads } from '../world.ts';
import { fileFor, type Viewer } from './access.ts';
import { createFile, type FileInput, updateFile } from './file.ts';
import { onlyParent, placeFor } from './place.ts';

/** Open sessions of one universe; the oldest go first. */
const UPLOADS_MAX = 1_000;

/** Opens a session and gives its id. Throws what the upload itself would refuse for the file or its folder. */
export function openUpload(
  world: World,
  viewer: Viewer,
  of: Pick<Upload, 'fileId' | 'options' | 'contentType' | 'total'> & { metadata: FileInput },
): string {
  if (of.fileId !== undefined) fileFor(world, viewer, of.fileId, 'writer');
  else placeFor(world, viewer, onlyParent(of.metadata.parents));
  if ((of.total ?? 0) > BODY_BYTES_MAX) throw googleError('uploadTooLarge');
  const open = world.list(uploads).toArray(UPLOADS_MAX);
  if (open.length >= UPLOADS_MAX) world.remove(uploads, open[0]?.id ?? '');
  const id = world.draw('google.upload').chars(BASE64URL, 80);
  world.insert(uploads, {
    id,
    viewer,
    ...of,
    metadata: of.metadata as Record<string, unknown>,
    bytes: '',
    expiresAt: world.now() + UPLOAD_MS_MAX,
  });
  return id;
}

/** Where a request says that its bytes belong. */
export interface Piece {
  /** Absent: how much has come is asked. */
  from?: number;
  /** Bytes in all, where it is known. */
  total?: number;
  /** No more will come. */
  last?: boolean;
}

/** What a request with bytes led to: the finished file, or how many bytes there are so far. */
export type UploadState = { file: FileRow } | { received: number };

/**
 * Takes bytes for a session; what has come already is passed over, so that a piece may be sent again. Throws `notFound`
 * for one that is not open, `badRequest` for a piece that leaves a gap or is too small.
 */
export function continueUpload(world: World, id: string, bytes: Uint8Array, piece: Piece): UploadState {
  const upload = openedUpload(world, id);
  const done = upload.finished === undefined ? undefined : world.get(files, upload.finished);
  if (done) return { file: done };
  const before = Buffer.from(upload.bytes, 'base64');
  const total = piece.total ?? upload.total;
  if (piece.from === undefined)
    return total === 0 ? { file: finish(world, upload, before) } : { received: before.length };
  if (piece.from > before.length || (total !== undefined && piece.from + bytes.length > total))
    throw unreadable();
  const all = Buffer.concat([before, bytes.subarray(before.length - piece.from)]);
  if (all.length > BODY_BYTES_MAX) throw googleError('uploadTooLarge');
  if (piece.last || (total !== undefined && all.length >= total)) return { file: finish(world, upload, all) };
  if (bytes.length < UPLOAD_CHUNK_BYTES) throw tooSmall(bytes.length);
  const kept = all.subarray(0, all.length - (all.length % UPLOAD_CHUNK_BYTES));
  world.update(uploads, id, {
    bytes: kept.toString('base64'),
    ...(total === undefined ? {} : { total }),
  });
  return { received: kept.length };
}

/** The session of that id. Throws `notFound` for one that is not open, or no longer. */
export function openedUpload(world: World, id: string): Upload {
  const upload = world.get(uploads, id);
  if (!upload || upload.expiresAt <= world.now()) throw googleError('notFound', { message: 'Not Found' });
  return upload;
}

/** Ends a session without a file. Throws `notFound`. */
export function cancelUpload(world: World, id: string): void {
  world.remove(uploads, openedUpload(world, id).id);
}

/** `bytes 0-99/200`, or an asterisk in place of the range or the total. Throws `badRequest`. */
export function pieceOf(header: string | undefined, length: number): Piece {
  if (header === undefined) return { from: 0, total: length };
  const [, from, to, total] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header.trim()) ?? [];
  if (total === undefined) throw unreadable();
  const all = total === '*' ? {} : { total: Number(total) };
  if (from === undefined) return all;
  if (Number(to) - Number(from) + 1 !== length) throw unreadable();
  return { from: Number(from), ...all };
}

function finish(world: World, upload: Upload, bytes: Uint8Array): FileRow {
  const { viewer, metadata, options, contentType } = upload;
  const source = { bytes, type: contentType };
  const input = metadata as FileInput;
  const file =
    upload.fileId === undefined
      ? createFile(world, viewer, input, source, options)
      : updateFile(world, viewer, upload.fileId, input, options ?? {}, source, options);
  world.update(uploads, upload.id, { finished: file.id, bytes: '' });
  return file;
}

const unreadable = () => badRequest('Failed to parse Content-Range header.', 'Content-Range');

const tooSmall = (bytes: number) =>
  googleError('badRequest', {
    message:
      'Invalid request.  The number of bytes uploaded is required to be equal or greater than ' +
      `${UPLOAD_CHUNK_BYTES}, except for the final request (it's recommended to be the exact multiple of ` +
      `${UPLOAD_CHUNK_BYTES}).  The received request contained ${bytes} bytes, which does not meet this requirement.`,
  });
