import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

/** Region, item, size, price, day; the source is A1:E9. */
const SALES: [string, string, number, number, string][] = [
  ['East', 'Door', 4, 10, '2024-01-05'],
  ['West', 'Door', 2, 12, '2024-01-20'],
  ['East', 'Frame', 8, 5, '2024-02-03'],
  ['North', 'Panel', 1, 30, '2024-02-14'],
  ['West', 'Frame', 6, 7, '2024-03-01'],
  ['East', 'Door', 3, 11, '2024-03-09'],
  ['North', 'Door', 5, 9, '2025-01-02'],
  ['West', 'Panel', 7, 20, '2025-01-31'],
];
const ROWS = [['Region', 'Item', 'Size', 'Price', 'Day'], ...SALES.map((row) => [...row])];
const [REGION, ITEM, SIZE, PRICE, DAY] = [0, 1, 2, 3, 4];

const group = (sourceColumnOffset: number, more: object = {}) => ({
  sourceColumnOffset,
  sortOrder: 'ASCENDING',
  showTotals: true,
  ...more,
});
const sum = (sourceColumnOffset: number, more: object = {}) => ({
  sourceColumnOffset,
  summarizeFunction: 'SUM',
  ...more,
});
const write = (pivotTable: object, columnIndex = 6, source: object = range(0, 9, 0, 5)) => ({
  updateCells: {
    rows: [{ values: [{ pivotTable: { source, ...pivotTable } }] }],
    start: { sheetId: 0, rowIndex: 0, columnIndex },
    fields: 'pivotTable',
  },
});

/** The table (from G1 on) of a pivot over the sales. */
async function shown(pivotTable: object, option = 'UNFORMATTED_VALUE') {
  const opened = await book(ROWS);
  await opened.done(write(pivotTable));
  return opened.values('G1:Z40', `?valueRenderOption=${option}`);
}

/** Sums of sizes by any key, worked out without the twin. */
function sums(key: (row: (typeof SALES)[number]) => string, of = SIZE): Map<string, number> {
  const found = new Map<string, number>();
  for (const row of SALES) found.set(key(row), (found.get(key(row)) ?? 0) + Number(row[of]));
  return found;
}
const byRegion = sums((row) => row[REGION] as string);
const total = [...byRegion.values()].reduce((a, b) => a + b, 0);
const region = (name: string) => byRegion.get(name) ?? 0;

/** Values of a function over the sizes of the three regions and of all. */
const FUNCTIONS: [string, number[]][] = [
  ['SUM', [15, 6, 15, 36]],
  ['COUNT', [3, 2, 3, 8]],
  ['COUNTA', [3, 2, 3, 8]],
  ['COUNTUNIQUE', [3, 2, 3, 8]],
  ['AVERAGE', [5, 3, 5, 4.5]],
  ['MAX', [8, 5, 7, 8]],
  ['MIN', [3, 1, 2, 1]],
  ['MEDIAN', [4, 3, 6, 4.5]],
  ['PRODUCT', [96, 5, 84, 40320]],
  ['VAR', [7, 8, 7, 6]],
  ['VARP', [14 / 3, 4, 14 / 3, 5.25]],
  ['STDEV', [Math.sqrt(7), Math.sqrt(8), Math.sqrt(7), Math.sqrt(6)]],
  ['STDEVP', [Math.sqrt(14 / 3), 2, Math.sqrt(14 / 3), Math.sqrt(5.25)]],
];

