/** Arrays, filters and databases: documented examples of the help pages; matrices by hand. */
import { about, type CaseTable } from './cases.ts';

export const ARRAY_CASES: readonly CaseTable[] = [
  {
    source: 'support.google.com/docs/answer/7354624 (SORTN): its table of examples',
    data: [
      ['Student', 'Test 1 score', 'Test 2 score'],
      ['Alice', 100, 90],
      ['Bob', 75, 85],
      ['Carol', 80, 85],
      ['Devon', 100, 95],
      ['Eloise', 80, 90],
    ],
    cases: [
      ['=SORTN(A2:C6)', [['Alice', 100, 90]]],
      [
        '=SORTN(A2:C6,2)',
        [
          ['Alice', 100, 90],
          ['Bob', 75, 85],
        ],
      ],
      [
        '=SORTN(A2:C6,3,0,B2:B6,FALSE)',
        [
          ['Alice', 100, 90],
          ['Devon', 100, 95],
          ['Carol', 80, 85],
        ],
      ],
      [
        '=SORTN(A2:C6,3,1,B2:B6,FALSE)',
        [
          ['Alice', 100, 90],
          ['Devon', 100, 95],
          ['Carol', 80, 85],
          ['Eloise', 80, 90],
        ],
      ],
      [
        '=SORTN(A2:C6,3,2,B2:B6,FALSE)',
        [
          ['Alice', 100, 90],
          ['Carol', 80, 85],
          ['Bob', 75, 85],
        ],
      ],
      [
        '=SORTN(A2:C6,2,3,B2:B6,FALSE)',
        [
          ['Alice', 100, 90],
          ['Devon', 100, 95],
          ['Carol', 80, 85],
          ['Eloise', 80, 90],
        ],
      ],
      ['=INDEX(SORTN(A2:C6,3,3,2,FALSE,3,FALSE),1,1)', 'Devon'],
    ],
  },
  {
    source:
      'support.google.com/docs/answer/3093197 (FILTER), 3093150 (SORT), 3093198 (UNIQUE): their rules on a table',
    data: [
      [3, 'c', true, 'x'],
      [1, 'a', false, 'x'],
      [2, 'b', true, 'X'],
      [null, 'd', false, 'y'],
      ['t', 'e', true, 'x'],
    ],
    cases: [
      ['=FILTER(B1:B5,C1:C5)', [['c'], ['b'], ['e']]],
      [
        '=FILTER(A1:B5,A1:A5>1,C1:C5)',
        [
          [3, 'c'],
          [2, 'b'],
          ['t', 'e'],
        ],
      ],
      ['=FILTER(A1:D1,{TRUE,FALSE,TRUE,FALSE})', [[3, true]]],
      ['=FILTER(A1:A5,A1:A5="none")', '#N/A'],
      ['=FILTER(A1:A5,C1:C4)', '#N/A'],
      [
        '=SORT(A1:B5,1,TRUE)',
        [
          [1, 'a'],
          [2, 'b'],
          [3, 'c'],
          ['t', 'e'],
          ['', 'd'],
        ],
      ],
      [
        '=SORT(A1:B5,1,FALSE)',
        [
          ['t', 'e'],
          [3, 'c'],
          [2, 'b'],
          [1, 'a'],
          ['', 'd'],
        ],
      ],
      [
        '=SORT(A1:B3,B1:B3,FALSE)',
        [
          [3, 'c'],
          [2, 'b'],
          [1, 'a'],
        ],
      ],
      [
        '=SORT(C1:D5,2,TRUE,1,TRUE)',
        [
          [false, 'x'],
          [true, 'x'],
          [true, 'X'],
          [true, 'x'],
          [false, 'y'],
        ],
      ],
      ['=SORT(A1:B3,5,TRUE)', '#VALUE!'],
      ['=UNIQUE(D1:D5)', [['x'], ['X'], ['y']]],
      [
        '=UNIQUE({1,1,2;1,1,2},TRUE)',
        [
          [1, 2],
          [1, 2],
        ],
      ],
      ['=UNIQUE({1;2;2;3},FALSE,TRUE)', [[1], [3]]],
    ],
  },
  {
    source:
      'support.google.com examples of FLATTEN, TOCOL, TOROW, WRAPROWS, WRAPCOLS, HSTACK, VSTACK, FREQUENCY',
    data: [
      [1, 2, 3],
      [4, null, 6],
    ],
    cases: [
      ['=FLATTEN({1,2;3,4})', [[1], [2], [3], [4]]],
      ['=FLATTEN({1,2},{3;4},5)', [[1], [2], [3], [4], [5]]],
      ['=TOCOL(A1:C2)', [[1], [2], [3], [4], [''], [6]]],
      ['=TOCOL(A1:C2,1)', [[1], [2], [3], [4], [6]]],
      ['=TOCOL(A1:C2,1,TRUE)', [[1], [4], [2], [3], [6]]],
      ['=TOROW({1,2;3,4})', [[1, 2, 3, 4]]],
      ['=TOROW({1,2;3,4},0,TRUE)', [[1, 3, 2, 4]]],
      [
        '=WRAPROWS({1,2,3,4,5},2)',
        [
          [1, 2],
          [3, 4],
          [5, '#N/A'],
        ],
      ],
      [
        '=WRAPROWS({1,2,3,4,5},2,"")',
        [
          [1, 2],
          [3, 4],
          [5, ''],
        ],
      ],
      [
        '=WRAPCOLS({1,2,3,4,5},2,0)',
        [
          [1, 3, 5],
          [2, 4, 0],
        ],
      ],
      ['=WRAPROWS({1,2;3,4},2)', '#VALUE!'],
      [
        '=HSTACK({1;2},{3;4})',
        [
          [1, 3],
          [2, 4],
        ],
      ],
      [
        '=HSTACK({1;2},3)',
        [
          [1, 3],
          [2, '#N/A'],
        ],
      ],
      [
        '=VSTACK({1,2},{3,4})',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        '=VSTACK({1,2},3)',
        [
          [1, 2],
          [3, '#N/A'],
        ],
      ],
      ['=FREQUENCY({79;85;78;85;50;81;95;88;97},{70;79;89})', [[1], [2], [4], [2]]],
    ],
  },
  {
    source:
      'support.microsoft.com examples of MDETERM, MINVERSE, MMULT, TREND, GROWTH, LINEST, LOGEST; matrices by hand',
    data: [
      [1, 9, 31, 33100, 0],
      [2, 5, 32, 47300, -1],
      [3, 7, 33, 69000, 5],
      [4, 1, 34, 102000, 7],
      [5, 9, 35, 150000, null],
      [6, 5, 36, 220000, null],
    ],
    cases: [
      ['=MDETERM({1,3,8,5;1,3,6,1;1,1,1,0;7,3,10,2})', about('88.0000000000')],
      ['=MDETERM({3,6,1;1,1,0;3,10,2})', about('1.0000000000')],
      ['=MDETERM({3,6;1,1})', about('-3.0000000000')],
      ['=MDETERM({1,3,8,5;1,3,6,1})', '#VALUE!'],
      [
        '=MINVERSE({4,-1;2,0})',
        [
          [about('0.0'), 0.5],
          [-1, 2],
        ],
      ],
      ['=MINVERSE({1,2;2,4})', '#NUM!'],
      [
        '=MMULT({1,3;7,2},{2,0;0,2})',
        [
          [2, 6],
          [14, 4],
        ],
      ],
      ['=MMULT({1,2;3,4},{5;6})', [[17], [39]]],
      ['=MMULT({1,2},{1,2})', '#VALUE!'],
      ['=LINEST({1;9;5;7},{0;4;2;3})', [[about('2.0000000000'), about('1.0000000000')]]],
      ['=SLOPE({2;3;9;1;8;7;5},{6;5;11;7;5;4;4})', about('0.305556')],
      ['=INTERCEPT({2;3;9;1;8},{6;5;11;7;5})', about('0.0483871')],
      ['=FORECAST(30,{6;7;9;15;21},{20;28;31;38;40})', about('10.607253')],
      ['=STEYX({2;3;9;1;8;7;5},{6;5;11;7;5;4;4})', about('3.305719')],
      ['=INDEX(LOGEST(D1:D6,{11;12;13;14;15;16}),1,1)', about('1.463275628')],
      ['=INDEX(LOGEST(D1:D6,{11;12;13;14;15;16}),1,2)', about('495.3047702')],
      ['=INDEX(GROWTH(D1:D6,{11;12;13;14;15;16}),1,1)', about('32618.20377')],
      ['=INDEX(GROWTH(D1:D6,{11;12;13;14;15;16},{17;18}),2,1)', about('468536.0542')],
      ['=TREND({2;4;6})', [[about('2.0000000000')], [about('4.0000000000')], [about('6.0000000000')]]],
    ],
  },
  {
    source: 'support.microsoft.com examples of the database functions (DSUM and others)',
    data: [
      ['Tree', 'Height', 'Age', 'Yield', 'Profit', 'Height'],
      ['="=Apple"', '>10', null, null, null, '<16'],
      ['="=Pear"'],
      [],
      ['Tree', 'Height', 'Age', 'Yield', 'Profit'],
      ['Apple', 18, 20, 14, 105],
      ['Pear', 12, 12, 10, 96],
      ['Cherry', 13, 14, 9, 105],
      ['Apple', 14, 15, 10, 75],
      ['Pear', 9, 8, 8, 77],
      ['Apple', 8, 9, 6, 45],
    ],
    cases: [
      ['=DSUM(A5:E11,"Profit",A1:A2)', 225],
      ['=DSUM(A5:E11,"Profit",A1:F2)', 75],
      ['=DCOUNT(A5:E11,"Age",A1:F2)', 1],
      ['=DCOUNTA(A5:E11,"Profit",A1:F2)', 1],
      ['=DMAX(A5:E11,"Profit",A1:F3)', 96],
      ['=DMIN(A5:E11,"Profit",A1:B2)', 75],
      ['=DAVERAGE(A5:E11,"Yield",A1:B2)', 12],
      ['=DAVERAGE(A5:E11,3,A5:E11)', 13],
      ['=DPRODUCT(A5:E11,"Yield",A1:F3)', 800],
      ['=DSTDEV(A5:E11,"Yield",A1:A3)', about('2.9664793948')],
      ['=DSTDEVP(A5:E11,"Yield",A1:A3)', about('2.6532998323')],
      ['=DVAR(A5:E11,"Yield",A1:A3)', about('8.8')],
      ['=DVARP(A5:E11,"Yield",A1:A3)', about('7.04')],
      ['=DGET(A5:E11,"Yield",A1:A3)', '#NUM!'],
      ['=DGET(A5:E11,"Yield",A1:F2)', 10],
      ['=DGET(A5:E11,"Yield",{"Tree";"Plum"})', '#VALUE!'],
      ['=DSUM(A5:E11,"Nothing",A1:A2)', '#VALUE!'],
    ],
  },
];
