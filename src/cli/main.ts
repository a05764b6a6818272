/** Runs the command line in this process: wires commands to the composition root, which is loaded when it is needed. */
import { version } from '../version.ts';
import { type Io, processIo } from './output.ts';
import { type ProgramDeps, program, runProgram } from './program.ts';

/** Runs `argv` (interpreter and script first) and resolves to the exit code. */
export async function main(
  argv: readonly string[],
  more: Pick<ProgramDeps, 'registerHarnessCommands'> = {},
  io: Io = processIo(),
): Promise<number> {
  const deps: ProgramDeps = {
    ...more,
    io,
    version: version(),
    startServer: async (options) => (await import('../main.ts')).startOrrery(options),
    openTwins: async (dial) => (await import('../main.ts')).startTwins(dial),
    stopped,
    twins: async () => (await import('../main.ts')).TWINS,
    async tryWorld(world) {
      const { openUniverse } = await import('../main.ts');
      const { universe, close } = await openUniverse({ world });
      const { state } = universe.kernel;
      const rows = Object.fromEntries(
        state
          .tables()
          .filter((table) => table.twin !== '')
          .map((table) => [table.name, state.list(table).count()]),
      );
      close();
      return { rows };
    },
  };
  return runProgram(program(deps), argv.slice(2), io);
}

/** The first SIGTERM or SIGINT; a second one ends the process at once. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const once = () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) {
        process.removeListener(signal, once);
        process.once(signal, () => process.exit(130));
      }
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, once);
  });
}
