/** Functions of texts. https://support.google.com/docs/table/25273 (Text) */
import { conventionsOf } from '../../locale.ts';
import { showNumber } from '../../numberFormat.ts';
import { flat, type Matrix, type Scalar, textOf, typedNumber, type Value } from '../value.ts';
import { type Family, type FormulaContext, plain, refusal, within } from './definition.ts';
import { compiled } from './regex.ts';
import { arabic, roman } from './roman.ts';
import { bahtText } from './thai.ts';

/** Most characters of a text that a function makes (a cell holds no more). */
const TEXT_CHARS_MAX = 50_000;

const limited = (text: string): string => {
  if (text.length > TEXT_CHARS_MAX)
    throw refusal('VALUE', `Text result of {name} is longer than the limit of ${TEXT_CHARS_MAX} characters.`);
  return text;
};

/** Where a text stands in another, from a place counted from 1. Throws `VALUE` where it does not. */
function found(wanted: string, within: string, from: number, lower: (text: string) => string): number {
  if (from < 1)
    throw refusal(
      'NUM',
      `Function {name} parameter 3 value is ${from}. It should be greater than or equal to 1.`,
    );
  const at = lower(within).indexOf(lower(wanted), from - 1);
  if (at < 0 || from > within.length + 1)
    throw refusal('VALUE', `In {name} evaluation, cannot find '${wanted}' within '${within}'.`);
  return at + 1;
}

/** `SEARCH` reads `*` and `?` as wildcards, `~` before one as itself. */
function searched(wanted: string, within: string, from = 1): number {
  if (!/[*?~]/.test(wanted)) return found(wanted, within, from, (text) => text.toLowerCase());
  const source = wanted.replace(/~([*?~])|\*+|\?|[.+^${}()|[\]\\]/g, (all, plainOne?: string) =>
    plainOne ? `\\${plainOne}` : all.startsWith('*') ? '.*?' : all === '?' ? '.' : `\\${all}`,
  );
  const matcher = compiled(`(?is)${source}`).matcher(within.slice(from - 1));
  if (!matcher.find())
    throw refusal('VALUE', `In {name} evaluation, cannot find '${wanted}' within '${within}'.`);
  return matcher.start() + from;
}

function substitute(text: string, wanted: string, by: string, occurrence?: number): string {
  if (wanted === '') return text;
  if (occurrence === undefined) return limited(text.split(wanted).join(by));
  const parts = text.split(wanted);
  if (occurrence < 1 || occurrence >= parts.length) return text;
  return limited(parts.slice(0, occurrence).join(wanted) + by + parts.slice(occurrence).join(wanted));
}

/** Splits at each character of the delimiter, or at the whole of it; texts that read as numbers become numbers. */
function split(text: string, delimiter: string, each = true, dropEmpty = true): Matrix {
  if (delimiter === '') throw refusal('VALUE', 'Function {name} parameter 2 value should be non-empty.');
  if (text === '') throw refusal('VALUE', 'Function {name} parameter 1 value should be non-empty.');
  const plainly = (one: string) => one.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const pattern = each ? [...delimiter].map(plainly).join('|') : plainly(delimiter);
  const parts = text.split(new RegExp(pattern));
  const kept = dropEmpty ? parts.filter((part) => part !== '') : parts;
  return [kept.map((part): Scalar => (part === '' ? null : (typedNumber(part) ?? part)))];
}

const joined = (delimiter: string, cells: readonly Scalar[]): string =>
  limited(cells.map(textOf).join(delimiter));

function textJoin(delimiter: Value, ignoreEmpty: boolean, ...values: Value[]): string {
  const between = flat([delimiter]).map(textOf);
  const texts = flat(values).map(textOf);
  const kept = ignoreEmpty ? texts.filter((text) => text !== '') : texts;
  return limited(
    kept.map((text, i) => (i === 0 ? '' : (between[(i - 1) % between.length] ?? '')) + text).join(''),
  );
}

const proper = (text: string): string =>
  text
    .toLowerCase()
    .replace(
      /(^|[^\p{L}\p{M}])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    );

/** `TEXT(value, pattern)`: texts that read as numbers are shown like them. */
function formatted({ locale }: FormulaContext, value: Scalar, pattern: string): string {
  const number = typeof value === 'string' ? typedNumber(value) : value === null ? 0 : value;
  return typeof number === 'number' ? showNumber(number, { type: 'NUMBER', pattern }, locale) : textOf(value);
}

/** A number with that many decimals (negative: rounded before the point) in a pattern that has two. */
function decimals({ locale }: FormulaContext, value: number, places: number, pattern: string): string {
  const scale = 10 ** -places;
  const rounded = places < 0 ? Math.round(value / scale) * scale : value;
  const shown = pattern.replace('.00', places > 0 ? `.${'0'.repeat(places)}` : '');
  return showNumber(rounded, { type: 'NUMBER', pattern: shown }, locale);
}

function character(code: number): string {
  if (code < 1 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw refusal('NUM', `Function {name} parameter 1 value ${code} is out of range.`);
  return String.fromCodePoint(code);
}

function codeOf(text: string): number {
  const code = text.codePointAt(0);
  if (code === undefined) throw refusal('VALUE', 'Function {name} parameter 1 value should be non-empty.');
  return code;
}

/** The number that a text stands for. Throws `VALUE`. */
function numberIn(value: Scalar): number {
  if (typeof value === 'boolean')
    throw refusal('VALUE', `{name} parameter '${textOf(value)}' cannot be parsed to number.`);
  if (typeof value !== 'string') return value ?? 0;
  const number = typedNumber(value);
  if (number === undefined) throw refusal('VALUE', `{name} parameter '${value}' cannot be parsed to number.`);
  return number;
}

/** Full-width letters, digits, signs and katakana as half-width ones. */
const halfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[\u30a1-\u30fc\u3001\u3002\u300c\u300d]/g, (one) => KATAKANA.get(one) ?? one);

