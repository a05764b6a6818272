/** What moved between two builds and why, in the user's words, from what the run recorded. */
import { failuresKey, type Log } from './log.ts';
import type { Build, Moved, RunDocument } from './shape.ts';

/** One story that more, or fewer, trials satisfied. */
export interface Move {
  scenario: string;
  story: string;
  before: Counted;
  after: Counted;
  /** Marked only where the paired test, corrected over scenarios, says so. */
  marked: Moved;
  /** With so few trials no change of this one story could be marked. */
  blind: boolean;
  /** Expectations that fail more, or less, often: the largest change first. */
  because: { says: string; was: number; is: number }[];
}

export interface Counted {
  satisfied: number;
  n: number;
}

/** Moves from the build before to this one, the largest first; none for the first build. */
export function movesOf({ builds, scenarios }: RunDocument, log: Log, index: number): Move[] {
  const [before, after] = [builds[index - 1], builds[index]];
  if (!before || !after) return [];
  const moves = scenarios.map(({ scenario, story }): Move => {
    const change = after.change?.scenarios?.find((one) => one.scenario === scenario);
    return {
      scenario,
      story,
      before: countedIn(before, scenario),
      after: countedIn(after, scenario),
      marked: change?.moved ?? 'same',
      blind: change?.blind ?? true,
      because: reasons(
        log.failures.get(failuresKey(before.build, scenario)),
        log.failures.get(failuresKey(after.build, scenario)),
      ),
    };
  });
  const size = ({ before: a, after: b }: Move) => Math.abs(share(b) - share(a));
  return moves.filter((move) => size(move) > 0).sort((a, b) => size(b) - size(a));
}

function countedIn({ satisfaction }: Build, scenario: string): Counted {
  const score = satisfaction.scenarios.find((one) => one.scenario === scenario);
  return { satisfied: score?.satisfied ?? 0, n: score?.n ?? 0 };
}

function reasons(before?: ReadonlyMap<string, number>, after?: ReadonlyMap<string, number>) {
  const all = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...all]
    .map((says) => ({ says, was: before?.get(says) ?? 0, is: after?.get(says) ?? 0 }))
    .filter(({ was, is }) => was !== is)
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was));
}

function share({ satisfied, n }: Counted): number {
  return n === 0 ? 0 : satisfied / n;
}
