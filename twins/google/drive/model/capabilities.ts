/**
 * What a viewer can do with a file, in one place for all who ask.
 * https://developers.google.com/workspace/drive/api/guides/ref-roles
 */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { type FileRow, MIME, type Permission, type Role, sharedDrives } from '../world.ts';
import { atLeast, roleOf, sameAddress, strongest, type Viewer } from './access.ts';
import { isLocked } from './restriction.ts';

/** All that `capabilities` names; some only for items of shared drives, some only for others. */
export function capabilitiesOf(world: World, viewer: Viewer, file: FileRow): Record<string, boolean> {
  const role = roleOf(world, file, viewer.email);
  const folder = file.mimeType === MIME.folder;
  const writer = atLeast(role, 'writer');
  const download = mayDownload(world, viewer, file);
  const manage = atLeast(role, file.driveId ? 'organizer' : 'owner');
  const order = atLeast(role, file.driveId ? 'fileOrganizer' : 'owner');
  const locked = isLocked(file);
  const lockedByOwner = locked && file.contentRestrictions?.[0]?.ownerRestricted === true;
  const copyRule = writer && !copyRuleOf(world, file) && maySetRestrictions(world, file, role);
  const limited = file.inheritedPermissionsDisabled === true;
  return {
    canAccessViaGenAi: download,
    canAddChildren: folder && writer,
    canChangeCopyRequiresWriterPermission: copyRule,
    canChangeItemDownloadRestriction: manage && !folder,
    canChangeSecurityUpdateEnabled: false,
    canChangeViewersCanCopyContent: copyRule,
    canComment: atLeast(role, 'commenter') && !locked,
    canCopy: download && (!folder || file.driveId !== undefined),
    canDelete: manage,
    canDisableInheritedPermissions: folder && manage && !limited,
    canDownload: download,
    canEdit: writer && !locked,
    canEnableInheritedPermissions: folder && manage && limited,
    canListChildren: folder && role !== undefined,
    canModifyContent: writer && !locked,
    canModifyContentRestriction: writer && !folder && (!lockedByOwner || manage),
    canModifyEditorContentRestriction: writer && !folder && (!lockedByOwner || manage),
    canModifyLabels: writer,
    canModifyOwnerContentRestriction: manage && !folder,
    canMoveItemIntoTeamDrive: manage,
    canMoveItemOutOfDrive: manage,
    canMoveItemOutOfTeamDrive: manage,
    canMoveItemWithinDrive: file.driveId ? order : writer,
    canMoveItemWithinTeamDrive: file.driveId ? order : writer,
    canMoveTeamDriveItem: file.driveId !== undefined && order,
    canMoveChildrenWithinDrive: folder && (file.driveId ? order : writer),
    canMoveChildrenWithinTeamDrive: folder && (file.driveId ? order : writer),
    canReadLabels: role !== undefined,
    canReadRevisions: writer,
    canRemoveChildren: folder && writer && file.driveId === undefined,
    canRemoveContentRestriction: locked && writer && (!lockedByOwner || manage),
    canRename: writer && !locked,
    canShare: mayShare(world, viewer, file),
    canStartApproval: writer && !folder,
    canTrash: order,
    canUntrash: order,
    ...(file.driveId ? inDrive(world, viewer, file, role) : inMyDrive(viewer, file, role)),
  };
}

/** Only items of shared drives have these. */
function inDrive(world: World, viewer: Viewer, file: FileRow, role: Role | undefined) {
  const folder = file.mimeType === MIME.folder;
  const drive = world.get(sharedDrives, file.driveId ?? '');
  const member = drive !== undefined && roleOf(world, drive, viewer.email) !== undefined;
  return {
    canAddFolderFromAnotherDrive: folder && atLeast(role, 'fileOrganizer'),
    canDeleteChildren: folder && atLeast(role, 'organizer'),
    canMoveChildrenOutOfDrive: folder && atLeast(role, 'organizer'),
    canMoveChildrenOutOfTeamDrive: folder && atLeast(role, 'organizer'),
    canReadDrive: member,
    canReadTeamDrive: member,
    canTrashChildren: folder && atLeast(role, 'fileOrganizer'),
  };
}

