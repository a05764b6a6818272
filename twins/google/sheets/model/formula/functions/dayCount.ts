/** How securities count days: the five conventions of `YEARFRAC` and of bonds. https://support.google.com/docs/answer/3092989 */
import { dateOf } from '../../serial.ts';

/** 0 US 30/360, 1 actual/actual, 2 actual/360, 3 actual/365, 4 European 30/360. */
type Basis = number;

interface Day {
  year: number;
  month: number;
  date: number;
}

const dayOf = (serial: number): Day => {
  const at = dateOf(serial);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
};

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const isLastOfFebruary = ({ year, month, date }: Day): boolean =>
  month === 2 && date === (isLeap(year) ? 29 : 28);

const thirties = (from: Day, to: Day): number =>
  (to.year - from.year) * 360 + (to.month - from.month) * 30 + (to.date - from.date);

/** Days between by months of thirty, as `DAYS360` counts them. */
export function days360(start: number, end: number, european: boolean): number {
  const [from, to] = [dayOf(start), dayOf(end)];
  if (european)
    return thirties({ ...from, date: Math.min(from.date, 30) }, { ...to, date: Math.min(to.date, 30) });
  const late = from.date === 31 || isLastOfFebruary(from) ? 30 : from.date;
  return thirties({ ...from, date: late }, to.date === 31 && late >= 30 ? { ...to, date: 30 } : to);
}

/** Days between by the US rule of securities, where two last days of February are both a thirtieth. */
function daysUs(start: number, end: number): number {
  const [from, to] = [dayOf(start), dayOf(end)];
  let [first, last] = [from.date, to.date];
  if (isLastOfFebruary(from) && isLastOfFebruary(to)) last = 30;
  if (isLastOfFebruary(from)) first = 30;
  if (last === 31 && first >= 30) last = 30;
  if (first === 31) first = 30;
  return thirties({ ...from, date: first }, { ...to, date: last });
}

/** Days from one day to a later one, by a convention. */
export function daysBetween(start: number, end: number, basis: Basis): number {
  return basis === 0 ? daysUs(start, end) : basis === 4 ? days360(start, end, true) : end - start;
}

/** How many days a convention gives a year, for a span that starts and ends as given. */
function daysOfYear(start: number, end: number, basis: Basis): number {
  if (basis === 1) return averageYear(start, end);
  return basis === 3 ? 365 : 360;
}

/** The part of years between two days, the earlier first. */
export function yearFraction(start: number, end: number, basis: Basis): number {
  return daysBetween(start, end, basis) / daysOfYear(start, end, basis);
}

/** Actual days of a year: that one's (366 with a 29 February inside), over more the average of all touched. */
function averageYear(start: number, end: number): number {
  const [from, to] = [dayOf(start), dayOf(end)];
  const withinOne =
    to.year === from.year ||
    (to.year === from.year + 1 &&
      (to.month < from.month || (to.month === from.month && to.date <= from.date)));
  if (withinOne) {
    if (from.year === to.year) return isLeap(from.year) ? 366 : 365;
    const february =
      (isLeap(from.year) && from.month <= 2) ||
      (isLeap(to.year) && (to.month > 2 || (to.month === 2 && to.date === 29)));
    return february ? 366 : 365;
  }
  let days = 0;
  for (let year = from.year; year <= to.year; year++) days += isLeap(year) ? 366 : 365;
  return days / (to.year - from.year + 1);
}
