/** Files that come with the package: sources and build lie at different depths, so they are found from its root. */
import { existsSync } from 'node:fs';

/** The folder of `package.json`, as a URL that ends in a slash. */
export const PACKAGE_ROOT: URL = rootAbove(new URL('.', import.meta.url));

/** A file of the package, by its path from the root. */
export const asset = (path: string): URL => new URL(path, PACKAGE_ROOT);

function rootAbove(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder;
  const above = new URL('..', folder);
  if (above.href === folder.href) throw new Error('orrery is not in its package: no package.json above it');
  return rootAbove(above);
}
