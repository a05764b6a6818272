import { beforeAll, describe, expect, it } from 'vitest';
import { book } from '../book.ts';

/** Formulas that hold for whatever they are given; each compares two ways over many values and shows TRUE. */
const IDENTITIES: Readonly<Record<string, string>> = {
  'turning a range round twice gives it back': '=AND(ARRAYFORMULA(TRANSPOSE(TRANSPOSE(A1:D40))=A1:D40))',
  'a sorted column has the numbers that it had':
    '=AND(SUM(SORT(A1:A40))=SUM(A1:A40),ARRAYFORMULA(COUNTIF(A1:A40,UNIQUE(SORT(A1:A40)))=COUNTIF(SORT(A1:A40),UNIQUE(SORT(A1:A40)))))',
  'sorting ascends':
    '=AND(ARRAYFORMULA(CHOOSEROWS(SORT(A1:A40),SEQUENCE(39))<=CHOOSEROWS(SORT(A1:A40),SEQUENCE(39,1,2))))',
  'what is joined splits into the same': '=AND(ARRAYFORMULA(SPLIT(JOIN("|",A1:A40),"|")=TRANSPOSE(A1:A40)))',
  'every Roman numeral reads back': '=AND(ARRAYFORMULA(ARABIC(ROMAN(SEQUENCE(3999)))=SEQUENCE(3999)))',
  'every form of Roman numerals reads back': '=AND(ARRAYFORMULA(ARABIC(ROMAN(SEQUENCE(900),4))>0))',
  'numbers of any base read back':
    '=AND(ARRAYFORMULA(DECIMAL(BASE(SEQUENCE(400,1,1,37),SEQUENCE(1,35,2)),SEQUENCE(1,35,2))=SEQUENCE(400,1,1,37)+0*SEQUENCE(1,35)))',
  'hexadecimals read back, negative ones too':
    '=AND(ARRAYFORMULA(HEX2DEC(DEC2HEX(SEQUENCE(200,1,-100000,1013)))=SEQUENCE(200,1,-100000,1013)))',
  'binaries read back': '=AND(ARRAYFORMULA(BIN2DEC(DEC2BIN(SEQUENCE(1024,1,-512)))=SEQUENCE(1024,1,-512)))',
  'a matrix times its inverse is the unit matrix':
    '=SUM(ARRAYFORMULA(ABS(MMULT(MINVERSE(F1:I4),F1:I4)-MUNIT(4))))<0.000000001',
  'the determinant of a product is the product of determinants':
    '=ABS(MDETERM(MMULT(F1:I4,F1:I4))/MDETERM(F1:I4)^2-1)<0.000000001',
  'equal flows have their present value both ways':
    '=ABS(NPV(0.07,ARRAYFORMULA(SEQUENCE(12)*0+100))+PV(0.07,12,100))<0.000000001',
  'interest and principal add up to the payment':
    '=AND(ARRAYFORMULA(ABS(IPMT(0.01,SEQUENCE(24),24,1000)+PPMT(0.01,SEQUENCE(24),24,1000)-PMT(0.01,24,1000))<0.000000001))',
  'the rate found pays the loan': '=ABS(PV(RATE(24,-50,1000),24,-50)-1000)<0.000001',
  'the internal rate makes nothing of the flows':
    '=ABS(NPV(IRR({-100,30,40,50,20}),{-100,30,40,50,20}))<0.000000001',
  'a yield prices its bond':
    '=ABS(PRICE(DATE(2020,3,3),DATE(2030,9,15),0.04,YIELD(DATE(2020,3,3),DATE(2030,9,15),0.04,97.5,100,2),100,2)-97.5)<0.0000001',
  'normal quantiles are inverses':
    '=AND(ARRAYFORMULA(ABS(NORM.S.DIST(NORM.S.INV(SEQUENCE(99)/100),TRUE)-SEQUENCE(99)/100)<0.0000000001))',
  'Student’s quantiles are inverses':
    '=AND(ARRAYFORMULA(ABS(T.DIST(T.INV(SEQUENCE(99)/100,7),7,TRUE)-SEQUENCE(99)/100)<0.0000000001))',
  'gamma quantiles are inverses':
    '=AND(ARRAYFORMULA(ABS(GAMMA.DIST(GAMMA.INV(SEQUENCE(99)/100,2.5,3),2.5,3,TRUE)-SEQUENCE(99)/100)<0.0000000001))',
  'binomial chances add up to one':
    '=ABS(SUM(ARRAYFORMULA(BINOM.DIST(SEQUENCE(31,1,0),30,0.3,FALSE)))-1)<0.000000000001',
  'days of a date make the date':
    '=AND(ARRAYFORMULA(DATE(YEAR(SEQUENCE(5000,1,30000,7)),MONTH(SEQUENCE(5000,1,30000,7)),DAY(SEQUENCE(5000,1,30000,7)))=SEQUENCE(5000,1,30000,7)))',
  'working days there and back':
    '=AND(ARRAYFORMULA(NETWORKDAYS(DATE(2024,1,1),WORKDAY(DATE(2024,1,1),SEQUENCE(300)))=SEQUENCE(300)+1))',
  'an ISO week has the Thursday’s year':
    '=AND(ARRAYFORMULA(ISOWEEKNUM(SEQUENCE(3000,1,40000))=INT((SEQUENCE(3000,1,40000)-WEEKDAY(SEQUENCE(3000,1,40000),2)+4-DATE(YEAR(SEQUENCE(3000,1,40000)-WEEKDAY(SEQUENCE(3000,1,40000),2)+4),1,1))/7)+1))',
  'the sine and cosine of an angle make one':
    '=AND(ARRAYFORMULA(ABS(SIN(A1:A40)^2+COS(A1:A40)^2-1)<0.000000000001))',
  'complex powers undo roots': '=IMABS(IMSUB(IMPOWER(IMSQRT("3+4i"),2),"3+4i"))<0.000000000001',
  'units convert there and back':
    '=AND(ARRAYFORMULA(ABS(CONVERT(CONVERT(SEQUENCE(50),"mi","km"),"km","mi")-SEQUENCE(50))<0.000000000001))',
  'a query that groups counts every row':
    '=SUM(QUERY(A1:D40,"select count(A) group by D label count(A) \'\'",0))=40',
  'stacked and wrapped cells come back': '=AND(ARRAYFORMULA(WRAPROWS(TOROW(A1:D40),4)=A1:D40))',
  'variance is the mean of squares less the square of the mean':
    '=ABS(VARP(A1:A40)-(SUMSQ(A1:A40)/40-AVERAGE(A1:A40)^2))<0.000000001',
};

describe('over many values', () => {
  let shown: unknown[][] = [];
  beforeAll(async () => {
    // A fixed scatter of numbers: multiples of a unit modulo a prime.
    const rows = Array.from({ length: 40 }, (_, i) => [
      ((i * 37) % 101) - 50,
      ((i * 53) % 97) / 4,
      `t${(i * 29) % 13}`,
      (i * 7) % 5,
      '',
      ...(i < 4 ? [0, 1, 2, 3].map((k) => ((i * 5 + k * k * 3 + 1) % 11) + (i === k ? 9 : 0)) : []),
    ]);
    const { call, path, values } = await book(rows);
    await call(`PUT ${path}/values/L1?valueInputOption=USER_ENTERED`, {
      values: Object.values(IDENTITIES).map((formula) => [formula]),
    });
    shown = (await values(`L1:L${Object.keys(IDENTITIES).length}`)) as unknown[][];
  });

  it.each(Object.keys(IDENTITIES).map((name, i) => ({ name, i })))('$name', ({ i }) => {
    expect(shown[i]?.[0]).toBe('TRUE');
  });
});
