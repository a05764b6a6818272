/** Zip archives, written and read. */
import { createRequire } from 'node:module';
import type * as Fflate from 'fflate';
import type { World } from '../../../../../src/world/world.ts';
import { badRequest } from '../../../errors.ts';
import { UNPACKED_BYTES_MAX } from '../../../limits.ts';

const require = createRequire(import.meta.url);
/** Loaded at the first conversion. */
const fflate = (): typeof Fflate => require('fflate') as typeof Fflate;

/** Files by path, in order; one in `stored` is not compressed. The same bytes for the same moment. */
export function zipped(world: World, files: Readonly<Record<string, string>>, stored?: string): Uint8Array {
  const { strToU8, zipSync } = fflate();
  const entries = Object.entries(files).map(([path, text]): [string, Fflate.ZippableFile] => [
    path,
    [strToU8(text), { level: path === stored ? 0 : 6 }],
  ]);
  return zipSync(Object.fromEntries(entries), { mtime: world.now() });
}

/** The texts of the files in an archive that are `wanted`. Throws 400 for what is none, or is too large unpacked. */
export function unzipped(bytes: Uint8Array, wanted: readonly string[]): Readonly<Record<string, string>> {
  const { strFromU8, unzipSync } = fflate();
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => wanted.includes(name) && originalSize <= UNPACKED_BYTES_MAX,
    });
    return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
  } catch {
    throw badRequest('Bad Request', 'file');
  }
}
