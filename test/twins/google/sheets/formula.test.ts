import { describe, expect, it } from 'vitest';
import { openDomain } from '../domain.ts';

/** What cell D1 shows with a formula, over a small table in A1:C3. */
async function shown(formula: string): Promise<string> {
  const { call } = await openDomain();
  const { body } = await call('POST /v4/spreadsheets', {});
  const path = `/v4/spreadsheets/${body.spreadsheetId}/values`;
  await call(`PUT ${path}/A1?valueInputOption=USER_ENTERED`, {
    values: [
      [1, 'apple', '2024-05-06', formula],
      [2, 'pear', true],
      [3, 'plum', ''],
    ],
  });
  const read = await call(`GET ${path}/D1`);
  return String((read.body.values as unknown as string[][])[0]?.[0]);
}

describe('formulas', () => {
  it.each([
    ['=1+2*3', '7'],
    ['=(1+2)*3', '9'],
    ['=-2^2', '4'],
    ['=2^3', '8'],
    ['=10%', '10%'],
    ['=1/3', '0.3333333333'],
    ['= 1 / 1024', '0.0009765625'],
    ['="a"&"b"&1', 'ab1'],
    ['=A1+A2', '3'],
    ['=$A$1+A$3', '4'],
    ['=SUM(A1:A3)', '6'],
    ['=SUM(A:A)', '6'],
    ['=sum(A1, A2, 10)', '13'],
    ['=AVERAGE(A1:A3)', '2'],
    ['=MIN(A1:A3)&"-"&MAX(A1:A3)', '1-3'],
    ['=COUNT(A1:C3)', '4'],
    ['=COUNTA(B1:B3)', '3'],
    ['=IF(A1>0,"yes","no")', 'yes'],
    ['=IF(A1>5,"yes")', 'FALSE'],
    ['=AND(A1=1,A2=2)', 'TRUE'],
    ['=IFERROR(1/0,"none")', 'none'],
    ['=UPPER(B1)', 'APPLE'],
    ['=LEFT(B1,2)&RIGHT(B1)', 'ape'],
    ['=LEN("héllo")', '5'],
    ['=ROUND(2.345,2)', '2.35'],
    ['=MOD(-1,3)', '2'],
    ['=SUMIF(B1:B3,"p*",A1:A3)', '5'],
    ['=COUNTIF(A1:A3,">1")', '2'],
    ['=VLOOKUP(2,A1:B3,2,FALSE)', 'pear'],
    ['=MATCH("plum",B1:B3,0)', '3'],
    ['=INDEX(B1:B3,2)', 'pear'],
    ['=C1+1', '2024-05-07'],
    ['=DATE(2024,2,30)', '3/1/2024'],
    ['=YEAR(C1)', '2024'],
    ['=TODAY()', '3/2/2026'],
    ['=NOW()', '3/2/2026 9:00:00'],
    ['=TEXT(0.5,"0.0%")', '50.0%'],
    ['=HYPERLINK("https://x.example","label")', 'label'],
    ['=Sheet1!A2', '2'],
    ["='Sheet1'!A2", '2'],
    ['=SUM({1,2;3,4})', '10'],
    ['=A1="1"', 'FALSE'],
    ['=B1="APPLE"', 'TRUE'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });

  it.each([
    ['=1/0', '#DIV/0!'],
    ['=A1+B1', '#VALUE!'],
    ['=NOTHING(1)', '#NAME?'],
    ['=nothing', '#NAME?'],
    ['=Nowhere!A1', '#REF!'],
    ['=D1', '#REF!'],
    ['=VLOOKUP(9,A1:B3,2,FALSE)', '#N/A'],
    ['=SQRT(-1)', '#NUM!'],
    ['=1+', '#ERROR!'],
    ['=ROUND()', '#N/A'],
  ])('%s shows the error %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });

  it('that go round in a circle end', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /v4/spreadsheets', {});
    const path = `/v4/spreadsheets/${body.spreadsheetId}/values`;
    await call(`PUT ${path}/A1?valueInputOption=USER_ENTERED`, { values: [['=B1', '=A1']] });
    expect((await call(`GET ${path}/A1:B1`)).body.values).toEqual([['#REF!', '#REF!']]);
  });

  it('follow when rows are put in above, and break when their cells go', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /v4/spreadsheets', {});
    const path = `/v4/spreadsheets/${body.spreadsheetId}`;
    await call(`PUT ${path}/values/A1?valueInputOption=USER_ENTERED`, {
      values: [
        ['1', '=A1+A2'],
        ['2', '=SUM(A1:A2)'],
      ],
    });
    const range = { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 3 };
    await call(`POST ${path}:batchUpdate`, { requests: [{ insertDimension: { range } }] });
    const formulas = await call(`GET ${path}/values/B1:B4?valueRenderOption=FORMULA`);
    expect(formulas.body.values).toEqual([['=A1+A4'], [], [], ['=SUM(A1:A4)']]);
    const first = { sheetId: 0, dimension: 'ROWS', startIndex: 3, endIndex: 4 };
    await call(`POST ${path}:batchUpdate`, { requests: [{ deleteDimension: { range: first } }] });
    expect((await call(`GET ${path}/values/B1`)).body.values).toEqual([['#REF!']]);
  });

  it('are read with their cells by includeGridData', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Budget');
    await call(`PUT /v4/spreadsheets/${id}/values/Costs!D2?valueInputOption=USER_ENTERED`, {
      values: [['=B2*C2']],
    });
    const { body } = await call(`GET /v4/spreadsheets/${id}?includeGridData=true&ranges=Costs!D2`);
    const [sheet] = body.sheets as unknown as { data: { rowData: { values: object[] }[] }[] }[];
    expect(sheet?.data[0]).toMatchObject({ startRow: 1, startColumn: 3, rowMetadata: [{ pixelSize: 21 }] });
    expect(sheet?.data[0]?.rowData[0]?.values[0]).toMatchObject({
      userEnteredValue: { formulaValue: '=B2*C2' },
      effectiveValue: { numberValue: 540 },
      formattedValue: '540',
      effectiveFormat: { horizontalAlignment: 'RIGHT' },
    });
  });
});
