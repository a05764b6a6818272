import { describe, expect, it } from 'vitest';
import { book } from '../book.ts';

const ROWS = [
  ['day', 'cost', 'part'],
  ['2024-05-06', '$3.50', '10%'],
  ['2024-05-01', '$1.25', '20%'],
  ['2024-05-03', '$2.00', '30%'],
];

/** What cells from E1 on show with a formula there. */
async function shown(formula: string): Promise<unknown> {
  const { call, path, values } = await book(ROWS);
  await call(`PUT ${path}/values/E1?valueInputOption=USER_ENTERED`, { values: [[formula]] });
  return values('E1:G4');
}

describe('a result of many cells', () => {
  it('shows rows that are sorted as they were shown', async () => {
    expect(await shown('=SORT(A2:C4,1,TRUE)')).toEqual([
      ['2024-05-01', '$1.25', '20%'],
      ['2024-05-03', '$2.00', '30%'],
      ['2024-05-06', '$3.50', '10%'],
    ]);
  });

  it('shows rows that are filtered and then sorted as they were shown', async () => {
    expect(await shown('=SORT(FILTER(A2:C4,B2:B4>1.5),2,TRUE)')).toEqual([
      ['2024-05-03', '$2.00', '30%'],
      ['2024-05-06', '$3.50', '10%'],
    ]);
  });

  it('shows what a query selects like its columns', async () => {
    expect(await shown('=QUERY(A1:C4,"select A, B where C > 0.1 order by A",1)')).toEqual([
      ['day', 'cost'],
      ['2024-05-01', '$1.25'],
      ['2024-05-03', '$2.00'],
    ]);
  });

  it('shows what a query formats by the pattern it names', async () => {
    expect(
      await shown("=QUERY(A1:C4,\"select A, sum(C) group by A format A 'd.m.yy', sum(C) '0.00'\",1)"),
    ).toEqual([
      ['day', 'sum part'],
      ['1.5.24', '0.20'],
      ['3.5.24', '0.30'],
      ['6.5.24', '0.10'],
    ]);
  });
});

describe('a result of one cell', () => {
  it.each([
    ['=DATE(2024,5,6)', '5/6/2024'],
    ['=EDATE(A2,1)', '6/6/2024'],
    ['=PMT(0.06/12,360,100000)', '-$599.55'],
    ['=TO_PERCENT(0.25)', '25.00%'],
    ['=TO_DOLLARS(3)', '$3.00'],
    ['=YEAR(A2)', '2024'],
    ['=TO_TEXT(B2)&"!"', '$3.50!'],
    ['=TO_TEXT(24)', '24'],
  ])('%s shows %s', async (formula, text) => {
    expect(await shown(formula)).toEqual([[text]]);
  });
});
