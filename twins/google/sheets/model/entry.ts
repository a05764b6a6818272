/**
 * What a value becomes when it is written: `RAW` as it is, `USER_ENTERED` as if typed into the sheet.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
 */
import { badArgument } from '../../errors.ts';
import { CELL_CHARS_MAX } from '../../limits.ts';
import type { ExtendedValue, NumberFormat } from '../world.ts';
import { serialOf, timeOf } from './serial.ts';

/** A value to be kept, and the format that typing it gives the cell. `value` absent: the cell is emptied. */
export interface Entry {
  value?: ExtendedValue;
  format?: NumberFormat;
}

/** Throws 400 where a text is longer than a cell takes. */
export function entryOf(input: string | number | boolean, typed: boolean): Entry {
  if (typeof input === 'number') return { value: { numberValue: input } };
  if (typeof input === 'boolean') return { value: { boolValue: input } };
  if (input.length > CELL_CHARS_MAX)
    throw badArgument(
      `Your input contains more than the maximum of ${CELL_CHARS_MAX} characters in a single cell.`,
    );
  if (input === '') return {};
  return typed ? typedEntry(input) : { value: { stringValue: input } };
}

function typedEntry(text: string): Entry {
  if (text.startsWith('=') && text.length > 1) return { value: { formulaValue: text } };
  if (text.startsWith("'")) return text.length > 1 ? { value: { stringValue: text.slice(1) } } : {};
  if (/^(true|false)$/i.test(text)) return { value: { boolValue: text.toLowerCase() === 'true' } };
  return typedNumber(text.trim()) ?? typedDate(text.trim()) ?? { value: { stringValue: text } };
}

const NUMBER = /^([+-])?(\$)?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(?:[eE]([+-]?\d{1,3}))?(%)?$/;

function typedNumber(text: string): Entry | undefined {
  const inBrackets = /^\(([^()+-]+)\)$/.exec(text);
  const match = NUMBER.exec(inBrackets?.[1] ?? text);
  if (!match) return undefined;
  const [, sign, currency, whole, fraction, exponent, percent] = match;
  if (whole === undefined && fraction === undefined) return undefined;
  const size = Number(
    `${(whole ?? '0').replace(/,/g, '')}${fraction ?? ''}${exponent ? `e${exponent}` : ''}`,
  );
  const value = (sign === '-' || inBrackets ? -size : size) / (percent ? 100 : 1);
  const decimals = fraction ? '0.00' : '0';
  const format: NumberFormat | undefined = percent
    ? { type: 'PERCENT', pattern: `${decimals}%` }
    : currency
      ? { type: 'CURRENCY', pattern: `"$"#,##${decimals}` }
      : exponent
        ? { type: 'SCIENTIFIC', pattern: '0.00E+00' }
        : whole?.includes(',')
          ? { type: 'NUMBER', pattern: `#,##${decimals}` }
          : undefined;
  return { value: { numberValue: value }, ...(format ? { format } : {}) };
}

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap]m))?$/i;
const NAMED =
  /^(?:(\d{1,2})\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\s+(\d{1,2}))?,?\s+(\d{4})$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Dates, times, and a date with a time behind it, in the forms that en_US reads. */
function typedDate(text: string): Entry | undefined {
  const space = /^(\S+)\s+(\d.*)$/.exec(text);
  const alone = dateIn(text);
  if (alone)
    return { value: { numberValue: alone.serial }, format: { type: 'DATE', pattern: alone.pattern } };
  const time = timeIn(text);
  if (time) return { value: { numberValue: time.serial }, format: { type: 'TIME', pattern: time.pattern } };
  const date = space && dateIn(space[1] ?? '');
  const after = space && timeIn(space[2] ?? '');
  if (!date || !after) return undefined;
  return {
    value: { numberValue: date.serial + after.serial },
    format: { type: 'DATE_TIME', pattern: `${date.pattern} ${after.pattern}` },
  };
}

function dateIn(text: string): { serial: number; pattern: string } | undefined {
  const iso = ISO.exec(text);
  if (iso) {
    const serial = serialOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return serial === undefined ? undefined : { serial, pattern: 'yyyy-mm-dd' };
  }
  const us = US.exec(text);
  if (us) {
    const year = us[3]?.length === 2 ? 2000 + Number(us[3]) : Number(us[3]);
    const serial = serialOf(year, Number(us[1]), Number(us[2]));
    return serial === undefined
      ? undefined
      : { serial, pattern: us[3]?.length === 2 ? 'M/d/yy' : 'M/d/yyyy' };
  }
  const named = NAMED.exec(text);
  if (!named) return undefined;
  const [, before, name = '', after, year] = named;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const serial = serialOf(Number(year), month, Number(before ?? after ?? 1));
  return serial === undefined ? undefined : { serial, pattern: before ? 'd mmm yyyy' : 'mmm d, yyyy' };
}

function timeIn(text: string): { serial: number; pattern: string } | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [, h, m, s, half] = match;
  let hours = Number(h);
  if (half) {
    if (hours < 1 || hours > 12) return undefined;
    hours = (hours % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  if (Number(m) > 59 || Number(s ?? 0) > 59) return undefined;
  const pattern = `${half ? 'h' : 'H'}:mm${s ? ':ss' : ''}${half ? ' am/pm' : ''}`;
  return { serial: timeOf(hours, Number(m), Number(s ?? 0)), pattern };
}
