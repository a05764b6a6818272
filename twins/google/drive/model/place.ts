/** Where files are: the folder of a new one, moves between folders and shared drives, and what they may not do. */
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { FOLDER_DEPTH_MAX } from '../../limits.ts';
import { type FileRow, files, MIME } from '../world.ts';
import {
  appDataRoot,
  atLeast,
  driveFor,
  fileNotFound,
  noPermission,
  resolveAlias,
  roleOf,
  rootOf,
  type Viewer,
  visibleFile,
} from './access.ts';
import { descendants, withInherited } from './inherit.ts';
import { ownerPermission } from './permission.ts';

/** What `files.update` may be told besides the fields: ids, parted by commas. */
export interface Move {
  addParents?: string;
  removeParents?: string;
}

export interface Place {
  id: string;
  driveId?: string;
  space?: 'appDataFolder';
  /** The folders from it up, nearest first. */
  above: string[];
}

/**
 * Where a new or moved item goes: the viewer's root, a folder to write to, a shared drive, the app's hidden folder.
 * Throws `notFound`, `insufficientParentPermissions`, `insufficientScopes`, `forbidden` for what is no folder.
 */
export function placeFor(world: World, viewer: Viewer, parent: string | undefined): Place {
  const root = rootOf(world, viewer.email);
  const id = parent === undefined ? root : resolveAlias(world, viewer, parent);
  if (id === appDataRoot(world, viewer)) {
    if (!viewer.appData) throw googleError('insufficientScopes', { location: 'spaces' });
    return { id, space: 'appDataFolder', above: [] };
  }
  if (id === root) return { id, above: [] };
  if (!world.get(files, id)) {
    if (!id.startsWith('0A') || viewer.myDriveOnly) throw fileNotFound(id);
    driveFor(world, { ...viewer, appOnly: false }, id, 'writer');
    return { id, driveId: id, above: [] };
  }
  const folder = visibleFile(world, { ...viewer, appOnly: false }, id);
  if (!atLeast(roleOf(world, folder, viewer.email), 'writer'))
    throw googleError('insufficientParentPermissions');
  if (folder.mimeType !== MIME.folder)
    throw googleError('forbidden', { message: 'The specified parent is not a folder.' });
  return {
    id,
    ...(folder.driveId ? { driveId: folder.driveId } : {}),
    ...(folder.space ? { space: folder.space } : {}),
    above: foldersFrom(world, folder),
  };
}

/** Throws `myDriveHierarchyDepthLimitExceeded`, `teamDriveHierarchyTooDeep` where folders would go too deep. */
export function checkDepth(place: Place, levels: number): void {
  if (place.above.length + levels <= FOLDER_DEPTH_MAX) return;
  throw googleError(place.driveId ? 'teamDriveHierarchyTooDeep' : 'myDriveHierarchyDepthLimitExceeded');
}

/**
 * The file where a move puts it. Throws `cannotAddParent`, `teamDrivesParentLimit` where it would have two parents,
 * `badRequest` for a folder below itself, and what stands between shared drives.
 */
export function moved(world: World, viewer: Viewer, file: FileRow, move: Move): FileRow {
  const [added, ...more] = listed(move.addParents);
  const gone = listed(move.removeParents).map((one) => resolveAlias(world, viewer, one));
  const [parent] = file.parents;
  const leaves = parent === undefined || gone.includes(parent);
  if (added === undefined) return leaves && parent !== undefined ? orphaned(file) : file;
  const place = placeFor(world, viewer, added);
  if (place.id === file.id || place.above.includes(file.id))
    throw googleError('badRequest', {
      message: 'Bad Request. User message: "A folder cannot be moved into itself or a folder below it."',
    });
  if (more.length > 0 || !leaves)
    throw googleError(file.driveId ? 'teamDrivesParentLimit' : 'cannotAddParent');
  if (place.space !== file.space) throw googleError('notSupportedForAppDataFolderFiles');
  if (file.mimeType === MIME.folder) checkDepth(place, heightOf(world, file.id));
  const next = place.driveId === file.driveId ? file : acrossDrives(world, viewer, file, place);
  const put: FileRow = { ...next, parents: [place.id] };
  return { ...put, permissions: withInherited(world, put) };
}

/** Everything below a folder that has changed its drive. */
export function carryBelow(world: World, before: FileRow, folder: FileRow): void {
  if (folder.mimeType !== MIME.folder || folder.driveId === before.driveId) return;
  for (const one of descendants(world, folder.id)) world.update(files, one.id, (row) => inDrive(row, folder));
}

/** A file without a folder: its owner still has it. */
function orphaned(file: FileRow): FileRow {
  if (file.driveId) throw googleError('teamDrivesParentLimit');
  return { ...file, parents: [] };
}

function acrossDrives(world: World, viewer: Viewer, file: FileRow, place: Place): FileRow {
  const into = place.driveId;
  if (file.trashed)
    throw googleError(into ? 'cannotMoveTrashedItemIntoTeamDrive' : 'cannotMoveTrashedItemOutOfTeamDrive');
  if (file.driveId && !atLeast(roleOf(world, file, viewer.email), 'organizer')) throw noPermission(file.id);
  if (into) {
    const drive = driveFor(world, { ...viewer, appOnly: false }, into, 'writer');
    if (file.mimeType === MIME.folder && !atLeast(roleOf(world, drive, viewer.email), 'organizer'))
      throw googleError('teamDrivesFolderMoveInNotSupported');
    if (file.owner && !roleOf(world, drive, file.owner)) throw googleError('fileOwnerNotMemberOfTeamDrive');
    return inDrive(file, { driveId: into });
  }
  return inDrive(file, { owner: viewer.email, permissions: [ownerPermission(world, viewer.email)] });
}

/** Items of shared drives belong to the drive; who takes one out of it owns it. */
function inDrive(file: FileRow, place: Pick<Partial<FileRow>, 'driveId' | 'owner' | 'permissions'>): FileRow {
  const { driveId: _drive, owner: _owner, ...rest } = file;
  const others = file.permissions.filter((one) => one.role !== 'owner');
  if (place.driveId) return { ...rest, driveId: place.driveId, permissions: others };
  const given = place.permissions?.filter((one) => one.role === 'owner') ?? [];
  const own = others.filter((one) => !given.some((owner) => owner.id === one.id));
  return { ...rest, ...(place.owner ? { owner: place.owner } : {}), permissions: [...given, ...own] };
}

function foldersFrom(world: World, folder: FileRow): string[] {
  const above: string[] = [];
  for (let at: FileRow | undefined = folder; at && above.length <= FOLDER_DEPTH_MAX; )
    [above[above.length], at] = [at.id, world.get(files, at.parents[0] ?? '')];
  return above;
}

/** Levels of folders from one down: 1 where there is none below. */
function heightOf(world: World, folderId: string): number {
  let levels = 0;
  for (let level = [folderId]; level.length > 0 && levels <= FOLDER_DEPTH_MAX; levels++)
    level = level.flatMap((id) =>
      world
        .list(files, { index: 'parent', equals: id, where: (row) => row.mimeType === MIME.folder })
        .toArray()
        .map((row) => row.id),
    );
  return levels;
}

const listed = (ids: string | undefined): string[] =>
  (ids ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);

/** 400 where a new file names several folders. */
export function onlyParent(parents: readonly string[] | undefined): string | undefined {
  if (parents && parents.length > 1) throw badRequest('A file cannot be in more than one folder.', 'parents');
  return parents?.[0];
}
