/** `orrery rehearse`, in this process. */
import { Command } from 'commander';
import { registerHarnessCommands } from '../../../harness/commands.ts';
import type { RehearsalDocument } from '../../../harness/rehearsal/document.ts';
import { startLocalHost } from '../../../src/main.ts';

/** What a rehearsal came to. */
interface Rehearsed {
  code: number;
  document: RehearsalDocument;
  err: string;
}

const TRIES_MAX = 6;

/**
 * Runs it with `--json` and these arguments; resolves with its exit code and what it wrote. A machine that is busy
 * with other tests may not hold the rate of a short load; then the rehearsal says so, and is made again.
 */
export async function rehearse(...args: string[]): Promise<Rehearsed> {
  for (let left = TRIES_MAX; ; left--) {
    const rehearsed = await rehearseOnce(...args);
    const machine = rehearsed.document.subjects?.some(({ reason }) => reason.startsWith('the machine'));
    if (!machine || left === 1) return rehearsed;
  }
}

/** The same, once. */
export async function rehearseOnce(...args: string[]): Promise<Rehearsed> {
  let [code, out, err] = [-1, '', ''];
  const program = new Command().exitOverride();
  registerHarnessCommands(program, {
    openHost: () => startLocalHost(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    exit: (given) => {
      code = given;
    },
  });
  await program.parseAsync(['node', 'orrery', 'rehearse', ...args, '--json']);
  return { code, err, document: JSON.parse(out || '{}') };
}
