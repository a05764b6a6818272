/** Tests, confidence, correlation. https://support.google.com/docs/table/25273 (Statistical) */
import { flat, type Matrix } from '../value.ts';
import {
  chiBeyond,
  fisherBeyond,
  normal,
  normalInverse,
  studentBeyond,
  studentInverse,
} from './continuous.ts';
import { dividesByZero, type Family, numbersOf, plain, refusal } from './definition.ts';
import { mean, squares, total, variance } from './spread.ts';

const numbers = (range: Matrix): number[] => numbersOf([range], 'range');

/** Numbers at the same places of two ranges. Throws `N_A` where their sizes differ. */
export function paired(a: Matrix, b: Matrix): { x: number[]; y: number[] } {
  const [first, second] = [flat([a]), flat([b])];
  if (first.length !== second.length)
    throw refusal(
      'N_A',
      `Function {name} parameter 2 has mismatched size. Expected: ${first.length}. Actual: ${second.length}.`,
    );
  const x: number[] = [];
  const y: number[] = [];
  first.forEach((one, i) => {
    const other = second[i];
    if (typeof one !== 'number' || typeof other !== 'number') return;
    x.push(one);
    y.push(other);
  });
  return { x, y };
}

/** The sum of products of what lies between pairs and their means. */
export function products(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [mean(x), mean(y)];
  return total(x.map((one, i) => (one - a) * ((y[i] ?? 0) - b)));
}

/** Pearson's coefficient. */
function correlation(a: Matrix, b: Matrix): number {
  const { x, y } = paired(a, b);
  const both = Math.sqrt(squares(x) * squares(y));
  if (both === 0) throw dividesByZero();
  return products(x, y) / both;
}

function covariance(a: Matrix, b: Matrix, less: 0 | 1): number {
  const { x, y } = paired(a, b);
  if (x.length <= less) throw dividesByZero();
  return products(x, y) / (x.length - less);
}

/** Beyond which probability two sets' means differ so by chance. `type`: 1 paired, 2 equal variances, 3 unequal ones. */
function studentTest(a: Matrix, b: Matrix, tails: number, type: number): number {
  const { t, freedom } =
    type === 1 ? pairedStatistic(a, b) : unpairedStatistic(numbers(a), numbers(b), type === 2);
  return tails * studentBeyond(Math.abs(t), freedom);
}

function pairedStatistic(a: Matrix, b: Matrix): { t: number; freedom: number } {
  const { x, y } = paired(a, b);
  const differences = x.map((one, i) => one - (y[i] ?? 0));
  const error = Math.sqrt(variance(differences, 1) / x.length);
  if (error === 0) throw dividesByZero();
  return { t: mean(differences) / error, freedom: x.length - 1 };
}

function unpairedStatistic(
  x: readonly number[],
  y: readonly number[],
  pooled: boolean,
): { t: number; freedom: number } {
  const [p, q] = [variance(x, 1) / x.length, variance(y, 1) / y.length];
  const between = mean(x) - mean(y);
  if (!pooled) {
    const freedom = (p + q) ** 2 / (p ** 2 / (x.length - 1) + q ** 2 / (y.length - 1));
    return { t: between / Math.sqrt(p + q), freedom };
  }
  const freedom = x.length + y.length - 2;
  const common = (squares(x) + squares(y)) / freedom;
  return { t: between / Math.sqrt(common * (1 / x.length + 1 / y.length)), freedom };
}

function chiTest(observed: Matrix, expected: Matrix): number {
  const { x, y } = paired(observed, expected);
  if (observed.length !== expected.length)
    throw refusal('N_A', 'Array arguments to {name} are of different size.');
  if (y.includes(0)) throw dividesByZero();
  const statistic = total(x.map((one, i) => (one - (y[i] as number)) ** 2 / (y[i] as number)));
  const [rows, columns] = [observed.length, observed[0]?.length ?? 0];
  const freedom = rows > 1 && columns > 1 ? (rows - 1) * (columns - 1) : rows * columns - 1;
  if (freedom < 1) throw refusal('N_A', 'Function {name} needs more than one value.');
  return chiBeyond(statistic, freedom);
}

function fisherTest(a: Matrix, b: Matrix): number {
  const [x, y] = [numbers(a), numbers(b)];
  const [p, q] = [variance(x, 1), variance(y, 1)];
  if (p === 0 || q === 0) throw dividesByZero();
  const beyond = fisherBeyond(p / q, x.length - 1, y.length - 1);
  return 2 * Math.min(beyond, 1 - beyond);
}

function normalTest(range: Matrix, value: number, deviation?: number): number {
  const data = numbers(range);
  const spread = deviation ?? Math.sqrt(variance(data, 1));
  if (spread === 0) throw dividesByZero();
  return 1 - normal((mean(data) - value) / (spread / Math.sqrt(data.length)));
}

function openAlpha(alpha: number): number {
  if (alpha <= 0 || alpha >= 1)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${alpha}. Valid values are between 0 and 1 exclusive.`,
    );
  return alpha;
}

const confidence = (alpha: number, deviation: number, size: number): number =>
  (-normalInverse(openAlpha(alpha) / 2) * deviation) / Math.sqrt(size);

function studentConfidence(alpha: number, deviation: number, size: number): number {
  if (size === 1) throw dividesByZero();
  return (studentInverse(openAlpha(alpha) / 2, size - 1) * deviation) / Math.sqrt(size);
}

/** `MARGINOFERROR(range, confidence)`: that many standard errors by the normal distribution of Student. */
function marginOfError(range: Matrix, level: number): number {
  const data = numbers(range);
  return studentConfidence(1 - level, Math.sqrt(variance(data, 1)), data.length);
}

const TTEST = plain('range, range, whole[1:2], whole[1:3]', studentTest);
const CHITEST = plain('range, range', chiTest);
const FTEST = plain('range, range', fisherTest);
const ZTEST = plain('range, number, number>0?', normalTest);
const CONFIDENCE = plain('number, number>0, whole>=1', confidence);
const CORREL = plain('range, range', correlation);
const COVAR = plain('range, range', (a, b) => covariance(a, b, 0));

/** Of two sets of numbers, and what may be concluded from them. */
export const INFERENCE: Family = {
  CORREL,
  PEARSON: CORREL,
  RSQ: plain('range, range', (a, b) => correlation(a, b) ** 2),
  COVAR,
  'COVARIANCE.P': COVAR,
  'COVARIANCE.S': plain('range, range', (a, b) => covariance(a, b, 1)),
  TTEST,
  'T.TEST': TTEST,
  CHITEST,
  'CHISQ.TEST': CHITEST,
  FTEST,
  'F.TEST': FTEST,
  ZTEST,
  'Z.TEST': ZTEST,
  CONFIDENCE,
  'CONFIDENCE.NORM': CONFIDENCE,
  'CONFIDENCE.T': plain('number, number>0, whole>=1', studentConfidence),
  MARGINOFERROR: plain('range, number[0:1]', marginOfError),
};
