/** `orrery run`: trials, satisfaction, gate. */

import { randomInt } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { type LoadedCandidate, loadCandidate } from '../candidate.ts';
import { type BuildResult, type RunDocument, readRun, readTrials } from '../directory.ts';
import { checkPolicy } from '../gate.ts';
import { enterRun, ledgerPath, verifyLedger } from '../ledger.ts';
import { loadPolicy } from '../policy.ts';
import { type PreparedScenario, prepareScenario } from '../prepare.ts';
import { movesOf, unsatisfiedStories } from '../report/moves.ts';
import { marking, percent, points, probability, range } from '../report/words.ts';
import { type RunOptions, run } from '../run.ts';
import { loadScenarios } from '../scenario.ts';
import { InvalidFile } from '../schema/problem.ts';
import type { HarnessDeps } from './deps.ts';
import { WrongUse } from './deps.ts';
import { paint, progressLine, type Terminal, table } from './terminal.ts';

/** Flags of `run` as the command line gives them. */
export interface RunFlags {
  scenarios?: string;
  candidate?: string[];
  trials?: string;
  seed?: string;
  parallel?: string;
  policy?: string;
  out?: string;
  stopWhen?: string;
  resume?: boolean;
  verify?: boolean;
  json?: boolean;
}

const TRIALS_DEFAULT = 10;
const PARALLEL_MAX = 64;
// A trial mostly waits: for a program that thinks, or for silence.
const PARALLEL_PER_CPU = 2;

