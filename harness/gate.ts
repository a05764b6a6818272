/** A policy's thresholds held against a build: accept, reject, escalate or inconclusive, each with its reason. */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { Change } from './compare.ts';
import { anytimeLower, type Look } from './eprocess.ts';
import { clopperPearsonLower, lowerBound, weigh } from './interval.ts';
import type { GateRule, LoadedPolicy, Policy } from './policy.ts';
import type { TrialRecord } from './record.ts';
import { cellsOf, latest, type Satisfaction } from './satisfaction.ts';
import { InvalidFile } from './schema/problem.ts';

const ALPHA_DEFAULT = 0.025;

export type GateVerdict = 'accept' | 'reject' | 'escalate' | 'inconclusive';

/** One threshold: did it hold? null: it could not be evaluated. */
export interface RuleResult {
  that: string;
  because?: string;
  held: boolean | null;
  follows: GateRule['else'];
  to?: string;
  /** The numbers that stood against it. */
  numbers: string;
}

export interface GateResult {
  policy: string;
  verdict: GateVerdict;
  /** A sentence with the numbers. */
  reason: string;
  rules: RuleResult[];
}

/** What a gate looks at. */
export interface Gated {
  satisfaction: Satisfaction;
  change?: Change;
  trials: readonly TrialRecord[];
}

const ENV = (() => {
  let current: Gated & { policy: Policy };
  const durationOf = new Environment().registerVariable('x', 'string').parse('duration(x)');
  const env = new Environment()
    .registerVariable('satisfaction', 'map')
    .registerVariable('never', 'map')
    .registerVariable('change', 'map')
    .registerVariable('unknown', 'map')
    .registerFunction('scenario(string): map', (name: string) => scenarioFacts(current, name))
    .registerFunction('latency(string, string, string): google.protobuf.Duration', (p, from, to) => {
      return durationOf({
        x: `${latency(current.trials, p as string, from as string, to as string) / 1000}s`,
      });
    });
  return {
    parse: (text: string) => env.parse(text),
    run(parsed: ParseResult, gated: Gated & { policy: Policy }, names: Record<string, unknown>): unknown {
      current = gated;
      return parsed(names);
    },
  };
})();

/** Checks that a policy's expressions compile and that we can do what it asks. Throws {@link InvalidFile}. */
export function checkPolicy(policy: LoadedPolicy): void {
  const problems = policy.gate.flatMap(({ that }, index) => {
    const pointer = `/gate/${index}/that`;
    try {
      const checked = ENV.parse(that).check();
      if (checked.valid) return [];
      return [{ file: policy.file, pointer, message: checked.error?.summary ?? 'is no expression' }];
    } catch (error) {
      return [
        { file: policy.file, pointer, message: (error as { summary?: string }).summary ?? String(error) },
      ];
    }
  });
  if (typeof policy.looks === 'object') {
    const message = 'not supported yet: looks at fixed shares';
    problems.push({ file: policy.file, pointer: '/looks', message: `${message}; write fixed or anytime` });
  }
  if (problems.length > 0) throw new InvalidFile(problems);
}

/** Holds a build against a policy. */
export function gate(policy: Policy, gated: Gated): GateResult {
  const names = namesOf(policy, gated);
  const rules = policy.gate.map((rule): RuleResult => {
    const { that, because, to } = rule;
    const held = evaluate(that, { ...gated, policy }, names);
    return {
      that,
      because,
      to,
      held,
      follows: rule.else,
      numbers: numbersIn(that, { ...gated, policy }, names),
    };
  });
  const broken = rules.filter(({ held }) => held !== true);
  const verdict = verdictOf(broken);
  return { policy: policy.policy, verdict, reason: reasonOf(verdict, rules), rules };
}

/** Whether an expression of gate form holds now; null where it cannot be evaluated. For `--stop-when`. */
export function holdsNow(that: string, policy: Policy | undefined, gated: Gated): boolean | null {
  const any = policy ?? { policy: 'none', gate: [] };
  return evaluate(that, { ...gated, policy: any }, namesOf(any, gated));
}

function verdictOf(broken: readonly RuleResult[]): GateVerdict {
  const follows = broken.map(({ held, follows }) =>
    held === null && follows !== 'note' ? 'inconclusive' : follows,
  );
  if (follows.includes('reject')) return 'reject';
  if (follows.includes('escalate')) return 'escalate';
  return follows.includes('inconclusive') ? 'inconclusive' : 'accept';
}

function reasonOf(verdict: GateVerdict, rules: readonly RuleResult[]): string {
  if (verdict === 'accept') return `All ${rules.length} thresholds hold.`;
  const wanted = rules.filter(({ held, follows }) => held !== true && follows !== 'note');
  const parts = wanted.map(({ that, held, numbers, because, to }) => {
    const state = held === null ? 'could not be evaluated' : 'does not hold';
    const why = because === undefined ? '' : ` ${because}`;
    const whom = to === undefined || held === null ? '' : ` To: ${to}.`;
    return `\`${that}\` ${state} (${numbers}).${why}${whom}`;
  });
  return parts.join(' ');
}

