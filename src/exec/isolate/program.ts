/** Finds programs by name, as a shell would. */
import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the system's tools are, also for callers whose PATH leaves the administrator's folders out. */
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The folders in which tools are looked for: the caller's, then the system's. */
export const TOOL_PATH = `${process.env.PATH ?? ''}:${SYSTEM_PATH}`;

/** The absolute path of program `name`: by `path` (folders with `:` between), or relative to `cwd` if it has a slash. */
export function findProgram(name: string, path: string, cwd = '/'): string | undefined {
  if (name === '') return undefined;
  if (name.includes('/')) return runnable(resolve(cwd, name));
  for (const folder of path.split(':')) {
    const found = runnable(resolve(cwd, folder, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function runnable(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
