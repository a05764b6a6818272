/** The `orrery` command: what it can do, and how each command ends. */
import { Command, CommanderError } from 'commander';
import { ApiError } from '../error.ts';
import { clockCommand } from './clock.ts';
import type { ConnectionDeps } from './connection.ts';
import { type CoverageDeps, coverageCommand } from './coverage.ts';
import { type ExecDeps, execCommand } from './exec.ts';
import { CliError, EXIT } from './exit.ts';
import { faultCommand } from './fault.ts';
import { gestureCommand } from './gesture.ts';
import { journalCommand } from './journal.ts';
import { type Io, paint } from './output.ts';
import { type ServeDeps, serveCommand } from './serve.ts';
import { universeCommand } from './universe.ts';
import { type WorldDeps, worldCommand } from './world.ts';

/** What the composition root knows and commands need. */
export interface ProgramDeps extends ServeDeps, ExecDeps, WorldDeps, ConnectionDeps, CoverageDeps {
  version: string;
  /** Adds `run`, `trajectory`, `replay`, `scenario`. */
  registerHarnessCommands?(program: Command, io: Io): void;
}

/** The command line, ready to parse. */
export function program(deps: ProgramDeps): Command {
  const { io } = deps;
  const root = new Command('orrery')
    .description('A digital twin universe for testing software against Okta, Jira, Slack and Google.')
    .version(deps.version)
    // So that options behind a command to run are the command's.
    .enablePositionalOptions()
    .addCommand(serveCommand(deps))
    .addCommand(execCommand(deps))
    .addCommand(universeCommand(deps))
    .addCommand(faultCommand(deps))
    .addCommand(clockCommand(deps))
    .addCommand(journalCommand(deps))
    .addCommand(gestureCommand(deps))
    .addCommand(worldCommand(deps))
    .addCommand(coverageCommand(deps));
  deps.registerHarnessCommands?.(root, io);
  settle(root, io);
  return root;
}

/** Runs a command line to its exit code. Never throws. `args` are without the interpreter and the script. */
export async function runProgram(root: Command, args: readonly string[], io: Io): Promise<number> {
  try {
    if (args.length === 0) root.outputHelp();
    else await root.parseAsync([...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    return ended(error, io);
  }
}

function ended(error: unknown, io: Io): number {
  // Commander has written its own line by now, or it was asked for help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  if (error instanceof CliError) {
    if (error.message !== '') io.err(`${paint(io, 'red', 'error')}: ${error.message}\n`);
    return error.code;
  }
  if (error instanceof ApiError) {
    io.err(`${paint(io, 'red', 'error')}: ${error.message}\n`);
    return EXIT.wrongUse;
  }
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    io.err('error: the port is taken: choose another with --port, or 0 for any free one\n');
    return EXIT.wrongUse;
  }
  io.err(`internal error: ${io.env.ORRERY_DEBUG ? stack : message} (set ORRERY_DEBUG=1 for more)\n`);
  return EXIT.internal;
}

/** Commander throws in the place of exiting and writes where the command does. */
function settle(command: Command, io: Io): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => io.out(text),
    writeErr: (text) => io.err(text),
    outputError: (text, write) => write(`${text.trim().replace(/\n/g, ' ')} (see --help)\n`),
    getOutHasColors: () => io.terminal,
  });
  for (const inner of command.commands) settle(inner, io);
}
