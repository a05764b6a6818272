/** Spreadsheets as `spreadsheets.get` shows them: with or without the cells, whole or in ranges. */
import type { World } from '../../../../src/world/world.ts';
import { spreadsheetLink } from '../../drive/api/links.ts';
import { atLeast, roleOf, type Viewer } from '../../drive/model/access.ts';
import { type FileRow, files } from '../../drive/world.ts';
import { googleError } from '../../errors.ts';
import { below, type Mask } from '../../fields.ts';
import { type Area, sheetsOf } from '../model/area.ts';
import { Calculator } from '../model/calculator.ts';
import { metadataView, visibleMetadata } from '../model/metadata.ts';
import { Appearance } from '../model/object/appearance.ts';
import { threadsOf } from '../model/object/commentThread.ts';
import { hiddenRows } from '../model/object/filter.ts';
import { canEdit } from '../model/protection.ts';
import {
  type DeveloperMetadata,
  type ProtectedRange,
  type SheetRow,
  type SpreadsheetRow,
  spreadsheets,
} from '../world.ts';
import { DEFAULT_FORMAT, THEME, themeColor } from './format.ts';
import { gridData, type Looking } from './gridData.ts';
import { objectsView } from './objects.ts';

export interface Showing {
  /** What `fields` selects; undefined: everything. */
  mask: Mask | undefined;
  includeGridData: boolean;
  /** Only the sheets and cells of these; undefined: all. */
  areas?: readonly Area[];
  /** Leaves tables out of `bandedRanges`. */
  excludeTablesInBandedRanges?: boolean;
  /** Whether threads of comments are shown; they are not where nothing is said. */
  commentsViewMode?: string;
}

/** The spreadsheet; `sheets.data` only where it is asked for, by name or by `includeGridData`. */
export function spreadsheetView(
  world: World,
  viewer: Viewer,
  spreadsheetId: string,
  showing: Showing,
): Record<string, unknown> {
  const row = world.get(spreadsheets, spreadsheetId) as SpreadsheetRow;
  const { areas } = showing;
  const all = sheetsOf(world, spreadsheetId);
  const shown = areas ? all.filter((one) => areas.some((area) => isOf(area, one))) : all;
  const sheetsMask = showing.mask ? below(showing.mask, 'sheets') : undefined;
  const dataMask = showing.mask ? below(sheetsMask, 'data') : undefined;
  const withData = showing.mask ? dataMask !== undefined : showing.includeGridData;
  const calculator = new Calculator(world, spreadsheetId);
  const metadata = visibleMetadata(row, viewer);
  const file = world.get(files, spreadsheetId) as FileRow;
  const threads = showsComments(world, viewer, file, showing.commentsViewMode)
    ? threadsOf(world, viewer, spreadsheetId)
    : undefined;
  const anchors = new Set(threads?.map(({ anchorId }) => anchorId));
  return {
    spreadsheetId,
    properties: {
      title: file.name,
      ...row.properties,
      defaultFormat: row.properties.defaultFormat ?? DEFAULT_FORMAT,
      spreadsheetTheme: row.properties.spreadsheetTheme ?? THEME,
    },
    sheets: shown.map((sheet) => ({
      ...sheetView(sheet, (one) => protectedView(world, viewer, file, one)),
      ...metadataAt(metadata, ({ location }) => onSheet(location, sheet)),
      ...objectsView(world, sheet, { excludeTables: showing.excludeTablesInBandedRanges, anchors }),
      ...(withData && sheet.properties.sheetType === 'GRID'
        ? { data: dataOf(lookingAt(world, calculator, sheet, row, metadata), sheet, areas, dataMask) }
        : {}),
    })),
    ...(row.namedRanges.length > 0 ? { namedRanges: row.namedRanges } : {}),
    ...metadataAt(metadata, ({ location }) => location.locationType === 'SPREADSHEET'),
    ...(threads ? { ...(threads.length > 0 ? { comments: threads } : {}), commentsViewMode: SHOWN } : {}),
    spreadsheetUrl: spreadsheetLink(world, spreadsheetId),
  };
}

const SHOWN = 'COMMENTS_VIEW_MODE_INCLUDED';

/** Who may comment may ask for comments. Throws `forbidden` for others who ask outright. */
function showsComments(world: World, viewer: Viewer, file: FileRow, mode: string = ''): boolean {
  const allowed = atLeast(roleOf(world, file, viewer.email), 'commenter');
  if (mode === SHOWN && !allowed) throw googleError('forbidden');
  return allowed && (mode === SHOWN || mode === 'COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS');
}

/** A sheet without its cells; empty lists are not said. */
function sheetView(
  sheet: SheetRow,
  shown: (one: ProtectedRange) => Record<string, unknown>,
): Record<string, unknown> {
  const list = <T>(name: string, items: readonly T[]) => (items.length > 0 ? { [name]: items } : {});
  const { gridProperties, ...properties } = sheet.properties;
  const hasGrid = properties.sheetType === 'GRID';
  return {
    properties: { ...properties, ...(hasGrid ? { gridProperties } : {}) },
    ...list('merges', sheet.merges),
    ...list('conditionalFormats', sheet.conditionalFormats),
    ...list('protectedRanges', sheet.protectedRanges.map(shown)),
    ...(sheet.basicFilter ? { basicFilter: sheet.basicFilter } : {}),
    ...list('rowGroups', sheet.rowGroups),
    ...list('columnGroups', sheet.columnGroups),
  };
}

/** Who may edit is shown only to those who may. */
function protectedView(
  world: World,
  viewer: Viewer,
  file: FileRow,
  range: ProtectedRange,
): Record<string, unknown> {
  const { editors, ...rest } = range;
  const mine = canEdit(world, viewer, file, range);
  return {
    ...rest,
    ...(mine ? { requestingUserCanEdit: true } : {}),
    ...(mine && editors ? { editors } : {}),
  };
}

/** Metadata of one kind of place, if there is any. */
function metadataAt(all: readonly DeveloperMetadata[], isHere: (one: DeveloperMetadata) => boolean) {
  const here = all.filter(isHere).map(metadataView);
  return here.length > 0 ? { developerMetadata: here } : {};
}

const onSheet = (location: DeveloperMetadata['location'], sheet: SheetRow): boolean =>
  location.locationType === 'SHEET' && (location.sheetId ?? 0) === sheet.properties.sheetId;

const isOf = (area: Area, sheet: SheetRow): boolean =>
  area.sheet.properties.sheetId === sheet.properties.sheetId;

function lookingAt(
  world: World,
  calculator: Calculator,
  sheet: SheetRow,
  row: SpreadsheetRow,
  metadata: readonly DeveloperMetadata[],
): Looking {
  const theme = row.properties.spreadsheetTheme;
  const appearance = new Appearance(world, calculator, sheet, (name) => themeColor(theme, name));
  return { calculator, appearance, hidden: () => hiddenRows(calculator, appearance, sheet), theme, metadata };
}

function dataOf(
  looking: Looking,
  sheet: SheetRow,
  areas: readonly Area[] | undefined,
  mask: Mask | undefined,
): Record<string, unknown>[] {
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const whole = { sheet, startRow: 0, endRow: rowCount, startColumn: 0, endColumn: columnCount };
  const mine = areas?.filter((area) => isOf(area, sheet)) ?? [whole];
  return mine.map((area) => gridData(looking, area, mask));
}
