/** Requests that move, copy, merge and sort ranges. */
import { missingPart } from '../../../errors.ts';
import { type CellRow, type GridRange, type SheetRow, sheets } from '../../world.ts';
import { type Area, gridArea, sheetIn, toGridRange } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { compare, type Scalar } from '../formula/value.ts';
import { cellAt, cellsIn, putCell } from '../grid.ts';
import { type Job, refuse } from './job.ts';

/** One range, every row, or every column of it as one cell; all but the first cell lose what they hold. */
export function mergeCellsRequest(
  job: Job,
  { range = {}, mergeType }: { range?: GridRange; mergeType?: string },
): void {
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  const made = mergedParts(area, mergeType ?? 'MERGE_ALL');
  if (area.sheet.merges.some((one) => overlaps(one, area) && !within(one, area)))
    throw refuse(job, 'You must select all cells in a merged range to merge or unmerge them.');
  for (const part of made)
    for (const cell of cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, part)) {
      if (cell.row === part.startRow && cell.column === part.startColumn) continue;
      const { userEnteredValue: _value, ...rest } = cell;
      putCell(job.world, rest);
    }
  const kept = area.sheet.merges.filter((one) => !overlaps(one, area));
  saveMerges(job, area.sheet, [...kept, ...made.map(toGridRange)]);
}

export function unmergeCellsRequest(job: Job, { range = {} }: { range?: GridRange }): void {
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  if (area.sheet.merges.some((one) => overlaps(one, area) && !within(one, area)))
    throw refuse(job, 'You must select all cells in a merged range to merge or unmerge them.');
  saveMerges(
    job,
    area.sheet,
    area.sheet.merges.filter((one) => !overlaps(one, area)),
  );
}

interface CopyInput {
  source?: GridRange;
  destination?: GridRange;
  pasteType?: string;
  pasteOrientation?: string;
}

/** Repeats the source over a destination that is a multiple of it; relative references move along. */
export function copyPasteRequest(job: Job, input: CopyInput): void {
  const source = gridArea(job.world, job.spreadsheetId, input.source ?? {}, job.asked);
  const target = gridArea(job.world, job.spreadsheetId, input.destination ?? {}, job.asked);
  const turned = input.pasteOrientation === 'TRANSPOSE';
  const [height, width] = turned ? [widthOf(source), heightOf(source)] : [heightOf(source), widthOf(source)];
  const rows = times(heightOf(target), height) * height;
  const columns = times(widthOf(target), width) * width;
  const from = copyOf(job, source);
  const calculator = new Calculator(job.world, job.spreadsheetId);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const [r, c] = turned ? [j % width, i % height] : [i % height, j % width];
      const cell = from.get(`${r},${c}`) ?? null;
      paste(
        job,
        calculator,
        cell,
        target,
        target.startRow + i,
        target.startColumn + j,
        input.pasteType ?? 'PASTE_NORMAL',
      );
    }
}

interface CutInput {
  source?: GridRange;
  destination?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
  pasteType?: string;
}

export function cutPasteRequest(job: Job, input: CutInput): void {
  const source = gridArea(job.world, job.spreadsheetId, input.source ?? {}, job.asked);
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = input.destination ?? {};
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const target: Area = {
    sheet,
    startRow: rowIndex,
    endRow: rowIndex + heightOf(source),
    startColumn: columnIndex,
    endColumn: columnIndex + widthOf(source),
  };
  const from = copyOf(job, source);
  for (const cell of from.values()) putCell(job.world, bare(cell));
  for (let i = 0; i < heightOf(source); i++)
    for (let j = 0; j < widthOf(source); j++) {
      const { sheetId: id } = sheet.properties;
      const place = {
        spreadsheetId: job.spreadsheetId,
        sheetId: id,
        row: rowIndex + i,
        column: columnIndex + j,
      };
      putCell(job.world, { ...(from.get(`${i},${j}`) ?? {}), ...place });
    }
  if (
    target.endRow > sheet.properties.gridProperties.rowCount ||
    target.endColumn > sheet.properties.gridProperties.columnCount
  )
    throw refuse(job, 'The destination reaches out of the grid.');
}

interface SortInput {
  range?: GridRange;
  sortSpecs?: { dimensionIndex?: number; sortOrder?: string }[];
}

