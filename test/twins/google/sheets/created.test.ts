import { describe, expect, it } from 'vitest';
import { openDomain } from '../domain.ts';
import { book, range } from './book.ts';

const data = (column: number) => ({ sourceRange: { sources: [range(0, 3, column, column + 1)] } });
const sheet = {
  properties: { sheetId: 0, title: 'Board' },
  data: [
    {
      rowData: [
        {
          values: [
            { userEnteredValue: { stringValue: 'Who' } },
            { userEnteredValue: { stringValue: 'Paid' } },
          ],
        },
        { values: [{ userEnteredValue: { stringValue: 'Ann' } }, { userEnteredValue: { numberValue: 5 } }] },
        { values: [{ userEnteredValue: { stringValue: 'Bob' } }, { userEnteredValue: { numberValue: 7 } }] },
      ],
    },
    {
      startColumn: 4,
      rowData: [
        {
          values: [
            {
              pivotTable: {
                source: range(0, 3, 0, 2),
                rows: [{ sourceColumnOffset: 0, sortOrder: 'ASCENDING', showTotals: true }],
                values: [{ sourceColumnOffset: 1, summarizeFunction: 'SUM' }],
              },
            },
          ],
        },
      ],
    },
  ],
  conditionalFormats: [
    {
      ranges: [range(1, 3, 1, 2)],
      booleanRule: {
        condition: { type: 'NUMBER_GREATER', values: [{ userEnteredValue: '6' }] },
        format: { backgroundColor: { red: 1 } },
      },
    },
  ],
  basicFilter: { range: range(0, 3, 0, 2) },
  filterViews: [{ title: 'Mine', range: range(0, 3, 0, 2) }],
  bandedRanges: [
    {
      range: range(0, 3, 0, 2),
      rowProperties: { firstBandColor: { green: 1 }, secondBandColor: { blue: 1 } },
    },
  ],
  charts: [
    {
      spec: { pieChart: { domain: data(0), series: data(1) } },
      position: { overlayPosition: { anchorCell: { rowIndex: 5 } } },
    },
  ],
  slicers: [{ spec: { dataRange: range(0, 3, 0, 2), columnIndex: 0 }, position: { overlayPosition: {} } }],
};

describe('a spreadsheet that is created with objects', () => {
  it('has them, and what they come to', async () => {
    const { call } = await openDomain();
    const { status, body } = await call('POST /v4/spreadsheets', { sheets: [sheet] });
    expect(status).toBe(200);
    const [made] = body.sheets as unknown as Record<string, unknown>[];
    for (const name of ['conditionalFormats', 'filterViews', 'bandedRanges', 'charts', 'slicers'])
      expect(made?.[name]).toHaveLength(1);
    expect(made?.basicFilter).toMatchObject({ range: { endRowIndex: 3 } });
    const { values } = (await call(`GET /v4/spreadsheets/${body.spreadsheetId}/values/E1:F4`)).body;
    expect(values).toEqual([
      ['Who', 'SUM of Paid'],
      ['Ann', '5'],
      ['Bob', '7'],
      ['Grand Total', '12'],
    ]);
  });

  it('is refused where they would be', async () => {
    const { call } = await openDomain();
    const { status, body } = await call('POST /v4/spreadsheets', {
      sheets: [{ ...sheet, charts: [{ spec: {} }] }],
    });
    expect([status, body.error]).toMatchObject([
      400,
      { message: 'Invalid sheets[0].charts[0]: No chart type specified.' },
    ]);
  });
});

describe('objects of sheets that are copied and deleted', () => {
  it('keep to the copy, also in another spreadsheet, and in a copy of the file', async () => {
    const opened = await book([
      ['Who', 'Paid'],
      ['Ann', 5],
    ]);
    await opened.done({
      updateCells: {
        rows: [
          {
            values: [
              {
                pivotTable: {
                  source: range(0, 2, 0, 2),
                  values: [{ sourceColumnOffset: 1, summarizeFunction: 'SUM' }],
                },
              },
            ],
          },
        ],
        start: { rowIndex: 0, columnIndex: 4 },
        fields: 'pivotTable',
      },
    });
    await opened.done({
      duplicateSheet: { sourceSheetId: 0, newSheetId: 9, newSheetName: 'Copy', insertSheetIndex: 1 },
    });
    await opened.call(`PUT ${opened.path}/values/Copy!B2?valueInputOption=RAW`, { values: [[8]] });
    expect([await opened.values('Copy!E2'), await opened.values('Sheet1!E2')]).toEqual([[['8']], [['5']]]);
    const { body } = await opened.call(`POST /drive/v3/files/${opened.spreadsheetId}/copy`, {});
    const copied = await opened.call(`GET /v4/spreadsheets/${body.id}/values/Copy!E1:E2`);
    expect(copied.body.values).toEqual([['SUM of Paid'], ['8']]);
  });

  it('lose what they had from a sheet that goes', async () => {
    const opened = await book();
    await opened.done(
      { addSheet: { properties: { sheetId: 4, title: 'Data' } } },
      {
        updateCells: {
          rows: [
            { values: [{ pivotTable: { source: range(0, 2, 0, 2, 4), rows: [{ sourceColumnOffset: 0 }] } }] },
          ],
          start: { rowIndex: 0, columnIndex: 4 },
          fields: 'pivotTable',
        },
      },
      { deleteSheet: { sheetId: 4 } },
    );
    expect(await opened.values('E1')).toEqual([['#REF!']]);
  });
});
