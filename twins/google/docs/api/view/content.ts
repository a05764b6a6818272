/** Content as the API shows it, with every index. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents#StructuralElement */
import { blockSize, cellSize, rowSize } from '../../model/content/size.ts';
import type {
  Block,
  Content,
  Fields,
  Paragraph,
  Run,
  Table,
  TableCell,
  TableRow,
} from '../../world/content.ts';

type Shown = Record<string, unknown>;

/** What a view needs to know besides the content. */
export interface Showing {
  /** Footnotes' numbers by id. */
  numbers: ReadonlyMap<string, number>;
  /** A text style as it is shown: links to headings have an older form. */
  textStyle: (style: Fields) => Fields;
}

/** The structural elements of a segment or cell whose first index is `at`. */
export function contentView(content: Content, showing: Showing, at: number = 0): Shown[] {
  let index = at;
  return content.map((block) => {
    const from = index;
    index += blockSize(block);
    return { ...placed(from, index), ...blockView(block, showing, from) };
  });
}

/** The first index is not said where it is 0, nor that of the section break that opens a body. */
const placed = (startIndex: number, endIndex: number): Shown =>
  startIndex === 0 ? { endIndex } : { startIndex, endIndex };

function blockView(block: Block, showing: Showing, at: number): Shown {
  switch (block.kind) {
    case 'paragraph':
      return { paragraph: paragraphView(block, showing, at) };
    case 'sectionBreak':
      return { sectionBreak: { ...marksView(block), sectionStyle: block.style } };
    case 'table':
      return { table: tableView(block, showing, at) };
    case 'tableOfContents':
      return {
        tableOfContents: { content: contentView(block.content, showing, at + 1), ...marksView(block) },
      };
  }
}

function paragraphView(paragraph: Paragraph, showing: Showing, at: number): Shown {
  let index = at;
  const elements = paragraph.runs.map((run) => {
    const from = index;
    index += run.text.length;
    return { ...placed(from, index), ...elementView(run, showing) };
  });
  const { bullet, positionedObjectIds } = paragraph;
  return {
    elements,
    paragraphStyle: paragraph.style,
    ...(bullet ? { bullet: bulletView(bullet, showing) } : {}),
    ...(positionedObjectIds?.length ? { positionedObjectIds } : {}),
    ...(paragraph.styles ? { suggestedParagraphStyleChanges: paragraph.styles } : {}),
    ...(paragraph.bullets ? { suggestedBulletChanges: bulletChangesView(paragraph.bullets, showing) } : {}),
  };
}

const bulletView = (bullet: NonNullable<Paragraph['bullet']>, showing: Showing): Shown => ({
  listId: bullet.listId,
  ...(bullet.nestingLevel > 0 ? { nestingLevel: bullet.nestingLevel } : {}),
  textStyle: showing.textStyle(bullet.textStyle),
});

const bulletChangesView = (bullets: NonNullable<Paragraph['bullets']>, showing: Showing): Shown =>
  Object.fromEntries(
    Object.entries(bullets).map(([id, bullet]) => [
      id,
      {
        ...(bullet ? { bullet: bulletView(bullet, showing) } : {}),
        bulletSuggestionState: { listIdSuggested: true, nestingLevelSuggested: true },
      },
    ]),
  );

function elementView(run: Run, showing: Showing): Shown {
  const textStyle = showing.textStyle(run.style);
  const { element } = run;
  const suggested = run.styles ? { suggestedTextStyleChanges: run.styles } : {};
  if (!element) return { textRun: { content: run.text, ...marksView(run), textStyle, ...suggested } };
  if (element.kind === 'equation') return { equation: { ...element.properties, ...marksView(run) } };
  const names = Object.entries(element.properties);
  const ids = names.filter(([name]) => !name.endsWith('Properties'));
  const properties = names.filter(([name]) => name.endsWith('Properties'));
  const number = showing.numbers.get(String(element.properties.footnoteId));
  const shown = {
    ...Object.fromEntries(ids),
    ...(element.kind === 'footnoteReference' ? { footnoteNumber: String(number ?? '') } : {}),
    ...marksView(run),
    textStyle,
    ...Object.fromEntries(properties),
    ...suggested,
  };
  return { [element.kind]: shown };
}

function tableView(table: Table, showing: Showing, at: number): Shown {
  let index = at + 1;
  const tableRows = table.rows.map((row) => {
    const from = index;
    index += rowSize(row);
    return rowView(row, showing, from);
  });
  return {
    rows: table.rows.length,
    columns: table.columns.length,
    tableRows,
    ...marksView(table),
    tableStyle: { tableColumnProperties: table.columns },
  };
}

function rowView(row: TableRow, showing: Showing, startIndex: number): Shown {
  let index = startIndex + 1;
  const tableCells = row.cells.map((cell) => {
    const from = index;
    index += cellSize(cell);
    return cellView(cell, showing, from);
  });
  return { startIndex, endIndex: index, tableCells, ...marksView(row), tableRowStyle: row.style };
}

function cellView(cell: TableCell, showing: Showing, startIndex: number): Shown {
  const { rowSpan, columnSpan } = cell;
  return {
    startIndex,
    endIndex: startIndex + cellSize(cell),
    content: contentView(cell.content, showing, startIndex + 1),
    tableCellStyle: { rowSpan, columnSpan, ...cell.style },
    ...marksView(cell),
    ...(cell.styles ? { suggestedTableCellStyleChanges: cell.styles } : {}),
  };
}

const marksView = ({
  insertions,
  deletions,
}: {
  insertions?: readonly string[];
  deletions?: readonly string[];
}): Shown => ({
  ...(insertions?.length ? { suggestedInsertionIds: insertions } : {}),
  ...(deletions?.length ? { suggestedDeletionIds: deletions } : {}),
});
