/** The `orrery` command as a program of its own, built from the sources for the tests that start it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Milliseconds for a test that starts programs: some start more than one, on a machine that may be busy. */
export const PROGRAMS_MS = 60_000;

/** A folder to put first in PATH. */
export interface BuiltCommand {
  /** Holds `orrery`, and `npx`, which starts what is installed and fetches nothing. */
  bin: string;
  /** Where `orrery exec` is to keep its certificates. */
  home: string;
  remove(): void;
}

/** Builds it, below `node_modules`, where the packages that it needs are found. Takes about a second. */
export async function buildCommand(): Promise<BuiltCommand> {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'orrery-command-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { ...(await build(folder)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function build(folder: string): Promise<Omit<BuiltCommand, 'remove'>> {
  const bundle = await rolldown({
    cwd: ROOT,
    input: { orrery: 'src/bin.ts' },
    platform: 'node',
    external: /^[^./]/,
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
  await bundle.close();
  const bin = join(folder, 'bin');
  const home = join(folder, 'home');
  mkdirSync(bin);
  mkdirSync(home);
  program(join(bin, 'orrery'), ORRERY);
  program(join(bin, 'npx'), NPX);
  return { bin, home };
}

/** What `orrery exec` saw goes to the test, unless the command line sends it elsewhere. */
const ORRERY = `#!/bin/sh
here=$(dirname "$0")
if [ "$1" = exec ] && [ -n "$RECIPE_JOURNAL" ]; then
  shift
  case "$*" in
    *--journal*) exec ${process.execPath} "$here/../orrery.mjs" exec "$@" ;;
    *) exec ${process.execPath} "$here/../orrery.mjs" exec --journal "$RECIPE_JOURNAL" "$@" ;;
  esac
fi
exec ${process.execPath} "$here/../orrery.mjs" "$@"
`;

const PROGRAMS = join(ROOT, 'test/programs/node_modules');
const NPX = `#!/bin/sh
[ "$1" = -y ] && shift
case "$1" in
  slack-mcp-server) shift; exec ${PROGRAMS}/slack-mcp-server-linux-amd64/bin/slack-mcp-server-linux-amd64 "$@" ;;
  *) package=$1; shift; exec node "${PROGRAMS}/$package/dist/index.js" "$@" ;;
esac
`;

function program(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
