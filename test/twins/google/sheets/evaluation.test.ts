/** How formulas are read and computed; what single functions give is checked under `functions/`. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Domain, openDomain } from '../domain.ts';

/** A table in A1:C4, another sheet, a named range; formulas stand in E1. */
const VALUES = [
  ['Item', 'Seats', 'Price'],
  ['Figma', 12, 45],
  ['Datadog', 30, 23.5],
  ['Zoom', 5, ''],
];

let domain: Domain;
let path: string;

beforeAll(async () => {
  domain = await openDomain();
  const { body } = await domain.call('POST /v4/spreadsheets', {
    sheets: [{ properties: { title: 'Main' } }, { properties: { title: "Bob's data", sheetId: 5 } }],
    namedRanges: [
      {
        name: 'Seats',
        range: { sheetId: 0, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 1, endColumnIndex: 2 },
      },
    ],
  });
  path = `/v4/spreadsheets/${body.spreadsheetId}`;
  await write("'Bob''s data'!A1", [[7, 8]]);
});

const write = (range: string, values: unknown[][]) =>
  domain.call(`PUT ${path}/values/${encodeURIComponent(range)}?valueInputOption=USER_ENTERED`, { values });

/** What a formula in E1 (or elsewhere) and the cells that it spills into show. */
async function shown(formula: string, at = 'E1'): Promise<string> {
  await domain.call(`POST ${path}/values:batchClear`, { ranges: ['Main'] });
  await write('Main!A1', VALUES);
  await write(`Main!${at}`, [[formula]]);
  const { body } = await domain.call(`GET ${path}/values/Main!E1:J9`);
  return ((body.values ?? []) as unknown as string[][]).map((line) => line.join(',')).join(';');
}

/** The error that a formula in E1 shows, with its text. */
async function error(formula: string, at = 'E1'): Promise<string> {
  await shown(formula, at);
  const { body } = await domain.call(
    `GET ${path}?ranges=Main!${at}&fields=sheets.data.rowData.values.effectiveValue.errorValue`,
  );
  const { type, message } = (body.sheets as unknown as Shown[])[0]?.data[0]?.rowData[0]?.values[0]
    ?.effectiveValue.errorValue ?? { type: '', message: '' };
  return `${type}: ${message}`;
}

interface Shown {
  data: {
    rowData: { values: { effectiveValue: { errorValue: { type: string; message: string } } }[] }[];
  }[];
}

