/** Dates and times. https://support.google.com/docs/table/25273 (Date) */
import { dateOf, serialOf } from '../../serial.ts';
import { CellError, flat, type Scalar, typedNumber, type Value } from '../value.ts';
import { days360, yearFraction } from './dayCount.ts';
import { type Family, plain, refusal } from './definition.ts';

const DATE = { format: { type: 'DATE' } } as const;
const SECONDS = 86_400;

/** 9999-12-31, the last day that Sheets knows. */
const LAST_DAY = 2_958_465;

/** The day of a serial number; times are rounded to their second first. Throws `NUM` beyond the calendar. */
export function day(serial: number): number {
  if (Math.abs(serial) >= LAST_DAY + 1) throw refusal('NUM', `{name} has no date for the number ${serial}.`);
  return Math.floor(Math.round(serial * SECONDS) / SECONDS);
}
const secondOfDay = (serial: number): number =>
  ((Math.round(serial * SECONDS) % SECONDS) + SECONDS) % SECONDS;

/** The serial number of a day whose month and day may lie beyond their bounds. Throws `NUM` beyond the calendar. */
export function calendarDay(year: number, month: number, date: number): number {
  const first =
    serialOf(year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1, 1) ?? Number.NaN;
  return first + date - 1;
}

function dateFrom(year: number, month: number, date: number): number {
  if (year < 0 || year > 9999)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${year}. Valid values are between 0 and 9999 inclusive.`,
    );
  return calendarDay(year < 1900 ? year + 1900 : year, month, date);
}

/** A day some months on; the last of the month where that has no such day. */
function monthsOn(serial: number, months: number): number {
  const at = dateOf(day(serial));
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + 1 + months];
  return Math.min(calendarDay(year, month, at.getUTCDate()), calendarDay(year, month + 1, 0));
}

const monthEnd = (serial: number, months: number): number => {
  const at = dateOf(day(serial));
  return calendarDay(at.getUTCFullYear(), at.getUTCMonth() + 2 + months, 0);
};

/** Whole years, months or days between two days, or what is left of them. */
function dateDif(from: number, to: number, unit: string): number {
  const [start, end] = [day(from), day(to)];
  if (start > end)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 (${start}) should be on or before Function {name} parameter 2 (${end}).`,
    );
  const [a, b] = [dateOf(start), dateOf(end)];
  const months =
    (b.getUTCFullYear() - a.getUTCFullYear()) * 12 +
    b.getUTCMonth() -
    a.getUTCMonth() -
    (b.getUTCDate() < a.getUTCDate() ? 1 : 0);
  switch (unit.toUpperCase()) {
    case 'Y':
      return Math.floor(months / 12);
    case 'M':
      return months;
    case 'D':
      return end - start;
    case 'YM':
      return months % 12;
    case 'YD':
      return end - monthsOn(start, Math.floor(months / 12) * 12);
    case 'MD':
      return end - calendarDay(a.getUTCFullYear(), a.getUTCMonth() + 1 + months, a.getUTCDate());
    default:
      throw refusal(
        'NUM',
        `Function {name} parameter 3 value is ${unit}. Valid values are "Y", "M", "D", "MD", "YM", "YD".`,
      );
  }
}

/** 0 Sunday … 6 Saturday. */
const weekday = (serial: number): number => (((day(serial) - 1) % 7) + 7) % 7;

/** The day that weeks begin on, by the number that `WEEKDAY` and `WEEKNUM` take. */
function weekStart(type: number, about: string): number {
  if (type === 1) return 0;
  if (type === 2 || type === 3) return 1;
  if (type >= 11 && type <= 17) return (type - 10) % 7;
  throw refusal('NUM', `Function ${about} value ${type} is out of range.`);
}

function weekdayNumber(serial: number, type = 1): number {
  const from = weekStart(type, '{name} parameter 2');
  return ((weekday(serial) - from + 7) % 7) + (type === 3 ? 0 : 1);
}

const isoWeek = (serial: number): number => {
  const thursday = day(serial) + 3 - ((weekday(serial) + 6) % 7);
  const year = dateOf(thursday).getUTCFullYear();
  return Math.floor((thursday - calendarDay(year, 1, 1)) / 7) + 1;
};

function weekNumber(serial: number, type = 1): number {
  if (type === 21) return isoWeek(serial);
  const from = weekStart(type, '{name} parameter 2');
  const first = calendarDay(dateOf(day(serial)).getUTCFullYear(), 1, 1);
  return Math.floor((day(serial) - first + ((weekday(first) - from + 7) % 7)) / 7) + 1;
}

/** Which days of the week (0 Sunday) are free: a number 1–7 or 11–17, or seven digits from Monday on. */
function weekend(given: Scalar): boolean[] {
  const free = (days: readonly number[]) => Array.from({ length: 7 }, (_, i) => days.includes(i));
  if (typeof given === 'string' && /^[01]{7}$/.test(given))
    return Array.from({ length: 7 }, (_, i) => given[(i + 6) % 7] === '1');
  if (typeof given === 'number') {
    const number = Math.trunc(given);
    if (number >= 1 && number <= 7) return free([(number + 5) % 7, (number + 6) % 7]);
    if (number >= 11 && number <= 17) return free([number - 11]);
  }
  throw refusal('NUM', `Function {name} parameter 3 value is ${given}. It is not a valid weekend.`);
}

const holidaysOf = (holidays: Value): ReadonlySet<number> =>
  new Set(
    flat([holidays]).flatMap((cell) => {
      const number = typeof cell === 'string' ? typedNumber(cell) : cell;
      return typeof number === 'number' ? [Math.floor(number)] : [];
    }),
  );

