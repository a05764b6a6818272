/** What is kept of a trial: enough to score it again without running it again. */
import type { Finding, Verdict } from './checkers/checker.ts';
import type { UnknownCause } from './policy.ts';
import type { TrajectoryEntry } from './trajectory.ts';

/** One line of `trials.jsonl`. Times in ms. */
export interface TrialRecord {
  id: string;
  /** `name version` of the candidate, and the hash of its build. */
  candidate: string;
  build: string;
  scenario: string;
  scenarioHash: string;
  index: number;
  seed: number;
  /** 0 at first; unknowns of causes that are ours are run again. */
  attempt: number;
  verdict: Verdict;
  cause?: UnknownCause;
  /** Σ weight·held / Σ weight over what was decided; null where nothing was. */
  score: number | null;
  findings: Finding[];
  startedAt: string;
  wallMs: number;
  universeMs: number;
  ended: string;
  given: Record<string, unknown>;
  /** Universe ms since t0 at which steps ended well. */
  steps: Record<string, number>;
  failedStep?: string;
  /** Exchanges by twin. */
  exchanges: Record<string, { ok: number; fail: number; info: number }>;
  faultsHit: number;
  gaps: string[];
  notes: string[];
  process: { reuse: 'trial' | 'pool'; slot: string; nth: number; startMs?: number; cpuMs?: number };
  /** Another verdict in a fresh process. */
  flake?: { cause: 'carry-over'; verdict: Verdict; trial: string };
  /** This trial only checks another one that ran in a reused process; it is not scored. */
  checks?: string;
  /** Where its trajectory lies in the run's directory, if it was kept. */
  trajectory?: string;
}

/** A record with what happened. */
export interface TrialResult {
  record: TrialRecord;
  trajectory: TrajectoryEntry[];
  output: readonly string[];
}
