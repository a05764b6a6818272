/**
 * Numbers as cells show them: Sheets' patterns for numbers, dates and times.
 * https://developers.google.com/workspace/sheets/api/guides/formats
 */
import type { NumberFormat } from '../world.ts';
import { dateOf } from './serial.ts';

/** Patterns that a format without one has in en_US. */
const DEFAULT_PATTERNS: Readonly<Record<string, string>> = {
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '$#,##0.00',
  DATE: 'M/d/yyyy',
  TIME: 'h:mm:ss am/pm',
  DATE_TIME: 'M/d/yyyy H:mm:ss',
  SCIENTIFIC: '0.00E+00',
};

const DATE_TYPES = new Set(['DATE', 'TIME', 'DATE_TIME']);

export const isDateFormat = (format: NumberFormat | undefined): boolean =>
  format !== undefined && DATE_TYPES.has(format.type);

/** The pattern of a format: its own, or its type's; undefined for plain numbers. */
export const patternOf = (format: NumberFormat): string | undefined =>
  format.pattern ?? DEFAULT_PATTERNS[format.type];

/** What a cell with that number and format shows. */
export function showNumber(value: number, format: NumberFormat | undefined): string {
  if (!format || format.type === 'TEXT') return plainNumber(value);
  const pattern = patternOf(format);
  if (!pattern) return plainNumber(value);
  return isDateFormat(format) || /[yd]/i.test(pattern.replace(/"[^"]*"|\[[^\]]*\]/g, ''))
    ? showDate(value, pattern)
    : showPattern(value, pattern);
}

/** Without a format: at most 15 digits, at most 10 of them behind the point. */
export function plainNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-9)) return scientific(value, 5);
  const digits = Number(value.toPrecision(15));
  return String(Number(digits.toFixed(10)));
}

function scientific(value: number, decimals: number): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(decimals).split('e');
  const short = mantissa.replace(/\.?0+$/, '');
  const power = Number(exponent);
  return `${short}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** `#,##0.00`, `0%`, `$0.0;($0.0)`, `0.00E+00`, with literal text around. */
function showPattern(value: number, pattern: string): string {
  const sections = pattern.split(';');
  const negative = value < 0 && sections.length > 1;
  const section =
    (negative ? sections[1] : value === 0 && sections.length > 2 ? sections[2] : sections[0]) ?? '';
  const digits = /[#0?][#0?,.]*(?:E[+-][0#]+)?/.exec(section);
  const literal = (text: string) =>
    text.replace(/"([^"]*)"|\\(.)|_.|\*./g, '$1$2').replace(/\[[^\]]*\]/g, '');
  if (!digits) return literal(section);
  const percent = section.includes('%');
  const number = showDigits(Math.abs(value) * (percent ? 100 : 1), digits[0]);
  const sign = value < 0 && !negative ? '-' : '';
  const before = section.slice(0, digits.index);
  const after = section.slice(digits.index + digits[0].length);
  return `${sign}${literal(before)}${number}${literal(after)}`;
}

function showDigits(value: number, digits: string): string {
  if (digits.includes('E')) {
    const decimals = (/\.([0#?]*)/.exec(digits)?.[1] ?? '').length;
    const [mantissa = '0', exponent = '0'] = value.toExponential(decimals).split('e');
    const power = Number(exponent);
    return `${mantissa}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const [whole = '', fraction = ''] = digits.split('.');
  const needed = (fraction.match(/0/g) ?? []).length;
  const allowed = fraction.replace(/[^0#?]/g, '').length;
  const [int = '0', dec = ''] = value.toFixed(Math.min(allowed, 20)).split('.');
  let decimals = dec;
  while (decimals.length > needed && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  const least = (whole.match(/0/g) ?? []).length;
  const padded = (least === 0 && int === '0' && decimals ? '' : int).padStart(least, '0');
  const grouped = whole.includes(',') ? padded.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : padded;
  return decimals ? `${grouped}.${decimals}` : grouped;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const DATE_PART = /"[^"]*"|\\.|y+|m+|d+|h+|s+(?:\.0+)?|am\/pm|a\/p|./gi;

/** `M/d/yyyy`, `yyyy-mm-dd`, `h:mm am/pm`: `m` beside hours or seconds means minutes. */
function showDate(serial: number, pattern: string): string {
  const date = dateOf(serial);
  const parts = pattern.match(DATE_PART) ?? [];
  const twelve = parts.some((part) => /^a(m\/pm|\/p)$/i.test(part));
  const meaningful = parts.map((part) => (/^[ymdhs]/i.test(part) ? part[0]?.toLowerCase() : undefined));
  return parts
    .map((part, i) => {
      const kind = meaningful[i];
      if (kind === 'm') return isMinutes(meaningful, i) ? two(date.getUTCMinutes(), part) : month(date, part);
      return kind === undefined ? literalPart(date, part) : datePart(date, part, kind, twelve);
    })
    .join('');
}

function isMinutes(kinds: readonly (string | undefined)[], at: number): boolean {
  const before = kinds.slice(0, at).findLast((kind) => kind !== undefined);
  const after = kinds.slice(at + 1).find((kind) => kind !== undefined);
  return before === 'h' || after === 's';
}

function datePart(date: Date, part: string, kind: string, twelve: boolean): string {
  if (kind === 'y')
    return part.length <= 2
      ? String(date.getUTCFullYear() % 100).padStart(2, '0')
      : String(date.getUTCFullYear());
  if (kind === 'd') {
    const name = DAYS[date.getUTCDay()] ?? '';
    return part.length >= 4 ? name : part.length === 3 ? name.slice(0, 3) : two(date.getUTCDate(), part);
  }
  if (kind === 'h') {
    const hours = date.getUTCHours();
    return two(twelve ? hours % 12 || 12 : hours, part);
  }
  const [whole = 's', fraction] = part.split('.');
  const ms = String(date.getUTCMilliseconds())
    .padStart(3, '0')
    .padEnd(fraction?.length ?? 0, '0');
  return two(date.getUTCSeconds(), whole) + (fraction ? `.${ms.slice(0, fraction.length)}` : '');
}

function month(date: Date, part: string): string {
  const name = MONTHS[date.getUTCMonth()] ?? '';
  if (part.length >= 4) return name;
  return part.length === 3 ? name.slice(0, 3) : two(date.getUTCMonth() + 1, part);
}

function literalPart(date: Date, part: string): string {
  if (/^am\/pm$/i.test(part)) return date.getUTCHours() < 12 ? 'AM' : 'PM';
  if (/^a\/p$/i.test(part)) return date.getUTCHours() < 12 ? 'A' : 'P';
  return part.replace(/^"(.*)"$/, '$1').replace(/^\\(.)$/, '$1');
}

const two = (n: number, part: string): string => (part.length >= 2 ? String(n).padStart(2, '0') : String(n));
