/** Locks of a file's content. https://developers.google.com/workspace/drive/api/guides/content-restrictions */
import type { World } from '../../../../src/world/world.ts';
import { badRequest } from '../../errors.ts';
import { type ContentRestriction, type FileRow, timestamp } from '../world.ts';
import { atLeast, noPermission, roleOf, type Viewer } from './access.ts';

export interface RestrictionInput {
  readOnly?: boolean;
  reason?: string;
  ownerRestricted?: boolean;
}

/** Refuses a change of content, name or comments while the file is locked. Throws `insufficientFilePermissions`. */
export function requireUnlocked(file: FileRow): void {
  if (isLocked(file)) throw noPermission(file.id);
}

export const isLocked = (file: FileRow): boolean => file.contentRestrictions?.[0]?.readOnly === true;

/** The lock that a request asks for; undefined for none. Throws `insufficientFilePermissions`, `invalid`. */
export function restrictionFrom(
  world: World,
  viewer: Viewer,
  file: FileRow,
  inputs: readonly RestrictionInput[],
): ContentRestriction | undefined {
  const [input, ...more] = inputs;
  if (more.length > 0)
    throw badRequest('A file can have at most one content restriction.', 'contentRestrictions');
  const before = file.contentRestrictions?.[0];
  if (before?.systemRestricted) throw noPermission(file.id);
  const readOnly = input?.readOnly ?? before !== undefined;
  const ownerRestricted = input?.ownerRestricted ?? false;
  const strict = ownerRestricted || before?.ownerRestricted === true;
  if (strict && !isHolder(world, viewer, file)) throw noPermission(file.id);
  if (!readOnly) {
    if (input?.reason !== undefined)
      throw badRequest('A reason can only be set with readOnly=true.', 'contentRestrictions.reason');
    return undefined;
  }
  const reason = input?.reason ?? before?.reason;
  return {
    readOnly: true,
    ...(reason === undefined ? {} : { reason }),
    ownerRestricted,
    restrictingUser: viewer.email,
    restrictionTime: timestamp(world.now()),
  };
}

/** The owner, or who manages the shared drive. */
export const isHolder = (world: World, viewer: Viewer, file: FileRow): boolean =>
  atLeast(roleOf(world, file, viewer.email), file.driveId ? 'organizer' : 'owner');
