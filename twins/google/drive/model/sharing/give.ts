/** Access given. https://developers.google.com/workspace/drive/api/reference/rest/v3/permissions/create */
import type { World } from '../../../../../src/world/world.ts';
import { googleError } from '../../../errors.ts';
import type { Permission, Role } from '../../world.ts';
import { atLeast, sameAddress, type Viewer } from '../access.ts';
import {
  type Holder,
  holderOf,
  keepPermissions,
  keptPermissions,
  madePermission,
  type PermissionInput,
  permissionIn,
  shareableHolder,
} from '../permission.ts';
import type { Effective } from './effective.ts';
import { scheduleEnd } from './expiry.ts';
import { tellOfSharing } from './letters.ts';
import { handOver, offerOwnership } from './ownership.ts';
import {
  checkExpiration,
  checkGrantee,
  checkReach,
  checkRole,
  checkTime,
  notApplicable,
  ROLES,
} from './rules.ts';

/** What comes with a request besides the permission. */
export interface SharingOptions {
  transferOwnership?: boolean;
  moveToNewOwnersRoot?: boolean;
  asAdmin?: boolean;
  /** Whether those who are given access get a mail; unsaid: people and groups do. */
  notify?: boolean | undefined;
  emailMessage?: string | undefined;
  removeExpiration?: boolean;
}

const TYPES = ['user', 'group', 'domain', 'anyone'] as const;

/**
 * Gives access to a file or shared drive. What somebody has already is never made less by it. Throws `notFound`,
 * `insufficientFilePermissions`, `required`, `invalid`, and all that the rules of sharing refuse.
 */
export function addPermission(
  world: World,
  viewer: Viewer,
  fileId: string,
  input: PermissionInput,
  options: SharingOptions = {},
): Effective {
  const asks = input.role === 'owner' && options.transferOwnership === true;
  const holder = asks
    ? holderOf(world, viewer, fileId)
    : shareableHolder(world, viewer, fileId, options.asAdmin ?? false);
  const { type, role } = readInput(input);
  checkTime(input.expirationTime);
  const permission = madePermission(world, viewer, type, role, input);
  checkNotification(permission, role, options);
  checkRole(holder, permission);
  checkReach(world, viewer, holder, role);
  checkExpiration(world, holder, permission);
  checkGrantee(world, holder, permission, options);
  if (role === 'owner') return handOver(world, viewer, holder, permission, options);
  if (input.pendingOwner) offerOwnership(world, viewer, holder, permission);
  give(world, holder, { ...permission, ...(input.pendingOwner ? { pendingOwner: true } : {}) });
  scheduleEnd(world, { fileId, permissionId: permission.id }, permission.expirationTime);
  tellOfSharing(world, viewer, holder, permission, options);
  return permissionIn(holderOf(world, viewer, fileId, options.asAdmin), permission.id);
}

/** Puts a permission beside the others; a weaker one than somebody's own changes nothing. */
export function give(world: World, holder: Holder, permission: Permission): void {
  const kept = keptPermissions(holder);
  const own = kept.find((one) => one.id === permission.id && one.inheritedFrom === undefined);
  if (own && atLeast(own.role, permission.role) && !own.expirationTime && !permission.pendingOwner) return;
  const inherited = kept.find((one) => one.id === permission.id && one.inheritedFrom !== undefined);
  if (!own && inherited && !inherited.view && inherited.role === permission.role) return;
  const stronger = own && atLeast(own.role, permission.role) ? own.role : permission.role;
  const others = kept.filter((one) => one !== own);
  keepPermissions(world, holder, [...others, { ...permission, role: stronger }]);
}

function readInput(input: PermissionInput): { type: (typeof TYPES)[number]; role: Role } {
  if (!input.type) throw missing('type');
  if (!input.role) throw missing('role');
  const type = TYPES.find((one) => one === input.type);
  const role = ROLES.find((one) => one === input.role);
  if (!type) throw notApplicable('type');
  if (!role || ((type === 'domain' || type === 'anyone') && atLeast(role, 'fileOrganizer')))
    throw notApplicable('role');
  if (type === 'group' && role === 'owner') throw notApplicable('role');
  if (input.view !== undefined && (input.view !== 'published' || role !== 'reader'))
    throw notApplicable('view');
  return { type, role };
}

/** Whom a mail can go to, and that the one who becomes the owner gets one. */
function checkNotification(permission: Permission, role: Role, { notify }: SharingOptions): void {
  const named = permission.type === 'user' || permission.type === 'group';
  if (named ? notify === false && role === 'owner' : notify === true)
    throw googleError('forbidden', {
      message:
        "The sendNotificationEmail parameter is only applicable for permissions of type 'user' or 'group', and must " +
        'not be disabled for ownership transfers.',
      location: 'sendNotificationEmail',
      locationType: 'parameter',
    });
}

const missing = (field: string) =>
  googleError('badRequest', {
    reason: 'required',
    message: `The permission ${field} field is required.`,
    location: `permission.${field}`,
    locationType: 'other',
  });

/** Whether a permission is the viewer's own, by name. */
export const isMine = (viewer: Viewer, permission: Permission): boolean =>
  sameAddress(permission.emailAddress, viewer.email);
