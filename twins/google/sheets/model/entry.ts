/**
 * What a value becomes when it is written: `RAW` as it is, `USER_ENTERED` as if typed into the sheet.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
 */
import { badArgument } from '../../errors.ts';
import { CELL_CHARS_MAX } from '../../limits.ts';
import type { ExtendedValue, NumberFormat } from '../world.ts';
import { typedDate } from './dateEntry.ts';
import { ERROR_TEXT } from './formula/value.ts';
import { conventionsOf, EN_US, type Setting } from './locale.ts';

/** A value to be kept, and the format that typing it gives the cell. `value` absent: the cell is emptied. */
export interface Entry {
  value?: ExtendedValue;
  format?: NumberFormat;
}

/** `setting` says in which locale it is typed. Throws 400 where a text is longer than a cell takes. */
export function entryOf(input: string | number | boolean, typed: boolean, setting: Setting = EN_US): Entry {
  if (typeof input === 'number') return { value: { numberValue: input } };
  if (typeof input === 'boolean') return { value: { boolValue: input } };
  if (input.length > CELL_CHARS_MAX)
    throw badArgument(
      `Your input contains more than the maximum of ${CELL_CHARS_MAX} characters in a single cell.`,
    );
  if (input === '') return {};
  return typed ? typedEntry(input, setting) : { value: { stringValue: input } };
}

function typedEntry(text: string, setting: Setting): Entry {
  if (text.startsWith('=') && text.length > 1) return { value: { formulaValue: text } };
  if (text.startsWith("'")) return text.length > 1 ? { value: { stringValue: text.slice(1) } } : {};
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) return { value: { boolValue: trimmed.toLowerCase() === 'true' } };
  const error = trimmed.startsWith('#') && Object.entries(ERROR_TEXT).find(([, shown]) => shown === trimmed);
  if (error) return { value: { errorValue: { type: error[0], message: '' } } };
  const found = typedNumber(trimmed, setting.locale) ?? typedDate(trimmed, setting);
  if (found) return found;
  // A plus sign begins a formula; telephone numbers are its victims in the product too.
  if (/^\+./s.test(trimmed)) return { value: { formulaValue: `=${trimmed}` } };
  return { value: { stringValue: text } };
}

/** Signs of money that are understood in every locale. */
const SYMBOLS = '$€£¥₹₽₩₪₺₴₫฿₱₦';

/** `1,234.5`, `$5`, `5 €`, `5%`, `1e5`, `(5)`, by the locale's separators. */
function typedNumber(text: string, locale: string): Entry | undefined {
  const { decimal, group, symbol, currency } = conventionsOf(locale);
  const inBrackets = /^\(([^()+-]+)\)$/.exec(text);
  let rest = (inBrackets?.[1] ?? text).trim();
  const percent = rest.endsWith('%');
  if (percent) rest = rest.slice(0, -1).trimEnd();
  const signed = /^([+-])?\s*/.exec(rest);
  let negative = signed?.[1] === '-';
  rest = rest.slice(signed?.[0].length ?? 0);
  const money = moneyIn(rest, symbol);
  if (money) {
    rest = money.rest;
    if (rest.startsWith('-') && !signed?.[1]) {
      negative = true;
      rest = rest.slice(1);
    }
  }
  const digits = plainDigits(rest, decimal, group);
  if (!digits || (money && percent)) return undefined;
  const size = Number(digits.number) / (percent ? 100 : 1);
  if (!Number.isFinite(size)) return undefined;
  const numberValue = (negative || inBrackets) && size !== 0 ? -size : size;
  const places = digits.fraction ? '0.00' : '0';
  const format: NumberFormat | undefined = percent
    ? { type: 'PERCENT', pattern: `${places}%` }
    : money
      ? { type: 'CURRENCY', pattern: moneyPattern(money.symbol, symbol, currency, places) }
      : digits.exponent
        ? { type: 'SCIENTIFIC', pattern: '0.00E+00' }
        : digits.grouped
          ? { type: 'NUMBER', pattern: `#,##${places}` }
          : undefined;
  return { value: { numberValue }, ...(format ? { format } : {}) };
}

function moneyIn(text: string, own: string): { symbol: string; rest: string } | undefined {
  for (const symbol of [own, ...SYMBOLS]) {
    if (text.startsWith(symbol)) return { symbol, rest: text.slice(symbol.length).trimStart() };
    if (text.endsWith(symbol)) return { symbol, rest: text.slice(0, -symbol.length).trimEnd() };
  }
  return undefined;
}

/** The locale's own money as its default format has it, another with its sign named. */
function moneyPattern(symbol: string, own: string, currency: string, places: string): string {
  return symbol === own ? currency.replace('0.00', places) : `[$${symbol}]#,##${places}`;
}

interface Digits {
  /** As JavaScript reads it. */
  number: string;
  fraction: boolean;
  exponent: boolean;
  grouped: boolean;
}

const expressions = new Map<string, RegExp>();

/** Digits as a locale parts them: whole, fraction, exponent. */
function digitsIn(decimal: string, group: string): RegExp {
  const known = expressions.get(decimal + group);
  if (known) return known;
  const [point, comma] = [escaped(decimal), /\s/.test(group) ? '[\\s\\u00a0\\u202f]' : escaped(group)];
  const made = new RegExp(
    `^(\\d{1,3}(?:${comma}\\d{2,3})*${comma}\\d{3}|\\d+)?(?:${point}(\\d*))?(?:[eE]([+-]?\\d{1,3}))?$`,
  );
  expressions.set(decimal + group, made);
  return made;
}

function plainDigits(text: string, decimal: string, group: string): Digits | undefined {
  const match = digitsIn(decimal, group).exec(text);
  if (!match || (match[1] === undefined && !match[2])) return undefined;
  const [, whole = '0', fraction, exponent] = match;
  const plain = whole.replace(/\D/g, '');
  return {
    number: `${plain}${fraction ? `.${fraction}` : ''}${exponent ? `e${exponent}` : ''}`,
    fraction: Boolean(fraction),
    exponent: exponent !== undefined,
    grouped: plain.length < whole.length,
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