/** Rows by their cells in some columns; empty ones last in either direction. */
export function sortRangeRequest(job: Job, { range = {}, sortSpecs = [] }: SortInput): void {
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  if (sortSpecs.length === 0) throw refuse(job, 'At least one sortSpec must be specified.');
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const { sheetId } = area.sheet.properties;
  const rows = Array.from({ length: heightOf(area) }, (_, i) => ({
    row: area.startRow + i,
    cells: [] as CellRow[],
  }));
  for (const cell of cellsIn(job.world, job.spreadsheetId, sheetId, area))
    rows[cell.row - area.startRow]?.cells.push(cell);
  const keyOf = (cells: readonly CellRow[], column: number): Scalar => {
    const value = cells.find((cell) => cell.column === column);
    const effective = value && calculator.effective(value);
    return effective?.numberValue ?? effective?.stringValue ?? effective?.boolValue ?? null;
  };
  const sorted = [...rows].sort((a, b) => {
    for (const { dimensionIndex = 0, sortOrder } of sortSpecs) {
      const [x, y] = [keyOf(a.cells, dimensionIndex), keyOf(b.cells, dimensionIndex)];
      if (x === null || y === null) {
        if (x !== y) return x === null ? 1 : -1;
        continue;
      }
      const order = compare(x, y);
      if (order !== 0) return sortOrder === 'DESCENDING' ? -order : order;
    }
    return a.row - b.row;
  });
  for (const { cells } of rows) for (const cell of cells) putCell(job.world, bare(cell));
  for (const [i, { cells, row }] of sorted.entries())
    for (const cell of cells) putCell(job.world, shifted(cell, area.startRow + i - row, 0));
}

function paste(
  job: Job,
  calculator: Calculator,
  cell: CellRow | null,
  target: Area,
  row: number,
  column: number,
  type: string,
): void {
  const { sheetId } = target.sheet.properties;
  const old = cellAt(job.world, job.spreadsheetId, sheetId, row, column);
  const place = { spreadsheetId: job.spreadsheetId, sheetId, row, column };
  const moved = cell && shifted(cell, row - cell.row, column - cell.column);
  const next: Readonly<Record<string, CellRow>> = {
    PASTE_NORMAL: { ...moved, ...place },
    PASTE_NO_BORDERS: { ...moved, ...place },
    PASTE_VALUES: { ...old, userEnteredValue: cell ? calculator.effective(cell) : undefined },
    PASTE_FORMULA: { ...old, userEnteredValue: moved?.userEnteredValue },
    PASTE_FORMAT: { ...old, userEnteredFormat: cell?.userEnteredFormat },
    PASTE_DATA_VALIDATION: { ...old, dataValidation: cell?.dataValidation },
  };
  const pasted = Object.hasOwn(next, type) ? next[type] : undefined;
  if (!pasted) throw missingPart(`sheets.spreadsheets.batchUpdate:copyPaste ${type}`);
  putCell(job.world, pasted);
}

/** By place within the area, so that source and destination may overlap. */
function copyOf(job: Job, area: Area): Map<string, CellRow> {
  const found = cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area);
  return new Map(
    found.map((cell) => [`${cell.row - area.startRow},${cell.column - area.startColumn}`, cell]),
  );
}

function shifted(cell: CellRow, rows: number, columns: number): CellRow {
  const formula = cell.userEnteredValue?.formulaValue;
  return {
    ...cell,
    row: cell.row + rows,
    column: cell.column + columns,
    ...(formula === undefined
      ? {}
      : { userEnteredValue: { formulaValue: copiedFormula(formula, rows, columns) } }),
  };
}

const bare = ({ spreadsheetId, sheetId, row, column }: CellRow): CellRow => ({
  spreadsheetId,
  sheetId,
  row,
  column,
});
const heightOf = (area: Area): number => area.endRow - area.startRow;
const widthOf = (area: Area): number => area.endColumn - area.startColumn;
const times = (whole: number, part: number): number =>
  whole > part && whole % part === 0 ? whole / part : 1;

function mergedParts(area: Area, mergeType: string): Area[] {
  if (mergeType === 'MERGE_ROWS')
    return Array.from({ length: heightOf(area) }, (_, i) => ({
      ...area,
      startRow: area.startRow + i,
      endRow: area.startRow + i + 1,
    }));
  if (mergeType === 'MERGE_COLUMNS')
    return Array.from({ length: widthOf(area) }, (_, i) => ({
      ...area,
      startColumn: area.startColumn + i,
      endColumn: area.startColumn + i + 1,
    }));
  return [area];
}

function overlaps(merge: GridRange, area: Area): boolean {
  return (
    (merge.startRowIndex ?? 0) < area.endRow &&
    (merge.endRowIndex ?? 0) > area.startRow &&
    (merge.startColumnIndex ?? 0) < area.endColumn &&
    (merge.endColumnIndex ?? 0) > area.startColumn
  );
}

function within(merge: GridRange, area: Area): boolean {
  return (
    (merge.startRowIndex ?? 0) >= area.startRow &&
    (merge.endRowIndex ?? 0) <= area.endRow &&
    (merge.startColumnIndex ?? 0) >= area.startColumn &&
    (merge.endColumnIndex ?? 0) <= area.endColumn
  );
}

function saveMerges(job: Job, sheet: SheetRow, merges: GridRange[]): void {
  job.world.update(sheets, sheets.key(sheet), { merges });
}
