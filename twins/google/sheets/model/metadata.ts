/**
 * Developer metadata: where it is, whom it is shown to, how it is looked up.
 * https://developers.google.com/workspace/sheets/api/guides/metadata
 */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { badArgument } from '../../errors.ts';
import type { DeveloperMetadata, GridRange, SpreadsheetRow } from '../world.ts';
import { type Area, areaOf, gridArea, sheetIn, toGridRange } from './area.ts';
import { wholeGrid } from './grid.ts';

export type MetadataLocation = Partial<DeveloperMetadata['location']>;

export interface MetadataLookup {
  metadataId?: number;
  metadataKey?: string;
  metadataValue?: string;
  visibility?: string;
  locationType?: string;
  locationMatchingStrategy?: string;
  metadataLocation?: MetadataLocation;
}

/** One of these. */
export interface DataFilter {
  a1Range?: string;
  gridRange?: GridRange;
  developerMetadataLookup?: MetadataLookup;
}

/** Where something is looked for, and by whom. */
export interface Looking {
  world: World;
  viewer: Viewer;
  row: SpreadsheetRow;
}

/** Metadata that a filter means, as far as the viewer's project may see it. Throws 400 for a lookup that cannot be. */
export function matchingMetadata(looking: Looking, filter: DataFilter): DeveloperMetadata[] {
  const visible = visibleMetadata(looking.row, looking.viewer);
  const lookup = filter.developerMetadataLookup;
  if (lookup) {
    checkLookup(lookup);
    return visible.filter((one) => meets(one, lookup));
  }
  const area = filterArea(looking, filter);
  if (!area) return [];
  const range = toGridRange(area);
  return visible.filter(({ location }) => {
    const place = locationRange(location);
    return place !== undefined && sharesCells(place, range);
  });
}

/** Without what other projects keep for themselves. */
export const visibleMetadata = (row: SpreadsheetRow, viewer: Viewer): DeveloperMetadata[] =>
  row.developerMetadata.filter((one) => one.visibility !== 'PROJECT' || one.app === viewer.app);

/** As answers show it: which app made it is nobody's business. */
export function metadataView({ app: _app, ...shown }: DeveloperMetadata): Omit<DeveloperMetadata, 'app'> {
  return shown;
}

/**
 * The areas that a filter selects: its range, or those that the metadata it looks up is at. Throws 400 where it is
 * none of the three, and for ranges that there are not.
 */
export function filterAreas(looking: Looking, filter: DataFilter): Area[] {
  const set = [filter.a1Range, filter.gridRange, filter.developerMetadataLookup];
  if (set.filter((one) => one !== undefined).length !== 1)
    throw badArgument('Must specify exactly one of a1Range, gridRange or developerMetadataLookup.');
  const own = filterArea(looking, filter);
  if (own) return [own];
  const { world, row } = looking;
  return matchingMetadata(looking, filter).flatMap(({ location }) => {
    if (location.dimensionRange)
      return [gridArea(world, row.spreadsheetId, locationRange(location) ?? {}, 'dataFilters')];
    if (location.locationType !== 'SHEET') return [];
    const sheet = sheetIn(world, row.spreadsheetId, location.sheetId ?? 0, 'dataFilters');
    return [{ sheet, ...wholeGrid(sheet) }];
  });
}

/** What kind of place it is; the location type follows from what is set. */
export function locationTypeOf(location: MetadataLocation): string {
  const { dimensionRange, sheetId } = location;
  if (dimensionRange) return dimensionRange.dimension === 'ROWS' ? 'ROW' : 'COLUMN';
  return sheetId !== undefined ? 'SHEET' : 'SPREADSHEET';
}

function filterArea({ world, row }: Looking, { a1Range, gridRange }: DataFilter): Area | undefined {
  if (a1Range !== undefined) return areaOf(world, row.spreadsheetId, a1Range);
  if (gridRange) return gridArea(world, row.spreadsheetId, gridRange, 'dataFilters');
  return undefined;
}

function checkLookup(lookup: MetadataLookup): void {
  const { locationType, locationMatchingStrategy: strategy, metadataLocation } = lookup;
  const exact = strategy === 'EXACT_LOCATION';
  const refuse = (why: string) => badArgument(`Invalid developerMetadataLookup: ${why}`);
  if ((exact || strategy === 'INTERSECTING_LOCATION') && !metadataLocation)
    throw refuse('metadataLocation must be specified if locationMatchingStrategy is specified.');
  if (exact && isSet(locationType))
    throw refuse('locationType must be left unspecified when locationMatchingStrategy is EXACT_LOCATION.');
  if (
    locationType === 'SPREADSHEET' &&
    metadataLocation &&
    locationTypeOf(metadataLocation) !== 'SPREADSHEET'
  )
    throw refuse('locationType cannot be SPREADSHEET when metadataLocation is a non-spreadsheet location.');
  const fields = Object.values(lookup).filter((value) => value !== undefined);
  if (fields.length === 0) throw refuse('At least one field must be specified.');
}

const isSet = (value: string | undefined): value is string =>
  value !== undefined && !value.endsWith('_UNSPECIFIED');

function meets(one: DeveloperMetadata, lookup: MetadataLookup): boolean {
  const { locationType, visibility, metadataLocation: place } = lookup;
  if (lookup.metadataId !== undefined && lookup.metadataId !== one.metadataId) return false;
  if (lookup.metadataKey !== undefined && lookup.metadataKey !== one.metadataKey) return false;
  if (lookup.metadataValue !== undefined && lookup.metadataValue !== (one.metadataValue ?? '')) return false;
  if (isSet(visibility) && visibility !== one.visibility) return false;
  if (isSet(locationType) && locationType !== one.location.locationType) return false;
  if (!place) return true;
  if (lookup.locationMatchingStrategy === 'EXACT_LOCATION') return sameLocation(one.location, place);
  const [mine, asked] = [locationRange(one.location), locationRange(place)];
  return mine && asked ? sharesCells(mine, asked) : !mine && !asked;
}

function sameLocation(a: MetadataLocation, b: MetadataLocation): boolean {
  if (locationTypeOf(a) !== locationTypeOf(b)) return false;
  const [mine, asked] = [locationRange(a), locationRange(b)];
  if (!mine || !asked) return !mine && !asked;
  const names = ['startRowIndex', 'endRowIndex', 'startColumnIndex', 'endColumnIndex'] as const;
  return (mine.sheetId ?? 0) === (asked.sheetId ?? 0) && names.every((name) => mine[name] === asked[name]);
}

/** A place within a sheet as a range, open where it has no end; undefined for the whole spreadsheet. */
function locationRange({ dimensionRange, sheetId }: MetadataLocation): GridRange | undefined {
  if (!dimensionRange) return sheetId === undefined ? undefined : { sheetId };
  const { dimension, startIndex = 0, endIndex } = dimensionRange;
  const on = { sheetId: dimensionRange.sheetId ?? 0 };
  return dimension === 'ROWS'
    ? { ...on, startRowIndex: startIndex, endRowIndex: endIndex }
    : { ...on, startColumnIndex: startIndex, endColumnIndex: endIndex };
}

function sharesCells(a: GridRange, b: GridRange): boolean {
  const crosses = (from1 = 0, to1 = Infinity, from2 = 0, to2 = Infinity) => from1 < to2 && from2 < to1;
  return (
    (a.sheetId ?? 0) === (b.sheetId ?? 0) &&
    crosses(a.startRowIndex, a.endRowIndex, b.startRowIndex, b.endRowIndex) &&
    crosses(a.startColumnIndex, a.endColumnIndex, b.startColumnIndex, b.endColumnIndex)
  );
}
