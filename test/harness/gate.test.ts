import { describe, expect, it } from 'vitest';
import { compareBuilds } from '../../harness/compare.ts';
import { anytimeLower } from '../../harness/eprocess.ts';
import { gate } from '../../harness/gate.ts';
import { stream } from '../../harness/keyed.ts';
import type { GateRule, Policy } from '../../harness/policy.ts';
import type { TrialRecord } from '../../harness/record.ts';
import { satisfactionOf } from '../../harness/satisfaction.ts';

const WEIGHTS = new Map([
  ['pack/a', 3],
  ['pack/b', 1],
]);

/** Trials of a build: `a: 'SSSU?'` – satisfied, unsatisfied, unknown by the harness, by index. */
function trials(build: string, scripts: Record<string, string>): TrialRecord[] {
  return Object.entries(scripts).flatMap(([scenario, script]) =>
    [...script].map((letter, index): TrialRecord => {
      const verdict = letter === 'S' ? 'satisfied' : letter === 'U' ? 'unsatisfied' : 'unknown';
      return {
        ...{
          id: `${scenario}-${index}`,
          candidate: build,
          build,
          scenario: `pack/${scenario}`,
          scenarioHash: '',
          index,
        },
        ...{
          seed: index,
          attempt: 0,
          verdict,
          score: letter === 'S' ? 1 : 0,
          findings: [],
          startedAt: '',
          wallMs: 1,
        },
        ...{
          universeMs: 1,
          ended: 'quiet',
          given: {},
          steps: { go: 0 },
          exchanges: {},
          faultsHit: 0,
          gaps: [],
          notes: [],
        },
        ...(verdict === 'unknown' ? { cause: 'harness' as const } : {}),
        process: { reuse: 'trial', slot: `${scenario}-${index}`, nth: 1 },
      };
    }),
  );
}

function verdictOf(
  own: TrialRecord[],
  rules: GateRule[],
  more: Partial<Policy> = {},
  before?: TrialRecord[],
) {
  const policy: Policy = { policy: 'p', looks: 'fixed', gate: rules, ...more };
  const change = before && compareBuilds(before, own, WEIGHTS, 1);
  return gate(policy, { satisfaction: satisfactionOf(own, WEIGHTS, policy), change, trials: own });
}

describe('satisfaction', () => {
  it('weighs scenarios and keeps unknowns apart, with the best and the worst they could be', () => {
    const scored = satisfactionOf(trials('x', { a: 'SSSU', b: 'SS??' }), WEIGHTS);
    expect(scored.estimate).toBeCloseTo(0.75 * 0.75 + 0.25, 12);
    expect(scored.best).toBeCloseTo(0.75 * 0.75 + 0.25, 12);
    expect(scored.worstCase).toBeCloseTo(0.75 * 0.75 + 0.25 * 0.5, 12);
    expect(scored.unknowns).toEqual({ harness: 2 });
    expect(scored.unknownShare).toBe(0.25);
  });

  it('names a scenario without one decided trial instead of guessing', () => {
    const scored = satisfactionOf(trials('x', { a: 'SS', b: '??' }), WEIGHTS);
    expect([scored.estimate, scored.unscored, scored.worstCase]).toEqual([1, ['pack/b'], 0.75]);
  });

  it('counts only the last attempt of a trial, and no trial that checks another', () => {
    const [first] = trials('x', { a: '?' }) as [TrialRecord];
    const again: TrialRecord = { ...first, attempt: 1, verdict: 'satisfied', cause: undefined };
    const check: TrialRecord = { ...first, checks: first.id, verdict: 'unsatisfied' };
    expect(satisfactionOf([first, again, check], new Map([['pack/a', 1]])).estimate).toBe(1);
  });

  it('trusts trials of reused processes less where they resemble each other', () => {
    const alike = trials('x', { a: 'SSSSSSUUUUUU' }).map((trial, i): TrialRecord => {
      return { ...trial, process: { reuse: 'pool', slot: i < 6 ? 'one' : 'two', nth: i } };
    });
    const mixed = alike.map((trial, i): TrialRecord => {
      return { ...trial, process: { ...trial.process, slot: i % 2 ? 'one' : 'two' } };
    });
    const only = new Map([['pack/a', 1]]);
    expect(satisfactionOf(alike, only).nEff).toBeLessThan(satisfactionOf(mixed, only).nEff / 3);
  });
});

