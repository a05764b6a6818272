/** Securities: coupons, prices, yields. https://support.google.com/docs/table/25273 (Financial) */

import { dateOf } from '../../serial.ts';
import { calendarDay, day } from './date.ts';
import { daysBetween, yearFraction } from './dayCount.ts';
import { type Family, plain, refusal } from './definition.ts';
import { root } from './root.ts';

/** A coupon bond at its settlement. */
interface Bond {
  settlement: number;
  maturity: number;
  frequency: number;
  basis: number;
  /** The coupons' days around the settlement, and how many are still to come. */
  previous: number;
  next: number;
  left: number;
}

/** The day some coupons before maturity; a maturity at a month's end makes all coupons fall there. */
function couponDay(maturity: number, frequency: number, back: number): number {
  const at = dateOf(maturity);
  const month = at.getUTCMonth() + 1 - (12 / frequency) * back;
  const last = calendarDay(at.getUTCFullYear(), month + 1, 0);
  const isEnd = dateOf(maturity + 1).getUTCDate() === 1;
  return isEnd ? last : Math.min(last, calendarDay(at.getUTCFullYear(), month, at.getUTCDate()));
}

function bondOf(settlement: number, maturity: number, frequency: number, basis = 0): Bond {
  if (![1, 2, 4].includes(frequency))
    throw refusal('NUM', `In {name} evaluation, the frequency ${frequency} is not one of 1, 2 and 4.`);
  const [from, to] = inOrder(settlement, maturity);
  const months =
    (dateOf(to).getUTCFullYear() - dateOf(from).getUTCFullYear()) * 12 +
    dateOf(to).getUTCMonth() -
    dateOf(from).getUTCMonth();
  let left = Math.max(Math.floor((months * frequency) / 12) - 1, 0);
  while (couponDay(to, frequency, left) > from) left++;
  return {
    settlement: from,
    maturity: to,
    frequency,
    basis,
    previous: couponDay(to, frequency, left),
    next: couponDay(to, frequency, left - 1),
    left,
  };
}

function inOrder(settlement: number, maturity: number): [number, number] {
  const [from, to] = [day(settlement), day(maturity)];
  if (from >= to)
    throw refusal('NUM', 'In {name} evaluation, the settlement date should be before the maturity date.');
  return [from, to];
}

/** Days of the coupon period: as the calendar has them, or as the convention gives a year. */
const periodDays = ({ basis, previous, next, frequency }: Bond): number =>
  basis === 1 ? next - previous : (basis === 3 ? 365 : 360) / frequency;
const daysBefore = ({ previous, settlement, basis }: Bond): number =>
  daysBetween(previous, settlement, basis);
const daysAfter = (bond: Bond): number =>
  bond.basis === 0 || bond.basis === 4 ? periodDays(bond) - daysBefore(bond) : bond.next - bond.settlement;

/** The clean price of 100 of face value. */
function price(bond: Bond, rate: number, yearly: number, redemption: number): number {
  const { frequency, left } = bond;
  const coupon = (100 * rate) / frequency;
  const [before, after] = [daysBefore(bond) / periodDays(bond), daysAfter(bond) / periodDays(bond)];
  if (left === 1) return (redemption + coupon) / (1 + (after * yearly) / frequency) - coupon * before;
  const by = 1 + yearly / frequency;
  let sum = redemption / by ** (left - 1 + after);
  for (let k = 0; k < left; k++) sum += coupon / by ** (k + after);
  return sum - coupon * before;
}

function yieldOf(bond: Bond, rate: number, paid: number, redemption: number): number {
  const { frequency, left } = bond;
  if (left === 1) {
    const coupon = (100 * rate) / frequency;
    const [before, after] = [daysBefore(bond) / periodDays(bond), daysAfter(bond) / periodDays(bond)];
    const cost = paid + coupon * before;
    return ((redemption + coupon - cost) / cost) * (frequency / after);
  }
  const found = root((yearly) => price(bond, rate, yearly, redemption) - paid, 0.1, -frequency);
  if (found === undefined) throw refusal('NUM', '{name} finds no yield for these parameters.');
  return found;
}

