import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

/** What cell A1 shows with this value, format and locale. */
async function shown(value: object, numberFormat: object, locale = 'en_US') {
  const opened = await book();
  const cell = { userEnteredValue: value, userEnteredFormat: { numberFormat } };
  await opened.done(
    { updateSpreadsheetProperties: { properties: { locale }, fields: 'locale' } },
    { repeatCell: { range: range(0, 1, 0, 1), cell, fields: 'userEnteredValue,userEnteredFormat' } },
  );
  return ((await opened.values('A1')) as string[][])[0]?.[0];
}

describe('number formats', () => {
  it.each([
    ['#,##0.00', 1234.5, '1,234.50'],
    ['0.00', 1.005, '1.01'],
    ['$#,##0.00;($#,##0.00);"nothing"', -3, '($3.00)'],
    ['$#,##0.00;($#,##0.00);"nothing"', 0, 'nothing'],
    ['[>=1000]0.0,"K";0', 1500, '1.5K'],
    ['# ?/?', 1.25, '1 1/4'],
    ['0.00E+00', 12345, '1.23E+04'],
    ['[Red]0%', 0.125, '13%'],
    ['[h]:mm:ss', 1.5, '36:00:00'],
    ['yyyy-mm-dd', 1, '1899-12-31'],
    ['dddd, mmmm d, yyyy', 45000, 'Wednesday, March 15, 2023'],
    ['h:mm am/pm', 0.75, '6:00 PM'],
    ['mmmmm', 45000, 'M'],
    ['0.0,,', 12_345_678, '12.3'],
    ['000-00-0000', 123_456_789, '123-45-6789'],
  ])('%s shows %d as %s', async (pattern, numberValue, text) => {
    expect(await shown({ numberValue }, { type: 'NUMBER', pattern })).toBe(text);
  });

  it.each([
    ['en_US', 'DATE', '3/15/2023'],
    ['de_DE', 'DATE', '15.03.2023'],
    ['en_GB', 'DATE', '15/03/2023'],
    ['ja_JP', 'DATE', '2023/03/15'],
    ['de_DE', 'NUMBER', '45.000,50'],
    ['fr_FR', 'PERCENT', '4500050,00%'],
    ['en_US', 'CURRENCY', '$45,000.50'],
    ['de_DE', 'CURRENCY', '45.000,50 €'],
    ['en_GB', 'TIME', '12:00:00'],
    ['en_US', 'TIME', '12:00:00 PM'],
    ['en_US', 'DATE_TIME', '3/15/2023 12:00:00'],
    ['en_US', 'SCIENTIFIC', '4.50E+04'],
  ])('in %s, %s without a pattern shows %s', async (locale, type, text) => {
    expect(await shown({ numberValue: 45000.5 }, { type }, locale)).toBe(text);
  });

  it.each([
    [Math.PI, '3.141592654'],
    [1 / 60, '0.01666666667'],
    [0.1 + 0.2, '0.3'],
    [-1_234_567.891_234, '-1234567.891'],
    [123_456_789_012, '123456789012'],
    [0, '0'],
  ])('show ten digits of %d where there is none', async (value, text) => {
    const opened = await book();
    const cell = { userEnteredValue: { numberValue: value } };
    await opened.done({ repeatCell: { range: range(0, 1, 0, 1), cell, fields: 'userEnteredValue' } });
    expect(await opened.values('A1')).toEqual([[text]]);
  });

  it('show texts by their section for texts', async () => {
    const pattern = '0;-0;0;"<"@">"';
    expect(await shown({ stringValue: 'a' }, { type: 'NUMBER', pattern })).toBe('<a>');
  });

  it('are refused without a type', async () => {
    const { refused } = await book();
    const cell = { userEnteredFormat: { numberFormat: { pattern: '0' } } };
    expect(await refused({ repeatCell: { range: range(0, 1, 0, 1), cell, fields: '*' } })).toMatch(
      /^Invalid requests\[0\]\.repeatCell: /,
    );
  });
});

