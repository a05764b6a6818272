/** What is refused in a pivot table's definition, and the definition as it is kept. */
import type { PivotGroup, PivotTable, PivotValue } from '../../../world/objects.ts';
import { gridArea } from '../../area.ts';
import { refuse, type Where } from '../../batch/job.ts';
import { checkCondition } from '../condition.ts';
import { spoken } from '../spoken.ts';

/** Throws 400 for a source that is not there, columns outside of it, values and groups that cannot be worked out. */
export function checkedPivot(job: Where, pivot: PivotTable): PivotTable {
  if (pivot.dataSourceId) throw refuse(job, `No data source with id: ${pivot.dataSourceId}`);
  if (!pivot.source) throw refuse(job, 'PivotTable.source is required.');
  const area = gridArea(job.world, job.spreadsheetId, pivot.source, job.asked);
  const width = area.endColumn - area.startColumn;
  const { rows = [], columns = [], values = [] } = pivot;
  for (const group of [...rows, ...columns]) checkGroup(job, group, width, values.length);
  for (const value of values) checkValue(job, value, width);
  const ruled = [...rows, ...columns].flatMap((group) =>
    group.groupRule ? [group.sourceColumnOffset ?? 0] : [],
  );
  if (new Set(ruled).size < ruled.length)
    throw refuse(
      job,
      'Only one PivotGroup with a group rule may be added for each column in the source data.',
    );
  return spoken({ ...pivot, ...ranked(rows, columns), ...filters(job, pivot, width) });
}

function checkColumn(job: Where, column: number, width: number): void {
  if (!(column >= 0 && column < width))
    throw refuse(
      job,
      `Pivot table source column offset ${column} is outside of the source range with ${width} columns.`,
    );
}

function checkGroup(job: Where, group: PivotGroup, width: number, values: number): void {
  if (group.dataSourceColumnReference)
    throw refuse(job, 'dataSourceColumnReference is only supported for data source pivot tables.');
  checkColumn(job, group.sourceColumnOffset ?? 0, width);
  const { histogramRule, manualRule, dateTimeRule } = group.groupRule ?? {};
  if (histogramRule) {
    const { interval = 0, start, end } = histogramRule;
    if (interval <= 0) throw refuse(job, 'HistogramRule.interval must be positive.');
    if (start !== undefined && end !== undefined && start >= end)
      throw refuse(job, 'HistogramRule.start must be less than HistogramRule.end.');
  }
  if (manualRule) {
    const groups = manualRule.groups ?? [];
    const names = groups.map(({ groupName }) => groupName?.stringValue);
    if (names.some((name) => !name)) throw refuse(job, 'ManualRuleGroup.groupName must be a string.');
    if (new Set(names).size < names.length)
      throw refuse(job, 'Each group in a ManualRule must have a unique group name.');
    const items = groups.flatMap((one) => (one.items ?? []).map((item) => JSON.stringify(item)));
    if (new Set(items).size < items.length)
      throw refuse(job, 'Items may appear in at most one group within a given ManualRule.');
  }
  if (dateTimeRule && (!dateTimeRule.type || dateTimeRule.type.endsWith('_UNSPECIFIED')))
    throw refuse(job, 'DateTimeRule.type is required.');
  if (group.groupLimit && !((group.groupLimit.countLimit ?? 0) > 0))
    throw refuse(job, 'PivotGroupLimit.countLimit must be positive.');
  if (group.valueBucket && (group.valueBucket.valuesIndex ?? 0) >= Math.max(values, 1))
    throw refuse(job, `valueBucket.valuesIndex ${group.valueBucket.valuesIndex} is outside of the values.`);
}

function checkValue(job: Where, value: PivotValue, width: number): void {
  const { formula, summarizeFunction: name, sourceColumnOffset, dataSourceColumnReference } = value;
  if (dataSourceColumnReference || name === 'NONE')
    throw refuse(job, 'dataSourceColumnReference is only supported for data source pivot tables.');
  if (!name || name.endsWith('_UNSPECIFIED')) throw refuse(job, 'PivotValue.summarizeFunction is required.');
  if (formula === undefined) {
    checkColumn(job, sourceColumnOffset ?? 0, width);
    if (name === 'CUSTOM') throw refuse(job, 'CUSTOM is only valid if PivotValue.formula is set.');
    return;
  }
  if (!formula.startsWith('=')) throw refuse(job, 'PivotValue.formula must start with an = character.');
  if (name !== 'SUM' && name !== 'CUSTOM')
    throw refuse(job, 'If a formula is set, the only supported values are SUM and CUSTOM.');
}

/** Filters in both forms; `filterSpecs` wins over the older map. */
function filters(job: Where, { criteria, filterSpecs }: PivotTable, width: number): Partial<PivotTable> {
  const specs =
    filterSpecs ??
    Object.entries(criteria ?? {}).map(([column, filterCriteria]) => ({
      columnOffsetIndex: Number(column),
      filterCriteria,
    }));
  for (const { columnOffsetIndex = 0, filterCriteria = {} } of specs) {
    checkColumn(job, columnOffsetIndex, width);
    if (filterCriteria.condition) checkCondition(job, filterCriteria.condition, 'filters');
  }
  if (specs.length === 0) return { criteria: undefined, filterSpecs: undefined };
  const byColumn = specs.map(({ columnOffsetIndex = 0, filterCriteria = {} }) => [
    columnOffsetIndex,
    filterCriteria,
  ]);
  return { criteria: Object.fromEntries(byColumn), filterSpecs: specs };
}

/** Limits are numbered from 0 in the order in which they apply: as they say, else rows first, then columns. */
function ranked(rows: PivotGroup[], columns: PivotGroup[]): Partial<PivotTable> {
  const all = [...rows, ...columns];
  const order = all
    .filter((group) => group.groupLimit)
    .sort((a, b) => (a.groupLimit?.applyOrder ?? 0) - (b.groupLimit?.applyOrder ?? 0));
  const numbered = (group: PivotGroup): PivotGroup =>
    group.groupLimit
      ? { ...group, groupLimit: { ...group.groupLimit, applyOrder: order.indexOf(group) } }
      : group;
  return { rows: rows.map(numbered), columns: columns.map(numbered) };
}
