/** PDF files, made from what is drawn on their pages. Standard fonts: signs outside of Windows-1252 show as `?`. */
import { createRequire } from 'node:module';
import type PdfDocument from 'pdfkit';
import type { World } from '../../../../../src/world/world.ts';

const require = createRequire(import.meta.url);

/** What is drawn on. */
export type Pages = InstanceType<typeof PdfDocument>;

/** US letter, in points. */
export const PAGE = { width: 612, height: 792, margin: 50 };
const FONT_POINTS = 10;

/** The bytes of a file whose pages `draw` fills; the same for the same moment. */
export function pdf(world: World, title: string, draw: (pages: Pages) => void): Uint8Array {
  const Document = require('pdfkit') as typeof PdfDocument;
  const now = new Date(world.now());
  const pages = new Document({
    autoFirstPage: false,
    size: [PAGE.width, PAGE.height],
    margin: PAGE.margin,
    info: { Title: title, Producer: 'Orrery', CreationDate: now, ModDate: now },
  });
  pages.font('Helvetica').fontSize(FONT_POINTS);
  draw(pages);
  if (pages.bufferedPageRange().count === 0) pages.addPage();
  pages.end();
  return pages.read() as Uint8Array;
}

/** The text as the standard fonts can show it. */
export const drawable = (text: string): string => text.replace(/[^\t\n\r\x20-\x7e\xa0-\xff–—‘’“”•…€™]/g, '?');
