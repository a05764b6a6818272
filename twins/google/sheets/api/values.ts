/** Values. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values */
import { type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badArgument } from '../../errors.ts';
import { type Area, areaOf, areaText } from '../model/area.ts';
import { type DataFilter, filterAreas } from '../model/metadata.ts';
import { openSpreadsheet } from '../model/spreadsheet.ts';
import {
  appendValues,
  clearValues,
  type Dimension,
  type Input,
  type Rendering,
  readValues,
  totals,
  type UpdateResult,
  type Writing,
  writeValues,
} from '../model/values.ts';
import { flag, READ, type SheetsCall, sheetsViewer, WRITE } from './spreadsheets.ts';

const DOC = 'https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values';
const ALL = '/v4/spreadsheets/{spreadsheetId}/values';
type Ids = 'GET /{spreadsheetId}/{range}';
type ValuesCall = SheetsCall & { readonly params: Readonly<Record<'spreadsheetId' | 'range', string>> };

const on = (
  name: string,
  route: string,
  access: 'read' | 'write',
  handle: (call: ValuesCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, Ids>(
    {
      id: `sheets.spreadsheets.values.${name}`,
      route: route as Ids,
      scopes: access === 'read' && route.startsWith('GET') ? READ : WRITE,
      tier: `sheets.${access}`,
      doc: `${DOC}/${name}`,
    },
    handle,
  );

export const valueEndpoints: readonly Endpoint[] = [
  on('get', `GET ${ALL}/{range}`, 'read', (call) => {
    const { world, spreadsheetId } = opened(call, 'reader');
    return readValues(
      world,
      spreadsheetId,
      areaOf(world, spreadsheetId, call.params.range),
      queryRendering(call),
    );
  }),
  on('update', `PUT ${ALL}/{range}`, 'write', (call) => written(call)),
  on('append', `POST ${ALL}/{range}:append`, 'write', (call) => appended(call)),
  on('clear', `POST ${ALL}/{range}:clear`, 'write', (call) => {
    const { spreadsheetId } = call.params;
    return {
      spreadsheetId,
      clearedRange: clear(call, () => [areaOf(call.world, spreadsheetId, call.params.range)])[0],
    };
  }),
  on('batchGet', `GET ${ALL}:batchGet`, 'read', (call) => {
    const { world, spreadsheetId } = opened(call, 'reader');
    const how = queryRendering(call);
    const ranges = call.query.getAll('ranges');
    if (ranges.length === 0) return { spreadsheetId };
    const areas = ranges.map((text) => areaOf(world, spreadsheetId, text));
    return { spreadsheetId, valueRanges: areas.map((area) => readValues(world, spreadsheetId, area, how)) };
  }),
  on('batchUpdate', `POST ${ALL}:batchUpdate`, 'write', (call) => {
    const body = (call.input ?? {}) as BatchBody;
    return batchWritten(call, body, (one) => [
      areaOf(call.world, call.params.spreadsheetId, one.range ?? ''),
    ]);
  }),
  on('batchClear', `POST ${ALL}:batchClear`, 'write', (call) => {
    const { spreadsheetId } = call.params;
    const { ranges = [] } = (call.input ?? {}) as { ranges?: string[] };
    const cleared = clear(call, () => ranges.map((text) => areaOf(call.world, spreadsheetId, text)));
    return { spreadsheetId, ...(cleared.length > 0 ? { clearedRanges: cleared } : {}) };
  }),
  on('batchGetByDataFilter', `POST ${ALL}:batchGetByDataFilter`, 'read', (call) => matched(call)),
  on('batchClearByDataFilter', `POST ${ALL}:batchClearByDataFilter`, 'write', (call) => {
    const { dataFilters = [] } = (call.input ?? {}) as FilterBody;
    const cleared = clear(call, (looking) =>
      [...filtered(looking, dataFilters).values()].map(({ area }) => area),
    );
    return {
      spreadsheetId: call.params.spreadsheetId,
      ...(cleared.length > 0 ? { clearedRanges: cleared } : {}),
    };
  }),
  on('batchUpdateByDataFilter', `POST ${ALL}:batchUpdateByDataFilter`, 'write', (call) => {
    const body = (call.input ?? {}) as BatchBody;
    const looking = opened(call, 'writer');
    return batchWritten(call, body, (one) => filterAreas(looking, one.dataFilter ?? {}), true);
  }),
];

interface ValuesBody {
  range?: string;
  majorDimension?: string;
  values?: Input[][];
}

interface RenderBody {
  valueRenderOption?: string;
  dateTimeRenderOption?: string;
}

interface FilterBody extends RenderBody {
  dataFilters?: DataFilter[];
  majorDimension?: string;
}

interface BatchBody {
  valueInputOption?: string;
  data?: (ValuesBody & { dataFilter?: DataFilter })[];
  includeValuesInResponse?: boolean;
  responseValueRenderOption?: string;
  responseDateTimeRenderOption?: string;
}

function opened(call: ValuesCall, least: 'reader' | 'writer') {
  const { world } = call;
  const viewer = sheetsViewer(call);
  const { spreadsheetId } = call.params;
  return { world, viewer, spreadsheetId, ...openSpreadsheet(world, viewer, spreadsheetId, least) };
}

type Opened = ReturnType<typeof opened>;

/** The areas of filters, each once, with the filters that select it. */
function filtered(looking: Opened, dataFilters: readonly DataFilter[]) {
  const found = new Map<string, { area: Area; filters: DataFilter[] }>();
  for (const filter of dataFilters)
    for (const area of filterAreas(looking, filter)) {
      const known = found.get(areaText(area));
      if (known) known.filters.push(filter);
      else found.set(areaText(area), { area, filters: [filter] });
    }
  return found;
}

function matched(call: ValuesCall): Record<string, unknown> {
  const body = (call.input ?? {}) as FilterBody;
  const looking = opened(call, 'reader');
  const { world, spreadsheetId } = looking;
  const how = renderingOf(body, body.majorDimension);
  const found = [...filtered(looking, body.dataFilters ?? []).values()];
  if (found.length === 0) return { spreadsheetId };
  const valueRanges = found.map(({ area, filters }) => ({
    valueRange: readValues(world, spreadsheetId, area, how),
    dataFilters: filters,
  }));
  return { spreadsheetId, valueRanges };
}

function clear(call: ValuesCall, areasOf: (looking: Opened) => Area[]): string[] {
  const looking = opened(call, 'writer');
  return areasOf(looking).map((area) => clearValues(call.world, looking.viewer, looking.file, area));
}

function written(call: ValuesCall): UpdateResult {
  const { world, viewer, file } = opened(call, 'writer');
  const body = (call.input ?? {}) as ValuesBody;
  const area = areaOf(world, file.id, call.params.range);
  if (body.range && areaText(areaOf(world, file.id, body.range)) !== areaText(area))
    throw badArgument(`Requested range [${call.params.range}] does not match value range [${body.range}]`);
  return writeValues(world, viewer, file, area, queryWriting(call, body));
}

function appended(call: ValuesCall): Record<string, unknown> {
  const { world, viewer, file } = opened(call, 'writer');
  const area = areaOf(world, file.id, call.params.range);
  const writing = queryWriting(call, (call.input ?? {}) as ValuesBody);
  const insertRows = call.query.get('insertDataOption') === 'INSERT_ROWS';
  return { spreadsheetId: file.id, ...appendValues(world, viewer, file, area, writing, insertRows) };
}

/** Each piece of data where it belongs; all or nothing, as a request is one transaction. */
function batchWritten(
  call: ValuesCall,
  body: BatchBody,
  areasOf: (one: ValuesBody & { dataFilter?: DataFilter }) => Area[],
  byFilter: boolean = false,
): Record<string, unknown> {
  const { world, viewer, file } = opened(call, 'writer');
  const typed = typedOption(body.valueInputOption);
  const writes = (body.data ?? []).flatMap((one) => {
    const dimension = dimensionOf(one.majorDimension);
    const answer = body.includeValuesInResponse ? answering(body, dimension) : undefined;
    const writing: Writing = { values: one.values ?? [], dimension, typed, ...(answer ? { answer } : {}) };
    return areasOf(one).map((area) => {
      const result = writeValues(world, viewer, file, area, writing);
      return { area, result, filter: one.dataFilter };
    });
  });
  const responses = writes.map(({ result, filter }) => {
    if (!byFilter) return result;
    const { spreadsheetId: _id, ...rest } = result;
    return { ...rest, dataFilter: filter };
  });
  return {
    spreadsheetId: file.id,
    ...totals(writes),
    ...(responses.length > 0 ? { responses } : {}),
  };
}

const answering = (body: BatchBody, dimension: Dimension): Rendering =>
  renderingOf(
    {
      valueRenderOption: body.responseValueRenderOption,
      dateTimeRenderOption: body.responseDateTimeRenderOption,
    },
    dimension,
  );

function queryWriting(call: ValuesCall, body: ValuesBody): Writing {
  const { query } = call;
  const dimension = dimensionOf(body.majorDimension);
  const asked = (name: string) => query.get(name) ?? undefined;
  const answer = flag(call, 'includeValuesInResponse')
    ? renderingOf(
        {
          valueRenderOption: asked('responseValueRenderOption'),
          dateTimeRenderOption: asked('responseDateTimeRenderOption'),
        },
        dimension,
      )
    : undefined;
  const typed = typedOption(asked('valueInputOption'));
  return { values: body.values ?? [], dimension, typed, ...(answer ? { answer } : {}) };
}

function typedOption(option: string | undefined): boolean {
  if (option === 'RAW' || option === 'USER_ENTERED') return option === 'USER_ENTERED';
  throw badArgument("'valueInputOption' is required but not specified");
}

const queryRendering = ({ query }: ValuesCall): Rendering =>
  renderingOf(
    {
      valueRenderOption: query.get('valueRenderOption') ?? undefined,
      dateTimeRenderOption: query.get('dateTimeRenderOption') ?? undefined,
    },
    query.get('majorDimension') ?? undefined,
  );

/** Names that are none were refused before, as protobuf's reader does. */
const renderingOf = (options: RenderBody, dimension: string | undefined): Rendering => ({
  values: (options.valueRenderOption ?? 'FORMATTED_VALUE') as Rendering['values'],
  dates: (options.dateTimeRenderOption ?? 'SERIAL_NUMBER') as Rendering['dates'],
  dimension: dimensionOf(dimension),
});

const dimensionOf = (name: string | undefined): Dimension => (name === 'COLUMNS' ? 'COLUMNS' : 'ROWS');
