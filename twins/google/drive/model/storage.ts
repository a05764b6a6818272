/** How much of their space somebody uses. */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { appDataSeer } from '../world/seen.ts';
import { storageLimits } from '../world/storage.ts';
import { type FileRow, files, recentPrefix } from '../world.ts';
import type { Viewer } from './access.ts';
import { quotaBytes } from './content.ts';

/** Bytes that an account of the domain has where its world says nothing: 2 TiB. */
const LIMIT_BYTES = 2 * 1024 ** 4;

/** Bytes as texts, as 64 bit numbers go in JSON. */
export function storageOf(world: World, viewer: Viewer): Record<string, string> {
  const { used, trashed } = usedBy(world, viewer.email, viewer.app);
  return {
    limit: String(world.get(storageLimits, 'limit')?.bytes ?? LIMIT_BYTES),
    usage: String(used),
    usageInDrive: String(used),
    usageInDriveTrash: String(trashed),
  };
}

/** Throws `storageQuotaExceeded` where an owner's space does not hold so many bytes more; shared drives have no limit. */
export function requireStorage(world: World, file: FileRow, bytes: number): void {
  const limit = world.get(storageLimits, 'limit')?.bytes;
  if (limit === undefined || file.owner === undefined || bytes <= 0) return;
  if (usedBy(world, file.owner, file.appId).used + bytes > limit) throw googleError('storageQuotaExceeded');
}

function usedBy(world: World, email: string, app: string): { used: number; trashed: number } {
  let used = 0;
  let trashed = 0;
  const owner = email.toLowerCase();
  for (const who of [owner, appDataSeer(email, app)])
    for (const file of world.list(files, { index: 'recent', prefix: recentPrefix(who) })) {
      if (file.owner?.toLowerCase() !== owner) continue;
      const bytes = quotaBytes(world, file);
      used += bytes;
      if (file.trashed) trashed += bytes;
    }
  return { used, trashed };
}
