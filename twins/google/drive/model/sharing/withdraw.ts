/** Access changed and taken back. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions */
import type { World } from '../../../../../src/world/world.ts';
import { googleError } from '../../../errors.ts';
import { type Permission, type Role, timestamp } from '../../world.ts';
import { atLeast, type Viewer } from '../access.ts';
import {
  type Holder,
  holderOf,
  keepPermissions,
  keptPermissions,
  type PermissionInput,
  permissionIn,
  shareableHolder,
} from '../permission.ts';
import type { Effective } from './effective.ts';
import { scheduleEnd } from './expiry.ts';
import { isMine, type SharingOptions } from './give.ts';
import { handOver, offerOwnership } from './ownership.ts';
import { checkExpiration, checkReach, checkRole, checkTime, notApplicable, ROLES } from './rules.ts';

/** What `permissions.update` may be told. */
const WRITABLE = new Set(['role', 'expirationTime', 'pendingOwner', 'view', 'kind']);

/**
 * Changes a role or its end. Below a folder a role can be made more, never less than what comes from above. Throws
 * `notFound`, `insufficientFilePermissions`, `fieldNotWritable`, `invalid`, `cannotModifyInheritedPermission`.
 */
export function changePermission(
  world: World,
  viewer: Viewer,
  fileId: string,
  permissionId: string,
  input: PermissionInput,
  options: SharingOptions = {},
): Effective {
  const accepts = input.role === 'owner' && options.transferOwnership === true;
  const holder = accepts
    ? holderOf(world, viewer, fileId)
    : shareableHolder(world, viewer, fileId, options.asAdmin ?? false);
  const old = permissionIn(holder, permissionId);
  if (Object.keys(input).some((name) => !WRITABLE.has(name))) throw googleError('fieldNotWritable');
  checkTime(input.expirationTime);
  const role = ROLES.find((one) => one === (input.role ?? old.role));
  if (!role || (atLeast(role, 'fileOrganizer') && (old.type === 'anyone' || old.type === 'domain')))
    throw notApplicable('role');
  const next = changed(old, role, input, options);
  checkRole(holder, next);
  checkReach(world, viewer, holder, role);
  if (role === 'owner' && old.role !== 'owner') return handOver(world, viewer, holder, next, options);
  if (old.role === 'owner' && role !== 'owner') throw googleError('cannotRemoveOwner');
  if (old.role === 'organizer' && role !== 'organizer') checkNotLast(holder, old);
  if (input.expirationTime !== undefined) checkExpiration(world, holder, next);
  if (input.pendingOwner) offerOwnership(world, viewer, holder, next);
  keep(world, holder, old, next);
  if (input.expirationTime !== undefined) scheduleEnd(world, { fileId, permissionId }, next.expirationTime);
  return permissionIn(holderOf(world, viewer, fileId, options.asAdmin), permissionId);
}

/**
 * Takes access back; one's own may always be given up. Throws `notFound`, `insufficientFilePermissions`,
 * `cannotRemoveOwner`, `cannotModifyInheritedPermission`, `cannotDeletePermission` for the last organizer.
 */
export function removePermission(
  world: World,
  viewer: Viewer,
  fileId: string,
  permissionId: string,
  options: SharingOptions = {},
): void {
  const seen = holderOf(world, viewer, fileId, options.asAdmin ?? false);
  const mine = keptPermissions(seen).find((one) => one.id === permissionId && isMine(viewer, one));
  const holder = mine ? seen : shareableHolder(world, viewer, fileId, options.asAdmin ?? false);
  const old = permissionIn(holder, permissionId);
  const kept = keptPermissions(holder);
  const own = kept.find((one) => one.id === permissionId && one.inheritedFrom === undefined);
  if (!own) throw googleError(inheritedError(holder));
  if (own.role === 'owner') throw googleError('cannotRemoveOwner');
  if (old.role === 'organizer') checkNotLast(holder, old);
  keepPermissions(
    world,
    holder,
    kept.filter((one) => one !== own),
  );
}

function changed(old: Effective, role: Role, input: PermissionInput, options: SharingOptions): Permission {
  const { details: _, inheritedFrom: __, ...base } = old;
  const next: Permission = { ...base, role };
  if (input.expirationTime !== undefined) next.expirationTime = timestamp(Date.parse(input.expirationTime));
  if (options.removeExpiration) delete next.expirationTime;
  if (input.pendingOwner === true) next.pendingOwner = true;
  if (input.pendingOwner === false || role !== 'writer') delete next.pendingOwner;
  return next;
}

function keep(world: World, holder: Holder, old: Effective, next: Permission): void {
  const kept = keptPermissions(holder);
  const above = kept.filter((one) => one.id === old.id && one.inheritedFrom !== undefined && !one.view);
  if (above.some((one) => !atLeast(next.role, one.role))) throw googleError(inheritedError(holder));
  const own = kept.find((one) => one.id === old.id && one.inheritedFrom === undefined);
  if (!own && above.some((one) => one.role === next.role)) return;
  if (own && JSON.stringify(own) === JSON.stringify(next)) return;
  keepPermissions(world, holder, own ? kept.map((one) => (one === own ? next : one)) : [...kept, next]);
}

/** A shared drive has somebody who organizes it. */
function checkNotLast({ drive }: Holder, old: Permission): void {
  if (drive && !drive.permissions.some((one) => one.role === 'organizer' && one.id !== old.id))
    throw googleError('cannotDeletePermission', {
      message: 'The last organizer of a shared drive cannot be removed.',
    });
}

const inheritedError = ({ file }: Holder) =>
  file?.driveId === undefined
    ? 'cannotModifyInheritedPermission'
    : 'cannotModifyInheritedTeamDrivePermission';
