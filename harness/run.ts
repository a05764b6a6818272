/** A run: all candidates × scenarios × trials, in parallel, seeded, recorded as it happens. */
import { createHash } from 'node:crypto';
import type { LoadedCandidate } from './candidate.ts';
import { openDirectory, type RunDirectory, type RunDocument } from './directory.ts';
import { holdsNow } from './gate.ts';
import type { Host, HostUniverse } from './host.ts';
import { keyed, keyedHex, keyedUnit } from './keyed.ts';
import type { LoadedPolicy } from './policy.ts';
import type { PreparedScenario } from './prepare.ts';
import { NotReady } from './process.ts';
import type { TrialRecord, TrialResult } from './record.ts';
import { writeReports } from './report/write.ts';
import { satisfactionOf } from './satisfaction.ts';
import { scoreBuild } from './score.ts';
import { type Slot, Slots } from './slots.ts';
import { crash, identity, runTrial, type TrialPlan } from './trial.ts';
import { merge } from './verdict.ts';

/** Share of satisfied trials whose trajectory is kept, and of pooled trials that run again in a fresh process. */
const KEPT_SHARE = 0.1;
const CHECKED_SHARE = 0.03;
const CHECKED_MIN = 2;
const ATTEMPTS_MAX = 3;

export interface RunOptions {
  id: string;
  scenarios: PreparedScenario[];
  candidates: LoadedCandidate[];
  trials: number;
  seed: number;
  parallel: number;
  policy?: LoadedPolicy;
  /** An expression of gate form; a build's trials stop after the round in which it holds. */
  stopWhen?: string;
  directory: string;
  resume: boolean;
  versions: Record<string, string>;
  aborted(): boolean;
  progress(progress: Progress): void;
}

/** After every trial. */
export interface Progress {
  candidate: string;
  done: number;
  of: number;
  trial: TrialRecord;
  satisfiedSoFar: number;
}

/** Runs everything; what is done stays recorded where it is cut short. */
export async function run(options: RunOptions, host: Host): Promise<RunDocument> {
  const directory = openDirectory(options.directory, options.resume);
  const document = beginDocument(options);
  directory.write(document);
  const bases = new Map<string, Promise<HostUniverse>>();
  try {
    for (const candidate of options.candidates) {
      await runCandidate(options, candidate, host, bases, directory);
      const before = document.builds.at(-1);
      document.builds.push(scoreBuild(options, candidate, directory.trials, before));
      directory.write(document);
      writeReports(document, directory);
      if (options.aborted()) break;
    }
  } finally {
    await Promise.all(
      [...bases.values()].map((base) => base.then((universe) => universe.drop()).catch(() => {})),
    );
  }
  document.status = options.aborted() ? 'stopped' : 'finished';
  document.finishedAt = new Date().toISOString();
  directory.write(document);
  writeReports(document, directory);
  return document;
}

function beginDocument(options: RunOptions): RunDocument {
  const { policy } = options;
  return {
    run: options.id,
    status: 'running',
    startedAt: new Date().toISOString(),
    versions: options.versions,
    seed: options.seed,
    trials: options.trials,
    parallel: options.parallel,
    isolation: 'none',
    scenarios: options.scenarios.map(({ scenario, leftOut }) => ({
      scenario: scenario.scenario,
      story: scenario.story.trim(),
      weight: scenario.weight ?? 1,
      file: scenario.file,
      hash: sha256(scenario.source.text),
      leftOut: leftOut.map(({ id, why }) => `${id}: ${why}`),
    })),
    candidates: options.candidates.map(({ label, file, hash }) => ({ candidate: label, file, build: hash })),
    ...(policy && { policy: { policy: policy.policy, file: policy.file, hash: sha256(policy.text) } }),
    builds: [],
    kept: `trajectories of all trials that are not satisfied, and of ${KEPT_SHARE * 100} % of the others by seed`,
  };
}

/** Weights by scenario. */
export function weightsOf(scenarios: readonly PreparedScenario[]): Map<string, number> {
  return new Map(scenarios.map(({ scenario }) => [scenario.scenario, scenario.weight ?? 1]));
}

