/** Regular payments and rates. https://support.google.com/docs/table/25273 (Financial) */
import { type Family, fewRounds, plain, refusal } from './definition.ts';
import { root } from './root.ts';

/** How a payment of one a period grows: with `due` each comes at the period's beginning. */
const growth = (rate: number, periods: number, due: boolean): number =>
  rate === 0 ? periods : ((1 + (due ? rate : 0)) * Math.expm1(periods * Math.log1p(rate))) / rate;

/** What stands after all periods; money paid out is negative. */
const futureValue = (rate: number, periods: number, payment: number, present: number, due: boolean): number =>
  -(present * (1 + rate) ** periods + payment * growth(rate, periods, due));

function payment(rate: number, periods: number, present: number, future = 0, due = false): number {
  if (periods === 0) throw refusal('NUM', 'Function {name} parameter 2 value is 0. It should not be 0.');
  return -(present * (1 + rate) ** periods + future) / growth(rate, periods, due);
}

/** The part of a period's payment that is interest. */
function interest(
  rate: number,
  period: number,
  periods: number,
  present: number,
  future: number,
  due: boolean,
): number {
  if (period < 1 || period > periods)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${period}. Valid values are between 1 and ${periods} inclusive.`,
    );
  if (due && period === 1) return 0;
  const each = payment(rate, periods, present, future, due);
  const left = futureValue(rate, period - 1, each, present, due);
  return due ? (left * rate) / (1 + rate) : left * rate;
}

function cumulated(
  part: 'interest' | 'principal',
  [rate, periods, present, first, last]: readonly [number, number, number, number, number],
  due: boolean,
): number {
  if (last < first || last > periods)
    throw refusal(
      'NUM',
      `Function {name} parameter 5 value is ${last}. Valid values are between ${first} and ${periods} inclusive.`,
    );
  const each = payment(rate, periods, present, 0, due);
  let sum = 0;
  fewRounds(last - first);
  for (let period = first; period <= last; period++) {
    const share = interest(rate, period, periods, present, 0, due);
    sum += part === 'interest' ? share : each - share;
  }
  return sum;
}

function periodsFor(rate: number, each: number, present: number, future: number, due: boolean): number {
  if (rate === 0) {
    if (each === 0) throw refusal('NUM', 'Function {name} parameter 2 value is 0. It should not be 0.');
    return -(present + future) / each;
  }
  const per = (each * (1 + (due ? rate : 0))) / rate;
  const ratio = (per - future) / (per + present);
  if (!(ratio > 0)) throw refusal('NUM', 'Function {name} finds no number of periods for these parameters.');
  return Math.log(ratio) / Math.log1p(rate);
}

/** The rate at which payments settle the values. Throws `NUM` where there is none. */
function rateFor(
  periods: number,
  each: number,
  present: number,
  future: number,
  due: boolean,
  guess: number,
): number {
  const off = (rate: number) => futureValue(rate, periods, each, present, due) - future;
  const found = root(off, guess, -1);
  if (found === undefined)
    throw refusal(
      'NUM',
      '{name} attempted to compute the interest rate for an annuity investment, but could not.',
    );
  return found;
}

const CURRENCY = { format: { type: 'CURRENCY', pattern: '"$"#,##0.00' } } as const;

/** Annuities: loans and savings. */
export const ANNUITY: Family = {
  PMT: plain('number, number, number, number?, flag?', payment, CURRENCY),
  IPMT: plain(
    'number, number, number, number, number?, flag?',
    (rate, period, periods, present, future = 0, due = false) =>
      interest(rate, period, periods, present, future, due),
    CURRENCY,
  ),
  PPMT: plain(
    'number, number, number, number, number?, flag?',
    (rate, period, periods, present, future = 0, due = false) =>
      payment(rate, periods, present, future, due) - interest(rate, period, periods, present, future, due),
    CURRENCY,
  ),
  CUMIPMT: plain('number>0, whole>=1, number>0, whole>=1, whole>=1, flag', (...args) =>
    cumulated('interest', [args[0], args[1], args[2], args[3], args[4]], args[5]),
  ),
  CUMPRINC: plain('number>0, whole>=1, number>0, whole>=1, whole>=1, flag', (...args) =>
    cumulated('principal', [args[0], args[1], args[2], args[3], args[4]], args[5]),
  ),
  FV: plain(
    'number, number, number, number?, flag?',
    (rate, periods, each, present = 0, due = false) => futureValue(rate, periods, each, present, due),
    CURRENCY,
  ),
  PV: plain(
    'number, number, number, number?, flag?',
    (rate, periods, each, future = 0, due = false) =>
      -(future + each * growth(rate, periods, due)) / (1 + rate) ** periods,
    CURRENCY,
  ),
  NPER: plain('number, number, number, number?, flag?', (rate, each, present, future = 0, due = false) =>
    periodsFor(rate, each, present, future, due),
  ),
  RATE: plain(
    'number>0, number, number, number?, flag?, number?',
    (periods, each, present, future = 0, due = false, guess = 0.1) =>
      rateFor(periods, each, present, future, due, guess),
  ),
  ISPMT: plain(
    'number, number, number, number',
    (rate, period, periods, present) => (-present * rate * (periods - period)) / periods,
  ),
  EFFECT: plain('number>0, whole>=1', (nominal, periods) => (1 + nominal / periods) ** periods - 1),
  NOMINAL: plain(
    'number>0, whole>=1',
    (effective, periods) => periods * ((1 + effective) ** (1 / periods) - 1),
  ),
  PDURATION: plain(
    'number>0, number>0, number>0',
    (rate, present, future) => (Math.log(future) - Math.log(present)) / Math.log1p(rate),
  ),
  RRI: plain('number>0, number, number', (periods, present, future) => {
    if (present === 0) throw refusal('NUM', 'Function {name} parameter 2 value is 0. It should not be 0.');
    return (future / present) ** (1 / periods) - 1;
  }),
  DOLLARDE: plain('number, whole>=1', (price, parts) =>
    fraction(price, (rest) => (rest * wide(parts)) / parts),
  ),
  DOLLARFR: plain('number, whole>=1', (price, parts) =>
    fraction(price, (rest) => (rest * parts) / wide(parts)),
  ),
};

/** The power of ten that a fraction's numerator is written with. */
const wide = (parts: number): number => 10 ** Math.ceil(Math.log10(parts));
const fraction = (price: number, how: (rest: number) => number): number =>
  Math.trunc(price) + how(price - Math.trunc(price));
