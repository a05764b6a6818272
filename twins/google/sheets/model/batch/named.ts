/** Requests about names, protection, filters and developer metadata. */
import { assign } from '../../../fields.ts';
import {
  type DeveloperMetadata,
  type GridRange,
  type NamedRange,
  type ProtectedRange,
  type SheetRow,
  type SpreadsheetRow,
  sheets,
  spreadsheets,
} from '../../world.ts';
import { gridArea, sheetsOf } from '../area.ts';
import { type MetadataFilter, matchingMetadata } from '../metadata.ts';
import { type Job, maskOf, refuse } from './job.ts';

const row = (job: Job): SpreadsheetRow =>
  job.world.require(spreadsheets, job.spreadsheetId, () => refuse(job, 'No spreadsheet'));

export function addNamedRangeRequest(job: Job, { namedRange }: { namedRange?: Partial<NamedRange> }): object {
  const name = checkedName(job, namedRange?.name, undefined);
  gridArea(job.world, job.spreadsheetId, namedRange?.range ?? {}, job.asked);
  const made: NamedRange = {
    namedRangeId: namedRange?.namedRangeId ?? String(job.world.draw('google.namedRange').int(1, 2 ** 31 - 1)),
    name,
    range: spoken(namedRange?.range ?? {}),
  };
  job.world.update(spreadsheets, job.spreadsheetId, { namedRanges: [...row(job).namedRanges, made] });
  return { namedRange: made };
}

export function updateNamedRangeRequest(
  job: Job,
  { namedRange = {}, fields }: { namedRange?: Partial<NamedRange>; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const old = namedRangeOf(job, namedRange.namedRangeId);
  const next = assign(old, { ...namedRange, range: namedRange.range && spoken(namedRange.range) }, mask);
  checkedName(job, next.name, old.namedRangeId);
  gridArea(job.world, job.spreadsheetId, next.range, job.asked);
  const namedRanges = row(job).namedRanges.map((one) =>
    one === old ? { ...next, namedRangeId: old.namedRangeId } : one,
  );
  job.world.update(spreadsheets, job.spreadsheetId, { namedRanges });
}

export function deleteNamedRangeRequest(job: Job, { namedRangeId }: { namedRangeId?: string }): void {
  const old = namedRangeOf(job, namedRangeId);
  const namedRanges = row(job).namedRanges.filter((one) => one !== old);
  job.world.update(spreadsheets, job.spreadsheetId, { namedRanges });
}

export function addProtectedRangeRequest(
  job: Job,
  { protectedRange = {} }: { protectedRange?: Partial<ProtectedRange> },
): object {
  const { sheet } = gridArea(job.world, job.spreadsheetId, protectedRange.range ?? {}, job.asked);
  const { description, warningOnly, editors, namedRangeId, unprotectedRanges } = protectedRange;
  const users = [...new Set([...(editors?.users ?? []), job.viewer.email])];
  const made: ProtectedRange = {
    protectedRangeId: job.world.draw('google.protectedRange').int(1, 2 ** 31 - 1),
    range: spoken(protectedRange.range ?? {}),
    ...(namedRangeId ? { namedRangeId } : {}),
    ...(description ? { description } : {}),
    ...(warningOnly ? { warningOnly } : { editors: { ...editors, users } }),
    ...(unprotectedRanges ? { unprotectedRanges } : {}),
  };
  job.world.update(sheets, sheets.key(sheet), { protectedRanges: [...sheet.protectedRanges, made] });
  // The reply names the editors that were asked for; reading the sheet names the requester too.
  const named = (editors?.users ?? []).length > 0 ? { users: editors?.users } : {};
  return {
    protectedRange: {
      ...made,
      requestingUserCanEdit: true,
      ...(warningOnly ? {} : { editors: named }),
    },
  };
}

export function updateProtectedRangeRequest(
  job: Job,
  { protectedRange = {}, fields }: { protectedRange?: Partial<ProtectedRange>; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const { sheet, one } = protectedRangeOf(job, protectedRange.protectedRangeId);
  const next = { ...assign(one, protectedRange, mask), protectedRangeId: one.protectedRangeId };
  const protectedRanges = sheet.protectedRanges.map((old) => (old === one ? next : old));
  job.world.update(sheets, sheets.key(sheet), { protectedRanges });
}

export function deleteProtectedRangeRequest(
  job: Job,
  { protectedRangeId }: { protectedRangeId?: number },
): void {
  const { sheet, one } = protectedRangeOf(job, protectedRangeId);
  job.world.update(sheets, sheets.key(sheet), {
    protectedRanges: sheet.protectedRanges.filter((old) => old !== one),
  });
}

export function createDeveloperMetadataRequest(
  job: Job,
  { developerMetadata = {} }: { developerMetadata?: Partial<DeveloperMetadata> },
): object {
  const { metadataKey, metadataValue, visibility, location } = developerMetadata;
  if (!metadataKey) throw refuse(job, 'Developer metadata must have a key.');
  if (visibility !== 'DOCUMENT' && visibility !== 'PROJECT')
    throw refuse(job, 'Developer metadata must specify a visibility.');
  if (!location) throw refuse(job, 'Developer metadata must specify a location.');
  const made: DeveloperMetadata = {
    metadataId: developerMetadata.metadataId ?? job.world.draw('google.metadata').int(1, 2 ** 31 - 1),
    metadataKey,
    ...(metadataValue ? { metadataValue } : {}),
    location: { ...location, locationType: locationTypeOf(location) },
    visibility,
  };
  job.world.update(spreadsheets, job.spreadsheetId, {
    developerMetadata: [...row(job).developerMetadata, made],
  });
  return { developerMetadata: made };
}

export function deleteDeveloperMetadataRequest(
  job: Job,
  { dataFilter = {} }: { dataFilter?: MetadataFilter },
): object {
  const gone = matchingMetadata(row(job), [dataFilter]);
  const developerMetadata = row(job).developerMetadata.filter((one) => !gone.includes(one));
  job.world.update(spreadsheets, job.spreadsheetId, { developerMetadata });
  return gone.length > 0 ? { deletedDeveloperMetadata: gone } : {};
}

const locationTypeOf = (location: Partial<DeveloperMetadata['location']>): string =>
  location.dimensionRange
    ? location.dimensionRange.dimension === 'ROWS'
      ? 'ROW'
      : 'COLUMN'
    : location.sheetId !== undefined
      ? 'SHEET'
      : 'SPREADSHEET';

function checkedName(job: Job, name: string | undefined, besides: string | undefined): string {
  if (!name || !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name))
    throw refuse(job, `The name "${name ?? ''}" is not valid for a named range.`);
  const taken = row(job).namedRanges.some(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.namedRangeId !== besides,
  );
  if (taken) throw refuse(job, `A named range with name: ${name} already exists.`);
  return name;
}

function namedRangeOf(job: Job, id: string | undefined): NamedRange {
  const found = row(job).namedRanges.find((one) => one.namedRangeId === id);
  if (!found) throw refuse(job, `Cannot find named range with id: ${id ?? ''}`);
  return found;
}

function protectedRangeOf(job: Job, id: number | undefined): { sheet: SheetRow; one: ProtectedRange } {
  for (const sheet of sheetsOf(job.world, job.spreadsheetId)) {
    const one = sheet.protectedRanges.find((range) => range.protectedRangeId === id);
    if (one) return { sheet, one };
  }
  throw refuse(job, `No protected range with id: ${id ?? 0}`);
}

/** `sheetId` 0 is not said in answers. */
const spoken = ({ sheetId, ...range }: GridRange): GridRange => (sheetId ? { sheetId, ...range } : range);
