/** Values. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values */
import { type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { badArgument, missingPart } from '../../errors.ts';
import { areaOf, areaText } from '../model/area.ts';
import { openSpreadsheet } from '../model/spreadsheet.ts';
import {
  appendValues,
  clearValues,
  type Dimension,
  type Input,
  type Rendering,
  readValues,
  type UpdateResult,
  type ValueRange,
  type Writing,
  writeValues,
} from '../model/values.ts';
import { BATCH_VALUES, RANGES_BODY, VALUE_RANGE } from './schema.ts';
import { flag, type SheetsCall, sheetsViewer } from './spreadsheets.ts';

const DOC = 'https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values';
const WRITE = ['drive', 'drive.file', 'spreadsheets'];
const READ = [...WRITE, 'drive.readonly', 'spreadsheets.readonly'];
const ALL = '/v4/spreadsheets/{spreadsheetId}/values';
type Ids = 'GET /{spreadsheetId}/{range}';
type ValuesCall = SheetsCall & { readonly params: Readonly<Record<'spreadsheetId' | 'range', string>> };

const on = (
  name: string,
  route: string,
  access: 'read' | 'write',
  handle: (call: ValuesCall) => unknown,
  input: Record<string, unknown> = RANGES_BODY,
): Endpoint =>
  endpoint<GoogleActor, Ids>(
    {
      id: `sheets.spreadsheets.values.${name}`,
      route: route as Ids,
      scopes: access === 'read' && route.startsWith('GET') ? READ : WRITE,
      tier: `sheets.${access}`,
      ...(route.startsWith('GET') ? {} : { input }),
      doc: `${DOC}/${name}`,
    },
    handle,
  );

export const valueEndpoints: readonly Endpoint[] = [
  on('get', `GET ${ALL}/{range}`, 'read', (call) => read(call, [call.params.range], queryRendering(call))[0]),
  on('update', `PUT ${ALL}/{range}`, 'write', (call) => written(call), VALUE_RANGE),
  on('append', `POST ${ALL}/{range}:append`, 'write', (call) => appended(call), VALUE_RANGE),
  on('clear', `POST ${ALL}/{range}:clear`, 'write', (call) => ({
    spreadsheetId: call.params.spreadsheetId,
    clearedRange: clear(call, [call.params.range])[0],
  })),
  on('batchGet', `GET ${ALL}:batchGet`, 'read', (call) => ({
    spreadsheetId: call.params.spreadsheetId,
    valueRanges: read(call, call.query.getAll('ranges'), queryRendering(call)),
  })),
  on('batchUpdate', `POST ${ALL}:batchUpdate`, 'write', (call) => batchWritten(call), BATCH_VALUES),
  on('batchClear', `POST ${ALL}:batchClear`, 'write', (call) => ({
    spreadsheetId: call.params.spreadsheetId,
    clearedRanges: clear(call, ((call.input ?? {}) as { ranges?: string[] }).ranges ?? []),
  })),
  on('batchGetByDataFilter', `POST ${ALL}:batchGetByDataFilter`, 'read', (call) => {
    const body = (call.input ?? {}) as FilterBody;
    const ranges = rangesOf(body);
    const found = read(call, ranges, renderingOf(body, body.majorDimension));
    return {
      spreadsheetId: call.params.spreadsheetId,
      valueRanges: found.map((valueRange, i) => ({ valueRange, dataFilters: [{ a1Range: ranges[i] }] })),
    };
  }),
  on('batchClearByDataFilter', `POST ${ALL}:batchClearByDataFilter`, 'write', (call) => ({
    spreadsheetId: call.params.spreadsheetId,
    clearedRanges: clear(call, rangesOf((call.input ?? {}) as FilterBody)),
  })),
  on(
    'batchUpdateByDataFilter',
    `POST ${ALL}:batchUpdateByDataFilter`,
    'write',
    (call) => {
      const body = (call.input ?? {}) as BatchBody;
      const data = (body.data ?? []).map((one) => ({
        ...one,
        range: rangesOf({ dataFilters: [one.dataFilter ?? {}] })[0],
      }));
      return batchWritten(call, { ...body, data });
    },
    BATCH_VALUES,
  ),
];

interface ValuesBody {
  range?: string | null;
  majorDimension?: Dimension | null;
  values?: Input[][] | null;
}

interface RenderBody {
  valueRenderOption?: string;
  dateTimeRenderOption?: string;
}

interface FilterBody extends RenderBody {
  dataFilters?: { a1Range?: string }[];
  majorDimension?: string;
}

interface BatchBody {
  valueInputOption?: string;
  data?: (ValuesBody & { dataFilter?: { a1Range?: string } })[];
  includeValuesInResponse?: boolean;
  responseValueRenderOption?: string;
  responseDateTimeRenderOption?: string;
}

function read(call: ValuesCall, ranges: readonly string[], how: Rendering): ValueRange[] {
  const { spreadsheetId } = call.params;
  openSpreadsheet(call.world, sheetsViewer(call), spreadsheetId, 'reader');
  return ranges.map((text) =>
    readValues(call.world, spreadsheetId, areaOf(call.world, spreadsheetId, text), how),
  );
}

function clear(call: ValuesCall, ranges: readonly string[]): string[] {
  const viewer = sheetsViewer(call);
  const { file } = openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'writer');
  return ranges.map((text) => clearValues(call.world, viewer, file, areaOf(call.world, file.id, text)));
}

