/** A spreadsheet as pages: each sheet a table with lines between cells, over as many pages as it takes. */
import type { World } from '../../../../../src/world/world.ts';
import { drawable, PAGE, type Pages, pdf } from '../../../drive/model/conversion/pdf.ts';
import type { CellRow, SheetRow } from '../../world.ts';
import { sheetsOf } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { wholeGrid } from '../grid.ts';

/** Points in a pixel. */
const POINTS = 0.75;
const COLUMN_PIXELS = 100;
const ROW_PIXELS = 21;
const PAD = 2;

/** As `File > Download > PDF` makes it, less colours and borders. */
export function spreadsheetPdf(world: World, spreadsheetId: string, title: string): Uint8Array {
  const calculator = new Calculator(world, spreadsheetId);
  const all = sheetsOf(world, spreadsheetId).filter(({ properties }) => !properties.hidden);
  return pdf(world, title, (pages) => {
    for (const sheet of all) printSheet(pages, calculator, sheet);
  });
}

interface Printed {
  cell: CellRow;
  text: string;
}

function printSheet(pages: Pages, calculator: Calculator, sheet: SheetRow): void {
  const printed: Printed[] = [];
  for (const cell of calculator.cellsIn(sheet.properties.sheetId, wholeGrid(sheet))) {
    const text = calculator.shown(cell);
    if (text !== undefined && text !== '') printed.push({ cell, text });
  }
  const rowCount = Math.max(0, ...printed.map(({ cell }) => cell.row + 1));
  const columnCount = Math.max(0, ...printed.map(({ cell }) => cell.column + 1));
  const width = (column: number) => (sheet.columnMetadata[column]?.pixelSize ?? COLUMN_PIXELS) * POINTS;
  const height = (row: number) => (sheet.rowMetadata[row]?.pixelSize ?? ROW_PIXELS) * POINTS;
  const bands = split(columnCount, width, PAGE.width - 2 * PAGE.margin);
  const sheetfuls = split(rowCount, height, PAGE.height - 2 * PAGE.margin);
  for (const columns of bands)
    for (const rows of sheetfuls) {
      pages.addPage();
      const inside = printed.filter(({ cell }) => within(cell.row, rows) && within(cell.column, columns));
      for (const { cell, text } of inside) {
        const x = PAGE.margin + sum(columns.from, cell.column, width);
        const y = PAGE.margin + sum(rows.from, cell.row, height);
        pages.rect(x, y, width(cell.column), height(cell.row)).lineWidth(0.5).stroke('#cccccc');
        const align = typeof calculator.plain(cell, 'serial') === 'number' ? 'right' : 'left';
        pages.text(drawable(text), x + PAD, y + PAD, {
          width: width(cell.column) - 2 * PAD,
          height: height(cell.row) - PAD,
          align,
          ellipsis: true,
        });
      }
    }
}

interface Stretch {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Stretches that fit a page each; one that is larger alone has a page to itself. */
function split(count: number, size: (index: number) => number, most: number): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let taken = 0;
  for (let index = 0; index < count; index++) {
    if (index > from && taken + size(index) > most) {
      stretches.push({ from, to: index });
      from = index;
      taken = 0;
    }
    taken += size(index);
  }
  if (count > from) stretches.push({ from, to: count });
  return stretches;
}

const within = (index: number, { from, to }: Stretch): boolean => index >= from && index < to;

function sum(from: number, to: number, size: (index: number) => number): number {
  let total = 0;
  for (let index = from; index < to; index++) total += size(index);
  return total;
}
