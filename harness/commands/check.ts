/** `orrery scenario check`: everything that can be known about a pack without running a candidate. */
import { loadCandidate } from '../candidate.ts';
import type { Sight } from '../checkers/checker.ts';
import { checkPolicy } from '../gate.ts';
import { drawAll } from '../given.ts';
import type { Host } from '../host.ts';
import { LensWorld } from '../lens/lens.ts';
import { type LoadedPolicy, loadPolicy } from '../policy.ts';
import { trialsToShow } from '../power.ts';
import { type PreparedScenario, prepareScenario } from '../prepare.ts';
import { filesUnder, loadScenario } from '../scenario.ts';
import { readDocument } from '../schema/document.ts';
import { InvalidFile, type Problem, sayProblem } from '../schema/problem.ts';
import type { HarnessDeps } from './deps.ts';
import type { Terminal } from './terminal.ts';

const ALPHA_DEFAULT = 0.025;

/** Checks; gives the exit code: 0 sound, 2 with errors in the files. Warnings do not fail. */
export async function checkCommand(
  directory: string,
  flags: { json?: boolean },
  deps: HarnessDeps,
  terminal: Terminal,
): Promise<number> {
  const problems: Problem[] = [];
  const sound: string[] = [];
  const notes: string[] = [];
  const scenarios: PreparedScenario[] = [];
  for (const file of filesUnder(directory, problems)) {
    try {
      const kind = await checkFile(file, scenarios, notes);
      if (kind) sound.push(`${file}: ${kind}`);
    } catch (error) {
      if (!(error instanceof InvalidFile)) throw error;
      problems.push(...error.problems);
    }
  }
  if (scenarios.length > 0 && problems.length === 0) notes.push(...(await tryExpressions(scenarios, deps)));
  if (flags.json) terminal.out(`${JSON.stringify({ sound, problems, notes }, null, 2)}\n`);
  else {
    for (const line of [...sound.map((one) => `ok  ${one}`), ...notes]) terminal.out(`${line}\n`);
    for (const problem of problems) terminal.err(`${sayProblem(problem)}\n`);
    terminal.out(`${sound.length} sound, ${problems.length} errors, ${notes.length} notes\n`);
  }
  return problems.length === 0 ? 0 : 2;
}

async function checkFile(
  file: string,
  scenarios: PreparedScenario[],
  notes: string[],
): Promise<string | undefined> {
  const scenario = await loadScenario(file);
  if (scenario) {
    const prepared = prepareScenario(scenario);
    scenarios.push(prepared);
    notes.push(...prepared.leftOut.map(({ id, why }) => `${file}: "${id}" is left out: ${why}`));
    return `scenario ${scenario.scenario}`;
  }
  const value = readDocument(file).value;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('policy')) {
    const policy = loadPolicy(file);
    checkPolicy(policy);
    notes.push(...costs(policy));
    return `policy ${policy.policy}`;
  }
  if (keys.includes('candidate')) return `candidate ${loadCandidate(file).label}`;
  return undefined;
}

/** What each threshold costs: trials of one scenario, all passing. */
function costs({ gate, alpha = ALPHA_DEFAULT, file }: LoadedPolicy): string[] {
  return gate.flatMap(({ that }) => {
    const threshold = /\.lower\s*>=?\s*(0?\.\d+)/.exec(that)?.[1];
    if (threshold === undefined || that.includes('change')) return [];
    const trials = trialsToShow(Number(threshold), alpha);
    return [`${file}: \`${that}\` takes at least ${trials} trials of a scenario, all passing (α = ${alpha})`];
  });
}

/** Evaluates every expectation in the world as it begins: what throws, and what cannot fail. */
async function tryExpressions(scenarios: readonly PreparedScenario[], deps: HarnessDeps): Promise<string[]> {
  const notes: string[] = [];
  let host: Host | undefined;
  try {
    host = await deps.openHost();
    for (const prepared of scenarios) notes.push(...(await tryOne(prepared, host)));
  } catch (error) {
    notes.push(`worlds and draws were not tried: ${(error as Error).message}`);
  } finally {
    await host?.close();
  }
  return notes;
}

async function tryOne({ scenario, draws, expectations }: PreparedScenario, host: Host): Promise<string[]> {
  const universe = await host.create({ world: scenario.world, seed: 1 });
  const names: Record<string, unknown> = { steps: {}, ...(await drawAll(draws, universe.cast(), 1)) };
  const world = new LensWorld(universe.state(), universe.cast());
  const at = universe.now();
  const sight: Sight = {
    world,
    names: () => names,
    t0: at,
    stepAt: () => undefined,
    changesOnce: async () => [],
  };
  const notes: string[] = [];
  for (const expectation of expectations) {
    const { verdict, evidence } = await expectation.watch(sight).end({ at, reason: 'quiet' });
    const where = `${scenario.file}: "${expectation.id}"`;
    if (verdict === 'unknown' && expectation.kind !== 'slo')
      notes.push(`${where}: ${evidence[0]?.text ?? ''}`);
    if (verdict === 'satisfied' && cannotFail(scenario, expectation.id)) {
      notes.push(`${where} holds before anything happens, so it cannot fail`);
    }
  }
  await universe.drop();
  return notes;
}

/** Only a `must` or `should` that any moment may meet is settled by the first one. */
function cannotFail({ expect }: PreparedScenario['scenario'], id: string): boolean {
  const must = [...(expect.must ?? []), ...(expect.should ?? [])].find((one) => one.id === id);
  return must !== undefined && must.at === undefined && must.after === undefined && must.for === undefined;
}
