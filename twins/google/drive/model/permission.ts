/**
 * Permissions of files and shared drives: found, and made for those they are given to.
 * https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions
 */
import { DIGITS } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { accountWith } from '../../identity/model/person.ts';
import { groups } from '../../identity/world/groups.ts';
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
import {
  administers,
  driveFor,
  fileNotFound,
  noPermission,
  roleOf,
  type Viewer,
  visibleFile,
} from './access.ts';
import { mayShare } from './capabilities.ts';
import { logChange, logDriveChange } from './change.ts';
import { passDown } from './inherit.ts';
import { type Effective, effectivePermissions } from './sharing/effective.ts';

export interface PermissionInput {
  type?: string;
  role?: string;
  emailAddress?: string;
  domain?: string;
  allowFileDiscovery?: boolean;
  expirationTime?: string;
  pendingOwner?: boolean;
  view?: string;
}

/** A file, or a shared drive by its id. */
export type Holder = { file: FileRow; drive?: undefined } | { drive: SharedDrive; file?: undefined };

/** Own and inherited ones, as they are kept. */
export const keptPermissions = (holder: Holder): readonly Permission[] =>
  (holder.file ?? holder.drive).permissions;

/** One for each who has access. */
export const permissionsOf = (holder: Holder): Effective[] => effectivePermissions(keptPermissions(holder));

/** What the permissions of `id` hang on, in the viewer's sight. Throws `notFound`. */
export function holderOf(world: World, viewer: Viewer, id: string, asAdmin: boolean = false): Holder {
  if (asAdmin) administers(world, viewer);
  const drive = world.get(sharedDrives, id);
  if (!drive) return { file: visibleFile(world, viewer, id) };
  const isMember = asAdmin || roleOf(world, drive, viewer.email) !== undefined;
  if (!isMember || viewer.myDriveOnly) throw fileNotFound(id);
  return { drive };
}

/** The holder, for somebody who may see who else has access. Throws `notFound`, `insufficientFilePermissions`. */
export function readableHolder(world: World, viewer: Viewer, id: string, asAdmin: boolean): Holder {
  const holder = holderOf(world, viewer, id, asAdmin);
  if (holder.file && !mayShare(world, viewer, holder.file)) throw noPermission(id);
  return holder;
}

/** The holder, for somebody who may share it. Throws `notFound`, `insufficientFilePermissions`. */
export function shareableHolder(world: World, viewer: Viewer, id: string, asAdmin: boolean): Holder {
  const holder = readableHolder(world, viewer, id, asAdmin);
  if (holder.drive) driveFor(world, viewer, id, 'organizer', asAdmin);
  return holder;
}

/** The permission of that id. Throws `notFound`. */
export function permissionIn(holder: Holder, permissionId: string): Effective {
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

/**
 * Makes the permission of somebody, without asking whether the giver may. Groups are told from people by their
 * address. Throws `badRequest` for a type without its address or domain, `invalid` for one that is none.
 */
export function madePermission(
  world: World,
  viewer: Viewer,
  asked: Permission['type'],
  role: Role,
  input: PermissionInput,
): Permission {
  const { emailAddress, domain } = input;
  const named = asked === 'user' || asked === 'group';
  if (named && (!emailAddress || !/^[^@\s]+@[^@\s]+$/.test(emailAddress)))
    throw notApplicable('emailAddress');
  if (asked === 'domain' && (!domain || !/^[^@\s]+\.[^@\s]+$/.test(domain))) throw notApplicable('domain');
  const address = accountWith(world, emailAddress ?? '')?.primaryEmail ?? emailAddress;
  const group = world.get(groups, emailAddress?.toLowerCase() ?? '');
  const type = named ? (group ? 'group' : 'user') : asked;
  return {
    id: permissionId(world, type, address ?? domain ?? ''),
    type,
    role,
    ...(named ? { emailAddress: group?.email ?? address } : {}),
    ...(type === 'domain' ? { domain } : {}),
    ...(named ? {} : { allowFileDiscovery: input.allowFileDiscovery ?? false }),
    ...(input.expirationTime ? { expirationTime: timestamp(Date.parse(input.expirationTime)) } : {}),
    ...(input.view === 'published' ? { view: input.view } : {}),
    sharedTime: timestamp(world.now()),
    sharedBy: viewer.email,
  };
}

/** Keeps the holder's permissions, and lets what is below, the log of changes and who watches know. */
export function keepPermissions(world: World, holder: Holder, permissions: Permission[]): void {
  const { file, drive } = holder;
  if (drive) {
    logDriveChange(world, world.update(sharedDrives, drive.id, { permissions }), false, drive);
    passDown(world, drive.id);
    return;
  }
  const next = world.update(files, file.id, { permissions, version: file.version + 1 });
  logChange(world, next, false, file);
  if (file.mimeType === MIME.folder) passDown(world, file.id);
}

function permissionId(world: World, type: Permission['type'], name: string): string {
  if (type === 'anyone') return 'anyoneWithLink';
  const key = name.toLowerCase();
  const known = accountWith(world, key) ?? world.get(groups, key);
  if (known) return known.permissionId;
  const digits = world.drawFor('google.permission', key).chars(DIGITS, 19);
  return type === 'domain' ? `${digits}k` : `1${digits}`;
}

const notApplicable = (field: string) =>
  badRequest(
    `The specified ${field} is invalid or not applicable for the given permission type.`,
    `permission.${field}`,
  );
