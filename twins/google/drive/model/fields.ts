/** What a program may say about a file, and what a file becomes by it. */
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { INDEXABLE_TEXT_BYTES_MAX, THUMBNAIL_BYTES_MAX } from '../../limits.ts';
import { FOLDER_COLORS } from '../formats.ts';
import { type FileRow, isNative, MIME, timestamp } from '../world.ts';
import { noPermission, type Viewer, visibleFile } from './access.ts';
import { plainType } from './mediaType.ts';
import { appProperties, publicProperties } from './property.ts';
import { isHolder, type RestrictionInput, requireUnlocked, restrictionFrom } from './restriction.ts';

/** Fields of a body; unknown ones are passed over, as the vendor does. */
export interface FileInput {
  id?: string;
  name?: string;
  mimeType?: string;
  description?: string;
  parents?: string[];
  starred?: boolean;
  trashed?: boolean;
  createdTime?: string;
  modifiedTime?: string;
  viewedByMeTime?: string;
  properties?: Record<string, string | null>;
  appProperties?: Record<string, string | null>;
  folderColorRgb?: string;
  shortcutDetails?: { targetId?: string };
  writersCanShare?: boolean;
  copyRequiresWriterPermission?: boolean;
  inheritedPermissionsDisabled?: boolean;
  originalFilename?: string;
  contentHints?: { indexableText?: string; thumbnail?: { image?: string; mimeType?: string } };
  contentRestrictions?: RestrictionInput[];
  downloadRestrictions?: {
    itemDownloadRestriction?: { restrictedForReaders?: boolean; restrictedForWriters?: boolean };
  };
}

/** Fields that only the service writes: a body that has one is refused. */
const OUTPUT_ONLY = new Set(
  (
    'capabilities driveId teamDriveId explicitlyTrashed fileExtension fullFileExtension headRevisionId iconLink ' +
    'isAppAuthorized lastModifyingUser md5Checksum modifiedByMe ownedByMe owners permissionIds permissions ' +
    'quotaBytesUsed sha1Checksum sha256Checksum shared sharingUser size spaces thumbnailLink trashedTime ' +
    'trashingUser version viewedByMe webContentLink webViewLink'
  ).split(' '),
);

/** Throws `fieldNotWritable` for a body with a field that only the service writes. */
export function checkWritable(input: object): void {
  for (const name of Object.keys(input)) if (OUTPUT_ONLY.has(name)) throw googleError('fieldNotWritable');
}

/** Fields that are the viewer's own, or a matter of the file's place: they leave `modifiedTime` as it is. */
const QUIET = new Set([
  ...['starred', 'trashed', 'viewedByMeTime', 'properties', 'appProperties', 'folderColorRgb', 'kind'],
  ...['contentRestrictions', 'downloadRestrictions', 'writersCanShare', 'copyRequiresWriterPermission'],
  'inheritedPermissionsDisabled',
]);

/** Whether these fields say something about the file that people see as a change of it. */
export const isChange = (input: FileInput): boolean => Object.keys(input).some((key) => !QUIET.has(key));

/** Fields that take no right to write. */
const MINE = new Set(['starred', 'viewedByMeTime', 'kind']);

/** Whether only the viewer's own marks are asked for. */
export const isOnlyMine = (input: FileInput): boolean => Object.keys(input).every((key) => MINE.has(key));

/**
 * The file with what was said of it; place, trash and content are others' work. Throws `invalid`,
 * `insufficientFilePermissions`, `shortcutTargetInvalid`, `notFound` for a shortcut's target.
 */
export function withInput(world: World, viewer: Viewer, file: FileRow, input: FileInput): FileRow {
  const next: FileRow = { ...file, ...texts(file, input), ...times(viewer, file, input) };
  if (input.starred !== undefined) next.starredBy = starredBy(viewer, file, input.starred);
  if (input.properties) next.properties = publicProperties(file, input.properties);
  if (input.appProperties) next.appProperties = appProperties(next, viewer.app, input.appProperties);
  if (input.folderColorRgb !== undefined && file.mimeType === MIME.folder)
    next.folderColorRgb = paletteColor(input.folderColorRgb);
  if (!file.driveId && input.writersCanShare !== undefined) next.writersCanShare = input.writersCanShare;
  if (input.copyRequiresWriterPermission !== undefined)
    next.copyRequiresWriterPermission = input.copyRequiresWriterPermission;
  const target = input.shortcutDetails?.targetId;
  if (target !== undefined && file.mimeType === MIME.shortcut)
    next.shortcutDetails = shortcutTo(world, viewer, file, target);
  const thumbnail = input.contentHints?.thumbnail;
  if (thumbnail) next.thumbnail = thumbnailOf(thumbnail);
  if (next.name !== file.name && !input.contentRestrictions) requireUnlocked(file);
  return restricted(world, viewer, next, input);
}

