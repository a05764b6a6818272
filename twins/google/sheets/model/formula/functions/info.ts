/** What a value is. https://support.google.com/docs/table/25273 (Info) */

import type { Source } from '../query/table.ts';
import { type Cell, CellError, typedNumber, type Value } from '../value.ts';
import { type Definition, type Family, plain, refusal, within } from './definition.ts';

/** One cell of the argument, errors as values. */
const cellOf = (value: Value): Cell => (Array.isArray(value) ? (value[0]?.[0] ?? null) : value);

/** A question about one value; an array context asks it of each. */
const asks = (answer: (cell: Cell) => boolean): Definition =>
  plain('value', (value) => answer(cellOf(value)), { single: () => true, errors: true });

/** `ERROR.TYPE` by the error's name. https://support.google.com/docs/answer/3238305 */
const ERROR_NUMBERS: Readonly<Record<string, number>> = {
  NULL_VALUE: 1,
  DIVIDE_BY_ZERO: 2,
  VALUE: 3,
  REF: 4,
  NAME: 5,
  NUM: 6,
  N_A: 7,
  ERROR: 8,
};

function errorNumber(cell: Cell): number {
  if (!(cell instanceof CellError))
    throw refusal('N_A', 'Function {name} parameter 1 value is not an error.');
  return ERROR_NUMBERS[cell.value.type] ?? 8;
}

/** `TYPE`: 1 number, 2 text, 4 boolean, 16 error, 64 array. */
function typeNumber(value: Value): number {
  if (Array.isArray(value) && (value.length > 1 || (value[0]?.length ?? 0) > 1)) return 64;
  const cell = cellOf(value);
  if (cell instanceof CellError) return 16;
  return typeof cell === 'string' ? 2 : typeof cell === 'boolean' ? 4 : 1;
}

/** RFC 5321, 4.5.3.1.3: a path's 256 with its brackets. */
const ADDRESS_CHARS_MAX = 254;

/** Addresses that the wide world's mail takes. https://support.google.com/docs/answer/3256503 */
const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$/;

/** Sheets' documented forms of a web address: a scheme, or a bare domain. https://support.google.com/docs/answer/3256501 */
const URL_FORM =
  /^(?:(?:https?|ftp|gopher|mailto|news|telnet|aim):(?:\/\/)?[^\s]+|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?)$/i;

/** Questions about values. */
export const INFO: Family = {
  ISBLANK: asks((cell) => cell === null),
  ISNUMBER: asks((cell) => typeof cell === 'number'),
  ISTEXT: asks((cell) => typeof cell === 'string'),
  ISNONTEXT: asks((cell) => typeof cell !== 'string'),
  ISLOGICAL: asks((cell) => typeof cell === 'boolean'),
  ISERROR: asks((cell) => cell instanceof CellError),
  ISERR: asks((cell) => cell instanceof CellError && cell.value.type !== 'N_A'),
  ISNA: asks((cell) => cell instanceof CellError && cell.value.type === 'N_A'),
  ISEMAIL: plain(
    'any',
    (value) => typeof value === 'string' && value.length <= ADDRESS_CHARS_MAX && EMAIL.test(value),
  ),
  ISURL: plain('any', (value) => typeof value === 'string' && URL_FORM.test(value)),
  ISDATE: within(
    'any',
    ({ source }, value) =>
      typeof value === 'string' ? isDateText(value) : typeof value === 'number' && looksLikeDate(source?.(0)),
    { sources: true },
  ),
  'ERROR.TYPE': plain('value', (value) => errorNumber(cellOf(value)), { single: () => true, errors: true }),
  TYPE: plain('value', typeNumber, { errors: true }),
  N: plain('any', (value) => (typeof value === 'number' ? value : value === true ? 1 : 0)),
  NA: plain('', () => {
    throw refusal('N_A', 'The value is not available.');
  }),
};

/** A number is a date where its cell shows it as one. */
const looksLikeDate = (source: Source | undefined): boolean =>
  ['DATE', 'DATE_TIME', 'TIME'].includes(source?.format(0, 0)?.type ?? '');

/** A text that reads as a day. */
function isDateText(text: string): boolean {
  return (
    typedNumber(text) !== undefined &&
    /\D/.test(text.trim().replace(/[.,$%()+-]/g, '')) &&
    /\d[-/ ]|[a-z]/i.test(text)
  );
}
