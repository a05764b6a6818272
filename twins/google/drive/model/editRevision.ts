/**
 * Revisions of the editors' files. Edits of one person that lie close together are one.
 * https://developers.google.com/workspace/drive/api/guides/change-overview
 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { EDIT_REVISIONS_MAX, EDIT_SESSION_MS } from '../../limits.ts';
import { type EditRevision, editRevisions } from '../world/editRevisions.ts';
import { type FileRow, files, timestamp } from '../world.ts';
import type { Viewer } from './access.ts';

/** An editors' file was edited inside: its newest revision goes on, or another begins. */
export function noteEdit(world: World, viewer: Viewer, file: FileRow): void {
  const kept = editRevisionsOf(world, file);
  const last = kept.at(-1) as EditRevision;
  const now = {
    modifiedTime: timestamp(world.now()),
    lastModifyingUser: viewer.email,
    edits: last.edits + 1,
  };
  const goesOn =
    last.lastModifyingUser === viewer.email &&
    world.now() - Date.parse(last.modifiedTime) <= EDIT_SESSION_MS &&
    !(last.published && !last.publishAuto);
  if (goesOn) {
    world.put(editRevisions, { ...last, ...now });
    return;
  }
  if (kept.length === 1) world.put(editRevisions, last);
  const oldest = kept[0];
  if (oldest && kept.length >= EDIT_REVISIONS_MAX) world.remove(editRevisions, editRevisions.key(oldest));
  const published = last.publishAuto ? publication(last) : {};
  if (last.publishAuto) world.put(editRevisions, { ...last, published: false, publishAuto: false });
  world.insert(editRevisions, { fileId: file.id, id: String(now.edits), ...now, ...published });
}

/** Oldest first. Of a file that was never edited there is the one it began with. */
export function editRevisionsOf(world: World, file: FileRow): EditRevision[] {
  const kept = world.list(editRevisions, { prefix: `${file.id}/` }).toArray();
  if (kept.length > 0) return kept;
  const { createdTime: modifiedTime, lastModifyingUser } = file;
  return [{ fileId: file.id, id: '1', edits: 1, modifiedTime, lastModifyingUser }];
}

/** How a revision is published, without what says which it is. */
const publication = ({
  published,
  publishAuto,
  publishedOutsideDomain,
  publishedKey: key,
}: EditRevision) => ({
  ...(key === undefined ? {} : { publishedKey: key }),
  ...(published === undefined ? {} : { published }),
  ...(publishAuto === undefined ? {} : { publishAuto }),
  ...(publishedOutsideDomain === undefined ? {} : { publishedOutsideDomain }),
});

/** The revision of a file that everybody may read on the web; undefined where none is published. */
export const publishedRevision = (world: World, file: FileRow): EditRevision | undefined =>
  editRevisionsOf(world, file).findLast((one) => one.published === true);

/** What the address of a published file says in the place of its id. */
export const publishedKey = (world: World, fileId: string): string =>
  `2PACX-${world.drawFor('google.published', fileId).chars(BASE64URL, 80)}`;

/** The file that is published under a key. */
export function publishedFile(world: World, key: string): FileRow | undefined {
  const row = world.list(editRevisions, { index: 'publishedKey', equals: key }).first();
  return row && world.get(files, row.fileId);
}

export function dropEditRevisions(world: World, fileId: string): void {
  for (const row of world.list(editRevisions, { prefix: `${fileId}/` }).toArray())
    world.remove(editRevisions, editRevisions.key(row));
}
