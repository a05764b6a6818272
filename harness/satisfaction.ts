/** Of all the observed trajectories through all the scenarios, what fraction likely satisfies the user? */
import {
  type Cell,
  type Interval,
  jeffreys,
  kornGraubard,
  overScenarios,
  type Weighted,
  weigh,
} from './interval.ts';
import type { Policy, UnknownCause } from './policy.ts';
import type { TrialRecord } from './record.ts';

/** pass@j and pass^j are given for these j. */
const JS = [1, 3, 5, 10] as const;

/** One scenario of one build. Proportions are of decided trials. */
export interface ScenarioScore {
  scenario: string;
  weight: number;
  n: number;
  satisfied: number;
  unknown: number;
  /** null where nothing was decided. */
  estimate: number | null;
  interval: Interval;
  best: number;
  worst: number;
  meanScore: number | null;
}

/** One build over all scenarios. */
export interface Satisfaction {
  /** null where no scenario has a decided trial. */
  estimate: number | null;
  interval: Interval;
  /** As if every unknown had been satisfied, or had failed. */
  best: number;
  worstCase: number;
  overScenarios?: Interval & { unseen: number };
  nEff: number;
  icc: number;
  /** null: unscored, since some scenario has fewer than j trials. */
  passAny: Record<string, number | null>;
  passAll: Record<string, number | null>;
  trials: number;
  unknowns: Partial<Record<UnknownCause, number>>;
  unknownShare: number;
  neverViolations: number;
  scenarios: ScenarioScore[];
  /** Scenarios without one decided trial; their weight is left out of the estimate, so it is not the whole. */
  unscored: string[];
}

/** Scores the trials of one build; `weights` by scenario, in any unit. Flake checks and earlier attempts stay out. */
export function satisfactionOf(
  trials: readonly TrialRecord[],
  weights: ReadonlyMap<string, number>,
  policy?: Policy,
): Satisfaction {
  const counted = latest(trials);
  const scenarios = [...weights].map(([name, weight]) => {
    return scoreScenario(
      name,
      weight,
      counted.filter(({ scenario }) => scenario === name),
      policy,
    );
  });
  const scored = scenarios.filter(({ n }) => n > 0);
  const cells = cellsOf(scored);
  const icc = intraclass(counted);
  const weighted: Weighted | undefined =
    cells.length === 0 ? undefined : weigh(cells, shrinkOf(counted, icc));
  const total = sum(scenarios.map(({ weight }) => weight));
  const unknowns: Satisfaction['unknowns'] = {};
  for (const { verdict, cause } of counted) {
    if (verdict === 'unknown' && cause) unknowns[cause] = (unknowns[cause] ?? 0) + 1;
  }
  return {
    estimate: weighted?.estimate ?? null,
    interval: weighted ? kornGraubard(weighted) : { lower: 0, upper: 1 },
    best: sum(scenarios.map(({ weight, best }) => (weight / total) * best)),
    worstCase: sum(scenarios.map(({ weight, worst }) => (weight / total) * worst)),
    overScenarios: overScenarios(cells),
    nEff: weighted?.nEff ?? 0,
    icc,
    passAny: perJ((j) => byWeight(scenarios, ({ n, satisfied }) => passAny(n, satisfied, j))),
    passAll: perJ((j) => byWeight(scenarios, ({ n, satisfied }) => passAll(n, satisfied, j))),
    trials: counted.length,
    unknowns,
    unknownShare: counted.length === 0 ? 0 : count(counted, 'unknown') / counted.length,
    neverViolations: counted.filter(violatesNever).length,
    scenarios,
    unscored: scenarios.filter(({ n }) => n === 0).map(({ scenario }) => scenario),
  };
}

/** Cells with weights that sum to one. */
export function cellsOf(scores: readonly ScenarioScore[]): Cell[] {
  const total = sum(scores.map(({ weight }) => weight));
  return scores.map(({ weight, satisfied, n }) => ({ w: weight / total, k: satisfied, n }));
}

/** The last attempt of every trial; trials that check others are left out. */
export function latest(trials: readonly TrialRecord[]): TrialRecord[] {
  const last = new Map<string, TrialRecord>();
  for (const trial of trials) {
    const key = JSON.stringify([trial.build, trial.scenario, trial.index]);
    const before = last.get(key);
    if (trial.checks === undefined && (!before || before.attempt <= trial.attempt)) last.set(key, trial);
  }
  return [...last.values()];
}

/** pass@j = 1 − C(n−k, j)/C(n, j): at least one of j draws is satisfied. null where n < j. */
export function passAny(n: number, k: number, j: number): number | null {
  return n < j ? null : 1 - ratioOfChoices(n - k, n, j);
}

