/** Revisions. Edits of the editors' files merge into one, as the vendor merges what lies close together. */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { type FileRow, isNative, type Revision, revisions } from '../world.ts';
import { fileFor, type Viewer } from './access.ts';
import { revisionsOf } from './content.ts';

/** A revision without its bytes. */
export type RevisionInfo = Pick<Revision, 'id' | 'mimeType' | 'modifiedTime' | 'lastModifyingUser'> &
  Partial<Pick<Revision, 'originalFilename' | 'size' | 'md5Checksum' | 'keepForever'>>;

/** Oldest first. Throws `notFound`, `insufficientFilePermissions`: readers may not look. */
export function revisionsFor(world: World, viewer: Viewer, fileId: string): RevisionInfo[] {
  const file = fileFor(world, viewer, fileId, 'writer');
  return isNative(file.mimeType) ? [current(file)] : revisionsOf(world, file.id);
}

/** Throws `notFound`. */
export function revisionIn(world: World, viewer: Viewer, fileId: string, id: string): RevisionInfo {
  const found = revisionsFor(world, viewer, fileId).find((one) => one.id === id || id === 'head');
  if (!found) throw missing(id);
  return found;
}

/** Keeps a revision of a binary file for ever, or no longer. */
export function keepRevision(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  keepForever: boolean | undefined,
): RevisionInfo {
  const found = stored(world, viewer, fileId, id);
  return world.update(revisions, revisions.key(found), { keepForever: keepForever ?? found.keepForever });
}

/** The last revision, and those of the editors' files, cannot go. */
export function deleteRevision(world: World, viewer: Viewer, fileId: string, id: string): void {
  const found = stored(world, viewer, fileId, id);
  if (revisionsOf(world, fileId).length === 1)
    throw googleError('forbidden', { message: 'The last remaining revision of a file cannot be deleted.' });
  world.remove(revisions, revisions.key(found));
}

function stored(world: World, viewer: Viewer, fileId: string, id: string): Revision {
  const file = fileFor(world, viewer, fileId, 'writer');
  const found = revisionsOf(world, file.id).find((one) => one.id === id);
  if (found) return found;
  if (isNative(file.mimeType))
    throw googleError('forbidden', { message: 'The file does not support this operation on its revisions.' });
  throw missing(id);
}

const current = (file: FileRow): RevisionInfo => ({
  id: '1',
  mimeType: file.mimeType,
  modifiedTime: file.modifiedTime,
  lastModifyingUser: file.lastModifyingUser,
});

const missing = (id: string) =>
  googleError('notFound', {
    message: `Revision not found: ${id}.`,
    location: 'revisionId',
    locationType: 'parameter',
  });
