/** What a pivot table says of some of its groups. https://support.google.com/docs/answer/6167538 */

import type { PivotTable } from '../../../world/objects.ts';
import { CellError, type Matrix, type Scalar, textOf } from '../../formula/value.ts';
import { limited } from './axis.ts';
import { bucketsOf, keyOf } from './bucket.ts';
import { visibleRecords } from './filter.ts';
import { labelOf } from './layout.ts';
import { type PivotContext, shapeOf } from './pivot.ts';
import { recordsOf, shownValue } from './record.ts';
import { summary, valueName } from './summary.ts';

/** A value summed up over the named items of groups; over all where none is named. Throws CellError `REF`. */
export function pivotLookup(
  pivot: PivotTable,
  source: Matrix,
  context: PivotContext,
  name: string,
  items: readonly { group: string; item: Scalar }[],
): Scalar | CellError {
  const [header = [], ...body] = source;
  const shape = shapeOf(pivot, header, context);
  const wanted = name.toLowerCase();
  const value = (pivot.values ?? []).find((one, index) => {
    const label = shape.labels[one.sourceColumnOffset ?? -1] ?? '';
    return valueName(shape, one, index).toLowerCase() === wanted || label.toLowerCase() === wanted;
  });
  if (!value) throw notThere(name);
  const groups = [...(pivot.rows ?? []), ...(pivot.columns ?? [])];
  let records = limited(shape, visibleRecords(pivot, recordsOf(body), context));
  for (const { group: label, item } of items) {
    const group = groups.find((one) => labelOf(shape, one).toLowerCase() === label.toLowerCase());
    if (!group) throw notThere(label);
    const bucket = bucketsOf(group, records, context).find(
      (one) =>
        one.key === keyOf(item) ||
        shownValue(one.label, one.format, context.setting.locale).toLowerCase() ===
          textOf(item).toLowerCase(),
    );
    if (!bucket) throw notThere(textOf(item));
    records = bucket.records;
  }
  return summary(shape, value, records);
}

const notThere = (what: string): CellError =>
  new CellError('REF', `Pivot table does not contain the value '${what}'.`);
