/** What a rehearsal leaves: `rehearsal.json`. */
import type { Provenance } from '../candidate.ts';
import type { Collateral, Cost } from './compare.ts';
import type { LevelResult } from './level.ts';
import type { PhaseNumbers } from './phases.ts';
import type { Kept, Tally } from './rate.ts';
import type { Resilience } from './resilience.ts';

export type Verdict = 'holds' | 'broken' | 'inconclusive';

/** One run in numbers. */
export interface RunNumbers {
  kept: Kept;
  phases: PhaseNumbers[];
  cost: Cost;
  deliveries: number;
  tookMs: number;
  gaps: string[];
  /** Why the candidate ended before its time. */
  ended?: string;
}

/** One build (or the twins themselves) under the rehearsal. */
export interface SubjectResult {
  subject: string;
  build?: string;
  provenance?: Provenance;
  verdict: Verdict;
  /** A sentence with the numbers that decided. */
  reason: string;
  levels: LevelResult[];
  rehearsed?: RunNumbers;
  control?: RunNumbers;
  events: Resilience[];
  signals: { at: number; says: string }[];
  falseAlarms: number | null;
  never: { at: number; id: string; says: string }[];
  collateral?: Collateral;
  lost?: number;
  hammered?: Tally;
  notes: string[];
}

/** `rehearsal.json`: inputs by hash, versions, the load's digest, and what came of it. */
export interface RehearsalDocument {
  rehearsal: string;
  says: string;
  file: string;
  hash: string;
  seed: number;
  startedAt: string;
  finishedAt: string;
  versions: Record<string, string>;
  /** Equal digests, equal loads. */
  schedule: { arrivals: number; sha256: string };
  durationMs: number;
  timeline: { name: string; says: string; fromMs: number; toMs: number }[];
  /** The last subject's: the build that is asked about stands last. */
  verdict: Verdict;
  stopped?: true;
  subjects: SubjectResult[];
}