/** Macaulay's duration in years. */
function duration(bond: Bond, rate: number, yearly: number): number {
  const { frequency, left } = bond;
  const coupon = (100 * rate) / frequency;
  const after = daysAfter(bond) / periodDays(bond);
  const by = 1 + yearly / frequency;
  let [worth, weighted] = [0, 0];
  for (let k = 0; k < left; k++) {
    const flow = (coupon + (k === left - 1 ? 100 : 0)) / by ** (k + after);
    worth += flow;
    weighted += flow * (k + after);
  }
  return weighted / worth / frequency;
}

/** Interest since the issue, coupon period by coupon period. */
function accrued(
  issue: number,
  first: number,
  settlement: number,
  rate: number,
  redemption: number,
  frequency: number,
  basis = 0,
): number {
  if (![1, 2, 4].includes(frequency))
    throw refusal('NUM', `In {name} evaluation, the frequency ${frequency} is not one of 1, 2 and 4.`);
  const [from, to] = inOrder(issue, settlement);
  const paid = day(first);
  let part = 0;
  // Forwards from the first payment where the settlement lies beyond it.
  let back = -Math.max(Math.ceil(((to - paid) / 365) * frequency) + 1, 0);
  for (;;) {
    const [start, end] = [couponDay(paid, frequency, back + 1), couponDay(paid, frequency, back)];
    const [low, high] = [Math.max(start, from), Math.min(end, to)];
    const length = basis === 1 ? end - start : (basis === 3 ? 365 : 360) / frequency;
    if (high > low) part += daysBetween(low, high, basis) / length;
    if (start <= from) break;
    back++;
  }
  return ((redemption * rate) / frequency) * part;
}

const years = (settlement: number, maturity: number, basis: number): number => {
  const [from, to] = inOrder(settlement, maturity);
  return yearFraction(from, to, basis);
};

/** `PRICEMAT` and `YIELDMAT`: years from issue to settlement and to maturity, and from settlement to maturity. */
function sinceIssue(settlement: number, maturity: number, issue: number, basis: number) {
  return {
    before: day(issue) === day(settlement) ? 0 : years(issue, settlement, basis),
    whole: years(issue, maturity, basis),
    after: years(settlement, maturity, basis),
  };
}

/** Days of a treasury bill, which runs at most a year. */
function billDays(settlement: number, maturity: number): number {
  const [from, to] = inOrder(settlement, maturity);
  if (
    to >
    calendarDay(dateOf(from).getUTCFullYear() + 1, dateOf(from).getUTCMonth() + 1, dateOf(from).getUTCDate())
  )
    throw refusal(
      'NUM',
      'In {name} evaluation, the maturity date should be at most one year after the settlement date.',
    );
  return to - from;
}

/** The yield of a bond that is worth the bill's discount; beyond half a year interest is paid twice. */
function bondEquivalent(days: number, discount: number): number {
  if (days <= 182) return (365 * discount) / (360 - discount * days);
  const cost = (100 - (discount * 100 * days) / 360) / 100;
  const part = days / (days === 366 ? 366 : 365);
  return (-2 * part + 2 * Math.sqrt(part * part - (2 * part - 1) * (1 - 1 / cost))) / (2 * part - 1);
}

const BOND = 'number, number, whole, whole[0:4]?';

