/** Shared drives and who is in them. https://developers.google.com/workspace/drive/api/guides/manage-shareddrives */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { DRIVE_NAME_CHARS_MAX } from '../../limits.ts';
import { driveThemes } from '../formats.ts';
import { type DriveRestrictions, files, type SharedDrive, sharedDrives, timestamp } from '../world.ts';
import { administers, driveFor, type Viewer, visibleFile } from './access.ts';
import { logDriveChange } from './change.ts';
import { madePermission } from './permission.ts';
import { deleteFile } from './trash.ts';

export interface DriveInput {
  name?: string;
  restrictions?: DriveRestrictions;
  colorRgb?: string;
  themeId?: string;
  backgroundImageFile?: { id?: string; width?: number; xCoordinate?: number; yCoordinate?: number };
  hidden?: boolean;
}

/**
 * Makes a drive; its maker organizes it. `requestId` makes a second try of the same person harmless: it answers 409
 * `conflict`. Throws `invalid`, `fieldNotWritable` for what only an update takes.
 */
export function createDrive(
  world: World,
  viewer: Viewer,
  requestId: string | null,
  input: DriveInput,
): SharedDrive {
  if (!requestId) throw badRequest('The requestId parameter is required.', 'requestId');
  if (input.restrictions || input.colorRgb || input.backgroundImageFile)
    throw googleError('fieldNotWritable');
  const name = checkedName(input.name);
  const key = `${viewer.email.toLowerCase()} ${requestId}`;
  if (world.list(sharedDrives, { index: 'requestId', equals: key }).first())
    throw googleError('conflict', {
      message: 'A shared drive already exists with the specified request ID.',
    });
  const id = `0A${world.draw('google.drive').chars(BASE64URL, 11)}Uk9PVA`;
  const drive = world.insert(sharedDrives, {
    id,
    name,
    createdTime: timestamp(world.now()),
    permissions: [madePermission(world, viewer, 'user', 'organizer', { emailAddress: viewer.email })],
    hiddenBy: input.hidden ? [viewer.email] : [],
    requestId: key,
    themeId: input.themeId === undefined ? drawnTheme(world, id) : checkedTheme(input.themeId),
  });
  logDriveChange(world, drive, false);
  return drive;
}

/**
 * Changes a drive's name, looks or restrictions. Throws `notFound`, `insufficientFilePermissions`, `invalid`, and
 * `teamDrivesSharingRestrictionNotAllowed` for restrictions that administrators keep to themselves.
 */
export function updateDrive(
  world: World,
  viewer: Viewer,
  id: string,
  input: DriveInput,
  asAdmin: boolean = false,
): SharedDrive {
  const drive = driveFor(world, viewer, id, 'organizer', asAdmin);
  if (input.restrictions && !asAdmin) checkRestrictions(world, viewer, drive, input.restrictions);
  const next: SharedDrive = { ...drive, ...looksOf(world, viewer, input) };
  if (input.name !== undefined) next.name = checkedName(input.name);
  if (input.restrictions) next.restrictions = merged(drive.restrictions, input.restrictions);
  if (input.hidden !== undefined) next.hiddenBy = hiddenBy(drive, viewer, input.hidden);
  if (JSON.stringify(next) === JSON.stringify(drive)) return drive;
  const row = world.update(sharedDrives, id, () => next);
  logDriveChange(world, row, false, drive);
  return row;
}

/** Hides a drive from the viewer's default view, or shows it again. */
export function setHidden(world: World, viewer: Viewer, id: string, hidden: boolean): SharedDrive {
  const drive = driveFor(world, viewer, id, 'reader');
  return world.update(sharedDrives, id, { hiddenBy: hiddenBy(drive, viewer, hidden) });
}

/**
 * Takes a drive away, with what is in its trash; an administrator may have all that is in it deleted too. Throws
 * `notFound`, `insufficientFilePermissions`, `forbidden` where something is left in it, `invalid`.
 */
export function deleteDrive(
  world: World,
  viewer: Viewer,
  id: string,
  { asAdmin, allowItemDeletion }: { asAdmin: boolean; allowItemDeletion: boolean },
): void {
  if (allowItemDeletion && !asAdmin)
    throw badRequest(
      'The allowItemDeletion parameter is only supported when useDomainAdminAccess is true.',
      'allowItemDeletion',
    );
  const drive = driveFor(world, viewer, id, 'organizer', asAdmin);
  const kept = world.list(files, { index: 'parent', equals: id, where: (row) => !row.trashed }).first();
  if (kept && !allowItemDeletion)
    throw googleError('forbidden', { message: 'The shared drive is not empty and cannot be deleted.' });
  const by = { ...viewer, appOnly: false, email: asAdmin ? organizerOf(drive, viewer) : viewer.email };
  for (const row of world.list(files, { index: 'parent', equals: id }).toArray())
    deleteFile(world, by, row.id);
  world.remove(sharedDrives, id);
  logDriveChange(world, drive, true, drive);
}