/** pass^j = C(k, j)/C(n, j): all of j draws are satisfied. null where n < j. */
export function passAll(n: number, k: number, j: number): number | null {
  return n < j ? null : ratioOfChoices(k, n, j);
}

function scoreScenario(
  scenario: string,
  weight: number,
  trials: readonly TrialRecord[],
  policy: Policy | undefined,
): ScenarioScore {
  const counts = new Set<UnknownCause | 'candidate'>(
    policy?.unknown?.as === 'unsatisfied' ? policy.unknown.of : [],
  );
  const asFailed = (trial: TrialRecord) =>
    trial.verdict === 'unknown' && counts.has(trial.cause ?? 'harness');
  const satisfied = count(trials, 'satisfied');
  const failed = count(trials, 'unsatisfied') + trials.filter(asFailed).length;
  const n = satisfied + failed;
  const unknown = trials.length - n;
  const scores = trials.map(({ score }) => score).filter((score) => score !== null);
  return {
    scenario,
    weight,
    n,
    satisfied,
    unknown,
    estimate: n === 0 ? null : satisfied / n,
    interval: jeffreys(satisfied, n),
    best: trials.length === 0 ? 1 : (satisfied + unknown) / trials.length,
    worst: trials.length === 0 ? 0 : satisfied / trials.length,
    meanScore: scores.length === 0 ? null : sum(scores) / scores.length,
  };
}

/** Trials of one reused process resemble each other: n_eff /= 1 + (m−1)·ICC. */
function shrinkOf(trials: readonly TrialRecord[], icc: number): number {
  const groups = groupsOf(trials);
  if (groups.length === 0) return 1;
  const mean = sum(groups.map((group) => group.length)) / groups.length;
  return 1 + (mean - 1) * icc;
}

/** Intraclass correlation of trials by process (one-way analysis of variance on residuals), not below 0. */
function intraclass(trials: readonly TrialRecord[]): number {
  const groups = groupsOf(trials);
  const total = sum(groups.map((group) => group.length));
  if (groups.length < 2 || total <= groups.length) return 0;
  const grand = sum(groups.flat()) / total;
  const means = groups.map((group) => sum(group) / group.length);
  const between =
    sum(groups.map((group, i) => group.length * ((means[i] ?? 0) - grand) ** 2)) / (groups.length - 1);
  const within =
    sum(groups.flatMap((group, i) => group.map((x) => (x - (means[i] ?? 0)) ** 2))) / (total - groups.length);
  const size = (total - sum(groups.map((group) => group.length ** 2)) / total) / (groups.length - 1);
  const denominator = between + (size - 1) * within;
  return denominator === 0 ? 0 : Math.min(1, Math.max(0, (between - within) / denominator));
}

/** Residuals (1 or 0 less the scenario's share) of decided trials in reused processes, by process. */
function groupsOf(trials: readonly TrialRecord[]): number[][] {
  const decided = trials.filter(({ verdict, process }) => verdict !== 'unknown' && process.reuse === 'pool');
  const byScenario = new Map<string, number[]>();
  for (const { scenario, verdict } of decided) {
    byScenario.set(scenario, [...(byScenario.get(scenario) ?? []), verdict === 'satisfied' ? 1 : 0]);
  }
  const groups = new Map<string, number[]>();
  for (const { scenario, verdict, process } of decided) {
    const all = byScenario.get(scenario) ?? [];
    const residual = (verdict === 'satisfied' ? 1 : 0) - sum(all) / all.length;
    groups.set(process.slot, [...(groups.get(process.slot) ?? []), residual]);
  }
  return [...groups.values()];
}

function violatesNever(trial: TrialRecord): boolean {
  return trial.findings.some(({ kind, verdict }) => kind === 'never' && verdict === 'unsatisfied');
}

function perJ(value: (j: number) => number | null): Record<string, number | null> {
  return Object.fromEntries(JS.map((j) => [String(j), value(j)]));
}

function byWeight(
  scores: readonly ScenarioScore[],
  value: (score: ScenarioScore) => number | null,
): number | null {
  const total = sum(scores.map(({ weight }) => weight));
  let mean = 0;
  for (const score of scores) {
    const one = value(score);
    if (one === null) return null;
    mean += (score.weight / total) * one;
  }
  return mean;
}

/** C(a, j)/C(n, j) as a product, which no factorial can overflow. */
function ratioOfChoices(a: number, n: number, j: number): number {
  let ratio = 1;
  for (let i = 0; i < j; i++) ratio *= Math.max(0, a - i) / (n - i);
  return ratio;
}

function count(trials: readonly TrialRecord[], verdict: TrialRecord['verdict']): number {
  return trials.filter((trial) => trial.verdict === verdict).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
