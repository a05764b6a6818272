/** The numbers of a pivot table. */
import type { PivotValue } from '../../../world/objects.ts';
import type { NumberFormat } from '../../../world.ts';
import type { CellError, Matrix, Scalar } from '../../formula/value.ts';
import type { Shape } from './pivot.ts';
import { formatOf, type PivotRecord } from './record.ts';

const COUNTS = new Set(['COUNTA', 'COUNT', 'COUNTUNIQUE']);

/** A value summed up over records; blank where there are none. */
export function summary(
  shape: Shape,
  value: PivotValue,
  records: readonly PivotRecord[],
): Scalar | CellError {
  if (records.length === 0) return null;
  if (value.formula !== undefined) return calculated(shape, value, records);
  const column = value.sourceColumnOffset ?? 0;
  const values: Matrix = records.map((record) => [record.values[column] ?? null]);
  return shape.context.call(value.summarizeFunction ?? 'SUM', values);
}

/**
 * A calculated field. Names of columns stand for their values: as it is written (`CUSTOM`) for all of the group's, else
 * (`SUM`) for the sums of them.
 */
function calculated(shape: Shape, value: PivotValue, records: readonly PivotRecord[]): Scalar | CellError {
  const columns = new Map<string, Matrix>();
  for (const [column, label] of shape.labels.entries()) {
    if (label === '' || columns.has(label)) continue;
    const values: Matrix = records.map((record) => [record.values[column] ?? null]);
    if (value.summarizeFunction === 'CUSTOM') columns.set(label, values);
    else columns.set(label, [[sum(shape, values)]]);
  }
  return shape.context.evaluate(value.formula ?? '', columns);
}

const sum = (shape: Shape, values: Matrix): Scalar | CellError => shape.context.call('SUM', values);

/** Sums and their like keep the format of the column, counts have none, shares are percentages. */
export function summaryFormat(
  shape: Shape,
  value: PivotValue,
  records: readonly PivotRecord[],
): NumberFormat | undefined {
  if (isShare(value)) return { type: 'PERCENT', pattern: '0.00%' };
  const [first] = records;
  if (!first || value.formula !== undefined || COUNTS.has(value.summarizeFunction ?? '')) return undefined;
  return formatOf(first, value.sourceColumnOffset ?? 0, shape.context);
}

export const isShare = ({ calculatedDisplayType: type = '' }: PivotValue): boolean =>
  type.startsWith('PERCENT_OF');

/** `SUM of Quantity`, unless it has a name of its own. */
export function valueName(shape: Shape, value: PivotValue, index: number): string {
  if (value.name) return value.name;
  if (value.formula !== undefined) {
    const before = (shape.pivot.values ?? []).slice(0, index).filter((one) => one.formula !== undefined);
    return `Calculated Field ${before.length + 1}`;
  }
  return `${value.summarizeFunction ?? 'SUM'} of ${shape.labels[value.sourceColumnOffset ?? 0] ?? ''}`;
}
