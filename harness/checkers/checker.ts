/**
 * What every expectation kind shares: it watches a trial as it goes, says when it is settled, and ends in a
 * finding with evidence. Definitions: `satisfaction.md`, "Expectations".
 */
import type { Expression, Names } from '../expression.ts';
import type { JournalEntry, RowChange } from '../host.ts';
import type { LensWorld } from '../lens/lens.ts';
import type { UnknownCause } from '../policy.ts';
import type { Expect, ExpectationBase } from '../scenario.ts';

export type Verdict = 'satisfied' | 'unsatisfied' | 'unknown';

/** Why we believe a finding: a sentence, and where in the trajectory to look. */
export interface Evidence {
  text: string;
  /** Journal entry. */
  seq?: number;
  /** Universe time, ms since the trial's t0. */
  atMs?: number;
  step?: string;
  values?: Record<string, unknown>;
}

/** What became of one expectation in one trial. */
export interface Finding {
  id: string;
  kind: keyof Expect;
  as: 'must' | 'should';
  weight: number;
  says: string;
  verdict: Verdict;
  cause?: UnknownCause;
  evidence: Evidence[];
  /** `must` and `should` only: ms from `after` (or t0) until it held. */
  tookMs?: number;
}

/** One thing that happened: a journal entry with its row changes, a step that ended, or only time. */
export interface Happened {
  /** Universe time, ms. */
  at: number;
  entry?: JournalEntry;
  changes?: readonly RowChange[];
  /** The changes are a simulated person's doing. */
  byPerson?: boolean;
  step?: { id: string; ok: boolean };
}

/** How the trial came to its end. */
export interface Ended {
  at: number;
  /** `aborted`: cut short by us, so what is undecided is unknown. */
  reason: 'quiet' | 'atMost' | 'exit' | 'hang' | 'aborted';
}

/** What a checker may look at while it watches. */
export interface Sight {
  world: LensWorld;
  names: () => Names;
  /** When the first step began, universe ms. */
  t0: number;
  /** When a step ended well, universe ms. */
  stepAt(id: string): number | undefined;
  changesOnce(): Promise<readonly RowChange[]>;
}

/** A checker at work on one trial. */
export interface Watcher {
  see(happened: Happened): void;
  /** Universe ms by which time alone settles it, while the candidate still owes something; else undefined. */
  owedUntil(): number | undefined;
  end(ended: Ended): Promise<Omit<Finding, 'id' | 'kind' | 'as' | 'weight' | 'says'>>;
}

/** An expectation with everything compiled, ready for any number of trials. */
export interface PreparedExpectation {
  id: string;
  kind: keyof Expect;
  as: 'must' | 'should';
  weight: number;
  says: string;
  watch(sight: Sight): Watcher;
}

/** What a checker's preparation gets: a compiler for expressions over the scenario's names. */
export interface Preparing {
  /** Over the scenario's names, and `extra` ones. Throws `BadExpression`. */
  compile(text: unknown, extra?: readonly string[]): Expression;
}

/** Fills in what all kinds share. */
export function prepared(
  kind: keyof Expect,
  expectation: ExpectationBase,
  watch: (sight: Sight) => Watcher,
): PreparedExpectation {
  return {
    id: expectation.id,
    kind,
    as: expectation.as ?? (kind === 'should' || kind === 'judge' ? 'should' : 'must'),
    weight: expectation.weight ?? 1,
    says: expectation.says ?? expectation.id,
    watch,
  };
}

/** Evidence's time, relative to the trial's start. */
export function since(sight: Sight, at: number): number {
  return Math.round(at - sight.t0);
}
