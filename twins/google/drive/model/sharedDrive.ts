/** Shared drives and who is in them. https://developers.google.com/workspace/drive/api/guides/manage-shareddrives */
import { BASE64URL } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { type DriveRestrictions, files, type SharedDrive, sharedDrives, timestamp } from '../world.ts';
import { driveFor, type Viewer } from './access.ts';
import { madePermission } from './permission.ts';

export interface DriveInput {
  name?: string;
  restrictions?: DriveRestrictions;
  colorRgb?: string;
  themeId?: string;
}

/** Makes a drive; its maker organizes it. `requestId` makes a second try harmless: it answers 409 `conflict`. */
export function createDrive(
  world: World,
  viewer: Viewer,
  requestId: string | null,
  input: DriveInput,
): SharedDrive {
  if (!requestId) throw badRequest('The requestId parameter is required.', 'requestId');
  if (!input.name) throw badRequest('The name field is required.', 'drive.name');
  if (world.list(sharedDrives, { index: 'requestId', equals: requestId }).first())
    throw googleError('conflict', {
      message: 'A shared drive already exists with the specified request ID.',
    });
  return world.insert(sharedDrives, {
    id: `0A${world.draw('google.drive').chars(BASE64URL, 11)}Uk9PVA`,
    name: input.name,
    createdTime: timestamp(world.now()),
    permissions: [madePermission(world, viewer, 'user', 'organizer', { emailAddress: viewer.email })],
    hiddenBy: [],
    requestId,
    ...(input.restrictions ? { restrictions: input.restrictions } : {}),
    ...(input.colorRgb ? { colorRgb: input.colorRgb } : {}),
    ...(input.themeId ? { themeId: input.themeId } : {}),
  });
}

/** The drives that the viewer is a member of, by name. */
export const drivesOf = (world: World, viewer: Viewer): Range<SharedDrive> =>
  world.list(sharedDrives, {
    index: 'member',
    equals: viewer.email.toLowerCase(),
    orderBy: [{ by: (row) => row.name.toLowerCase() }],
  });

export function updateDrive(world: World, viewer: Viewer, id: string, input: DriveInput): SharedDrive {
  const drive = driveFor(world, viewer, id, 'organizer');
  const { name = drive.name, ...rest } = input;
  return world.update(sharedDrives, id, {
    name,
    ...(rest.restrictions ? { restrictions: { ...drive.restrictions, ...rest.restrictions } } : {}),
    ...(rest.colorRgb ? { colorRgb: rest.colorRgb } : {}),
    ...(rest.themeId ? { themeId: rest.themeId } : {}),
  });
}

/** Hides a drive from the viewer's default view, or shows it again. */
export function setHidden(world: World, viewer: Viewer, id: string, hidden: boolean): SharedDrive {
  const drive = driveFor(world, viewer, id, 'reader');
  const others = drive.hiddenBy.filter((one) => one !== viewer.email);
  return world.update(sharedDrives, id, { hiddenBy: hidden ? [...others, viewer.email] : others });
}

/** Only an empty drive may go. */
export function deleteDrive(world: World, viewer: Viewer, id: string): void {
  driveFor(world, viewer, id, 'organizer');
  if (world.list(files, { index: 'parent', equals: id }).first())
    throw googleError('forbidden', { message: 'The shared drive is not empty and cannot be deleted.' });
  world.remove(sharedDrives, id);
}
