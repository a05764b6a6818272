/** What cells hold besides values and formats: a rule for what is entered, a pivot table. */
import type { Mask } from '../../../fields.ts';
import type { DataValidationRule } from '../../world/objects.ts';
import type { CellRow } from '../../world.ts';
import type { Where } from '../batch/job.ts';
import { checkCondition } from './condition.ts';
import { checkedPivot } from './pivot/check.ts';
import { spoken } from './spoken.ts';

/** A cell that was written under a mask, with these as they are kept. Throws 400 for what they do not take. */
export function checkedObjects(job: Where, cell: CellRow, mask: Mask): CellRow {
  const writes = (name: string) => mask.all || mask.parts.has('*') || mask.parts.has(name);
  const { dataValidation, pivotTable } = cell;
  // A pivot table takes the place of what the cell held.
  const { userEnteredValue: _value, ...bare } = cell;
  return {
    ...(pivotTable && writes('pivotTable') ? bare : cell),
    ...(dataValidation && writes('dataValidation')
      ? { dataValidation: checkedRule(job, dataValidation) }
      : {}),
    ...(pivotTable && writes('pivotTable') ? { pivotTable: checkedPivot(job, pivotTable) } : {}),
  };
}

/** The rule as it is kept. Throws 400 for a condition that data validation does not take. */
export function checkedRule(job: Where, rule: DataValidationRule): DataValidationRule {
  checkCondition(job, rule.condition, 'data validation');
  return spoken(rule);
}
