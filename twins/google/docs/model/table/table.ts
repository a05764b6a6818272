/**
 * Tables as values: made, with rows and columns put in and taken out, cells joined. Every row keeps a cell for each
 * column; a cell that another one covers is empty and stays. https://developers.google.com/workspace/docs/api/how-tos/tables
 */
import type { Content, Fields, Paragraph, Table, TableCell, TableRow } from '../../world/content.ts';
import { contentText } from '../content/walk.ts';

const NONE: Fields = { unit: 'PT' };
const BORDER: Fields = { color: {}, width: NONE, padding: NONE, dashStyle: 'SOLID' };
const PADDING: Fields = { magnitude: 5, unit: 'PT' };

/** What paragraphs in cells say of themselves: little of what is around a table goes on inside of it. */
const CELL_PARAGRAPH: Fields = {
  namedStyleType: 'NORMAL_TEXT',
  alignment: 'START',
  lineSpacing: 100,
  direction: 'LEFT_TO_RIGHT',
  spacingMode: 'COLLAPSE_LISTS',
  spaceAbove: NONE,
  spaceBelow: NONE,
  borderBetween: BORDER,
  borderTop: BORDER,
  borderBottom: BORDER,
  borderLeft: BORDER,
  borderRight: BORDER,
  indentFirstLine: NONE,
  indentStart: NONE,
  indentEnd: NONE,
  keepLinesTogether: false,
  keepWithNext: false,
  avoidWidowAndOrphan: false,
  shading: { backgroundColor: {} },
  pageBreakBefore: false,
};

const { spacingMode: _collapsed, ...LISTED } = CELL_PARAGRAPH;

export const CELL_STYLE: Fields = {
  backgroundColor: {},
  paddingLeft: PADDING,
  paddingRight: PADDING,
  paddingTop: PADDING,
  paddingBottom: PADDING,
  contentAlignment: 'TOP',
};

export const ROW_STYLE: Fields = { minRowHeight: NONE };
export const COLUMN_PROPERTIES: Fields = { widthType: 'EVENLY_DISTRIBUTED' };

/** A place in a table, counted from 0. */
export interface CellPlace {
  row: number;
  column: number;
}

/** A rectangle of cells. */
export interface Area extends CellPlace {
  rowSpan: number;
  columnSpan: number;
}

/** A table of empty cells. */
export const newTable = (rows: number, columns: number, like?: Paragraph): Table => ({
  kind: 'table',
  rows: Array.from({ length: rows }, () => newRow(columns, like)),
  columns: Array.from({ length: columns }, () => COLUMN_PROPERTIES),
});

/** An empty cell; its text looks like that of `like`, and is in the same list. */
function newCell(like?: Paragraph, style: Fields = CELL_STYLE): TableCell {
  const paragraph: Paragraph = {
    kind: 'paragraph',
    runs: [{ text: '\n', style: like?.runs.at(-1)?.style ?? {} }],
    style: like?.bullet
      ? { ...LISTED, ...pick(like.style, 'indentFirstLine', 'indentStart') }
      : CELL_PARAGRAPH,
    ...(like?.bullet ? { bullet: like.bullet } : {}),
  };
  return { content: [paragraph], style, rowSpan: 1, columnSpan: 1 };
}

const newRow = (columns: number, like?: Paragraph): TableRow => ({
  cells: Array.from({ length: columns }, () => newCell(like)),
  style: ROW_STYLE,
});

/** The head of the cell at a place: itself, or the one that covers it. */
export function headOf(table: Table, place: CellPlace): CellPlace {
  for (let row = place.row; row >= 0; row--)
    for (let column = place.column; column >= 0; column--) {
      const cell = cellAt(table, { row, column });
      if (cell && row + cell.rowSpan > place.row && column + cell.columnSpan > place.column)
        return { row, column };
    }
  return place;
}

export const cellAt = (table: Table, { row, column }: CellPlace): TableCell | undefined =>
  table.rows[row]?.cells[column];

/** The rectangle that the cell at a place covers. */
export function areaAt(table: Table, place: CellPlace): Area {
  const head = headOf(table, place);
  const { rowSpan = 1, columnSpan = 1 } = cellAt(table, head) ?? {};
  return { ...head, rowSpan, columnSpan };
}

/** A new row before row `at`; cells that reach across it grow. */
export function withRow(table: Table, at: number, model: number): Table {
  const copied = table.rows[model];
  const cells = table.columns.map((_, column) => newCell(undefined, copied?.cells[column]?.style));
  const row: TableRow = { cells, style: { ...ROW_STYLE, ...pick(copied?.style ?? {}, 'minRowHeight') } };
  const grown = mapCells(table, (cell, place) =>
    place.row < at && place.row + cell.rowSpan > at ? { ...cell, rowSpan: cell.rowSpan + 1 } : cell,
  );
  return { ...grown, rows: [...grown.rows.slice(0, at), row, ...grown.rows.slice(at)] };
}

/** A new column before column `at`; cells that reach across it grow. */
export function withColumn(table: Table, at: number, model: number): Table {
  const grown = mapCells(table, (cell, place) =>
    place.column < at && place.column + cell.columnSpan > at
      ? { ...cell, columnSpan: cell.columnSpan + 1 }
      : cell,
  );
  return {
    ...grown,
    rows: grown.rows.map((row) => ({
      ...row,
      cells: [...row.cells.slice(0, at), newCell(undefined, row.cells[model]?.style), ...row.cells.slice(at)],
    })),
    columns: [...grown.columns.slice(0, at), COLUMN_PROPERTIES, ...grown.columns.slice(at)],
  };
}

