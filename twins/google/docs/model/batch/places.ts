/** Tables and cells as requests name them. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#TableCellLocation */
import type { Block, Table } from '../../world/content.ts';
import type { Edit } from '../../world/edits.ts';
import { replaceTable } from '../content/edit.ts';
import { contentSize, rowSize } from '../content/size.ts';
import { cellsOf } from '../content/walk.ts';
import { type Area, areaAt, type CellPlace, cellAt } from '../table/table.ts';
import { type Job, outside, putContent, refuse, type Segment, segmentOf, type Where } from './job.ts';

export interface TableCellLocation {
  tableStartLocation?: Where;
  rowIndex?: number;
  columnIndex?: number;
}

export interface TableRange {
  tableCellLocation?: TableCellLocation;
  rowSpan?: number;
  columnSpan?: number;
}

/** A table of a document and where it begins. */
export interface TablePlace {
  readonly segment: Segment;
  readonly index: number;
  readonly table: Table;
}

type Bare = Omit<Edit, 'tabId' | 'segmentId'>;

/** The table that begins at a location. Throws 400. */
export function tableAt(job: Job, location: Where | undefined): TablePlace {
  if (!location) throw refuse(job, 'The table start location must be specified.');
  const segment = segmentOf(job, location);
  const index = location.index ?? 0;
  let table: Table | undefined;
  replaceTable(segment.content, index, (found) => {
    table = found;
    return [found];
  });
  if (!table) throw refuse(job, 'The provided table start location is invalid.');
  return { segment, index, table };
}

/** A cell of a table. Throws 400. */
function cellPlaceOf(job: Job, location: TableCellLocation | undefined): TablePlace & { place: CellPlace } {
  const found = tableAt(job, location?.tableStartLocation);
  const place = { row: location?.rowIndex ?? 0, column: location?.columnIndex ?? 0 };
  if (!cellAt(found.table, place))
    throw refuse(job, 'The table cell location is outside the bounds of the table.');
  return { ...found, place };
}

/** The cell that a location names with all that it covers. Throws 400. */
export function cellAreaOf(job: Job, location: TableCellLocation | undefined): TablePlace & { area: Area } {
  const { place, ...found } = cellPlaceOf(job, location);
  return { ...found, area: areaAt(found.table, place) };
}

/** A rectangle of cells. Throws 400. */
export function tableRangeOf(job: Job, range: TableRange | undefined): TablePlace & { area: Area } {
  const { rowSpan = 0, columnSpan = 0 } = range ?? {};
  if (rowSpan < 1) throw refuse(job, `The rowSpan must be strictly positive, was: ${rowSpan}`);
  if (columnSpan < 1) throw refuse(job, `The columnSpan must be strictly positive, was: ${columnSpan}`);
  const { place, ...found } = cellPlaceOf(job, range?.tableCellLocation);
  const { rows, columns } = found.table;
  if (place.row + rowSpan > rows.length || place.column + columnSpan > columns.length)
    throw refuse(job, 'The table range extends outside the bounds of the table.');
  return { ...found, area: { ...place, rowSpan, columnSpan } };
}

/** Puts a changed table (or nothing) in the place of the old. */
export function putTable(
  job: Job,
  { segment, index, table }: TablePlace,
  next: Table | undefined,
  edits: readonly Bare[],
): void {
  const blocks: Block[] = next ? [next] : [];
  const content = replaceTable(segment.content, index, () => blocks);
  if (!content) throw outside(job);
  const size = contentSize([table]);
  putContent(job, segment, content, next ? edits : [{ at: index, removed: size, inserted: 0 }]);
}

/** The first index of each row, and the one behind the last. */
export function rowIndexes({ index, table }: TablePlace): number[] {
  const indexes = [index + 1];
  for (const row of table.rows) indexes.push((indexes.at(-1) ?? 0) + rowSize(row));
  return indexes;
}

/** What a change of cells' contents took out and put in, cell by cell, last first. */
export function cellEdits({ index, table }: TablePlace, next: Table): Bare[] {
  const edits: Bare[] = [];
  for (const { cell, row, column, contentIndex } of cellsOf(table, index)) {
    const now = cellAt(next, { row, column })?.content ?? [];
    if (now === cell.content) continue;
    const [removed, inserted] = [contentSize(cell.content), contentSize(now)];
    edits.unshift({ at: contentIndex, removed, inserted });
  }
  return edits;
}
