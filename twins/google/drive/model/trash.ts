/** The trash: into it, out of it, and what goes from it for good. https://support.google.com/drive/answer/2375102 */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { TRASH_MS_MAX } from '../../limits.ts';
import { type FileRow, files, MIME, timestamp } from '../world.ts';
import { atLeast, driveFor, noPermission, roleOf, rootOf, type Viewer, visibleFile } from './access.ts';
import { dropApprovals } from './approval.ts';
import { logChange } from './change.ts';
import { dropComments } from './comment.ts';
import { dropContent } from './content.ts';
import { dropEditRevisions } from './editRevision.ts';
import { descendants, withInherited } from './inherit.ts';
import { dropLabels } from './label/apply.ts';
import { dropInside } from './native.ts';
import { dropProposals } from './sharing/proposal.ts';
import { dropText } from './text.ts';

/** The twin's timer: what has lain in the trash for a month goes. */
export const TRASH_TIMER = 'trashLeft';

/** The file in the trash, or out of it, with all that is below it. Throws `insufficientFilePermissions`. */
export function trashed(world: World, viewer: Viewer, file: FileRow, trash: boolean): FileRow {
  if (file.space) throw googleError('notSupportedForAppDataFolderFiles');
  if (!atLeast(roleOf(world, file, viewer.email), file.driveId ? 'fileOrganizer' : 'owner'))
    throw noPermission(file.id);
  const time = timestamp(world.now());
  const mark = { time, by: viewer.email };
  if (file.mimeType === MIME.folder) markBelow(world, file.id, trash ? mark : undefined);
  if (!trash) return restored(world, marked(file, undefined, false));
  world.schedule(world.now() + TRASH_MS_MAX, TRASH_TIMER, { fileId: file.id, trashedTime: time });
  return marked(file, mark, true);
}

/** Gone for good, with what is below it. Only the owner (or an organizer of the shared drive) may. */
export function deleteFile(world: World, viewer: Viewer, id: string): void {
  const file = visibleFile(world, viewer, id);
  if (!atLeast(roleOf(world, file, viewer.email), file.driveId ? 'organizer' : 'owner'))
    throw noPermission(id);
  removeTree(world, file);
}

/** Deletes what the viewer, or who looks after the shared drive, has put in the trash. */
export function emptyTrash(world: World, viewer: Viewer, driveId?: string): void {
  if (driveId) driveFor(world, viewer, driveId, 'organizer');
  const equals = driveId ?? viewer.email.toLowerCase();
  for (const file of world.list(files, { index: 'trashedOf', equals }).toArray())
    if (world.get(files, file.id)) removeTree(world, file);
}

/** The clock has come to where a trashed file goes, unless it was taken out since. */
export function trashLeft(world: World, payload: Record<string, unknown>): void {
  const file = world.get(files, String(payload.fileId));
  if (file?.explicitlyTrashed && file.trashedTime === payload.trashedTime) removeTree(world, file);
}

interface Mark {
  time: string;
  by: string;
}

function marked(file: FileRow, mark: Mark | undefined, explicitly: boolean): FileRow {
  const { trashedTime: _time, trashingUser: _user, ...rest } = file;
  const trash = mark !== undefined;
  const base = { ...rest, trashed: trash, explicitlyTrashed: trash && explicitly };
  return mark ? { ...base, trashedTime: mark.time, trashingUser: mark.by } : base;
}

/** What somebody had put in the trash by itself stays there, with what is below it. */
function markBelow(world: World, folderId: string, mark: Mark | undefined): void {
  for (const one of world.list(files, { index: 'parent', equals: folderId }).toArray()) {
    if (one.explicitlyTrashed) continue;
    logChange(world, world.update(files, one.id, marked(one, mark, false)), false);
    if (one.mimeType === MIME.folder) markBelow(world, one.id, mark);
  }
}

/** What comes out of the trash while its folder is still in it goes to its owner's root. */
function restored(world: World, file: FileRow): FileRow {
  const folder = world.get(files, file.parents[0] ?? '');
  if (!folder?.trashed) return file;
  const root = file.driveId ?? rootOf(world, file.owner ?? '');
  const next = { ...file, parents: [root] };
  return { ...next, permissions: withInherited(world, next) };
}

/** Other people's files in a folder that goes are put into their owners' roots. */
function removeTree(world: World, file: FileRow): void {
  const below = file.mimeType === MIME.folder ? descendants(world, file.id) : [];
  const staying = new Set<string>();
  for (const one of below) {
    const foreign = one.driveId === undefined && one.owner !== file.owner;
    if (staying.has(one.parents[0] ?? '')) staying.add(one.id);
    else if (foreign) {
      staying.add(one.id);
      const home = { ...one, parents: [rootOf(world, one.owner ?? '')] };
      const next = { ...home, permissions: withInherited(world, home) };
      logChange(world, world.update(files, one.id, next), false, one);
    }
  }
  for (const one of [...below.reverse(), file]) if (!staying.has(one.id)) removeOne(world, one);
}

function removeOne(world: World, file: FileRow): void {
  dropInside(world, file);
  dropContent(world, file.id);
  dropComments(world, file.id);
  dropProposals(world, file.id);
  dropEditRevisions(world, file.id);
  dropApprovals(world, file.id);
  dropText(world, file.id);
  dropLabels(world, file.id);
  world.remove(files, file.id);
  logChange(world, file, true);
}
