/** A build's results from its trials: satisfaction, change against the build before, gate, flakes and cost. */
import type { LoadedCandidate } from './candidate.ts';
import { compareBuilds } from './compare.ts';
import type { BuildResult } from './directory.ts';
import { gate } from './gate.ts';
import type { TrialRecord } from './record.ts';
import type { RunOptions } from './run.ts';
import { latest, satisfactionOf } from './satisfaction.ts';

type Scoring = Pick<RunOptions, 'scenarios' | 'policy' | 'seed'>;

/** Scores one build; needs no trial to run again. */
export function scoreBuild(
  { scenarios, policy, seed }: Scoring,
  candidate: LoadedCandidate,
  all: readonly TrialRecord[],
  before: BuildResult | undefined,
): BuildResult {
  const weights = new Map(scenarios.map(({ scenario }) => [scenario.scenario, scenario.weight ?? 1]));
  const trials = all.filter(({ build }) => build === candidate.hash);
  const satisfaction = satisfactionOf(trials, weights, policy);
  const earlier = all.filter(({ build }) => build === before?.build);
  const change = before && compareBuilds(earlier, trials, weights, seed);
  const checks = trials.filter((trial) => trial.checks !== undefined);
  return {
    candidate: candidate.label,
    build: candidate.hash,
    provenance: candidate.provenance,
    reuse: candidate.reuse ?? 'trial',
    satisfaction,
    ...(change && { change }),
    ...(policy && { gate: gate(policy, { satisfaction, change, trials }) }),
    flakes: checks.filter(({ flake }) => flake !== undefined).length,
    checked: checks.length,
    cost: costOf(candidate, latest(trials)),
  };
}

function costOf(candidate: LoadedCandidate, trials: readonly TrialRecord[]): BuildResult['cost'] {
  const exchanges: Record<string, number> = {};
  let cpuMs = 0;
  for (const trial of trials) {
    cpuMs += trial.process.cpuMs ?? 0;
    for (const [twin, { ok, fail, info }] of Object.entries(trial.exchanges)) {
      exchanges[twin] = (exchanges[twin] ?? 0) + ok + fail + info;
    }
  }
  const usd = candidate.provenance.cost?.usd;
  const satisfied = trials.filter(({ verdict }) => verdict === 'satisfied').length;
  return {
    exchanges,
    cpuMs,
    ...(usd === undefined ? {} : { usd, ...(satisfied > 0 ? { usdPerSatisfied: usd / satisfied } : {}) }),
  };
}
