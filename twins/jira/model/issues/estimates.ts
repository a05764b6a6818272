/** What logged work does to an issue: the time spent grows, the remaining estimate goes as the caller wants. */
import type { World } from '../../../../src/world/world.ts';
import { badFields } from '../../errors.ts';
import { type History, type Issue, issues, type User } from '../../world.ts';
import { stamp } from '../time.ts';
import { item, record } from './history.ts';
import { parseWork, timeTrackingOf } from './timeTracking.ts';

/** How a change of logged work changes the remaining estimate; what was not said is `null`. */
export interface Adjustment {
  adjustEstimate: string | null;
  newEstimate: string | null;
  reduceBy: string | null;
  increaseBy: string | null;
}

/** The remaining estimate goes by what was spent. */
export const BY_ITSELF: Adjustment = {
  adjustEstimate: null,
  newEstimate: null,
  reduceBy: null,
  increaseBy: null,
};

/** Which ways to adjust there are when work is added, changed, or deleted. */
export const MANNERS = {
  add: ['new', 'leave', 'manual', 'auto'],
  update: ['new', 'leave', 'auto'],
  delete: ['new', 'leave', 'manual', 'auto'],
  many: ['leave', 'auto'],
} as const;

export type Manner = keyof typeof MANNERS;

/**
 * Adds `seconds` (negative: takes them back) to the time spent on an issue, and adjusts what remains; `badFields` for
 * a manner that is not there or lacks its amount. Gives the row of the changelog, where something changed.
 */
export function spend(
  world: World,
  issue: Issue,
  user: User,
  seconds: number,
  manner: Manner,
  adjustment: Adjustment,
): History | undefined {
  const { timespent, timeestimate } = issue.fields;
  const left = remaining(world, timeestimate, seconds, manner, adjustment);
  const spent = Math.max(0, (timespent ?? 0) + seconds) || null;
  const history = record(world, issue.id, user, [
    ...(left === timeestimate ? [] : [item('timeestimate', 'timeestimate', pair(timeestimate), pair(left))]),
    ...(spent === timespent ? [] : [item('timespent', 'timespent', pair(timespent), pair(spent))]),
  ]);
  world.update(issues, issue.id, (row) => ({
    ...row,
    fields: { ...row.fields, timespent: spent, timeestimate: left, updated: stamp(world.now()) },
  }));
  return history;
}

/** A number of seconds as the changelog has it. */
function pair(value: number | null): readonly [string | null, string | null] {
  const text = value === null ? null : String(value);
  return [text, text];
}

function remaining(
  world: World,
  before: number | null,
  seconds: number,
  manner: Manner,
  how: Adjustment,
): number | null {
  const wanted = how.adjustEstimate ?? 'auto';
  if (!(MANNERS[manner] as readonly string[]).includes(wanted))
    throw badFields({ adjustEstimate: `adjustEstimate must be one of: ${MANNERS[manner].join(', ')}.` });
  const given = (text: string | null, name: string, problem: string): number => {
    const value = text === null ? undefined : parseWork(text, timeTrackingOf(world));
    if (value === undefined) throw badFields({ [name]: problem });
    return value;
  };
  const amount = (text: string | null) =>
    given(text, 'adjustmentAmount', 'You must supply a valid amount of time to adjust the estimate by.');
  switch (wanted) {
    case 'leave':
      return before;
    case 'new':
      return given(how.newEstimate, 'newEstimate', 'You must supply a valid new estimate.');
    case 'manual':
      return manner === 'delete'
        ? (before ?? 0) + amount(how.increaseBy)
        : Math.max(0, (before ?? 0) - amount(how.reduceBy));
    default:
      if (seconds === 0) return before;
      return Math.max(0, (before ?? 0) - seconds);
  }
}
