/** A spreadsheet's grid as it is shown, a screenful at a time. */
import type { Asked, Block, Cell } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { columnName } from '../sheets/model/a1.ts';
import { sheetsOf } from '../sheets/model/area.ts';
import { readValues } from '../sheets/model/values.ts';
import type { SheetRow } from '../sheets/world.ts';

const ROWS_SHOWN = 100;
const COLUMNS_SHOWN = 26;

/** Tabs, the grid from row `asked.from`, and a way to type into a cell. */
export function sheetBlocks(
  world: World,
  spreadsheet: string,
  tab: string | undefined,
  asked: Asked,
): Block[] {
  const all = sheetsOf(world, spreadsheet).filter(
    ({ properties: { hidden, sheetType } }) => !hidden && sheetType === 'GRID',
  );
  const sheet = all.find((one) => String(one.properties.sheetId) === tab) ?? all[0];
  if (!sheet) return [];
  const links = all.map(({ properties: { sheetId, title } }) => ({
    to: `file/${spreadsheet}/${sheetId}`,
    title,
    here: sheetId === sheet.properties.sheetId,
  }));
  const here = { file: spreadsheet, sheet: sheet.properties.title };
  const typing = {
    label: 'Type',
    gesture: 'editCell',
    style: 'primary' as const,
    with: here,
    fields: [
      { path: ['cell'], label: 'Cell, as B2', type: 'text' as const },
      { path: ['value'], label: 'Value or =formula', type: 'text' as const, blank: true },
    ],
  };
  const renaming = {
    label: 'Rename sheet',
    gesture: 'renameSheet',
    with: here,
    fields: [{ path: ['title'], label: 'Title', type: 'text' as const }],
  };
  return [
    { kind: 'pages', links },
    { kind: 'acts', acts: [typing, renaming] },
    grid(world, spreadsheet, sheet, asked),
  ];
}

function grid(world: World, spreadsheet: string, sheet: SheetRow, asked: Asked): Block {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const asking = Number(asked.from ?? 0);
  const startRow = Number.isSafeInteger(asking) && asking > 0 && asking < rowCount ? asking : 0;
  const endRow = Math.min(rowCount, startRow + ROWS_SHOWN);
  const endColumn = Math.min(columnCount, COLUMNS_SHOWN);
  const shown = readValues(
    world,
    spreadsheet,
    { sheet, startRow, endRow, startColumn: 0, endColumn },
    { values: 'FORMATTED_VALUE', dates: 'FORMATTED_STRING', dimension: 'ROWS' },
  );
  const values = shown.values ?? [];
  const rows = Array.from({ length: endRow - startRow }, (_, nth): Cell[] => [
    String(startRow + nth + 1),
    ...Array.from({ length: endColumn }, (_, column) => String(values[nth]?.[column] ?? '')),
  ]);
  const columns = ['', ...Array.from({ length: endColumn }, (_, column) => columnName(column))];
  return { kind: 'table', grid: true, columns, rows, ...(endRow < rowCount ? { next: String(endRow) } : {}) };
}
