/** What is carried along while a query is compiled, and what each of its clauses comes to. */
import type { Places } from '../../../../src/postings.ts';
import type { Issue, User } from '../../entities.ts';
import type { Moment } from './dates.ts';
import type { Asking } from './field.ts';

/** What is wrong with a query. */
export interface Problem {
  text: string;
  /** `value`: it asks about something that is not there; `warning`: it finds nothing, and is answered. */
  kind: 'error' | 'value' | 'warning';
}

export interface Compilation extends Asking, Moment {
  me: User | undefined;
  /** All are told at once. */
  problems: Problem[];
  /** Filters whose queries are being compiled: none may lead back to itself. */
  within: readonly string[];
}

export type Test = (issue: Issue) => boolean;

/** Issues told by indexes: those in one of `among`. */
export interface Narrowing {
  among: readonly Places[];
  /** How many, those counted twice that are in two of them. */
  count: number;
  /** They are rather those of another narrowing than others: the words of one search stand together. */
  alike?: boolean;
  /** The ids that they hold, where it is by ids that they are told. */
  ids?: readonly string[];
}

/** A stretch of one of the indexes by time, in milliseconds; `to` is not in it. */
export interface Stretch {
  index: 'byCreation' | 'byUpdate';
  from: number;
  to: number;
}

/** What a part of a query comes to: every hit is in all of `within` and passes the test. */
export interface Hits {
  test: Test;
  within: readonly Narrowing[];
  stretches: readonly Stretch[];
  /** Whether being in all of `within` is enough. */
  exact: boolean;
  /** The test reads texts: it takes longer than looking into lists. */
  reads?: boolean;
  /** The few projects that all are in, where the query says so. */
  projects?: readonly string[] | undefined;
}

/** Hits that only the test tells. */
export const tested = (test: Test): Hits => ({ test, within: [], stretches: [], exact: false });

export const NOTHING: Hits = {
  test: () => false,
  within: [{ among: [], count: 0 }],
  stretches: [],
  exact: true,
};

/** Notes a problem; the clause then finds nothing. */
export function refuse(at: Compilation, text: string, kind: Problem['kind'] = 'error'): Hits {
  at.problems.push({ text, kind });
  return NOTHING;
}
