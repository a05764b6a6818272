/**
 * Sharing: permissions given, changed and taken back. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions
 */
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { accounts } from '../../identity/world.ts';
import {
  type FileRow,
  files,
  MIME,
  type Permission,
  type Role,
  type SharedDrive,
  sharedDrives,
  timestamp,
} from '../world.ts';
import { atLeast, driveFor, noPermission, roleOf, type Viewer, visibleFile } from './access.ts';
import { logChange } from './change.ts';
import { passDown } from './inherit.ts';

export interface PermissionInput {
  type?: string;
  role?: string;
  emailAddress?: string;
  domain?: string;
  allowFileDiscovery?: boolean;
  expirationTime?: string;
}

const TYPES = ['user', 'group', 'domain', 'anyone'] as const;
const ROLES: readonly Role[] = ['owner', 'organizer', 'fileOrganizer', 'writer', 'commenter', 'reader'];

/** A file, or a shared drive by its id. */
type Holder = { file: FileRow; drive?: undefined } | { drive: SharedDrive; file?: undefined };

export const permissionsOf = (holder: Holder): readonly Permission[] =>
  (holder.file ?? holder.drive).permissions;

/** What the permissions of `id` hang on, in the viewer's sight. Throws `notFound`. */
export function holderOf(world: World, viewer: Viewer, id: string): Holder {
  if (world.get(sharedDrives, id)) return { drive: driveFor(world, viewer, id, 'reader') };
  return { file: visibleFile(world, viewer, id) };
}

/**
 * Gives access. Throws `insufficientFilePermissions`, `badRequest`; giving ownership away takes
 * `transferOwnership`.
 */
export function addPermission(
  world: World,
  viewer: Viewer,
  fileId: string,
  input: PermissionInput,
  options: { transferOwnership: boolean },
): Permission {
  const holder = shareable(world, viewer, fileId);
  const type = TYPES.find((one) => one === input.type);
  const role = ROLES.find((one) => one === input.role);
  if (!type) throw required('type', 'The permission type field is required.');
  if (!role) throw required('role', 'The permission role field is required.');
  const permission = madePermission(world, viewer, type, role, input);
  if (holder.drive && type !== 'user' && type !== 'group')
    throw googleError('cannotShareTeamDriveRootWithAnyoneOrDomains');
  if (role === 'owner') return handOver(world, viewer, holder, permission, options.transferOwnership);
  const old = permissionsOf(holder).find((one) => one.id === permission.id);
  // Sharing with the owner, or again with less, does not take rights away.
  if (old && !old.inheritedFrom && atLeast(old.role, role)) return old;
  write(world, holder, [...permissionsOf(holder).filter((one) => one.id !== permission.id), permission]);
  return permission;
}

/** Changes a role. Throws `notFound`, `insufficientFilePermissions`, `forbidden`. */
export function changePermission(
  world: World,
  viewer: Viewer,
  fileId: string,
  permissionId: string,
  input: PermissionInput,
  options: { transferOwnership: boolean },
): Permission {
  const holder = shareable(world, viewer, fileId);
  const old = permissionIn(holder, permissionId);
  const role = ROLES.find((one) => one === (input.role ?? old.role));
  if (!role) throw badRequest('The specified role is invalid.', 'permission.role');
  const next: Permission = {
    ...old,
    role,
    ...(input.expirationTime === undefined ? {} : { expirationTime: input.expirationTime }),
  };
  delete next.inheritedFrom;
  if (role === 'owner' && old.role !== 'owner')
    return handOver(world, viewer, holder, next, options.transferOwnership);
  if (old.role === 'owner' && role !== 'owner')
    throw googleError('forbidden', { message: 'The owner of a file cannot be removed.' });
  write(
    world,
    holder,
    permissionsOf(holder).map((one) => (one.id === permissionId ? next : one)),
  );
  return next;
}

/** Takes access back; one's own may always be given up. Throws `notFound`, `insufficientFilePermissions`. */
export function removePermission(world: World, viewer: Viewer, fileId: string, permissionId: string): void {
  const holder = holderOf(world, viewer, fileId);
  const old = permissionIn(holder, permissionId);
  const mine = old.emailAddress?.toLowerCase() === viewer.email.toLowerCase();
  if (!mine) shareable(world, viewer, fileId);
  if (old.role === 'owner')
    throw googleError('forbidden', { message: 'The owner of a file cannot be removed.' });
  if (old.inheritedFrom && holder.file)
    throw googleError('forbidden', { message: 'Cannot remove a permission that comes from a folder.' });
  write(
    world,
    holder,
    permissionsOf(holder).filter((one) => one.id !== permissionId),
  );
}

