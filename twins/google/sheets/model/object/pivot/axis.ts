/** The rows (or columns) of a pivot table: groups within groups, with their totals. */
import type { PivotGroup } from '../../../world/objects.ts';
import { CellError, compare, type Scalar } from '../../formula/value.ts';
import { type Bucket, bucketsOf, keyOf } from './bucket.ts';
import type { Shape } from './pivot.ts';
import type { PivotRecord } from './record.ts';
import { summary } from './summary.ts';

export type Axis = 'rows' | 'columns';

/** One row or column of results: the buckets that it is for, from the outermost in; a total is for all within them. */
export interface Line {
  path: readonly Bucket[];
  total: boolean;
  records: readonly PivotRecord[];
}

/** All lines of an axis in order; a single one without buckets where nothing is grouped. */
export function axisLines(shape: Shape, axis: Axis, records: readonly PivotRecord[]): Line[] {
  const groups = shape.pivot[axis] ?? [];
  if (groups.length === 0) return [{ path: [], total: false, records }];
  const lines = linesBelow(shape, axis, groups, [], records);
  return groups[0]?.showTotals ? [...lines, { path: [], total: true, records }] : lines;
}

function linesBelow(
  shape: Shape,
  axis: Axis,
  groups: readonly PivotGroup[],
  path: readonly Bucket[],
  records: readonly PivotRecord[],
): Line[] {
  const group = groups[path.length];
  if (!group) return [{ path, total: false, records }];
  return orderedBuckets(shape, axis, group, records).flatMap((bucket) => {
    const here = [...path, bucket];
    const total = { path: here, total: true, records: bucket.records };
    if (here.length < groups.length && isCollapsed(group, bucket)) return [total];
    const below = linesBelow(shape, axis, groups, here, bucket.records);
    return groups[here.length]?.showTotals ? [...below, total] : below;
  });
}

const isCollapsed = (group: PivotGroup, bucket: Bucket): boolean =>
  (group.valueMetadata ?? []).some(
    ({ collapsed, value = {} }) =>
      collapsed && keyOf(value.numberValue ?? value.stringValue ?? value.boolValue ?? null) === bucket.key,
  );

/** By the values of the group itself, or by what is summed up for them in a bucket of the other axis. */
function orderedBuckets(
  shape: Shape,
  axis: Axis,
  group: PivotGroup,
  records: readonly PivotRecord[],
): Bucket[] {
  const buckets = bucketsOf(group, records, shape.context);
  const { valueBucket, sortOrder } = group;
  const value = valueBucket && shape.pivot.values?.[valueBucket.valuesIndex ?? 0];
  if (value) {
    const other = shape.pivot[axis === 'rows' ? 'columns' : 'rows'] ?? [];
    const wanted = (valueBucket.buckets ?? []).map((one) =>
      keyOf(one.numberValue ?? one.stringValue ?? one.boolValue ?? null),
    );
    const weights = new Map(
      buckets.map((bucket) => [
        bucket,
        sortable(summary(shape, value, within(shape, other, wanted, bucket.records))),
      ]),
    );
    buckets.sort((a, b) => compare(weights.get(a) ?? null, weights.get(b) ?? null));
  }
  return sortOrder === 'DESCENDING' ? buckets.reverse() : buckets;
}

const sortable = (value: Scalar | CellError): Scalar => (value instanceof CellError ? null : value);

/** The records that fall into the named buckets of an axis, one a level. */
function within(
  shape: Shape,
  groups: readonly PivotGroup[],
  wanted: readonly string[],
  records: readonly PivotRecord[],
): readonly PivotRecord[] {
  return wanted.reduce<readonly PivotRecord[]>((left, key, level) => {
    const group = groups[level];
    if (!group) return left;
    return bucketsOf(group, left, shape.context).find((bucket) => bucket.key === key)?.records ?? [];
  }, records);
}

/** Only the records of the first buckets of groups with a limit, one limit after the other in their order. */
export function limited(shape: Shape, records: readonly PivotRecord[]): PivotRecord[] {
  const limits = (['rows', 'columns'] as const)
    .flatMap((axis) =>
      (shape.pivot[axis] ?? []).flatMap((group, level) => {
        const { countLimit, applyOrder = 0 } = group.groupLimit ?? {};
        return countLimit === undefined ? [] : [{ axis, level, countLimit, applyOrder }];
      }),
    )
    .sort((a, b) => a.applyOrder - b.applyOrder);
  return limits.reduce<PivotRecord[]>(
    (left, { axis, level, countLimit }) => firstOf(shape, axis, level, countLimit, 0, left),
    [...records],
  );
}

function firstOf(
  shape: Shape,
  axis: Axis,
  level: number,
  count: number,
  depth: number,
  records: readonly PivotRecord[],
): PivotRecord[] {
  const group = shape.pivot[axis]?.[depth];
  if (!group) return [...records];
  const buckets = orderedBuckets(shape, axis, group, records);
  const kept =
    depth === level
      ? buckets.slice(0, count).flatMap((bucket) => bucket.records)
      : buckets.flatMap((bucket) => firstOf(shape, axis, level, count, depth + 1, bucket.records));
  return kept.sort((a, b) => a.index - b.index);
}
