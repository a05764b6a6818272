/** Tables, their rows and columns. https://developers.google.com/workspace/docs/api/how-tos/tables */
import type { Paragraph, Run } from '../../world/content.ts';
import { replaceAt } from '../content/edit.ts';
import { partParagraph } from '../content/insertText.ts';
import { blockSize, cellSize } from '../content/size.ts';
import { cellsOf } from '../content/walk.ts';
import { ordered, ownOnly, TEXT_FIELDS } from '../style/fields.ts';
import { inheritedText } from '../style/inherited.ts';
import {
  isWhole,
  merged,
  newTable,
  unmerged,
  withColumn,
  withoutColumns,
  withoutRows,
  withRow,
} from '../table/table.ts';
import { type Job, outside, putContent, refuse, renewed, type Segment, spotOf, type Where } from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';
import {
  cellAreaOf,
  cellEdits,
  putTable,
  rowIndexes,
  type TableCellLocation,
  type TableRange,
  tableAt,
  tableRangeOf,
} from './places.ts';
import { pruneTab } from './prune.ts';

/** Cells of one table; Docs' own screens make tables of 20 by 20. */
const TABLE_CELLS_MAX = 10_000;

type AtCell = { tableCellLocation?: TableCellLocation };

/** `insertTable`: a line break goes before it, so that it begins one index behind the location. */
export function insertTable(
  job: Job,
  input: { rows?: number; columns?: number; location?: Where; endOfSegmentLocation?: Where },
): void {
  const { rows = 0, columns = 0 } = input;
  const { segment, index } = spotOf(job, input);
  if (rows < 1) throw refuse(job, `The number of rows must be at least 1, was: ${rows}`);
  if (columns < 1) throw refuse(job, `The number of columns must be at least 1, was: ${columns}`);
  if (rows * columns > TABLE_CELLS_MAX) throw refuse(job, 'The table is too large.');
  if (segment.kind === 'footnotes') throw refuse(job, 'Tables cannot be inserted inside a footnote.');
  const at = paragraphSpot(job, segment, index);
  let size = 0;
  const content = replaceAt(segment.content, at, (paragraph, offset) => {
    const table = newTable(rows, columns, { ...paragraph, runs: plainRuns(segment, paragraph) });
    size = blockSize(table);
    const [before, after] = partParagraph(paragraph, offset, renewed(job));
    return [before, table, after];
  });
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at, removed: 0, inserted: 1 + size }]);
}

/** Text of a paragraph as it looks in a plain one, which those of cells are: what a heading gives it, it says itself. */
function plainRuns({ tab }: Segment, { runs, style }: Paragraph): Run[] {
  const normal = inheritedText(tab, 'NORMAL_TEXT');
  const around = inheritedText(tab, style.namedStyleType);
  return runs.map((run) => ({
    ...run,
    style: ordered(ownOnly({ ...around, ...run.style }, normal), TEXT_FIELDS),
  }));
}

/** `insertTableRow` */
export function insertTableRow(job: Job, input: AtCell & { insertBelow?: boolean }): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { row, rowSpan } = found.area;
  const at = input.insertBelow ? row + rowSpan : row;
  const next = withRow(found.table, at, row);
  const inserted = blockSize(next) - blockSize(found.table);
  putTable(job, found, next, [{ at: rowIndexes(found)[at] ?? found.index, removed: 0, inserted }]);
}

/** `insertTableColumn` */
export function insertTableColumn(job: Job, input: AtCell & { insertRight?: boolean }): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { column, columnSpan } = found.area;
  const at = input.insertRight ? column + columnSpan : column;
  const next = withColumn(found.table, at, column);
  const ends = rowIndexes(found);
  const edits = next.rows.map(({ cells }, row) => {
    const before = cells.slice(0, at).reduce((sum, cell) => sum + cellSize(cell), 1);
    const made = cells[at];
    return { at: (ends[row] ?? 0) + before, removed: 0, inserted: made ? cellSize(made) : 0 };
  });
  putTable(job, found, next, edits.reverse());
}

/** `deleteTableRow`: all rows that the cell spans; with the last one the table goes. */
export function deleteTableRow(job: Job, input: AtCell): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { row, rowSpan } = found.area;
  const ends = rowIndexes(found);
  const from = ends[row] ?? 0;
  const removed = (ends[row + rowSpan] ?? from) - from;
  putTable(job, found, withoutRows(found.table, row, rowSpan), [{ at: from, removed, inserted: 0 }]);
  pruneTab(job, found.segment.tab.tabId);
}

/** `deleteTableColumn`: all columns that the cell spans. */
export function deleteTableColumn(job: Job, input: AtCell): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { column, columnSpan } = found.area;
  const edits = [...cellsOf(found.table, found.index)]
    .filter((cell) => cell.column >= column && cell.column < column + columnSpan)
    .map(({ cell, contentIndex }) => ({ at: contentIndex - 1, removed: cellSize(cell), inserted: 0 }));
  putTable(job, found, withoutColumns(found.table, column, columnSpan), edits.reverse());
  pruneTab(job, found.segment.tab.tabId);
}

/** `mergeTableCells`: all text stands in the head. */
export function mergeTableCells(job: Job, input: { tableRange?: TableRange }): void {
  const found = tableRangeOf(job, input.tableRange);
  const next = isWhole(found.table, found.area) ? merged(found.table, found.area) : undefined;
  if (!next) throw refuse(job, 'The table range must be rectangular.');
  putTable(job, found, next, cellEdits(found, next));
}

/** `unmergeTableCells` */
export function unmergeTableCells(job: Job, input: { tableRange?: TableRange }): void {
  const found = tableRangeOf(job, input.tableRange);
  putTable(job, found, unmerged(found.table, found.area), []);
}

/** `pinTableHeaderRows`: the first rows are the table's header, no others. */
export function pinTableHeaderRows(
  job: Job,
  input: { tableStartLocation?: Where; pinnedHeaderRowsCount?: number },
): void {
  const found = tableAt(job, input.tableStartLocation);
  const { pinnedHeaderRowsCount: count = 0 } = input;
  if (count < 0 || count > found.table.rows.length)
    throw refuse(job, 'The pinned header rows count is outside the bounds of the table.');
  const rows = found.table.rows.map((row, nth) => {
    const { tableHeader: _header, ...style } = row.style;
    return { ...row, style: nth < count ? { ...style, tableHeader: true } : style };
  });
  putTable(job, found, { ...found.table, rows }, []);
}
