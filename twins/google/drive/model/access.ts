/**
 * Who may do what with a file. Access comes from the file's own permissions and those of the folders above it,
 * which are written down with the file when they are given.
 * https://developers.google.com/workspace/drive/api/guides/manage-sharing
 */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { accounts } from '../../identity/world.ts';
import { type FileRow, files, type Permission, type Role, type SharedDrive, sharedDrives } from '../world.ts';

/** In whose name a call is made, by which app, and whether the token reaches only that app's own files. */
export interface Viewer {
  email: string;
  app: string;
  appOnly: boolean;
}

const RANK: Readonly<Record<Role, number>> = {
  reader: 1,
  commenter: 2,
  writer: 3,
  fileOrganizer: 4,
  organizer: 5,
  owner: 6,
};

/** The strongest role that `email` has on a file or shared drive; undefined where it has none. */
export function roleOf(
  world: World,
  of: { permissions: readonly Permission[] },
  email: string,
): Role | undefined {
  let best: Role | undefined;
  for (const permission of of.permissions) {
    if (!reaches(world, permission, email)) continue;
    if (!best || RANK[permission.role] > RANK[best]) best = permission.role;
  }
  return best;
}

export const atLeast = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && RANK[role] >= RANK[least];

/** The file as far as the viewer may see it. Throws `notFound`. */
export function visibleFile(world: World, viewer: Viewer, id: string): FileRow {
  const file = world.get(files, id);
  if (!file || !canSee(world, viewer, file)) throw fileNotFound(id);
  return file;
}

export const canSee = (world: World, viewer: Viewer, file: FileRow): boolean =>
  roleOf(world, file, viewer.email) !== undefined && (!viewer.appOnly || file.appId === viewer.app);

/** The file, for something that takes `least`. Throws `notFound`, `insufficientFilePermissions`. */
export function fileFor(world: World, viewer: Viewer, id: string, least: Role): FileRow {
  const file = visibleFile(world, viewer, id);
  if (!atLeast(roleOf(world, file, viewer.email), least)) throw noPermission(id);
  return file;
}

/** A shared drive that the viewer is a member of. Throws `notFound`, `teamDriveMembershipRequired`. */
export function driveFor(world: World, viewer: Viewer, id: string, least: Role): SharedDrive {
  const drive = world.get(sharedDrives, id);
  const role = drive && roleOf(world, drive, viewer.email);
  if (!drive || !role)
    throw googleError('notFound', {
      message: `Shared drive not found: ${id}`,
      location: 'driveId',
      locationType: 'parameter',
    });
  if (!atLeast(role, least)) throw googleError('insufficientFilePermissions', {});
  return drive;
}

/** The viewer's "My Drive". */
export function rootOf(world: World, email: string): string {
  return world.require(accounts, email.toLowerCase(), () => googleError('authError')).rootFolderId;
}

/** `root` is a name for the viewer's own. */
export const resolveAlias = (world: World, viewer: Viewer, id: string): string =>
  id === 'root' ? rootOf(world, viewer.email) : id;

export const fileNotFound = (id: string) =>
  googleError('notFound', {
    message: `File not found: ${id}.`,
    location: 'fileId',
    locationType: 'parameter',
  });

export const noPermission = (id: string) =>
  googleError('insufficientFilePermissions', {
    message: `The user does not have sufficient permissions for file ${id}.`,
  });

function reaches(world: World, permission: Permission, email: string): boolean {
  if (permission.expirationTime && Date.parse(permission.expirationTime) <= world.now()) return false;
  switch (permission.type) {
    case 'anyone':
      return true;
    case 'domain':
      return email.toLowerCase().endsWith(`@${permission.domain?.toLowerCase()}`);
    default:
      return permission.emailAddress?.toLowerCase() === email.toLowerCase();
  }
}