describe('references', () => {
  it.each([
    ['=SUM(B:B)', '47'],
    ['=SUM(B2:B)', '47'],
    ['=SUM(2:2)', '57'],
    ['=SUM(A2:2)', '57'],
    ['=SUM($B$2:B$3)', '42'],
    ['=SUM(B3:B2)', '42'],
    ["=SUM('Bob''s data'!A1:B1)", '15'],
    ["='Bob''s data'!B1", '8'],
    ['=SUM(Seats)', '47'],
    ['=SUM(seats)', '47'],
    ['=SUM(B2:INDEX(B:B,3))', '42'],
    ['=SUM(INDEX(B:B,2):INDEX(B:B,4))', '47'],
    ['=SUM(OFFSET(B1,1,0,3,1))', '47'],
    ['=SUM(INDIRECT("B"&2&":B3"))', '42'],
    ["=INDIRECT(\"'Bob''s data'!A1\")", '7'],
    ['=INDIRECT("R2C2",FALSE)', '12'],
    ['=INDIRECT("R[1]C[-3]",FALSE)', '12'],
    ['=ROW(B3)&COLUMN(C1)&ROWS(A1:C4)&COLUMNS(A1:C4)', '3343'],
    ['=ROW()', '1'],
    ['=ADDRESS(2,3)&ADDRESS(2,3,4)&ADDRESS(2,3,1,TRUE,"My sheet")', "$C$2C2'My sheet'!$C$2"],
    ['=CELL("address",B2)', '$B$2'],
    ['=ISFORMULA(E1)&ISFORMULA(A1)', 'TRUEFALSE'],
    ['=SHEETS()&SHEET()', '21'],
    ['=ISREF(A1)&ISREF(1)', 'TRUEFALSE'],
    ['=SUBTOTAL(9,B2:B4)', '47'],
    ['=INDEX(A2:C4,2,1)', 'Datadog'],
    ['=B2:B4', '#VALUE!'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });

  it('of a column give the cell of the own row outside of arrays', async () => {
    expect(await shown('=B2:B4', 'E3')).toBe(';;30');
    expect(await shown('=B2:B4*2', 'E3')).toBe(';;60');
    expect(await shown('=LEN(A2:A4)', 'E4')).toBe(';;;4');
  });
});

describe('operators', () => {
  it.each([
    ['=-2^2', '4'],
    ['=2^3^2', '64'],
    ['=2^-1', '0.5'],
    ['=1&2+3', '15'],
    ['="a"&1=TRUE', 'FALSE'],
    ['=1<2', 'TRUE'],
    ['="b">"A"', 'TRUE'],
    ['="10"+5', '15'],
    ['=TRUE+1', '2'],
    ['=A9=0', 'TRUE'],
    ['=A9=""', 'TRUE'],
    ['=A9&"x"', 'x'],
    ['=+"text"', 'text'],
    ['=(1,2)', '#ERROR!'],
    ['={1,2;3,4}', '1,2;3,4'],
    ['={B2:B3,C2:C3}', '12,45;30,23.5'],
    ['={B2:B3;C2:C3}', '12;30;45;23.5'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });
});

describe('arrays', () => {
  it.each([
    ['=ARRAYFORMULA(B2:B4*2)', '24;60;10'],
    ['=ARRAYFORMULA(B2:B4*C2:C4)', '540;705;0'],
    ['=ARRAYFORMULA({1;2}*{1,10})', '1,10;2,20'],
    ['=ARRAYFORMULA(IF(B2:B4>10,"many",B2:B4))', 'many;many;5'],
    ['=ARRAYFORMULA(LEN(A2:A4))', '5;7;4'],
    ['=ARRAYFORMULA(VLOOKUP({"Zoom";"Figma"},A2:C4,2,FALSE))', '5;12'],
    ['=ARRAYFORMULA(SUM(B2:B4*2))', '94'],
    ['=SUMPRODUCT(B2:B4,C2:C4)', '1245'],
    ['=SUMPRODUCT((B2:B4>6)*C2:C4)', '68.5'],
    ['=FILTER(A2:A4,B2:B4>6)', 'Figma;Datadog'],
    ['=SORT(A2:B4,2,FALSE)', 'Datadog,30;Figma,12;Zoom,5'],
    ['=ARRAYFORMULA(IFERROR(1/(B2:B4-12),"none"))', 'none;0.05555555556;-0.1428571429'],
    ['=ARRAYFORMULA(ROW(A1:A3))', '1;2;3'],
    ['=INDEX(B2:C4,0,1)', '12;30;5'],
    ['=ARRAY_CONSTRAIN(A2:C4,2,1)', 'Figma;Datadog'],
    ['=TRANSPOSE(A2:A4)', 'Figma,Datadog,Zoom'],
    ['=SEQUENCE(2,2)', '1,2;3,4'],
    ['=ARRAYFORMULA(SPLIT({"a-b";"c-d"},"-"))', 'a,b;c,d'],
    ['=SEQUENCE(3)*2', '2'],
    ['=ARRAYFORMULA(SEQUENCE(3)*2)', '2;4;6'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });

  it('go back when something stands in their way, and come again when it goes', async () => {
    await shown('=SEQUENCE(3)');
    await write('Main!E2', [['x']]);
    const read = async () => (await domain.call(`GET ${path}/values/Main!E1:E3`)).body.values;
    expect(await read()).toEqual([['#REF!'], ['x']]);
    await domain.call(`POST ${path}/values/Main!E2:clear`, {});
    expect(await read()).toEqual([['1'], ['2'], ['3']]);
  });

  it('are read by other formulas where they spill', async () => {
    await shown('=SEQUENCE(3)');
    await write('Main!G1', [['=SUM(E1:E3)', '=E3']]);
    expect((await domain.call(`GET ${path}/values/Main!G1:H1`)).body.values).toEqual([['6', '3']]);
  });

  it('show in grid data without being entered', async () => {
    await shown('=SEQUENCE(2)');
    const fields = 'sheets.data.rowData.values(userEnteredValue,effectiveValue,formattedValue)';
    const { body } = await domain.call(`GET ${path}?ranges=Main!E2&fields=${fields}`);
    expect(body.sheets).toMatchObject([
      { data: [{ rowData: [{ values: [{ effectiveValue: { numberValue: 2 }, formattedValue: '2' }] }] }] },
    ]);
    expect(JSON.stringify(body)).not.toContain('userEnteredValue');
  });
});

describe('forms', () => {
  it.each([
    ['=IF(TRUE,1,1/0)', '1'],
    ['=IF(FALSE,1)', 'FALSE'],
    ['=IF(TRUE,,2)', ''],
    ['=IFS(B2>20,"a",B2>10,"b")', 'b'],
    ['=SWITCH(B2,12,"twelve",30,"thirty","other")', 'twelve'],
    ['=SWITCH(B4,12,"twelve",30,"thirty","other")', 'other'],
    ['=CHOOSE(2,"a","b","c")', 'b'],
    ['=SUM(CHOOSE(1,B2:B3,C2:C3))', '42'],
    ['=IFERROR(1/0,"no")', 'no'],
    ['=IFERROR(1/0)', ''],
    ['=IFNA(VLOOKUP("x",A2:B4,2,FALSE),"none")', 'none'],
    ['=LET(x,B2,y,x*2,x+y)', '36'],
    ['=LAMBDA(x,y,x+y)(2,3)', '5'],
    ['=LET(double,LAMBDA(x,x*2),double(B2))', '24'],
    ['=MAP(B2:B4,LAMBDA(x,x+1))', '13;31;6'],
    ['=MAP(B2:B4,C2:C4,LAMBDA(x,y,x+y))', '57;53.5;5'],
    ['=REDUCE(0,B2:B4,LAMBDA(sum,x,sum+x))', '47'],
    ['=SCAN(0,B2:B4,LAMBDA(sum,x,sum+x))', '12;42;47'],
    ['=BYROW(B2:C4,LAMBDA(line,SUM(line)))', '57;53.5;5'],
    ['=BYCOL(B2:C4,LAMBDA(line,MAX(line)))', '30,45'],
    ['=MAKEARRAY(2,2,LAMBDA(r,c,r*10+c))', '11,12;21,22'],
    ['=HYPERLINK("https://x.example","here")', 'here'],
    ['=FORMULATEXT(E1)', '=FORMULATEXT(E1)'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toBe(text);
  });
});

describe('errors say what is wrong', () => {
  const circular =
    'Circular dependency detected. To resolve with iterative calculation, see File > Settings.';
  it.each([
    ['=1/0', 'DIVIDE_BY_ZERO: Function DIVIDE parameter 2 cannot be zero.'],
    [
      '="a"+1',
      "VALUE: Function ADD parameter 1 expects number values. But 'a' is a text and cannot be coerced to a number.",
    ],
    ['=FOO(1)', "NAME: Unknown function: 'FOO'."],
    ['=foo', "NAME: Unknown range name: 'FOO'."],
    ['=Nowhere!A1', "REF: Unresolved sheet name 'Nowhere'."],
    ['=SUM()', 'N_A: Wrong number of arguments to SUM. Expected at least 1 arguments, but got 0 arguments.'],
    [
      '=IF(1)',
      'N_A: Wrong number of arguments to IF. Expected between 2 and 3 arguments, but got 1 arguments.',
    ],
    ['=NOT()', 'N_A: Wrong number of arguments to NOT. Expected 1 arguments, but got 0 arguments.'],
    ['=1+', 'ERROR: Formula parse error.'],
    ['=VLOOKUP("x",A2:B4,2,FALSE)', "N_A: Did not find value 'x' in VLOOKUP evaluation."],
    ['=E1', `REF: ${circular}`],
    ['=SUM(E:E)', `REF: ${circular}`],
    ['=UNIQUE(E1:E5)', `REF: ${circular}`],
    ['=ZZ1', 'REF: Reference does not exist.'],
    ['=OFFSET(A1,-1,0)', 'REF: Function OFFSET evaluates to an out of bounds range.'],
    [
      '=INDIRECT("nothing")',
      "REF: Function INDIRECT parameter 1 value is 'nothing'. It is not a valid cell/range reference.",
    ],
    ['=B2:B4', 'VALUE: An array value could not be found.'],
    ['=ARRAYFORMULA(B2:B4+B2:B3)', 'N_A: Array arguments to ADD are of different size.'],
    ['={1,2;3}', 'VALUE: In ARRAY_LITERAL, an Array Literal was missing values for one or more rows.'],
    ['=10^400', 'NUM: Numeric value is greater than 1.79769E+308 and cannot be displayed properly.'],
    [
      '=CHOOSE(9,1)',
      'NUM: Function CHOOSE parameter 1 value is 9. Valid values are between 1 and 1 inclusive.',
    ],
    ['=#REF!+1', 'REF: #REF!'],
    ['=SEQUENCE(2000)', 'REF: Result was not automatically expanded, please insert more rows (1000).'],
    ['=ROW(1)', 'N_A: Argument must be a range.'],
  ])('%s', async (formula, text) => {
    expect(await error(formula)).toBe(text);
  });

  it('end what would never end', async () => {
    const endless = '=LAMBDA(f,x,f(f,x))(LAMBDA(f,x,f(f,x+1)),1)';
    const limit = 'ERROR: Calculation limit was reached while trying to compute this formula.';
    expect(await error(endless)).toBe(limit);
    expect(await error('=MAKEARRAY(1000000,1000000,LAMBDA(r,c,1))')).toBe(limit);
  });

  it('are none in a sum of thousands of parts', async () => {
    expect(await shown(`=1${'+1'.repeat(9_999)}`)).toBe('10000');
  });

  it('of an array in whose way something stands', async () => {
    expect(await error('=SEQUENCE(2,3)', 'A1')).toBe(
      'REF: Array result was not expanded because it would overwrite data in B1.',
    );
  });
});
