/** Requests about developer metadata. https://developers.google.com/workspace/sheets/api/guides/metadata */
import { assign } from '../../../fields.ts';
import { METADATA_CHARS_MAX } from '../../../limits.ts';
import { type DeveloperMetadata, type SpreadsheetRow, spreadsheets } from '../../world.ts';
import { gridArea, sheetIn } from '../area.ts';
import {
  type DataFilter,
  locationTypeOf,
  type MetadataLocation,
  matchingMetadata,
  metadataView,
} from '../metadata.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { DEVELOPER_METADATA } from './shapes.ts';

interface CreateInput {
  developerMetadata?: Partial<DeveloperMetadata>;
}

export function createDeveloperMetadataRequest(job: Job, { developerMetadata = {} }: CreateInput): object {
  const all = rowOf(job).developerMetadata;
  const { metadataId } = developerMetadata;
  if (metadataId !== undefined && metadataId < 1) throw refuse(job, 'metadataId must be positive.');
  if (all.some((one) => one.metadataId === metadataId))
    throw refuse(job, `Developer metadata with id ${metadataId} already exists.`);
  const made = checked(job, {
    ...developerMetadata,
    metadataId: metadataId ?? job.world.draw('google.metadata').int(1, 2 ** 31 - 1),
  });
  save(job, [...all, made]);
  return { developerMetadata: metadataView(made) };
}

interface UpdateInput extends CreateInput {
  dataFilters?: DataFilter[];
  fields?: string;
}

/** Everything that one of the filters means is changed alike. */
export function updateDeveloperMetadataRequest(
  job: Job,
  { dataFilters = [], developerMetadata = {}, fields }: UpdateInput,
): object {
  const mask = maskOf(job, fields, DEVELOPER_METADATA);
  if (dataFilters.length === 0) throw refuse(job, 'At least one data filter must be specified.');
  const looking = { world: job.world, viewer: job.viewer, row: rowOf(job) };
  const found = new Set(dataFilters.flatMap((filter) => matchingMetadata(looking, filter)));
  const changed: DeveloperMetadata[] = [];
  const all = looking.row.developerMetadata.map((one) => {
    if (!found.has(one)) return one;
    const next = checked(job, { ...assign(one, developerMetadata, mask), metadataId: one.metadataId });
    changed.push(next);
    return next;
  });
  save(job, all);
  return changed.length > 0 ? { developerMetadata: changed.map(metadataView) } : {};
}

export function deleteDeveloperMetadataRequest(
  job: Job,
  { dataFilter }: { dataFilter?: DataFilter },
): object {
  if (!dataFilter) throw refuse(job, 'A data filter must be specified.');
  const looking = { world: job.world, viewer: job.viewer, row: rowOf(job) };
  const gone = matchingMetadata(looking, dataFilter);
  save(
    job,
    looking.row.developerMetadata.filter((one) => !gone.includes(one)),
  );
  return gone.length > 0 ? { deletedDeveloperMetadata: gone.map(metadataView) } : {};
}

const rowOf = (job: Job): SpreadsheetRow =>
  job.world.require(spreadsheets, job.spreadsheetId, () => refuse(job, 'No spreadsheet'));

/** Keeps them. Throws 400 where a sheet, or what is beside the sheets, has more characters of it than there may be. */
function save(job: Job, developerMetadata: DeveloperMetadata[]): void {
  const chars = new Map<number | undefined, number>();
  for (const { location, metadataKey = '', metadataValue = '' } of developerMetadata) {
    const sheet = location.dimensionRange ? (location.dimensionRange.sheetId ?? 0) : location.sheetId;
    const sum = (chars.get(sheet) ?? 0) + metadataKey.length + metadataValue.length;
    if (sum > METADATA_CHARS_MAX)
      throw refuse(job, `Developer metadata exceeds the limit of ${METADATA_CHARS_MAX} characters.`);
    chars.set(sheet, sum);
  }
  job.world.update(spreadsheets, job.spreadsheetId, { developerMetadata });
}

function checked(job: Job, input: Partial<DeveloperMetadata> & { metadataId: number }): DeveloperMetadata {
  const { metadataId, metadataKey, metadataValue, visibility, location } = input;
  if (!metadataKey) throw refuse(job, 'Developer metadata must have a key.');
  if (visibility !== 'DOCUMENT' && visibility !== 'PROJECT')
    throw refuse(job, 'Developer metadata must specify a visibility.');
  if (!location) throw refuse(job, 'Developer metadata must specify a location.');
  return {
    metadataId,
    metadataKey,
    ...(metadataValue ? { metadataValue } : {}),
    location: { ...checkedLocation(job, location), locationType: locationTypeOf(location) },
    visibility,
    ...(visibility === 'PROJECT' ? { app: input.app ?? job.viewer.app } : {}),
  };
}

function checkedLocation(job: Job, location: MetadataLocation): MetadataLocation {
  const { spreadsheet, sheetId, dimensionRange } = location;
  if ([spreadsheet || undefined, sheetId, dimensionRange].filter((one) => one !== undefined).length !== 1)
    throw refuse(job, 'Developer metadata must specify exactly one location.');
  if (sheetId !== undefined) sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  if (!dimensionRange) return sheetId === undefined ? { spreadsheet: true } : { sheetId };
  const { dimension, startIndex = 0, endIndex } = dimensionRange;
  if (dimension !== 'ROWS' && dimension !== 'COLUMNS') throw refuse(job, 'dimension is required');
  if (endIndex !== startIndex + 1)
    throw refuse(job, 'The dimension range of developer metadata must represent a single row or column.');
  const on = { sheetId: dimensionRange.sheetId ?? 0 };
  const line =
    dimension === 'ROWS'
      ? { startRowIndex: startIndex, endRowIndex: endIndex }
      : { startColumnIndex: startIndex, endColumnIndex: endIndex };
  gridArea(job.world, job.spreadsheetId, { ...on, ...line }, job.asked);
  return { dimensionRange: { ...on, dimension, startIndex, endIndex } };
}
