/** Requests that bring the rows of a range into another order. */
import type { CellFormat, CellRow, Color, GridRange } from '../../world.ts';
import type { Area } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { storedColor } from '../color.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { compare, type Scalar } from '../formula/value.ts';
import { bareCell, cellsIn, putCell } from '../grid.ts';
import { editedArea, heightOf, type Job, refuse } from './job.ts';
import { overlaps } from './merge.ts';

/** One key of an order: values in a column, or cells of one colour first. */
export interface SortSpec {
  dimensionIndex?: number;
  sortOrder?: string;
  foregroundColor?: Color;
  foregroundColorStyle?: { rgbColor?: Color };
  backgroundColor?: Color;
  backgroundColorStyle?: { rgbColor?: Color };
}

/** Rows by their cells in some columns; empty ones last in either direction. */
export function sortRangeRequest(
  job: Job,
  { range, sortSpecs = [] }: { range?: GridRange; sortSpecs?: SortSpec[] },
): void {
  const area = sortedArea(job, range);
  if (sortSpecs.length === 0) throw refuse(job, 'At least one sortSpec must be specified.');
  for (const { dimensionIndex = 0 } of sortSpecs)
    if (dimensionIndex < area.startColumn || dimensionIndex >= area.endColumn)
      throw refuse(job, `sortSpec.dimensionIndex[${dimensionIndex}] must be within the range's columns.`);
  const calculator = new Calculator(job.world, job.spreadsheetId);
  const rows = rowsIn(job, area);
  const keyed = rows.map((row) => ({ row, keys: sortSpecs.map((spec) => keyOf(calculator, row, spec)) }));
  keyed.sort((a, b) => {
    for (const [i, spec] of sortSpecs.entries()) {
      const order = ordered(a.keys[i] as Key, b.keys[i] as Key, spec.sortOrder === 'DESCENDING');
      if (order !== 0) return order;
    }
    return a.row.at - b.row.at;
  });
  putRows(
    job,
    area,
    keyed.map(({ row }) => row),
  );
}

/** Rows in an order that the universe draws. */
export function randomizeRangeRequest(job: Job, { range }: { range?: GridRange }): void {
  const area = sortedArea(job, range);
  const draw = job.world.draw('google.randomizeRange');
  const rows = rowsIn(job, area);
  for (let i = rows.length - 1; i > 0; i--) {
    const j = draw.int(0, i);
    [rows[i], rows[j]] = [rows[j] as Row, rows[i] as Row];
  }
  putRows(job, area, rows);
}

/** A row of a range: where it was, and its cells. */
export interface Row {
  at: number;
  cells: CellRow[];
}

/** Every row of the area, empty ones too. */
export function rowsIn(job: Job, area: Area): Row[] {
  const rows = Array.from({ length: heightOf(area) }, (_, i): Row => ({ at: area.startRow + i, cells: [] }));
  for (const cell of cellsIn(job.world, job.spreadsheetId, area.sheet.properties.sheetId, area))
    rows[cell.row - area.startRow]?.cells.push(cell);
  return rows;
}

/** Puts rows into the area from its top; relative references go with their row. What is left below is empty. */
export function putRows(job: Job, area: Area, rows: readonly Row[]): void {
  for (const { cells } of rowsIn(job, area)) for (const cell of cells) putCell(job.world, bareCell(cell));
  for (const [i, { at, cells }] of rows.entries())
    for (const cell of cells) {
      const down = area.startRow + i - at;
      const formula = cell.userEnteredValue?.formulaValue;
      const value =
        formula === undefined ? {} : { userEnteredValue: { formulaValue: copiedFormula(formula, down, 0) } };
      putCell(job.world, { ...cell, ...value, row: cell.row + down });
    }
}

function sortedArea(job: Job, range: GridRange | undefined): Area {
  const area = editedArea(job, range);
  const tall = area.sheet.merges.some(
    (one) => overlaps(one, area) && (one.endRowIndex ?? 0) - (one.startRowIndex ?? 0) > 1,
  );
  if (tall) throw refuse(job, "You can't sort a range with vertical merges.");
  return area;
}

type Key = { value: Scalar } | { colored: boolean };

function keyOf(calculator: Calculator, row: Row, spec: SortSpec): Key {
  const { dimensionIndex = 0 } = spec;
  const cell = row.cells.find(({ column }) => column === dimensionIndex);
  const back = spec.backgroundColorStyle?.rgbColor ?? spec.backgroundColor;
  const fore = spec.foregroundColorStyle?.rgbColor ?? spec.foregroundColor;
  if (back || fore) {
    const format = cell?.userEnteredFormat;
    const own = back ? (format?.backgroundColor ?? WHITE) : (foreground(format) ?? {});
    return { colored: same(storedColor(own as Color), storedColor(back ?? fore ?? {})) };
  }
  const value = cell && calculator.effective(cell);
  return { value: value?.numberValue ?? value?.stringValue ?? value?.boolValue ?? null };
}

const WHITE: Color = { red: 1, green: 1, blue: 1 };

const foreground = (format: CellFormat | undefined): Color | undefined =>
  format?.textFormat?.foregroundColor as Color | undefined;

const same = (a: Color, b: Color): boolean =>
  (['red', 'green', 'blue'] as const).every((channel) => (a[channel] ?? 0) === (b[channel] ?? 0));

function ordered(a: Key, b: Key, descending: boolean): number {
  if ('colored' in a && 'colored' in b) return Number(b.colored) - Number(a.colored);
  if (!('value' in a) || !('value' in b)) return 0;
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  const order = compare(a.value, b.value);
  return descending ? -order : order;
}
