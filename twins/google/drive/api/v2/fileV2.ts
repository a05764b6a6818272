/** Files in the words of the API's second version. https://developers.google.com/workspace/drive/api/reference/rest/v2/files */
import type { World } from '../../../../../src/world/world.ts';
import { addressOf } from '../../../address.ts';
import { roleOf, rootOf, type Viewer } from '../../model/access.ts';
import type { FileInput } from '../../model/fields.ts';
import { type FileRow, isNative } from '../../world.ts';
import { fileView } from '../view.ts';
import { permissionV2 } from './permissionV2.ts';

type Fields = Record<string, unknown>;

/** Where the second version's resources are. */
export const rootV2 = (world: World): string => `${addressOf(world, 'www.googleapis.com')}/drive/v2`;

/** A text that changes with what it stands for: quoted base64 of milliseconds. */
export const etagOf = (time: string): string =>
  `"${Buffer.from(String(Date.parse(time))).toString('base64url')}"`;

/** A file with every field, as the older programs know them. */
export function fileV2(world: World, viewer: Viewer, file: FileRow): Fields {
  return fromV3(world, viewer, fileView(world, viewer, file), {
    ...content(world, file),
    ...(roleOf(world, file, viewer.email) === undefined ? {} : { userPermission: mine(world, viewer, file) }),
    properties: propertiesOf(world, viewer, file),
  });
}

/** What v3 says of a file or a root, in v2's words. */
export function fromV3(world: World, viewer: Viewer, shown: Fields, more: Fields = {}): Fields {
  const v = shown as Record<string, never>;
  const self = `${rootV2(world)}/files/${v.id}`;
  const can = (v.capabilities ?? {}) as Record<string, boolean>;
  const owners = (v.owners ?? []) as Fields[];
  return {
    kind: 'drive#file',
    id: v.id,
    etag: etagOf(String(v.modifiedTime)),
    selfLink: self,
    ...(v.webContentLink ? { webContentLink: v.webContentLink } : {}),
    alternateLink: v.webViewLink,
    embedLink: `${addressOf(world, 'drive.google.com')}/file/d/${v.id}/preview?usp=drivesdk`,
    iconLink: v.iconLink,
    title: v.name,
    mimeType: v.mimeType,
    description: v.description,
    labels: {
      starred: v.starred,
      hidden: false,
      trashed: v.trashed,
      restricted: v.copyRequiresWriterPermission ?? false,
      viewed: v.viewedByMe ?? false,
      modified: v.modifiedByMe ?? false,
    },
    createdDate: v.createdTime,
    modifiedDate: v.modifiedTime,
    ...renamed(v),
    markedViewedByMeDate: '1970-01-01T00:00:00.000Z',
    parents: ((v.parents ?? []) as string[]).map((id) => parentReference(world, viewer, String(v.id), id)),
    ...(v.size === undefined ? {} : { fileSize: v.size }),
    ...(v.thumbnailLink ? { thumbnailLink: v.thumbnailLink } : {}),
    owners: owners.map(userV2),
    ownerNames: owners.map((one) => one.displayName),
    ...(v.lastModifyingUser
      ? {
          lastModifyingUser: userV2(v.lastModifyingUser),
          lastModifyingUserName: (v.lastModifyingUser as Fields).displayName,
        }
      : {}),
    ...(v.sharingUser ? { sharingUser: userV2(v.sharingUser) } : {}),
    ...(v.trashingUser ? { trashingUser: userV2(v.trashingUser) } : {}),
    editable: can.canEdit ?? true,
    copyable: can.canCopy ?? false,
    canComment: can.canComment ?? false,
    canReadRevisions: can.canReadRevisions ?? false,
    shareable: can.canShare ?? false,
    appDataContents: (v.spaces as string[] | undefined)?.includes('appDataFolder') ?? false,
    ...(v.permissions
      ? { permissions: (v.permissions as Fields[]).map((one) => permissionV2(world, String(v.id), one)) }
      : {}),
    ...more,
  };
}

/** Fields of both versions under one name, and those that only changed their ending. */
const KEPT = (
  'version capabilities copyRequiresWriterPermission writersCanShare shared ownedByMe explicitlyTrashed spaces ' +
  'quotaBytesUsed originalFilename fileExtension fullFileExtension md5Checksum sha1Checksum sha256Checksum ' +
  'headRevisionId imageMediaMetadata folderColorRgb shortcutDetails contentRestrictions labelInfo exportLinks ' +
  'driveId teamDriveId hasAugmentedPermissions permissionIds linkShareMetadata downloadRestrictions ' +
  'inheritedPermissionsDisabled hasThumbnail isAppAuthorized'
).split(' ');
const TIMES: Readonly<Record<string, string>> = {
  modifiedByMeTime: 'modifiedByMeDate',
  viewedByMeTime: 'lastViewedByMeDate',
  sharedWithMeTime: 'sharedWithMeDate',
  trashedTime: 'trashedDate',
};

