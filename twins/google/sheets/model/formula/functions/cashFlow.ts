/** Streams of money and how assets lose their worth. https://support.google.com/docs/table/25273 (Financial) */
import { flat, type Matrix, type Scalar, type Value } from '../value.ts';
import { yearFraction } from './dayCount.ts';
import { type Family, fewRounds, numbersOf, plain, refusal } from './definition.ts';
import { root } from './root.ts';

const netPresent = (rate: number, flows: readonly number[]): number =>
  flows.reduceRight((sum, flow) => (sum + flow) / (1 + rate), 0);

function bothSigns(flows: readonly number[]): readonly number[] {
  if (!flows.some((flow) => flow > 0) || !flows.some((flow) => flow < 0))
    throw refusal('NUM', 'In {name} evaluation, the value array must include positive and negative numbers.');
  return flows;
}

function found(rate: number | undefined): number {
  if (rate === undefined)
    throw refusal(
      'NUM',
      '{name} attempted to compute the internal rate of return for a series of cash flows, but it was not able to.',
    );
  return rate;
}

function internalRate(range: Matrix, guess = 0.1): number {
  const flows = bothSigns(numbersOf([range], 'IRR'));
  return found(root((rate) => netPresent(rate, flows) * (1 + rate), guess, -1));
}

function modifiedRate(range: Matrix, finance: number, reinvest: number): number {
  const flows = bothSigns(numbersOf([range], 'MIRR'));
  const last = flows.length - 1;
  const gained = flows.reduce((sum, flow, i) => sum + Math.max(flow, 0) * (1 + reinvest) ** (last - i), 0);
  const spent = flows.reduce((sum, flow, i) => sum - Math.min(flow, 0) / (1 + finance) ** i, 0);
  return (gained / spent) ** (1 / last) - 1;
}

/** Flows with the years from the first to each. */
function dated(values: Matrix, dates: Matrix): { flow: number; years: number }[] {
  const [flows, days] = [flat([values]), flat([dates])];
  if (flows.length !== days.length)
    throw refusal(
      'NUM',
      `Function {name} expects as many dates as values. There are ${days.length} dates and ${flows.length} values.`,
    );
  const [first] = days;
  return flows.map((flow, i) => {
    const day = days[i];
    if (typeof flow !== 'number' || typeof day !== 'number' || typeof first !== 'number')
      throw refusal('VALUE', 'Function {name} expects number values and dates.');
    if (Math.floor(day) < Math.floor(first))
      throw refusal('NUM', 'In {name} evaluation, no date may precede the first one.');
    return { flow, years: (Math.floor(day) - Math.floor(first)) / 365 };
  });
}

const datedPresent = (rate: number, flows: readonly { flow: number; years: number }[]): number =>
  flows.reduce((sum, { flow, years }) => sum + flow / (1 + rate) ** years, 0);

function datedRate(values: Matrix, dates: Matrix, guess = 0.1): number {
  const flows = dated(values, dates);
  bothSigns(flows.map(({ flow }) => flow));
  return found(root((rate) => datedPresent(rate, flows), guess, -1));
}

function positiveLife(period: number, life: number): void {
  if (period > life)
    throw refusal(
      'NUM',
      `Function {name} parameter 4 value is ${period}. It should be less than or equal to ${life}.`,
    );
}

/** Fixed-declining balance; the first year may be short by months. */
function declining(cost: number, salvage: number, life: number, period: number, months = 12): number {
  if (period > life + (months < 12 ? 1 : 0)) positiveLife(period, life);
  if (cost === 0) return 0;
  const rate = Math.round((1 - (salvage / cost) ** (1 / life)) * 1_000) / 1_000;
  let lost = 0;
  let amount = 0;
  fewRounds(period);
  for (let at = 1; at <= period; at++) {
    const part = at === 1 ? months / 12 : at === life + 1 ? (12 - months) / 12 : 1;
    amount = (at === 1 ? cost : cost - lost) * rate * part;
    lost += amount;
  }
  return amount;
}

