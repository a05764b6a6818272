/**
 * Requests about data validation. The API writes any value into a cell with a rule, also with a strict one: rules bind
 * who types into the sheet. https://developers.google.com/workspace/sheets/api/samples/data
 */
import type { DataValidationRule } from '../../world/objects.ts';
import type { GridRange } from '../../world.ts';
import { Calculator } from '../calculator.ts';
import { cellAt, putCell } from '../grid.ts';
import { Appearance } from '../object/appearance.ts';
import { checkedRule } from '../object/cellObjects.ts';
import { hiddenRows } from '../object/filter.ts';
import { tablesOver } from '../object/table.ts';
import { editedArea, type Job, refuse } from './job.ts';

interface ValidationInput {
  range?: GridRange;
  rule?: DataValidationRule;
  filteredRowsIncluded?: boolean;
}

/** No rule takes the validation away. Rows that the filter hides keep what they have unless they are included. */
export function setDataValidationRequest(
  job: Job,
  { range = {}, rule, filteredRowsIncluded }: ValidationInput,
): void {
  const area = editedArea(job, range);
  const { sheetId } = area.sheet.properties;
  if (tablesOver(job.world, job.spreadsheetId, sheetId, area).typed)
    throw refuse(job, 'This operation is not allowed on cells in typed columns.');
  const dataValidation = rule && checkedRule(job, rule);
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const appearance = new Appearance(job.world, calculator, area.sheet, () => ({}));
  const hidden = filteredRowsIncluded ? new Set() : hiddenRows(calculator, appearance, area.sheet);
  for (let row = area.startRow; row < area.endRow; row++) {
    if (hidden.has(row)) continue;
    for (let column = area.startColumn; column < area.endColumn; column++) {
      const cell = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
      if (dataValidation || cell.dataValidation) putCell(job.world, { ...cell, dataValidation });
    }
  }
}
