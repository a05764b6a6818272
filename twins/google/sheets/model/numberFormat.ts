/**
 * Numbers as cells show them: Sheets' patterns for numbers, dates and times, in a spreadsheet's locale.
 * https://developers.google.com/workspace/sheets/api/guides/formats
 */
import { createRequire } from 'node:module';
import type { NumberFormat } from '../world.ts';
import { conventionsOf, EN_US } from './locale.ts';

const require = createRequire(import.meta.url);

/** Patterns that a format without one has wherever it is shown. */
const DEFAULT_PATTERNS: Readonly<Record<string, string>> = {
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  SCIENTIFIC: '0.00E+00',
};

const DATE_TYPES = new Set(['DATE', 'TIME', 'DATE_TIME']);

export const isDateFormat = (format: NumberFormat | undefined): boolean =>
  format !== undefined && DATE_TYPES.has(format.type);

/** The pattern by which a format shows: its own, or that of its type in the locale. Undefined for plain text. */
export function patternOf(format: NumberFormat, locale: string = EN_US.locale): string | undefined {
  if (format.pattern) return format.pattern;
  const { date, time, currency } = conventionsOf(locale);
  switch (format.type) {
    case 'DATE':
      return date;
    case 'TIME':
      return time;
    case 'DATE_TIME':
      return `${date} H:mm:ss`;
    case 'CURRENCY':
      return currency;
    default:
      return DEFAULT_PATTERNS[format.type];
  }
}

/** What a cell with that number and format shows. A pattern that cannot be read shows the plain number. */
export function showNumber(
  value: number,
  format: NumberFormat | undefined,
  locale: string = EN_US.locale,
): string {
  const pattern = format && patternOf(format, locale);
  if (!pattern || /^(general|@)$/i.test(pattern)) return plainNumber(value, locale);
  return patterned(value, pattern, locale) ?? plainNumber(value, locale);
}

/** What a cell with that text and format shows: the text, or what the pattern's section for texts makes of it. */
export function showText(
  text: string,
  format: NumberFormat | undefined,
  locale: string = EN_US.locale,
): string {
  const { pattern } = format ?? {};
  if (!pattern || pattern === '@' || !/@|;.*;.*;/.test(pattern)) return text;
  return patterned(text, pattern, locale) ?? text;
}

/** Digits that a number without a format shows: `=PI()` is 3.141592654. What is before the point is shown whole. */
const PLAIN_DIGITS = 10;

/** Without a format. Very large and very small ones by their power of ten. */
export function plainNumber(value: number, locale: string = EN_US.locale): string {
  const size = Math.abs(value);
  const text = size !== 0 && (size >= 1e15 || size < 1e-9) ? scientific(value, 5) : shortened(value);
  return locale === EN_US.locale ? text : text.replace('.', conventionsOf(locale).decimal);
}

function shortened(value: number): string {
  const before = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  const text = value.toFixed(Math.max(0, PLAIN_DIGITS - before));
  return (text.includes('.') ? text.replace(/\.?0+$/, '') : text).replace(/^-0$/, '0');
}

function patterned(value: number | string, pattern: string, locale: string): string | undefined {
  const { format } = require('numfmt') as typeof import('numfmt');
  const { tag } = conventionsOf(locale);
  const known = sheetsPattern(pattern);
  try {
    const rounded = typeof value === 'number' ? rounding(value, known) : value;
    return format(known, rounded, { locale: tag, leap1900: false });
  } catch {
    return undefined;
  }
}

/** Sheets knows `a/p` in small letters, and `MM` for months behind hours too, which the library does not. */
function sheetsPattern(pattern: string): string {
  return pattern.replace(/"[^"]*"|\\.|\[[^\]]*\]|a\/p/g, (part) => (part === 'a/p' ? 'A/P' : part));
}

/** Halves go up as they are written (1.005 → 1.01), not as they are held in binary. */
function rounding(value: number, pattern: string): number {
  const digits = decimalsOf(pattern);
  if (digits === undefined || !Number.isFinite(value) || Math.abs(value) >= 1e15) return value;
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const up = Math.sign(value) * Math.round(Math.abs(Number(`${mantissa}e${Number(exponent) + digits}`)));
  return Number(`${up}e-${digits}`);
}

const decimals = new Map<string, number | undefined>();
/** Patterns remembered at a time. */
const PATTERNS_MAX = 1_000;

/** Places behind the point of a plain pattern; undefined for dates, fractions, powers and scaled numbers. */
function decimalsOf(pattern: string): number | undefined {
  if (decimals.has(pattern)) return decimals.get(pattern);
  const plain = pattern.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  const isPlain = !/[eEyYdDhHsSmM/]|[0#?],+(?![0#?])/.test(plain);
  const places = plain.split(';').map((one) => (/\.([0#?]*)/.exec(one)?.[1] ?? '').length);
  const found = isPlain ? Math.max(...places) + (plain.includes('%') ? 2 : 0) : undefined;
  if (decimals.size >= PATTERNS_MAX) decimals.clear();
  decimals.set(pattern, found);
  return found;
}

function scientific(value: number, decimals: number): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(decimals).split('e');
  const short = mantissa.replace(/\.?0+$/, '');
  const power = Number(exponent);
  return `${short}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
