/** Spreadsheets as `spreadsheets.get` shows them: with or without the cells, whole or in ranges. */
import type { World } from '../../../../src/world/world.ts';
import { spreadsheetLink } from '../../drive/api/links.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { files } from '../../drive/world.ts';
import { below, type Mask, project } from '../../fields.ts';
import { type Area, areaOf, clipped, sheetsOf } from '../model/area.ts';
import { Calculator } from '../model/calculator.ts';
import {
  type CellFormat,
  type CellRow,
  type ProtectedRange,
  type SheetRow,
  type SpreadsheetRow,
  spreadsheets,
} from '../world.ts';
import { DEFAULT_FORMAT, effectiveFormat, THEME } from './format.ts';

export interface Showing {
  /** What `fields` selects; undefined: everything. */
  mask: Mask | undefined;
  includeGridData: boolean;
  ranges: readonly string[];
}

const COLUMN_PIXELS = 100;
const ROW_PIXELS = 21;

/** The spreadsheet; `sheets.data` only where it is asked for, by name or by `includeGridData`. */
export function spreadsheetView(
  world: World,
  viewer: Viewer,
  spreadsheetId: string,
  showing: Showing,
): Record<string, unknown> {
  const row = world.get(spreadsheets, spreadsheetId) as SpreadsheetRow;
  const areas = showing.ranges.map((text) => clipped(areaOf(world, spreadsheetId, text)));
  const all = sheetsOf(world, spreadsheetId);
  const shown = areas.length === 0 ? all : all.filter((one) => areas.some((area) => isOf(area, one)));
  const sheetsMask = showing.mask ? below(showing.mask, 'sheets') : undefined;
  const dataMask = showing.mask ? below(sheetsMask, 'data') : undefined;
  const withData = showing.mask ? dataMask !== undefined : showing.includeGridData;
  const calculator = new Calculator(world, spreadsheetId);
  return {
    spreadsheetId,
    properties: {
      title: world.get(files, spreadsheetId)?.name,
      ...row.properties,
      defaultFormat: row.properties.defaultFormat ?? DEFAULT_FORMAT,
      spreadsheetTheme: row.properties.spreadsheetTheme ?? THEME,
    },
    sheets: shown.map((sheet) => ({
      ...sheetView(viewer, sheet),
      ...(withData ? { data: dataOf(calculator, sheet, areas, dataMask) } : {}),
    })),
    ...(row.namedRanges.length > 0 ? { namedRanges: row.namedRanges } : {}),
    ...(row.developerMetadata.length > 0 ? { developerMetadata: row.developerMetadata } : {}),
    spreadsheetUrl: spreadsheetLink(world, spreadsheetId),
  };
}

/** A sheet without its cells; empty lists are not said. */
function sheetView(viewer: Viewer, sheet: SheetRow): Record<string, unknown> {
  const list = <T>(name: string, items: readonly T[]) => (items.length > 0 ? { [name]: items } : {});
  return {
    properties: sheet.properties,
    ...list('merges', sheet.merges),
    ...list('conditionalFormats', sheet.conditionalFormats),
    ...list(
      'protectedRanges',
      sheet.protectedRanges.map((one) => protectedView(viewer, one)),
    ),
    ...(sheet.basicFilter ? { basicFilter: sheet.basicFilter } : {}),
    ...list('rowGroups', sheet.rowGroups),
    ...list('columnGroups', sheet.columnGroups),
  };
}

/** Who may edit is shown only to those who may. */
function protectedView(viewer: Viewer, range: ProtectedRange): Record<string, unknown> {
  const { editors, ...rest } = range;
  const mine = range.warningOnly || (editors?.users ?? []).includes(viewer.email);
  return {
    ...rest,
    ...(mine ? { requestingUserCanEdit: true } : {}),
    ...(mine && editors ? { editors } : {}),
  };
}

const isOf = (area: Area, sheet: SheetRow): boolean =>
  area.sheet.properties.sheetId === sheet.properties.sheetId;

function dataOf(
  calculator: Calculator,
  sheet: SheetRow,
  areas: readonly Area[],
  mask: Mask | undefined,
): Record<string, unknown>[] {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const whole = { sheet, startRow: 0, endRow: rowCount, startColumn: 0, endColumn: columnCount };
  const mine = areas.filter((area) => isOf(area, sheet));
  return (mine.length > 0 ? mine : [whole]).map((area) => gridData(calculator, area, mask));
}

function gridData(calculator: Calculator, area: Area, mask: Mask | undefined): Record<string, unknown> {
  const wants = (name: string) => !mask || below(mask, name) !== undefined;
  const rowData = wants('rowData') ? rowsOf(calculator, area, below(mask, 'rowData')) : [];
  const { rowMetadata, columnMetadata } = area.sheet;
  const sizes = (from: number, to: number, own: SheetRow['rowMetadata'], pixelSize: number) =>
    Array.from({ length: to - from }, (_, i) => ({ pixelSize, ...own[String(from + i)] }));
  return {
    ...(area.startRow > 0 ? { startRow: area.startRow } : {}),
    ...(area.startColumn > 0 ? { startColumn: area.startColumn } : {}),
    ...(rowData.length > 0 ? { rowData } : {}),
    ...(wants('rowMetadata')
      ? { rowMetadata: sizes(area.startRow, area.endRow, rowMetadata, ROW_PIXELS) }
      : {}),
    ...(wants('columnMetadata')
      ? { columnMetadata: sizes(area.startColumn, area.endColumn, columnMetadata, COLUMN_PIXELS) }
      : {}),
  };
}

/** Rows of cells; after the mask, empty cells at the ends of rows and empty rows at the end are left out. */
function rowsOf(calculator: Calculator, area: Area, mask: Mask | undefined): Record<string, unknown>[] {
  const valuesMask = mask && below(mask, 'values');
  const rows: Record<string, unknown>[][] = [];
  for (const cell of calculator.cellsIn(area.sheet.properties.sheetId, area)) {
    const full = cellView(calculator, cell);
    const shown = (valuesMask ? project(full, valuesMask) : full) as Record<string, unknown>;
    if (Object.keys(shown).length === 0) continue;
    while (rows.length <= cell.row - area.startRow) rows.push([]);
    const row = rows[cell.row - area.startRow] as Record<string, unknown>[];
    while (row.length < cell.column - area.startColumn) row.push({});
    row.push(shown);
  }
  return rows.map((values) => (values.length > 0 ? { values } : {}));
}

function cellView(calculator: Calculator, cell: CellRow): Record<string, unknown> {
  const effective = calculator.effective(cell);
  const shown = calculator.shown(cell);
  const format: CellFormat | undefined = cell.userEnteredFormat;
  return {
    ...(cell.userEnteredValue ? { userEnteredValue: cell.userEnteredValue } : {}),
    ...(effective ? { effectiveValue: effective } : {}),
    ...(shown === undefined ? {} : { formattedValue: shown }),
    ...(format ? { userEnteredFormat: format } : {}),
    ...(effective || format
      ? { effectiveFormat: effectiveFormat(format, calculator.format(cell), effective) }
      : {}),
    ...(cell.note ? { note: cell.note } : {}),
    ...(cell.dataValidation ? { dataValidation: cell.dataValidation } : {}),
    ...(cell.textFormatRuns ? { textFormatRuns: cell.textFormatRuns } : {}),
  };
}