describe('a pivot table of one group', () => {
  it.each(FUNCTIONS)('shows the %s of each group and of all', async (summarizeFunction, results) => {
    const values = await shown({
      rows: [group(REGION)],
      values: [{ sourceColumnOffset: SIZE, summarizeFunction }],
    });
    const [head, ...lines] = values as [string, number][];
    expect(head).toEqual(['Region', `${summarizeFunction} of Size`]);
    expect(lines.map(([name]) => name)).toEqual(['East', 'North', 'West', 'Grand Total']);
    for (const [i, line] of lines.entries()) expect(line[1]).toBeCloseTo(results[i] as number, 10);
  });

  it('adds up as a plain computation does', async () => {
    expect(await shown({ rows: [group(REGION)], values: [sum(SIZE)] })).toEqual([
      ['Region', 'SUM of Size'],
      ['East', region('East')],
      ['North', region('North')],
      ['West', region('West')],
      ['Grand Total', total],
    ]);
  });

  /** What the table below the header is, case by case. */
  const CASES: [string, object, unknown[][]][] = [
    [
      'without totals',
      { rows: [group(REGION, { showTotals: false })], values: [sum(SIZE)] },
      [
        ['East', 15],
        ['North', 6],
        ['West', 15],
      ],
    ],
    [
      'downwards',
      { rows: [group(REGION, { sortOrder: 'DESCENDING' })], values: [sum(SIZE)] },
      [
        ['West', 15],
        ['North', 6],
        ['East', 15],
        ['Grand Total', 36],
      ],
    ],
    [
      'by what is summed up',
      {
        rows: [group(ITEM, { valueBucket: { valuesIndex: 0 }, sortOrder: 'DESCENDING' })],
        values: [sum(SIZE)],
      },
      [
        ['Frame', 14],
        ['Door', 14],
        ['Panel', 8],
        ['Grand Total', 36],
      ],
    ],
    [
      'of the first two groups',
      { rows: [group(REGION, { groupLimit: { countLimit: 2 } })], values: [sum(SIZE)] },
      [
        ['East', 15],
        ['North', 6],
        ['Grand Total', 21],
      ],
    ],
    [
      'of values that are named',
      { rows: [group(REGION)], values: [sum(SIZE)], criteria: { 1: { visibleValues: ['Door'] } } },
      [
        ['East', 7],
        ['North', 5],
        ['West', 2],
        ['Grand Total', 14],
      ],
    ],
    [
      'of rows that meet a condition',
      {
        rows: [group(REGION)],
        values: [sum(SIZE)],
        filterSpecs: [
          {
            columnOffsetIndex: PRICE,
            filterCriteria: {
              condition: { type: 'NUMBER_GREATER', values: [{ userEnteredValue: '10' }] },
              visibleByDefault: true,
            },
          },
        ],
      },
      [
        ['East', 3],
        ['North', 1],
        ['West', 9],
        ['Grand Total', 13],
      ],
    ],
    [
      'of rows that a formula elsewhere bounds',
      {
        rows: [group(REGION)],
        values: [sum(SIZE)],
        filterSpecs: [
          {
            columnOffsetIndex: PRICE,
            filterCriteria: {
              condition: { type: 'NUMBER_LESS', values: [{ userEnteredValue: '=D2' }] },
              visibleByDefault: true,
            },
          },
        ],
      },
      [
        ['East', 8],
        ['North', 5],
        ['West', 6],
        ['Grand Total', 19],
      ],
    ],
    [
      'of groups by hand',
      {
        rows: [
          group(REGION, {
            groupRule: {
              manualRule: {
                groups: [
                  {
                    groupName: { stringValue: 'Sides' },
                    items: [{ stringValue: 'East' }, { stringValue: 'West' }],
                  },
                ],
              },
            },
          }),
        ],
        values: [sum(SIZE)],
      },
      [
        ['North', 6],
        ['Sides', 30],
        ['Grand Total', 36],
      ],
    ],
    [
      'of intervals',
      {
        rows: [group(PRICE, { groupRule: { histogramRule: { interval: 5, start: 8, end: 18 } } })],
        values: [sum(SIZE)],
      },
      [
        ['< 8', 14],
        ['8-13', 14],
        ['> 18', 8],
        ['Grand Total', 36],
      ],
    ],
    [
      'of intervals from the least value on',
      { rows: [group(PRICE, { groupRule: { histogramRule: { interval: 10 } } })], values: [sum(SIZE)] },
      [
        ['5-15', 28],
        ['15-25', 7],
        ['25-35', 1],
        ['Grand Total', 36],
      ],
    ],
    [
      'of months',
      { rows: [group(DAY, { groupRule: { dateTimeRule: { type: 'MONTH' } } })], values: [sum(SIZE)] },
      [
        ['Jan', 18],
        ['Feb', 9],
        ['Mar', 9],
        ['Grand Total', 36],
      ],
    ],
    [
      'of years',
      { rows: [group(DAY, { groupRule: { dateTimeRule: { type: 'YEAR' } } })], values: [sum(SIZE)] },
      [
        [2024, 24],
        [2025, 12],
        ['Grand Total', 36],
      ],
    ],
    [
      'of months of years',
      { rows: [group(DAY, { groupRule: { dateTimeRule: { type: 'YEAR_MONTH' } } })], values: [sum(SIZE)] },
      [
        ['2024-Jan', 6],
        ['2024-Feb', 9],
        ['2024-Mar', 9],
        ['2025-Jan', 12],
        ['Grand Total', 36],
      ],
    ],
    [
      'of quarters',
      { rows: [group(DAY, { groupRule: { dateTimeRule: { type: 'YEAR_QUARTER' } } })], values: [sum(SIZE)] },
      [
        ['2024 Q1', 24],
        ['2025 Q1', 12],
        ['Grand Total', 36],
      ],
    ],
    [
      'of days of the week',
      {
        rows: [group(DAY, { groupRule: { dateTimeRule: { type: 'DAY_OF_WEEK' } }, showTotals: false })],
        values: [sum(SIZE)],
      },
      [
        ['Wednesday', 1],
        ['Thursday', 5],
        ['Friday', 17],
        ['Saturday', 13],
      ],
    ],
    [
      'as shares of all',
      { rows: [group(REGION)], values: [sum(SIZE, { calculatedDisplayType: 'PERCENT_OF_GRAND_TOTAL' })] },
      [
        ['East', 15 / 36],
        ['North', 6 / 36],
        ['West', 15 / 36],
        ['Grand Total', 1],
      ],
    ],
    [
      'of several values',
      {
        rows: [group(REGION)],
        values: [sum(SIZE), { sourceColumnOffset: PRICE, summarizeFunction: 'MAX', name: 'Dearest' }],
      },
      [
        ['East', 15, 11],
        ['North', 6, 30],
        ['West', 15, 20],
        ['Grand Total', 36, 30],
      ],
    ],
    [
      'of a calculated field',
      {
        rows: [group(REGION)],
        values: [{ formula: '=Price/Size', summarizeFunction: 'SUM', name: 'Ratio' }],
      },
      [
        ['East', 26 / 15],
        ['North', 39 / 6],
        ['West', 39 / 15],
        ['Grand Total', 104 / 36],
      ],
    ],
    [
      'of a formula of its own',
      {
        rows: [group(REGION)],
        values: [{ formula: '=SUMPRODUCT(Price,Size)', summarizeFunction: 'CUSTOM' }],
      },
      [
        ['East', 113],
        ['North', 75],
        ['West', 206],
        ['Grand Total', 394],
      ],
    ],
    ['of nothing but groups', { rows: [group(REGION)] }, [['East'], ['North'], ['West'], ['Grand Total']]],
  ];

  it.each(CASES)('%s', async (_, pivotTable, lines) => {
    const values = (await shown(pivotTable)) as unknown[][];
    expect(values.slice(1)).toEqual(lines);
  });
});

