/** Temporary access, which ends by itself. https://developers.google.com/workspace/drive/api/guides/manage-sharing */
import type { World } from '../../../../../src/world/world.ts';
import { files } from '../../world.ts';
import { keepPermissions } from '../permission.ts';

/** The timer that `scheduleEnd` sets. */
export interface AccessEnd extends Record<string, unknown> {
  fileId: string;
  permissionId: string;
}

/** Has a file's permission taken away when its time is over. */
export function scheduleEnd(world: World, end: AccessEnd, expirationTime: string | undefined): void {
  if (expirationTime !== undefined) world.schedule(Date.parse(expirationTime), 'endAccess', end);
}

/** Takes a permission away whose time is over by now; one that was given longer stays. */
export function endAccess(world: World, { fileId, permissionId }: AccessEnd): void {
  const file = world.get(files, fileId);
  if (!file) return;
  const left = file.permissions.filter(
    (one) =>
      one.id !== permissionId ||
      one.inheritedFrom !== undefined ||
      one.expirationTime === undefined ||
      Date.parse(one.expirationTime) > world.now(),
  );
  if (left.length < file.permissions.length) keepPermissions(world, { file }, left);
}
