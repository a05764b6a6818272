/**
 * How many indexes (UTF-16 units) content takes: a table, a row and a cell each take one before what is in them, and
 * a table one behind its last row. https://developers.google.com/workspace/docs/api/concepts/structure
 */
import type { Block, Content, Paragraph, TableCell, TableRow } from '../../world/content.ts';

/** One for the block's own start, one for its end. */
const EDGES = 2;
/** Trees are immutable: what a block was counted to take holds as long as the block. */
const counted = new WeakMap<Block, number>();

/** Of a whole segment or cell. */
export const contentSize = (content: Content): number =>
  content.reduce((sum, block) => sum + blockSize(block), 0);

export function blockSize(block: Block): number {
  const known = counted.get(block);
  if (known !== undefined) return known;
  const size = count(block);
  counted.set(block, size);
  return size;
}

export const rowSize = (row: TableRow): number => row.cells.reduce((sum, cell) => sum + cellSize(cell), 1);
export const cellSize = (cell: TableCell): number => 1 + contentSize(cell.content);

function count(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
      return paragraphSize(block);
    case 'sectionBreak':
      return 1;
    case 'table':
      return block.rows.reduce((sum, row) => sum + rowSize(row), EDGES);
    case 'tableOfContents':
      return EDGES + contentSize(block.content);
  }
}

const paragraphSize = (paragraph: Paragraph): number =>
  paragraph.runs.reduce((sum, run) => sum + run.text.length, 0);
