/** A document as pages: text by its styles, lists, and tables; images are left out. */
import type { World } from '../../../../../src/world/world.ts';
import { drawable, PAGE, type Pages, pdf } from '../../../drive/model/conversion/pdf.ts';
import type { Content, Fields, Paragraph, Run, Table } from '../../world/content.ts';
import { documents, type Tab } from '../../world.ts';
import { namedStyle } from '../style/inherited.ts';
import { chipOf, colorOf, type Item, partsOf, pointsOf, urlOf } from './parts.ts';

const INDENT = 18;
const BODY_POINTS = 11;
const CELL_PAD = 5;
const ALIGNMENTS: Readonly<Record<string, 'center' | 'right' | 'justify'>> = {
  CENTER: 'center',
  END: 'right',
  JUSTIFIED: 'justify',
};

/** As `File > Download > PDF` makes it; every tab begins a page. */
export function documentPdf(world: World, documentId: string, title: string): Uint8Array {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  return pdf(world, title, (pages) => {
    for (const tab of tabs) {
      pages.addPage();
      printContent(pages, tab, tab.body, PAGE.width - 2 * PAGE.margin);
    }
  });
}

function printContent(pages: Pages, tab: Tab, content: Content, width: number): void {
  for (const part of partsOf(tab, content))
    if (part.kind === 'table') printTable(pages, tab, part.table, width);
    else printParagraph(pages, tab, part.paragraph, part.item, width);
}

function printParagraph(
  pages: Pages,
  tab: Tab,
  paragraph: Paragraph,
  item: Item | undefined,
  width: number,
): void {
  const named = (namedStyle(tab, paragraph.style.namedStyleType)?.textStyle ?? {}) as Fields;
  const left = pages.x;
  const indent = item ? INDENT * (item.level + 1) : 0;
  const align = ALIGNMENTS[String(paragraph.style.alignment)] ?? 'left';
  const mark: Piece[] = item ? [{ text: item.ordered ? `${item.nth}. ` : '• ', style: {} }] : [];
  const pieces = [...mark, ...paragraph.runs.flatMap((run) => pieceOf(pages, run))];
  for (const [index, { text, style }] of pieces.entries()) {
    dress(pages, { ...named, ...style });
    const said: PDFKit.Mixins.TextOptions = {
      width: width - indent,
      align,
      continued: index < pieces.length - 1,
      underline: style.underline === true,
      strike: style.strikethrough === true,
      link: urlOf(style) ?? null,
    };
    if (index === 0) pages.text(drawable(text), left + indent, pages.y, said);
    else pages.text(drawable(text), said);
  }
  if (pieces.length === 0) pages.moveDown();
  pages.x = left;
}

interface Piece {
  text: string;
  style: Fields;
}

/** What of a run is printed; a page break is one. */
function pieceOf(pages: Pages, run: Run): Piece[] {
  if (run.element?.kind === 'pageBreak') pages.addPage();
  const text = run.element ? (chipOf(run.element)?.text ?? '') : run.text.replace(/\n$/, '');
  return text === '' ? [] : [{ text: text.replaceAll('\v', '\n'), style: run.style }];
}

function dress(pages: Pages, style: Fields): void {
  const [bold, italic] = [style.bold === true, style.italic === true];
  const face = `${bold ? 'Bold' : ''}${italic ? 'Oblique' : ''}`;
  pages.font(face === '' ? 'Helvetica' : `Helvetica-${face}`);
  pages.fontSize(pointsOf(style.fontSize) ?? BODY_POINTS);
  pages.fillColor(colorOf(style.foregroundColor) ?? '#000000');
}

function printTable(pages: Pages, tab: Tab, table: Table, width: number): void {
  const left = pages.x;
  const each = width / Math.max(1, table.columns.length);
  for (const { cells } of table.rows) {
    const top = pages.y;
    let bottom = top;
    for (const [column, cell] of cells.entries()) {
      pages.x = left + column * each + CELL_PAD;
      pages.y = top + CELL_PAD;
      printContent(pages, tab, cell.content, each - 2 * CELL_PAD);
      bottom = Math.max(bottom, pages.y + CELL_PAD);
    }
    if (bottom > top)
      for (const column of cells.keys())
        pages
          .rect(left + column * each, top, each, bottom - top)
          .lineWidth(1)
          .stroke('#000000');
    pages.x = left;
    pages.y = bottom;
  }
}