/** Double-declining balance of a whole period, down to what the asset is still worth at the end. */
function doubleDeclining(cost: number, salvage: number, life: number, period: number, factor = 2): number {
  positiveLife(period, life);
  const rate = Math.min(factor / life, 1);
  const worth = (at: number) => Math.max(cost * (1 - rate) ** at, Math.min(salvage, cost));
  return Math.max(worth(period - 1) - worth(period), 0);
}

/** Declining balance from one moment to another; straight on from where that loses more, unless told not to. */
function variableDeclining(
  cost: number,
  salvage: number,
  life: number,
  start: number,
  end: number,
  factor = 2,
  keep = false,
): number {
  if (start > end || end > life)
    throw refusal(
      'NUM',
      `Function {name} parameter 5 value is ${end}. Valid values are between ${start} and ${life} inclusive.`,
    );
  let worth = cost;
  let sum = 0;
  fewRounds(end);
  for (let at = 0; at < Math.ceil(end); at++) {
    const fast = Math.min((worth * factor) / life, Math.max(worth - salvage, 0));
    const straight = Math.max(worth - salvage, 0) / (life - at);
    const amount = keep ? fast : Math.max(fast, Math.min(straight, worth - salvage));
    sum += amount * Math.max(Math.min(end, at + 1) - Math.max(start, at), 0);
    worth -= amount;
  }
  return sum;
}

/** French accounting: a first period by days, then equal ones until the salvage value. */
function linearFrench(
  cost: number,
  bought: number,
  firstEnd: number,
  salvage: number,
  period: number,
  rate: number,
  basis = 0,
): number {
  if (bought > firstEnd)
    throw refusal('NUM', 'Function {name} parameter 2 should be on or before parameter 3.');
  const whole = cost * rate;
  const first = whole * yearFraction(Math.floor(bought), Math.floor(firstEnd), basis);
  if (period === 0) return Math.min(first, cost - salvage);
  const before = first + whole * (Math.floor(period) - 1);
  return Math.max(Math.min(whole, cost - salvage - before), 0);
}

const values = (args: readonly Value[]): number[] => numbersOf(args, 'NPV');

/** Cash flows and depreciation. */
export const CASH_FLOW: Family = {
  NPV: plain('number, value, value...', (rate, ...flows) => netPresent(rate, values(flows))),
  XNPV: plain('number>0, range, range', (rate, flows, dates) => datedPresent(rate, dated(flows, dates))),
  IRR: plain('range, number?', internalRate),
  XIRR: plain('range, range, number?', datedRate),
  MIRR: plain('range, number, number', modifiedRate),
  FVSCHEDULE: plain('number, range', (principal, rates) =>
    flat([rates]).reduce<number>(
      (sum, rate: Scalar) => sum * (1 + (typeof rate === 'number' ? rate : 0)),
      principal,
    ),
  ),
  SLN: plain('number, number, number', (cost, salvage, life) => {
    if (life === 0) throw refusal('DIVIDE_BY_ZERO', 'Function {name} parameter 3 cannot be zero.');
    return (cost - salvage) / life;
  }),
  SYD: plain('number, number>=0, number>0, number>0', (cost, salvage, life, period) => {
    positiveLife(period, life);
    return ((cost - salvage) * (life - period + 1) * 2) / (life * (life + 1));
  }),
  DB: plain('number>=0, number>=0, whole>=1, whole>=1, whole[1:12]?', declining),
  DDB: plain('number>=0, number>=0, number>0, number>=1, number>0?', doubleDeclining),
  VDB: plain('number>=0, number>=0, number>0, number>=0, number>=0, number>0?, flag?', variableDeclining),
  AMORLINC: plain('number>0, number, number, number>=0, number>=0, number>0, whole[0:4]?', linearFrench),
};
