import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const rule = (type: string, values: string[], more: object = { strict: true }) => ({
  condition: { type, values: values.map((userEnteredValue) => ({ userEnteredValue })) },
  ...more,
});
const set = (one: object | undefined, at: object = range(0, 2, 0, 1), more: object = {}) => ({
  setDataValidation: { range: at, rule: one, ...more },
});

describe('data validation', () => {
  it('is kept in every cell of the range, and taken away by no rule', async () => {
    const opened = await book();
    const list = rule('ONE_OF_LIST', ['a', 'b'], {
      strict: true,
      showCustomUi: true,
      inputMessage: 'Pick one',
    });
    await opened.done(set(list));
    expect(await opened.read('sheets.data.rowData.values.dataValidation')).toEqual({
      sheets: [
        {
          data: [
            { rowData: [{ values: [{ dataValidation: list }] }, { values: [{ dataValidation: list }] }] },
          ],
        },
      ],
    });
    await opened.done(set(undefined));
    expect(await opened.read('sheets.data.rowData.values.dataValidation')).toEqual({
      sheets: [{ data: [{}] }],
    });
  });

  it('lets programs write what it would not let people type', async () => {
    const opened = await book();
    await opened.done(set(rule('NUMBER_BETWEEN', ['1', '5'])));
    const written = await opened.call(`PUT ${opened.path}/values/A1?valueInputOption=USER_ENTERED`, {
      values: [[9]],
    });
    expect(written.status).toBe(200);
    expect(await opened.values('A1')).toEqual([['9']]);
  });

  it('makes checkboxes, with values of their own too', async () => {
    const opened = await book([[true], [false]]);
    await opened.done(set(rule('BOOLEAN', [])), set(rule('BOOLEAN', ['Yes', 'No']), range(0, 1, 1, 2)));
    expect(await opened.values('A1:A2')).toEqual([['TRUE'], ['FALSE']]);
    expect(await opened.refused(set(rule('BOOLEAN', ['a', 'b', 'c'])))).toMatch(
      /at most 2 ConditionValues, but 3/,
    );
  });

  it('leaves out the rows that a filter hides unless they are included', async () => {
    const opened = await book([['h'], ['x'], ['y']]);
    const filter = {
      range: range(0, 3, 0, 1),
      filterSpecs: [{ columnIndex: 0, filterCriteria: { hiddenValues: ['x'] } }],
    };
    await opened.done({ setBasicFilter: { filter } }, set(rule('DATE_IS_VALID', []), range(1, 3, 0, 1)));
    const { sheets } = await opened.read('sheets.data.rowData.values.dataValidation.strict');
    expect(sheets).toEqual([
      { data: [{ rowData: [{}, {}, { values: [{ dataValidation: { strict: true } }] }] }] },
    ]);
    await opened.done(set(rule('DATE_IS_VALID', []), range(1, 3, 0, 1), { filteredRowsIncluded: true }));
    const after = (await opened.read('sheets.data.rowData.values.dataValidation.strict')).sheets;
    expect(after).toMatchObject([{ data: [{ rowData: [{}, { values: [{}] }, { values: [{}] }] }] }]);
  });

  it('moves with its cells and is copied with them', async () => {
    const opened = await book();
    await opened.done(set(rule('TEXT_IS_URL', []), range(0, 1, 0, 1)), {
      insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 1 } },
    });
    const { sheets } = await opened.read('sheets.data.rowData.values.dataValidation.condition.type');
    expect(sheets).toEqual([
      { data: [{ rowData: [{}, { values: [{ dataValidation: { condition: { type: 'TEXT_IS_URL' } } }] }] }] },
    ]);
  });

  it.each([
    ['TEXT_STARTS_WITH', ['a'], "ConditionType 'TEXT_STARTS_WITH' is not supported in data validation."],
    ['BLANK', [], "ConditionType 'BLANK' is not supported in data validation."],
    [
      'ONE_OF_RANGE',
      ['A1:A5'],
      'Invalid ConditionValue.userEnteredValue: A1:A5 for ConditionType: ONE_OF_RANGE',
    ],
    ['NUMBER_EQ', ['x'], 'Invalid ConditionValue.userEnteredValue: x for ConditionType: NUMBER_EQ'],
    ['DATE_AFTER', ['soon'], 'Invalid ConditionValue.userEnteredValue: soon for ConditionType: DATE_AFTER'],
    [
      'NUMBER_BETWEEN',
      ['1'],
      "ConditionType 'NUMBER_BETWEEN' requires exactly 2 ConditionValues, but 1 values were specified.",
    ],
    [
      'ONE_OF_LIST',
      [],
      "ConditionType 'ONE_OF_LIST' requires at least 1 ConditionValues, but 0 values were specified.",
    ],
  ])('%s with %j is refused', async (type, values, why) => {
    const opened = await book();
    expect(await opened.refused(set(rule(type, values)))).toBe(
      `Invalid requests[0].setDataValidation: ${why}`,
    );
  });

  it.each([
    ['ONE_OF_RANGE', ['=Sheet1!$B$1:$B$5']],
    ['NUMBER_GREATER', ['=B1']],
    ['DATE_BETWEEN', ['1/1/2024', '2024-12-31']],
    ['CUSTOM_FORMULA', ['=LEN(A1)<5']],
    ['TEXT_IS_EMAIL', []],
  ])('%s with %j is taken', async (type, values) => {
    const opened = await book();
    await opened.done(set(rule(type, values)));
    const { sheets } = await opened.read('sheets.data.rowData.values.dataValidation.condition.type');
    expect(JSON.stringify(sheets)).toContain(type);
  });

  it('knows the range that it names by its sheet’s new title', async () => {
    const opened = await book();
    await opened.done(set(rule('ONE_OF_RANGE', ['=Sheet1!$B$1:$B$5'])), {
      updateSheetProperties: { properties: { sheetId: 0, title: 'Lists' }, fields: 'title' },
    });
    const { sheets } = await opened.read('sheets.data.rowData.values.dataValidation.condition.values');
    expect(JSON.stringify(sheets)).toContain('=Lists!$B$1:$B$5');
  });

  it('knows no relative dates', async () => {
    const opened = await book();
    const relative = { condition: { type: 'DATE_BEFORE', values: [{ relativeDate: 'TODAY' }] } };
    expect(await opened.refused(set(relative))).toMatch(/Relative dates are not supported/);
  });
});