/** Throws `invalid` for a time that cannot be read. */
export function checkedTime(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const ms = RFC3339.test(time)
    ? Date.parse(/[Zz]$|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`)
    : Number.NaN;
  if (Number.isNaN(ms))
    throw googleError('invalid', { message: `Invalid value for: Invalid format: "${time}"` });
  return timestamp(ms);
}

const RFC3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?$/;

/** The ending of a file's name; the one that it had stays where a new name has none. */
export const keptExtension = (file: FileRow): string =>
  file.fullFileExtension ?? extensionOf(file.name) ?? '';

function extensionOf(name: string): string | undefined {
  const found = /\.((?:tar\.)?[A-Za-z0-9_-]{1,20})$/i.exec(name);
  return found && (found.index ?? 0) > 0 ? found[1] : undefined;
}

function texts(file: FileRow, input: FileInput): Partial<FileRow> {
  const native = isNative(file.mimeType);
  const name = input.name || file.name;
  const extension = native ? undefined : extensionOf(name);
  return {
    name,
    ...(extension ? { fullFileExtension: extension } : {}),
    ...(input.description === undefined ? {} : { description: input.description }),
    ...(input.mimeType !== undefined && !native && !isNative(input.mimeType)
      ? { mimeType: plainType(input.mimeType) ?? file.mimeType }
      : {}),
    ...(input.originalFilename !== undefined && !native ? { originalFilename: input.originalFilename } : {}),
  };
}

function times(viewer: Viewer, file: FileRow, input: FileInput): Partial<FileRow> {
  const created = checkedTime(input.createdTime);
  const modified = checkedTime(input.modifiedTime);
  const viewed = checkedTime(input.viewedByMeTime);
  return {
    ...(created ? { createdTime: created } : {}),
    ...(modified
      ? { modifiedTime: modified, modifiedBy: { ...file.modifiedBy, [viewer.email]: modified } }
      : {}),
    ...(viewed ? { viewedBy: { ...file.viewedBy, [viewer.email]: viewed } } : {}),
  };
}

const starredBy = (viewer: Viewer, file: FileRow, starred: boolean): string[] => [
  ...file.starredBy.filter((one) => one !== viewer.email),
  ...(starred ? [viewer.email] : []),
];

/** Locks, and who may take content out. */
function restricted(world: World, viewer: Viewer, file: FileRow, input: FileInput): FileRow {
  let next = file;
  if (input.contentRestrictions) {
    const { contentRestrictions: _old, ...rest } = next;
    const lock = restrictionFrom(world, viewer, file, input.contentRestrictions);
    next = lock ? { ...rest, contentRestrictions: [lock] } : rest;
  }
  const item = input.downloadRestrictions?.itemDownloadRestriction;
  if (item) {
    if (!isHolder(world, viewer, file)) throw noPermission(file.id);
    const { restrictedForReaders = false, restrictedForWriters = false } = item;
    next = {
      ...next,
      downloadRestriction: {
        restrictedForReaders: restrictedForReaders || restrictedForWriters,
        restrictedForWriters,
      },
    };
  }
  return next;
}

function shortcutTo(
  world: World,
  viewer: Viewer,
  file: FileRow,
  targetId: string,
): NonNullable<FileRow['shortcutDetails']> {
  if (file.shortcutDetails) throw googleError('fieldNotWritable');
  const target = visibleFile(world, { ...viewer, myDriveOnly: false }, targetId);
  if (target.mimeType === MIME.shortcut || target.space) throw googleError('shortcutTargetInvalid');
  return { targetId: target.id, targetMimeType: target.mimeType };
}

/** The colour of the palette that is nearest to one. */
function paletteColor(rgb: string): string {
  const wanted = channels(rgb);
  if (!wanted) throw badRequest('Invalid Value', 'folderColorRgb');
  const far = (color: string) =>
    (channels(color) ?? []).reduce((sum, value, i) => sum + (value - (wanted[i] as number)) ** 2, 0);
  return FOLDER_COLORS.reduce((best, color) => (far(color) < far(best) ? color : best));
}

function channels(rgb: string): number[] | undefined {
  const hex = /^#?([0-9a-f]{6})$/i.exec(rgb)?.[1];
  return hex ? [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) : undefined;
}

/** An app's own text for a file, where it gives one. Throws `invalid` for one that is too long. */
export function hintOf(input: FileInput): string | undefined {
  const text = input.contentHints?.indexableText;
  if (text !== undefined && Buffer.byteLength(text) > INDEXABLE_TEXT_BYTES_MAX)
    throw badRequest('Invalid Value', 'contentHints.indexableText');
  return text;
}

function thumbnailOf({ image, mimeType }: { image?: string; mimeType?: string }): {
  image: string;
  mimeType: string;
} {
  const bytes = Buffer.from(image ?? '', 'base64url');
  if (
    bytes.length === 0 ||
    bytes.length > THUMBNAIL_BYTES_MAX ||
    !/^image\/(png|gif|jpe?g)$/.test(mimeType ?? '')
  )
    throw badRequest('Invalid Value', 'contentHints.thumbnail');
  return { image: bytes.toString('base64'), mimeType: mimeType ?? '' };
}
