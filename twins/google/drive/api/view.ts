/** Files, people and permissions as Drive shows them to one viewer: the stored fields and all that is computed. */
import type { World } from '../../../../src/world/world.ts';
import { pictureOf } from '../../identity/model/idToken.ts';
import { accounts } from '../../identity/world.ts';
import { atLeast, roleOf, rootOf, type Viewer } from '../model/access.ts';
import { type FileRow, files, isNative, MIME, type Permission, type Role } from '../world.ts';
import { exportLinks, folderLink, webLinks } from './links.ts';

/** Size that the vendor reports for a small file of its editors. */
const EDITOR_BYTES = '1024';

/** A file with every field that the viewer may ask for. */
export function fileView(world: World, viewer: Viewer, file: FileRow): Record<string, unknown> {
  const role = roleOf(world, file, viewer.email);
  const editor = isNative(file.mimeType);
  const folder = file.mimeType === MIME.folder || file.mimeType === MIME.shortcut;
  const size = editor ? (folder ? undefined : EDITOR_BYTES) : (file.size ?? '0');
  const color = file.mimeType === MIME.folder ? FOLDER_COLOR : undefined;
  return {
    kind: 'drive#file',
    ...(file.driveId ? { driveId: file.driveId, teamDriveId: file.driveId } : {}),
    ...parentsFor(world, viewer, file),
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    description: file.description,
    starred: file.starredBy.includes(viewer.email),
    trashed: file.trashed,
    explicitlyTrashed: file.explicitlyTrashed,
    spaces: ['drive'],
    version: String(file.version),
    ...webLinks(world, file),
    iconLink: `https://drive-thirdparty.googleusercontent.com/16/type/${file.mimeType}`,
    hasThumbnail: false,
    thumbnailVersion: '0',
    createdTime: file.createdTime,
    modifiedTime: file.modifiedTime,
    ...handsOn(world, viewer, file),
    ...sharing(world, viewer, file, role),
    capabilities: capabilities(file, role),
    copyRequiresWriterPermission: file.copyRequiresWriterPermission,
    viewersCanCopyContent: !file.copyRequiresWriterPermission,
    inheritedPermissionsDisabled: false,
    properties: file.properties,
    appProperties: file.appProperties?.[viewer.app],
    isAppAuthorized: file.appId === viewer.app,
    folderColorRgb: file.folderColorRgb ?? color,
    shortcutDetails: file.shortcutDetails,
    size,
    quotaBytesUsed: size ?? '0',
    ...(editor ? exportLinks(world, file) : binaryFields(file)),
    linkShareMetadata: { securityUpdateEligible: false, securityUpdateEnabled: true },
  };
}

/** Colour of a folder that nobody coloured. */
const FOLDER_COLOR = '#8f8f8f';

/** Who changed the file last, and who put it in the trash. */
function handsOn(world: World, viewer: Viewer, file: FileRow): Record<string, unknown> {
  const byMe = file.lastModifyingUser === viewer.email;
  return {
    ...(byMe ? { modifiedByMeTime: file.modifiedTime } : {}),
    modifiedByMe: byMe,
    viewedByMe: byMe || isOwn(viewer, file),
    lastModifyingUser: userView(world, viewer, file.lastModifyingUser),
    ...(file.driveId && file.trashedTime
      ? { trashedTime: file.trashedTime, trashingUser: userView(world, viewer, file.trashingUser ?? '') }
      : {}),
  };
}

/** Who has it; who else has access is shown to those who may write. */
function sharing(
  world: World,
  viewer: Viewer,
  file: FileRow,
  role: Role | undefined,
): Record<string, unknown> {
  const email = viewer.email.toLowerCase();
  const given = file.permissions.find((one) => one.emailAddress?.toLowerCase() === email);
  const owned = file.owner
    ? {
        owners: [userView(world, viewer, file.owner)],
        ownedByMe: isOwn(viewer, file),
        shared: file.permissions.length > 1,
        writersCanShare: file.writersCanShare,
      }
    : { hasAugmentedPermissions: file.permissions.some((one) => one.inheritedFrom === undefined) };
  return {
    ...owned,
    ...(given && file.owner && !isOwn(viewer, file) && !given.inheritedFrom
      ? { sharedWithMeTime: given.sharedTime, sharingUser: userView(world, viewer, given.sharedBy) }
      : {}),
    ...(atLeast(role, 'writer')
      ? {
          permissions: file.permissions.map((one) => permissionView(world, one, file.driveId)),
          permissionIds: file.permissions.map((one) => one.id),
        }
      : {}),
  };
}

