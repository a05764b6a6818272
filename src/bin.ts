#!/usr/bin/env node
/** The `orrery` command. Part of the composition root: hands the harness its host. */
import { main } from './cli/main.ts';
import type { ProgramDeps } from './cli/program.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** The exit code of a harness command, which counts where there is one. */
let verdict: number | undefined;
/** `serve` and `exec` start without the harness, which takes longer to load than the server. */
const more = ['serve', 'exec'].includes(process.argv[2] ?? '')
  ? {}
  : { registerHarnessCommands: await harness() };
const ended = await main(process.argv, more);
process.exitCode = verdict ?? ended;

async function harness(): Promise<NonNullable<ProgramDeps['registerHarnessCommands']>> {
  const { registerHarnessCommands } = await import('../harness/commands.ts');
  return (program, io) =>
    registerHarnessCommands(program, {
      openHost: async () => (await import('./main.ts')).startLocalHost(),
      out: io.out,
      exit: (code) => {
        verdict = code;
      },
    });
}
