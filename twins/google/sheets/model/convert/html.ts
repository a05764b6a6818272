/** A spreadsheet as web pages, one a sheet, in an archive. */
import { escaped } from '../../../../../src/html.ts';
import type { World } from '../../../../../src/world/world.ts';
import { zipped } from '../../../drive/model/conversion/archive.ts';
import type { SheetRow } from '../../world.ts';
import { columnName } from '../a1.ts';
import { sheetsOf } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { wholeGrid } from '../grid.ts';

/** `<sheet title>.html` for each sheet. */
export function spreadsheetPages(world: World, spreadsheetId: string): Uint8Array {
  const calculator = new Calculator(world, spreadsheetId);
  const pages = sheetsOf(world, spreadsheetId).map((sheet) => [
    `${sheet.properties.title.replaceAll('/', '_')}.html`,
    page(calculator, sheet),
  ]);
  return zipped(world, Object.fromEntries(pages));
}

function page(calculator: Calculator, sheet: SheetRow): string {
  const rows: string[][] = [];
  for (const cell of calculator.cellsIn(sheet.properties.sheetId, wholeGrid(sheet))) {
    const text = calculator.shown(cell);
    if (text === undefined) continue;
    while (rows.length <= cell.row) rows.push([]);
    const row = rows[cell.row] as string[];
    while (row.length <= cell.column) row.push('');
    row[cell.column] = escaped(text).replaceAll('\n', '<br>');
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  const heads = Array.from({ length: width }, (_, column) => `<th>${columnName(column)}</th>`).join('');
  const lines = rows.map((row, index) => {
    const shown = Array.from({ length: width }, (_, column) => `<td>${row[column] ?? ''}</td>`).join('');
    return `<tr><th>${index + 1}</th>${shown}</tr>`;
  });
  const table = `<table><thead><tr><th></th>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
  return `<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><div class="ritz grid-container" dir="ltr">${table}</div>`;
}
