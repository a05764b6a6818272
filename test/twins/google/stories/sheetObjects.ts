/** The objects of a spreadsheet: what lies over its cells, from beginning to end. */
import { expect } from 'vitest';
import { range } from '../sheets/book.ts';
import type { Body, Story, Teller } from './teller.ts';

const ROWS = [
  ['Region', 'Item', 'Size', 'Day'],
  ['East', 'Door', 4, '2024-01-05'],
  ['West', 'Door', 2, '2024-01-20'],
  ['East', 'Frame', 8, '2024-02-03'],
  ['North', 'Panel', 1, '2024-02-14'],
];

async function open({ send }: Teller) {
  const { spreadsheetId } = await send('POST', '/v4/spreadsheets', { properties: { title: 'Board' } });
  const path = `/v4/spreadsheets/${spreadsheetId}`;
  await send('PUT', `${path}/values/A1:D5?valueInputOption=USER_ENTERED`, { values: ROWS });
  return {
    path,
    batch: async (...requests: object[]): Promise<Body[]> =>
      (await send('POST', `${path}:batchUpdate`, { requests })).replies,
  };
}

const data = (column: number) => ({ sourceRange: { sources: [range(0, 5, column, column + 1)] } });
const overlay = (rowIndex: number) => ({
  overlayPosition: { anchorCell: { sheetId: 0, rowIndex, columnIndex: 8 } },
});
const condition = (type: string, ...values: string[]) => ({
  type,
  values: values.map((userEnteredValue) => ({ userEnteredValue })),
});

