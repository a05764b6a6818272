/** Numbers and verdicts as reports write them. */
import type { Interval } from '../interval.ts';

/** `87.5 %`; `–` where there is none. */
export function percent(share: number | null | undefined, digits = 1): string {
  return share === null || share === undefined ? '–' : `${(share * 100).toFixed(digits)} %`;
}

/** `71.2–94.3 %`. */
export function range({ lower, upper }: Interval): string {
  return `${(lower * 100).toFixed(1)}–${(upper * 100).toFixed(1)} %`;
}

/** `+12.5 points`. */
export function points(delta: number): string {
  const value = Math.round(delta * 1000) / 10;
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)} points`;
}

/** `p = 0.012`, `p < 0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

/** `1 trial`, `3 trials`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `+10.8 to +78.9 points`. */
export function pointsRange({ lower, upper }: Interval): string {
  return `${points(lower).replace(' points', '')} to ${points(upper)}`;
}

/** What the paired test says of one story. */
export function marking(marked: 'improved' | 'regressed' | 'same', blind: boolean): string {
  if (marked !== 'same') return marked;
  return blind ? 'too few trials to mark it' : 'within chance';
}
