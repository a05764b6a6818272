/** Dates and times as they are typed, in the orders that a locale reads. https://support.google.com/docs/answer/3092969 */
import type { ExtendedValue, NumberFormat } from '../world.ts';
import { conventionsOf, type Setting } from './locale.ts';
import { serialOf, timeOf } from './serial.ts';

interface Moment {
  serial: number;
  pattern: string;
}

/** Dates, times, durations, and a date with a time behind it; undefined for anything else. */
export function typedDate(
  text: string,
  setting: Setting,
): { value: ExtendedValue; format: NumberFormat } | undefined {
  if (text.length > CHARS_MAX || !/\d/.test(text)) return undefined;
  const entry = (type: string, { serial, pattern }: Moment) => ({
    value: { numberValue: serial },
    format: { type, pattern },
  });
  const date = dateIn(text, setting);
  if (date) return entry('DATE', date);
  const time = timeIn(text);
  if (time) return entry('TIME', time);
  const space = /^(.*?[^\s,]),?\s+(\d{1,2}(?::\S*)?(?:\s*[ap]m)?)$/i.exec(text);
  const before = space && dateIn(space[1] ?? '', setting);
  const after = space && timeIn(space[2] ?? '');
  if (!before || !after) return undefined;
  return entry('DATE_TIME', {
    serial: before.serial + after.serial,
    pattern: `${before.pattern} ${after.pattern}`,
  });
}

/** Nothing longer is a date. */
const CHARS_MAX = 60;

function dateIn(text: string, { locale, year }: Setting): Moment | undefined {
  return numericDate(text, locale, year) ?? namedDate(text, locale, year);
}

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const THREE = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const TWO = /^(\d{1,2})([-/.])(\d{1,2})$/;

function numericDate(text: string, locale: string, thisYear: number | undefined): Moment | undefined {
  const { order, date } = conventionsOf(locale);
  const iso = YEAR_FIRST.exec(text);
  if (iso) {
    const pattern = iso[2] === '-' ? 'yyyy-mm-dd' : order === 'ymd' ? date : `yyyy${iso[2]}m${iso[2]}d`;
    return moment(serialOf(Number(iso[1]), Number(iso[3]), Number(iso[4])), pattern);
  }
  // Points part dates only where the locale writes them so; elsewhere they are numbers or texts.
  if (text.includes('.') && !date.includes('.')) return undefined;
  const three = THREE.exec(text);
  if (three) return numeric(three, order, date);
  const two = TWO.exec(text);
  if (!two || thisYear === undefined || two[2] === '.') return undefined;
  const [, a, mark, b] = two;
  const [month, day] = order === 'dmy' ? [b, a] : [a, b];
  const short = order === 'dmy' ? `d${mark}M` : `M${mark}d`;
  return moment(serialOf(thisYear, Number(month), Number(day)), short);
}

function numeric(match: RegExpExecArray, order: string, date: string): Moment | undefined {
  const [, a, mark = '/', b, y = ''] = match;
  const [month, day] = order === 'dmy' ? [b, a] : [a, b];
  const own = date.includes(mark) && order !== 'ymd' ? date : order === 'dmy' ? 'd/M/yyyy' : 'M/d/yyyy';
  const pattern = own.replace(/[/.-]/g, mark).replace('yyyy', y.length === 2 ? 'yy' : 'yyyy');
  return moment(serialOf(wholeYear(y), Number(month), Number(day)), pattern);
}

/** Two digits mean the years from 1930 to 2029. */
const wholeYear = (digits: string): number => {
  const year = Number(digits);
  return digits.length > 2 ? year : year < 30 ? 2000 + year : 1900 + year;
};

/** `Jan 5, 2020`, `January 5`, `5 Jan 2020`, `5-Jan-20`, `Jan 2020`; a weekday before it is heard and dropped. */
function namedDate(text: string, locale: string, thisYear: number | undefined): Moment | undefined {
  const bare = text.replace(/^\p{L}{3,}\.?,\s+(?=\p{L}|\d)/u, '');
  const words =
    /^(?:(\d{1,2})[\s-]+)?(\p{L}{3,})\.?(?:[\s-]+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?[\s-]+(\d{4}|\d{2}))?$/u;
  const match = words.exec(bare);
  if (!match) return undefined;
  const [, before, name = '', after, y] = match;
  const month = monthNamed(name, locale);
  if (month === undefined || (before !== undefined && after !== undefined && y !== undefined))
    return undefined;
  const letters = name.length > 3 ? 'mmmm' : 'mmm';
  if (before !== undefined) {
    const year = y ?? after;
    const mark = bare.includes('-') ? '-' : ' ';
    const tail = year === undefined ? '' : `${mark}${year.length === 2 ? 'yy' : 'yyyy'}`;
    return dated(year, thisYear, month, Number(before), `d${mark}${letters}${tail}`);
  }
  if (after === undefined)
    return y?.length === 4 ? moment(serialOf(Number(y), month, 1), `${letters} yyyy`) : undefined;
  const tail = y === undefined ? '' : y.length === 2 ? ', yy' : ', yyyy';
  return dated(y, thisYear, month, Number(after), `${letters} d${tail}`);
}

function dated(
  year: string | undefined,
  thisYear: number | undefined,
  month: number,
  day: number,
  pattern: string,
): Moment | undefined {
  const whole = year === undefined ? thisYear : wholeYear(year);
  return whole === undefined ? undefined : moment(serialOf(whole, month, day), pattern);
}

const monthNames = new Map<string, string[]>();

/** 1 to 12 by the name, or its first three letters, in English or in the locale. */
function monthNamed(name: string, locale: string): number | undefined {
  const { tag } = conventionsOf(locale);
  const wanted = name.toLowerCase();
  for (const language of ['en-US', tag]) {
    let names = monthNames.get(language);
    if (!names) {
      const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
      names = Array.from({ length: 12 }, (_, i) => format.format(Date.UTC(2003, i, 1)).toLowerCase());
      monthNames.set(language, names);
    }
    const at = names.findIndex((one) => one === wanted || (wanted.length === 3 && one.startsWith(wanted)));
    if (at >= 0) return at + 1;
  }
  return wanted === 'sept' ? 9 : undefined;
}

const TIME = /^(\d{1,4}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?(?:\s*([ap])\.?m\.?)?$/i;
const HOUR = /^(\d{1,2})\s*([ap])\.?m\.?$/i;

/** More hours than a day has are a duration. */
function timeIn(text: string): Moment | undefined {
  const hour = HOUR.exec(text);
  const match = hour ? [text, hour[1], '00', undefined, undefined, hour[2]] : TIME.exec(text);
  if (!match) return undefined;
  const [, h, m, s, fraction, half] = match;
  let hours = Number(h);
  if (half) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  if (Number(m) > 59 || Number(s ?? 0) > 59) return undefined;
  const seconds = Number(s ?? 0) + Number(fraction ?? 0);
  const serial = timeOf(hours, Number(m), seconds);
  if (hours > 23) return { serial, pattern: '[h]:mm:ss' };
  const tail = s ? `:ss${fraction ? `.${'0'.repeat(fraction.length - 1)}` : ''}` : '';
  return { serial, pattern: `${half ? 'h' : 'H'}${hour ? '' : `:mm${tail}`}${half ? ' am/pm' : ''}` };
}

const moment = (serial: number | undefined, pattern: string): Moment | undefined =>
  serial === undefined ? undefined : { serial, pattern };
