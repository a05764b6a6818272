/**
 * A run's directory as the pages read it: the parts of `run.json`, `trials.jsonl` and a trajectory that they
 * show. The harness writes them (`harness/directory.ts`, `harness/record.ts`, `harness/trajectory.ts`).
 */
import { isRecord } from '../../json.ts';

/** Shares, 0 to 1. */
export interface Interval {
  lower: number;
  upper: number;
}

export type Verdict = 'satisfied' | 'unsatisfied' | 'unknown';
export type Moved = 'improved' | 'regressed' | 'same';

/** One scenario of one build; proportions are of decided trials. */
export interface ScenarioScore {
  scenario: string;
  n: number;
  satisfied: number;
  unknown: number;
  /** null where nothing was decided. */
  estimate: number | null;
  interval: Interval;
}

/** One build over all scenarios. */
export interface Satisfaction {
  estimate: number | null;
  interval: Interval;
  /** As if every unknown had been satisfied, or had failed. */
  best?: number;
  worstCase?: number;
  trials: number;
  unknowns?: Record<string, number>;
  unknownShare?: number;
  neverViolations?: number;
  scenarios: ScenarioScore[];
  /** Scenarios with no decided trial: their weight is left out of the estimate. */
  unscored?: string[];
}

/** A build against the one before it, by pairs of the same scenario and draw. */
export interface Change {
  from: string;
  to: string;
  delta: number;
  interval: Interval;
  p: number;
  pairs: number;
  scenarios?: { scenario: string; moved: Moved; blind: boolean; b: number; c: number; n: number }[];
  moved: Moved;
  /** The smallest change that this many pairs would find. */
  detectable?: number;
}

/** One threshold of a gate; `held` is null where it could not be evaluated. */
export interface Rule {
  that: string;
  because?: string;
  held: boolean | null;
  follows: string;
  to?: string;
  numbers?: string;
}

export interface Gate {
  policy: string;
  verdict: string;
  reason: string;
  rules: Rule[];
}

export interface Build {
  candidate: string;
  build: string;
  provenance?: Record<string, unknown>;
  reuse?: string;
  satisfaction: Satisfaction;
  change?: Change;
  gate?: Gate;
  flakes?: number;
  checked?: number;
  cost?: { exchanges?: Record<string, number>; cpuMs?: number; usd?: number; usdPerSatisfied?: number };
}

/** `run.json`. */
export interface RunDocument {
  run: string;
  status: string;
  startedAt: string;
  finishedAt?: string;
  versions?: Record<string, string>;
  seed: number;
  trials: number;
  isolation?: string;
  scenarios: { scenario: string; story: string; weight: number; leftOut?: string[] }[];
  candidates: { candidate: string; build: string }[];
  builds: Build[];
  kept?: string;
}

/** Why a finding is believed, and where in the trajectory to look. */
export interface Evidence {
  text: string;
  seq?: number;
  /** Universe ms since the trial began. */
  atMs?: number;
  step?: string;
  values?: Record<string, unknown>;
}

/** What became of one expectation in one trial. */
export interface Finding {
  id: string;
  kind: string;
  as: string;
  says: string;
  verdict: Verdict;
  cause?: string;
  evidence?: Evidence[];
  tookMs?: number;
}

/** A line of `trials.jsonl`. */
export interface Trial {
  id: string;
  candidate: string;
  build: string;
  scenario: string;
  index: number;
  seed: number;
  attempt?: number;
  verdict: Verdict;
  cause?: string;
  score?: number | null;
  findings: Finding[];
  startedAt?: string;
  wallMs?: number;
  universeMs?: number;
  ended?: string;
  given?: Record<string, unknown>;
  failedStep?: string;
  exchanges?: Record<string, { ok: number; fail: number; info: number }>;
  faultsHit?: number;
  gaps?: string[];
  notes?: string[];
  flake?: { cause: string; verdict: Verdict; trial: string };
  /** This trial only checks that one; it is not scored. */
  checks?: string;
  trajectory?: string;
}

/** A line of a trajectory: `t` is universe ms since the trial began. */
export interface Entry {
  t: number;
  kind: string;
  text: string;
  seq?: number;
  [detail: string]: unknown;
}

/** `run.json` as written, or undefined where it is none: made by another version, cut off or edited. */
export function asRun(value: unknown): RunDocument | undefined {
  const run = value as RunDocument;
  const sound =
    isRecord(run) &&
    typeof run.run === 'string' &&
    typeof run.startedAt === 'string' &&
    typeof run.trials === 'number' &&
    Array.isArray(run.scenarios) &&
    run.scenarios.every((one) => isRecord(one) && typeof one.scenario === 'string') &&
    Array.isArray(run.candidates) &&
    run.candidates.every(isRecord) &&
    Array.isArray(run.builds) &&
    run.builds.every(isBuild);
  return sound ? run : undefined;
}

function isBuild(build: Build): boolean {
  const { satisfaction, change, gate } = isRecord(build) ? build : ({} as Build);
  return (
    isRecord(satisfaction) &&
    isInterval(satisfaction.interval) &&
    Array.isArray(satisfaction.scenarios) &&
    satisfaction.scenarios.every((one) => isRecord(one) && isInterval(one.interval)) &&
    (change === undefined || (isRecord(change) && isInterval(change.interval))) &&
    (gate === undefined || (isRecord(gate) && Array.isArray(gate.rules) && gate.rules.every(isRecord)))
  );
}

/** A trial's line as written, or undefined where it is none. */
export function asTrial(value: unknown): Trial | undefined {
  const trial = value as Trial;
  const sound =
    isRecord(trial) &&
    typeof trial.id === 'string' &&
    typeof trial.build === 'string' &&
    typeof trial.scenario === 'string' &&
    VERDICTS.has(trial.verdict) &&
    Array.isArray(trial.findings) &&
    trial.findings.every(isRecord);
  return sound ? trial : undefined;
}

/** What can become of a trial, in the order of the pages. */
export const VERDICTS: ReadonlySet<string> = new Set<Verdict>(['satisfied', 'unsatisfied', 'unknown']);

function isInterval(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value.lower) && Number.isFinite(value.upper);
}
