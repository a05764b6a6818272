/**
 * `QUERY`: the examples of the language reference over its own table of employees, and the names of columns as
 * https://github.com/google/google-visualization-java makes them.
 */
import type { CaseTable } from './cases.ts';

const EMPLOYEES = [
  ['name', 'dept', 'lunchTime', 'salary', 'hireDate', 'age', 'isSenior', 'seniorityStartTime'],
  ['John', 'Eng', '12:00:00', 1000, '2005-03-19', 35, true, '2007-12-02 15:56:00'],
  ['Dave', 'Eng', '12:00:00', 500, '2006-04-19', 27, false, null],
  ['Sally', 'Eng', '13:00:00', 600, '2005-10-10', 30, false, null],
  ['Ben', 'Sales', '12:00:00', 400, '2002-10-10', 32, true, '2005-03-09 12:30:00'],
  ['Dana', 'Sales', '12:00:00', 350, '2004-09-08', 25, false, null],
  ['Mike', 'Marketing', '13:00:00', 800, '2005-01-10', 24, true, '2007-12-30 14:40:00'],
];

export const QUERY_CASES: readonly CaseTable[] = [
  {
    source:
      'developers.google.com/chart/interactive/docs/querylanguage: examples over its table of employees',
    data: EMPLOYEES,
    cases: [
      [
        '=QUERY(A1:H7,"select A, D where D > 700",1)',
        [
          ['name', 'salary'],
          ['John', 1000],
          ['Mike', 800],
        ],
      ],
      [
        '=QUERY(A1:H7,"select A, D where D > 700")',
        [
          ['name', 'salary'],
          ['John', 1000],
          ['Mike', 800],
        ],
      ],
      ['=QUERY(A1:H7,"select Col1 where Col4 > 700",1)', [['name'], ['John'], ['Mike']]],
      ['=QUERY({A1:H7},"select Col1 where Col4 > 700",1)', [['name'], ['John'], ['Mike']]],
      [
        '=QUERY(A1:H7,"select B, max(D) group by B",1)',
        [
          ['dept', 'max salary'],
          ['Eng', 1000],
          ['Marketing', 800],
          ['Sales', 400],
        ],
      ],
      ['=QUERY(A1:H7,"select count(A)",1)', [['count name'], [6]]],
      [
        '=QUERY(A1:H7,"select max(D), min(D), avg(F), sum(D), count(A)",1)',
        [
          ['max salary', 'min salary', 'avg age', 'sum salary', 'count name'],
          [1000, 350, 173 / 6, 3650, 6],
        ],
      ],
      ['=QUERY(A1:H7,"select A where B = \'Eng\' and D >= 600",1)', [['name'], ['John'], ['Sally']]],
      ['=QUERY(A1:H7,"select A where D < 400 or not (F >= 25)",1)', [['name'], ['Dana'], ['Mike']]],
      ['=QUERY(A1:H7,"select A where (D > 500 or F < 26) and G = true",1)', [['name'], ['John'], ['Mike']]],
      ['=QUERY(A1:H7,"select A where A starts with \'Da\'",1)', [['name'], ['Dave'], ['Dana']]],
      ['=QUERY(A1:H7,"select A where A ends with \'n\'",1)', [['name'], ['John'], ['Ben']]],
      ['=QUERY(A1:H7,"select A where A contains \'an\'",1)', [['name'], ['Dana']]],
      ['=QUERY(A1:H7,"select A where A matches \'.*e\'",1)', [['name'], ['Dave'], ['Mike']]],
      ['=QUERY(A1:H7,"select A where A like \'_a%\'",1)', [['name'], ['Dave'], ['Sally'], ['Dana']]],
      ['=QUERY(A1:H7,"select A where H is null",1)', [['name'], ['Dave'], ['Sally'], ['Dana']]],
      ['=QUERY(A1:H7,"select A where H is not null",1)', [['name'], ['John'], ['Ben'], ['Mike']]],
      ['=QUERY(A1:H7,"select A where B != \'Eng\'",1)', [['name'], ['Ben'], ['Dana'], ['Mike']]],
      ['=QUERY(A1:H7,"select A order by D desc limit 2",1)', [['name'], ['John'], ['Mike']]],
      ['=QUERY(A1:H7,"select A order by B, D desc limit 2 offset 1",1)', [['name'], ['Sally'], ['Dave']]],
      ['=QUERY(A1:H7,"select A skipping 3",1)', [['name'], ['John'], ['Ben']]],
      [
        '=QUERY(A1:H7,"select B, sum(D) group by B order by sum(D) desc",1)',
        [
          ['dept', 'sum salary'],
          ['Eng', 2100],
          ['Marketing', 800],
          ['Sales', 750],
        ],
      ],
      [
        "=QUERY(A1:H7,\"select B, sum(D) group by B label B 'Department', sum(D) 'Total'\",1)",
        [
          ['Department', 'Total'],
          ['Eng', 2100],
          ['Marketing', 800],
          ['Sales', 750],
        ],
      ],
      ['=QUERY(A1:H7,"select sum(D) label sum(D) \'\'",1)', [[3650]]],
      ['=QUERY(A1:H7,"select upper(A) where B = \'Sales\'",1)', [['upper(name)'], ['BEN'], ['DANA']]],
      [
        '=QUERY(A1:H7,"select lower(B), count(A) group by lower(B)",1)',
        [
          ['lower(dept)', 'count name'],
          ['eng', 3],
          ['marketing', 1],
          ['sales', 2],
        ],
      ],
      [
        '=QUERY(A1:H7,"select A, D+F where A = \'John\'",1)',
        [
          ['name', 'sum(salaryage)'],
          ['John', 1035],
        ],
      ],
      ['=QUERY(A1:H7,"select max(D)-min(D) label max(D)-min(D) \'spread\'",1)', [['spread'], [650]]],
      [
        '=QUERY(A1:H7,"select sum(D) pivot B",1)',
        [
          ['Eng', 'Marketing', 'Sales'],
          [2100, 800, 750],
        ],
      ],
      [
        '=QUERY(A1:H7,"select F, sum(D) where F > 30 group by F pivot B",1)',
        [
          ['age', 'Eng', 'Sales'],
          [32, '', 400],
          [35, 1000, ''],
        ],
      ],
      [
        '=QUERY(A1:H7,"select sum(D), max(F) where B <> \'Marketing\' pivot B",1)',
        [
          ['Eng sum salary', 'Eng max age', 'Sales sum salary', 'Sales max age'],
          [2100, 35, 750, 32],
        ],
      ],
      ['=QUERY(A1:H7,"select `A` where D = 350",1)', [['name'], ['Dana']]],
      [
        '=QUERY(A2:H7,"select A, D where D > 700",0)',
        [
          ['John', 1000],
          ['Mike', 800],
        ],
      ],
      [
        '=QUERY(A2:D7,"select B, sum(D) group by B",0)',
        [
          ['', 'sum '],
          ['Eng', 2100],
          ['Marketing', 800],
          ['Sales', 750],
        ],
      ],
      [
        '=QUERY(A1:B3)',
        [
          ['name', 'dept'],
          ['John', 'Eng'],
          ['Dave', 'Eng'],
        ],
      ],
    ],
  },
  {
    source: 'developers.google.com/chart/interactive/docs/querylanguage: dates and scalar functions',
    data: EMPLOYEES,
    cases: [
      ['=QUERY(A1:H7,"select A where E > date \'2005-06-01\'",1)', [['name'], ['Dave'], ['Sally']]],
      ['=QUERY(A1:H7,"select A where H < datetime \'2006-01-01 00:00:00\'",1)', [['name'], ['Ben']]],
      ['=QUERY(A1:H7,"select A where C = timeofday \'13:00:00\'",1)', [['name'], ['Sally'], ['Mike']]],
      [
        '=QUERY(A1:H7,"select year(E), count(A) group by year(E)",1)',
        [
          ['year(hireDate)', 'count name'],
          [2002, 1],
          [2004, 1],
          [2005, 3],
          [2006, 1],
        ],
      ],
      [
        '=QUERY(A1:H7,"select month(E), day(E), quarter(E) where A = \'John\'",1)',
        [
          ['month(hireDate)', 'day(hireDate)', 'quarter(hireDate)'],
          [2, 19, 1],
        ],
      ],
      [
        '=QUERY(A1:H7,"select hour(H), minute(H), second(H), dayOfWeek(H) where A = \'John\'",1)',
        [
          [
            'hour(seniorityStartTime)',
            'minute(seniorityStartTime)',
            'second(seniorityStartTime)',
            'dayOfWeek(seniorityStartTime)',
          ],
          [15, 56, 0, 1],
        ],
      ],
      [
        "=QUERY(A1:H7,\"select dateDiff(E, date '2005-01-01') where A = 'John' label dateDiff(E, date '2005-01-01') 'days'\",1)",
        [['days'], [77]],
      ],
    ],
  },
  {
    source: 'the refusals of google-visualization-java (messages_en_US) and Sheets’ empty output',
    data: EMPLOYEES,
    cases: [
      ['=QUERY(A1:H7,"select Z",1)', '#VALUE!'],
      ['=QUERY(A1:H7,"select A, sum(D)",1)', '#VALUE!'],
      ['=QUERY(A1:H7,"select sum(A)",1)', '#VALUE!'],
      ['=QUERY(A1:H7,"selekt A",1)', '#VALUE!'],
      ['=QUERY(A1:H7,"select A where sum(D) > 1",1)', '#VALUE!'],
      ['=QUERY(A1:H7,"select A label B \'x\'",1)', '#VALUE!'],
      ['=QUERY(A2:H7,"select A where D > 9999",0)', '#N/A'],
    ],
  },
];
