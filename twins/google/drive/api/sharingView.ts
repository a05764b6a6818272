/** Who has a file, and who else has access, as Drive shows that to one viewer. */
import type { World } from '../../../../src/world/world.ts';
import { pictureOf } from '../../identity/model/userInfo.ts';
import { groups } from '../../identity/world/groups.ts';
import { accounts } from '../../identity/world.ts';
import { sameAddress, type Viewer } from '../model/access.ts';
import { mayShare } from '../model/capabilities.ts';
import { type Effective, effectivePermissions } from '../model/sharing/effective.ts';
import { type FileRow, type Permission, sharedDrives } from '../world.ts';

/** Who owns a file, and whether and by whom it is shared. */
export const sharing = (world: World, viewer: Viewer, file: FileRow): Record<string, unknown> =>
  file.owner === undefined
    ? { hasAugmentedPermissions: file.permissions.some((one) => one.inheritedFrom === undefined) }
    : owned(world, viewer, file, file.owner);

/** The permissions of a file outside of shared drives, for who may share it. */
export function shownPermissions(
  world: World,
  viewer: Viewer,
  file: FileRow,
): Record<string, unknown>[] | undefined {
  if (file.driveId !== undefined || !mayShare(world, viewer, file)) return undefined;
  return effectivePermissions(file.permissions).map((one) => permissionView(world, one, file));
}

/** Their ids, for who may share it. */
export const shownPermissionIds = (world: World, viewer: Viewer, file: FileRow): string[] | undefined =>
  mayShare(world, viewer, file) ? [...new Set(file.permissions.map((one) => one.id))] : undefined;

function owned(world: World, viewer: Viewer, file: FileRow, owner: string): Record<string, unknown> {
  const mine = sameAddress(owner, viewer.email);
  const given = file.permissions.find(
    (one) => sameAddress(one.emailAddress, viewer.email) && one.inheritedFrom === undefined,
  );
  return {
    owners: [userView(world, viewer, owner)],
    ownedByMe: mine,
    shared: file.permissions.some((one) => one.role !== 'owner'),
    writersCanShare: file.writersCanShare,
    ...(given && !mine
      ? { sharedWithMeTime: given.sharedTime, sharingUser: userView(world, viewer, given.sharedBy) }
      : {}),
  };
}

/** A person as Drive shows them to the viewer. */
export function userView(world: World, viewer: Viewer, email: string): Record<string, unknown> {
  const account = world.get(accounts, email.toLowerCase());
  return {
    kind: 'drive#user',
    displayName: account?.name.fullName ?? email,
    ...(account ? { photoLink: pictureOf(account) } : {}),
    me: sameAddress(email, viewer.email),
    ...(account ? { permissionId: account.permissionId } : {}),
    emailAddress: email,
  };
}

/** A permission with every field; by default only kind, id, type and role go out. */
export function permissionView(
  world: World,
  permission: Effective,
  on: Pick<FileRow, 'id' | 'driveId' | 'inheritedPermissionsDisabled'>,
): Record<string, unknown> {
  const {
    sharedTime: _time,
    sharedBy: _by,
    inheritedFrom: _from,
    pendingOwner,
    details,
    ...stored
  } = permission;
  const shown = details.map((one) => ({
    permissionType: isMembership(world, one.inheritedFrom ?? on.id) ? 'member' : 'file',
    role: one.role,
    inherited: one.inheritedFrom !== undefined,
    ...(on.driveId && one.inheritedFrom !== undefined ? { inheritedFrom: one.inheritedFrom } : {}),
  }));
  return {
    kind: 'drive#permission',
    ...stored,
    ...named(world, permission),
    ...(permission.type === 'user' && !on.driveId ? { pendingOwner: pendingOwner ?? false } : {}),
    permissionDetails: shown,
    ...(on.driveId
      ? {
          teamDrivePermissionDetails: shown.map(({ permissionType, ...rest }) => ({
            teamDrivePermissionType: permissionType,
            ...rest,
          })),
        }
      : {}),
    ...(on.inheritedPermissionsDisabled ? { inheritedPermissionsDisabled: true } : {}),
  };
}

const isMembership = (world: World, id: string): boolean => world.get(sharedDrives, id) !== undefined;

/** What those are called who have an address, and domains. */
function named(world: World, { type, emailAddress = '', domain }: Permission): Record<string, unknown> {
  if (type === 'domain') return { displayName: domain };
  if (type === 'anyone') return {};
  const account = world.get(accounts, emailAddress.toLowerCase());
  const group = world.get(groups, emailAddress.toLowerCase());
  return {
    displayName: account?.name.fullName ?? group?.name ?? emailAddress.split('@')[0],
    ...(account ? { photoLink: pictureOf(account) } : {}),
    deleted: false,
  };
}
