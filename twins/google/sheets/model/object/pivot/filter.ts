/** Which rows of the source a pivot table looks at. */
import type { PivotFilterCriteria, PivotTable } from '../../../world/objects.ts';
import { CellError, type Scalar } from '../../formula/value.ts';
import { isDateFormat } from '../../numberFormat.ts';
import { constantOf, meets } from '../judge.ts';
import type { PivotContext } from './pivot.ts';
import { formatOf, type PivotRecord, shownValue } from './record.ts';

/** The rows that pass every filter. Formulas in conditions stay where they are, whatever row is looked at. */
export function visibleRecords(
  pivot: PivotTable,
  records: readonly PivotRecord[],
  context: PivotContext,
): PivotRecord[] {
  const tests = (pivot.filterSpecs ?? []).map(({ columnOffsetIndex = 0, filterCriteria = {} }) =>
    testOf(columnOffsetIndex, filterCriteria, context),
  );
  return records.filter((record) => tests.every((test) => test(record)));
}

function testOf(
  column: number,
  criteria: PivotFilterCriteria,
  context: PivotContext,
): (record: PivotRecord) => boolean {
  const { visibleByDefault, visibleValues, condition } = criteria;
  // Without a word about values, only the condition counts.
  const listed = visibleByDefault || visibleValues === undefined ? undefined : new Set(visibleValues);
  const operands = (condition?.values ?? []).map((value) =>
    constantOf(value, context.evaluate, context.setting),
  );
  const broken = operands.some((operand) => operand instanceof CellError);
  return (record) => {
    const value = record.values[column] ?? null;
    const format = formatOf(record, column, context);
    const shown = shownValue(value, format, context.setting.locale);
    if (listed && !listed.has(shown)) return false;
    if (!condition) return true;
    const isDate = typeof value === 'number' && isDateFormat(format);
    return !broken && meets(condition.type, { value, shown, isDate }, operands as Scalar[]);
  };
}