/** What typing a text into A1 leaves: the value, its format, and what is shown. */
async function typed(text: string, locale: string) {
  const opened = await book();
  await opened.done({ updateSpreadsheetProperties: { properties: { locale }, fields: 'locale' } });
  const body = { values: [[text]] };
  await opened.call(`PUT ${opened.path}/values/A1?valueInputOption=USER_ENTERED`, body);
  const fields = 'sheets.data.rowData.values(userEnteredValue,userEnteredFormat.numberFormat,formattedValue)';
  const { sheets } = await opened.read(fields);
  const [cell] = (sheets as unknown as { data: { rowData: { values: Cell[] }[] }[] }[]).flatMap(
    ({ data }) => data[0]?.rowData[0]?.values ?? [],
  );
  const { userEnteredValue = {}, userEnteredFormat, formattedValue } = cell ?? {};
  return { ...userEnteredValue, type: userEnteredFormat?.numberFormat.type, shows: formattedValue };
}

interface Cell {
  userEnteredValue?: object;
  userEnteredFormat?: { numberFormat: { type: string } };
  formattedValue?: string;
}

describe('a value as it is typed', () => {
  it.each([
    ['en_US', '1/2/2020', 43832, 'DATE', '1/2/2020'],
    ['en_GB', '1/2/2020', 43862, 'DATE', '01/02/2020'],
    ['de_DE', '1.2.2020', 43862, 'DATE', '01.02.2020'],
    ['en_US', '2020-02-01', 43862, 'DATE', '2020-02-01'],
    ['en_US', 'January 5, 2020', 43835, 'DATE', 'January 5, 2020'],
    ['en_US', '5 Jan 2020', 43835, 'DATE', '5 Jan 2020'],
    ['de_DE', '5 Mai 2020', 43956, 'DATE', '5 Mai 2020'],
    ['en_US', '1/2/30', 10960, 'DATE', '1/2/30'],
    ['en_US', '3:04 pm', 0.6277777777777778, 'TIME', '3:04 PM'],
    ['en_US', '27:30', 1.1458333333333333, 'TIME', '27:30:00'],
    ['en_US', '1/2/2020 6:00', 43832.25, 'DATE_TIME', '1/2/2020 6:00'],
    ['de_DE', '1.234,5', 1234.5, 'NUMBER', '1.234,50'],
    ['de_DE', '5,00 €', 5, 'CURRENCY', '5,00 €'],
    ['en_US', '€5', 5, 'CURRENCY', '€5'],
    ['en_US', '-$5.50', -5.5, 'CURRENCY', '-$5.50'],
    ['en_US', '12.5%', 0.125, 'PERCENT', '12.50%'],
    ['en_US', '(5)', -5, undefined, '-5'],
  ])('in %s, %s is %d', async (locale, text, numberValue, type, shows) => {
    expect(await typed(text, locale)).toEqual({ numberValue, type, shows });
  });

  it.each([
    ['en_US', '1.2.2020'],
    ['en_US', '1.234,5'],
    ['de_DE', '1,234.5'],
    ['en_US', '13/13/2020'],
    ['en_US', 'May be'],
    ['en_US', 'https://acme.example/1/2/2020'],
    ['en_US', '2020-01-02T03:04:05Z'],
  ])('in %s, %s stays a text without a format', async (locale, stringValue) => {
    expect(await typed(stringValue, locale)).toEqual({ stringValue, type: undefined, shows: stringValue });
  });

  it('is an error where it names one', async () => {
    expect(await typed('#N/A', 'en_US')).toMatchObject({ errorValue: { type: 'N_A' }, shows: '#N/A' });
  });

  it('keeps the format of a cell that has one of its kind', async () => {
    const opened = await book();
    const cell = { userEnteredFormat: { numberFormat: { type: 'DATE', pattern: 'mmm yyyy' } } };
    await opened.done({ repeatCell: { range: range(0, 1, 0, 1), cell, fields: 'userEnteredFormat' } });
    await opened.call(`PUT ${opened.path}/values/A1?valueInputOption=USER_ENTERED`, {
      values: [['2/3/2020']],
    });
    expect(await opened.values('A1')).toEqual([['Feb 2020']]);
  });
});
