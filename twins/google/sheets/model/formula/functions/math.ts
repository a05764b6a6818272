/** Mathematical functions. https://support.google.com/docs/table/25273 (Math) */
import { flat, type Matrix, type Scalar } from '../value.ts';
import { type Family, fewCells, numbersOf, ofNumbers, plain, refusal } from './definition.ts';
import { special } from './special.ts';
import { total } from './spread.ts';

/** Rounds by decimal digits, so that 2.345 to two places is 2.35 whatever its binary form. */
const roundTo = (value: number, places: number, how: (n: number) => number): number => {
  // Beyond its digits a number has nothing to round, and far before them nothing is left.
  if (Math.abs(places) > 300) return places > 0 ? value : 0;
  const scale = 10 ** Math.abs(places);
  const size = Math.abs(value);
  const scaled = Number((places < 0 ? size / scale : size * scale).toPrecision(15));
  const rounded = how(scaled);
  return Math.sign(value) * (places < 0 ? rounded * scale : rounded / scale);
};

/** The multiple of `step` next to a value; the quotient is cleared of binary dust first. */
const stepped = (value: number, step: number, how: (n: number) => number): number =>
  step === 0 ? 0 : Number((how(Number((value / step).toPrecision(15))) * step).toPrecision(15));

const FACTOR_SIGN = () =>
  refusal('NUM', 'If {name} parameter 1 is positive, parameter 2 must be positive as well.');

function sameSign(value: number, factor: number): void {
  if (value > 0 && factor < 0) throw FACTOR_SIGN();
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

function wholes(numbers: readonly number[]): number[] {
  const negative = numbers.findIndex((one) => one < 0);
  if (negative >= 0)
    throw refusal(
      'NUM',
      `Function {name} parameter ${negative + 1} value is ${numbers[negative]}. It should be greater than or equal to 0.`,
    );
  return numbers.map(Math.trunc);
}

const factorial = (n: number): number => {
  let product = 1;
  for (let i = 2; i <= n && product !== Number.POSITIVE_INFINITY; i++) product *= i;
  return product;
};

/** How many choices of `k` out of `n`; exact while it fits a number. */
export function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let product = 1;
  const few = Math.min(k, n - k);
  for (let i = 1; i <= few && product !== Number.POSITIVE_INFINITY; i++)
    product = (product * (n - few + i)) / i;
  return product < 2 ** 53 ? Math.round(product) : product;
}