export const SHEET_OBJECTS: readonly Story[] = [
  {
    says: 'cells are validated and coloured by rules',
    async tell(teller) {
      const { path, batch } = await open(teller);
      await batch({
        setDataValidation: {
          range: range(1, 5, 1, 2),
          rule: {
            condition: condition('ONE_OF_LIST', 'Door', 'Frame', 'Panel'),
            strict: true,
            showCustomUi: true,
            inputMessage: 'Pick',
          },
        },
      });
      const rule = {
        ranges: [range(1, 5, 2, 3)],
        booleanRule: {
          condition: condition('NUMBER_GREATER', '3'),
          format: { backgroundColor: { red: 1 }, textFormat: { bold: true } },
        },
      };
      const gradientRule = {
        minpoint: { colorStyle: { rgbColor: { red: 1 } }, type: 'MIN' },
        midpoint: { color: { green: 1 }, type: 'PERCENTILE', value: '50' },
        maxpoint: { color: { blue: 1 }, type: 'NUMBER', value: '8' },
      };
      await batch({ addConditionalFormatRule: { rule, index: 0 } });
      await batch({
        addConditionalFormatRule: { rule: { ranges: [range(1, 5, 2, 3)], gradientRule }, index: 1 },
      });
      await batch({ updateConditionalFormatRule: { sheetId: 0, index: 1, newIndex: 0 } });
      await batch({ updateConditionalFormatRule: { index: 0, rule } });
      await batch({ deleteConditionalFormatRule: { sheetId: 0, index: 1 } });
      await teller.get(`${path}?includeGridData=true&ranges=A1:D5`);
      await teller.refused(400, 'POST', `${path}:batchUpdate`, {
        requests: [{ deleteConditionalFormatRule: { sheetId: 0, index: 7 } }],
      });
    },
  },
  {
    says: 'rows are filtered, for all and in views',
    async tell(teller) {
      const { path, batch } = await open(teller);
      await batch({
        setBasicFilter: {
          filter: {
            range: range(0, 5, 0, 4),
            sortSpecs: [{ dimensionIndex: 2, sortOrder: 'DESCENDING' }],
            filterSpecs: [
              {
                columnIndex: 1,
                filterCriteria: { hiddenValues: ['Panel'], condition: condition('NOT_BLANK') },
              },
            ],
          },
        },
      });
      await teller.get(`${path}?fields=sheets(basicFilter,data.rowMetadata)`);
      await batch({ clearBasicFilter: { sheetId: 0 } });
      await batch({
        addFilterView: {
          filter: {
            filterViewId: 11,
            title: 'Doors',
            range: range(0, 5, 0, 4),
            criteria: { 1: { hiddenValues: ['Frame'] } },
          },
        },
      });
      await batch({
        updateFilterView: { filter: { filterViewId: 11, title: 'Only doors' }, fields: 'title' },
      });
      const [copy = {} as Body] = await batch({ duplicateFilterView: { filterId: 11 } });
      await batch({ deleteFilterView: { filterId: copy.duplicateFilterView.filter.filterViewId } });
      const { sheets } = await teller.get(path);
      expect(sheets[0].filterViews).toHaveLength(1);
    },
  },
  {
    says: 'rows alternate in colour, and a table keeps its columns',
    async tell(teller) {
      const { path, batch } = await open(teller);
      const rowProperties = {
        headerColor: { red: 1 },
        firstBandColor: { green: 1 },
        secondBandColorStyle: { rgbColor: {} },
      };
      await batch({
        addBanding: { bandedRange: { bandedRangeId: 5, range: range(0, 5, 0, 2), rowProperties } },
      });
      await batch({
        updateBanding: { bandedRange: { bandedRangeId: 5, range: range(0, 5, 0, 3) }, fields: 'range' },
      });
      await teller.get(`${path}?includeGridData=true&ranges=A1:C5`);
      await batch({ deleteBanding: { bandedRangeId: 5 } });
      const list = { condition: condition('ONE_OF_LIST', 'Door', 'Frame', 'Panel') };
      const [made = {} as Body] = await batch({
        addTable: {
          table: {
            name: 'Sales',
            range: range(0, 5, 0, 4),
            columnProperties: [
              { columnIndex: 1, columnName: 'Item', columnType: 'DROPDOWN', dataValidationRule: list },
              { columnIndex: 2, columnName: 'Size', columnType: 'DOUBLE' },
            ],
          },
        },
      });
      const { tableId } = made.addTable.table;
      await batch({ updateTable: { table: { tableId, name: 'Deals' }, fields: 'name' } });
      await batch({
        appendCells: {
          tableId,
          rows: [{ values: [{ userEnteredValue: { stringValue: 'South' } }] }],
          fields: 'userEnteredValue',
        },
      });
      await teller.get(path);
      await batch({ deleteTable: { tableId } });
    },
  },
  {
    says: 'charts are drawn, moved and taken away',
    async tell(teller) {
      const { path, batch } = await open(teller);
      const spec = {
        title: 'Sizes',
        basicChart: {
          chartType: 'COMBO',
          legendPosition: 'BOTTOM_LEGEND',
          axis: [{ position: 'LEFT_AXIS', title: 'Size' }],
          domains: [{ domain: data(0) }],
          series: [{ series: data(2), type: 'COLUMN', targetAxis: 'LEFT_AXIS' }],
          headerCount: 1,
        },
      };
      await batch({ addChart: { chart: { chartId: 21, spec, position: overlay(0) } } });
      await batch({
        updateChartSpec: {
          chartId: 21,
          spec: { pieChart: { domain: data(0), series: data(2), pieHole: 0.4 } },
        },
      });
      await batch({
        updateEmbeddedObjectPosition: {
          objectId: 21,
          newPosition: { overlayPosition: { anchorCell: { rowIndex: 3 }, widthPixels: 300 } },
          fields: 'anchorCell.rowIndex,widthPixels',
        },
      });
      await batch({
        updateEmbeddedObjectBorder: { objectId: 21, border: { color: { red: 1 } }, fields: 'color' },
      });
      await batch({ addChart: { chart: { spec, position: { newSheet: true } } } });
      await teller.get(path);
      await batch({ deleteEmbeddedObject: { objectId: 21 } });
    },
  },
  {
    says: 'charts of every kind are drawn',
    async tell(teller) {
      const { path, batch } = await open(teller);
      const specs: object[] = [
        {
          bubbleChart: {
            domain: data(2),
            series: data(2),
            groupIds: data(0),
            bubbleSizes: data(2),
            bubbleLabels: data(1),
            bubbleOpacity: 0.5,
          },
        },
        {
          candlestickChart: {
            domain: { data: data(0) },
            data: [
              {
                lowSeries: { data: data(2) },
                openSeries: { data: data(2) },
                closeSeries: { data: data(2) },
                highSeries: { data: data(2) },
              },
            ],
          },
        },
        { orgChart: { labels: data(1), parentLabels: data(0), nodeSize: 'MEDIUM', nodeColor: { red: 1 } } },
        {
          histogramChart: {
            series: [{ data: data(2), barColor: { green: 1 } }],
            bucketSize: 2,
            legendPosition: 'NO_LEGEND',
          },
        },
        {
          waterfallChart: {
            domain: { data: data(0) },
            series: [{ data: data(2), customSubtotals: [{ subtotalIndex: 1, label: 'Half' }] }],
            stackedType: 'STACKED',
          },
        },
        {
          treemapChart: {
            labels: data(1),
            parentLabels: data(0),
            sizeData: data(2),
            levels: 2,
            colorScale: { minValueColor: { red: 1 } },
          },
        },
        {
          scorecardChart: {
            keyValueData: data(2),
            aggregateType: 'SUM',
            keyValueFormat: { textFormat: { bold: true } },
            scaleFactor: 1,
          },
        },
      ];
      for (const spec of specs) await batch({ addChart: { chart: { spec, position: overlay(0) } } });
      const { sheets } = await teller.get(path);
      expect(sheets[0].charts).toHaveLength(specs.length);
    },
  },
  {
    says: 'a slicer narrows, and a pivot table sums up',
    async tell(teller) {
      const { path, batch } = await open(teller);
      const [made = {} as Body] = await batch({
        addSlicer: {
          slicer: {
            spec: {
              dataRange: range(0, 5, 0, 4),
              columnIndex: 1,
              title: 'Item',
              filterCriteria: { hiddenValues: ['Panel'] },
            },
            position: overlay(0),
          },
        },
      });
      const { slicerId } = made.addSlicer.slicer;
      await batch({ updateSlicerSpec: { slicerId, spec: { title: 'What' }, fields: 'title' } });
      const pivotTable = {
        source: range(0, 5, 0, 4),
        rows: [
          { sourceColumnOffset: 0, showTotals: true, sortOrder: 'DESCENDING', valueBucket: {} },
          {
            sourceColumnOffset: 3,
            showTotals: true,
            sortOrder: 'ASCENDING',
            groupRule: { dateTimeRule: { type: 'MONTH' } },
          },
        ],
        columns: [
          { sourceColumnOffset: 1, showTotals: true, sortOrder: 'ASCENDING', groupLimit: { countLimit: 3 } },
        ],
        values: [
          {
            sourceColumnOffset: 2,
            summarizeFunction: 'SUM',
            calculatedDisplayType: 'PERCENT_OF_GRAND_TOTAL',
          },
        ],
        filterSpecs: [{ columnOffsetIndex: 1, filterCriteria: { visibleValues: ['Door', 'Frame'] } }],
        valueLayout: 'HORIZONTAL',
      };
      await batch({
        updateCells: {
          rows: [{ values: [{ pivotTable }] }],
          start: { sheetId: 0, rowIndex: 0, columnIndex: 12 },
          fields: 'pivotTable',
        },
      });
      await teller.get(`${path}?includeGridData=true&ranges=M1:Q8`);
      expect((await teller.get(`${path}/values/M1:Q8`)).values).toHaveLength(8);
      await batch({ deleteEmbeddedObject: { objectId: slicerId } });
    },
  },
  {
    says: 'cells are talked about',
    async tell(teller) {
      const { path, batch } = await open(teller);
      const [made = {} as Body] = await batch({
        insertComment: { content: 'Why so small?', coordinate: { sheetId: 0, rowIndex: 4, columnIndex: 2 } },
      });
      const { commentId, headPost } = made.insertComment.commentThread;
      const [said = {} as Body] = await batch({
        addCommentReply: { commentId, post: { content: 'Winter.' } },
      });
      const { postId } = said.addCommentReply.post;
      await batch({ updateCommentPost: { commentId, postId: headPost.postId, content: 'Why?' } });
      await teller.get(`${path}?commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED`);
      await batch({ deleteCommentReply: { commentId, postId } });
      await batch({ deleteComment: { commentId } });
    },
  },
  {
    says: 'no data source is there to be refreshed',
    async tell(teller) {
      const { path, batch } = await open(teller);
      await batch({ refreshDataSource: { isAll: true } }, { cancelDataSourceRefresh: { isAll: true } });
      await teller.refused(400, 'POST', `${path}:batchUpdate`, {
        requests: [{ deleteDataSource: { dataSourceId: '1' } }],
      });
      await teller.refused(400, 'POST', `${path}:batchUpdate`, {
        requests: [{ updateDataSource: { dataSource: { dataSourceId: '1' }, fields: 'spec' } }],
      });
    },
  },
];