function workdays(
  start: number,
  end: number,
  free: readonly boolean[],
  holidays: ReadonlySet<number>,
): number {
  const [from, to] = [Math.min(day(start), day(end)), Math.max(day(start), day(end))];
  const weeks = Math.floor((to - from + 1) / 7);
  let count = weeks * free.filter((one) => !one).length;
  for (let at = from + weeks * 7; at <= to; at++) if (!free[weekday(at)]) count++;
  for (const holiday of holidays) if (holiday >= from && holiday <= to && !free[weekday(holiday)]) count--;
  return day(start) <= day(end) ? count : -count;
}

function workday(
  start: number,
  count: number,
  free: readonly boolean[],
  holidays: ReadonlySet<number>,
): number {
  if (!free.includes(false)) throw refusal('VALUE', 'Function {name} parameter 3 leaves no working day.');
  const step = Math.sign(count);
  // Far ways go by whole weeks first; the holidays on that way are walked back one by one.
  const perWeek = free.filter((one) => !one).length;
  const weeks = Math.max(Math.floor(Math.abs(count) / perWeek) - 1, 0);
  let at = day(start) + step * weeks * 7;
  let left = Math.abs(count) - weeks * perWeek;
  const [low, high] = [Math.min(day(start) + step, at), Math.max(day(start) + step, at)];
  if (weeks > 0) for (const one of holidays) if (one >= low && one <= high && !free[weekday(one)]) left++;
  while (left > 0) {
    at += step;
    if (!free[weekday(at)] && !holidays.has(at)) left--;
  }
  return at;
}

/** The day or time that a text names. Throws `VALUE`. */
function parsed(value: Scalar, part: (serial: number) => number): number {
  const number = typeof value === 'string' ? typedNumber(value) : value;
  if (typeof number !== 'number' || (typeof value === 'string' && /^[\d.,]+$/.test(value.trim())))
    throw refusal('VALUE', `{name} parameter '${value ?? ''}' cannot be parsed to date/time.`);
  return part(number);
}

function fromEpoch(timestamp: number, unit = 1): number {
  const perDay = { 1: SECONDS, 2: SECONDS * 1_000, 3: SECONDS * 1_000_000 }[unit];
  if (perDay === undefined)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${unit}. Valid values are between 1 and 3 inclusive.`,
    );
  if (timestamp < 0)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${timestamp}. It should be greater than or equal to 0.`,
    );
  return timestamp / perDay + calendarDay(1970, 1, 1);
}

function timeFrom(hours: number, minutes: number, seconds: number): number {
  const total = hours * 3_600 + minutes * 60 + seconds;
  if (total < 0) throw new CellError('NUM', 'TIME results in a negative time.');
  return (total % SECONDS) / SECONDS;
}

/** Days are counted from 1899-12-30. */
export const DATES: Family = {
  DATE: plain('whole, whole, whole', dateFrom, DATE),
  TIME: plain('whole, whole, whole', timeFrom, { format: { type: 'TIME' } }),
  DATEVALUE: plain('any', (value) => parsed(value, Math.floor)),
  TIMEVALUE: plain('any', (value) => parsed(value, (serial) => serial - Math.floor(serial))),
  EPOCHTODATE: plain('number, whole?', fromEpoch, { format: { type: 'DATE_TIME' } }),
  YEAR: plain('number', (serial) => dateOf(day(serial)).getUTCFullYear()),
  MONTH: plain('number', (serial) => dateOf(day(serial)).getUTCMonth() + 1),
  DAY: plain('number', (serial) => dateOf(day(serial)).getUTCDate()),
  HOUR: plain('number', (serial) => Math.floor(secondOfDay(serial) / 3_600)),
  MINUTE: plain('number', (serial) => Math.floor(secondOfDay(serial) / 60) % 60),
  SECOND: plain('number', (serial) => secondOfDay(serial) % 60),
  DAYS: plain('number, number', (end, start) => day(end) - day(start)),
  DAYS360: plain('number, number, flag?', (start, end, european = false) =>
    days360(day(start), day(end), european),
  ),
  DATEDIF: plain('number, number, text', dateDif),
  YEARFRAC: plain('number, number, whole[0:4]?', (start, end, basis = 0) =>
    yearFraction(Math.min(day(start), day(end)), Math.max(day(start), day(end)), basis),
  ),
  EDATE: plain('number, whole', monthsOn, DATE),
  EOMONTH: plain('number, whole', monthEnd, DATE),
  WEEKDAY: plain('number, whole?', weekdayNumber),
  WEEKNUM: plain('number, whole?', weekNumber),
  ISOWEEKNUM: plain('number', isoWeek),
  NETWORKDAYS: plain('number, number, value?', (start, end, holidays = null) =>
    workdays(start, end, weekend(1), holidaysOf(holidays)),
  ),
  'NETWORKDAYS.INTL': plain('number, number, any?, value?', (start, end, free = 1, holidays = null) =>
    workdays(start, end, weekend(free ?? 1), holidaysOf(holidays)),
  ),
  WORKDAY: plain(
    'number, whole, value?',
    (start, count, holidays = null) => workday(start, count, weekend(1), holidaysOf(holidays)),
    DATE,
  ),
  'WORKDAY.INTL': plain(
    'number, whole, any?, value?',
    (start, count, free = 1, holidays = null) =>
      workday(start, count, weekend(free ?? 1), holidaysOf(holidays)),
    DATE,
  ),
};
