/** What moved between two builds and why, in the user's words (level `story`: no evidence, no code). */
import type { BuildResult, RunDocument } from '../directory.ts';
import type { TrialRecord } from '../record.ts';
import { latest } from '../satisfaction.ts';

/** One story that more, or fewer, trials satisfied. */
export interface Move {
  scenario: string;
  story: string;
  before: { satisfied: number; n: number };
  after: { satisfied: number; n: number };
  /** Marked only where the paired test, corrected over scenarios, says so. */
  marked: 'improved' | 'regressed' | 'same';
  /** With so few trials no change of this one story could be marked. */
  blind: boolean;
  /** `no longer fails: …`, `now fails: …`. */
  because: string[];
}

/** Moves from the build before to this one, the largest first; empty for the first build. */
export function movesOf(run: RunDocument, trials: readonly TrialRecord[], index: number): Move[] {
  const [before, after] = [run.builds[index - 1], run.builds[index]];
  if (!before || !after) return [];
  const moves = run.scenarios.map(({ scenario, story }): Move => {
    const change = after.change?.scenarios.find((one) => one.scenario === scenario);
    return {
      scenario,
      story,
      before: scoreOf(before, scenario),
      after: scoreOf(after, scenario),
      marked: change?.moved ?? 'same',
      blind: change?.blind ?? true,
      because: reasons(failures(trials, before.build, scenario), failures(trials, after.build, scenario)),
    };
  });
  const size = ({ before: a, after: b }: Move) => Math.abs(share(b) - share(a));
  return moves.filter((move) => size(move) > 0).sort((a, b) => size(b) - size(a));
}

/** Stories that do not satisfy in every trial, worst first, with what the user missed. */
export function unsatisfiedStories(run: RunDocument, trials: readonly TrialRecord[], build: BuildResult) {
  return run.scenarios
    .map(({ scenario, story }) => ({
      scenario,
      story,
      ...scoreOf(build, scenario),
      missed: [...failures(trials, build.build, scenario)].sort((a, b) => b[1] - a[1]),
    }))
    .filter(({ satisfied, n, missed }) => satisfied < n || missed.length > 0)
    .sort((a, b) => share(a) - share(b));
}

function scoreOf({ satisfaction }: BuildResult, scenario: string): { satisfied: number; n: number } {
  const score = satisfaction.scenarios.find((one) => one.scenario === scenario);
  return { satisfied: score?.satisfied ?? 0, n: score?.n ?? 0 };
}

/** In how many trials each expectation (by its words) was not satisfied. */
function failures(trials: readonly TrialRecord[], build: string, scenario: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const trial of latest(trials)) {
    if (trial.build !== build || trial.scenario !== scenario) continue;
    for (const { says, verdict, as } of trial.findings) {
      if (verdict === 'unsatisfied' && as === 'must') counts.set(says, (counts.get(says) ?? 0) + 1);
    }
  }
  return counts;
}

function reasons(before: Map<string, number>, after: Map<string, number>): string[] {
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const moved = all.map((says) => ({ says, was: before.get(says) ?? 0, is: after.get(says) ?? 0 }));
  return moved
    .filter(({ was, is }) => was !== is)
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))
    .map(({ says, was, is }) => {
      if (is === 0) return `no longer fails: ${says} (${was} → 0)`;
      if (was === 0) return `now fails: ${says} (0 → ${is})`;
      return `fails ${is > was ? 'more' : 'less'} often: ${says} (${was} → ${is})`;
    });
}

function share({ satisfied, n }: { satisfied: number; n: number }): number {
  return n === 0 ? 0 : satisfied / n;
}