describe('a pivot table of groups within groups', () => {
  const INNER: [string, object, unknown[][]][] = [
    [
      'says a heading once and totals each group',
      { rows: [group(REGION), group(ITEM)], values: [sum(SIZE)] },
      [
        ['Region', 'Item', 'SUM of Size'],
        ['East', 'Door', 7],
        ['', 'Frame', 8],
        ['East Total', '', 15],
        ['North', 'Door', 5],
        ['', 'Panel', 1],
        ['North Total', '', 6],
        ['West', 'Door', 2],
        ['', 'Frame', 6],
        ['', 'Panel', 7],
        ['West Total', '', 15],
        ['Grand Total', '', 36],
      ],
    ],
    [
      'repeats headings where asked to',
      {
        rows: [
          group(REGION, { repeatHeadings: true, showTotals: false }),
          group(ITEM, { showTotals: false }),
        ],
        values: [sum(SIZE)],
      },
      [
        ['Region', 'Item', 'SUM of Size'],
        ['East', 'Door', 7],
        ['East', 'Frame', 8],
        ['North', 'Door', 5],
        ['North', 'Panel', 1],
        ['West', 'Door', 2],
        ['West', 'Frame', 6],
        ['West', 'Panel', 7],
      ],
    ],
    [
      'crosses rows with columns',
      { rows: [group(ITEM)], columns: [group(REGION)], values: [sum(SIZE)] },
      [
        ['SUM of Size', 'Region'],
        ['Item', 'East', 'North', 'West', 'Grand Total'],
        ['Door', 7, 5, 2, 14],
        ['Frame', 8, '', 6, 14],
        ['Panel', '', 1, 7, 8],
        ['Grand Total', 15, 6, 15, 36],
      ],
    ],
    [
      'shows shares of rows and columns',
      {
        rows: [group(ITEM, { showTotals: false })],
        columns: [group(REGION, { showTotals: false })],
        values: [sum(SIZE, { calculatedDisplayType: 'PERCENT_OF_ROW_TOTAL' })],
      },
      [
        ['SUM of Size', 'Region'],
        ['Item', 'East', 'North', 'West'],
        ['Door', 7 / 14, 5 / 14, 2 / 14],
        ['Frame', 8 / 14, '', 6 / 14],
        ['Panel', '', 1 / 8, 7 / 8],
      ],
    ],
    [
      'sorts rows by one of the columns',
      {
        rows: [
          group(ITEM, {
            valueBucket: { valuesIndex: 0, buckets: [{ stringValue: 'West' }] },
            showTotals: false,
          }),
        ],
        columns: [group(REGION, { showTotals: false })],
        values: [sum(SIZE)],
      },
      [
        ['SUM of Size', 'Region'],
        ['Item', 'East', 'North', 'West'],
        ['Door', 7, 5, 2],
        ['Frame', 8, '', 6],
        ['Panel', '', 1, 7],
      ],
    ],
    [
      'puts values below one another',
      {
        rows: [group(REGION, { showTotals: false })],
        values: [sum(SIZE), sum(PRICE)],
        valueLayout: 'VERTICAL',
      },
      [
        ['Region', 'Values'],
        ['East', 'SUM of Size', 15],
        ['', 'SUM of Price', 26],
        ['North', 'SUM of Size', 6],
        ['', 'SUM of Price', 39],
        ['West', 'SUM of Size', 15],
        ['', 'SUM of Price', 39],
      ],
    ],
  ];

  it.each(INNER)('%s', async (_, pivotTable, table) => {
    expect(await shown(pivotTable)).toEqual(table);
  });
});

