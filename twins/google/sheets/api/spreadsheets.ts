/** Spreadsheets. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import type { GoogleActor } from '../../actor.ts';
import { viewerWith } from '../../drive/api/viewer.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { below, type Mask, parseFields } from '../../fields.ts';
import { type Area, areaOf, clipped } from '../model/area.ts';
import { batchUpdate } from '../model/batch/batch.ts';
import { copySheetTo } from '../model/copyTo.ts';
import { createSpreadsheet, type NewSpreadsheet } from '../model/create.ts';
import { type DataFilter, filterAreas } from '../model/metadata.ts';
import { openSpreadsheet } from '../model/spreadsheet.ts';
import { spreadsheetView } from './view.ts';

const DOC = 'https://developers.google.com/workspace/sheets/api/reference/rest/v4';
/** Scopes that may write; any of them. */
export const WRITE = ['drive', 'drive.file', 'spreadsheets'];
/** Scopes that may read. */
export const READ = [...WRITE, 'drive.readonly', 'spreadsheets.readonly'];
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
      route: 'POST /v4/spreadsheets',
      scopes: WRITE,
      tier: 'sheets.write',
      doc: `${DOC}/spreadsheets/create`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      const id = createSpreadsheet(call.world, viewer, (call.input ?? {}) as NewSpreadsheet);
      return spreadsheetView(call.world, viewer, id, { mask: maskIn(call), includeGridData: false });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.get',
      route: `GET ${ONE}` as 'GET /{spreadsheetId}',
      scopes: READ,
      tier: 'sheets.read',
      doc: `${DOC}/spreadsheets/get`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'reader');
      return spreadsheetView(call.world, viewer, call.params.spreadsheetId, {
        mask: maskIn(call),
        includeGridData: flag(call, 'includeGridData'),
        areas: areasIn(call.world, call.params.spreadsheetId, call.query.getAll('ranges')),
        excludeTablesInBandedRanges: flag(call, 'excludeTablesInBandedRanges'),
        commentsViewMode: call.query.get('commentsViewMode') ?? undefined,
      });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.getByDataFilter',
      route: `POST ${ONE}:getByDataFilter` as 'GET /{spreadsheetId}',
      scopes: WRITE,
      tier: 'sheets.read',
      doc: `${DOC}/spreadsheets/getByDataFilter`,
    },
    (call) => {
      const viewer = sheetsViewer(call);
      const body = (call.input ?? {}) as FilterBody;
      const { row } = openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'reader');
      const looking = { world: call.world, viewer, row };
      const areas = body.dataFilters?.flatMap((filter) => filterAreas(looking, filter).map(clipped));
      return spreadsheetView(call.world, viewer, call.params.spreadsheetId, {
        mask: maskIn(call),
        includeGridData: body.includeGridData ?? false,
        areas,
        excludeTablesInBandedRanges: body.excludeTablesInBandedRanges,
        commentsViewMode: body.commentsViewMode,
      });
    },
  ),
  endpoint<GoogleActor, 'GET /{spreadsheetId}'>(
    {
      id: 'sheets.spreadsheets.batchUpdate',
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
];

interface FilterBody {
  dataFilters?: DataFilter[];
  includeGridData?: boolean;
  excludeTablesInBandedRanges?: boolean;
  commentsViewMode?: string;
}

function maskIn(call: SheetsCall): Mask | undefined {
  const fields = call.query.get('fields') ?? call.query.get('$fields');
  const mask = fields ? parseFields(fields) : undefined;
  return mask?.parts.has('*') ? undefined : mask;
}

/** Ranges of a question, cut at the grid's edges; undefined where none is named. */
function areasIn(world: World, spreadsheetId: string, ranges: readonly string[] = []): Area[] | undefined {
  return ranges.length > 0 ? ranges.map((text) => clipped(areaOf(world, spreadsheetId, text))) : undefined;
}

interface BatchBody {
  requests?: Record<string, unknown>[];
  includeSpreadsheetInResponse?: boolean;
  responseIncludeGridData?: boolean;
  responseRanges?: string[];
  commentsViewMode?: string;
}

function updated(call: SheetsCall, spreadsheetId: string): Record<string, unknown> {
  const body = (call.input ?? {}) as BatchBody;
  const viewer = sheetsViewer(call);
  const replies = batchUpdate(call.world, viewer, spreadsheetId, body.requests ?? []);
  const mask = below(maskIn(call), 'updatedSpreadsheet');
  const updatedSpreadsheet = body.includeSpreadsheetInResponse
    ? spreadsheetView(call.world, viewer, spreadsheetId, {
        mask: mask?.all ? undefined : mask,
        includeGridData: body.responseIncludeGridData ?? false,
        areas: areasIn(call.world, spreadsheetId, body.responseRanges),
        commentsViewMode: body.commentsViewMode,
      })
    : undefined;
  return { spreadsheetId, replies, ...(updatedSpreadsheet ? { updatedSpreadsheet } : {}) };
}