describe('a gate', () => {
  const full = { a: 'S'.repeat(40), b: 'S'.repeat(40) };

  it('accepts with every threshold held, and says the numbers where one is not', () => {
    const rule: GateRule = { that: 'satisfaction.lower >= 0.9', else: 'reject', because: 'Nine of ten.' };
    expect(verdictOf(trials('x', full), [rule]).verdict).toBe('accept');
    const rejected = verdictOf(trials('x', { ...full, b: 'SU'.repeat(20) }), [rule]);
    expect(rejected.verdict).toBe('reject');
    expect(rejected.reason).toMatch(/does not hold \(satisfaction\.lower = 0\.8\d+\)\. Nine of ten\./);
  });

  it('never accepts what cannot be evaluated', () => {
    const rule: GateRule = { that: 'change.lower > -0.2', else: 'escalate', to: 'owner' };
    expect(verdictOf(trials('x', full), [rule]).verdict).toBe('inconclusive');
    expect(
      verdictOf(trials('x', full), [{ that: "scenario('pack/none').lower > 0.1", else: 'reject' }]).verdict,
    ).toBe('inconclusive');
    expect(verdictOf(trials('x', full), [rule], {}, trials('w', full)).verdict).toBe('accept');
  });

  it('escalates a regression that the paired test marks', () => {
    const rule: GateRule = { that: 'change.regressed.size() == 0', else: 'escalate', to: 'owner' };
    const worse = verdictOf(trials('x', { ...full, a: 'U'.repeat(40) }), [rule], {}, trials('w', full));
    expect(worse).toMatchObject({ verdict: 'escalate' });
    expect(worse.reason).toContain('change.regressed = [pack/a]');
  });

  it('counts the unknowns that its policy names as failures', () => {
    const unknown = { of: ['harness' as const], as: 'unsatisfied' as const };
    const rule: GateRule = { that: 'satisfaction.estimate == 1.0', else: 'reject' };
    expect(verdictOf(trials('x', { a: 'SS', b: 'S?' }), [rule]).verdict).toBe('accept');
    expect(verdictOf(trials('x', { a: 'SS', b: 'S?' }), [rule], { unknown }).verdict).toBe('reject');
  });

  it('only notes what it is told to note', () => {
    const { verdict, rules } = verdictOf(trials('x', full), [
      { that: 'satisfaction.trials > 1000', else: 'note' },
    ]);
    expect([verdict, rules[0]?.held]).toEqual(['accept', false]);
  });
});

describe('the bound that holds at any time', () => {
  it('is rarely above the truth, however often it is looked at', () => {
    const random = stream(11);
    let wrong = 0;
    for (let run = 0; run < 200; run++) {
      const rounds = Array.from({ length: 60 }, () =>
        [0.75, 0.25].map((w) => ({ w, x: (random() < 0.8 ? 1 : 0) as 0 | 1 })),
      );
      if (anytimeLower(rounds, 0.05) > 0.8) wrong++;
    }
    expect(wrong / 200).toBeLessThanOrEqual(0.05);
  });

  it('rises with rounds that pass', () => {
    const rounds = (n: number) => Array.from({ length: n }, () => [{ w: 1, x: 1 as const }]);
    expect(anytimeLower(rounds(0), 0.025)).toBe(0);
    expect(anytimeLower(rounds(20), 0.025)).toBeGreaterThan(0.6);
    expect(anytimeLower(rounds(120), 0.025)).toBeGreaterThan(0.93);
    expect(anytimeLower(rounds(120), 0.025)).toBeLessThan(0.025 ** (1 / 120));
  });
});
