/** How much of their space somebody uses. */
import type { World } from '../../../../src/world/world.ts';
import { files, isNative, recentPrefix } from '../world.ts';
import type { Viewer } from './access.ts';

/** Bytes that an account of the domain has: 2 TiB. */
const LIMIT_BYTES = 2 * 1024 ** 4;

/** Bytes as texts, as 64 bit numbers go in JSON. */
export function storageOf(world: World, viewer: Viewer): Record<string, string> {
  let used = 0;
  let trashed = 0;
  const email = viewer.email.toLowerCase();
  for (const file of world.list(files, { index: 'recent', prefix: recentPrefix(email) })) {
    if (file.owner?.toLowerCase() !== email || isNative(file.mimeType)) continue;
    const bytes = Number(file.size ?? 0);
    used += bytes;
    if (file.trashed) trashed += bytes;
  }
  return {
    limit: String(LIMIT_BYTES),
    usage: String(used),
    usageInDrive: String(used),
    usageInDriveTrash: String(trashed),
  };
}
