/** The bytes of files that are no editor's: kept by revision. */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { REVISIONS_MAX } from '../../limits.ts';
import { type FileRow, isNative, type Revision, revisions, timestamp } from '../world.ts';
import type { Viewer } from './access.ts';
import { imageSize } from './image.ts';

/** What a file's row says about its newest bytes. */
export type ContentFields = Pick<
  FileRow,
  'size' | 'md5Checksum' | 'sha1Checksum' | 'sha256Checksum' | 'headRevisionId' | 'imageMediaMetadata'
>;

/** What may be asked for with new bytes. */
export interface Keeping {
  /** Their revision never goes by itself. */
  keepRevisionForever?: boolean;
  /** They are text to be searched, whatever their type says. */
  indexable?: boolean;
  /** A copy has the comments of what it was made from. */
  comments?: boolean;
}

/** Keeps `bytes` as the newest revision of a file; the oldest goes where there are too many. */
export function keepContent(
  world: World,
  viewer: Viewer,
  file: Pick<FileRow, 'id' | 'mimeType' | 'name'>,
  bytes: Uint8Array,
  keeping: Keeping = {},
): ContentFields {
  const sum = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  const all = revisionsOf(world, file.id);
  const oldest = all.find((one) => !one.keepForever);
  if (keeping.keepRevisionForever) requirePin(all);
  if (all.length >= REVISIONS_MAX && oldest) world.remove(revisions, revisions.key(oldest));
  const image = imageSize(bytes);
  const fields = {
    size: String(bytes.length),
    md5Checksum: sum('md5'),
    sha1Checksum: sum('sha1'),
    sha256Checksum: sum('sha256'),
    headRevisionId: `0B${world.draw('google.revision').chars(BASE64URL, 50)}PQ`,
  };
  world.insert(revisions, {
    fileId: file.id,
    id: fields.headRevisionId,
    mimeType: file.mimeType,
    modifiedTime: timestamp(world.now()),
    lastModifyingUser: viewer.email,
    originalFilename: file.name,
    size: fields.size,
    md5Checksum: fields.md5Checksum,
    keepForever: keeping.keepRevisionForever ?? false,
    bytes: Buffer.from(bytes).toString('base64'),
    nth: (all.at(-1)?.nth ?? 0) + 1,
  });
  return { ...fields, imageMediaMetadata: image };
}

/** Throws `badRequest` where as many revisions as may be are kept for ever. */
export function requirePin(all: readonly Revision[]): void {
  if (all.filter((one) => one.keepForever).length >= REVISIONS_MAX)
    throw googleError('badRequest', { message: 'The limit of revisions that are kept forever is reached.' });
}

/** Bytes that count against the owner's space: the newest revision, and those that are kept for ever. */
export const quotaBytes = (world: World, file: FileRow): number =>
  isNative(file.mimeType)
    ? 0
    : revisionsOf(world, file.id)
        .filter((one) => one.keepForever && one.id !== file.headRevisionId)
        .reduce((sum, one) => sum + Number(one.size), Number(file.size ?? 0));

/** The newest bytes. Throws `fileNotDownloadable` for an editor's file. */
export function downloadedBytes(world: World, file: FileRow): Uint8Array {
  if (isNative(file.mimeType))
    throw googleError('fileNotDownloadable', { location: 'alt', locationType: 'parameter' });
  const newest = revisionsOf(world, file.id).at(-1);
  return newest ? Buffer.from(newest.bytes, 'base64') : new Uint8Array();
}

/** A file's revisions with bytes, oldest first. */
export const revisionsOf = (world: World, fileId: string): Revision[] =>
  world.list(revisions, { prefix: `${fileId}/` }).toArray();

export function dropContent(world: World, fileId: string): void {
  for (const one of revisionsOf(world, fileId)) world.remove(revisions, revisions.key(one));
}
