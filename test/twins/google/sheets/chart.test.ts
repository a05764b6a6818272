import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const ROWS = [
  ['Month', 'Sold', 'Cost'],
  ['Jan', 3, 10],
  ['Feb', 5, 12],
  ['Mar', 2, 9],
];
const data = (column: number, from = 0, to = 4) => ({
  sourceRange: { sources: [range(from, to, column, column + 1)] },
});
const column = {
  title: 'Sales',
  basicChart: {
    chartType: 'COLUMN',
    axis: [{ position: 'BOTTOM_AXIS', title: 'Month' }],
    domains: [{ domain: data(0) }],
    series: [{ series: data(1) }],
    headerCount: 1,
  },
};
const over = (rowIndex = 0, columnIndex = 4) => ({
  overlayPosition: { anchorCell: { sheetId: 0, rowIndex, columnIndex } },
});
const add = (spec: object, position: object = over(), more: object = {}) => ({
  addChart: { chart: { spec, position, ...more } },
});

interface Added {
  chart: { chartId: number; spec: Record<string, unknown>; position: Record<string, unknown> };
}

describe('charts', () => {
  it('are given back with an id, a size and the defaults of their kind', async () => {
    const opened = await book(ROWS);
    const { chart } = await opened.reply<Added>(add(column));
    expect(chart).toEqual({
      chartId: expect.any(Number),
      spec: {
        title: 'Sales',
        basicChart: {
          chartType: 'COLUMN',
          axis: [
            {
              position: 'BOTTOM_AXIS',
              title: 'Month',
              format: { fontFamily: 'Roboto' },
              viewWindowOptions: {},
            },
          ],
          domains: [
            {
              domain: {
                sourceRange: {
                  sources: [{ startRowIndex: 0, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 1 }],
                },
              },
            },
          ],
          series: [
            {
              series: {
                sourceRange: {
                  sources: [{ startRowIndex: 0, endRowIndex: 4, startColumnIndex: 1, endColumnIndex: 2 }],
                },
              },
              targetAxis: 'LEFT_AXIS',
            },
          ],
          headerCount: 1,
        },
        hiddenDimensionStrategy: 'SKIP_HIDDEN_ROWS_AND_COLUMNS',
        titleTextFormat: { fontFamily: 'Roboto' },
        fontName: 'Roboto',
      },
      position: { overlayPosition: { anchorCell: { columnIndex: 4 }, widthPixels: 600, heightPixels: 371 } },
    });
    expect(await opened.read('sheets.charts')).toEqual({ sheets: [{ charts: [chart] }] });
  });

  it.each([
    ['pieChart', { domain: data(0), series: data(1), pieHole: 0.5, legendPosition: 'RIGHT_LEGEND' }],
    [
      'bubbleChart',
      { domain: data(1), series: data(2), groupIds: data(0), bubbleSizes: data(1), bubbleLabels: data(0) },
    ],
    [
      'candlestickChart',
      {
        domain: { data: data(0) },
        data: [
          {
            lowSeries: { data: data(1) },
            openSeries: { data: data(1) },
            closeSeries: { data: data(2) },
            highSeries: { data: data(2) },
          },
        ],
      },
    ],
    ['orgChart', { labels: data(0), parentLabels: data(1), nodeSize: 'SMALL' }],
    ['histogramChart', { series: [{ data: data(1) }], bucketSize: 2 }],
    [
      'waterfallChart',
      { domain: { data: data(0) }, series: [{ data: data(1), customSubtotals: [{ subtotalIndex: 1 }] }] },
    ],
    ['treemapChart', { labels: data(0), parentLabels: data(0), sizeData: data(1) }],
    [
      'scorecardChart',
      { keyValueData: data(1, 1, 2), baselineValueData: data(2, 1, 2), aggregateType: 'SUM' },
    ],
  ])('may be a %s', async (kind, spec) => {
    const opened = await book(ROWS);
    const { chart } = await opened.reply<Added>(add({ [kind]: spec }));
    expect(Object.keys(chart.spec)).toEqual([kind, 'hiddenDimensionStrategy', 'fontName']);
    const { sheets } = await opened.read(`sheets.charts.spec.${kind}`);
    expect(sheets).toEqual([{ charts: [{ spec: { [kind]: chart.spec[kind] } }] }]);
  });

  it.each([
    ['no kind', { title: 'x' }, 'No chart type specified.'],
    [
      'data of two dimensions',
      { pieChart: { domain: data(0), series: { sourceRange: { sources: [range(0, 4, 0, 2)] } } } },
      'ChartSourceRange ranges require all rows or all columns to have length of 1',
    ],
    [
      'data from nowhere',
      { pieChart: { domain: data(0), series: { sourceRange: { sources: [range(0, 4, 0, 1, 9)] } } } },
      'No grid with id: 9',
    ],
    [
      'unequal numbers of sources',
      {
        pieChart: {
          domain: data(0),
          series: { sourceRange: { sources: [range(0, 2, 0, 1), range(2, 4, 0, 1)] } },
        },
      },
      'The domain and all series must have the same number of source ranges.',
    ],
    ['a pie without series', { pieChart: { domain: data(0) } }, 'pieChart.series is required.'],
    [
      'two axes in one place',
      { basicChart: { ...column.basicChart, axis: [{ position: 'LEFT_AXIS' }, { position: 'LEFT_AXIS' }] } },
      'There is more than one axis at position LEFT_AXIS.',
    ],
    [
      'a series type outside of combos',
      { basicChart: { ...column.basicChart, series: [{ series: data(1), type: 'LINE' }] } },
      'series.type is only valid if the chartType is COMBO.',
    ],
    [
      'stacked lines',
      { basicChart: { ...column.basicChart, chartType: 'LINE', stackedType: 'STACKED' } },
      'stackedType STACKED is not supported for charts of type LINE.',
    ],
    [
      'sizes without groups',
      { bubbleChart: { domain: data(1), series: data(2), bubbleSizes: data(1) } },
      'If bubbleSizes is specified, groupIds must also be specified.',
    ],
  ])('with %s are refused', async (_, spec, why) => {
    const opened = await book(ROWS);
    expect(await opened.refused(add(spec))).toBe(`Invalid requests[0].addChart: ${why}`);
  });

  it('have ids of their own, shared with slicers', async () => {
    const opened = await book(ROWS);
    await opened.done(add(column, over(), { chartId: 5 }));
    expect(await opened.refused(add(column, over(), { chartId: 5 }))).toMatch(/ID 5 already exists/);
    expect(await opened.refused({ updateChartSpec: { chartId: 6, spec: column } })).toBe(
      'Invalid requests[0].updateChartSpec: No chart with id: 6',
    );
    expect(await opened.refused({ deleteEmbeddedObject: { objectId: 6 } })).toBe(
      'Invalid requests[0].deleteEmbeddedObject: No embedded object with id: 6',
    );
  });

  it('stand on a sheet of their own where they are asked to, which goes with them', async () => {
    const opened = await book(ROWS);
    const { chart } = await opened.reply<Added>(add(column, { newSheet: true }));
    const sheetId = chart.position.sheetId;
    const titles = async () =>
      (await opened.read('sheets.properties(sheetId,title,sheetType,gridProperties.rowCount)')).sheets;
    expect(await titles()).toEqual([
      { properties: { sheetId: 0, title: 'Sheet1', sheetType: 'GRID', gridProperties: { rowCount: 1000 } } },
      { properties: { sheetId, title: 'Chart1', sheetType: 'OBJECT' } },
    ]);
    expect(await opened.refused(add(column, { sheetId }))).toBe(
      `Invalid requests[0].addChart: Cannot add chart to new sheet with ID: ${sheetId}, a sheet with that ID already exists.`,
    );
    await opened.done({ deleteEmbeddedObject: { objectId: chart.chartId } });
    expect(await titles()).toHaveLength(1);
  });

  it('are moved, resized, bordered and redrawn', async () => {
    const opened = await book(ROWS);
    const { chart } = await opened.reply<Added>(add(column));
    const objectId = chart.chartId;
    const moved = await opened.reply({
      updateEmbeddedObjectPosition: {
        objectId,
        newPosition: { overlayPosition: { anchorCell: { rowIndex: 9 }, widthPixels: 300 } },
        fields: 'anchorCell.rowIndex,widthPixels',
      },
    });
    expect(moved).toEqual({
      position: {
        overlayPosition: { anchorCell: { rowIndex: 9, columnIndex: 4 }, widthPixels: 300, heightPixels: 371 },
      },
    });
    await opened.done(
      { updateEmbeddedObjectBorder: { objectId, border: { color: { red: 1 } }, fields: 'color' } },
      { updateChartSpec: { chartId: objectId, spec: { pieChart: { domain: data(0), series: data(2) } } } },
    );
    const { sheets } = await opened.read(
      'sheets.charts(border,spec.pieChart.domain.sourceRange.sources.endRowIndex)',
    );
    expect(sheets).toEqual([
      {
        charts: [
          {
            spec: { pieChart: { domain: { sourceRange: { sources: [{ endRowIndex: 4 }] } } } },
            border: { color: { red: 1 }, colorStyle: { rgbColor: { red: 1 } } },
          },
        ],
      },
    ]);
    await opened.done({ deleteEmbeddedObject: { objectId } });
    expect(await opened.read('sheets.charts')).toEqual({ sheets: [{}] });
  });

  it('follow their data and their anchor when rows are put in, and are copied with the sheet', async () => {
    const opened = await book(ROWS);
    await opened.done(
      add(column, over(5)),
      { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 2, endIndex: 4 } } },
      { duplicateSheet: { sourceSheetId: 0, newSheetId: 8, insertSheetIndex: 1 } },
    );
    const fields = 'sheets.charts(chartId,position.overlayPosition.anchorCell,spec.basicChart.series.series)';
    const { sheets } = await opened.read(fields);
    const [first, copy] = sheets as unknown as { charts: { chartId: number }[] }[];
    const sources = (sheetId?: number) => [
      {
        series: {
          sourceRange: {
            sources: [
              {
                startRowIndex: 0,
                endRowIndex: 6,
                startColumnIndex: 1,
                endColumnIndex: 2,
                ...(sheetId ? { sheetId } : {}),
              },
            ],
          },
        },
      },
    ];
    expect(first?.charts).toEqual([
      {
        chartId: expect.any(Number),
        position: { overlayPosition: { anchorCell: { rowIndex: 7, columnIndex: 4 } } },
        spec: { basicChart: { series: sources() } },
      },
    ]);
    expect(copy?.charts).toMatchObject([
      {
        position: { overlayPosition: { anchorCell: { sheetId: 8, rowIndex: 7, columnIndex: 4 } } },
        spec: { basicChart: { series: sources(8) } },
      },
    ]);
    expect(copy?.charts[0]?.chartId).not.toBe(first?.charts[0]?.chartId);
  });

  it('go with their sheet, and lie within it', async () => {
    const opened = await book(ROWS);
    expect(await opened.refused(add(column, over(1000)))).toBe(
      'Invalid requests[0].addChart: GridCoordinate.rowIndex[1000] is after last row in grid[999]',
    );
    await opened.done(
      { addSheet: { properties: { sheetId: 4, title: 'Two' } } },
      add(column, { overlayPosition: { anchorCell: { sheetId: 4 } } }, { chartId: 3 }),
      { deleteSheet: { sheetId: 4 } },
    );
    expect(await opened.refused({ deleteEmbeddedObject: { objectId: 3 } })).toMatch(/No embedded object/);
  });
});

