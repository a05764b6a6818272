/** Starts the first processes of an isolation, up to `init.mjs`, with a channel to it. */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { asset } from '../../assets.ts';
import type { IsolationPlan } from './available.ts';
import { TOOL_PATH } from './program.ts';

/** Where one of the command's standard streams leads. */
export type Stream = 'inherit' | 'pipe' | 'ignore' | number;

/** Starts `init.mjs` in the namespaces of `plan`; the command inherits `stdio` from it. */
export function startInit(plan: IsolationPlan, stdio: readonly Stream[]): ChildProcess {
  const init = [process.execPath, initFile()];
  const args = ['-c', DEAF, 'sh', ...plan.outer, '/bin/sh', '-c', FIRST, 'sh', ...init];
  // Not the command's environment: its NODE_OPTIONS are not for us. Some builds of Node need their libraries found.
  const env = { PATH: TOOL_PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH };
  return spawn('/bin/sh', args, { env, stdio: [...stdio.slice(0, 3), 'ipc'] as StdioOptions });
}

/** A terminal's signals go to everybody in the group; `unshare` must outlive them for the command to answer them. */
const DEAF = `trap '' INT TERM HUP QUIT; exec "$@"`;
/** The first process inside: a shell, since it reaps whatever the command leaves behind, which Node does not. */
const FIRST = '"$@"; exit $?';

/** Beside this file among the sources; at its own place in the build, where this file is part of another. */
function initFile(): string {
  const beside = new URL('./init.mjs', import.meta.url);
  return fileURLToPath(existsSync(beside) ? beside : asset('dist/src/exec/isolate/init.mjs'));
}
