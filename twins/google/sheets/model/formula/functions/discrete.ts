/** Distributions of counts. https://support.google.com/docs/table/25273 (Statistical) */
import { type Family, fewRounds, plain, refusal } from './definition.ts';
import { special } from './special.ts';

/** The logarithm of how many choices there are of `k` out of `n`. */
function logChoose(n: number, k: number): number {
  const { gammaln } = special();
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}

/** The chance of exactly `k` successes. */
function binomial(k: number, trials: number, p: number): number {
  if (k < 0 || k > trials) return 0;
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === trials ? 1 : 0;
  return Math.exp(logChoose(trials, k) + k * Math.log(p) + (trials - k) * Math.log1p(-p));
}

/** The chance of at most `k` successes. */
const binomialUpTo = (k: number, trials: number, p: number): number =>
  k >= trials ? 1 : p === 0 ? 1 : p === 1 ? 0 : special().betainc(1 - p, trials - k, k + 1, true, false);

function tooMany(parameter: number, value: number, limit: number): never {
  throw refusal(
    'NUM',
    `Function {name} parameter ${parameter} value is ${value}. It should be less than or equal to ${limit}.`,
  );
}

/** The least count up to which the chance is at least `p`. */
function binomialInverse(trials: number, chance: number, p: number): number {
  let [low, high] = [0, trials];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialUpTo(middle, trials, chance) >= p) high = middle;
    else low = middle + 1;
  }
  return low;
}

const poisson = (k: number, rate: number): number =>
  rate === 0 ? Number(k === 0) : Math.exp(k * Math.log(rate) - rate - special().gammaln(k + 1));

const negativeBinomial = (failures: number, successes: number, p: number): number =>
  Math.exp(
    logChoose(failures + successes - 1, failures) + successes * Math.log(p) + failures * Math.log1p(-p),
  );

/** The chance of exactly `k` successes among `draws` without putting back. */
function hypergeometric(k: number, draws: number, successes: number, population: number): number {
  if (k > draws || k > successes || draws - k > population - successes) return 0;
  return Math.exp(
    logChoose(successes, k) + logChoose(population - successes, draws - k) - logChoose(population, draws),
  );
}

function hypergeometricChecked(k: number, draws: number, successes: number, population: number): number {
  if (draws > population) tooMany(2, draws, population);
  if (successes > population) tooMany(3, successes, population);
  if (k > draws) tooMany(1, k, draws);
  return hypergeometric(k, draws, successes, population);
}

const BINOMDIST = plain('whole>=0, whole>=0, number[0:1], flag', (k, trials, p, cumulative) => {
  if (k > trials) tooMany(1, k, trials);
  return cumulative ? binomialUpTo(k, trials, p) : binomial(k, trials, p);
});
const BINOMINV = plain('whole>=0, number[0:1], number[0:1]', binomialInverse);
const POISSON = plain('whole>=0, number>=0, flag?', (k, rate, cumulative = true) =>
  cumulative ? special().gammainc(rate, k + 1, true, true) : poisson(k, rate),
);

/** Discrete distributions. */
export const DISCRETE: Family = {
  BINOMDIST,
  'BINOM.DIST': BINOMDIST,
  'BINOM.DIST.RANGE': plain('whole>=0, number[0:1], whole>=0, whole>=0?', (trials, p, low, high = low) => {
    if (low > trials) tooMany(3, low, trials);
    if (high > trials) tooMany(4, high, trials);
    if (high < low)
      throw refusal(
        'NUM',
        `Function {name} parameter 4 value is ${high}. It should be greater than or equal to ${low}.`,
      );
    return low === high
      ? binomial(low, trials, p)
      : binomialUpTo(high, trials, p) - (low > 0 ? binomialUpTo(low - 1, trials, p) : 0);
  }),
  'BINOM.INV': BINOMINV,
  CRITBINOM: BINOMINV,
  POISSON,
  'POISSON.DIST': POISSON,
  NEGBINOMDIST: plain('whole>=0, whole>=1, number[0:1]', negativeBinomial),
  'NEGBINOM.DIST': plain('whole>=0, whole>=1, number[0:1], flag', (failures, successes, p, cumulative) =>
    cumulative
      ? special().betainc(p, successes, failures + 1, true, false)
      : negativeBinomial(failures, successes, p),
  ),
  HYPGEOMDIST: plain('whole>=0, whole>=0, whole>=0, whole>=0', hypergeometricChecked),
  'HYPGEOM.DIST': plain(
    'whole>=0, whole>=0, whole>=0, whole>=0, flag',
    (k, draws, successes, population, cumulative) => {
      const here = hypergeometricChecked(k, draws, successes, population);
      if (!cumulative) return here;
      let sum = 0;
      const least = Math.max(0, draws + successes - population);
      fewRounds(k - least);
      for (let i = least; i <= k; i++) sum += hypergeometric(i, draws, successes, population);
      return sum;
    },
  ),
};
