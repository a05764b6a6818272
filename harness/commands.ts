/** The harness's commands: `run`, `trajectory`, `replay`, `rehearse` and `scenario check` (contract §4). */
import type { Command } from 'commander';
import { checkCommand } from './commands/check.ts';
import { type HarnessDeps, WrongUse } from './commands/deps.ts';
import { type RehearseFlags, rehearseCommand } from './commands/rehearse.ts';
import { replayCommand } from './commands/replay.ts';
import { type RunFlags, runCommand } from './commands/run.ts';
import type { Terminal } from './commands/terminal.ts';
import { trajectoryCommand } from './commands/trajectory.ts';
import { InvalidFile } from './schema/problem.ts';

export type { HarnessDeps } from './commands/deps.ts';

/** Adds the commands to a program. Exit codes: 0 done, 1 no, 2 wrong use or input, 3 inconclusive, 70 our error. */
export function registerHarnessCommands(program: Command, deps: HarnessDeps): void {
  const terminal: Terminal = {
    out: deps.out,
    err: deps.err ?? ((text) => void process.stderr.write(text)),
    colour: deps.colour ?? (process.stdout.isTTY === true && process.env.NO_COLOR === undefined),
    live: deps.err === undefined && process.stderr.isTTY === true,
  };
  const perform = async (work: () => Promise<number> | number): Promise<void> => {
    let code: number;
    try {
      code = await work();
    } catch (error) {
      code = failed(error, terminal);
    }
    finish(deps, code);
  };
  const setting = { deps, terminal, perform };
  addRun(program, setting);
  addRecords(program, setting);
  addRehearse(program, setting);
  addScenario(program, setting);
}

interface Setting {
  deps: HarnessDeps;
  terminal: Terminal;
  /** Runs the command and hands over its exit code. */
  perform(work: () => Promise<number> | number): Promise<void>;
}

function addRun(program: Command, { deps, terminal, perform }: Setting): void {
  program
    .command('run')
    .description('run scenarios against builds: trials, satisfaction, gate')
    .option('--scenarios <dir>', 'directory of scenario files')
    .option('--candidate <file...>', 'candidate files, oldest build first')
    .option('--trials <n>', 'trials of each scenario (10, or the policy’s least)')
    .option('--seed <n>', 'seed of all draws; drawn and recorded where not given')
    .option('--parallel <n>', 'trials at once (twice as many as processors)')
    .option('--policy <file>', 'what a build must show to go out')
    .option('--out <dir>', 'directory of the run (runs/<time>)')
    .option('--stop-when <expression>', 'stop a build after the round in which this holds')
    .option('--resume', 'go on with the run in --out')
    .option('--verify', 'check the ledger of runs instead')
    .option('--json', 'print the result as JSON')
    .action((flags: RunFlags) => perform(() => runCommand(flags, deps, terminal)));
}

function addRecords(program: Command, { deps, terminal, perform }: Setting): void {
  program
    .command('trajectory')
    .description('satisfaction over builds')
    .option('--out <dir>', 'a run, or a directory of runs (all runs of the ledger)')
    .option('--html <file>', 'also write a page')
    .option('--json', 'print as JSON')
    .action((flags: { out?: string; html?: string; json?: boolean }) =>
      perform(() => trajectoryCommand(flags, terminal)),
    );
  program
    .command('replay')
    .description('one recorded trial again, same seed, step by step')
    .argument('<trial>', 'its id, as in trials.jsonl and the report')
    .option('--out <dir>', 'the run, or a directory of runs')
    .option('--json', 'print as JSON')
    .action((id: string, flags: { out?: string; json?: boolean }) =>
      perform(() => replayCommand(id, flags, deps, terminal)),
    );
}

function addRehearse(program: Command, { deps, terminal, perform }: Setting): void {
  program
    .command('rehearse')
    .description('an incident rehearsal: load, a timeline of faults, service levels')
    .argument('<file>', 'rehearsal file')
    .option('--through <file...>', 'candidate files that the load goes through, oldest build first')
    .option('--seed <n>', 'seed of the load and of the faults (the file’s, or 1)')
    .option('--out <dir>', 'directory of the record (runs/rehearsal-<time>)')
    .option('--json', 'print the result as JSON')
    .action((file: string, flags: RehearseFlags) =>
      perform(() => rehearseCommand(file, flags, deps, terminal)),
    );
}

function addScenario(program: Command, { deps, terminal, perform }: Setting): void {
  const scenario = program.commands.find((one) => one.name() === 'scenario') ?? program.command('scenario');
  scenario.description('scenario packs');
  scenario
    .command('check')
    .description('validate scenarios, candidates and policies; find what cannot fail')
    .argument('<dir>', 'directory of a pack')
    .option('--json', 'print as JSON')
    .action((directory: string, flags: { json?: boolean }) =>
      perform(() => checkCommand(directory, flags, deps, terminal)),
    );
  for (const name of ['seal', 'open']) {
    scenario
      .command(name)
      .description('(not supported yet)')
      .argument('<dir>')
      .action(() => perform(() => Promise.reject(new WrongUse(`not supported yet: scenario ${name}`))));
  }
}

/** Says what went wrong, one line each, and gives the exit code. */
function failed(error: unknown, terminal: Terminal): number {
  if (error instanceof InvalidFile || error instanceof WrongUse) {
    terminal.err(`${error.message}\n`);
    return 2;
  }
  terminal.err(`internal error: ${(error as Error).stack ?? String(error)}\n`);
  return 70;
}

function finish(deps: HarnessDeps, code: number): void {
  if (deps.exit) deps.exit(code);
  else process.exitCode = code;
}
