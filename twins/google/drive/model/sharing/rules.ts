/**
 * What may not be shared with whom: by the domain, by the shared drive, by the kind of item.
 * https://developers.google.com/workspace/drive/api/guides/manage-sharing, https://support.google.com/a/answer/7662202
 */
import type { World } from '../../../../../src/world/world.ts';
import { badRequest, googleError } from '../../../errors.ts';
import { accountWith } from '../../../identity/model/person.ts';
import { groups } from '../../../identity/world/groups.ts';
import { projectOf } from '../../../identity/world.ts';
import { EXPIRATION_MS_MAX } from '../../../limits.ts';
import { MIME, type Permission, type Role, sharedDrives } from '../../world.ts';
import { atLeast, domainOf, isOfDomain, noPermission, reaches, roleOf, type Viewer } from '../access.ts';
import type { Holder } from '../permission.ts';
import type { SharingOptions } from './give.ts';

export const ROLES: readonly Role[] = [
  ...(['owner', 'organizer', 'fileOrganizer', 'writer', 'commenter', 'reader'] as const),
];

/** 400 for a value that the field of a permission cannot have. */
export const notApplicable = (field: string) =>
  googleError('invalid', {
    message: `The specified ${field} is invalid or not applicable for the given permission.`,
    location: `permission.${field}`,
    locationType: 'other',
  });

/** Throws for a role that the item cannot give: owners of shared drives' items, organizers of others. */
export function checkRole({ file, drive }: Holder, { role, type }: Permission): void {
  if (drive) {
    if (role === 'owner') throw googleError('ownerOnTeamDriveItemNotSupported');
    if (type === 'anyone' || type === 'domain')
      throw googleError('cannotShareTeamDriveTopFolderWithAnyoneOrDomains');
    return;
  }
  if (file.driveId !== undefined) {
    if (role === 'owner') throw googleError('ownerOnTeamDriveItemNotSupported');
    if (role === 'organizer') throw googleError('organizerOnNonTeamDriveItemNotSupported');
    return;
  }
  if (role === 'organizer') throw googleError('organizerOnNonTeamDriveNotSupported');
  if (role === 'fileOrganizer') throw googleError('fileOrganizerOnNonTeamDriveNotSupported');
}

/** Nobody gives more than they have. Throws `insufficientFilePermissions`. */
export function checkReach(world: World, viewer: Viewer, { file }: Holder, role: Role): void {
  if (file && role !== 'owner' && !atLeast(roleOf(world, file, viewer.email), role))
    throw noPermission(file.id);
}

/** Throws for an end that is no time, is past, is too far, or that such a permission cannot have. */
export function checkExpiration(world: World, { file, drive }: Holder, permission: Permission): void {
  const { expirationTime, type, role } = permission;
  if (expirationTime === undefined) return;
  if (type === 'anyone' || type === 'domain') throw googleError('cannotSetExpirationOnAnyoneOrDomain');
  if (drive) throw googleError('expirationDateNotAllowedForSharedDriveMembers');
  const at = Date.parse(expirationTime);
  if (at <= world.now()) throw googleError('expirationDatesMustBeInTheFuture');
  if (at > world.now() + EXPIRATION_MS_MAX)
    throw badRequest(
      'Expiration dates cannot be more than a year in the future.',
      'permission.expirationTime',
    );
  const lasting = atLeast(role, file.mimeType === MIME.folder ? 'writer' : 'fileOrganizer');
  if (lasting) throw googleError('cannotSetExpiration');
}

/** A time as sent; throws `invalid` for what is none. */
export function checkTime(time: string | undefined): void {
  if (time !== undefined && Number.isNaN(Date.parse(time)))
    throw badRequest('Invalid Value', 'permission.expirationTime');
}

/** Throws where the domain, the shared drive or the want of an account keeps the item from whom it is for. */
export function checkGrantee(
  world: World,
  holder: Holder,
  permission: Permission,
  options: SharingOptions,
): void {
  checkDomain(world, permission);
  checkDrive(world, holder, permission);
  const { emailAddress } = permission;
  if (emailAddress === undefined || hasAccount(world, emailAddress)) return;
  if (holder.drive) throw googleError('cannotShareTeamDriveWithNonGoogleAccounts');
  if (options.notify === false)
    throw googleError('invalidSharingRequest', {
      message:
        `Bad Request. User message: "You are trying to invite ${emailAddress}. Since there is no Google account ` +
        'associated with this email address, you must check the \\"Notify people\\" box to invite this recipient."',
    });
}

/** What the administrators let people share outside of the domain. */
function checkDomain(world: World, { type, emailAddress, domain, view }: Permission): void {
  const { sharing, domain: own } = projectOf(world);
  if (view === undefined && type === 'anyone' && (sharing?.public === false || sharing?.outside === false))
    throw googleError('publishOutNotPermitted');
  if (sharing?.outside !== false || type === 'anyone') return;
  const to = domain ?? domainOf(emailAddress ?? '');
  if (to.toLowerCase() !== own.toLowerCase()) throw googleError('shareOutNotPermitted');
}

/** What the organizers of a shared drive let its members share. */
function checkDrive(world: World, { file, drive: top }: Holder, permission: Permission): void {
  const drive = top ?? (file?.driveId === undefined ? undefined : world.get(sharedDrives, file.driveId));
  const { domainUsersOnly, driveMembersOnly } = drive?.restrictions ?? {};
  const { type, emailAddress = '', domain = '' } = permission;
  const within = type === 'domain' ? isOfDomain(world, `@${domain}`) : isOfDomain(world, emailAddress);
  if (domainUsersOnly && (type === 'anyone' || !within))
    throw googleError('teamDriveDomainUsersOnlyRestriction');
  if (!driveMembersOnly || top || !drive) return;
  const member =
    type === 'group'
      ? drive.permissions.some((one) => one.id === permission.id)
      : type === 'user' && drive.permissions.some((one) => reaches(world, one, emailAddress));
  if (!member) throw googleError('teamDriveTeamMembersOnlyRestriction');
}

/** Addresses of other domains are taken for accounts; those of the domain are known. */
const hasAccount = (world: World, email: string): boolean =>
  !isOfDomain(world, email) ||
  accountWith(world, email) !== undefined ||
  world.get(groups, email.toLowerCase()) !== undefined;
