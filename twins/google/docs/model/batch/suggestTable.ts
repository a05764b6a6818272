/** Changes of tables that are suggested. */
import type { Fields } from '../../world/content.ts';
import { cellSize } from '../content/size.ts';
import { cellsOf } from '../content/walk.ts';
import { marked } from '../suggestion/mark.ts';
import { summarize } from '../suggestion/suggestion.ts';
import { isIn, mapCells } from '../table/table.ts';
import { type Job, putContent } from './job.ts';
import { near, suggestedStyle } from './joining.ts';
import {
  cellAreaOf,
  putTable,
  rowIndexes,
  type TableCellLocation,
  type TableRange,
  tableRangeOf,
} from './places.ts';
import { cellChangeOf } from './tableStyle.ts';

export function suggestCellStyle(
  job: Job,
  input: { tableCellStyle?: Fields; fields?: string; tableRange?: TableRange },
): void {
  const found = tableRangeOf(job, input.tableRange);
  const suggested = suggestedStyle('tableCellStyle', cellChangeOf(job, input));
  const id = near(found.segment, job, found.index, found.index);
  const table = mapCells(found.table, (cell, place) =>
    isIn(found.area, place) ? { ...cell, styles: { ...cell.styles, [id]: suggested } } : cell,
  );
  putTable(job, found, table, []);
  summarize(job, id);
}

/** The rows that a cell spans are to go. */
export function suggestNoRow(job: Job, input: { tableCellLocation?: TableCellLocation }): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { row, rowSpan } = found.area;
  const indexes = rowIndexes(found);
  const [start, end] = [indexes[row] ?? 0, indexes[row + rowSpan] ?? 0];
  const id = near(found.segment, job, start, end);
  putContent(job, found.segment, marked(found.segment.content, start, end, 'deletions', id));
  summarize(job, id);
}

/** The columns that a cell spans are to go. */
export function suggestNoColumn(job: Job, input: { tableCellLocation?: TableCellLocation }): void {
  const found = cellAreaOf(job, input.tableCellLocation);
  const { column, columnSpan } = found.area;
  const id = near(found.segment, job, found.index, found.index);
  let { content } = found.segment;
  for (const { cell, column: nth, contentIndex } of cellsOf(found.table, found.index)) {
    const start = contentIndex - 1;
    if (nth >= column && nth < column + columnSpan)
      content = marked(content, start, start + cellSize(cell), 'deletions', id);
  }
  putContent(job, found.segment, content);
  summarize(job, id);
}
