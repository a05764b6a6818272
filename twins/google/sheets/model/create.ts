/** `spreadsheets.create`: a file in Drive with the sheets that were asked for. */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { createFile } from '../../drive/model/file.ts';
import { MIME } from '../../drive/world.ts';
import { badArgument } from '../../errors.ts';
import {
  type DeveloperMetadata,
  type DimensionProperties,
  type NamedRange,
  type ProtectedRange,
  type SheetRow,
  sheets,
  spreadsheets,
} from '../world.ts';
import { gridArea, sheetsOf, toGridRange } from './area.ts';
import type { Job } from './batch/job.ts';
import { createDeveloperMetadataRequest } from './batch/metadata.ts';
import { addNamedRangeRequest } from './batch/named.ts';
import { addProtectedRangeRequest } from './batch/protected.ts';
import { type CellData, checkedCell } from './cellData.ts';
import { withColors } from './color.ts';
import { addSheetObjects, type SheetObjects } from './createObjects.ts';
import { putCell } from './grid.ts';
import { checkedProperties, type PropertiesInput } from './properties.ts';
import { addSheet, COLUMNS_DEFAULT, dropSheet, ROWS_DEFAULT, type SheetInput } from './spreadsheet.ts';

interface GridInput {
  startRow?: number;
  startColumn?: number;
  rowData?: { values?: CellData[] }[];
  rowMetadata?: DimensionProperties[];
  columnMetadata?: DimensionProperties[];
}

/** A sheet as a create may describe it. */
interface NewSheet extends SheetObjects, Partial<Pick<SheetRow, 'merges'>> {
  properties?: SheetInput;
  data?: GridInput[];
  protectedRanges?: ProtectedRange[];
}

/** The body of a create. What is computed is passed over. */
export interface NewSpreadsheet {
  properties?: PropertiesInput;
  sheets?: NewSheet[];
  namedRanges?: NamedRange[];
  developerMetadata?: DeveloperMetadata[];
}

/** Makes it in the viewer's root and gives its id. Throws 400 for what could not be added afterwards either. */
export function createSpreadsheet(world: World, viewer: Viewer, input: NewSpreadsheet): string {
  const { title, ...properties } = input.properties ?? {};
  const checked = checkedProperties(properties, 'properties');
  const file = createFile(world, viewer, {
    name: title || 'Untitled spreadsheet',
    mimeType: MIME.spreadsheet,
  });
  world.update(spreadsheets, file.id, { properties: checked });
  if (input.sheets && input.sheets.length > 0) replaceSheets(world, file.id, input.sheets);
  const job = (asked: string): Job => ({ world, viewer, file, spreadsheetId: file.id, asked });
  const made = sheetsOf(world, file.id);
  for (const [i, sheet] of (input.sheets ?? []).entries())
    addSheetObjects(job, `sheets[${i}]`, made[i]?.properties.sheetId ?? 0, sheet);
  for (const [i, sheet] of (input.sheets ?? []).entries())
    for (const [j, protectedRange] of (sheet.protectedRanges ?? []).entries())
      addProtectedRangeRequest(job(`sheets[${i}].protectedRanges[${j}]`), { protectedRange });
  for (const [i, namedRange] of (input.namedRanges ?? []).entries())
    addNamedRangeRequest(job(`namedRanges[${i}]`), { namedRange });
  for (const [i, developerMetadata] of (input.developerMetadata ?? []).entries())
    createDeveloperMetadataRequest(job(`developerMetadata[${i}]`), { developerMetadata });
  return file.id;
}

/** The first sheet has id 0 unless it says another. */
function replaceSheets(world: World, id: string, wanted: readonly NewSheet[]): void {
  for (const sheet of sheetsOf(world, id)) dropSheet(world, sheet);
  if (wanted.every(({ properties }) => properties?.hidden))
    throw badArgument("Invalid sheets: You can't hide all the sheets in a document.");
  for (const [index, { properties = {}, data = [], merges = [] }] of wanted.entries()) {
    const asked = `sheets[${index}]`;
    const numbered = { ...properties, sheetId: properties.sheetId ?? (index === 0 ? 0 : undefined), index };
    const sheet = addSheet(world, id, withColors(roomy(numbered, data)), asked);
    const { sheetId } = sheet.properties;
    const areas = merges.map((merge) => gridArea(world, id, { ...merge, sheetId }, `${asked}.merges`));
    world.update(sheets, sheets.key(sheet), {
      merges: areas.map(toGridRange),
      rowMetadata: sizesOf(data.map((grid) => [grid.startRow, grid.rowMetadata])),
      columnMetadata: sizesOf(data.map((grid) => [grid.startColumn, grid.columnMetadata])),
    });
    for (const { startRow = 0, startColumn = 0, rowData = [] } of data)
      for (const [i, { values = [] }] of rowData.entries())
        for (const [j, cell] of values.entries()) {
          const place = { spreadsheetId: id, sheetId, row: startRow + i, column: startColumn + j };
          putCell(world, { ...checkedCell(kept(cell), asked), ...place });
        }
  }
}

/** A grid that is not sized has room for its data. */
function roomy(properties: SheetInput, data: readonly GridInput[]): SheetInput {
  let [rows, columns] = [0, 0];
  for (const { startRow = 0, startColumn = 0, rowData = [] } of data) {
    rows = Math.max(rows, startRow + rowData.length);
    for (const { values = [] } of rowData) columns = Math.max(columns, startColumn + values.length);
  }
  const grid = properties.gridProperties ?? {};
  const rowCount = Math.max(grid.rowCount ?? ROWS_DEFAULT, rows);
  const columnCount = Math.max(grid.columnCount ?? COLUMNS_DEFAULT, columns);
  return { ...properties, gridProperties: { ...grid, rowCount, columnCount } };
}

function sizesOf(
  grids: readonly [number | undefined, readonly DimensionProperties[] | undefined][],
): Record<string, DimensionProperties> {
  const sizes: Record<string, DimensionProperties> = {};
  for (const [start = 0, lines = []] of grids)
    for (const [i, { pixelSize, hiddenByUser }] of lines.entries())
      sizes[String(start + i)] = {
        ...(pixelSize ? { pixelSize } : {}),
        ...(hiddenByUser ? { hiddenByUser } : {}),
      };
  return sizes;
}

/** What a program may say about a cell; what is computed is passed over. */
function kept({
  userEnteredValue,
  userEnteredFormat,
  note,
  dataValidation,
  textFormatRuns,
  chipRuns,
}: CellData): CellData {
  return { userEnteredValue, userEnteredFormat, note, dataValidation, textFormatRuns, chipRuns };
}