/** Only items that somebody owns have these. */
const inMyDrive = (viewer: Viewer, file: FileRow, role: Role | undefined) => ({
  canAcceptOwnership: file.permissions.some(
    (one) => one.pendingOwner === true && sameAddress(one.emailAddress, viewer.email),
  ),
  canAddMyDriveParent: false,
  canMoveChildrenOutOfDrive: file.mimeType === MIME.folder && atLeast(role, 'owner'),
  canMoveChildrenOutOfTeamDrive: file.mimeType === MIME.folder && atLeast(role, 'owner'),
  canRemoveMyDriveParent: atLeast(role, 'owner'),
});

/** Whether the viewer may change who has access to a file. */
export function mayShare(world: World, viewer: Viewer, file: FileRow): boolean {
  const by = strongest(world, file, viewer.email);
  if (!by) return false;
  if (file.driveId === undefined)
    return by.role === 'owner' || (atLeast(by.role, 'writer') && file.writersCanShare && !isTemporary(by));
  const strict = restrictionsOf(world, file).sharingFoldersRequiresOrganizerPermission === true;
  const least = file.mimeType === MIME.folder ? (strict ? 'organizer' : 'fileOrganizer') : 'writer';
  return atLeast(by.role, least) && !isTemporary(by);
}

/** Whether the viewer may have a file's bytes: to download, export or copy. */
export function mayDownload(world: World, viewer: Viewer, file: FileRow): boolean {
  const role = roleOf(world, file, viewer.email);
  if (role === undefined) return false;
  const rule = downloadRuleOf(world, file);
  const writer = atLeast(role, 'writer');
  const manages = atLeast(role, file.driveId ? 'organizer' : 'owner');
  return writer ? manages || !rule.restrictedForWriters : !rule.restrictedForReaders;
}

/** Throws `cannotDownloadFile` where the viewer may read a file but not have its bytes. */
export function checkDownload(world: World, viewer: Viewer, file: FileRow): void {
  if (!mayDownload(world, viewer, file)) throw googleError('cannotDownloadFile');
}

/** Throws `cannotCopyFile` where the viewer may read a file but not copy it. */
export function checkCopy(world: World, viewer: Viewer, file: FileRow): void {
  if (!mayDownload(world, viewer, file)) throw googleError('cannotCopyFile');
}

/** Whether readers and commenters may not copy, print or download: by the file, or by its shared drive. */
export const copyRequiresWriter = (world: World, file: FileRow): boolean =>
  file.copyRequiresWriterPermission || copyRuleOf(world, file);

/** Who may not download, by all rules that hold for the file. */
export function downloadRuleOf(world: World, file: FileRow) {
  const rules = [file.downloadRestriction, restrictionsOf(world, file).downloadRestriction];
  const restrictedForWriters = rules.some((one) => one?.restrictedForWriters === true);
  const restrictedForReaders =
    restrictedForWriters ||
    copyRequiresWriter(world, file) ||
    rules.some((one) => one?.restrictedForReaders === true);
  return { restrictedForReaders, restrictedForWriters };
}

const copyRuleOf = (world: World, file: FileRow): boolean =>
  restrictionsOf(world, file).copyRequiresWriterPermission === true;

const restrictionsOf = (world: World, { driveId }: FileRow) =>
  (driveId === undefined ? undefined : world.get(sharedDrives, driveId)?.restrictions) ?? {};

const isTemporary = ({ expirationTime }: Permission): boolean => expirationTime !== undefined;

const maySetRestrictions = (world: World, file: FileRow, role: Role | undefined): boolean =>
  file.driveId === undefined ||
  restrictionsOf(world, file).adminManagedRestrictions !== true ||
  atLeast(role, 'organizer');