/** Without `count` rows from `at`; undefined where none is left. What covers them shrinks. */
export function withoutRows(table: Table, at: number, count: number): Table | undefined {
  if (count >= table.rows.length) return undefined;
  const moved = mapCells(table, (cell, place) => {
    const last = { row: at, column: place.column };
    const head = place.row === at + count ? tallest(table, last, count) : undefined;
    if (head) return { ...head.cell, rowSpan: head.row + head.cell.rowSpan - place.row };
    return { ...cell, rowSpan: left(place.row, cell.rowSpan, at, count) };
  });
  return { ...moved, rows: moved.rows.filter((_, row) => row < at || row >= at + count) };
}

/** Without `count` columns from `at`; undefined where none is left. */
export function withoutColumns(table: Table, at: number, count: number): Table | undefined {
  const turned = withoutRows(transposed(table), at, count);
  return (
    turned && {
      ...transposed(turned),
      rows: transposed(turned).rows.map((row, nth) => ({
        ...row,
        style: table.rows[nth]?.style ?? ROW_STYLE,
      })),
      columns: table.columns.filter((_, column) => column < at || column >= at + count),
    }
  );
}

/** A cell that begins in the rows that go and reaches beyond them: what is left of it keeps its text. */
function tallest(
  table: Table,
  { row, column }: CellPlace,
  count: number,
): { cell: TableCell; row: number } | undefined {
  for (let from = row; from < row + count; from++) {
    const cell = cellAt(table, { row: from, column });
    if (cell && from + cell.rowSpan > row + count) return { cell, row: from };
  }
  return undefined;
}

/** Rows as columns; rows' own styles are lost. */
const transposed = (table: Table): Table => ({
  ...table,
  rows: table.columns.map((_, column) => ({
    style: ROW_STYLE,
    cells: table.rows.flatMap(({ cells }) => {
      const cell = cells[column];
      return cell ? [{ ...cell, rowSpan: cell.columnSpan, columnSpan: cell.rowSpan }] : [];
    }),
  })),
  columns: table.rows.map(() => COLUMN_PROPERTIES),
});

/** The cells of an area as one: all their text in its head. Undefined where a joined cell stands half in it. */
export function merged(table: Table, area: Area): Table | undefined {
  if (!isWhole(table, area)) return undefined;
  const inside = (place: CellPlace) => isIn(area, place);
  const contents: Content[] = [];
  mapCells(table, (cell, place) => {
    if (inside(place)) contents.push(cell.content);
    return cell;
  });
  const filled = contents.filter((content) => contentText(content) !== '\n');
  const content: Content = filled.length > 0 ? filled.flat() : (contents[0] ?? []);
  return mapCells(table, (cell, place) => {
    if (!inside(place)) return cell;
    const isHead = place.row === area.row && place.column === area.column;
    if (isHead) return { ...cell, content, rowSpan: area.rowSpan, columnSpan: area.columnSpan };
    return { ...newCell(undefined, cell.style), rowSpan: 1, columnSpan: 1 };
  });
}

/** Every joined cell whose head is in the area is single again; the text stays in the head. */
export const unmerged = (table: Table, area: Area): Table =>
  mapCells(table, (cell, place) =>
    cell.rowSpan * cell.columnSpan > 1 &&
    touches(area, { ...place, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan })
      ? { ...cell, rowSpan: 1, columnSpan: 1 }
      : cell,
  );

/** Every cell, changed. */
export function mapCells(table: Table, change: (cell: TableCell, place: CellPlace) => TableCell): Table {
  return {
    ...table,
    rows: table.rows.map((row, nth) => ({
      ...row,
      cells: row.cells.map((cell, column) => change(cell, { row: nth, column })),
    })),
  };
}

export const isIn = (area: Area, { row, column }: CellPlace): boolean =>
  row >= area.row &&
  row < area.row + area.rowSpan &&
  column >= area.column &&
  column < area.column + area.columnSpan;

/** Whether no joined cell stands half in the area. */
export function isWhole(table: Table, area: Area): boolean {
  let whole = true;
  mapCells(table, (cell, place) => {
    const own = { ...place, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan };
    if (touches(area, own) && !isIn(area, place)) whole = false;
    if (
      touches(area, own) &&
      !isIn(area, { row: place.row + cell.rowSpan - 1, column: place.column + cell.columnSpan - 1 })
    )
      whole = false;
    return cell;
  });
  return whole;
}

const touches = (a: Area, b: Area): boolean =>
  a.row < b.row + b.rowSpan &&
  b.row < a.row + a.rowSpan &&
  a.column < b.column + b.columnSpan &&
  b.column < a.column + a.columnSpan;

/** What is left of a span when `count` places from `at` go. */
function left(from: number, span: number, at: number, count: number): number {
  const lost = Math.max(Math.min(from + span, at + count) - Math.max(from, at), 0);
  return Math.max(span - lost, 1);
}

const pick = (style: Fields, ...names: string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (style[name] === undefined ? [] : [[name, style[name]]])));