async function runCandidate(
  options: RunOptions,
  candidate: LoadedCandidate,
  host: Host,
  bases: Map<string, Promise<HostUniverse>>,
  directory: RunDirectory,
): Promise<void> {
  const slots = new Slots(host, candidate, options.seed, bases);
  const of = options.trials * options.scenarios.length;
  let done = 0;
  let satisfied = 0;
  const finish = (trial: TrialRecord) => {
    done++;
    if (trial.verdict === 'satisfied') satisfied++;
    options.progress({ candidate: candidate.label, done, of, trial, satisfiedSoFar: satisfied });
  };
  const mine = () => directory.trials.filter(({ build }) => build === candidate.hash);
  const had = new Map(mine().map((trial) => [`${trial.scenario} ${trial.index} ${trial.seed}`, trial]));
  try {
    let round = 0;
    const stop = () => options.aborted() || (round > 0 && stopNow(options, mine()));
    for (; round < options.trials && !stop(); round += roundsAtOnce(options)) {
      const plans = plansOf(
        options,
        candidate,
        round,
        Math.min(options.trials, round + roundsAtOnce(options)),
      );
      await inParallel(plans, options.parallel, options.aborted, async (plan) => {
        const before = had.get(`${plan.prepared.scenario.scenario} ${plan.index} ${plan.seed}`);
        if (before) return finish(before);
        const trial = await runWithAttempts(options, slots, plan, directory);
        if (trial) finish(trial);
      });
    }
    await checkPooled(options, candidate, slots, directory, mine());
  } finally {
    await slots.close();
  }
}

/** With nothing to decide between rounds, all may run at once. */
function roundsAtOnce({ stopWhen, trials }: RunOptions): number {
  return stopWhen === undefined ? trials : 1;
}

function stopNow({ stopWhen, policy, scenarios }: RunOptions, trials: readonly TrialRecord[]): boolean {
  if (stopWhen === undefined) return false;
  const satisfaction = satisfactionOf(trials, weightsOf(scenarios), policy);
  return holdsNow(stopWhen, policy, { satisfaction, trials }) === true;
}

/** By rounds: every scenario once, then again. */
function plansOf(options: RunOptions, candidate: LoadedCandidate, from: number, to: number): TrialPlan[] {
  const plans: TrialPlan[] = [];
  for (let index = from; index < to; index++) {
    for (const prepared of options.scenarios) plans.push(planTrial(options, candidate, prepared, index));
  }
  return plans;
}

/** A trial's plan; its seed depends on the run's seed, the scenario and the index, never on the candidate. */
export function planTrial(
  options: Pick<RunOptions, 'seed' | 'aborted'>,
  candidate: LoadedCandidate,
  prepared: PreparedScenario,
  index: number,
): TrialPlan {
  const name = prepared.scenario.scenario;
  return {
    id: `${name.replaceAll('/', '.')}-${index}-${keyedHex(6, options.seed, 'trial', candidate.hash, name, index)}`,
    candidate,
    prepared,
    scenarioHash: sha256(prepared.scenario.source.text),
    index,
    seed: keyed(options.seed, 'trial', name, index),
    attempt: 0,
    aborted: options.aborted,
  };
}

/** Runs a trial; once more (at most twice, all kept) where it is unknown by our own fault. */
async function runWithAttempts(
  options: RunOptions,
  slots: Slots,
  plan: TrialPlan,
  directory: RunDirectory,
): Promise<TrialRecord | undefined> {
  let record: TrialRecord | undefined;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const id = attempt === 0 ? plan.id : `${plan.id}-again${attempt}`;
    const result = await tryTrial(slots, { ...plan, id, attempt }, false);
    // What was cut short by a stop is no result: `--resume` runs it again.
    if (options.aborted()) return undefined;
    record = directory.add(result, keeps(options, result.record));
    const ours = record.cause === 'harness' || record.cause === 'infrastructure';
    if (record.verdict !== 'unknown' || !ours) break;
  }
  return record;
}

