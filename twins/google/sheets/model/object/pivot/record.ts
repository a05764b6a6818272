/** The rows of a pivot table's source. */
import type { NumberFormat } from '../../../world.ts';
import { CellError, ERROR_TEXT, type Matrix, type Scalar } from '../../formula/value.ts';
import { showNumber } from '../../numberFormat.ts';
import type { PivotContext } from './pivot.ts';

/** One row; `index` is its place below the header. */
export interface PivotRecord {
  index: number;
  values: readonly (Scalar | CellError)[];
}

/** All rows that hold anything. */
export const recordsOf = (body: Matrix): PivotRecord[] =>
  body.flatMap((values, index) => (values.some((value) => value !== null) ? [{ index, values }] : []));

/** The number format of a record's value. */
export const formatOf = (
  record: PivotRecord,
  column: number,
  context: PivotContext,
): NumberFormat | undefined => context.formatAt(record.index + 1, column);

/** A value as its cell shows it. */
export function shownValue(
  value: Scalar | CellError,
  format: NumberFormat | undefined,
  locale: string,
): string {
  if (value instanceof CellError) return ERROR_TEXT[value.value.type] ?? '#ERROR!';
  if (typeof value === 'number') return showNumber(value, format, locale);
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : (value ?? '');
}
