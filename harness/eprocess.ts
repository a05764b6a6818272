/**
 * A lower bound on Ŝ that is valid at any stopping time (`satisfaction.md`, "Gate bound"): an e-process by
 * rounds, in each of which every scenario has one trial.
 */

const CS = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9] as const;
const HALVINGS = 40;

/** One trial of a round: the scenario's weight (Σw = 1) and 1 where satisfied, else (unknowns too) 0. */
export interface Look {
  w: number;
  x: 0 | 1;
}

/** The largest θ whose E ever reached 1/α; 0 where none did. */
export function anytimeLower(rounds: readonly (readonly Look[])[], alpha: number): number {
  if (rounds.length === 0 || !everReaches(rounds, 1e-9, alpha)) return 0;
  let [low, high] = [1e-9, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (everReaches(rounds, middle, alpha)) low = middle;
    else high = middle;
  }
  return low;
}

/** E(θ) = mean over c of Π(1 + λw̃ᵢ(xᵢ−θ)), λ = c/(θ·max w̃), looked at after each round; kept in logarithms. */
function everReaches(rounds: readonly (readonly Look[])[], theta: number, alpha: number): boolean {
  const logs: number[] = CS.map(() => 0);
  const needed = Math.log(1 / alpha);
  for (const round of rounds) {
    const S = round.length;
    const most = Math.max(...round.map(({ w }) => S * w));
    for (const [i, c] of CS.entries()) {
      const lambda = c / (theta * most);
      for (const { w, x } of round) logs[i] = (logs[i] ?? 0) + Math.log1p(lambda * S * w * (x - theta));
    }
    const top = Math.max(...logs);
    const mean = logs.reduce((sum, log) => sum + Math.exp(log - top), 0) / CS.length;
    if (top + Math.log(mean) >= needed) return true;
  }
  return false;
}
