/**
 * Files that get another owner: at once within an organization, by an offer and its acceptance between consumers.
 * https://developers.google.com/workspace/drive/api/guides/transfer-file
 */
import type { World } from '../../../../../src/world/world.ts';
import { googleError } from '../../../errors.ts';
import { accounts } from '../../../identity/world.ts';
import { type FileRow, files, type Permission } from '../../world.ts';
import { domainOf, noPermission, sameAddress, type Viewer } from '../access.ts';
import { logChange } from '../change.ts';
import { passDown, withInherited } from '../inherit.ts';
import { type Holder, permissionIn } from '../permission.ts';
import type { Effective } from './effective.ts';
import type { SharingOptions } from './give.ts';
import { tellOfSharing } from './letters.ts';
import { notApplicable } from './rules.ts';

const CONSUMER_DOMAINS = new Set(['gmail.com', 'googlemail.com']);

/**
 * Makes the one with `permission` the owner; who was it stays a writer. Throws `forbidden` where that is not said,
 * `insufficientFilePermissions` for who is not the owner (or was not offered it),
 * `consentRequiredForOwnershipTransfer` and `ownershipChangeAcrossDomainNotPermitted`.
 */
export function handOver(
  world: World,
  viewer: Viewer,
  { file }: Holder,
  permission: Permission,
  options: SharingOptions,
): Effective {
  if (!file?.owner) throw googleError('ownerOnTeamDriveItemNotSupported');
  if (!options.transferOwnership)
    throw googleError('forbidden', {
      message: "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
      location: 'transferOwnership',
      locationType: 'parameter',
    });
  const to = permission.emailAddress ?? '';
  if (!accepts(file, viewer, to)) {
    if (!sameAddress(file.owner, viewer.email)) throw noPermission(file.id);
    if (sameAddress(file.owner, to)) return permissionIn({ file }, permission.id);
    checkOrganization(file.owner, to, true);
  }
  const next = owned(world, file, permission, to, options.moveToNewOwnersRoot === true);
  tellOfSharing(world, viewer, { file: next }, permission, options);
  return permissionIn({ file: next }, permission.id);
}

/** Throws where the viewer cannot offer a file to another consumer. */
export function offerOwnership(world: World, viewer: Viewer, { file }: Holder, permission: Permission): void {
  if (!file?.owner || permission.type !== 'user')
    throw googleError('forbidden', {
      message: 'The pendingOwner field is not supported for this permission.',
    });
  if (!sameAddress(file.owner, viewer.email)) throw noPermission(file.id);
  if (permission.role !== 'writer') throw notApplicable('role');
  checkOrganization(file.owner, permission.emailAddress ?? '', false);
  if (!world.get(accounts, permission.emailAddress?.toLowerCase() ?? ''))
    throw googleError('ownershipChangeAcrossDomainNotPermitted');
}

/** Whether the viewer takes a file that they were offered. */
const accepts = (file: FileRow, viewer: Viewer, to: string): boolean =>
  sameAddress(to, viewer.email) &&
  file.permissions.some((one) => one.pendingOwner === true && sameAddress(one.emailAddress, to));

/** Within an organization files are given at once; consumers are asked first. */
function checkOrganization(from: string, to: string, atOnce: boolean): void {
  const [here, there] = [domainOf(from), domainOf(to)];
  if (CONSUMER_DOMAINS.has(here) && CONSUMER_DOMAINS.has(there)) {
    if (atOnce) throw googleError('consentRequiredForOwnershipTransfer');
  } else if (here !== there) throw googleError('ownershipChangeAcrossDomainNotPermitted');
}

function owned(world: World, file: FileRow, permission: Permission, owner: string, toRoot: boolean): FileRow {
  const root = world.get(accounts, owner.toLowerCase())?.rootFolderId;
  if (root === undefined) throw googleError('ownershipChangeAcrossDomainNotPermitted');
  const { pendingOwner: _, expirationTime: __, inheritedFrom: ___, ...given } = permission;
  const others = file.permissions
    .filter((one) => one.inheritedFrom === undefined && one.id !== permission.id)
    .map((one): Permission => (one.role === 'owner' ? { ...one, role: 'writer' } : withoutOffer(one)));
  const next: FileRow = {
    ...file,
    owner,
    parents: toRoot ? [root] : file.parents,
    permissions: [{ ...given, role: 'owner' }, ...others],
    version: file.version + 1,
  };
  const kept = world.update(files, file.id, { ...next, permissions: withInherited(world, next) });
  logChange(world, kept, false, file);
  passDown(world, file.id);
  return kept;
}

function withoutOffer(permission: Permission): Permission {
  const { pendingOwner: _, ...rest } = permission;
  return rest;
}
