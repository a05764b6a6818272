/** Shapes of Drive's bodies: only what the twin reads. */
import { flag, list, mapOf, message, text } from '../../schema.ts';

const texts = (names: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, text]));
const flags = (names: string): Record<string, Record<string, unknown>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, flag]));

/** Properties are taken away by null. */
const PROPERTIES = mapOf({ type: ['string', 'null'] });

export const FILE_BODY = message({
  ...texts(
    'id name mimeType description createdTime modifiedTime viewedByMeTime folderColorRgb originalFilename',
  ),
  ...flags('starred trashed writersCanShare copyRequiresWriterPermission inheritedPermissionsDisabled'),
  parents: list(text),
  properties: PROPERTIES,
  appProperties: PROPERTIES,
  shortcutDetails: message({ targetId: text }),
  contentHints: message({ indexableText: text, thumbnail: message(texts('image mimeType')) }),
  contentRestrictions: list(message({ reason: text, ...flags('readOnly ownerRestricted') })),
  downloadRestrictions: message({
    itemDownloadRestriction: message(flags('restrictedForReaders restrictedForWriters')),
  }),
});

export const PERMISSION_BODY = message({
  ...texts('type role emailAddress domain expirationTime view'),
  ...flags('allowFileDiscovery pendingOwner'),
});

export const CHANNEL_BODY = message({
  ...texts('id type address token resourceId'),
  expiration: { type: ['string', 'integer'], proto: 'TYPE_INT64' },
  payload: flag,
  params: mapOf(text),
});

export const COMMENT_BODY = message({
  ...texts('content anchor action'),
  quotedFileContent: message(texts('mimeType value')),
});

const NUMBER = { type: 'number', proto: 'TYPE_FLOAT' };

export const DRIVE_BODY = message({
  ...texts('name colorRgb themeId'),
  hidden: flag,
  restrictions: message({
    ...flags('adminManagedRestrictions copyRequiresWriterPermission domainUsersOnly driveMembersOnly'),
    ...flags('sharingFoldersRequiresOrganizerPermission'),
    downloadRestriction: message(flags('restrictedForReaders restrictedForWriters')),
  }),
  backgroundImageFile: message({ id: text, width: NUMBER, xCoordinate: NUMBER, yCoordinate: NUMBER }),
});

export const REVISION_BODY = message(flags('keepForever published publishAuto publishedOutsideDomain'));

export const RESOLUTION_BODY = message({
  action: { enum: ['ACTION_UNSPECIFIED', 'ACCEPT', 'DENY'], proto: 'TYPE_ENUM' },
  role: list(text),
  view: text,
  sendNotification: flag,
});
