/** What may be named in `fields`, and what goes out where nothing is named. */
import type { Shape } from '../../fields.ts';

const names = (text: string): Shape =>
  Object.fromEntries(text.split(/\s+/).map((name) => [name, true as const]));

export const USER: Shape = names('kind displayName photoLink me permissionId emailAddress');

export const PERMISSION: Shape = names(
  'kind id type role emailAddress domain allowFileDiscovery displayName photoLink expirationTime deleted view ' +
    'pendingOwner permissionDetails teamDrivePermissionDetails inheritedPermissionsDisabled',
);
export const PERMISSION_LIST: Shape = { kind: true, nextPageToken: true, permissions: PERMISSION };
export const PERMISSION_FIELDS = 'kind,id,type,role,allowFileDiscovery';
export const PERMISSION_LIST_FIELDS = `kind,nextPageToken,permissions(${PERMISSION_FIELDS})`;

/** Every field of the official description, also those that the twin never has. */
export const FILE: Shape = {
  ...names(
    'kind driveId fileExtension copyRequiresWriterPermission md5Checksum contentHints writersCanShare viewedByMe ' +
      'mimeType exportLinks parents thumbnailLink iconLink shared headRevisionId webViewLink webContentLink size ' +
      'viewersCanCopyContent hasThumbnail spaces folderColorRgb id name description starred trashed ' +
      'explicitlyTrashed createdTime modifiedTime modifiedByMeTime viewedByMeTime sharedWithMeTime quotaBytesUsed ' +
      'version originalFilename ownedByMe fullFileExtension properties appProperties isAppAuthorized teamDriveId ' +
      'capabilities hasAugmentedPermissions trashedTime thumbnailVersion modifiedByMe permissionIds ' +
      'imageMediaMetadata videoMediaMetadata shortcutDetails contentRestrictions labelInfo resourceKey ' +
      'linkShareMetadata sha1Checksum sha256Checksum inheritedPermissionsDisabled downloadRestrictions ' +
      'clientEncryptionDetails',
  ),
  lastModifyingUser: USER,
  sharingUser: USER,
  trashingUser: USER,
  owners: USER,
  permissions: PERMISSION,
};
export const FILE_LIST: Shape = { kind: true, incompleteSearch: true, nextPageToken: true, files: FILE };
export const FILE_FIELDS = 'kind,id,name,mimeType,resourceKey';
export const LIST_FIELDS =
  'kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType,resourceKey,driveId,teamDriveId)';

export const DRIVE: Shape = names(
  'kind id name colorRgb backgroundImageLink backgroundImageFile capabilities themeId createdTime hidden ' +
    'restrictions orgUnitId',
);
export const DRIVE_LIST: Shape = { kind: true, nextPageToken: true, drives: DRIVE };
export const DRIVE_FIELDS = 'kind,id,name';
export const DRIVE_LIST_FIELDS = `kind,nextPageToken,drives(${DRIVE_FIELDS})`;

export const REPLY: Shape = {
  ...names(
    'kind id createdTime modifiedTime action deleted htmlContent content assigneeEmailAddress mentionedEmailAddresses',
  ),
  author: USER,
};
export const COMMENT: Shape = {
  ...names(
    'kind id createdTime modifiedTime resolved anchor deleted htmlContent content quotedFileContent ' +
      'assigneeEmailAddress mentionedEmailAddresses',
  ),
  author: USER,
  replies: REPLY,
};
export const COMMENT_LIST: Shape = { kind: true, nextPageToken: true, comments: COMMENT };
export const REPLY_LIST: Shape = { kind: true, nextPageToken: true, replies: REPLY };

export const REVISION: Shape = {
  ...names(
    'kind id mimeType modifiedTime keepForever published publishedLink publishAuto publishedOutsideDomain ' +
      'originalFilename md5Checksum size exportLinks',
  ),
  lastModifyingUser: USER,
};
export const REVISION_LIST: Shape = { kind: true, nextPageToken: true, revisions: REVISION };
export const REVISION_FIELDS = 'kind,id,mimeType,modifiedTime';
export const REVISION_LIST_FIELDS = `kind,nextPageToken,revisions(${REVISION_FIELDS})`;

export const CHANGE_LIST: Shape = {
  kind: true,
  nextPageToken: true,
  newStartPageToken: true,
  changes: {
    ...names('kind type changeType time removed fileId driveId teamDriveId teamDrive'),
    file: FILE,
    drive: DRIVE,
  },
};
export const CHANGE_LIST_FIELDS =
  'kind,nextPageToken,newStartPageToken,changes(kind,type,changeType,time,removed,fileId,driveId,' +
  'file(kind,id,name,mimeType))';