/** The permission of that id. Throws `notFound`. */
export function permissionIn(holder: Holder, permissionId: string): Permission {
  const found = permissionsOf(holder).find((one) => one.id === permissionId);
  if (found) return found;
  throw googleError('notFound', {
    message: `Permission not found: ${permissionId}.`,
    location: 'permissionId',
    locationType: 'parameter',
  });
}

/** What a new file's owner has. */
export const ownerPermission = (world: World, email: string): Permission => ({
  id: permissionId(world, 'user', email),
  type: 'user',
  role: 'owner',
  emailAddress: email,
  sharedTime: timestamp(world.now()),
  sharedBy: email,
});

/** Makes the permission of a person, without asking whether the giver may. For planting and for people's gestures. */
export function madePermission(
  world: World,
  viewer: Viewer,
  type: Permission['type'],
  role: Role,
  input: PermissionInput,
): Permission {
  const { emailAddress, domain } = input;
  if ((type === 'user' || type === 'group') && !emailAddress)
    throw required('emailAddress', 'The specified emailAddress is invalid or not applicable for the type.');
  if (type === 'domain' && !domain) throw required('domain', 'The specified domain is invalid.');
  if (emailAddress && !/^[^@\s]+@[^@\s]+$/.test(emailAddress))
    throw badRequest(
      'The specified emailAddress is invalid or not applicable for the given permission type.',
      'permission.emailAddress',
    );
  return {
    id: permissionId(world, type, emailAddress ?? domain ?? ''),
    type,
    role,
    ...(type === 'user' || type === 'group' ? { emailAddress } : {}),
    ...(type === 'domain' ? { domain } : {}),
    ...(type === 'anyone' || type === 'domain'
      ? { allowFileDiscovery: input.allowFileDiscovery ?? false }
      : {}),
    ...(input.expirationTime ? { expirationTime: input.expirationTime } : {}),
    sharedTime: timestamp(world.now()),
    sharedBy: viewer.email,
  };
}

function permissionId(world: World, type: Permission['type'], name: string): string {
  if (type === 'anyone') return 'anyoneWithLink';
  const known = world.get(accounts, name.toLowerCase());
  return (
    known?.permissionId ??
    `1${world.drawFor('google.permission', name.toLowerCase()).chars('0123456789', 19)}`
  );
}

/** The holder, for somebody who may share it: owners, organizers, and writers unless the owner said no. */
function shareable(world: World, viewer: Viewer, id: string): Holder {
  const holder = holderOf(world, viewer, id);
  const role = roleOf(world, holder.file ?? holder.drive, viewer.email);
  const least = holder.drive ? 'organizer' : holder.file.writersCanShare ? 'writer' : 'owner';
  if (!atLeast(role, least)) throw noPermission(id);
  return holder;
}

function handOver(
  world: World,
  viewer: Viewer,
  holder: Holder,
  permission: Permission,
  transferOwnership: boolean,
): Permission {
  const { file } = holder;
  if (!file) throw badRequest('A shared drive has no owner.', 'permission.role');
  if (!transferOwnership)
    throw googleError('forbidden', {
      message: 'The transferOwnership parameter must be enabled when the permission role is owner.',
      location: 'transferOwnership',
      locationType: 'parameter',
    });
  if (file.owner?.toLowerCase() !== viewer.email.toLowerCase()) throw noPermission(file.id);
  const others = file.permissions
    .filter((one) => one.id !== permission.id)
    .map((one): Permission => (one.role === 'owner' ? { ...one, role: 'writer' } : one));
  const next = world.update(files, file.id, {
    owner: permission.emailAddress,
    permissions: [permission, ...others],
  });
  logChange(world, next, false, file);
  return permission;
}

function write(world: World, holder: Holder, permissions: Permission[]): void {
  const { file, drive } = holder;
  if (drive) {
    world.update(sharedDrives, drive.id, { permissions });
    passDown(world, drive.id);
    return;
  }
  const next = world.update(files, file.id, { permissions, version: file.version + 1 });
  logChange(world, next, false, file);
  if (file.mimeType === MIME.folder) passDown(world, file.id);
}

const required = (field: string, message: string) =>
  googleError('badRequest', { message, location: `permission.${field}`, locationType: 'parameter' });
