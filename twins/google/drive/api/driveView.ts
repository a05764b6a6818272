/** Shared drives as Drive shows them to one viewer. */
import type { Call } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { driveThemes } from '../formats.ts';
import { atLeast, roleOf } from '../model/access.ts';
import type { DownloadRestriction, Role, SharedDrive } from '../world.ts';

/** `asAdmin`: shown to an administrator of the domain, who may do what organizers may. */
export function driveView(
  call: Call<GoogleActor>,
  row: SharedDrive,
  asAdmin: boolean = false,
): Record<string, unknown> {
  const theme = driveThemes().find((one) => one.id === row.themeId);
  const { downloadRestriction, ...restrictions } = row.restrictions ?? {};
  const role = asAdmin ? 'organizer' : roleOf(call.world, row, call.actor.email);
  return {
    kind: 'drive#drive',
    id: row.id,
    name: row.name,
    colorRgb: row.colorRgb ?? theme?.colorRgb,
    backgroundImageLink: row.backgroundImageId
      ? `https://lh3.googleusercontent.com/drive-storage/${row.backgroundImageId}`
      : theme?.backgroundImageLink,
    createdTime: row.createdTime,
    hidden: row.hiddenBy.includes(call.actor.email),
    restrictions: {
      adminManagedRestrictions: false,
      copyRequiresWriterPermission: false,
      domainUsersOnly: false,
      driveMembersOnly: false,
      sharingFoldersRequiresOrganizerPermission: false,
      ...restrictions,
      downloadRestriction: {
        restrictedForReaders: downloadRestriction?.restrictedForReaders ?? false,
        restrictedForWriters: downloadRestriction?.restrictedForWriters ?? false,
      },
    },
    capabilities: capabilities(row, role),
  };
}

/** https://developers.google.com/workspace/drive/api/guides/ref-roles */
function capabilities(row: SharedDrive, role: Role | undefined): Record<string, boolean> {
  const organizer = atLeast(role, 'organizer');
  const manager = atLeast(role, 'fileOrganizer');
  const writer = atLeast(role, 'writer');
  const restricts = organizer && row.restrictions?.adminManagedRestrictions !== true;
  const download = mayDownload(row, role);
  return {
    canAddChildren: writer,
    canChangeCopyRequiresWriterPermissionRestriction: restricts,
    canChangeDomainUsersOnlyRestriction: restricts,
    canChangeDownloadRestriction: restricts,
    canChangeDriveBackground: organizer,
    canChangeDriveMembersOnlyRestriction: restricts,
    canChangeSharingFoldersRequiresOrganizerPermissionRestriction: restricts,
    canComment: atLeast(role, 'commenter'),
    canCopy: download,
    canDeleteChildren: organizer,
    canDeleteDrive: organizer,
    canDownload: download,
    canEdit: writer,
    canListChildren: role !== undefined,
    canManageMembers: organizer,
    canReadRevisions: writer,
    canRename: writer,
    canRenameDrive: organizer,
    canResetDriveRestrictions: restricts,
    canShare: writer,
    canTrashChildren: manager,
  };
}

function mayDownload({ restrictions }: SharedDrive, role: Role | undefined): boolean {
  const rule: DownloadRestriction = restrictions?.downloadRestriction ?? {};
  if (atLeast(role, 'organizer')) return true;
  if (atLeast(role, 'writer')) return !rule.restrictedForWriters;
  const closed =
    rule.restrictedForReaders || rule.restrictedForWriters || restrictions?.copyRequiresWriterPermission;
  return role !== undefined && !closed;
}
