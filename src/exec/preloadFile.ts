/** Where the file is that `NODE_OPTIONS` requires: it comes with the built package; from sources it is built when needed. */
import { fileURLToPath } from 'node:url';
import { asset } from '../assets.ts';
import type { PrivateDirectory } from './directory.ts';

const BUILT = 'dist/src/exec/preload.cjs';
let text: Promise<string> | undefined;

/** Its path; among sources it is written to `directory`. */
export async function preloadFile(directory: PrivateDirectory): Promise<string> {
  if (import.meta.url.startsWith(asset('dist/').href)) return fileURLToPath(asset(BUILT));
  text ??= import(asset('scripts/preload.mjs').href).then(
    ({ preloadText }: { preloadText(): Promise<string> }) => preloadText(),
  );
  return directory.write('preload.cjs', await text);
}
