/** Quantiles of the beta and of Student's distribution; the first from a library, the second by it. */
import betaModule from '@stdlib/stats-base-dists-beta-quantile';

// The package is CommonJS with its own idea of a default export.
const beta = betaModule as unknown as (p: number, alpha: number, beta: number) => number;

/** The p-quantile of Beta(a, b). */
export function betaQuantile(p: number, a: number, b: number): number {
  return beta(p, a, b);
}

/** The t with P(T > t) = tail, of Student's distribution with `freedom` degrees. */
export function studentUpper(tail: number, freedom: number): number {
  const x = betaQuantile(2 * tail, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}
