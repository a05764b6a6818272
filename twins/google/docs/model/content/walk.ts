/**
 * Ways through content: every paragraph with its place, the one at an index, the text. Exports and views read
 * documents with these.
 */
import type { Content, Paragraph, Table, TableCell } from '../../world/content.ts';
import { runsText } from './runs.ts';
import { blockSize, cellSize, contentSize } from './size.ts';

/** A paragraph and where it stands. */
export interface Placed {
  readonly paragraph: Paragraph;
  /** Its first index, and one past its last. */
  readonly startIndex: number;
  readonly endIndex: number;
  /** The cells around it, outermost first. */
  readonly cells: readonly PlacedCell[];
}

/** A cell and where its content begins. */
export interface PlacedCell {
  readonly table: Table;
  readonly cell: TableCell;
  readonly row: number;
  readonly column: number;
  readonly contentIndex: number;
}

/** Every paragraph in reading order, those in cells and tables of contents too. `at` is the content's first index. */
export const paragraphsOf = (content: Content, at: number = 0): Generator<Placed> =>
  paragraphsIn(content, 0, Number.POSITIVE_INFINITY, at);

/** The paragraphs that overlap a range, in reading order; blocks outside of it are not entered. */
export function* paragraphsIn(
  content: Content,
  start: number,
  end: number,
  at: number = 0,
  cells: readonly PlacedCell[] = [],
): Generator<Placed> {
  let startIndex = at;
  for (const block of content) {
    if (startIndex >= end) return;
    const endIndex = startIndex + blockSize(block);
    if (endIndex > start) {
      if (block.kind === 'paragraph') yield { paragraph: block, startIndex, endIndex, cells };
      else if (block.kind === 'tableOfContents')
        yield* paragraphsIn(block.content, start, end, startIndex + 1, cells);
      else if (block.kind === 'table')
        for (const placed of cellsOf(block, startIndex))
          yield* paragraphsIn(placed.cell.content, start, end, placed.contentIndex, [...cells, placed]);
    }
    startIndex = endIndex;
  }
}

/** Every cell of a table that begins at index `at`, row by row. */
export function* cellsOf(table: Table, at: number): Generator<PlacedCell> {
  let index = at + 1;
  for (const [row, { cells }] of table.rows.entries()) {
    index += 1;
    for (const [column, cell] of cells.entries()) {
      yield { table, cell, row, column, contentIndex: index + 1 };
      index += cellSize(cell);
    }
  }
}

/** Every table with its first index, nested ones too. */
export function* tablesOf(content: Content, at: number = 0): Generator<{ table: Table; startIndex: number }> {
  let startIndex = at;
  for (const block of content) {
    if (block.kind === 'table') {
      yield { table: block, startIndex };
      for (const { cell, contentIndex } of cellsOf(block, startIndex))
        yield* tablesOf(cell.content, contentIndex);
    }
    startIndex += blockSize(block);
  }
}

/** The text of a paragraph with its line break; elements that are no text show as U+E907. */
export const paragraphText = (paragraph: Paragraph): string => runsText(paragraph.runs);

/** The text of content, paragraph by paragraph. */
export function contentText(content: Content): string {
  let text = '';
  for (const { paragraph } of paragraphsOf(content)) text += paragraphText(paragraph);
  return text;
}

/** One past the last index of a segment. */
export const endOf = (content: Content): number => contentSize(content);
