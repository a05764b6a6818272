/** Means, extremes and spread. https://support.google.com/docs/table/25273 (Statistical) */
import { flat, type Matrix, numberOf, type Scalar, type Value } from '../value.ts';
import {
  type Definition,
  dividesByZero,
  type Family,
  numbersOf,
  ofNumbers,
  plain,
  refusal,
} from './definition.ts';
import { mean, squares, total, variance } from './spread.ts';

/** Numbers, where a range's booleans count 0 or 1 and its texts 0. */
function allNumbers(args: readonly Value[]): number[] {
  return args.flatMap((arg, i) => {
    if (!Array.isArray(arg)) return [numberOf(arg, `Function {name} parameter ${i + 1}`)];
    return flat([arg]).flatMap((cell) =>
      cell === null ? [] : [typeof cell === 'number' ? cell : cell === true ? 1 : 0],
    );
  });
}

const ofAll = (body: (numbers: number[]) => Value): Definition =>
  plain('value, value...', (...args) => body(allNumbers(args)));

const most = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => (b > a ? b : a), numbers[0] ?? 0);
const least = (numbers: readonly number[]): number =>
  numbers.reduce((a, b) => (b < a ? b : a), numbers[0] ?? 0);

function median(numbers: number[]): number {
  if (numbers.length === 0) throw refusal('NUM', 'Function {name} has no numbers among its parameters.');
  const sorted = numbers.sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** The numbers that occur most often, in the order of their first. Throws `N_A` where none occurs twice. */
function modes(numbers: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const one of numbers) counts.set(one, (counts.get(one) ?? 0) + 1);
  const top = most([...counts.values()]);
  if (numbers.length === 0 || top < 2) throw refusal('N_A', 'No mode value found in {name} evaluation.');
  return [...counts].filter(([, count]) => count === top).map(([one]) => one);
}

const MODE = ofNumbers((numbers) => modes(numbers)[0] ?? 0);

function positive(numbers: readonly number[]): readonly number[] {
  const bad = numbers.find((one) => one <= 0);
  if (numbers.length === 0 || bad !== undefined)
    throw refusal(
      'NUM',
      `Function {name} has a parameter value of ${bad ?? 'nothing'}. It should be greater than 0.`,
    );
  return numbers;
}

/** The third standardized moment; `sample` corrects for a sample's size. */
function skewness(numbers: readonly number[], sample: boolean): number {
  const n = numbers.length;
  const deviation = Math.sqrt(variance(numbers, sample ? 1 : 0));
  if (deviation === 0 || n < 3) throw dividesByZero();
  const middle = mean(numbers);
  const cubes = total(numbers.map((one) => ((one - middle) / deviation) ** 3));
  return sample ? (cubes * n) / ((n - 1) * (n - 2)) : cubes / n;
}

function kurtosis(numbers: readonly number[]): number {
  const n = numbers.length;
  const deviation = n > 3 ? Math.sqrt(variance(numbers, 1)) : 0;
  if (deviation === 0) throw dividesByZero();
  const middle = mean(numbers);
  const fourths = total(numbers.map((one) => ((one - middle) / deviation) ** 4));
  return (fourths * n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3)) - (3 * (n - 1) ** 2) / ((n - 2) * (n - 3));
}

/** `AVERAGE.WEIGHTED(values, weights, …)`. */
function weighted(args: readonly Value[]): number {
  const pairs: [number, number][] = [];
  for (let i = 0; i < args.length; i += 2) {
    const values = flat([args[i] ?? null]);
    const weights = flat([args[i + 1] ?? null]);
    if (values.length !== weights.length)
      throw refusal('N_A', 'Array arguments to {name} are of different size.');
    values.forEach((value, k) => {
      const weight = weights[k] ?? null;
      if (typeof value !== 'number' || typeof weight !== 'number') return;
      if (weight < 0) throw refusal('NUM', 'Function {name} has a negative weight.');
      pairs.push([value, weight]);
    });
  }
  const sum = total(pairs.map(([, weight]) => weight));
  if (sum === 0) throw dividesByZero();
  return total(pairs.map(([value, weight]) => value * weight)) / sum;
}

