/** `orrery rehearse`, in this process. */
import { Command } from 'commander';
import { registerHarnessCommands } from '../../../harness/commands.ts';
import type { RehearsalDocument } from '../../../harness/rehearsal/document.ts';
import { startLocalHost } from '../../../src/main.ts';

/** Runs it with `--json` and these arguments; resolves with its exit code and what it wrote. */
export async function rehearse(
  ...args: string[]
): Promise<{ code: number; document: RehearsalDocument; err: string }> {
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
