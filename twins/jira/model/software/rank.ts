/**
 * LexoRank: texts that order issues, between any two of which another fits. Seen as `0|i010t3:`; a rank between
 * two neighbours gets digits after the colon.
 */
import type { Issue } from '../../world.ts';
import { RANK } from '../fields/fields.ts';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';
const FIRST = '0|i00000:';

/** An issue's place among others. */
export const rankOf = (issue: Issue): string => String(issue.fields[RANK] ?? '');

/** The rank of the nth issue of a site: after all before it. */
export const nthRank = (n: number): string => `0|i${(n * 8).toString(36).padStart(5, '0')}:`;

/** A rank after `low` and before `high`; either may be missing. `low` must come before `high`. */
export function rankBetween(low: string = FIRST, high?: string): string {
  const [place = '', fraction = ''] = low.split(':');
  const [otherPlace, otherFraction = ''] = high?.split(':') ?? [];
  if (otherPlace !== place) return `${place}:${middle(fraction, undefined)}`;
  return `${place}:${middle(fraction, otherFraction)}`;
}

/** A fraction between two, as digits after the point; `undefined` is one. None ends in a zero. */
function middle(low: string, high: string | undefined): string {
  if (high !== undefined) {
    let equal = 0;
    while (equal < high.length && (low[equal] ?? '0') === high[equal]) equal++;
    if (equal > 0) return high.slice(0, equal) + middle(low.slice(equal), high.slice(equal));
  }
  const from = low === '' ? 0 : DIGITS.indexOf(low.charAt(0));
  const to = high === undefined || high === '' ? DIGITS.length : DIGITS.indexOf(high.charAt(0));
  if (to - from > 1) return DIGITS.charAt((from + to) >> 1);
  if (high !== undefined && high.length > 1) return high.charAt(0);
  return DIGITS.charAt(from) + middle(low.slice(1), undefined);
}