function trimmed(range: Matrix, part: number): number {
  if (part < 0 || part >= 1)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${part}. It should be at least 0 and less than 1.`,
    );
  const sorted = numbersOf([range], 'TRIMMEAN').sort((a, b) => a - b);
  const off = Math.floor((sorted.length * part) / 2 + 1e-12);
  return mean(sorted.slice(off, sorted.length - off));
}

/** `PROB(values, probabilities, low, [high])`. */
function probability(values: Matrix, chances: Matrix, low: number, high = low): number {
  const [x, p] = [flat([values]), flat([chances])] as [Scalar[], number[]];
  if (x.length !== p.length) throw refusal('N_A', 'Array arguments to {name} are of different size.');
  if (p.some((one) => typeof one !== 'number' || one < 0 || one > 1) || Math.abs(total(p) - 1) > 1e-9)
    throw refusal('NUM', 'The probabilities of {name} should be between 0 and 1 and add up to 1.');
  return total(p.filter((_, i) => Number(x[i]) >= low && Number(x[i]) <= high));
}

function permutations(n: number, k: number): number {
  if (k > n)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${k}. It should be less than or equal to ${n}.`,
    );
  let product = 1;
  for (let i = 0; i < k && product !== Number.POSITIVE_INFINITY; i++) product *= n - i;
  return product;
}

const SAMPLE_DEVIATION = ofNumbers((numbers) => Math.sqrt(variance(numbers, 1)));
const POPULATION_DEVIATION = ofNumbers((numbers) => Math.sqrt(variance(numbers, 0)));
const SAMPLE_VARIANCE = ofNumbers((numbers) => variance(numbers, 1));
const POPULATION_VARIANCE = ofNumbers((numbers) => variance(numbers, 0));

/** Of one set of numbers. */
export const STATISTICAL: Family = {
  AVERAGE: ofNumbers(mean),
  AVERAGEA: ofAll(mean),
  'AVERAGE.WEIGHTED': plain('value, value, value...', (...args) => weighted(args)),
  MEDIAN: ofNumbers(median),
  MODE,
  'MODE.SNGL': MODE,
  'MODE.MULT': ofNumbers((numbers) => modes(numbers).map((one) => [one])),
  MAX: ofNumbers(most),
  MAXA: ofAll(most),
  MIN: ofNumbers(least),
  MINA: ofAll(least),
  GEOMEAN: ofNumbers((numbers) => Math.exp(mean(positive(numbers).map(Math.log)))),
  HARMEAN: ofNumbers((numbers) => 1 / mean(positive(numbers).map((one) => 1 / one))),
  TRIMMEAN: plain('range, number', trimmed),
  AVEDEV: ofNumbers((numbers) => {
    const middle = mean(numbers);
    return mean(numbers.map((one) => Math.abs(one - middle)));
  }),
  DEVSQ: ofNumbers(squares),
  STDEV: SAMPLE_DEVIATION,
  'STDEV.S': SAMPLE_DEVIATION,
  STDEVP: POPULATION_DEVIATION,
  'STDEV.P': POPULATION_DEVIATION,
  STDEVA: ofAll((numbers) => Math.sqrt(variance(numbers, 1))),
  STDEVPA: ofAll((numbers) => Math.sqrt(variance(numbers, 0))),
  VAR: SAMPLE_VARIANCE,
  'VAR.S': SAMPLE_VARIANCE,
  VARP: POPULATION_VARIANCE,
  'VAR.P': POPULATION_VARIANCE,
  VARA: ofAll((numbers) => variance(numbers, 1)),
  VARPA: ofAll((numbers) => variance(numbers, 0)),
  SKEW: ofNumbers((numbers) => skewness(numbers, true)),
  'SKEW.P': ofNumbers((numbers) => skewness(numbers, false)),
  KURT: ofNumbers(kurtosis),
  STANDARDIZE: plain('number, number, number>0', (value, middle, deviation) => (value - middle) / deviation),
  PROB: plain('range, range, number, number?', probability),
  PERMUT: plain('whole>=0, whole>=0', permutations),
  PERMUTATIONA: plain('whole>=0, whole>=0', (n, k) => n ** k),
};
