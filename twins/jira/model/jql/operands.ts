/** What operands mean: ids, numbers and moments. What means nothing is a problem of the query. */
import { parseWork, timeTrackingOf } from '../issues/timeTracking.ts';
import { zoned } from '../time.ts';
import type { Clause, Operand, Operator } from './ast.ts';
import { type Compilation, refuse } from './compilation.ts';
import { dateFunction, dateValue, isDateFunction } from './dates.ts';
import { operandText } from './encode.ts';
import type { Choice, JqlField, Size } from './field.ts';
import { functionIds, functionNamed } from './functions.ts';

/** The ids that an operand means, and whether `EMPTY` is among them. */
export interface Meant {
  ids: readonly string[];
  empty: boolean;
}

/**
 * Whether an operand fits its operator, whatever the field: lists for `in`, `EMPTY` for `is`. Notes the problem where
 * it does not.
 */
export function usable(at: Compilation, { field: { name }, operator, operand }: Clause): boolean {
  if (operand.kind === 'function' && unknownFunction(at, operand)) return false;
  const problem = misuse(operator, operand);
  if (problem) refuse(at, `Operator '${operator}' does not support ${problem} for field '${name}'.`);
  return problem === undefined;
}

function misuse(operator: Operator, operand: Operand): string | undefined {
  if (operand.kind === 'empty')
    return ['<', '>', '<=', '>=', 'in', 'not in'].includes(operator)
      ? `the empty value representation '${operand.text.toUpperCase()}'`
      : undefined;
  if (operator.startsWith('is')) return 'searching for non-empty values';
  const list = operator.endsWith('in');
  if (list === isList(operand) || operator === 'changed') return undefined;
  const text = operand.kind === 'value' && !operand.number ? `"${operand.text}"` : operandText(operand);
  return `the ${list ? 'non-list' : 'list'} value '${text}'`;
}

/** Whether a field takes `EMPTY`, where it stands in an operand; a problem where it does not. */
export function takesEmpty(at: Compilation, field: JqlField, { field: { name }, operand }: Clause): boolean {
  if (field.empty || !holdsEmpty(operand)) return true;
  refuse(at, `The field '${name}' does not support searching for EMPTY values.`);
  return false;
}

const holdsEmpty = (operand: Operand): boolean =>
  operand.kind === 'empty' || (operand.kind === 'list' && operand.values.some(holdsEmpty));

function isList(operand: Operand): boolean {
  if (operand.kind !== 'function') return operand.kind === 'list';
  return functionNamed(operand.name)?.list ?? false;
}

/** Notes a function that is not there. */
function unknownFunction(at: Compilation, operand: Operand): boolean {
  if (operand.kind !== 'function' || functionNamed(operand.name) || isDateFunction(operand.name))
    return false;
  refuse(at, `Unable to find JQL function '${operandText(operand)}'.`);
  return true;
}

/** The ids that an operand means for a field that `name` calls. */
export function meantBy(at: Compilation, field: Choice, name: string, operand: Operand): Meant {
  if (operand.kind === 'empty') return { ids: [], empty: true };
  if (operand.kind === 'list') {
    const parts = operand.values.map((value) => meantBy(at, field, name, value));
    return { ids: parts.flatMap((part) => part.ids), empty: parts.some((part) => part.empty) };
  }
  if (operand.kind === 'function') {
    if (unknownFunction(at, operand)) return { ids: [], empty: false };
    const known = functionNamed(operand.name);
    if (known?.type !== field.type) {
      refuse(at, `A value provided by the function '${operand.name}' is invalid for the field '${name}'.`);
      return { ids: [], empty: false };
    }
    return { ids: functionIds(at, operand, name), empty: false };
  }
  const ids = field.find(at, operand);
  if (ids.length === 0) refuse(at, field.missing(operand, name), field.lenient ? 'warning' : 'value');
  return { ids: ids.filter((id) => id !== ''), empty: ids.includes('') };
}

/** The numbers, seconds, days or milliseconds that an operand means. */
export function sizesOf(at: Compilation, field: Size, name: string, operand: Operand): number[] {
  if (operand.kind === 'list') return operand.values.flatMap((value) => sizesOf(at, field, name, value));
  if (operand.kind === 'empty') return [];
  if (field.unit === 'moment' || field.unit === 'day') {
    const ms = momentOf(at, name, operand, field.unit === 'day');
    return ms === undefined ? [] : [field.unit === 'day' ? dayOf(ms, at.zone) : ms];
  }
  if (operand.kind === 'function') {
    if (!unknownFunction(at, operand))
      refuse(at, `A value provided by the function '${operand.name}' is invalid for the field '${name}'.`);
    return [];
  }
  const number = NUMBERS[field.unit](operand.text, at);
  if (number !== undefined) return [number];
  refuse(at, wrongNumber(field.unit, name, operand.text));
  return [];
}

const dayOf = (ms: number, zone: string): number => Date.parse(zoned(ms, zone).slice(0, 10));

const whole = (text: string): number | undefined =>
  /^[+-]?\d+$/.test(text.trim()) ? Number(text) : undefined;

type Numeric = Exclude<Size['unit'], 'moment' | 'day'>;

const NUMBERS: Readonly<Record<Numeric, (text: string, at: Compilation) => number | undefined>> = {
  number: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  integer: whole,
  count: (text) => (/^\d+$/.test(text.trim()) ? Number(text) : undefined),
  work: (text, at) => parseWork(text, timeTrackingOf(at.world)),
};

function wrongNumber(unit: Numeric, name: string, text: string): string {
  const counted = name.charAt(0).toUpperCase() + name.slice(1);
  switch (unit) {
    case 'number':
      return `Value '${text}' for the '${name}' field is not a valid number.`;
    case 'integer':
      return `The value '${text}' for field '${name}' is invalid - please specify an integer.`;
    case 'count':
      return `Value '${text}' is invalid for the '${name}' field. ${counted} must be a positive whole number.`;
    case 'work':
      return `The value '${text}' for field '${name}' is invalid. Please specify a positive duration format; for example: '1h 30m', '2d'.`;
  }
}

/** The moment that an operand means; a problem where it is none. */
export function momentOf(at: Compilation, name: string, operand: Operand, days = false): number | undefined {
  if (operand.kind === 'value') {
    const ms = dateValue(operand, at);
    if (ms === undefined) refuse(at, wrongDate(operand.text, `field '${name}'`, days));
    return ms;
  }
  if (operand.kind !== 'function' || unknownFunction(at, operand)) return undefined;
  if (isDateFunction(operand.name)) return dateFunction(at, operand);
  refuse(at, `A value provided by the function '${operand.name}' is invalid for the field '${name}'.`);
  return undefined;
}

/** What is said of a date that is none. */
export const wrongDate = (text: string, where: string, days: boolean): string =>
  `Date value '${text}' for ${where} is invalid. Valid formats include: ${
    days ? "'YYYY/MM/DD', 'YYYY-MM-DD'" : "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd'"
  }, or a period format e.g. '-5d', '4w 2d'.`;