describe('slicers', () => {
  const slicer = (spec: object, position: object = over()) => ({
    addSlicer: { slicer: { spec: { dataRange: range(0, 4, 0, 3), ...spec }, position } },
  });

  it('are added, changed and taken away', async () => {
    const opened = await book(ROWS);
    const { slicer: made } = await opened.reply<{ slicer: { slicerId: number } }>(
      slicer({ columnIndex: 0, title: 'Month' }),
    );
    expect(made).toMatchObject({
      spec: {
        columnIndex: 0,
        title: 'Month',
        applyToPivotTables: true,
        horizontalAlignment: 'LEFT',
        filterCriteria: {},
      },
      position: { overlayPosition: { widthPixels: 600 } },
    });
    const { slicerId } = made;
    await opened.done({
      updateSlicerSpec: {
        slicerId,
        spec: { title: 'M', backgroundColor: { red: 1 } },
        fields: 'title,backgroundColor',
      },
    });
    expect(await opened.read('sheets.slicers.spec(title,backgroundColorStyle)')).toEqual({
      sheets: [{ slicers: [{ spec: { title: 'M', backgroundColorStyle: { rgbColor: { red: 1 } } } }] }],
    });
    await opened.done({ deleteEmbeddedObject: { objectId: slicerId } });
    expect(await opened.read('sheets.slicers')).toEqual({ sheets: [{}] });
  });

  it('keep to the columns of their data and to sheets that exist', async () => {
    const opened = await book(ROWS);
    expect(await opened.refused(slicer({ columnIndex: 3 }))).toBe(
      'Invalid requests[0].addSlicer: Slicer column must be within range bounds',
    );
    expect(await opened.refused(slicer({ columnIndex: 0 }, { newSheet: true }))).toMatch(
      /only on an existing sheet/,
    );
  });
});
