/** What follows from edits is what would be computed anew: random edits, each compared with a fork that starts cold. */
import { describe, expect, it } from 'vitest';
import { universeFetch } from '../../../../src/inprocess/fetch.ts';
import { type Draw, draw } from '../../../../src/prng.ts';
import { openDomain } from '../domain.ts';

const ROWS = 14;
const COLUMNS = 'ABCDEFGH'.split('');

describe('after any edit every cell shows what a calculation from nothing shows', () => {
  it.each([1, 2, 3, 4, 5, 6])('of seed %i', async (seed) => {
    const { call, universe, registry, token } = await openDomain();
    const { body } = await call('POST /v4/spreadsheets', {
      sheets: [
        { properties: { title: 'One', gridProperties: { rowCount: ROWS, columnCount: COLUMNS.length } } },
        {
          properties: {
            title: 'Two',
            sheetId: 7,
            gridProperties: { rowCount: ROWS, columnCount: COLUMNS.length },
          },
        },
      ],
    });
    const path = `/v4/spreadsheets/${body.spreadsheetId}`;
    const fields =
      'fields=sheets(properties.gridProperties,data.rowData.values(userEnteredValue,effectiveValue,formattedValue))';
    const random = draw(seed, 'edits');
    for (let edit = 0; edit < 60; edit++) {
      const [request, input] = anyEdit(random, path);
      await call(request, input);
      const warm = await call(`GET ${path}?${fields}`);
      expect(warm.status, warm.text).toBe(200);
      const cold = registry.fork(universe);
      const response = await universeFetch(cold)(`http://orrery.test/u/${cold.id}/google${path}?${fields}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      const anew = await response.json();
      registry.drop(cold.id);
      expect(warm.body, `seed ${seed}, edit ${edit}: ${request} ${JSON.stringify(input)}`).toEqual(anew);
    }
  });
});

type Edit = [request: string, input: unknown];

function anyEdit(random: Draw, path: string): Edit {
  const kind = random.int(1, 20);
  if (kind <= 13) return written(random, path, 1);
  if (kind <= 14) return written(random, path, 3);
  if (kind === 15) return [`POST ${path}/values/${title(random)}!${anyRange(random)}:clear`, {}];
  const batch = (...requests: object[]): Edit => [`POST ${path}:batchUpdate`, { requests }];
  const range = () => {
    const startIndex = random.int(0, 8);
    return {
      sheetId: random.pick([0, 7]),
      dimension: random.pick(['ROWS', 'COLUMNS']),
      startIndex,
      endIndex: startIndex + random.int(1, 2),
    };
  };
  if (kind <= 17) return batch({ insertDimension: { range: range() } });
  if (kind === 18) return batch({ deleteDimension: { range: range() } });
  // Refused as a whole: what its first part did goes back.
  if (kind === 19) return batch({ insertDimension: { range: range() } }, { deleteSheet: { sheetId: 99 } });
  const columns = { sheetId: random.pick([0, 7]), dimension: random.pick(['ROWS', 'COLUMNS']), length: 1 };
  return batch({ appendDimension: columns });
}

function written(random: Draw, path: string, size: number): Edit {
  const values = Array.from({ length: size }, () => Array.from({ length: size }, () => anyEntry(random)));
  const at = `${title(random)}!${anyCell(random)}`;
  return [`PUT ${path}/values/${at}?valueInputOption=USER_ENTERED`, { values }];
}

const title = (random: Draw): string => random.pick(['One', 'One', 'Two']);
const anyCell = (random: Draw): string => `${random.pick(COLUMNS)}${random.int(1, 10)}`;

function anyRange(random: Draw): string {
  const [a, b] = [random.int(0, 5), random.int(1, 8)];
  const to = { column: COLUMNS[a + random.int(0, 2)] ?? 'H', row: b + random.int(0, 3) };
  const kind = random.int(1, 8);
  if (kind === 1) return `${COLUMNS[a]}:${to.column}`;
  if (kind === 2) return `${COLUMNS[a]}${b}:${to.column}`;
  return `${COLUMNS[a]}${b}:${to.column}${to.row}`;
}

function anyEntry(random: Draw): string | number {
  const range = () => (random.int(1, 5) === 1 ? `Two!${anyRange(random)}` : anyRange(random));
  const cell = () => anyCell(random);
  switch (random.int(1, 22)) {
    case 1:
    case 2:
    case 3:
    case 4:
      return random.int(0, 9);
    case 5:
      return random.pick(['a', 'b', '10%', '$5', '2024-01-02', 'TRUE']);
    case 6:
    case 7:
      return '';
    case 8:
      return `=SUM(${range()})`;
    case 9:
      return `=${cell()}+${cell()}`;
    case 10:
      return `=IF(${cell()}>3,${cell()},SUM(${range()}))`;
    case 11:
      return `={${range()}}`;
    case 12:
      return `=UNIQUE(${range()})`;
    case 13:
      return `=SEQUENCE(${random.int(1, 4)},${random.int(1, 2)})`;
    case 14:
      return `=SEQUENCE(${cell()})`;
    case 15:
      return `=ARRAYFORMULA(${range()}*2)`;
    case 16:
      return `=IFERROR(${cell()}*2,COUNTA(${range()}))`;
    case 17:
      return `=INDIRECT("${cell()}")`;
    case 18:
      return `=OFFSET(${cell()},1,0,${random.int(1, 3)},1)`;
    case 19:
      return `=INDEX(${range()},${random.int(0, 2)},${random.int(0, 2)})`;
    case 20:
      return `=SUM(${cell()}:INDEX(${range()},1))`;
    case 21:
      return `=COUNT(${range()})&ISFORMULA(${cell()})`;
    default:
      return `=FILTER(${range()},${range()}>2)`;
  }
}