function written(call: ValuesCall): UpdateResult {
  const viewer = sheetsViewer(call);
  const { file } = openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'writer');
  const body = (call.input ?? {}) as ValuesBody;
  const area = areaOf(call.world, file.id, call.params.range);
  if (body.range && areaText(areaOf(call.world, file.id, body.range)) !== areaText(area))
    throw badArgument(`Request range[${call.params.range}] does not match value's range[${body.range}]`);
  return writeValues(call.world, viewer, file, area, queryWriting(call, body));
}

function appended(call: ValuesCall): Record<string, unknown> {
  const viewer = sheetsViewer(call);
  const { file } = openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'writer');
  const area = areaOf(call.world, file.id, call.params.range);
  const writing = queryWriting(call, (call.input ?? {}) as ValuesBody);
  const insertRows = call.query.get('insertDataOption') === 'INSERT_ROWS';
  return { spreadsheetId: file.id, ...appendValues(call.world, viewer, file, area, writing, insertRows) };
}

function batchWritten(call: ValuesCall, given?: BatchBody): Record<string, unknown> {
  const viewer = sheetsViewer(call);
  const { file } = openSpreadsheet(call.world, viewer, call.params.spreadsheetId, 'writer');
  const body = given ?? ((call.input ?? {}) as BatchBody);
  const typed = typedOption(body.valueInputOption);
  const touched = {
    rows: new Set<string>(),
    columns: new Set<string>(),
    sheets: new Set<number>(),
    cells: 0,
  };
  const responses = (body.data ?? []).map((one) => {
    const area = areaOf(call.world, file.id, one.range ?? '');
    const dimension = one.majorDimension ?? 'ROWS';
    const answer = body.includeValuesInResponse
      ? renderingOf(
          {
            valueRenderOption: body.responseValueRenderOption,
            dateTimeRenderOption: body.responseDateTimeRenderOption,
          },
          dimension,
        )
      : undefined;
    const result = writeValues(call.world, viewer, file, area, {
      values: one.values ?? [],
      dimension,
      typed,
      answer,
    });
    const { sheetId } = area.sheet.properties;
    for (let i = 0; i < (result.updatedRows ?? 0); i++) touched.rows.add(`${sheetId}/${area.startRow + i}`);
    for (let i = 0; i < (result.updatedColumns ?? 0); i++)
      touched.columns.add(`${sheetId}/${area.startColumn + i}`);
    touched.sheets.add(sheetId);
    touched.cells += result.updatedCells ?? 0;
    return result;
  });
  return {
    spreadsheetId: file.id,
    totalUpdatedRows: touched.rows.size,
    totalUpdatedColumns: touched.columns.size,
    totalUpdatedCells: touched.cells,
    totalUpdatedSheets: touched.sheets.size,
    responses,
  };
}

function queryWriting(call: ValuesCall, body: ValuesBody): Writing {
  const { query } = call;
  const dimension = body.majorDimension ?? 'ROWS';
  const answer = flag(call, 'includeValuesInResponse')
    ? renderingOf(
        {
          valueRenderOption: query.get('responseValueRenderOption') ?? undefined,
          dateTimeRenderOption: query.get('responseDateTimeRenderOption') ?? undefined,
        },
        dimension,
      )
    : undefined;
  const typed = typedOption(query.get('valueInputOption') ?? undefined);
  return { values: body.values ?? [], dimension, typed, ...(answer ? { answer } : {}) };
}

function typedOption(option: string | undefined): boolean {
  if (option === 'RAW' || option === 'USER_ENTERED') return option === 'USER_ENTERED';
  if (option === undefined || option === 'INPUT_VALUE_OPTION_UNSPECIFIED')
    throw badArgument("'valueInputOption' is required but not specified");
  throw badArgument(
    `Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), "${option}"`,
  );
}

const queryRendering = ({ query }: ValuesCall): Rendering =>
  renderingOf(
    {
      valueRenderOption: query.get('valueRenderOption') ?? undefined,
      dateTimeRenderOption: query.get('dateTimeRenderOption') ?? undefined,
    },
    query.get('majorDimension') ?? undefined,
  );

function renderingOf(options: RenderBody, dimension: string | undefined): Rendering {
  return {
    values: option('value_render_option', options.valueRenderOption, [
      'FORMATTED_VALUE',
      'UNFORMATTED_VALUE',
      'FORMULA',
    ]),
    dates: option('date_time_render_option', options.dateTimeRenderOption, [
      'SERIAL_NUMBER',
      'FORMATTED_STRING',
    ]),
    dimension: option('major_dimension', dimension === 'DIMENSION_UNSPECIFIED' ? undefined : dimension, [
      'ROWS',
      'COLUMNS',
    ]),
  };
}

/** One of the known values; the first where none is given. Throws 400 for another. */
function option<T extends string>(name: string, value: string | undefined, known: readonly [T, ...T[]]): T {
  if (value === undefined) return known[0];
  const found = known.find((one) => one === value);
  if (!found) throw badArgument(`Invalid value at '${name}' (TYPE_ENUM), "${value}"`);
  return found;
}

/** Ranges in A1; other kinds of filters are a gap. */
function rangesOf({ dataFilters = [] }: FilterBody): string[] {
  return dataFilters.map(({ a1Range }) => {
    if (a1Range === undefined) throw missingPart('sheets.DataFilter other than a1Range');
    return a1Range;
  });
}
