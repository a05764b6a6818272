/** Spreadsheets as `spreadsheets.get` shows them: with or without the cells, whole or in ranges. */
import type { World } from '../../../../src/world/world.ts';
import { spreadsheetLink } from '../../drive/api/links.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { files } from '../../drive/world.ts';
import { below, type Mask } from '../../fields.ts';
import { type Area, areaOf, clipped, sheetsOf } from '../model/area.ts';
import { Calculator } from '../model/calculator.ts';
import { Appearance } from '../model/object/appearance.ts';
import { hiddenRows } from '../model/object/filter.ts';
import { type ProtectedRange, type SheetRow, type SpreadsheetRow, spreadsheets } from '../world.ts';
import { DEFAULT_FORMAT, THEME, themeColor } from './format.ts';
import { gridData, type Looking } from './gridData.ts';
import { objectsView } from './objects.ts';

export interface Showing {
  /** What `fields` selects; undefined: everything. */
  mask: Mask | undefined;
  includeGridData: boolean;
  ranges: readonly string[];
  /** Leaves tables out of `bandedRanges`. */
  excludeTablesInBandedRanges?: boolean;
}

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
      ...objectsView(world, sheet, showing.excludeTablesInBandedRanges),
      ...(withData && sheet.properties.sheetType === 'GRID'
        ? { data: dataOf(lookingAt(world, calculator, sheet, row), sheet, areas, dataMask) }
        : {}),
    })),
    ...(row.namedRanges.length > 0 ? { namedRanges: row.namedRanges } : {}),
    ...(row.developerMetadata.length > 0 ? { developerMetadata: row.developerMetadata } : {}),
    spreadsheetUrl: spreadsheetLink(world, spreadsheetId),
  };
}

/** A sheet without its cells; empty lists are not said. */
function sheetView(viewer: Viewer, sheet: SheetRow): Record<string, unknown> {
  const list = <T>(name: string, items: readonly T[]) => (items.length > 0 ? { [name]: items } : {});
  const { gridProperties, ...properties } = sheet.properties;
  const hasGrid = properties.sheetType === 'GRID';
  return {
    properties: { ...properties, ...(hasGrid ? { gridProperties } : {}) },
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

function lookingAt(world: World, calculator: Calculator, sheet: SheetRow, row: SpreadsheetRow): Looking {
  const theme = row.properties.spreadsheetTheme;
  const appearance = new Appearance(world, calculator, sheet, (name) => themeColor(theme, name));
  return { calculator, appearance, hidden: hiddenRows(calculator, appearance, sheet), theme };
}

function dataOf(
  looking: Looking,
  sheet: SheetRow,
  areas: readonly Area[],
  mask: Mask | undefined,
): Record<string, unknown>[] {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const whole = { sheet, startRow: 0, endRow: rowCount, startColumn: 0, endColumn: columnCount };
  const mine = areas.filter((area) => isOf(area, sheet));
  return (mine.length > 0 ? mine : [whole]).map((area) => gridData(looking, area, mask));
}
