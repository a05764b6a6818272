/** Intervals for proportions: Jeffreys for one scenario, Clopper–Pearson and Korn–Graubard for weighted sums. */
import { betaQuantile, studentUpper } from './quantile.ts';

export interface Interval {
  lower: number;
  upper: number;
}

const ALPHA = 0.05;

/** Jeffreys' interval of k in n, with lower = 0 at k = 0 and upper = 1 at k = n. n = 0 says nothing: [0, 1]. */
export function jeffreys(k: number, n: number, alpha = ALPHA): Interval {
  if (n === 0) return { lower: 0, upper: 1 };
  return {
    lower: k === 0 ? 0 : betaQuantile(alpha / 2, k + 0.5, n - k + 0.5),
    upper: k === n ? 1 : betaQuantile(1 - alpha / 2, k + 0.5, n - k + 0.5),
  };
}

/** Clopper and Pearson's interval of x in n; both may be fractions (an effective sample size). */
export function clopperPearson(x: number, n: number, alpha = ALPHA): Interval {
  return { lower: clopperPearsonLower(x, n, alpha / 2), upper: 1 - clopperPearsonLower(n - x, n, alpha / 2) };
}

/** The one-sided lower bound at `alpha`. */
export function clopperPearsonLower(x: number, n: number, alpha: number): number {
  if (n <= 0 || x <= 0) return 0;
  // A fraction of a rounding error beyond n is n.
  const misses = Math.max(0, n - x);
  return betaQuantile(alpha, x, misses + 1);
}

/** What one scenario brings into a weighted sum: k of n, with weight w (Σw = 1). */
export interface Cell {
  w: number;
  k: number;
  n: number;
}

/** A weighted proportion with its effective sample size. */
export interface Weighted {
  estimate: number;
  nEff: number;
  /** All (or none) of the trials counted in: decided on integers, never on rounded sums. */
  all: boolean;
  none: boolean;
}

/** Ŝ = Σ w·k/n and n_eff = max(n_kish, Ŝ(1−Ŝ)/v); `shrink` divides n_eff for trials that are not independent. */
export function weigh(cells: readonly Cell[], shrink = 1): Weighted {
  const estimate = sum(cells.map(({ w, k, n }) => (w * k) / n));
  const kish = 1 / sum(cells.map(({ w, n }) => (w * w) / n));
  const variance = sum(
    cells.map(({ w, k, n }) => (k === 0 || k === n ? 0 : (w * w * (k / n) * (1 - k / n)) / (n - 1))),
  );
  const nEff = variance > 0 ? Math.max(kish, (estimate * (1 - estimate)) / variance) : kish;
  return {
    estimate,
    nEff: nEff / shrink,
    all: cells.every(({ k, n }) => k === n),
    none: cells.every(({ k }) => k === 0),
  };
}

/** Korn and Graubard: Clopper–Pearson on (Ŝ·n_eff, n_eff). */
export function kornGraubard(weighted: Weighted, alpha = ALPHA): Interval {
  return { lower: lowerBound(weighted, alpha / 2), upper: upperBound(weighted, alpha / 2) };
}

/** The one-sided lower bound of a weighted proportion at `alpha`. */
export function lowerBound({ estimate, nEff, all, none }: Weighted, alpha: number): number {
  if (none) return 0;
  return clopperPearsonLower(all ? nEff : estimate * nEff, nEff, alpha);
}

function upperBound({ estimate, nEff, all, none }: Weighted, alpha: number): number {
  if (all) return 1;
  return 1 - clopperPearsonLower(none ? nEff : (1 - estimate) * nEff, nEff, alpha);
}

/** Scenarios at least, before anything is said over scenarios like these. */
export const OVER_SCENARIOS_MIN = 10;

/** The interval over scenarios like these; undefined with fewer than ten. `unseen`: share of stories we may lack. */
export function overScenarios(cells: readonly Cell[]): (Interval & { unseen: number }) | undefined {
  const S = cells.length;
  if (S < OVER_SCENARIOS_MIN) return undefined;
  const { estimate, all, none } = weigh(cells);
  const shares = cells.map(({ k, n }) => k / n);
  const mean = sum(shares) / S;
  const between = sum(shares.map((share) => (share - mean) ** 2)) / (S - 1) / S;
  const trials = sum(cells.map(({ n }) => n));
  const spread = between > 0 ? (estimate * (1 - estimate)) / between : Number.POSITIVE_INFINITY;
  const nEff = Math.min(trials, spread) * (1.96 / studentUpper(0.025, S - 1)) ** 2;
  return { ...kornGraubard({ estimate, nEff, all, none }), unseen: 1 - 0.05 ** (1 / S) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
