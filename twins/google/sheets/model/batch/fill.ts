/** Fills on what cells begin. https://support.google.com/docs/answer/75509 */
import type { CellRow, GridRange } from '../../world.ts';
import type { Area } from '../area.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { cellAt, cellsIn, putCell } from '../grid.ts';
import { localeOf } from '../locale.ts';
import { type Series, seriesOf } from '../series.ts';
import { areaIn, editedArea, gridOf, type Job, refuse } from './job.ts';

interface AutoFillInput {
  range?: GridRange;
  sourceAndDestination?: { source?: GridRange; dimension?: string; fillLength?: number };
  useAlternateSeries?: boolean;
}

/** Either a range whose cells with anything in them are the source, or source and length by themselves. */
export function autoFillRequest(job: Job, input: AutoFillInput): void {
  const { range, sourceAndDestination, useAlternateSeries = false } = input;
  if ((range === undefined) === (sourceAndDestination === undefined))
    throw refuse(job, 'Exactly one of range or sourceAndDestination must be specified.');
  if (range) {
    fillRange(job, editedArea(job, range), useAlternateSeries);
    return;
  }
  const { source: from, dimension, fillLength = 0 } = sourceAndDestination ?? {};
  const source = areaIn(job, from);
  if (dimension !== 'ROWS' && dimension !== 'COLUMNS') throw refuse(job, 'dimension must be specified.');
  if (fillLength === 0) throw refuse(job, 'fillLength must not be 0.');
  const rows = dimension === 'ROWS';
  const { rowCount, columnCount } = gridOf(source.sheet);
  const [start, end] = rows ? [source.startRow, source.endRow] : [source.startColumn, source.endColumn];
  if (start + Math.min(fillLength, 0) < 0 || end + Math.max(fillLength, 0) > (rows ? rowCount : columnCount))
    throw refuse(job, 'The destination range is outside of the grid.');
  const target =
    fillLength > 0
      ? reach(source, rows, end, end + fillLength)
      : reach(source, rows, start + fillLength, start);
  editedArea(job, gridRangeOf(target));
  fill(job, source, target, rows, useAlternateSeries);
}

/** What is in the range is gone on with downwards (or upwards), then to the side. */
function fillRange(job: Job, area: Area, alternate: boolean): void {
  const found = cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area).filter(
    (cell) => cell.userEnteredValue,
  );
  if (found.length === 0) return;
  const rows = found.map((cell) => cell.row);
  const columns = found.map((cell) => cell.column);
  const source: Area = {
    sheet: area.sheet,
    startRow: Math.min(...rows),
    endRow: Math.max(...rows) + 1,
    startColumn: Math.min(...columns),
    endColumn: Math.max(...columns) + 1,
  };
  fill(job, source, reach(source, true, source.endRow, area.endRow), true, alternate);
  fill(job, source, reach(source, true, area.startRow, source.startRow), true, alternate);
  const tall = { ...source, startRow: area.startRow, endRow: area.endRow };
  fill(job, tall, reach(tall, false, source.endColumn, area.endColumn), false, alternate);
  fill(job, tall, reach(tall, false, area.startColumn, source.startColumn), false, alternate);
}

function fill(job: Job, source: Area, target: Area, rows: boolean, alternate: boolean): void {
  const [from, to] = rows ? [target.startRow, target.endRow] : [target.startColumn, target.endColumn];
  if (to <= from) return;
  const [start, end] = rows ? [source.startRow, source.endRow] : [source.startColumn, source.endColumn];
  const [left, right] = rows ? [source.startColumn, source.endColumn] : [source.startRow, source.endRow];
  const locale = localeOf(job.world, job.spreadsheetId);
  const { sheetId } = source.sheet.properties;
  for (let across = left; across < right; across++) {
    const at = (along: number): CellRow =>
      cellAt(job.world, job.spreadsheetId, sheetId, rows ? along : across, rows ? across : along);
    const cells = Array.from({ length: end - start }, (_, i) => at(start + i));
    const series = seriesOf(
      cells.map((cell) => ({ value: cell.userEnteredValue, format: cell.userEnteredFormat?.numberFormat })),
      { alternate, locale },
    );
    for (let along = from; along < to; along++)
      putCell(job.world, filled(cells, series, along - start, at(along)));
  }
}

/** The cell at `nth` place counted from the source's first; formats repeat as the source has them. */
function filled(cells: readonly CellRow[], series: Series, nth: number, old: CellRow): CellRow {
  const model = cells[((nth % cells.length) + cells.length) % cells.length] as CellRow;
  const formula = model.userEnteredValue?.formulaValue;
  const value =
    formula === undefined
      ? series(nth)
      : { formulaValue: copiedFormula(formula, old.row - model.row, old.column - model.column) };
  return {
    ...old,
    userEnteredValue: value,
    userEnteredFormat: model.userEnteredFormat,
    dataValidation: model.dataValidation,
    textFormatRuns: undefined,
    chipRuns: undefined,
  };
}

const reach = (area: Area, rows: boolean, from: number, to: number): Area =>
  rows ? { ...area, startRow: from, endRow: to } : { ...area, startColumn: from, endColumn: to };

const gridRangeOf = (area: Area): GridRange => ({
  sheetId: area.sheet.properties.sheetId,
  startRowIndex: area.startRow,
  endRowIndex: area.endRow,
  startColumnIndex: area.startColumn,
  endColumnIndex: area.endColumn,
});
