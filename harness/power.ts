/** How many trials a question costs. */

/** Pairs needed to find a change δ where a share ψ of pairs differs (two-sided .05, power .9). */
export function pairsNeeded(delta: number, discordant: number): number {
  const psi = Math.max(discordant, Math.abs(delta));
  const root = 1.96 * Math.sqrt(psi) + 1.28 * Math.sqrt(Math.max(0, psi - delta * delta));
  return Math.ceil((root / delta) ** 2);
}

/** The smallest change that `pairs` would find, where a share ψ of pairs differs; 1 where none would be. */
export function detectableChange(pairs: number, discordant: number): number {
  const psi = Math.max(discordant, 1 / Math.max(1, pairs));
  let [low, high] = [0, 1];
  if (pairsNeeded(1, psi) > pairs) return 1;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (pairsNeeded(middle, psi) <= pairs) high = middle;
    else low = middle;
  }
  return high;
}

/** Trials of one scenario, all passing, after which the exact lower bound at `alpha` (one-sided) is ≥ threshold. */
export function trialsToShow(threshold: number, alpha: number): number {
  if (threshold <= 0) return 0;
  // With n of n the bound is α^(1/n).
  return Math.ceil(Math.log(alpha) / Math.log(threshold));
}