function chosen(n: number, k: number): number {
  if (k > n)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${k}. It should be less than or equal to ${n}.`,
    );
  return choose(n, k);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function decimal(text: string, base: number): number {
  const digits = [...text.trim().toUpperCase()].map((digit) => DIGITS.indexOf(digit));
  if (digits.length === 0 || digits.some((digit) => digit < 0 || digit >= base))
    throw refusal('NUM', `In {name} evaluation, '${text}' is not a number of base ${base}.`);
  return digits.reduce((value, digit) => value * base + digit, 0);
}

/** Pairs of numbers at the same places of two arrays. Throws `N_A` where their sizes differ. */
function pairs(x: Matrix, y: Matrix): [number, number][] {
  const [a, b] = [flat([x]), flat([y])];
  if (a.length !== b.length) throw refusal('N_A', 'Array arguments to {name} are of different size.');
  return a.flatMap((one, i): [number, number][] => {
    const other = b[i];
    return typeof one === 'number' && typeof other === 'number' ? [[one, other]] : [];
  });
}

function sumProduct(arrays: readonly Matrix[]): number {
  const [first = []] = arrays;
  const size = (m: Matrix) => `row count: ${m.length}. column count: ${m[0]?.length ?? 0}`;
  for (const one of arrays)
    if (size(one) !== size(first))
      throw refusal(
        'VALUE',
        `{name} has mismatched range sizes. Expected ${size(first)}. Actual ${size(one).replace('. ', ', ')}.`,
      );
  const columns = arrays.map((one) => flat([one]));
  const number = (cell: Scalar | undefined) => (typeof cell === 'number' ? cell : 0);
  return total(
    (columns[0] ?? []).map((cell, i) =>
      columns.slice(1).reduce((all, one) => all * number(one[i]), number(cell)),
    ),
  );
}

function sequence(rows: number, columns: number, start: number, step: number): Matrix {
  fewCells(rows, columns);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => start + (row * columns + column) * step),
  );
}

function ceilingMath(value: number, significance = 1, mode = 0): number {
  const step = Math.abs(significance);
  return value < 0 && mode !== 0 ? -stepped(-value, step, Math.ceil) : stepped(value, step, Math.ceil);
}

function floorMath(value: number, significance = 1, mode = 0): number {
  const step = Math.abs(significance);
  return value < 0 && mode !== 0 ? -stepped(-value, step, Math.floor) : stepped(value, step, Math.floor);
}

const evenUp = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value) / 2) * 2;
const oddUp = (value: number): number =>
  (value < 0 ? -1 : 1) * (Math.ceil((Math.max(Math.abs(value), 1) - 1) / 2) * 2 + 1);

function modulo(value: number, by: number): number {
  if (by === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 2 cannot be zero.');
  const rest = value % by;
  return rest !== 0 && rest < 0 !== by < 0 ? rest + by : rest;
}

function power(base: number, exponent: number): number {
  if (base === 0 && exponent < 0)
    throw refusal('DIVIDE_BY_ZERO', 'Function {name} caused a divide by zero error.');
  return base ** exponent;
}

/** Sums, products, powers, divisors, rounding. */
export const MATH: Family = {
  SUM: ofNumbers(total),
  PRODUCT: ofNumbers((numbers) => (numbers.length === 0 ? 0 : numbers.reduce((a, b) => a * b, 1))),
  SUMSQ: ofNumbers((numbers) => total(numbers.map((one) => one * one))),
  ABS: plain('number', Math.abs),
  SIGN: plain('number', Math.sign),
  INT: plain('number', Math.floor),
  TRUNC: plain('number, whole?', (value, places = 0) => roundTo(value, places, Math.floor)),
  ROUND: plain('number, whole?', (value, places = 0) => roundTo(value, places, Math.round)),
  ROUNDUP: plain('number, whole?', (value, places = 0) => roundTo(value, places, Math.ceil)),
  ROUNDDOWN: plain('number, whole?', (value, places = 0) => roundTo(value, places, Math.floor)),
  MROUND: plain('number, number', (value, factor) => {
    if (value * factor < 0) throw refusal('NUM', 'Parameters of {name} must have same signs.');
    return Math.sign(value) * stepped(Math.abs(value), Math.abs(factor), Math.round);
  }),
  CEILING: plain('number, number?', (value, factor = 1) => {
    sameSign(value, factor);
    return stepped(value, factor, Math.ceil);
  }),
  FLOOR: plain('number, number?', (value, factor = 1) => {
    sameSign(value, factor);
    if (factor === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 2 cannot be zero.');
    return stepped(value, factor, Math.floor);
  }),
  'CEILING.MATH': plain('number, number?, number?', ceilingMath),
  'FLOOR.MATH': plain('number, number?, number?', floorMath),
  'CEILING.PRECISE': plain('number, number?', (value, factor) => ceilingMath(value, factor)),
  'ISO.CEILING': plain('number, number?', (value, factor) => ceilingMath(value, factor)),
  'FLOOR.PRECISE': plain('number, number?', (value, factor) => floorMath(value, factor)),
  EVEN: plain('number', evenUp),
  ODD: plain('number', oddUp),
  ISEVEN: plain('whole', (value) => value % 2 === 0),
  ISODD: plain('whole', (value) => value % 2 !== 0),
  MOD: plain('number, number', modulo),
  QUOTIENT: plain('number, number', (value, by) => {
    if (by === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 2 cannot be zero.');
    return Math.trunc(value / by);
  }),
  POWER: plain('number, number', power),
  POW: plain('number, number', power),
  SQRT: plain('number>=0', Math.sqrt),
  SQRTPI: plain('number>=0', (value) => Math.sqrt(value * Math.PI)),
  EXP: plain('number', Math.exp),
  LN: plain('number>0', Math.log),
  LOG10: plain('number>0', Math.log10),
  LOG: plain('number>0, number>0?', (value, base = 10) => {
    if (base === 1) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 2 cannot be 1.');
    return base === 10 ? Math.log10(value) : base === 2 ? Math.log2(value) : Math.log(value) / Math.log(base);
  }),
  PI: plain('', () => Math.PI),
  FACT: plain('whole>=0', factorial),
  FACTDOUBLE: plain('whole>=0', (n) => {
    let product = 1;
    for (let i = n; i > 1 && product !== Number.POSITIVE_INFINITY; i -= 2) product *= i;
    return product;
  }),
  COMBIN: plain('whole>=0, whole>=0', chosen),
  COMBINA: plain('whole>=0, whole>=0', (n, k) => (n === 0 && k === 0 ? 1 : choose(n + k - 1, k))),
  MULTINOMIAL: ofNumbers((numbers) => {
    let sum = 0;
    return wholes(numbers).reduce((product, one) => {
      sum += one;
      return product * choose(sum, one);
    }, 1);
  }),
  GCD: ofNumbers((numbers) => wholes(numbers).reduce(gcd, 0)),
  LCM: ofNumbers((numbers) =>
    wholes(numbers).reduce((a, b) => (a === 0 || b === 0 ? 0 : (a / gcd(a, b)) * b), 1),
  ),
  BASE: plain('whole>=0, whole[2:36], whole[0:255]?', (value, base, least = 0) =>
    value.toString(base).toUpperCase().padStart(least, '0'),
  ),
  DECIMAL: plain('text, whole[2:36]', decimal),
  MUNIT: plain('whole>=1', (size) =>
    sequence(size, size, 0, 1).map((row, i) => row.map((_, j) => Number(i === j))),
  ),
  SEQUENCE: plain('whole>=1, whole>=1?, number?, number?', (rows, columns = 1, start = 1, step = 1) =>
    sequence(rows, columns, start, step),
  ),
  SERIESSUM: plain('number, number, number, range', (x, from, step, factors) =>
    total(numbersOf([factors], 'SERIESSUM').map((factor, i) => factor * x ** (from + i * step))),
  ),
  SUMPRODUCT: plain('range, range...', (...arrays) => sumProduct(arrays), { arrays: true }),
  SUMX2MY2: plain('range, range', (x, y) => total(pairs(x, y).map(([a, b]) => a * a - b * b)), {
    arrays: true,
  }),
  SUMX2PY2: plain('range, range', (x, y) => total(pairs(x, y).map(([a, b]) => a * a + b * b)), {
    arrays: true,
  }),
  SUMXMY2: plain('range, range', (x, y) => total(pairs(x, y).map(([a, b]) => (a - b) ** 2)), {
    arrays: true,
  }),
  GAMMALN: plain('number>0', (value) => special().gammaln(value)),
  'GAMMALN.PRECISE': plain('number>0', (value) => special().gammaln(value)),
};
