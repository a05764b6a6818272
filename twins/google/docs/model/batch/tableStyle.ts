/** Styles of cells, rows and columns. https://developers.google.com/workspace/docs/api/how-tos/tables */
import type { Fields, Table } from '../../world/content.ts';
import { type Change, changed, changeOf, ordered } from '../style/fields.ts';
import {
  type Area,
  areaAt,
  CELL_STYLE,
  COLUMN_PROPERTIES,
  cellAt,
  isIn,
  mapCells,
  ROW_STYLE,
} from '../table/table.ts';
import { type Job, refuse, type Where } from './job.ts';
import { putTable, type TableRange, tableAt, tableRangeOf } from './places.ts';

const CELL_FIELDS = [
  'backgroundColor',
  'borderLeft',
  'borderRight',
  'borderTop',
  'borderBottom',
  'paddingLeft',
  'paddingRight',
  'paddingTop',
  'paddingBottom',
  'contentAlignment',
] as const;
const ROW_FIELDS = ['minRowHeight', 'preventOverflow', 'tableHeader'] as const;
const COLUMN_FIELDS = ['widthType', 'width'] as const;
const COLUMN_WIDTH_MIN = 5;

/** A cell's border, the neighbour that shares it and that one's side of it; in the order in which they are set. */
const SHARED = [
  { side: 'borderRight', row: 0, column: 1, other: 'borderLeft' },
  { side: 'borderLeft', row: 0, column: -1, other: 'borderRight' },
  { side: 'borderBottom', row: 1, column: 0, other: 'borderTop' },
  { side: 'borderTop', row: -1, column: 0, other: 'borderBottom' },
] as const;

/** `updateTableCellStyle`; a border that two cells share is set in both. */
export function updateTableCellStyle(
  job: Job,
  input: { tableCellStyle?: Fields; fields?: string; tableRange?: TableRange; tableStartLocation?: Where },
): void {
  const found = input.tableRange
    ? tableRangeOf(job, input.tableRange)
    : wholeOf(job, input.tableStartLocation);
  const change = cellChangeOf(job, input);
  const styled = mapCells(found.table, (cell, place) =>
    isIn(found.area, place) ? { ...cell, style: after(cell.style, change, CELL_FIELDS, CELL_STYLE) } : cell,
  );
  putTable(job, found, withSharedBorders(styled, found.area, change), []);
}

/** What a request asks of cells' style. Throws 400. */
export function cellChangeOf(job: Job, input: { tableCellStyle?: Fields; fields?: string }): Change {
  const spans = ['rowSpan', 'columnSpan'];
  const asked = { values: input.tableCellStyle, mask: input.fields };
  const change = changeOf(job, asked, [...spans, ...CELL_FIELDS], spans);
  checkBorders(job, change);
  return change;
}

/** `updateTableRowStyle` */
export function updateTableRowStyle(
  job: Job,
  input: { tableStartLocation?: Where; rowIndices?: number[]; tableRowStyle?: Fields; fields?: string },
): void {
  const found = tableAt(job, input.tableStartLocation);
  const change = changeOf(job, { values: input.tableRowStyle, mask: input.fields }, ROW_FIELDS);
  const chosen = chosenOf(job, input.rowIndices, found.table.rows.length, 'row');
  const rows = found.table.rows.map((row, nth) =>
    chosen(nth) ? { ...row, style: after(row.style, change, ROW_FIELDS, ROW_STYLE) } : row,
  );
  putTable(job, found, { ...found.table, rows }, []);
}

/** `updateTableColumnProperties` */
export function updateTableColumnProperties(
  job: Job,
  input: {
    tableStartLocation?: Where;
    columnIndices?: number[];
    tableColumnProperties?: Fields;
    fields?: string;
  },
): void {
  const found = tableAt(job, input.tableStartLocation);
  const change = changeOf(job, { values: input.tableColumnProperties, mask: input.fields }, COLUMN_FIELDS);
  const width = change.named.includes('width')
    ? (change.values.width as { magnitude?: number } | undefined)
    : undefined;
  if (width && (width.magnitude ?? 0) < COLUMN_WIDTH_MIN)
    throw refuse(job, `The width of a column must be at least ${COLUMN_WIDTH_MIN} points.`);
  const chosen = chosenOf(job, input.columnIndices, found.table.columns.length, 'column');
  const columns = found.table.columns.map((column, nth) =>
    chosen(nth) ? columnAfter(job, column, change) : column,
  );
  putTable(job, found, { ...found.table, columns }, []);
}

function columnAfter(job: Job, column: Fields, change: Change): Fields {
  const next = after(column, change, COLUMN_FIELDS, COLUMN_PROPERTIES);
  if (next.widthType !== 'FIXED_WIDTH') return COLUMN_PROPERTIES;
  if (!next.width) throw refuse(job, 'The width must be specified for columns of fixed width.');
  return next;
}

/** A style after a change; a field that is reset is the one of a new table. */
const after = (style: Fields, change: Change, order: readonly string[], defaults: Fields): Fields => {
  const next = changed(style, change, order);
  const reset = Object.fromEntries(
    change.named.filter((name) => next[name] === undefined).map((name) => [name, defaults[name]]),
  );
  return ordered({ ...next, ...reset }, order);
};

function wholeOf(job: Job, location: Where | undefined) {
  const found = tableAt(job, location);
  const { rows, columns } = found.table;
  return { ...found, area: { row: 0, column: 0, rowSpan: rows.length, columnSpan: columns.length } };
}

/** Which of `count` are meant: those said, or all. Throws 400. */
function chosenOf(
  job: Job,
  said: readonly number[] | undefined,
  count: number,
  what: string,
): (nth: number) => boolean {
  if (!said || said.length === 0) return () => true;
  const wrong = said.find((nth) => nth < 0 || nth >= count);
  if (wrong !== undefined)
    throw refuse(job, `The ${what} index ${wrong} is outside the bounds of the table.`);
  return (nth) => said.includes(nth);
}

function checkBorders(job: Job, change: Change): void {
  for (const { side } of SHARED) {
    const border = change.named.includes(side) ? (change.values[side] as Fields | undefined) : undefined;
    const color = border?.color as Fields | undefined;
    if (color && !color.color) throw refuse(job, 'Table cell borders cannot be transparent.');
  }
}

function withSharedBorders(table: Table, area: Area, { named }: Change): Table {
  let next = table;
  for (const { side, row, column, other } of SHARED) {
    if (!named.includes(side)) continue;
    const from = next;
    next = mapCells(next, (cell, place) => {
      const near = { row: place.row - row, column: place.column - column };
      if (!isIn(area, near) || isIn(areaAt(from, near), place)) return cell;
      const border = cellAt(from, near)?.style[side];
      return { ...cell, style: ordered({ ...cell.style, [other]: border }, CELL_FIELDS) };
    });
  }
  return next;
}
