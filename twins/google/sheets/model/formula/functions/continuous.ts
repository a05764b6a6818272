/** Distributions of continuous variables and their inverses. https://support.google.com/docs/table/25273 (Statistical) */
import { type Family, plain, refusal } from './definition.ts';
import { special } from './special.ts';

/** The standard normal distribution up to `z`. */
export const normal = (z: number): number => special().erfc(-z / Math.SQRT2) / 2;
/** The `z` up to which the standard normal distribution has a probability. */
export const normalInverse = (p: number): number => -Math.SQRT2 * special().erfcinv(2 * p);
const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Throws `NUM` for a probability that is not between 0 and 1, both excluded. */
function open(p: number, parameter = 1): number {
  if (p <= 0 || p >= 1)
    throw refusal(
      'NUM',
      `Function {name} parameter ${parameter} value is ${p}. Valid values are between 0 and 1 exclusive.`,
    );
  return p;
}

/** Student's distribution beyond `t`, one tail. */
export function studentBeyond(t: number, freedom: number): number {
  const tail = special().betainc(freedom / (freedom + t * t), freedom / 2, 0.5, true, false) / 2;
  return t < 0 ? 1 - tail : tail;
}

/** The `t` beyond which one tail of Student's distribution has a probability. */
export function studentInverse(p: number, freedom: number): number {
  if (p > 0.5) return -studentInverse(1 - p, freedom);
  const x = special().betaincinv(2 * p, freedom / 2, 0.5, false);
  return Math.sqrt((freedom * (1 - x)) / x);
}

function studentDensity(t: number, freedom: number): number {
  const { gammaln } = special();
  const scale = Math.exp(gammaln((freedom + 1) / 2) - gammaln(freedom / 2)) / Math.sqrt(freedom * Math.PI);
  return scale * (1 + (t * t) / freedom) ** (-(freedom + 1) / 2);
}

/** Chi-squared distribution beyond a value. */
export const chiBeyond = (x: number, freedom: number): number =>
  x <= 0 ? 1 : special().gammainc(x / 2, freedom / 2, true, true);
const chiUpTo = (x: number, freedom: number): number =>
  x <= 0 ? 0 : special().gammainc(x / 2, freedom / 2, true, false);

/** Fisher's distribution beyond a value. */
export const fisherBeyond = (x: number, first: number, second: number): number =>
  x <= 0 ? 1 : special().betainc((first * x) / (first * x + second), first / 2, second / 2, true, true);

function fisherInverse(p: number, first: number, second: number, upper: boolean): number {
  const x = special().betaincinv(p, first / 2, second / 2, upper);
  return (second * x) / (first * (1 - x));
}

function fisherDensity(x: number, first: number, second: number): number {
  if (x === 0) return first === 2 ? 1 : 0;
  const { gammaln } = special();
  const beta = gammaln(first / 2) + gammaln(second / 2) - gammaln((first + second) / 2);
  const power = (first / 2) * Math.log(first / second) + (first / 2 - 1) * Math.log(x);
  return Math.exp(power - ((first + second) / 2) * Math.log1p((first * x) / second) - beta);
}

function gammaDensity(x: number, shape: number, scale: number): number {
  if (x === 0) return shape === 1 ? 1 / scale : 0;
  return Math.exp((shape - 1) * Math.log(x) - x / scale - special().gammaln(shape) - shape * Math.log(scale));
}

const gammaUpTo = (x: number, shape: number, scale: number): number =>
  special().gammainc(x / scale, shape, true, false);

function onScale(x: number, low: number, high: number): number {
  if (low >= high || x < low || x > high)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${x}. Valid values are between ${low} and ${high} inclusive.`,
    );
  return (x - low) / (high - low);
}

function betaDensity(x: number, a: number, b: number, width: number): number {
  const { gammaln } = special();
  const logBeta = gammaln(a) + gammaln(b) - gammaln(a + b);
  return Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta) / width;
}

const betaUpTo = (x: number, a: number, b: number, low = 0, high = 1): number =>
  special().betainc(onScale(x, low, high), a, b, true, false);
const betaInverse = (p: number, a: number, b: number, low = 0, high = 1): number =>
  low + (high - low) * special().betaincinv(open(p), a, b, false);

/** The gamma function. Throws `NUM` at zero and negative whole numbers. */
function gamma(x: number): number {
  if (x <= 0 && Number.isInteger(x))
    throw refusal('NUM', `Function {name} parameter 1 value is ${x}. It is zero or a negative integer.`);
  return special().gamma(x);
}

const NORMDIST = plain('number, number, number>0, flag', (x, middle, deviation, cumulative) =>
  cumulative ? normal((x - middle) / deviation) : density((x - middle) / deviation) / deviation,
);
const NORMINV = plain(
  'number, number, number>0',
  (p, middle, deviation) => middle + deviation * normalInverse(open(p)),
);
const LOGINV = plain('number, number, number>0', (p, middle, deviation) =>
  Math.exp(middle + deviation * normalInverse(open(p))),
);
const EXPONDIST = plain('number>=0, number>0, flag', (x, rate, cumulative) =>
  cumulative ? -Math.expm1(-rate * x) : rate * Math.exp(-rate * x),
);
const GAMMADIST = plain('number>=0, number>0, number>0, flag', (x, shape, scale, cumulative) =>
  cumulative ? gammaUpTo(x, shape, scale) : gammaDensity(x, shape, scale),
);
const GAMMAINV = plain(
  'number[0:1], number>0, number>0',
  (p, shape, scale) => special().gammaincinv(p, shape, false) * scale,
);
const WEIBULL = plain('number>=0, number>0, number>0, flag', (x, shape, scale, cumulative) =>
  cumulative
    ? -Math.expm1(-((x / scale) ** shape))
    : (shape / scale) * (x / scale) ** (shape - 1) * Math.exp(-((x / scale) ** shape)),
);
const BETAINV = plain('number, number>0, number>0, number?, number?', betaInverse);
const CHIDIST = plain('number>=0, whole>=1', chiBeyond);
const CHIINV = plain(
  'number[0:1], whole>=1',
  (p, freedom) => special().gammaincinv(p, freedom / 2, true) * 2,
);
const FDIST = plain('number>=0, whole>=1, whole>=1', fisherBeyond);
const FINV = plain('number[0:1], whole>=1, whole>=1', (p, first, second) =>
  fisherInverse(p, first, second, true),
);
const TINV = plain('number, whole>=1', (p, freedom) => {
  if (p <= 0 || p > 1)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${p}. It should be greater than 0 and at most 1.`,
    );
  return studentInverse(p / 2, freedom);
});

