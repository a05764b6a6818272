import { sheets, type sheets_v4 } from '@googleapis/sheets';
import { OAuth2Client } from 'google-auth-library';
import { expect, it } from 'vitest';
import { universeFetch } from '../../../../src/inprocess/fetch.ts';
import { openDomain } from '../domain.ts';

const SALES = [
  ['Region', 'Item', 'Sold'],
  ['East', 'Door', 4],
  ['West', 'Door', 2],
  ['East', 'Frame', 8],
  ['North', 'Panel', 1],
];
const at = (
  startRowIndex: number,
  endRowIndex: number,
  startColumnIndex: number,
  endColumnIndex: number,
  sheetId = 0,
) => ({
  sheetId,
  startRowIndex,
  endRowIndex,
  startColumnIndex,
  endColumnIndex,
});

it('@googleapis/sheets builds a dashboard: chart, pivot table, rules, filter view and slicer', async () => {
  const domain = await openDomain();
  const auth = new OAuth2Client({
    transporterOptions: { fetchImplementation: universeFetch(domain.universe) as typeof fetch },
  });
  auth.setCredentials({ access_token: domain.token });
  const client = sheets({ version: 'v4', auth: auth as unknown as sheets_v4.Options['auth'] });
  const root = { rootUrl: domain.base('google') };
  const made = await client.spreadsheets.create(
    {
      requestBody: {
        properties: { title: 'Sales' },
        sheets: [{ properties: { title: 'Data' } }, { properties: { title: 'Board', sheetId: 7 } }],
      },
    },
    root,
  );
  const spreadsheetId = made.data.spreadsheetId as string;
  await client.spreadsheets.values.update(
    { spreadsheetId, range: 'Data!A1', valueInputOption: 'USER_ENTERED', requestBody: { values: SALES } },
    root,
  );
  const source = at(0, 5, 0, 3);
  const series = (column: number): sheets_v4.Schema$ChartData => ({
    sourceRange: { sources: [at(0, 4, column, column + 1, 7)] },
  });
  const requests: sheets_v4.Schema$Request[] = [
    {
      updateCells: {
        start: { sheetId: 7, rowIndex: 0, columnIndex: 0 },
        fields: 'pivotTable',
        rows: [
          {
            values: [
              {
                pivotTable: {
                  source,
                  rows: [
                    { sourceColumnOffset: 0, sortOrder: 'DESCENDING', showTotals: true, valueBucket: {} },
                  ],
                  values: [{ sourceColumnOffset: 2, summarizeFunction: 'SUM', name: 'Sold' }],
                },
              },
            ],
          },
        ],
      },
    },
    {
      addChart: {
        chart: {
          spec: {
            title: 'By region',
            basicChart: {
              chartType: 'BAR',
              domains: [{ domain: series(0) }],
              series: [{ series: series(1), targetAxis: 'BOTTOM_AXIS' }],
              headerCount: 1,
            },
          },
          position: { overlayPosition: { anchorCell: { sheetId: 7, rowIndex: 0, columnIndex: 4 } } },
        },
      },
    },
    {
      addConditionalFormatRule: {
        index: 0,
        rule: {
          ranges: [at(1, 5, 1, 2, 7)],
          booleanRule: {
            condition: { type: 'CUSTOM_FORMULA', values: [{ userEnteredValue: '=$B2>=12' }] },
            format: { textFormat: { bold: true } },
          },
        },
      },
    },
    {
      addFilterView: {
        filter: {
          title: 'Doors',
          range: source,
          filterSpecs: [{ columnIndex: 1, filterCriteria: { hiddenValues: ['Frame', 'Panel'] } }],
        },
      },
    },
    {
      addSlicer: {
        slicer: {
          spec: { dataRange: source, columnIndex: 0, title: 'Region' },
          position: { overlayPosition: { anchorCell: { sheetId: 7, rowIndex: 9 } } },
        },
      },
    },
  ];
  const { data } = await client.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } }, root);
  expect(data.replies?.map((reply) => Object.keys(reply)[0])).toEqual([
    undefined,
    'addChart',
    undefined,
    'addFilterView',
    'addSlicer',
  ]);

  const shown = await client.spreadsheets.values.get({ spreadsheetId, range: 'Board!A1:B9' }, root);
  expect(shown.data.values).toEqual([
    ['Region', 'Sold'],
    ['East', '12'],
    ['West', '2'],
    ['North', '1'],
    ['Grand Total', '15'],
  ]);
  const board = await client.spreadsheets.get(
    { spreadsheetId, ranges: ['Board!B2:B5'], includeGridData: true },
    root,
  );
  const [sheet] = board.data.sheets ?? [];
  expect(sheet?.data?.[0]?.rowData?.map((row) => row.values?.[0]?.effectiveFormat?.textFormat?.bold)).toEqual(
    [true, false, false, true],
  );
  expect([sheet?.charts?.length, sheet?.slicers?.length, sheet?.conditionalFormats?.length]).toEqual([
    1, 1, 1,
  ]);

  await client.spreadsheets.values.update(
    { spreadsheetId, range: 'Data!C3', valueInputOption: 'RAW', requestBody: { values: [[20]] } },
    root,
  );
  const after = await client.spreadsheets.values.get({ spreadsheetId, range: 'Board!A2:B2' }, root);
  expect(after.data.values).toEqual([['West', '20']]);
  const refused = client.spreadsheets.batchUpdate(
    { spreadsheetId, requestBody: { requests: [{ deleteEmbeddedObject: { objectId: 1 } }] } },
    root,
  );
  await expect(refused).rejects.toMatchObject({
    status: 400,
    message: 'Invalid requests[0].deleteEmbeddedObject: No embedded object with id: 1',
  });
});
