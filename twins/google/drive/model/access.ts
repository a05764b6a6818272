/**
 * Who may do what with a file. Access comes from the file's own permissions and those of the folders above it,
 * which are written down with the file when they are given.
 * https://developers.google.com/workspace/drive/api/guides/manage-sharing
 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { isMember } from '../../identity/model/group.ts';
import { accounts, projectOf } from '../../identity/world.ts';
import { type FileRow, files, type Permission, type Role, type SharedDrive, sharedDrives } from '../world.ts';

/** In whose name a call is made, by which app, and whether the token reaches only that app's own files. */
export interface Viewer {
  email: string;
  app: string;
  appOnly: boolean;
  /** The token reaches the app's hidden folder. */
  appData?: boolean;
  /** The token reaches nothing else. */
  appDataOnly?: boolean;
  /** The call did not say that it knows shared drives, whose items then do not exist for it. */
  myDriveOnly?: boolean;
}

/** What permissions hang on: a file, or a shared drive. */
export interface Shared {
  permissions: readonly Permission[];
  driveId?: string;
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
export function roleOf(world: World, of: Shared, email: string): Role | undefined {
  const permission = strongest(world, of, email);
  return permission?.role;
}

/** The permission by which `email` has its role; undefined where it has none. */
export function strongest(world: World, of: Shared, email: string): Permission | undefined {
  const closed = closedDrive(world, of);
  let best: Permission | undefined;
  for (const permission of of.permissions) {
    if (permission.view || (best && RANK[permission.role] <= RANK[best.role])) continue;
    if (!reaches(world, permission, email)) continue;
    if (closed && !letsIn(world, closed, email)) continue;
    best = permission;
  }
  return best;
}

export const atLeast = (role: Role | undefined, least: Role): boolean =>
  role !== undefined && RANK[role] >= RANK[least];

/** The file as far as the viewer may see it. Throws `notFound`. */
export function visibleFile(world: World, viewer: Viewer, id: string): FileRow {
  const file = world.get(files, id);
  if (!file || !canSee(world, viewer, file) || (viewer.myDriveOnly && file.driveId)) throw fileNotFound(id);
  return file;
}

/** Whether a file is there for the viewer; of a folder with limited access also those above see that there is one. */
export function canSee(world: World, viewer: Viewer, file: FileRow): boolean {
  if (roleOf(world, file, viewer.email) === undefined && !seesName(world, file, viewer.email)) return false;
  if (file.space) return viewer.appData === true && file.appId === viewer.app;
  return !viewer.appDataOnly && (!viewer.appOnly || file.appId === viewer.app);
}

/** The file, for something that takes `least`. Throws `notFound`, `insufficientFilePermissions`. */
export function fileFor(world: World, viewer: Viewer, id: string, least: Role): FileRow {
  const file = visibleFile(world, viewer, id);
  if (!atLeast(roleOf(world, file, viewer.email), least)) throw noPermission(id);
  return file;
}

/**
 * A shared drive that the viewer is a member of, or, with `asAdmin`, one of the domain that they administer.
 * Throws `notFound`, `insufficientFilePermissions`, `noManageTeamDriveAdministratorPrivilege`.
 */
export function driveFor(
  world: World,
  viewer: Viewer,
  id: string,
  least: Role,
  asAdmin: boolean = false,
): SharedDrive {
  const drive = world.get(sharedDrives, id);
  if (asAdmin) administers(world, viewer);
  const role = drive && (asAdmin ? 'organizer' : roleOf(world, drive, viewer.email));
  if (!drive || !role)
    throw googleError('notFound', {
      message: `Shared drive not found: ${id}`,
      location: 'driveId',
      locationType: 'parameter',
    });
  if (!atLeast(role, least)) throw googleError('insufficientFilePermissions', {});
  return drive;
}

/** Throws `noManageTeamDriveAdministratorPrivilege` for who is no administrator of the domain. */
export function administers(world: World, viewer: Viewer): void {
  if (!world.get(accounts, viewer.email.toLowerCase())?.isAdmin)
    throw googleError('noManageTeamDriveAdministratorPrivilege');
}

/** The viewer's "My Drive"; who comes with an API key alone has none. */
export function rootOf(world: World, email: string): string {
  if (email === '') return '';
  return world.require(accounts, email.toLowerCase(), () => googleError('authError')).rootFolderId;
}

/** The hidden folder in which the viewer's app keeps what is its own. */
export const appDataRoot = (world: World, viewer: Viewer): string =>
  `1${world.drawFor('google.appData', viewer.email.toLowerCase(), viewer.app).chars(BASE64URL, 32)}`;

/** `root` is a name for the viewer's own drive, `appDataFolder` (older: `appfolder`) for the app's hidden folder. */
export function resolveAlias(world: World, viewer: Viewer, id: string): string {
  if (id === 'appDataFolder' || id === 'appfolder') return appDataRoot(world, viewer);
  if (id !== 'root') return id;
  if (viewer.email === '') throw fileNotFound(id);
  return rootOf(world, viewer.email);
}

/** Whether a file is in the viewer's own "My Drive". */
export function isInMyDrive(world: World, email: string, file: FileRow): boolean {
  const root = rootOf(world, email);
  for (let at: FileRow | undefined = file; at; at = world.get(files, at.parents[0] ?? ''))
    if (at.parents[0] === root) return true;
  return false;
}

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

/** Whether an address is one of the domain's. */
export const isOfDomain = (world: World, email: string): boolean =>
  domainOf(email) === projectOf(world).domain.toLowerCase();

/** What is after the `@`, lower case. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();

export const sameAddress = (a: string | undefined, b: string): boolean =>
  a?.toLowerCase() === b.toLowerCase();

/** Whether a permission is one of `email`'s now: by name, by a group, by the domain, or as anyone's. */
export function reaches(world: World, permission: Permission, email: string): boolean {
  if (permission.expirationTime && Date.parse(permission.expirationTime) <= world.now()) return false;
  switch (permission.type) {
    case 'anyone':
      return true;
    case 'domain':
      return domainOf(email) === permission.domain?.toLowerCase();
    case 'group':
      return isMember(world, permission.emailAddress ?? '', email);
    default:
      return sameAddress(permission.emailAddress, email);
  }
}

/** The shared drive of an item, where it keeps others than its members or the domain's people out. */
function closedDrive(world: World, { driveId }: Shared): SharedDrive | undefined {
  const drive = driveId === undefined ? undefined : world.get(sharedDrives, driveId);
  return drive?.restrictions?.driveMembersOnly || drive?.restrictions?.domainUsersOnly ? drive : undefined;
}

const letsIn = (world: World, { restrictions, permissions }: SharedDrive, email: string): boolean =>
  (!restrictions?.domainUsersOnly || isOfDomain(world, email)) &&
  (!restrictions?.driveMembersOnly || permissions.some((one) => reaches(world, one, email)));

/** A folder with limited access shows its name to who may see the folder above. */
const seesName = (world: World, file: FileRow, email: string): boolean =>
  file.inheritedPermissionsDisabled === true &&
  file.permissions.some((one) => one.view === 'metadata' && reaches(world, one, email));
