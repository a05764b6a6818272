import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const RED = { red: 1 };
const GREEN = { green: 1 };

const boolean = (
  type: string,
  values: string[],
  at: object[],
  format: object = { backgroundColor: RED },
) => ({
  ranges: at,
  booleanRule: {
    condition: { type, values: values.map((userEnteredValue) => ({ userEnteredValue })) },
    format,
  },
});

async function looks(opened: Awaited<ReturnType<typeof book>>, cells: string) {
  const fields = 'sheets.data.rowData.values.effectiveFormat(backgroundColor,textFormat.bold)';
  const { sheets } = await opened.read(fields, `&ranges=${cells}`);
  const [sheet] = sheets as unknown as {
    data: { rowData?: { values?: { effectiveFormat?: never }[] }[] }[];
  }[];
  return (sheet?.data[0]?.rowData ?? []).map((row) => (row.values ?? []).map((cell) => cell.effectiveFormat));
}

const red = { backgroundColor: RED, textFormat: { bold: false } };
const green = { backgroundColor: GREEN, textFormat: { bold: false } };
const plain = { backgroundColor: { red: 1, green: 1, blue: 1 }, textFormat: { bold: false } };

/** For each condition the rows of a column that it picks out. */
const CONDITIONS: [string, string[], unknown[], boolean[]][] = [
  ['NUMBER_GREATER', ['5'], [4, 5, 6, 'x'], [false, false, true, false]],
  ['NUMBER_GREATER_THAN_EQ', ['5'], [4, 5, 6], [false, true, true]],
  ['NUMBER_LESS', ['5'], [4, 5, 6], [true, false, false]],
  ['NUMBER_LESS_THAN_EQ', ['5'], [4, 5, 6], [true, true, false]],
  ['NUMBER_EQ', ['5'], [4, 5, '5 pieces'], [false, true, false]],
  ['NUMBER_NOT_EQ', ['5'], [4, 5], [true, false]],
  ['NUMBER_BETWEEN', ['2', '4'], [1, 2, 4, 5], [false, true, true, false]],
  ['NUMBER_NOT_BETWEEN', ['2', '4'], [1, 2, 4, 5], [true, false, false, true]],
  ['TEXT_CONTAINS', ['lat'], ['Late', 'flat', 'on time'], [true, true, false]],
  ['TEXT_NOT_CONTAINS', ['lat'], ['Late', 'on time'], [false, true]],
  ['TEXT_STARTS_WITH', ['la'], ['Late', 'flat'], [true, false]],
  ['TEXT_ENDS_WITH', ['at'], ['Late', 'flat'], [false, true]],
  ['TEXT_EQ', ['late'], ['Late', 'Latest'], [true, false]],
  ['DATE_EQ', ['1/31/2020'], ['2020-01-31', '2020-02-01'], [true, false]],
  ['DATE_BEFORE', ['1/31/2020'], ['2020-01-30', '2020-01-31'], [true, false]],
  ['DATE_AFTER', ['1/31/2020'], ['2020-01-31', '2020-02-01'], [false, true]],
  ['NOT_BLANK', [], ['x', '', 'y'], [true, false, true]],
  ['BLANK', [], ['x', '', 'y'], [false, true, false]],
  ['CUSTOM_FORMULA', ['=MOD(A1,2)=0'], [1, 2, 3, 4], [false, true, false, true]],
  ['CUSTOM_FORMULA', ['=$A1>$A$1'], [3, 4, 2], [false, true, false]],
  ['NUMBER_GREATER', ['=$A$1'], [3, 4, 2], [false, true, false]],
];

