import { describe, expect, it } from 'vitest';
import { book } from '../book.ts';

/** Formulas that ask for too much, or for work without end. */
const GREEDY = [
  '=COUNTIF(A1,"*a*a*a*a*a*a*a*b")',
  '=SEARCH("*a*a*a*a*a*a*b",A1)',
  '=REGEXMATCH(A1,"(a+)+$b")',
  '=ISEMAIL(A1)',
  '=ISURL(A1)',
  '=SPLIT(A1,"ab")',
  '=SEQUENCE(100000,100000)',
  '=MUNIT(100000)',
  '=REPT("a",1E9)',
  '=FACT(1E9)',
  '=FACTDOUBLE(1E12)',
  '=COMBIN(1E15,5E14)',
  '=PERMUT(1E15,1E12)',
  '=BINOM.DIST(5E8,1E9,0.5,TRUE)',
  '=CUMIPMT(0.01,1E12,100,1,1E12,0)',
  '=HYPGEOM.DIST(5E8,1E9,1E9,3E9,TRUE)',
  '=DB(1000,1,1E9,1E9)',
  '=VDB(1000,1,1E9,0,1E9)',
  '=WORKDAY(1,1E9)',
  '=NETWORKDAYS(1,1E8)',
  '=EDATE(1,1E9)',
  '=DATE(9999,1E9,1)',
  '=IMPOWER("1+i",1E6)',
  '=COUPNUM(1,2E6,4)',
  '=COUPNUM(1,1E300,4)',
  '=ACCRINT(1,2,2000000,0.1,100,4)',
  '=ACCRINT(1,1E300,2000000,0.1,100,4)',
  '=PRICE(1,2000000,0.1,0.1,100,4)',
  '=ROUND(1.5,400)',
  '=ROUND(1.5,-400)',
  '=BASE(1E300,2)',
  '=BASE(1,2,1E9)',
  '=WRAPROWS({1,2},1E9)',
  '=TEXT(1E300,"0.00")',
  '=FIXED(1,1E6)',
  '=YEARFRAC(1,2E6,1)',
  '=YEARFRAC(1,1E300,1)',
  '=DAYS(1E300,1)',
  '=YEAR(1E300)',
  '=EOMONTH(1E300,1)',
  '=WEEKDAY(1E17)',
  '=WORKDAY(1E300,5)',
  '=NETWORKDAYS(1,1E300)',
  '=CHAR(1E10)',
  '=SORTN({3;1;2},1E9)',
  '=MMULT(SEQUENCE(300,300),SEQUENCE(300,300))',
  '=MINVERSE(SEQUENCE(1000,1000))',
  '=IRR(SEQUENCE(1000,1,-1))',
  '=QUERY(A1:A2,"select * where "&REPT("(",5000)&"A=1"&REPT(")",5000))',
  '=QUERY(A1:A2,"select "&REPT("A+",9000)&"A")',
  '=QUERY(A1:A2,"select A where "&REPT("not ",5000)&"A=1")',
  '=LCM(1E300,1E299)',
  '=GCD(1E300,7)',
  '=BITLSHIFT(1,53)',
  '=TEXT(1,REPT("0",40000))',
];

describe('a formula that asks for too much', () => {
  it('is answered, and soon', { timeout: 60_000 }, async () => {
    const { call, path } = await book([['a'.repeat(40_000)]]);
    const answers: string[] = [];
    for (const formula of GREEDY) {
      const { status, body } = await call(
        `PUT ${path}/values/H1?valueInputOption=USER_ENTERED&includeValuesInResponse=true`,
        { values: [[formula]] },
      );
      const shown = (body.updatedData as unknown as { values?: unknown[][] } | undefined)?.values?.[0]?.[0];
      if (status !== 200 || shown === 'NaN') answers.push(`${formula}: ${status} ${shown}`);
      await call(`POST ${path}/values/H1:clear`, {});
    }
    expect(answers).toEqual([]);
  });
});
