/** Spreadsheets. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { viewerWith } from '../../drive/api/viewer.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { googleError, missingPart } from '../../errors.ts';
import { parseFields } from '../../fields.ts';
import { batchUpdate } from '../model/batch/batch.ts';
import { copySheetTo } from '../model/copyTo.ts';
import { createSpreadsheet, type NewSpreadsheet } from '../model/create.ts';
import { type MetadataFilter, matchingMetadata } from '../model/metadata.ts';
import { openSpreadsheet } from '../model/spreadsheet.ts';
import { BATCH_BODY, COPY_BODY, RANGES_BODY, SPREADSHEET_BODY } from './schema.ts';
import { SPREADSHEET } from './shape.ts';
import { spreadsheetView } from './view.ts';

const DOC = 'https://developers.google.com/workspace/sheets/api/reference/rest/v4';
const WRITE = ['drive', 'drive.file', 'spreadsheets'];
const READ = [...WRITE, 'drive.readonly', 'spreadsheets.readonly'];
const ONE = '/v4/spreadsheets/{spreadsheetId}';
const WIDE = new Set(['spreadsheets', 'spreadsheets.readonly', 'drive', 'drive.readonly']);

export type SheetsCall = Call<GoogleActor>;

export const sheetsViewer = (call: SheetsCall): Viewer => viewerWith(call, WIDE);
export const flag = (call: SheetsCall, name: string): boolean =>
  call.query.get(name)?.toLowerCase() === 'true';

export const spreadsheetEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'sheets.spreadsheets.create',
      input: SPREADSHEET_BODY,
      route: 'POST /v4/spreadsheets',
      scopes: WRITE,
      tier: 'sheets.write',
      traits: { shape: SPREADSHEET },
      doc: `${DOC}/spreadsheets/create`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      const id = createSpreadsheet(call.world, viewer, (call.input ?? {}) as NewSpreadsheet);
      return spreadsheetView(call.world, viewer, id, { mask: undefined, includeGridData: false, ranges: [] });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.get',
      route: `GET ${ONE}` as 'GET /{spreadsheetId}',
      scopes: READ,
      tier: 'sheets.read',
      traits: { shape: SPREADSHEET },
      doc: `${DOC}/spreadsheets/get`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'reader');
      return spreadsheetView(call.world, viewer, call.params.spreadsheetId, {
        mask: maskIn(call),
        includeGridData: flag(call, 'includeGridData'),
        ranges: call.query.getAll('ranges'),
        excludeTablesInBandedRanges: flag(call, 'excludeTablesInBandedRanges'),
      });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.getByDataFilter',
      input: RANGES_BODY,
      route: `POST ${ONE}:getByDataFilter` as 'GET /{spreadsheetId}',
      scopes: WRITE,
      tier: 'sheets.read',
      traits: { shape: SPREADSHEET },
      doc: `${DOC}/spreadsheets/getByDataFilter`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      const { dataFilters = [], includeGridData = false } = (call.input ?? {}) as FilterBody;
      openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'reader');
      const ranges = dataFilters.flatMap((filter) => filter.a1Range ?? []);
      if (ranges.length < dataFilters.length) throw missingPart('sheets.DataFilter other than a1Range');
      return spreadsheetView(call.world, viewer, call.params.spreadsheetId, {
        mask: maskIn(call),
        includeGridData,
        ranges,
      });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.batchUpdate',
      input: BATCH_BODY,
      route: `POST ${ONE}:batchUpdate` as 'GET /{spreadsheetId}',
      scopes: WRITE,
      tier: 'sheets.write',
      doc: `${DOC}/spreadsheets/batchUpdate`,
    },
    (call) => updated(call, call.params.spreadsheetId),
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}/{sheetId}'>(
    {
      id: 'sheets.spreadsheets.sheets.copyTo',
      input: COPY_BODY,
      route: `POST ${ONE}/sheets/{sheetId}:copyTo` as 'GET /{spreadsheetId}/{sheetId}',
      scopes: WRITE,
      tier: 'sheets.write',
      doc: `${DOC}/spreadsheets.sheets/copyTo`,
    },
    (call) => {
      const { destinationSpreadsheetId = '' } = (call.input ?? {}) as { destinationSpreadsheetId?: string };
      const { spreadsheetId, sheetId } = call.params;
      const from = { spreadsheetId, sheetId: Number(sheetId) };
      return copySheetTo(call.world, sheetsViewer(call), from, destinationSpreadsheetId);
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.developerMetadata.search',
      input: RANGES_BODY,
      route: `POST ${ONE}/developerMetadata:search` as 'GET /{spreadsheetId}',
      scopes: WRITE,
      tier: 'sheets.read',
      doc: `${DOC}/spreadsheets.developerMetadata/search`,
    },
    (call) => {
      const { row } = openSpreadsheet(call.world, sheetsViewer(call), call.params.spreadsheetId, 'reader');
      const { dataFilters = [] } = (call.input ?? {}) as FilterBody;
      const found = matchingMetadata(row, dataFilters);
      if (found.length === 0) return {};
      const shown = found.map((developerMetadata) => ({ developerMetadata, dataFilters }));
      return { matchedDeveloperMetadata: shown };
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}/{metadataId}'>(
    {
      id: 'sheets.spreadsheets.developerMetadata.get',
      route: `GET ${ONE}/developerMetadata/{metadataId}` as 'GET /{spreadsheetId}/{metadataId}',
      scopes: WRITE,
      tier: 'sheets.read',
      doc: `${DOC}/spreadsheets.developerMetadata/get`,
    },
    (call) => {
      const { row } = openSpreadsheet(call.world, sheetsViewer(call), call.params.spreadsheetId, 'reader');
      const found = row.developerMetadata.find((one) => String(one.metadataId) === call.params.metadataId);
      if (!found) throw googleError('notFound');
      return found;
    },
  ),
];

interface FilterBody {
  dataFilters?: MetadataFilter[];
  includeGridData?: boolean;
}

function maskIn(call: SheetsCall) {
  const fields = call.query.get('fields') ?? call.query.get('$fields');
  const mask = fields ? parseFields(fields) : undefined;
  return mask?.parts.has('*') ? undefined : mask;
}

interface BatchBody {
  requests?: Record<string, unknown>[];
  includeSpreadsheetInResponse?: boolean;
  responseIncludeGridData?: boolean;
  responseRanges?: string[];
}

function updated(call: SheetsCall, spreadsheetId: string): Record<string, unknown> {
  const body = (call.input ?? {}) as BatchBody;
  const viewer = sheetsViewer(call);
  const replies = batchUpdate(call.world, viewer, spreadsheetId, body.requests ?? []);
  const updatedSpreadsheet = body.includeSpreadsheetInResponse
    ? spreadsheetView(call.world, viewer, spreadsheetId, {
        mask: undefined,
        includeGridData: body.responseIncludeGridData ?? false,
        ranges: body.responseRanges ?? [],
      })
    : undefined;
  return { spreadsheetId, replies, ...(updatedSpreadsheet ? { updatedSpreadsheet } : {}) };
}