describe('conditional formats', () => {
  it.each(CONDITIONS)('%s %j picks out of %j', async (type, values, column, picked) => {
    const opened = await book(column.map((value) => [value]));
    await opened.done({
      addConditionalFormatRule: { rule: boolean(type, values, [range(0, column.length, 0, 1)]), index: 0 },
    });
    const shown = await looks(opened, `A1:A${column.length}`);
    const reds = column.map(
      (_, i) => (shown[i]?.[0] as unknown as { backgroundColor?: object } | undefined)?.backgroundColor,
    );
    expect(reds.map((color) => JSON.stringify(color) === JSON.stringify(RED))).toEqual(picked);
  });

  it('let the first rule that holds win, and leave the own format alone', async () => {
    const opened = await book([[1], [9]]);
    await opened.done(
      { addConditionalFormatRule: { rule: boolean('NUMBER_GREATER', ['0'], [range(0, 2, 0, 1)]), index: 0 } },
      {
        addConditionalFormatRule: {
          rule: boolean('NUMBER_GREATER', ['5'], [range(0, 2, 0, 1)], { backgroundColor: GREEN }),
          index: 0,
        },
      },
    );
    expect(await looks(opened, 'A1:A2')).toEqual([[red], [green]]);
    const own = await opened.read('sheets.data.rowData.values.userEnteredFormat', '&ranges=A1:A2');
    expect(own).toEqual({ sheets: [{ data: [{}] }] });
  });

  it('follow the values, also those of formulas', async () => {
    const opened = await book([[1, '=A1*10']]);
    await opened.done({
      addConditionalFormatRule: {
        rule: boolean('NUMBER_GREATER', ['50'], [range(0, 1, 1, 2)], { textFormat: { bold: true } }),
      },
    });
    expect(await looks(opened, 'B1')).toEqual([[plain]]);
    await opened.call(`PUT ${opened.path}/values/A1?valueInputOption=RAW`, { values: [[6]] });
    expect(await looks(opened, 'B1')).toEqual([[{ ...plain, textFormat: { bold: true } }]]);
  });

  it('shade numbers between the points of a gradient', async () => {
    const opened = await book([[0], [50], [100], ['text']]);
    await opened.done({
      addConditionalFormatRule: {
        rule: {
          ranges: [range(0, 4, 0, 1)],
          gradientRule: {
            minpoint: { color: { red: 1, green: 1, blue: 1 }, type: 'MIN' },
            maxpoint: { color: { green: 1 }, type: 'MAX' },
          },
        },
      },
    });
    const shown = await looks(opened, 'A1:A4');
    expect(
      shown.flat().map((look) => (look as unknown as { backgroundColor: object }).backgroundColor),
    ).toEqual([
      { red: 1, green: 1, blue: 1 },
      { red: 0.49803922, green: 1, blue: 0.49803922 },
      { green: 1 },
      { red: 1, green: 1, blue: 1 },
    ]);
  });

  it('take percentiles, percentages and numbers as points', async () => {
    const opened = await book([[0], [10], [20], [30], [100]]);
    const point = (type: string, value: string, color: object) => ({ type, value, color });
    await opened.done({
      addConditionalFormatRule: {
        rule: {
          ranges: [range(0, 5, 0, 1)],
          gradientRule: {
            minpoint: point('NUMBER', '10', {}),
            midpoint: point('PERCENTILE', '50', { red: 1 }),
            maxpoint: point('PERCENT', '40', { red: 1, green: 1 }),
          },
        },
      },
    });
    const shown = await looks(opened, 'A1:A5');
    expect(
      shown.flat().map((look) => (look as unknown as { backgroundColor: object }).backgroundColor),
    ).toEqual([{}, {}, { red: 1 }, { red: 1, green: 0.49803922 }, { red: 1, green: 1 }]);
  });

  it('are listed in order, replaced, moved and deleted by their index', async () => {
    const opened = await book([[1]]);
    const rules = ['1', '2', '3'].map((value) => boolean('NUMBER_EQ', [value], [range(0, 1, 0, 1)]));
    await opened.done(...rules.map((rule, index) => ({ addConditionalFormatRule: { rule, index } })));
    const order = async () => {
      const { sheets } = await opened.read('sheets.conditionalFormats.booleanRule.condition.values');
      const [{ conditionalFormats = [] } = {}] = sheets as unknown as { conditionalFormats?: typeof rules }[];
      return conditionalFormats.map((rule) => rule.booleanRule.condition.values[0]?.userEnteredValue);
    };
    const [moved] = await opened.done({ updateConditionalFormatRule: { sheetId: 0, index: 2, newIndex: 0 } });
    expect(moved?.updateConditionalFormatRule).toMatchObject({ newRule: { booleanRule: {} }, oldIndex: 2 });
    expect(await order()).toEqual(['3', '1', '2']);
    const [replaced] = await opened.done({
      updateConditionalFormatRule: { index: 1, rule: boolean('NUMBER_EQ', ['9'], [range(0, 1, 0, 1)]) },
    });
    expect(replaced?.updateConditionalFormatRule).toMatchObject({ newIndex: 1, oldRule: {}, newRule: {} });
    const [gone] = await opened.done({ deleteConditionalFormatRule: { sheetId: 0, index: 0 } });
    expect(gone?.deleteConditionalFormatRule).toMatchObject({ rule: { ranges: [{ startRowIndex: 0 }] } });
    expect(await order()).toEqual(['9', '2']);
  });

  it('move with their cells and go with them', async () => {
    const opened = await book([[1]]);
    await opened.done(
      { addConditionalFormatRule: { rule: boolean('NUMBER_EQ', ['1'], [range(2, 4, 0, 1)]) } },
      { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 2 } } },
    );
    expect(await opened.read('sheets.conditionalFormats.ranges')).toEqual({
      sheets: [
        {
          conditionalFormats: [
            { ranges: [{ startRowIndex: 4, endRowIndex: 6, startColumnIndex: 0, endColumnIndex: 1 }] },
          ],
        },
      ],
    });
    await opened.done({
      deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 3, endIndex: 8 } },
    });
    expect(await opened.read('sheets.conditionalFormats')).toEqual({ sheets: [{}] });
  });

  it('keep what their formulas name when cells move, as validation does', async () => {
    const opened = await book([[1]]);
    const values = [{ userEnteredValue: '=$B$3:$B$5' }];
    await opened.done(
      { addConditionalFormatRule: { rule: boolean('CUSTOM_FORMULA', ['=$B3>1'], [range(2, 4, 0, 1)]) } },
      {
        setDataValidation: {
          range: range(2, 3, 0, 1),
          rule: { condition: { type: 'ONE_OF_RANGE', values } },
        },
      },
      { insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 2 } } },
    );
    const { sheets } = await opened.read(
      'sheets(conditionalFormats.booleanRule.condition.values,data.rowData.values.dataValidation.condition.values)',
      '&ranges=A5',
    );
    expect(sheets).toEqual([
      {
        conditionalFormats: [{ booleanRule: { condition: { values: [{ userEnteredValue: '=$B5>1' }] } } }],
        data: [
          {
            rowData: [
              {
                values: [{ dataValidation: { condition: { values: [{ userEnteredValue: '=$B$5:$B$7' }] } } }],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('come along when their sheet is duplicated, on the copy', async () => {
    const opened = await book([[1]]);
    await opened.done(
      { addConditionalFormatRule: { rule: boolean('NUMBER_EQ', ['1'], [range(0, 1, 0, 1)]) } },
      { duplicateSheet: { sourceSheetId: 0, newSheetId: 77, insertSheetIndex: 1 } },
    );
    const { sheets } = await opened.read('sheets.conditionalFormats.ranges.sheetId');
    expect(sheets).toEqual([
      { conditionalFormats: [{ ranges: [{}] }] },
      { conditionalFormats: [{ ranges: [{ sheetId: 77 }] }] },
    ]);
  });

  it.each([
    [{ ranges: [] }, 'At least one range must be specified.'],
    [{ ranges: [range(0, 1, 0, 1, 99)] }, 'No grid with id: 99'],
    [
      boolean('ONE_OF_LIST', ['a'], [range(0, 1, 0, 1)]),
      "ConditionType 'ONE_OF_LIST' is not supported in conditional formats.",
    ],
    [
      boolean('NUMBER_GREATER', ['abc'], [range(0, 1, 0, 1)]),
      'Invalid ConditionValue.userEnteredValue: abc for ConditionType: NUMBER_GREATER',
    ],
    [
      boolean('CUSTOM_FORMULA', ['=SUM('], [range(0, 1, 0, 1)]),
      'Invalid ConditionValue.userEnteredValue: =SUM( for ConditionType: CUSTOM_FORMULA',
    ],
    [
      boolean('CUSTOM_FORMULA', ['=Other!A1>1'], [range(0, 1, 0, 1)]),
      'Conditional format rule cannot reference a different sheet.',
    ],
    [
      boolean('BLANK', [], [range(0, 1, 0, 1)], { textFormat: { fontSize: 20 } }),
      "CellFormat field 'fontSize' is not supported in conditional formats.",
    ],
    [
      { ranges: [range(0, 1, 0, 1)], gradientRule: { minpoint: { type: 'MIN' } } },
      'No interpolationPointType specified.',
    ],
  ])('%j is refused: %s', async (rule, why) => {
    const opened = await book();
    expect(await opened.refused({ addConditionalFormatRule: { rule } })).toBe(
      `Invalid requests[0].addConditionalFormatRule: ${why}`,
    );
  });

  it('are refused where there is no rule at the index', async () => {
    const opened = await book();
    expect(await opened.refused({ deleteConditionalFormatRule: { sheetId: 0, index: 3 } })).toBe(
      'Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 3',
    );
  });
});