const isOwn = (viewer: Viewer, file: FileRow): boolean =>
  file.owner?.toLowerCase() === viewer.email.toLowerCase();

/** "My Drive" itself, which has no row. */
export function rootView(world: World, viewer: Viewer): Record<string, unknown> {
  const account = world.get(accounts, viewer.email.toLowerCase());
  return {
    kind: 'drive#file',
    id: rootOf(world, viewer.email),
    name: 'My Drive',
    mimeType: MIME.folder,
    starred: false,
    trashed: false,
    explicitlyTrashed: false,
    spaces: ['drive'],
    webViewLink: folderLink(world, rootOf(world, viewer.email)),
    createdTime: account?.creationTime,
    modifiedTime: account?.creationTime,
    owners: [userView(world, viewer, viewer.email)],
    ownedByMe: true,
    shared: false,
  };
}

/** A person as Drive shows them to the viewer. */
export function userView(world: World, viewer: Viewer, email: string): Record<string, unknown> {
  const account = world.get(accounts, email.toLowerCase());
  return {
    kind: 'drive#user',
    displayName: account?.name.fullName ?? email,
    ...(account ? { photoLink: pictureOf(account) } : {}),
    me: email.toLowerCase() === viewer.email.toLowerCase(),
    ...(account ? { permissionId: account.permissionId } : {}),
    emailAddress: email,
  };
}

/** A permission with every field; by default only kind, id, type and role go out. */
export function permissionView(
  world: World,
  permission: Permission,
  driveId: string | undefined,
): Record<string, unknown> {
  const account = permission.emailAddress
    ? world.get(accounts, permission.emailAddress.toLowerCase())
    : undefined;
  const { sharedTime: _time, sharedBy: _by, inheritedFrom, ...stored } = permission;
  const named = permission.type === 'user' || permission.type === 'group';
  return {
    kind: 'drive#permission',
    ...stored,
    ...(named
      ? {
          displayName: account?.name.fullName ?? permission.emailAddress?.split('@')[0],
          ...(account ? { photoLink: pictureOf(account) } : {}),
          deleted: false,
          pendingOwner: false,
        }
      : {}),
    ...(permission.type === 'domain' ? { displayName: permission.domain } : {}),
    ...(driveId
      ? {
          permissionDetails: [
            {
              permissionType: inheritedFrom ? 'member' : 'file',
              role: permission.role,
              inherited: inheritedFrom !== undefined,
              ...(inheritedFrom ? { inheritedFrom } : {}),
            },
          ],
        }
      : {}),
  };
}

/** Folders out of the viewer's sight are not named. */
function parentsFor(world: World, viewer: Viewer, file: FileRow): { parents?: string[] } {
  const [parent] = file.parents;
  if (parent === undefined) return {};
  if (parent === rootOf(world, viewer.email) || parent === file.driveId) return { parents: [parent] };
  const folder = world.get(files, parent);
  return folder && roleOf(world, folder, viewer.email) ? { parents: [parent] } : {};
}

function binaryFields(file: FileRow): Record<string, unknown> {
  const dot = file.name.lastIndexOf('.');
  const extension = dot > 0 ? file.name.slice(dot + 1) : '';
  return {
    md5Checksum: file.md5Checksum,
    sha1Checksum: file.sha1Checksum,
    sha256Checksum: file.sha256Checksum,
    originalFilename: file.originalFilename,
    headRevisionId: file.headRevisionId,
    fileExtension: extension,
    fullFileExtension: extension,
  };
}

function capabilities(file: FileRow, role: Role | undefined): Record<string, boolean> {
  const writer = atLeast(role, 'writer');
  const owner = atLeast(role, file.driveId ? 'organizer' : 'owner');
  const folder = file.mimeType === MIME.folder;
  const content = !file.copyRequiresWriterPermission || writer;
  return {
    canAddChildren: folder && writer,
    canChangeCopyRequiresWriterPermission: writer,
    canComment: atLeast(role, 'commenter'),
    canCopy: content && !folder,
    canDelete: owner,
    canDownload: content,
    canEdit: writer,
    canListChildren: folder,
    canModifyContent: writer,
    canMoveItemWithinDrive: writer,
    canReadRevisions: writer,
    canRemoveChildren: folder && writer,
    canRename: writer,
    canShare: owner || (writer && file.writersCanShare),
    canTrash: owner || atLeast(role, 'fileOrganizer'),
    canUntrash: owner || atLeast(role, 'fileOrganizer'),
  };
}