/** In whose name an administrator, who need not be a member, has things deleted. */
const organizerOf = ({ permissions }: SharedDrive, { email }: Viewer): string =>
  permissions.find((one) => one.type === 'user' && one.role === 'organizer')?.emailAddress ?? email;

const hiddenBy = (drive: SharedDrive, { email }: Viewer, hidden: boolean): string[] => [
  ...drive.hiddenBy.filter((one) => one !== email),
  ...(hidden ? [email] : []),
];

function checkRestrictions(
  world: World,
  viewer: Viewer,
  drive: SharedDrive,
  wanted: DriveRestrictions,
): void {
  const changesAdmin =
    wanted.adminManagedRestrictions !== undefined &&
    wanted.adminManagedRestrictions !== (drive.restrictions?.adminManagedRestrictions ?? false);
  if (changesAdmin) administers(world, viewer);
  else if (drive.restrictions?.adminManagedRestrictions)
    throw googleError('teamDrivesSharingRestrictionNotAllowed');
}

function merged(before: DriveRestrictions = {}, wanted: DriveRestrictions): DriveRestrictions {
  const rule = wanted.downloadRestriction && { ...before.downloadRestriction, ...wanted.downloadRestriction };
  const next = { ...before, ...wanted, ...(rule ? { downloadRestriction: rule } : {}) };
  // The two names of one restriction on readers follow each other.
  if (wanted.copyRequiresWriterPermission !== undefined && rule?.restrictedForReaders === undefined)
    return {
      ...next,
      downloadRestriction: {
        ...next.downloadRestriction,
        restrictedForReaders: wanted.copyRequiresWriterPermission,
      },
    };
  if (rule?.restrictedForReaders === undefined) return next;
  return { ...next, copyRequiresWriterPermission: rule.restrictedForReaders };
}

/** Theme, or colour and picture: one excludes the other. */
function looksOf(
  world: World,
  viewer: Viewer,
  { themeId, colorRgb, backgroundImageFile: image }: DriveInput,
): Partial<SharedDrive> {
  if (themeId !== undefined) {
    if (colorRgb !== undefined || image !== undefined)
      throw badRequest('The themeId cannot be set with colorRgb or backgroundImageFile.', 'themeId');
    return { themeId: checkedTheme(themeId), colorRgb: undefined, backgroundImageId: undefined };
  }
  if (colorRgb === undefined && image === undefined) return {};
  if (colorRgb !== undefined && !/^#[0-9a-fA-F]{6}$/.test(colorRgb))
    throw badRequest('Invalid Value', 'colorRgb');
  const picture = image && checkedPicture(world, viewer, image);
  return {
    ...(colorRgb === undefined ? {} : { colorRgb: colorRgb.toLowerCase() }),
    ...(picture === undefined ? {} : { backgroundImageId: picture, themeId: undefined }),
  };
}

/** All of a picture's place must be said. */
function checkedPicture(
  world: World,
  viewer: Viewer,
  { id, width, xCoordinate, yCoordinate }: NonNullable<DriveInput['backgroundImageFile']>,
): string {
  const parts = [width, xCoordinate, yCoordinate];
  if (id === undefined || parts.some((part) => part === undefined || !(part >= 0 && part <= 1)))
    throw badRequest('Invalid Value', 'backgroundImageFile');
  const file = visibleFile(world, viewer, id);
  if (!file.mimeType.startsWith('image/'))
    throw badRequest('The background image file is not an image.', 'backgroundImageFile.id');
  return file.id;
}

function checkedTheme(themeId: string): string {
  if (!driveThemes().some((one) => one.id === themeId))
    throw badRequest('The specified themeId is invalid.', 'themeId');
  return themeId;
}

const drawnTheme = (world: World, id: string): string => {
  const themes = driveThemes();
  const nth = Number.parseInt(world.drawFor('google.theme', id).chars('0123456789', 6), 10);
  return themes[nth % themes.length]?.id ?? 'abacus';
};

function checkedName(name: string | undefined): string {
  if (!name?.trim() || name.length > DRIVE_NAME_CHARS_MAX)
    throw badRequest('The name field is required.', 'drive.name');
  return name;
}
