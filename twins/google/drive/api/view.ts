/** Files, people and permissions as Drive shows them to one viewer: the stored fields and all that is computed. */
import type { World } from '../../../../src/world/world.ts';
import { accounts } from '../../identity/world.ts';
import { appDataRoot, fileNotFound, roleOf, rootOf, type Viewer } from '../model/access.ts';
import { capabilitiesOf, copyRequiresWriter, downloadRuleOf } from '../model/capabilities.ts';
import { quotaBytes } from '../model/content.ts';
import { keptExtension } from '../model/fields.ts';
import { type ContentRestriction, type FileRow, files, isNative, MIME, sharedDrives } from '../world.ts';
import { exportLinks, folderLink, thumbnailLinks, webLinks } from './links.ts';
import { sharing, shownPermissionIds, shownPermissions, userView } from './sharingView.ts';

/** Size that the vendor reports for a small file of its editors. */
const EDITOR_BYTES = '1024';

/** A file with every field that the viewer may ask for; what takes work is computed where it is looked at. */
export function fileView(world: World, viewer: Viewer, file: FileRow): Record<string, unknown> {
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
    spaces: [file.space ?? 'drive'],
    version: String(file.version),
    ...webLinks(world, file),
    iconLink: `https://drive-thirdparty.googleusercontent.com/16/type/${file.mimeType}`,
    ...thumbnailLinks(world, file),
    imageMediaMetadata: file.imageMediaMetadata,
    createdTime: file.createdTime,
    modifiedTime: file.modifiedTime,
    ...handsOn(world, viewer, file),
    ...sharing(world, viewer, file),
    get permissions() {
      return shownPermissions(world, viewer, file);
    },
    get permissionIds() {
      return shownPermissionIds(world, viewer, file);
    },
    get capabilities() {
      return capabilitiesOf(world, viewer, file);
    },
    copyRequiresWriterPermission: copyRequiresWriter(world, file),
    viewersCanCopyContent: !copyRequiresWriter(world, file),
    inheritedPermissionsDisabled: file.inheritedPermissionsDisabled ?? false,
    get downloadRestrictions() {
      return {
        itemDownloadRestriction: { ...NO_RESTRICTION, ...file.downloadRestriction },
        effectiveDownloadRestrictionWithContext: downloadRuleOf(world, file),
      };
    },
    contentRestrictions: file.contentRestrictions?.map((one) => restrictionView(world, viewer, one)),
    properties: file.properties,
    appProperties: file.appProperties?.[viewer.app],
    isAppAuthorized: file.appId === viewer.app,
    folderColorRgb: file.folderColorRgb ?? color,
    shortcutDetails: file.shortcutDetails,
    size,
    get quotaBytesUsed() {
      return editor ? (size ?? '0') : String(quotaBytes(world, file));
    },
    ...(editor ? exportLinks(world, file) : binaryFields(file)),
    linkShareMetadata: { securityUpdateEligible: false, securityUpdateEnabled: true },
  };
}

const NO_RESTRICTION = { restrictedForReaders: false, restrictedForWriters: false };

/** Colour of a folder that nobody coloured. */
const FOLDER_COLOR = '#8f8f8f';

/** Who changed the file last, and who put it in the trash. */
function handsOn(world: World, viewer: Viewer, file: FileRow): Record<string, unknown> {
  const modified = file.modifiedBy?.[viewer.email];
  const viewed = file.viewedBy?.[viewer.email];
  return {
    ...(modified ? { modifiedByMeTime: modified } : {}),
    modifiedByMe: modified !== undefined,
    viewedByMe: viewed !== undefined,
    ...(viewed ? { viewedByMeTime: viewed } : {}),
    lastModifyingUser: userView(world, viewer, file.lastModifyingUser),
    ...(file.driveId && file.trashedTime
      ? { trashedTime: file.trashedTime, trashingUser: userView(world, viewer, file.trashingUser ?? '') }
      : {}),
  };
}

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

/** The app's hidden folder itself, which has no row. */
export const appDataView = (world: World, viewer: Viewer): Record<string, unknown> => ({
  ...rootView(world, viewer),
  id: appDataRoot(world, viewer),
  name: 'Application Data',
  spaces: ['appDataFolder'],
  webViewLink: undefined,
});

/** The top of a shared drive as a folder. Throws `notFound`. */
export function driveRootView(world: World, viewer: Viewer, id: string): Record<string, unknown> {
  const drive = world.get(sharedDrives, id);
  if (viewer.myDriveOnly || !drive || !roleOf(world, drive, viewer.email)) throw fileNotFound(id);
  return {
    kind: 'drive#file',
    id,
    name: 'Drive',
    mimeType: MIME.folder,
    driveId: id,
    teamDriveId: id,
    starred: false,
    trashed: false,
    explicitlyTrashed: false,
    spaces: ['drive'],
    webViewLink: folderLink(world, id),
    createdTime: drive.createdTime,
    modifiedTime: drive.createdTime,
  };
}

function restrictionView(world: World, viewer: Viewer, lock: ContentRestriction): Record<string, unknown> {
  const { restrictingUser, ...rest } = lock;
  return {
    ...rest,
    ...(restrictingUser ? { restrictingUser: userView(world, viewer, restrictingUser) } : {}),
    systemRestricted: lock.systemRestricted ?? false,
    type: 'globalContentRestriction',
  };
}

/** Folders out of the viewer's sight are not named. */
function parentsFor(world: World, viewer: Viewer, file: FileRow): { parents?: string[] } {
  const [parent] = file.parents;
  if (parent === undefined) return {};
  if (parent === rootOf(world, viewer.email) || file.space) return { parents: [parent] };
  const folder = parent === file.driveId ? world.get(sharedDrives, parent) : world.get(files, parent);
  return folder && roleOf(world, folder, viewer.email) ? { parents: [parent] } : {};
}

function binaryFields(file: FileRow): Record<string, unknown> {
  const extension = keptExtension(file);
  return {
    md5Checksum: file.md5Checksum,
    sha1Checksum: file.sha1Checksum,
    sha256Checksum: file.sha256Checksum,
    originalFilename: file.originalFilename,
    headRevisionId: file.headRevisionId,
    fileExtension: extension.split('.').at(-1),
    fullFileExtension: extension,
  };
}
