/** Credentials that programs take as files, written where their owner alone may read them. */
import type { Universe } from '../universe.ts';
import type { PrivateDirectory } from './directory.ts';

/**
 * Writes the files of a universe's twins; returns `{VARIABLE: path}`. Where programs go by a proxy, the addresses in
 * the files are the vendors' own, as in real ones.
 */
export function credentialFiles(
  universe: Universe,
  directory: PrivateDirectory,
  proxied: boolean,
): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const { name, credentials } of universe.twins) {
    const base = universe.publicBase(name);
    const files = credentials.files?.(universe.view(name, base), proxied ? undefined : base) ?? {};
    for (const [variable, file] of Object.entries(files))
      paths[variable] = directory.write(`${universe.id}-${file.name}`, file.content);
  }
  return paths;
}
