/** Look-ups: documented examples of the help pages. */
import type { CaseTable } from './cases.ts';

const FRUITS = [
  ['Fruit', 'Price', 'Code', 'Count'],
  ['Apple', 2.5, 101, 25],
  ['Banana', 3.1, 102, 38],
  ['Lemon', 1.2, 103, 40],
  ['Orange', 4, 104, 41],
  ['Pear', 0.9, 105, 40],
];

export const LOOKUP_CASES: readonly CaseTable[] = [
  {
    source:
      'support.google.com/docs/answer/3093318 (VLOOKUP), 3093375 (HLOOKUP), 3256570 (LOOKUP), 3093378 (MATCH): their rules on a table',
    data: FRUITS,
    cases: [
      ['=VLOOKUP("Banana",A2:D6,2,FALSE)', 3.1],
      ['=VLOOKUP("banana",A2:D6,3,FALSE)', 102],
      ['=VLOOKUP("Or*",A2:D6,2,FALSE)', 4],
      ['=VLOOKUP("Kiwi",A2:D6,2,FALSE)', '#N/A'],
      ['=VLOOKUP("Kiwi",A2:D6,2,TRUE)', 3.1],
      ['=VLOOKUP("Aardvark",A2:D6,2)', '#N/A'],
      ['=VLOOKUP(103.5,C2:D6,2)', 40],
      ['=VLOOKUP(999,C2:D6,2)', 40],
      ['=VLOOKUP("Apple",A2:D6,5,FALSE)', '#REF!'],
      ['=VLOOKUP("Apple",A2:D6,0,FALSE)', '#VALUE!'],
      ['=HLOOKUP("Price",A1:D6,3,FALSE)', 3.1],
      ['=HLOOKUP("Nothing",A1:D6,3,FALSE)', '#N/A'],
      ['=HLOOKUP("Code",A1:D6,7,FALSE)', '#REF!'],
      ['=LOOKUP(102,C2:C6,A2:A6)', 'Banana'],
      ['=LOOKUP(104.9,C2:C6,A2:A6)', 'Orange'],
      ['=LOOKUP("Lemon",A2:D6)', 40],
      ['=LOOKUP(1,C2:C6)', '#N/A'],
      ['=MATCH("Orange",A2:A6,0)', 4],
      ['=MATCH(39,{25,38,40,41})', 2],
      ['=MATCH(41,D2:D6,0)', 4],
      ['=MATCH(40,{41,40,38,25},-1)', 2],
      ['=MATCH(39,{41,40,38,25},-1)', 2],
      ['=MATCH("zz",A2:A6,0)', '#N/A'],
      ['=MATCH(1,A2:D6,0)', '#N/A'],
      ['=MATCH("l?mon",A2:A6,0)', 3],
    ],
  },
  {
    source: 'support.google.com/docs/answer/12405947 (XLOOKUP), 12406049 (XMATCH): their rules on a table',
    data: FRUITS,
    cases: [
      ['=XLOOKUP("Apple",A2:A6,C2:C6)', 101],
      ['=XLOOKUP("Apple",A2:A6,B2:D6)', [[2.5, 101, 25]]],
      ['=XLOOKUP("Kiwi",A2:A6,C2:C6,"none")', 'none'],
      ['=XLOOKUP("Kiwi",A2:A6,C2:C6)', '#N/A'],
      ['=XLOOKUP(103.5,C2:C6,A2:A6,,-1)', 'Lemon'],
      ['=XLOOKUP(103.5,C2:C6,A2:A6,,1)', 'Orange'],
      ['=XLOOKUP("*n*",A2:A6,A2:A6,,2)', 'Banana'],
      ['=XLOOKUP("*n*",A2:A6,A2:A6,,2,-1)', 'Orange'],
      ['=XLOOKUP(40,D2:D6,A2:A6,,0,-1)', 'Pear'],
      ['=XLOOKUP("Code",A1:D1,A3:D3)', 102],
      ['=XLOOKUP("x",A2:A6,C2:C5)', '#VALUE!'],
      ['=XMATCH("Lemon",A2:A6)', 3],
      ['=XMATCH(103.5,C2:C6,1)', 4],
      ['=XMATCH(40,D2:D6,0,-1)', 5],
      ['=XMATCH("zz",A2:A6)', '#N/A'],
    ],
  },
  {
    source:
      'support.google.com/docs/answer/13197914 (CHOOSECOLS), 13196659 (CHOOSEROWS), 3094262 (TRANSPOSE): their rules on a table',
    data: FRUITS,
    cases: [
      [
        '=CHOOSECOLS(A2:D3,1,3)',
        [
          ['Apple', 101],
          ['Banana', 102],
        ],
      ],
      [
        '=CHOOSECOLS(A2:D3,-1,-2)',
        [
          [25, 101],
          [38, 102],
        ],
      ],
      [
        '=CHOOSECOLS(A2:D3,{3,1})',
        [
          [101, 'Apple'],
          [102, 'Banana'],
        ],
      ],
      ['=CHOOSECOLS(A2:D3,5)', '#VALUE!'],
      ['=CHOOSECOLS(A2:D3,0)', '#VALUE!'],
      [
        '=CHOOSEROWS(A1:B6,2,-1)',
        [
          ['Apple', 2.5],
          ['Pear', 0.9],
        ],
      ],
      ['=CHOOSEROWS(A1:B6,7)', '#VALUE!'],
      [
        '=TRANSPOSE(A1:B3)',
        [
          ['Fruit', 'Apple', 'Banana'],
          ['Price', 2.5, 3.1],
        ],
      ],
      [
        '=TRANSPOSE({1,2;3,4})',
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
  },
];