describe('a pivot table in its sheet', () => {
  const plain = { rows: [group(REGION)], values: [sum(SIZE)] };

  it('follows its source, and is read by formulas and by what looks at cells', async () => {
    const opened = await book(ROWS);
    await opened.done(write(plain));
    await opened.call(`PUT ${opened.path}/values/E12?valueInputOption=USER_ENTERED`, { values: [['=H5*2']] });
    expect(await opened.values('E12')).toEqual([['72']]);
    await opened.call(`PUT ${opened.path}/values/C2?valueInputOption=RAW`, { values: [[104]] });
    expect(await opened.values('H2:H5')).toEqual([['115'], ['6'], ['15'], ['136']]);
    expect(await opened.values('E12')).toEqual([['272']]);
    const { sheets } = await opened.read(
      'sheets.data.rowData.values(userEnteredValue,effectiveValue)',
      '&ranges=G2:H2',
    );
    const values = [{ effectiveValue: { stringValue: 'East' } }, { effectiveValue: { numberValue: 115 } }];
    expect(sheets).toEqual([{ data: [{ rowData: [{ values }] }] }]);
  });

  it('keeps the formats of what it sums up', async () => {
    const opened = await book([
      ['Who', 'Paid'],
      ['Ann', '$5.50'],
      ['Bob', '$2.00'],
    ]);
    await opened.done(
      write(
        { rows: [group(0)], values: [sum(1), { sourceColumnOffset: 1, summarizeFunction: 'COUNT' }] },
        6,
        range(0, 3, 0, 2),
      ),
    );
    expect(await opened.values('G4:I4')).toEqual([['Grand Total', '$7.50', '2']]);
  });

  it('is shown in its cell as it was defined, with its filters in both forms', async () => {
    const opened = await book(ROWS);
    await opened.done(write({ ...plain, criteria: { 1: { visibleValues: ['Door'] } } }));
    const { sheets } = await opened.read('sheets.data.rowData.values.pivotTable', '&ranges=G1:H2');
    expect(sheets).toEqual([
      {
        data: [
          {
            rowData: [
              {
                values: [
                  {
                    pivotTable: {
                      source: { startRowIndex: 0, endRowIndex: 9, startColumnIndex: 0, endColumnIndex: 5 },
                      rows: [{ sourceColumnOffset: 0, sortOrder: 'ASCENDING', showTotals: true }],
                      values: [{ sourceColumnOffset: 2, summarizeFunction: 'SUM' }],
                      criteria: { 1: { visibleValues: ['Door'] } },
                      filterSpecs: [{ columnOffsetIndex: 1, filterCriteria: { visibleValues: ['Door'] } }],
                    },
                  },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('shows #REF! where it would overwrite data, and itself once there is room', async () => {
    const opened = await book(ROWS);
    await opened.call(`PUT ${opened.path}/values/H3?valueInputOption=RAW`, { values: [['mine']] });
    await opened.done(write(plain));
    expect(await opened.values('G1:H4')).toEqual([['#REF!'], [], ['', 'mine']]);
    await opened.call(`POST ${opened.path}/values/H3:clear`, {});
    expect(await opened.values('G5:H5')).toEqual([['Grand Total', '36']]);
  });

  it('moves with its cell, and its source with the data', async () => {
    const opened = await book(ROWS);
    await opened.done(write(plain), {
      insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 2 } },
    });
    expect(await opened.values('G7:H7')).toEqual([['Grand Total', '36']]);
    await opened.done({
      insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 4, endIndex: 5 } },
    });
    await opened.call(`PUT ${opened.path}/values/A5:C5?valueInputOption=RAW`, {
      values: [['East', 'Door', 100]],
    });
    expect(await opened.values('G3:H7')).toContainEqual(['East', '115']);
  });

  it('computes where numbers are written with a comma, and by the clock', async () => {
    const opened = await book([
      ['Day', 'Sold'],
      ['2000-01-01', 1],
    ]);
    await opened.done({ updateSpreadsheetProperties: { properties: { locale: 'de_DE' }, fields: 'locale' } });
    const today = {
      condition: { type: 'DATE_AFTER', values: [{ relativeDate: 'TODAY' }] },
      visibleByDefault: true,
    };
    const filterSpecs = [{ columnOffsetIndex: 0, filterCriteria: today }];
    const bounded = {
      columnOffsetIndex: 1,
      filterCriteria: { condition: { type: 'NUMBER_GREATER', values: [{ userEnteredValue: '0,5' }] } },
    };
    const source = range(0, 2, 0, 2);
    await opened.done(
      write({ values: [sum(1)], filterSpecs }, 6, source),
      write({ values: [sum(1)], filterSpecs: [bounded] }, 9, source),
    );
    expect(await opened.values('G1:J2')).toEqual([
      ['SUM of Sold', '', '', 'SUM of Sold'],
      ['', '', '', '1'],
    ]);
  });

  it('is asked by GETPIVOTDATA, and follows', async () => {
    const opened = await book(ROWS);
    await opened.done(write({ rows: [group(REGION), group(ITEM)], values: [sum(SIZE)] }));
    const asked = [
      '=GETPIVOTDATA("SUM of Size",G1)',
      '=GETPIVOTDATA("Size",H3,"Region","East")',
      '=GETPIVOTDATA("SUM of Size",G1,"Region","West","Item","Panel")',
      '=GETPIVOTDATA("SUM of Size",G1,"Region","South")',
      '=GETPIVOTDATA("SUM of Size",A1)',
    ];
    await opened.call(`PUT ${opened.path}/values/A20?valueInputOption=USER_ENTERED`, { values: [asked] });
    expect(await opened.values('A20:E20')).toEqual([['36', '15', '7', '#REF!', '#REF!']]);
    await opened.call(`PUT ${opened.path}/values/C2?valueInputOption=RAW`, { values: [[14]] });
    expect(await opened.values('A20:B20')).toEqual([['46', '25']]);
  });

  it('is no formula to formulas', async () => {
    const opened = await book(ROWS);
    await opened.done(write(plain));
    const asked = [['=ISFORMULA(G1)', '=FORMULATEXT(G1)']];
    await opened.call(`PUT ${opened.path}/values/A12?valueInputOption=USER_ENTERED`, { values: asked });
    expect(await opened.values('A12:B12')).toEqual([['FALSE', '#N/A']]);
  });

  it('goes when its cell is cleared of it, or written over', async () => {
    const opened = await book(ROWS);
    await opened.done(write(plain), {
      updateCells: { range: range(0, 1, 6, 7), fields: 'pivotTable' },
    });
    expect(await opened.values('G1:H5')).toBeUndefined();
    await opened.done(write(plain));
    await opened.call(`PUT ${opened.path}/values/G1?valueInputOption=RAW`, { values: [['text']] });
    expect(await opened.values('G1:H5')).toEqual([['text']]);
  });

  it.each([
    [
      'no source',
      {
        updateCells: {
          rows: [{ values: [{ pivotTable: { rows: [] } }] }],
          start: { rowIndex: 0, columnIndex: 6 },
          fields: 'pivotTable',
        },
      },
      'PivotTable.source is required.',
    ],
    [
      'a column outside of it',
      write({ rows: [group(9)] }),
      'Pivot table source column offset 9 is outside of the source range with 5 columns.',
    ],
    [
      'a value without a function',
      write({ values: [{ sourceColumnOffset: 2 }] }),
      'PivotValue.summarizeFunction is required.',
    ],
    [
      'a function that formulas do not take',
      write({ values: [{ formula: '=1', summarizeFunction: 'MAX' }] }),
      'If a formula is set, the only supported values are SUM and CUSTOM.',
    ],
    [
      'intervals of nothing',
      write({ rows: [group(3, { groupRule: { histogramRule: { interval: 0 } } })] }),
      'HistogramRule.interval must be positive.',
    ],
    [
      'a condition of validation',
      write({
        filterSpecs: [
          {
            columnOffsetIndex: 1,
            filterCriteria: { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'a' }] } },
          },
        ],
      }),
      "ConditionType 'ONE_OF_LIST' is not supported in filters.",
    ],
  ])('is refused with %s', async (_, request, why) => {
    const opened = await book(ROWS);
    expect(await opened.refused(request)).toBe(`Invalid requests[0].updateCells: ${why}`);
  });
});