/** Continuous distributions. */
export const CONTINUOUS: Family = {
  'NORM.DIST': NORMDIST,
  NORMDIST,
  'NORM.INV': NORMINV,
  NORMINV,
  'NORM.S.DIST': plain('number, flag?', (z, cumulative = true) => (cumulative ? normal(z) : density(z))),
  NORMSDIST: plain('number', normal),
  'NORM.S.INV': plain('number', (p) => normalInverse(open(p))),
  NORMSINV: plain('number', (p) => normalInverse(open(p))),
  GAUSS: plain('number', (z) => normal(z) - 0.5),
  PHI: plain('number', density),
  'LOGNORM.DIST': plain('number>0, number, number>0, flag?', (x, middle, deviation, cumulative = true) => {
    const z = (Math.log(x) - middle) / deviation;
    return cumulative ? normal(z) : density(z) / (x * deviation);
  }),
  LOGNORMDIST: plain('number>0, number, number>0', (x, middle, deviation) =>
    normal((Math.log(x) - middle) / deviation),
  ),
  'LOGNORM.INV': LOGINV,
  LOGINV,
  'EXPON.DIST': EXPONDIST,
  EXPONDIST,
  GAMMA: plain('number', gamma),
  'GAMMA.DIST': GAMMADIST,
  GAMMADIST,
  'GAMMA.INV': GAMMAINV,
  GAMMAINV,
  WEIBULL,
  'WEIBULL.DIST': WEIBULL,
  'BETA.DIST': plain(
    'number, number>0, number>0, flag, number?, number?',
    (x, a, b, cumulative, low = 0, high = 1) =>
      cumulative ? betaUpTo(x, a, b, low, high) : betaDensity(onScale(x, low, high), a, b, high - low),
  ),
  BETADIST: plain('number, number>0, number>0, number?, number?', betaUpTo),
  'BETA.INV': BETAINV,
  BETAINV,
  CHIDIST,
  'CHISQ.DIST.RT': CHIDIST,
  'CHISQ.DIST': plain('number>=0, whole>=1, flag', (x, freedom, cumulative) =>
    cumulative ? chiUpTo(x, freedom) : gammaDensity(x, freedom / 2, 2),
  ),
  CHIINV,
  'CHISQ.INV.RT': CHIINV,
  'CHISQ.INV': plain(
    'number[0:1], whole>=1',
    (p, freedom) => special().gammaincinv(p, freedom / 2, false) * 2,
  ),
  FDIST,
  'F.DIST.RT': FDIST,
  'F.DIST': plain('number>=0, whole>=1, whole>=1, flag', (x, first, second, cumulative) =>
    cumulative ? 1 - fisherBeyond(x, first, second) : fisherDensity(x, first, second),
  ),
  FINV,
  'F.INV.RT': FINV,
  'F.INV': plain('number[0:1], whole>=1, whole>=1', (p, first, second) =>
    fisherInverse(p, first, second, false),
  ),
  TDIST: plain('number>=0, whole>=1, whole[1:2]', (t, freedom, tails) => tails * studentBeyond(t, freedom)),
  'T.DIST': plain('number, whole>=1, flag', (t, freedom, cumulative) =>
    cumulative ? studentBeyond(-t, freedom) : studentDensity(t, freedom),
  ),
  'T.DIST.2T': plain('number>=0, whole>=1', (t, freedom) => 2 * studentBeyond(t, freedom)),
  'T.DIST.RT': plain('number, whole>=1', studentBeyond),
  TINV,
  'T.INV.2T': TINV,
  'T.INV': plain('number, whole>=1', (p, freedom) => -studentInverse(open(p), freedom)),
  FISHER: plain('number', (x) => {
    if (Math.abs(x) >= 1)
      throw refusal(
        'NUM',
        `Function {name} parameter 1 value is ${x}. Valid values are between -1 and 1 exclusive.`,
      );
    return Math.atanh(x);
  }),
  FISHERINV: plain('number', Math.tanh),
};