function renamed(v: Fields): Fields {
  const kept = KEPT.filter((name) => v[name] !== undefined).map((name) => [name, v[name]]);
  const times = Object.entries(TIMES).flatMap(([from, to]) => (v[from] === undefined ? [] : [[to, v[from]]]));
  return Object.fromEntries([...kept, ...times]);
}

/** Where the bytes are. */
const content = (world: World, file: FileRow): Fields =>
  isNative(file.mimeType)
    ? {}
    : { downloadUrl: `${rootV2(world)}/files/${file.id}?alt=media&source=downloadUrl` };

function mine(world: World, viewer: Viewer, file: FileRow): Fields {
  const role = roleOf(world, file, viewer.email) ?? 'reader';
  const shown = role === 'commenter' ? { role: 'reader', additionalRoles: ['commenter'] } : { role };
  return {
    kind: 'drive#permission',
    etag: etagOf(file.modifiedTime),
    id: 'me',
    selfLink: `${rootV2(world)}/files/${file.id}/permissions/me`,
    ...shown,
    type: 'user',
  };
}

export const parentReference = (world: World, viewer: Viewer, fileId: string, id: string): Fields => ({
  kind: 'drive#parentReference',
  id,
  selfLink: `${rootV2(world)}/files/${fileId}/parents/${id}`,
  parentLink: `${rootV2(world)}/files/${id}`,
  isRoot: id === rootOf(world, viewer.email),
});

export const userV2 = (user: unknown): Fields => {
  const { photoLink, me, ...rest } = user as Fields;
  return { ...rest, ...(photoLink ? { picture: { url: photoLink } } : {}), isAuthenticatedUser: me };
};

export type Visibility = 'PUBLIC' | 'PRIVATE';

/** Properties one by one; private ones are the app's. */
export function propertiesOf(world: World, viewer: Viewer, file: FileRow): Fields[] {
  const shown = (visibility: Visibility, map: Readonly<Record<string, string>> = {}) =>
    Object.entries(map).map(([key, value]) => ({
      kind: 'drive#property',
      etag: etagOf(file.modifiedTime),
      selfLink: `${rootV2(world)}/files/${file.id}/properties/${encodeURIComponent(key)}?visibility=${visibility}`,
      key,
      value,
      visibility,
    }));
  return [...shown('PUBLIC', file.properties), ...shown('PRIVATE', file.appProperties?.[viewer.app])];
}

/** A body of the second version. */
export interface BodyV2 {
  title?: string;
  modifiedDate?: string;
  createdDate?: string;
  lastViewedByMeDate?: string;
  parents?: { id?: string }[];
  labels?: { starred?: boolean; trashed?: boolean; restricted?: boolean };
  properties?: { key?: string; value?: string | null; visibility?: string }[];
  indexableText?: { text?: string };
  thumbnail?: { image?: string; mimeType?: string };
  [kept: string]: unknown;
}

const SAME = [
  ...['id', 'mimeType', 'description', 'folderColorRgb', 'originalFilename', 'writersCanShare'],
  ...['copyRequiresWriterPermission', 'shortcutDetails', 'contentRestrictions', 'downloadRestrictions'],
];

/** The same body in v3's words; parents are said apart. `keepsTime`: its time of change is meant. */
export function inputOf(body: BodyV2, keepsTime: boolean): FileInput {
  const { labels = {}, properties } = body;
  const mapped = (visibility: Visibility) => {
    const own = (properties ?? []).filter((one) => (one.visibility ?? 'PRIVATE') === visibility);
    return Object.fromEntries(own.map((one) => [one.key ?? '', one.value ?? null]));
  };
  const given: Record<string, unknown> = {
    ...Object.fromEntries(SAME.filter((name) => body[name] !== undefined).map((name) => [name, body[name]])),
    name: body.title,
    modifiedTime: keepsTime ? body.modifiedDate : undefined,
    createdTime: body.createdDate,
    viewedByMeTime: body.lastViewedByMeDate,
    starred: labels.starred,
    trashed: labels.trashed,
    properties: properties ? mapped('PUBLIC') : undefined,
    appProperties: properties ? mapped('PRIVATE') : undefined,
    contentHints:
      body.indexableText || body.thumbnail
        ? {
            indexableText: body.indexableText?.text,
            ...(body.thumbnail ? { thumbnail: body.thumbnail } : {}),
          }
        : undefined,
  };
  if (labels.restricted !== undefined) given.copyRequiresWriterPermission = labels.restricted;
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as FileInput;
}