/** Half-width katakana by their full-width forms: each half-width letter, also with a voice mark behind it. */
const KATAKANA = new Map(
  Array.from({ length: 0xff9f - 0xff61 + 1 }, (_, i) => String.fromCharCode(0xff61 + i)).flatMap((half) =>
    [half, `${half}\uff9e`, `${half}\uff9f`].flatMap((text): [string, string][] => {
      const full = text.normalize('NFKC');
      return full.length === 1 ? [[full, text]] : [];
    }),
  ),
);

/** Bytes of a text where characters beyond Latin-1 take two. */
const bytesOf = (text: string): string[] =>
  [...text].flatMap((one) => ((one.codePointAt(0) ?? 0) > 255 ? [one, ''] : [one]));
const byteLength = (text: string): number => bytesOf(text).length;
const bytes = (text: string, from: number, count: number): string =>
  bytesOf(text)
    .slice(from, from + count)
    .join('');

const bytesBefore = (text: string, at: number): number => byteLength(text.slice(0, at - 1)) + 1;

/** Texts. */
export const TEXT: Family = {
  ARABIC: plain('text', arabic),
  ROMAN: plain('whole[1:3999], any?', (value, form = 0) =>
    roman(value, typeof form === 'boolean' ? (form ? 0 : 4) : Number(form ?? 0)),
  ),
  ASC: plain('text', halfWidth),
  BAHTTEXT: plain('number', bahtText),
  CHAR: plain('whole', character),
  UNICHAR: plain('whole', character),
  CODE: plain('text', codeOf),
  UNICODE: plain('text', codeOf),
  CLEAN: plain('text', (text) => text.replace(/\p{Cc}/gu, '')),
  CONCATENATE: plain('value, value...', (...values) => joined('', flat(values))),
  CONCAT: plain('text, text', (a, b) => limited(a + b)),
  JOIN: plain('text, value, value...', (delimiter, ...values) => {
    if (values.some((one) => Array.isArray(one) && one.length > 1 && (one[0]?.length ?? 0) > 1))
      throw refusal('N_A', '{name} range must be a single row or a single column.');
    return joined(delimiter, flat(values));
  }),
  TEXTJOIN: plain('value, flag, value, value...', textJoin),
  SPLIT: plain('text, text, flag?, flag?', split),
  DOLLAR: within('number, whole[-127:127]?', (context, value, places = 2) =>
    decimals(context, value, places, conventionsOf(context.locale).currency),
  ),
  FIXED: within('number, whole[-127:127]?, flag?', (context, value, places = 2, noCommas = false) =>
    decimals(context, value, places, noCommas ? '0.00' : '#,##0.00'),
  ),
  EXACT: plain('text, text', (a, b) => a === b),
  FIND: plain('text, text, whole?', (wanted, within, from = 1) =>
    found(wanted, within, from, (text) => text),
  ),
  FINDB: plain('text, text, whole?', (wanted, within, from = 1) =>
    bytesBefore(
      within,
      found(wanted, within, from, (t) => t),
    ),
  ),
  SEARCH: plain('text, text, whole?', searched),
  SEARCHB: plain('text, text, whole?', (wanted, within, from) =>
    bytesBefore(within, searched(wanted, within, from)),
  ),
  LEFT: plain('text, whole>=0?', (text, count = 1) => text.slice(0, count)),
  LEFTB: plain('text, whole>=0?', (text, count = 1) => bytes(text, 0, count)),
  RIGHT: plain('text, whole>=0?', (text, count = 1) => text.slice(Math.max(text.length - count, 0))),
  RIGHTB: plain('text, whole>=0?', (text, count = 1) =>
    bytes(text, Math.max(byteLength(text) - count, 0), count),
  ),
  MID: plain('text, whole>=1, whole>=0', (text, from, count) => text.slice(from - 1, from - 1 + count)),
  MIDB: plain('text, whole>=1, whole>=0', (text, from, count) => bytes(text, from - 1, count)),
  LEN: plain('text', (text) => text.length),
  LENB: plain('text', byteLength),
  LOWER: plain('text', (text) => text.toLowerCase()),
  UPPER: plain('text', (text) => text.toUpperCase()),
  PROPER: plain('text', proper),
  REPLACE: plain('text, whole>=1, whole>=0, text', (text, from, count, by) =>
    limited(text.slice(0, from - 1) + by + text.slice(from - 1 + count)),
  ),
  REPLACEB: plain('text, whole>=1, whole>=0, text', (text, from, count, by) =>
    limited(bytes(text, 0, from - 1) + by + bytes(text, from - 1 + count, byteLength(text))),
  ),
  REPT: plain('text, whole>=0', (text, count) => {
    if (text.length * count > TEXT_CHARS_MAX)
      throw refusal(
        'VALUE',
        `Text result of {name} is longer than the limit of ${TEXT_CHARS_MAX} characters.`,
      );
    return text.repeat(count);
  }),
  SUBSTITUTE: plain('text, text, text, whole?', substitute),
  T: plain('any', (value) => (typeof value === 'string' ? value : '')),
  TEXT: within('any, text', formatted),
  TRIM: plain('text', (text) => text.replace(/^ +| +$/g, '').replace(/ {2,}/g, ' ')),
  VALUE: plain('any', numberIn),
};
