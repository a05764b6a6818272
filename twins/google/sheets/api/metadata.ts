/** Developer metadata. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.developerMetadata */
import { type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError } from '../../errors.ts';
import {
  type DataFilter,
  type Looking,
  matchingMetadata,
  metadataView,
  visibleMetadata,
} from '../model/metadata.ts';
import { openSpreadsheet } from '../model/spreadsheet.ts';
import type { DeveloperMetadata } from '../world.ts';
import { type SheetsCall, sheetsViewer, WRITE } from './spreadsheets.ts';

const DOC =
  'https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.developerMetadata';
const ALL = '/v4/spreadsheets/{spreadsheetId}/developerMetadata';

export const metadataEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.developerMetadata.search',
      route: `POST ${ALL}:search` as 'GET /{spreadsheetId}',
      scopes: WRITE,
      tier: 'sheets.read',
      doc: `${DOC}/search`,
    },
    (call) => {
      const { dataFilters = [] } = (call.input ?? {}) as { dataFilters?: DataFilter[] };
      const matched = matches(lookingIn(call, call.params.spreadsheetId), dataFilters);
      return matched.length > 0 ? { matchedDeveloperMetadata: matched } : {};
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}/{metadataId}'>(
    {
      id: 'sheets.spreadsheets.developerMetadata.get',
      route: `GET ${ALL}/{metadataId}` as 'GET /{spreadsheetId}/{metadataId}',
      scopes: WRITE,
      tier: 'sheets.read',
      doc: `${DOC}/get`,
    },
    (call) => {
      const { row, viewer } = lookingIn(call, call.params.spreadsheetId);
      const all = visibleMetadata(row, viewer);
      const found = all.find((one) => String(one.metadataId) === call.params.metadataId);
      if (!found) throw googleError('notFound');
      return metadataView(found);
    },
  ),
];

/** A spreadsheet that the caller may read, for data filters. Throws as `openSpreadsheet`. */
function lookingIn(call: SheetsCall, spreadsheetId: string): Looking {
  const viewer = sheetsViewer(call);
  const { row } = openSpreadsheet(call.world, viewer, spreadsheetId, 'reader');
  return { world: call.world, viewer, row };
}

/** Each metadata once, with all the filters that mean it. */
function matches(looking: Looking, dataFilters: readonly DataFilter[]): object[] {
  const found = new Map<DeveloperMetadata, DataFilter[]>();
  for (const filter of dataFilters)
    for (const one of matchingMetadata(looking, filter)) found.set(one, [...(found.get(one) ?? []), filter]);
  return [...found].map(([one, filters]) => ({ developerMetadata: metadataView(one), dataFilters: filters }));
}