/** Runs; gives the exit code. */
export async function runCommand(flags: RunFlags, deps: HarnessDeps, terminal: Terminal): Promise<number> {
  if (flags.verify) return verify(flags, terminal);
  const options = await optionsOf(flags, deps);
  let stopped = 0;
  const onSignal = () => {
    stopped++;
    if (stopped > 1) process.exit(130);
    terminal.err(
      '\nStopping: trials that are under way are given up, what is done is kept. Once more ends at once.\n',
    );
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const line = progressLine(terminal);
  const host = await deps.openHost();
  try {
    const document = await run(
      {
        ...options,
        aborted: () => stopped > 0,
        progress: ({ candidate, done, of, satisfiedSoFar }) =>
          line.show(candidate, done, of, `${satisfiedSoFar} satisfied`),
      },
      host,
    );
    line.clear();
    if (document.status === 'finished') enterRun(ledgerPath(), document.run, options.directory);
    if (flags.json)
      terminal.out(`${JSON.stringify({ ...document, directory: options.directory }, null, 2)}\n`);
    else say(document, options.directory, terminal);
    return exitCode(document);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await host.close();
  }
}

/** Reads and checks everything before anything starts. */
async function optionsOf(
  flags: RunFlags,
  deps: HarnessDeps,
): Promise<Omit<RunOptions, 'aborted' | 'progress'>> {
  if (!flags.scenarios) throw new WrongUse('say which scenarios: --scenarios DIR');
  if (!flags.candidate?.length) throw new WrongUse('say which build: --candidate FILE');
  const directory = resolve(
    flags.out ?? join('runs', new Date().toISOString().slice(0, 19).replaceAll(':', '')),
  );
  const before = readRun(directory);
  if (before && !flags.resume) {
    throw new WrongUse(
      `${directory} already holds a run; add --resume to go on with it, or choose another --out`,
    );
  }
  const candidates = flags.candidate.map(loadCandidate);
  for (const candidate of candidates) refuseInside(flags.scenarios, candidate);
  const scenarios = prepareAll(await loadScenarios(flags.scenarios));
  if (scenarios.length === 0) throw new WrongUse(`there is no scenario in ${flags.scenarios}`);
  const policy = flags.policy === undefined ? undefined : loadPolicy(flags.policy);
  if (policy) checkPolicy(policy);
  return {
    id: before?.run ?? `run-${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}`,
    scenarios,
    candidates,
    trials: whole(
      flags.trials,
      '--trials',
      before?.trials ?? policy?.trials?.min ?? TRIALS_DEFAULT,
      1,
      100_000,
    ),
    seed: whole(flags.seed, '--seed', before?.seed ?? randomInt(2 ** 31), 0, 2 ** 32 - 1),
    parallel: whole(flags.parallel, '--parallel', PARALLEL_PER_CPU * availableParallelism(), 1, PARALLEL_MAX),
    policy,
    stopWhen: flags.stopWhen,
    directory,
    resume: flags.resume === true,
    versions: { orrery: deps.version ?? 'unknown', node: process.version },
  };
}

/** Compiles all scenarios; all problems of all of them at once. */
export function prepareAll(scenarios: Awaited<ReturnType<typeof loadScenarios>>): PreparedScenario[] {
  const problems: InvalidFile[] = [];
  const prepared = scenarios.flatMap((scenario) => {
    try {
      return [prepareScenario(scenario)];
    } catch (error) {
      if (!(error instanceof InvalidFile)) throw error;
      problems.push(error);
      return [];
    }
  });
  if (problems.length > 0) throw new InvalidFile(problems.flatMap((one) => one.problems));
  return prepared;
}

/** A builder must not see what it is tested with. */
function refuseInside(scenarios: string, { directory, label }: LoadedCandidate): void {
  const inner = existsSync(scenarios) ? realpathSync(scenarios) : resolve(scenarios);
  const path = relative(realpathSync(directory), inner);
  if (path !== '' && (path.startsWith('..') || isAbsolute(path))) return;
  throw new WrongUse(
    `the scenarios (${scenarios}) lie inside the directory of ${label} (${directory}), where the build can read them;` +
      ' keep them elsewhere',
  );
}

function whole(
  text: string | undefined,
  flag: string,
  fallback: number,
  least: number,
  most: number,
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new WrongUse(`${flag} takes a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

/** The last build's gate decides; without a policy there is nothing to say no to. */
function exitCode({ builds, status }: RunDocument): number {
  if (status !== 'finished') return 3;
  const verdict = builds.at(-1)?.gate?.verdict;
  if (verdict === undefined || verdict === 'accept') return 0;
  return verdict === 'reject' ? 1 : 3;
}

function say(document: RunDocument, path: string, terminal: Terminal): void {
  const heading = ['build', 'satisfaction', '95 % interval', 'change', 'paired test', 'unknown', 'gate'];
  const rows = document.builds.map((build) => rowOf(build, terminal));
  terminal.out(`\n${table(heading, rows, ['satisfaction', '95 % interval', 'change', 'unknown'])}\n`);
  const trials = readTrials(path);
  document.builds.forEach((build, index) => {
    const moves = movesOf(document, trials, index);
    if (moves.length === 0) return;
    terminal.out(`\nWhat moved with ${build.candidate}\n`);
    for (const { scenario, before, after, marked, blind, because } of moves) {
      const arrow = `${before.satisfied}/${before.n} → ${after.satisfied}/${after.n}`;
      const tone = marked === 'improved' ? 'good' : marked === 'regressed' ? 'bad' : 'soft';
      terminal.out(`  ${scenario}  ${arrow}  ${paint(terminal, tone, marking(marked, blind))}\n`);
      for (const reason of because) terminal.out(`    ${paint(terminal, 'soft', reason)}\n`);
    }
  });
  const last = document.builds.at(-1);
  const stories = last ? unsatisfiedStories(document, trials, last) : [];
  if (last && stories.length > 0) {
    terminal.out(`\nStories that ${last.candidate} does not satisfy yet\n`);
    for (const { scenario, satisfied, n, missed } of stories) {
      terminal.out(`  ${scenario}  ${satisfied}/${n}\n`);
      for (const [says, times] of missed) terminal.out(`    missed in ${times}: ${says}\n`);
    }
  }
  if (last?.gate)
    terminal.out(
      `\nGate ${paint(terminal, gateTone(last.gate.verdict), last.gate.verdict)}: ${last.gate.reason}\n`,
    );
  const resume = document.status === 'finished' ? '' : '  (stopped early: go on with --resume)';
  terminal.out(`\nseed ${document.seed} · ${join(path, 'report.html')}${resume}\n`);
}

function rowOf({ candidate, satisfaction, change, gate }: BuildResult, terminal: Terminal): string[] {
  const moved = change?.moved ?? 'same';
  const tone = moved === 'improved' ? 'good' : moved === 'regressed' ? 'bad' : 'soft';
  return [
    candidate,
    paint(terminal, 'strong', percent(satisfaction.estimate)),
    range(satisfaction.interval),
    change ? points(change.delta) : '–',
    change
      ? paint(terminal, tone, `${moved === 'same' ? 'no difference shown' : moved}, ${probability(change.p)}`)
      : '–',
    String(Math.round(satisfaction.unknownShare * satisfaction.trials)),
    gate ? paint(terminal, gateTone(gate.verdict), gate.verdict) : '–',
  ];
}

function gateTone(verdict: string): 'good' | 'bad' | 'odd' {
  return verdict === 'accept' ? 'good' : verdict === 'reject' ? 'bad' : 'odd';
}

function verify(flags: RunFlags, terminal: Terminal): number {
  const wrong = verifyLedger(ledgerPath());
  if (flags.json) terminal.out(`${JSON.stringify({ ledger: ledgerPath(), wrong })}\n`);
  else if (wrong.length === 0) terminal.out(`${ledgerPath()}: every run is as it was recorded\n`);
  else for (const one of wrong) terminal.out(`${one}\n`);
  return wrong.length === 0 ? 0 : 1;
}
