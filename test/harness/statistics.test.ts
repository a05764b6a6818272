import { describe, expect, it } from 'vitest';
import { kornGraubardDifference, mcnemar, signFlips } from '../../harness/compare.ts';
import {
  clopperPearson,
  clopperPearsonLower,
  jeffreys,
  kornGraubard,
  weigh,
} from '../../harness/interval.ts';
import { stream } from '../../harness/keyed.ts';
import { detectableChange, pairsNeeded, trialsToShow } from '../../harness/power.ts';
import { betaQuantile, studentUpper } from '../../harness/quantile.ts';
import { passAll, passAny } from '../../harness/satisfaction.ts';

describe('intervals', () => {
  it('gives the Clopper–Pearson limits of the published tables', () => {
    // 95 % limits: 0/10, 5/10, 8/10, 10/10 and 17/20.
    expect(clopperPearson(0, 10).upper).toBeCloseTo(0.3085, 4);
    expect(clopperPearson(5, 10).lower).toBeCloseTo(0.1871, 4);
    expect(clopperPearson(5, 10).upper).toBeCloseTo(0.8129, 4);
    expect(clopperPearson(8, 10).lower).toBeCloseTo(0.4439, 4);
    expect(clopperPearson(8, 10).upper).toBeCloseTo(0.9748, 4);
    expect(clopperPearson(10, 10)).toEqual({ lower: expect.closeTo(0.6915, 4), upper: 1 });
    expect(clopperPearson(17, 20).lower).toBeCloseTo(0.6211, 4);
    expect(clopperPearson(17, 20).upper).toBeCloseTo(0.9679, 4);
  });

  it('gives Jeffreys limits with the ends closed', () => {
    expect(jeffreys(0, 10)).toEqual({ lower: 0, upper: expect.closeTo(0.2172, 3) });
    expect(jeffreys(10, 10)).toEqual({ lower: expect.closeTo(0.7828, 3), upper: 1 });
    expect(jeffreys(1, 10).lower).toBeCloseTo(0.011, 3);
    expect(jeffreys(1, 10).upper).toBeCloseTo(0.3813, 3);
  });

  it('gives the quantiles of Student and beta', () => {
    expect(studentUpper(0.025, 9)).toBeCloseTo(2.2622, 4);
    expect(studentUpper(0.025, 39)).toBeCloseTo(2.0227, 4);
    expect(betaQuantile(0.5, 4, 2)).toBeCloseTo(0.6862, 4);
  });

  it('reads 40 scenarios of 10 passed trials as 400 passed, not as 40 uncertain ones', () => {
    const cells = Array.from({ length: 40 }, () => ({ w: 1 / 40, k: 10, n: 10 }));
    const { lower, upper } = kornGraubard(weigh(cells));
    expect(upper).toBe(1);
    expect(lower).toBeCloseTo(0.025 ** (1 / 400), 6);
  });

  it('covers the truth about nineteen times in twenty', () => {
    const random = stream(20260714);
    const ps = [0.7, 0.95, 0.5, 0.9, 0.85, 0.99, 0.8, 0.6];
    const ws = ps.map((_, i) => (i === 0 ? 5 / 12 : 1 / 12));
    const truth = ps.reduce((sum, p, i) => sum + p * (ws[i] ?? 0), 0);
    let covered = 0;
    for (let run = 0; run < 1000; run++) {
      const cells = ps.map((p, i) => {
        let k = 0;
        for (let j = 0; j < 20; j++) if (random() < p) k++;
        return { w: ws[i] ?? 0, k, n: 20 };
      });
      const { lower, upper } = kornGraubard(weigh(cells));
      if (lower <= truth && truth <= upper) covered++;
    }
    expect(covered / 1000).toBeGreaterThan(0.93);
    expect(covered / 1000).toBeLessThan(0.985);
  });
});

describe('pass@j and pass^j', () => {
  it('are the hypergeometric chances', () => {
    expect(passAny(10, 3, 3)).toBeCloseTo(1 - 35 / 120, 12);
    expect(passAll(10, 8, 3)).toBeCloseTo(56 / 120, 12);
    expect(passAll(2, 2, 3)).toBeNull();
  });
});

describe('comparison', () => {
  it('gives exact McNemar', () => {
    expect(mcnemar(10, 0)).toBeCloseTo(2 / 1024, 12);
    expect(mcnemar(8, 2)).toBeCloseTo(0.109375, 12);
    expect(mcnemar(3, 3)).toBe(1);
  });

  it('gives by sign flips what the exact test gives for one scenario', () => {
    expect(signFlips([{ w: 1, n: 20, b: 8, c: 2 }], 7)).toBeCloseTo(0.109375, 1.7);
    expect(signFlips([{ w: 1, n: 20, b: 10, c: 0 }], 7)).toBeLessThan(0.005);
    expect(signFlips([{ w: 1, n: 20, b: 0, c: 0 }], 7)).toBe(1);
  });

  it('does not call unequal weights a change where nothing changed', () => {
    const random = stream(5);
    let rejected = 0;
    for (let run = 0; run < 60; run++) {
      const cells = [10 / 11, 1 / 11].map((w) => {
        let [b, c] = [0, 0];
        for (let i = 0; i < 20; i++) random() < 0.5 ? b++ : c++;
        return { w, n: 40, b, c };
      });
      if (signFlips(cells, run) <= 0.05) rejected++;
    }
    expect(rejected).toBeLessThanOrEqual(9);
  });

  it('brackets the difference', () => {
    const { delta, interval } = kornGraubardDifference([{ w: 1, n: 100, b: 20, c: 5 }]);
    expect(delta).toBeCloseTo(0.15, 12);
    expect(interval.lower).toBeGreaterThan(0.03);
    expect(interval.upper).toBeLessThan(0.27);
  });
});

describe('sizes', () => {
  it('says what a threshold costs, exactly', () => {
    expect([trialsToShow(0.95, 0.025), trialsToShow(0.99, 0.025)]).toEqual([72, 368]);
    expect(clopperPearsonLower(72, 72, 0.025)).toBeGreaterThanOrEqual(0.95);
    expect(clopperPearsonLower(71, 71, 0.025)).toBeLessThan(0.95);
  });

  it('finds a smaller change with more pairs', () => {
    expect(pairsNeeded(0.05, 0.1)).toBeGreaterThan(pairsNeeded(0.1, 0.1));
    const found = detectableChange(400, 0.1);
    expect(pairsNeeded(found, 0.1)).toBeLessThanOrEqual(400);
    expect(detectableChange(1600, 0.1)).toBeLessThan(found);
  });
});
