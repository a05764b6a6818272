/** Is build B better than build A? Pairs of trials (same scenario, same index), by weight; never pooled. */
import { type Cell, type Interval, kornGraubard, weigh } from './interval.ts';
import { stream } from './keyed.ts';
import { detectableChange } from './power.ts';
import type { TrialRecord } from './record.ts';
import { latest } from './satisfaction.ts';

const DRAWS = 9999;

/** One scenario's pairs: b satisfied only in B, c only in A, of n pairs that were decided in both. */
export interface ScenarioChange {
  scenario: string;
  weight: number;
  n: number;
  b: number;
  c: number;
  /** b/n − c/n. */
  delta: number;
  /** Exact McNemar, two-sided; and after Holm's correction over scenarios. */
  p: number;
  pHolm: number;
  moved: 'improved' | 'regressed' | 'same';
  /** With this many pairs even a change in every one could not be marked. */
  blind: boolean;
}

export interface Change {
  from: string;
  to: string;
  delta: number;
  interval: Interval;
  p: number;
  pairs: number;
  scenarios: ScenarioChange[];
  improved: string[];
  regressed: string[];
  /** Whether the whole moved, by the paired test at .05. */
  moved: 'improved' | 'regressed' | 'same';
  /** The smallest change that this many pairs would find (power .9). */
  detectable: number;
}

/** Compares two builds' trials. Undefined where no pair was decided in both. */
export function compareBuilds(
  a: readonly TrialRecord[],
  b: readonly TrialRecord[],
  weights: ReadonlyMap<string, number>,
  seed: number,
): Change | undefined {
  const counts = [...weights].map(([scenario, weight]) => pairsOf(scenario, weight, latest(a), latest(b)));
  const cells = counts.filter(({ n }) => n > 0);
  if (cells.length === 0) return undefined;
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = cells.map((cell) => ({ ...cell, w: cell.weight / total }));
  const { delta, interval } = kornGraubardDifference(weighted);
  const p = signFlips(weighted, seed);
  const scenarios = holm(cells);
  const pairs = cells.reduce((sum, { n }) => sum + n, 0);
  const discordant = cells.reduce((sum, cell) => sum + cell.b + cell.c, 0) / pairs;
  return {
    from: a[0]?.candidate ?? '',
    to: b[0]?.candidate ?? '',
    delta,
    interval,
    p,
    pairs,
    scenarios,
    improved: scenarios.filter(({ moved }) => moved === 'improved').map(({ scenario }) => scenario),
    regressed: scenarios.filter(({ moved }) => moved === 'regressed').map(({ scenario }) => scenario),
    moved: p > 0.05 ? 'same' : delta > 0 ? 'improved' : 'regressed',
    detectable: detectableChange(pairs, discordant),
  };
}

interface Pairs {
  scenario: string;
  weight: number;
  n: number;
  b: number;
  c: number;
}

function pairsOf(
  scenario: string,
  weight: number,
  a: readonly TrialRecord[],
  b: readonly TrialRecord[],
): Pairs {
  const before = new Map(
    a.filter((trial) => trial.scenario === scenario).map((trial) => [trial.index, trial]),
  );
  const pairs: Pairs = { scenario, weight, n: 0, b: 0, c: 0 };
  for (const after of b) {
    const other = after.scenario === scenario ? before.get(after.index) : undefined;
    if (!other || other.verdict === 'unknown' || after.verdict === 'unknown') continue;
    pairs.n++;
    if (after.verdict === 'satisfied' && other.verdict !== 'satisfied') pairs.b++;
    if (after.verdict !== 'satisfied' && other.verdict === 'satisfied') pairs.c++;
  }
  return pairs;
}

/** Δ = q⁺ − q⁻ with L = Δ − √((q⁺−l⁺)² + (u⁻−q⁻)²), U = Δ + √((u⁺−q⁺)² + (q⁻−l⁻)²). */
export function kornGraubardDifference(cells: readonly { w: number; n: number; b: number; c: number }[]): {
  delta: number;
  interval: Interval;
} {
  const side = (k: (cell: { b: number; c: number }) => number) => {
    const weighted = weigh(cells.map((cell): Cell => ({ w: cell.w, n: cell.n, k: k(cell) })));
    return { q: weighted.estimate, ...kornGraubard(weighted) };
  };
  const plus = side(({ b }) => b);
  const minus = side(({ c }) => c);
  const delta = plus.q - minus.q;
  return {
    delta,
    interval: {
      lower: Math.max(-1, delta - Math.hypot(plus.q - plus.lower, minus.upper - minus.q)),
      upper: Math.min(1, delta + Math.hypot(plus.upper - plus.q, minus.q - minus.lower)),
    },
  };
}

/** Two-sided p by seeded sign flips: bᵢ|dᵢ ~ Bin(dᵢ, ½), T = Σ (wᵢ/nᵢ)(bᵢ−cᵢ), 9,999 draws. */
export function signFlips(
  cells: readonly { w: number; n: number; b: number; c: number }[],
  seed: number,
): number {
  const observed = Math.abs(cells.reduce((sum, { w, n, b, c }) => sum + (w / n) * (b - c), 0));
  const random = stream(seed);
  let asFar = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    let T = 0;
    for (const { w, n, b, c } of cells) {
      let balance = 0;
      for (let i = 0; i < b + c; i++) balance += random() < 0.5 ? 1 : -1;
      T += (w / n) * balance;
    }
    // Sums in another order differ in their last digits; that is no difference.
    if (Math.abs(T) >= observed - 1e-12) asFar++;
  }
  return (asFar + 1) / (DRAWS + 1);
}

/** Exact McNemar: the two-sided binomial tail of b in b + c at ½. */
export function mcnemar(b: number, c: number): number {
  const d = b + c;
  if (d === 0) return 1;
  let tail = 0;
  let term = 0.5 ** d;
  for (let i = 0; i <= Math.min(b, c); i++) {
    tail += term;
    term *= (d - i) / (i + 1);
  }
  return Math.min(1, 2 * tail);
}

/** McNemar per scenario, corrected by Holm. */
function holm(cells: readonly Pairs[]): ScenarioChange[] {
  const raw = cells.map((cell) => ({ ...cell, p: mcnemar(cell.b, cell.c) }));
  const order = [...raw].sort((x, y) => x.p - y.p);
  const corrected = new Map<string, number>();
  let running = 0;
  for (const [rank, { scenario, p }] of order.entries()) {
    running = Math.max(running, Math.min(1, (order.length - rank) * p));
    corrected.set(scenario, running);
  }
  return raw.map((cell) => {
    const delta = (cell.b - cell.c) / cell.n;
    const pHolm = corrected.get(cell.scenario) ?? 1;
    const moved = pHolm > 0.05 || delta === 0 ? 'same' : delta > 0 ? 'improved' : 'regressed';
    return { ...cell, delta, pHolm, moved, blind: cells.length * mcnemar(cell.n, 0) > 0.05 };
  });
}
