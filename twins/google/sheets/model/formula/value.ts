/** What formulas compute with, and how one kind of value is taken for another. */
import type { ErrorValue } from '../../world.ts';
import { entryOf } from '../entry.ts';

/** An error travels through a formula until something catches it. */
export class CellError extends Error {
  readonly value: ErrorValue;

  constructor(type: string, message: string) {
    super(message);
    this.value = { type, message };
  }
}

/** A cell's content; `null` is an empty cell. */
export type Scalar = number | string | boolean | null;
export type Cell = Scalar | CellError;
/** Rows of scalars or errors: what a range or an array gives. */
export type Matrix = Cell[][];
export type Value = Scalar | Matrix;

/** A value as rows: one by one of what is no array. */
export const matrixOf = (value: Value): Matrix => (Array.isArray(value) ? value : [[value]]);

/** What error cells show. */
export const ERROR_TEXT: Readonly<Record<string, string>> = {
  ERROR: '#ERROR!',
  NULL_VALUE: '#NULL!',
  DIVIDE_BY_ZERO: '#DIV/0!',
  VALUE: '#VALUE!',
  REF: '#REF!',
  NAME: '#NAME?',
  NUM: '#NUM!',
  N_A: '#N/A',
  LOADING: 'Loading...',
};

export const errorOfText = (text: string): CellError => {
  const type = Object.entries(ERROR_TEXT).find(([, shown]) => shown === text)?.[0] ?? 'ERROR';
  return new CellError(type, text);
};

/** One value of it: the top left of a range. Throws CellError. */
export function scalarOf(value: Value): Scalar {
  if (!Array.isArray(value)) return value;
  const first = value[0]?.[0] ?? null;
  if (first instanceof CellError) throw first;
  return first;
}

/** Throws CellError `VALUE` for a text that is no number. */
export function numberOf(value: Value, about: string): number {
  const scalar = scalarOf(value);
  if (scalar === null) return 0;
  if (typeof scalar === 'number') return scalar;
  if (typeof scalar === 'boolean') return scalar ? 1 : 0;
  const number = typedNumber(scalar);
  if (number !== undefined) return number;
  throw new CellError(
    'VALUE',
    `${about} expects number values. But '${scalar}' is a text and cannot be coerced to a number.`,
  );
}

/** The number, date or time that a text would be if it were typed into a cell; undefined for other texts. */
export function typedNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return /^[-+$(.\d\p{L}]/u.test(trimmed) ? entryOf(trimmed, true).value?.numberValue : undefined;
}

export function textOf(value: Value): string {
  const scalar = scalarOf(value);
  if (scalar === null) return '';
  if (typeof scalar === 'boolean') return scalar ? 'TRUE' : 'FALSE';
  return typeof scalar === 'number' ? String(Number(scalar.toPrecision(15))) : scalar;
}

export function flagOf(value: Value): boolean {
  const scalar = scalarOf(value);
  if (typeof scalar === 'string') {
    if (/^(true|false)$/i.test(scalar)) return scalar.toLowerCase() === 'true';
    throw new CellError('VALUE', `'${scalar}' is a text and cannot be coerced to a boolean.`);
  }
  return Boolean(scalar);
}

/** Everything in the values, row by row. Throws the first error unless `keepErrors`. */
export function flat(values: readonly Value[]): Scalar[] {
  const out: Scalar[] = [];
  for (const value of values) {
    if (!Array.isArray(value)) out.push(value);
    else
      for (const row of value)
        for (const cell of row) {
          if (cell instanceof CellError) throw cell;
          out.push(cell);
        }
  }
  return out;
}

/** -1, 0, 1; numbers before texts before booleans, texts without regard to case. */
export function compare(a: Scalar, b: Scalar): number {
  if (a === null && b === null) return 0;
  const left = a ?? (typeof b === 'string' ? '' : typeof b === 'boolean' ? false : 0);
  const right = b ?? (typeof left === 'string' ? '' : typeof left === 'boolean' ? false : 0);
  const rank = (v: Scalar) => (typeof v === 'number' ? 0 : typeof v === 'string' ? 1 : 2);
  if (rank(left) !== rank(right)) return rank(left) < rank(right) ? -1 : 1;
  const x = typeof left === 'string' ? left.toLowerCase() : left;
  const y = typeof right === 'string' ? right.toLowerCase() : right;
  return x === y ? 0 : (x as number) < (y as number) ? -1 : 1;
}