function namesOf(policy: Policy, gated: Gated): Record<string, unknown> {
  const { satisfaction, change } = gated;
  return {
    satisfaction: {
      ...(satisfaction.estimate === null ? {} : { estimate: satisfaction.estimate }),
      best: satisfaction.best,
      worstCase: satisfaction.worstCase,
      upper: satisfaction.interval.upper,
      trials: satisfaction.trials,
      lower: gateLower(gated, policy),
    },
    never: { violations: satisfaction.neverViolations },
    unknown: { share: satisfaction.unknownShare },
    // Left out where there is nothing to compare with: then a rule over it cannot be evaluated.
    ...(change && {
      change: {
        delta: change.delta,
        lower: change.interval.lower,
        upper: change.interval.upper,
        p: change.p,
        regressed: change.regressed,
        improved: change.improved,
      },
    }),
  };
}

function scenarioFacts({ satisfaction, trials, policy }: Gated & { policy: Policy }, name: string) {
  const score = satisfaction.scenarios.find(({ scenario }) => scenario === name);
  if (!score || score.estimate === null) throw new Error(`no decided trial of ${name}`);
  const alpha = policy.alpha ?? ALPHA_DEFAULT;
  const lower =
    policy.looks === 'anytime'
      ? anytimeLower(roundsOf(trials, new Map([[name, 1]])), alpha)
      : clopperPearsonLower(score.satisfied, score.n, alpha);
  return {
    estimate: score.estimate,
    lower,
    upper: score.interval.upper,
    n: score.n,
    satisfied: score.satisfied,
  };
}

/** The gate's lower bound of Ŝ: exact at α for a fixed number of trials, else the e-process. */
export function gateLower({ satisfaction, trials }: Gated, policy: Policy): number {
  const alpha = policy.alpha ?? ALPHA_DEFAULT;
  if (policy.looks === 'anytime') {
    const weights = new Map(satisfaction.scenarios.map(({ scenario, weight }) => [scenario, weight]));
    return anytimeLower(roundsOf(trials, weights), alpha);
  }
  const cells = cellsOf(satisfaction.scenarios.filter(({ n }) => n > 0));
  return cells.length === 0 ? 0 : lowerBound({ ...weigh(cells), nEff: satisfaction.nEff }, alpha);
}

/** Complete rounds only: an index that every scenario has a trial of. */
function roundsOf(trials: readonly TrialRecord[], weights: ReadonlyMap<string, number>): Look[][] {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const rounds = new Map<number, Look[]>();
  for (const { scenario, index, verdict } of latest(trials)) {
    const weight = weights.get(scenario);
    if (weight === undefined) continue;
    const round = rounds.get(index) ?? [];
    rounds.set(index, [...round, { w: weight / total, x: verdict === 'satisfied' ? 1 : 0 }]);
  }
  const complete = [...rounds].filter(([, round]) => round.length === weights.size);
  return complete.sort(([a], [b]) => a - b).map(([, round]) => round);
}

/** The p-quantile (ms) of how long `to` took after step `from`; trials where it never held count as endless. */
function latency(trials: readonly TrialRecord[], p: string, from: string, to: string): number {
  const share = Number(/^p(\d+(?:\.\d+)?)$/.exec(p)?.[1]) / 100;
  const times = latest(trials)
    .filter(({ steps }) => steps[from] !== undefined)
    .flatMap(({ findings }) => findings.filter(({ id }) => id === to))
    .map(({ tookMs }) => tookMs ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const value = times[Math.max(0, Math.ceil(share * times.length) - 1)];
  if (value === undefined || !Number.isFinite(value)) throw new Error(`no ${p} of ${from} to ${to}`);
  return value;
}

function evaluate(
  that: string,
  gated: Gated & { policy: Policy },
  names: Record<string, unknown>,
): boolean | null {
  try {
    const result = ENV.run(ENV.parse(that), gated, names);
    return typeof result === 'boolean' ? result : null;
  } catch {
    return null;
  }
}

/** The values of the names that a threshold speaks of: `satisfaction.lower = 0.93`. */
function numbersIn(that: string, gated: Gated & { policy: Policy }, names: Record<string, unknown>): string {
  const terms =
    that.match(/(?:satisfaction|never|change|unknown)\.\w+|scenario\('[^']*'\)\.\w+|latency\([^)]*\)/g) ?? [];
  const said = [...new Set(terms)].map((term) => {
    try {
      return `${term} = ${show(ENV.run(ENV.parse(term), gated, names))}`;
    } catch {
      return `${term} is not known`;
    }
  });
  return said.join(', ');
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 10_000) / 10_000);
  if (Array.isArray(value)) return `[${value.map(String).join(', ')}]`;
  const seconds = (value as { seconds?: bigint } | null)?.seconds;
  return seconds === undefined ? String(value) : `${seconds}s`;
}
