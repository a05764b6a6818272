/** Revisions of files: listed, kept, published, deleted. https://developers.google.com/workspace/drive/api/guides/manage-revisions */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { REVISION_MS_KEPT, REVISIONS_UNKEPT_MAX } from '../../limits.ts';
import { type EditRevision, editRevisions } from '../world/editRevisions.ts';
import { type FileRow, isNative, MIME, type Revision, revisions } from '../world.ts';
import { fileFor, type Viewer } from './access.ts';
import { checkDownload } from './capabilities.ts';
import { requirePin, revisionsOf } from './content.ts';
import { editRevisionsOf, publishedKey } from './editRevision.ts';

/** One of a binary file (with its bytes), or one of an editors' file. */
export type AnyRevision =
  | { kind: 'content'; file: FileRow; row: Revision }
  | { kind: 'edit'; file: FileRow; row: EditRevision };

export interface RevisionInput {
  keepForever?: boolean;
  published?: boolean;
  publishAuto?: boolean;
  publishedOutsideDomain?: boolean;
}

/** Oldest first. Throws `notFound`, `insufficientFilePermissions` (readers may not look), `revisionsNotSupported`. */
export function revisionsFor(world: World, viewer: Viewer, fileId: string): AnyRevision[] {
  const file = fileFor(world, viewer, fileId, 'writer');
  if (file.mimeType === MIME.folder || file.mimeType === MIME.shortcut)
    throw googleError('revisionsNotSupported');
  if (isNative(file.mimeType))
    return editRevisionsOf(world, file).map((row) => ({ kind: 'edit', file, row }));
  return living(world, file).map((row) => ({ kind: 'content', file, row }));
}

/** Throws `notFound`; `head` is a name for the newest. */
export function revisionIn(world: World, viewer: Viewer, fileId: string, id: string): AnyRevision {
  const all = revisionsFor(world, viewer, fileId);
  const found = id === 'head' ? all.at(-1) : all.find(({ row }) => row.id === id);
  if (!found) throw missing(id);
  return found;
}

/**
 * The bytes of a revision. Throws `fileNotDownloadable` for an editors' file, `download_restricted_for_revision` for an
 * old one that is not kept for ever.
 */
export function revisionBytes(world: World, viewer: Viewer, fileId: string, id: string): Revision {
  const found = revisionIn(world, viewer, fileId, id);
  if (found.kind === 'edit')
    throw googleError('fileNotDownloadable', { location: 'alt', locationType: 'parameter' });
  checkDownload(world, viewer, found.file);
  const isHead = found.row.id === living(world, found.file).at(-1)?.id;
  if (!isHead && !found.row.keepForever) throw googleError('download_restricted_for_revision');
  return found.row;
}

/** Keeps a binary file's revision for ever, or publishes one of an editors' file. Throws `fieldNotWritable`. */
export function updateRevision(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  { keepForever, ...publishing }: RevisionInput,
): AnyRevision {
  const found = revisionIn(world, viewer, fileId, id);
  if (found.kind === 'content') {
    if (Object.values(publishing).some((one) => one !== undefined)) throw googleError('fieldNotWritable');
    return { ...found, row: kept(world, found.row, keepForever) };
  }
  if (keepForever !== undefined) throw googleError('fieldNotWritable');
  return { ...found, row: published(world, found, publishing) };
}

/**
 * Takes a binary file's revision away. Throws `revisionDeletionNotSupported` for an editors' file,
 * `cannotDeleteOnlyRevision`, `forbidden` for the newest.
 */
export function deleteRevision(world: World, viewer: Viewer, fileId: string, id: string): void {
  const found = revisionIn(world, viewer, fileId, id);
  if (found.kind === 'edit') throw googleError('revisionDeletionNotSupported');
  const all = living(world, found.file);
  if (all.length === 1) throw googleError('cannotDeleteOnlyRevision');
  if (all.at(-1)?.id === found.row.id)
    throw googleError('forbidden', { message: 'The head revision of a file cannot be deleted.' });
  world.remove(revisions, revisions.key(found.row));
}

/** Those that are still there: unless kept, a revision goes when it is long replaced, or when many came after. */
export function living(world: World, file: FileRow): Revision[] {
  const all = revisionsOf(world, file.id);
  const over = world.now() - REVISION_MS_KEPT;
  let unkept = all.filter((one) => !one.keepForever).length;
  return all.filter((one, nth) => {
    const next = all[nth + 1];
    if (one.keepForever || !next) return true;
    const many = unkept-- > REVISIONS_UNKEPT_MAX;
    return !many && Date.parse(next.modifiedTime) > over;
  });
}

function kept(world: World, row: Revision, keepForever: boolean | undefined): Revision {
  if (keepForever === undefined || keepForever === row.keepForever) return row;
  if (keepForever) requirePin(revisionsOf(world, row.fileId));
  return world.update(revisions, revisions.key(row), { keepForever });
}

/** One revision of a file is published at a time. */
function published(
  world: World,
  { file, row }: { file: FileRow; row: EditRevision },
  wanted: Omit<RevisionInput, 'keepForever'>,
): EditRevision {
  const key = wanted.published ? { publishedKey: publishedKey(world, file.id) } : {};
  const next: EditRevision = { ...row, ...wanted, ...key };
  if (!next.published && (wanted.publishAuto || wanted.publishedOutsideDomain))
    throw googleError('badRequest', {
      message: 'Only a published revision can be republished or opened to others.',
    });
  if (JSON.stringify(next) === JSON.stringify(row)) return row;
  if (wanted.published)
    for (const one of editRevisionsOf(world, file))
      if (one.published && one.id !== row.id)
        world.put(editRevisions, { ...one, published: false, publishAuto: false });
  return world.put(editRevisions, next);
}

const missing = (id: string) =>
  googleError('notFound', {
    message: `Revision not found: ${id}.`,
    location: 'revisionId',
    locationType: 'parameter',
  });
