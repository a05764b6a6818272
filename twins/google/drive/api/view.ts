/** Files, people and permissions as Drive shows them to one viewer: the stored fields and all that is computed. */
import type { World } from '../../../../src/world/world.ts';
import { accounts } from '../../identity/world.ts';
import { roleOf, rootOf, type Viewer } from '../model/access.ts';
import { capabilitiesOf, copyRequiresWriter, downloadRuleOf } from '../model/capabilities.ts';
import { type FileRow, files, isNative, MIME } from '../world.ts';
import { exportLinks, folderLink, webLinks } from './links.ts';
import { sharing, userView } from './sharingView.ts';

/** Size that the vendor reports for a small file of its editors. */
const EDITOR_BYTES = '1024';

/** A file with every field that the viewer may ask for. */
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
    spaces: ['drive'],
    version: String(file.version),
    ...webLinks(world, file),
    iconLink: `https://drive-thirdparty.googleusercontent.com/16/type/${file.mimeType}`,
    hasThumbnail: false,
    thumbnailVersion: '0',
    createdTime: file.createdTime,
    modifiedTime: file.modifiedTime,
    ...handsOn(world, viewer, file),
    ...sharing(world, viewer, file),
    capabilities: capabilitiesOf(world, viewer, file),
    copyRequiresWriterPermission: copyRequiresWriter(world, file),
    viewersCanCopyContent: !copyRequiresWriter(world, file),
    inheritedPermissionsDisabled: file.inheritedPermissionsDisabled ?? false,
    downloadRestrictions: {
      itemDownloadRestriction: { ...NO_RESTRICTION, ...file.downloadRestriction },
      effectiveDownloadRestrictionWithContext: downloadRuleOf(world, file),
    },
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

const NO_RESTRICTION = { restrictedForReaders: false, restrictedForWriters: false };

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
