/** Find and replace. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#findreplacerequest */
import type { RE2JS } from 're2js';
import { type CellRow, type GridRange, sheets } from '../../world.ts';
import { sheetIn } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { cellsIn, cellsOf, putCell } from '../grid.ts';
import { settingOf } from '../locale.ts';
import { compilePattern, quotedPattern } from '../pattern.ts';
import { mustEdit } from '../protection.ts';
import { written } from '../values.ts';
import { areaIn, type Job, refuse } from './job.ts';

interface FindReplaceInput {
  find?: string;
  replacement?: string;
  matchCase?: boolean;
  matchEntireCell?: boolean;
  searchByRegex?: boolean;
  includeFormulas?: boolean;
  range?: GridRange;
  sheetId?: number;
  allSheets?: boolean;
}

/** What is replaced is taken as if it had been typed; counts that are zero are not said. */
export function findReplaceRequest(job: Job, input: FindReplaceInput): object {
  const pattern = patternOf(job, input);
  const replacement = input.searchByRegex
    ? (input.replacement ?? '')
    : (input.replacement ?? '').replace(/[\\$]/g, '\\$&');
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const setting = settingOf(job.world, job.spreadsheetId);
  const found = searched(job, input).flatMap((cell) => {
    const formula = cell.userEnteredValue?.formulaValue;
    if (formula !== undefined && !input.includeFormulas) return [];
    const text = formula ?? calculator.shown(cell);
    const count = text === undefined ? 0 : countOf(pattern, text);
    if (text === undefined || count === 0) return [];
    return [{ cell, count, formula, next: pattern.matcher(text).replaceAll(replacement) }];
  });
  for (const { cell, next } of found) {
    const area = { sheet: sheetIn(job.world, job.spreadsheetId, cell.sheetId, job.asked), ...oneCell(cell) };
    mustEdit(job.world, job.viewer, job.file, area, job.asked);
    putCell(job.world, written(cell, next, true, setting));
  }
  const counts = {
    valuesChanged: found.filter(({ formula }) => formula === undefined).length,
    formulasChanged: found.filter(({ formula }) => formula !== undefined).length,
    rowsChanged: new Set(found.map(({ cell }) => `${cell.sheetId}/${cell.row}`)).size,
    sheetsChanged: new Set(found.map(({ cell }) => cell.sheetId)).size,
    occurrencesChanged: found.reduce((sum, { count }) => sum + count, 0),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function patternOf(job: Job, input: FindReplaceInput): RE2JS {
  if (!input.find) throw refuse(job, 'The find string must not be empty.');
  const source = input.searchByRegex ? input.find : quotedPattern(input.find);
  const pattern = compilePattern(input.matchEntireCell ? `^(?:${source})$` : source, {
    matchCase: input.matchCase ?? false,
  });
  if (!pattern) throw refuse(job, `Invalid regular expression: ${input.find}`);
  return pattern;
}

function countOf(pattern: RE2JS, text: string): number {
  const matcher = pattern.matcher(text);
  let count = 0;
  while (matcher.find()) count++;
  return count;
}

function searched(job: Job, input: FindReplaceInput): CellRow[] {
  const { range, sheetId, allSheets } = input;
  const scopes = [range !== undefined, sheetId !== undefined, allSheets === true].filter(Boolean).length;
  if (scopes !== 1) throw refuse(job, 'Exactly one of range, sheetId or allSheets must be specified.');
  if (range) {
    const area = areaIn(job, range);
    return cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area);
  }
  if (allSheets)
    return job.world
      .list(sheets, { prefix: `${job.spreadsheetId}/` })
      .toArray()
      .flatMap((sheet) => cellsOf(job.world, job.spreadsheetId, sheet.properties.sheetId));
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId ?? 0, job.asked);
  return cellsOf(job.world, job.spreadsheetId, sheet.properties.sheetId);
}

const oneCell = ({ row, column }: CellRow) => ({
  startRow: row,
  endRow: row + 1,
  startColumn: column,
  endColumn: column + 1,
});
