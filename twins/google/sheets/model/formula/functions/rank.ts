/** Places of numbers among others. https://support.google.com/docs/table/25273 (Statistical) */
import type { Matrix } from '../value.ts';
import { type Definition, type Family, numbersOf, plain, refusal } from './definition.ts';

function sortedOf(range: Matrix): number[] {
  const numbers = numbersOf([range], 'range').sort((a, b) => a - b);
  if (numbers.length === 0) throw refusal('NUM', 'Function {name} parameter 1 has no numbers.');
  return numbers;
}

/** The number at a place counted from 0, between two by parts. */
function at(sorted: readonly number[], place: number): number {
  const below = sorted[Math.floor(place)] ?? 0;
  return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? below) - below);
}

const percentile = (range: Matrix, part: number): number => {
  const sorted = sortedOf(range);
  return at(sorted, Number((part * (sorted.length - 1)).toPrecision(15)));
};

function percentileWithout(range: Matrix, part: number): number {
  const sorted = sortedOf(range);
  const place = Number((part * (sorted.length + 1)).toPrecision(15));
  if (place < 1 || place > sorted.length)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${part}. Valid values are between ${1 / (sorted.length + 1)} and ${sorted.length / (sorted.length + 1)} inclusive.`,
    );
  return at(sorted, place - 1);
}

/** Which part of the numbers lies below a value, cut to some digits. */
function percentRank(range: Matrix, value: number, digits: number, exclusive: boolean): number {
  const sorted = sortedOf(range);
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  if (value < first || value > last)
    throw refusal(
      'N_A',
      `Function {name} parameter 2 value is ${value}. It should be between ${first} and ${last} inclusive.`,
    );
  const below = sorted.findLastIndex((one) => one <= value);
  const lowest = sorted.indexOf(sorted[below] ?? 0);
  const [from = 0, to = from] = [sorted[below], sorted[below + 1]];
  const place = from === value ? lowest : below + (value - from) / (to - from);
  const part = exclusive
    ? (place + 1) / (sorted.length + 1)
    : sorted.length === 1
      ? 1
      : place / (sorted.length - 1);
  const scale = 10 ** digits;
  return Math.floor(Number((part * scale).toPrecision(15))) / scale;
}

/** Where a value stands; equal ones share the best place, or the mean of theirs. */
function rank(value: number, range: Matrix, ascending: boolean, average: boolean): number {
  const numbers = numbersOf([range], 'range');
  const better = numbers.filter((one) => (ascending ? one < value : one > value)).length;
  const equal = numbers.filter((one) => one === value).length;
  if (equal === 0) throw refusal('N_A', `Function {name} parameter 1 value ${value} is not in the data.`);
  return better + 1 + (average ? (equal - 1) / 2 : 0);
}

/** The `n`th from one end. */
function nth(range: Matrix, n: number, largest: boolean): number {
  const sorted = numbersOf([range], 'range').sort((a, b) => (largest ? b - a : a - b));
  const found = sorted[Math.trunc(n) - 1];
  if (found === undefined) throw refusal('NUM', `Function {name} parameter 2 value ${n} is out of range.`);
  return found;
}

const RANK: Definition = plain('number, range, flag?', (value, range, ascending = false) =>
  rank(value, range, ascending, false),
);
const PERCENTILE = plain('range, number[0:1]', percentile);
const QUARTILE = plain('range, whole[0:4]', (range, quarter) => percentile(range, quarter / 4));
const PERCENTRANK = plain('range, number, whole>=1?', (range, value, digits = 3) =>
  percentRank(range, value, digits, false),
);

/** Ranks and percentiles. */
export const RANKS: Family = {
  LARGE: plain('range, number', (range, n) => nth(range, n, true)),
  SMALL: plain('range, number', (range, n) => nth(range, n, false)),
  RANK,
  'RANK.EQ': RANK,
  'RANK.AVG': plain('number, range, flag?', (value, range, ascending = false) =>
    rank(value, range, ascending, true),
  ),
  PERCENTILE,
  'PERCENTILE.INC': PERCENTILE,
  'PERCENTILE.EXC': plain('range, number', percentileWithout),
  QUARTILE,
  'QUARTILE.INC': QUARTILE,
  'QUARTILE.EXC': plain('range, whole[1:3]', (range, quarter) => percentileWithout(range, quarter / 4)),
  PERCENTRANK,
  'PERCENTRANK.INC': PERCENTRANK,
  'PERCENTRANK.EXC': plain('range, number, whole>=1?', (range, value, digits = 3) =>
    percentRank(range, value, digits, true),
  ),
};
