/** Requests that tidy what is in a range: spaces around texts, rows that are there twice. */
import type { GridRange } from '../../world.ts';
import { Calculator } from '../calculator.ts';
import { cellsIn, putCell } from '../grid.ts';
import { editedArea, type Job, refuse } from './job.ts';
import { putRows, type Row, rowsIn } from './sort.ts';

/** No spaces at the ends of texts, single ones within; a trimmed text stays a text. */
export function trimWhitespaceRequest(job: Job, { range }: { range?: GridRange }): object {
  const area = editedArea(job, range);
  let cellsChangedCount = 0;
  for (const cell of cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area)) {
    const text = cell.userEnteredValue?.stringValue;
    if (text === undefined) continue;
    const stringValue = text.trim().replace(/\s+/g, ' ');
    if (stringValue === text) continue;
    const { textFormatRuns: _runs, ...rest } = cell;
    putCell(job.world, { ...rest, userEnteredValue: stringValue === '' ? undefined : { stringValue } });
    cellsChangedCount++;
  }
  return cellsChangedCount > 0 ? { cellsChangedCount } : {};
}

interface DuplicatesInput {
  range?: GridRange;
  comparisonColumns?: { sheetId?: number; dimension?: string; startIndex?: number; endIndex?: number }[];
}

/** Rows whose values (in the columns named, or all) were in a row above are gone; those below close up. */
export function deleteDuplicatesRequest(
  job: Job,
  { range, comparisonColumns = [] }: DuplicatesInput,
): object {
  const area = editedArea(job, range);
  const columns = new Set<number>();
  for (const { dimension, startIndex = 0, endIndex = area.endColumn } of comparisonColumns) {
    if (dimension !== 'COLUMNS') throw refuse(job, 'comparisonColumns must be of dimension COLUMNS.');
    if (startIndex < area.startColumn || endIndex > area.endColumn)
      throw refuse(job, 'comparisonColumns must be within the range.');
    for (let column = startIndex; column < endIndex; column++) columns.add(column);
  }
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const seen = new Set<string>();
  const keyOf = ({ cells }: Row): string =>
    JSON.stringify(
      cells
        .filter((cell) => cell.userEnteredValue && (columns.size === 0 || columns.has(cell.column)))
        .map((cell) => {
          const value = calculator.effective(cell);
          const plain = value?.numberValue ?? value?.boolValue ?? value?.errorValue?.type;
          return [cell.column, plain ?? value?.stringValue?.toLowerCase()];
        }),
    );
  const rows = rowsIn(job, area);
  const kept = rows.filter((row) => {
    const key = keyOf(row);
    if (key === '[]') return true;
    return !seen.has(key) && seen.add(key);
  });
  putRows(job, area, kept);
  const duplicatesRemovedCount = rows.length - kept.length;
  return duplicatesRemovedCount > 0 ? { duplicatesRemovedCount } : {};
}
