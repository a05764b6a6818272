import { beforeAll, describe, expect, it } from 'vitest';
import { book } from '../book.ts';

/** What a cell says about its error, in the service's words. */
const MESSAGES: readonly (readonly [formula: string, type: string, message: string])[] = [
  ['=VLOOKUP("Kiwi",A1:B2,2,FALSE)', 'N_A', "Did not find value 'Kiwi' in VLOOKUP evaluation."],
  ['=VLOOKUP(1,A1:B2,3,FALSE)', 'REF', 'VLOOKUP evaluates to an out of bounds range.'],
  ['=MATCH("zz",A1:A2,0)', 'N_A', "Did not find value 'zz' in MATCH evaluation."],
  ['=SQRT(-16)', 'NUM', 'Function SQRT parameter 1 value is -16. It should be greater than or equal to 0.'],
  ['=LN(0)', 'NUM', 'Function LN parameter 1 value is 0. It should be greater than 0.'],
  ['=MOD(1,0)', 'DIVIDE_BY_ZERO', 'Function MOD parameter 2 cannot be zero.'],
  ['=AVERAGE(C1:C2)', 'DIVIDE_BY_ZERO', 'Evaluation of function AVERAGE caused a divide by zero error.'],
  [
    '=ADD("a",1)',
    'VALUE',
    "Function ADD parameter 1 expects number values. But 'a' is a text and cannot be coerced to a number.",
  ],
  [
    '=ROUND()',
    'N_A',
    'Wrong number of arguments to ROUND. Expected between 1 and 2 arguments, but got 0 arguments.',
  ],
  ['=SEARCH("x","abc")', 'VALUE', "In SEARCH evaluation, cannot find 'x' within 'abc'."],
  ['=VALUE("x")', 'VALUE', "VALUE parameter 'x' cannot be parsed to number."],
  ['=DATEVALUE("someday")', 'VALUE', "DATEVALUE parameter 'someday' cannot be parsed to date/time."],
  ['=FILTER(A1:A2,A1:A2>9)', 'N_A', 'No matches are found in FILTER evaluation.'],
  [
    '=FILTER(A1:A3,A1:A2)',
    'N_A',
    'FILTER has mismatched range sizes. Expected row count: 3. column count: 1. Actual row count: 2, column count: 1.',
  ],
  ['=SUMIFS(A1:A2,B1:B3,">0")', 'VALUE', 'Array arguments to SUMIFS are of different size.'],
  [
    '=REGEXMATCH("abc","(")',
    'REF',
    'Function REGEXMATCH parameter 2 value "(" is not a valid regular expression.',
  ],
  [
    '=REGEXEXTRACT("abc","x")',
    'N_A',
    'Function REGEXEXTRACT parameter 2 value "x" does not match text of Function REGEXEXTRACT parameter 1 value "abc".',
  ],
  [
    '=REGEXMATCH(123,"1")',
    'VALUE',
    "Function REGEXMATCH parameter 1 expects text values. But '123' is a number and cannot be coerced to a text.",
  ],
  ['=IRR({1,2})', 'NUM', 'In IRR evaluation, the value array must include positive and negative numbers.'],
  ['=EXP(1000)', 'NUM', 'Numeric value is greater than 1.79769E+308 and cannot be displayed properly.'],
  [
    '=QUERY(A1:B2,"select Z",0)',
    'VALUE',
    'Unable to parse query string for Function QUERY parameter 2: NO_COLUMN: Z',
  ],
  [
    '=QUERY(A1:B2,"select A, sum(B)",0)',
    'VALUE',
    'Unable to parse query string for Function QUERY parameter 2: ADD_COL_TO_GROUP_BY_OR_AGG: A',
  ],
  ['=QUERY(A1:B2,"select A where A > 9",0)', 'N_A', 'Query completed with an empty output.'],
  [
    '=GOOGLETRANSLATE("hola","es","en")',
    'N_A',
    'GOOGLETRANSLATE asks a translator, which this spreadsheet cannot reach.',
  ],
];

describe('a function that cannot give a value', () => {
  let said: { type: string; message: string }[] = [];
  beforeAll(async () => {
    const { call, read, path } = await book([
      [1, 2],
      [3, 4],
    ]);
    await call(`PUT ${path}/values/H1?valueInputOption=USER_ENTERED`, {
      values: MESSAGES.map(([formula]) => [formula]),
    });
    const body = await read(
      'sheets.data.rowData.values.effectiveValue',
      `&ranges=Sheet1!H1:H${MESSAGES.length}`,
    );
    const sheets = body.sheets as unknown as {
      data: {
        rowData: { values: { effectiveValue: { errorValue: { type: string; message: string } } }[] }[];
      }[];
    }[];
    said = (sheets[0]?.data[0]?.rowData ?? []).map(
      (row) => row.values[0]?.effectiveValue.errorValue ?? { type: '', message: '' },
    );
  });

  it.each(MESSAGES.map(([formula, type, message], i) => ({ formula, type, message, i })))(
    'says why: $formula',
    ({ type, message, i }) => {
      expect(said[i]).toEqual({ type, message });
    },
  );
});
