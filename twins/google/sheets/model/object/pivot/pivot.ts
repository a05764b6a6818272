/**
 * What a pivot table shows: its source grouped, summed up and laid out.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/pivot-tables,
 * https://support.google.com/docs/answer/1272900
 */
import type { PivotTable } from '../../../world/objects.ts';
import type { NumberFormat } from '../../../world.ts';
import type { CellError, Matrix, Scalar } from '../../formula/value.ts';
import type { Setting } from '../../locale.ts';
import { axisLines, limited } from './axis.ts';
import { visibleRecords } from './filter.ts';
import { laidOut } from './layout.ts';
import { recordsOf } from './record.ts';

/** A cell of the result. */
export interface PivotCell {
  value: Scalar | CellError;
  format?: NumberFormat;
}

/** What the computation may ask about. */
export interface PivotContext {
  setting: Setting;
  /** The number format of a cell of the source, counted from its corner. */
  formatAt(row: number, column: number): NumberFormat | undefined;
  /** What a formula gives, with names for columns of values. */
  evaluate(formula: string, names?: ReadonlyMap<string, Matrix>): Scalar | CellError;
  /** A function of the formulas' library over values. */
  call(name: string, values: Matrix): Scalar | CellError;
}

/** The result, row by row; `source` is the range with its header row. */
export function pivotCells(pivot: PivotTable, source: Matrix, context: PivotContext): PivotCell[][] {
  const [header = [], ...body] = source;
  const all = visibleRecords(pivot, recordsOf(body), context);
  const shape = shapeOf(pivot, header, context);
  const records = limited(shape, all);
  const rows = axisLines(shape, 'rows', records);
  const columns = axisLines(shape, 'columns', records);
  return laidOut(shape, rows, columns);
}

/** The definition with the labels of its source's columns. */
export const shapeOf = (pivot: PivotTable, header: Matrix[number], context: PivotContext): Shape => ({
  pivot,
  labels: header.map((label) =>
    typeof label === 'string' || typeof label === 'number' ? String(label) : '',
  ),
  context,
});

/** The definition with what it is about. */
export interface Shape {
  pivot: PivotTable;
  /** Of the source's columns. */
  labels: readonly string[];
  context: PivotContext;
}