/** One trial in one slot; an error of ours is a verdict too. */
export async function tryTrial(slots: Slots, plan: TrialPlan, fresh: boolean): Promise<TrialResult> {
  const { scenario } = plan.prepared;
  let slot: Slot | undefined;
  try {
    const wish = { world: scenario.world, clock: scenario.clock, trial: plan.id, seed: plan.seed, fresh };
    slot = await slots.acquire(wish);
    return await runTrial(plan, slot);
  } catch (error) {
    if (error instanceof NotReady)
      return withoutTrial(plan, [crash(error.message, error.output)], error.output);
    const cause = slot === undefined ? 'infrastructure' : 'harness';
    const finding = {
      ...{
        id: 'harness',
        kind: 'must' as const,
        as: 'must' as const,
        weight: 1,
        says: 'The trial can be run.',
      },
      ...{ verdict: 'unknown' as const, cause: cause as 'infrastructure' | 'harness' },
      evidence: [
        {
          text: (error as Error).message,
          values: { stack: (error as Error).stack?.split('\n').slice(1, 4) },
        },
      ],
    };
    return withoutTrial(plan, [finding], slot?.process.output ?? []);
  } finally {
    if (slot) await slots.release(slot);
  }
}

function withoutTrial(
  plan: TrialPlan,
  findings: TrialRecord['findings'],
  output: readonly string[],
): TrialResult {
  const record: TrialRecord = {
    ...identity(plan),
    ...merge(findings),
    findings,
    startedAt: new Date().toISOString(),
    ...{ wallMs: 0, universeMs: 0, ended: 'not begun', given: {}, steps: {}, exchanges: {} },
    ...{ faultsHit: 0, gaps: [], notes: [] },
    process: { reuse: plan.candidate.reuse ?? 'trial', slot: 'none', nth: 0 },
  };
  return { record, trajectory: [], output };
}

/** A sample of pooled trials runs again in fresh processes; another verdict is a flake of cause `carry-over`. */
async function checkPooled(
  options: RunOptions,
  candidate: LoadedCandidate,
  slots: Slots,
  directory: RunDirectory,
  trials: readonly TrialRecord[],
): Promise<void> {
  const reused = trials.filter(
    ({ process, checks }) => process.reuse === 'pool' && process.nth > 1 && !checks,
  );
  const checked = new Set(trials.map(({ checks }) => checks));
  const draw = (trial: TrialRecord) => keyedUnit(options.seed, 'check', trial.scenario, trial.index);
  const wanted = Math.max(CHECKED_MIN, Math.ceil(CHECKED_SHARE * reused.length));
  const sample = [...reused].sort((a, b) => draw(a) - draw(b)).slice(0, wanted);
  await inParallel(sample, options.parallel, options.aborted, async (trial) => {
    const prepared = options.scenarios.find(({ scenario }) => scenario.scenario === trial.scenario);
    if (!prepared || checked.has(trial.id)) return;
    const plan = { ...planTrial(options, candidate, prepared, trial.index), id: `${trial.id}-fresh` };
    const result = await tryTrial(slots, plan, true);
    if (options.aborted()) return;
    result.record.checks = trial.id;
    const { verdict } = result.record;
    if (verdict !== trial.verdict && verdict !== 'unknown' && trial.verdict !== 'unknown') {
      result.record.flake = { cause: 'carry-over', verdict: trial.verdict, trial: trial.id };
    }
    directory.add(result, verdict !== 'satisfied' || result.record.flake !== undefined);
  });
}

function keeps({ seed }: RunOptions, { verdict, scenario, index }: TrialRecord): boolean {
  return verdict !== 'satisfied' || keyedUnit(seed, 'keep', scenario, index) < KEPT_SHARE;
}

/** At most `parallel` at once, in order; no new one begins once aborted. */
async function inParallel<T>(
  items: readonly T[],
  parallel: number,
  aborted: () => boolean,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length && !aborted()) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, lane));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
