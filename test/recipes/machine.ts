/** What this machine has of the programs that recipes are about; a test whose program is absent skips, and says so. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The packages that are too large for a plain install. */
export const PROGRAMS = fileURLToPath(new URL('../programs/node_modules', import.meta.url));

/** Python with the system's packages: a version manager's own Python comes first in many a PATH and has none of them. */
export const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

const known = new Map<string, boolean>();

/** Is `name` there: a package of `test/programs`, a module of Python, or a command? */
export function has(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found =
    existsSync(`${PROGRAMS}/${name}`) ||
    answers('which', [name]) ||
    answers(PYTHON, ['-c', `import ${name}`]);
  known.set(name, found);
  return found;
}

const answers = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