/** Bonds and bills. */
export const BONDS: Family = {
  COUPPCD: plain(BOND, (...args) => bondOf(...args).previous, { format: { type: 'DATE' } }),
  COUPNCD: plain(BOND, (...args) => bondOf(...args).next, { format: { type: 'DATE' } }),
  COUPNUM: plain(BOND, (...args) => bondOf(...args).left),
  COUPDAYS: plain(BOND, (...args) => periodDays(bondOf(...args))),
  COUPDAYBS: plain(BOND, (...args) => daysBefore(bondOf(...args))),
  COUPDAYSNC: plain(BOND, (...args) => daysAfter(bondOf(...args))),
  PRICE: plain(
    'number, number, number>=0, number>=0, number>0, whole, whole[0:4]?',
    (settlement, maturity, rate, yearly, redemption, frequency, basis) =>
      price(bondOf(settlement, maturity, frequency, basis), rate, yearly, redemption),
  ),
  YIELD: plain(
    'number, number, number>=0, number>0, number>0, whole, whole[0:4]?',
    (settlement, maturity, rate, paid, redemption, frequency, basis) =>
      yieldOf(bondOf(settlement, maturity, frequency, basis), rate, paid, redemption),
  ),
  DURATION: plain(
    'number, number, number>=0, number>=0, whole, whole[0:4]?',
    (settlement, maturity, rate, yearly, frequency, basis) =>
      duration(bondOf(settlement, maturity, frequency, basis), rate, yearly),
  ),
  MDURATION: plain(
    'number, number, number>=0, number>=0, whole, whole[0:4]?',
    (settlement, maturity, rate, yearly, frequency, basis) =>
      duration(bondOf(settlement, maturity, frequency, basis), rate, yearly) / (1 + yearly / frequency),
  ),
  ACCRINT: plain('number, number, number, number>0, number>0, whole, whole[0:4]?', accrued),
  ACCRINTM: plain(
    'number, number, number>0, number>0?, whole[0:4]?',
    (issue, maturity, rate, redemption = 1000, basis = 0) =>
      redemption * rate * years(issue, maturity, basis),
  ),
  DISC: plain(
    'number, number, number>0, number>0, whole[0:4]?',
    (settlement, maturity, paid, redemption, basis = 0) =>
      (1 - paid / redemption) / years(settlement, maturity, basis),
  ),
  INTRATE: plain(
    'number, number, number>0, number>0, whole[0:4]?',
    (settlement, maturity, paid, redemption, basis = 0) =>
      (redemption / paid - 1) / years(settlement, maturity, basis),
  ),
  RECEIVED: plain(
    'number, number, number>0, number>0, whole[0:4]?',
    (settlement, maturity, paid, discount, basis = 0) =>
      paid / (1 - discount * years(settlement, maturity, basis)),
  ),
  PRICEDISC: plain(
    'number, number, number>0, number>0, whole[0:4]?',
    (settlement, maturity, discount, redemption, basis = 0) =>
      redemption * (1 - discount * years(settlement, maturity, basis)),
  ),
  YIELDDISC: plain(
    'number, number, number>0, number>0, whole[0:4]?',
    (settlement, maturity, paid, redemption, basis = 0) =>
      (redemption / paid - 1) / years(settlement, maturity, basis),
  ),
  PRICEMAT: plain(
    'number, number, number, number>=0, number>=0, whole[0:4]?',
    (settlement, maturity, issue, rate, yearly, basis = 0) => {
      const { before, whole, after } = sinceIssue(settlement, maturity, issue, basis);
      return (100 + whole * rate * 100) / (1 + after * yearly) - before * rate * 100;
    },
  ),
  YIELDMAT: plain(
    'number, number, number, number>=0, number>0, whole[0:4]?',
    (settlement, maturity, issue, rate, paid, basis = 0) => {
      const { before, whole, after } = sinceIssue(settlement, maturity, issue, basis);
      return ((1 + whole * rate) / (paid / 100 + before * rate) - 1) / after;
    },
  ),
  TBILLPRICE: plain(
    'number, number, number>0',
    (settlement, maturity, discount) => 100 * (1 - (discount * billDays(settlement, maturity)) / 360),
  ),
  TBILLYIELD: plain(
    'number, number, number>0',
    (settlement, maturity, paid) => ((100 - paid) / paid) * (360 / billDays(settlement, maturity)),
  ),
  TBILLEQ: plain('number, number, number>0', (settlement, maturity, discount) =>
    bondEquivalent(billDays(settlement, maturity), discount),
  ),
};
