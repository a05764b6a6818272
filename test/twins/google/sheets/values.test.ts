import { describe, expect, it } from 'vitest';
import { BOB, type Domain, openDomain } from '../domain.ts';

/** An empty spreadsheet and short ways to its values. */
async function book(domain?: Domain) {
  const opened = domain ?? (await openDomain());
  const made = await opened.call('POST /v4/spreadsheets', { properties: { title: 'Book' } });
  const id = String(made.body.spreadsheetId);
  const path = (range: string) => `/v4/spreadsheets/${id}/values/${encodeURIComponent(range)}`;
  return {
    ...opened,
    id,
    get: (range: string, query = '') => opened.call(`GET ${path(range)}${query}`),
    put: (range: string, values: unknown, option = 'RAW', more = '') =>
      opened.call(`PUT ${path(range)}?valueInputOption=${option}${more}`, { values }),
    append: (range: string, values: unknown[][], more = '') =>
      opened.call(`POST ${path(range)}:append?valueInputOption=RAW${more}`, { values }),
    batch: (...requests: object[]) => opened.call(`POST /v4/spreadsheets/${id}:batchUpdate`, { requests }),
  };
}

describe('spreadsheets.create', () => {
  it('makes one sheet of 1000 by 26 with the default properties', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /v4/spreadsheets', { properties: { title: 'New' } });
    expect(body).toMatchObject({
      spreadsheetId: expect.stringMatching(/^1[\w-]{43}$/),
      properties: { title: 'New', locale: 'en_US', autoRecalc: 'ON_CHANGE', timeZone: 'Etc/GMT' },
      sheets: [
        {
          properties: {
            sheetId: 0,
            title: 'Sheet1',
            index: 0,
            sheetType: 'GRID',
            gridProperties: { rowCount: 1000, columnCount: 26 },
          },
        },
      ],
    });
    expect(Object.keys(body).at(-1)).toBe('spreadsheetUrl');
    expect((await call(`GET /drive/v3/files/${body.spreadsheetId}?fields=name`)).body.name).toBe('New');
  });

  it('makes the sheets and cells that are asked for', async () => {
    const { call } = await openDomain();
    const { body } = await call('POST /v4/spreadsheets', {
      sheets: [
        {
          properties: { title: 'A' },
          data: [{ startRow: 1, rowData: [{ values: [{ userEnteredValue: { numberValue: 7 } }] }] }],
        },
        { properties: { title: 'B' } },
      ],
    });
    const read = await call(`GET /v4/spreadsheets/${body.spreadsheetId}/values/A!A1:A2`);
    expect(read.body.values).toEqual([[], ['7']]);
  });
});

describe('values.get', () => {
  it('answers an empty range without values, and a range made whole', async () => {
    const { get } = await book();
    expect((await get("'Sheet1'!A1:B2")).body).toEqual({ range: 'Sheet1!A1:B2', majorDimension: 'ROWS' });
    expect((await get('Sheet1')).body.range).toBe('Sheet1!A1:Z1000');
    expect((await get('A1:1')).body.range).toBe('Sheet1!A1:Z1');
    expect((await get('A:A')).body.range).toBe('Sheet1!A1:A1000');
    expect((await get('D4:A1')).body.range).toBe('Sheet1!A1:D4');
    expect((await get('R2C2')).body.range).toBe('Sheet1!B2');
  });

  it('trims empty ends and fills holes', async () => {
    const { put, get } = await book();
    await put('A1', [
      ['a', '', 'c', ''],
      ['', ''],
      ['x', ''],
    ]);
    expect((await get('A1:D4')).body.values).toEqual([['a', '', 'c'], [], ['x']]);
    expect((await get('A1:D4', '?majorDimension=COLUMNS')).body.values).toEqual([['a', '', 'x'], [], ['c']]);
  });

  it('shows values formatted, plain, and as formulas', async () => {
    const { put, get } = await book();
    await put('A1', [['=4/2', '2020-01-01', 'text', '1,234.5', '50%', true, 0.12]], 'USER_ENTERED');
    expect((await get('A1:G1')).body.values).toEqual([
      ['2', '2020-01-01', 'text', '1,234.50', '50%', 'TRUE', '0.12'],
    ]);
    const plain = await get('A1:G1', '?valueRenderOption=UNFORMATTED_VALUE');
    expect(plain.body.values).toEqual([[2, 43831, 'text', 1234.5, 0.5, true, 0.12]]);
    const dates = '?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING';
    expect((await get('B1', dates)).body.values).toEqual([['2020-01-01']]);
    expect((await get('A1:B1', '?valueRenderOption=FORMULA')).body.values).toEqual([['=4/2', 43831]]);
  });

  it('keeps RAW as it was given', async () => {
    const { put, get } = await book();
    await put('A1', [['=1+1', '12345', '2020-01-01']]);
    const plain = await get('A1:C1', '?valueRenderOption=UNFORMATTED_VALUE');
    expect(plain.body.values).toEqual([['=1+1', '12345', '2020-01-01']]);
  });

  it.each([
    ["'", "it's"],
    ['3/4/2024', 45355],
    ['10:30 pm', 0.9375],
    ['1/2/2024 06:00', 45293.25],
    ['$1,000.50', 1000.5],
    ['1e3', 1000],
    ['TRUE', true],
    ['2020-13-01', '2020-13-01'],
    ['3_1_0', '3_1_0'],
    ['+1-555', -554],
  ])('reads %s as typed', async (text, value) => {
    const { put, get } = await book();
    await put('A1', [[text === "'" ? "'it's" : text]], 'USER_ENTERED');
    expect((await get('A1', '?valueRenderOption=UNFORMATTED_VALUE')).body.values).toEqual([[value]]);
  });

  it('names what it cannot find', async () => {
    const { get } = await book();
    const range = await get('Nowhere!A1');
    expect(range.status).toBe(400);
    expect(range.body.error).toEqual({
      code: 400,
      message: 'Unable to parse range: Nowhere!A1',
      status: 'INVALID_ARGUMENT',
    });
    expect((await get('A2000')).body.error).toMatchObject({
      message: 'Range (Sheet1!A2000) exceeds grid limits. Max rows: 1000, max columns: 26',
    });
    const option = await get('A1', '?valueRenderOption=NICE');
    expect(option.status).toBe(400);
  });

  it('tells a file that is not there from one that may not be seen', async () => {
    const { call, tokenFor, id } = await book();
    const gone = await call('GET /v4/spreadsheets/1abc/values/A1');
    expect(gone.body.error).toEqual({
      code: 404,
      message: 'Requested entity was not found.',
      status: 'NOT_FOUND',
    });
    const hidden = await call(`GET /v4/spreadsheets/${id}/values/A1`, undefined, tokenFor(BOB));
    expect(hidden.body.error).toEqual({
      code: 403,
      message: 'The caller does not have permission',
      status: 'PERMISSION_DENIED',
    });
  });
});

describe('values.update', () => {
  it('counts every cell that it writes, empty ones too, and passes over null', async () => {
    const { put, get } = await book();
    expect(
      (
        await put('A1', [
          ['a', ''],
          ['b', 'c'],
        ])
      ).body,
    ).toMatchObject({
      updatedRange: 'Sheet1!A1:B2',
      updatedRows: 2,
      updatedColumns: 2,
      updatedCells: 4,
    });
    const holes = await put('A1:B2', [
      [null, 'x'],
      [null, null],
    ]);
    expect(holes.body).toMatchObject({
      updatedRange: 'Sheet1!A1:B2',
      updatedRows: 1,
      updatedColumns: 1,
      updatedCells: 1,
    });
    expect((await get('A1:B2')).body.values).toEqual([
      ['a', 'x'],
      ['b', 'c'],
    ]);
  });

  it('refuses values that reach out of the range or the grid', async () => {
    const { put } = await book();
    expect((await put('A1:B2', [['1', '2', '3']])).body.error).toMatchObject({
      message: 'Requested writing within range [Sheet1!A1:B2], but tried writing to column [C]',
    });
    expect((await put('Z1000', [['1', '2']])).body.error).toMatchObject({
      message: 'Range (Sheet1!Z1000:AA1000) exceeds grid limits. Max rows: 1000, max columns: 26',
    });
  });

  it('refuses what is no list of lists, in the words of protobuf', async () => {
    const { put } = await book();
    const { status, body } = await put('A1', 'X');
    expect(status).toBe(400);
    const message = `Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), "X"`;
    expect(body.error).toMatchObject({
      message,
      status: 'INVALID_ARGUMENT',
      details: [{ fieldViolations: [{ field: 'data.values', description: message }] }],
    });
  });

  it('wants to know how to take the input', async () => {
    const { call, id } = await book();
    const { body } = await call(`PUT /v4/spreadsheets/${id}/values/A1`, { values: [['x']] });
    expect(body.error).toMatchObject({ message: "'valueInputOption' is required but not specified" });
  });

  it('shows what it wrote where that is asked for', async () => {
    const { put } = await book();
    const { body } = await put('A1', [['=2*3']], 'USER_ENTERED', '&includeValuesInResponse=true');
    expect(body.updatedData).toEqual({ range: 'Sheet1!A1', majorDimension: 'ROWS', values: [['6']] });
  });
});

describe('values.append', () => {
  it('goes on below the table, and says which there was', async () => {
    const { append } = await book();
    const first = await append('Sheet1', [['h1', 'h2']]);
    expect(first.body).not.toHaveProperty('tableRange');
    expect(first.body.updates).toMatchObject({ updatedRange: 'Sheet1!A1:B1', updatedCells: 2 });
    const second = await append('Sheet1', [['a', 'b']]);
    expect(second.body.tableRange).toBe('Sheet1!A1:B1');
    expect(second.body.updates).toMatchObject({ updatedRange: 'Sheet1!A2:B2' });
  });

  it('takes the table that the range touches: a hole parts two', async () => {
    const { put, append } = await book();
    await put('A1', [['x', '', 'y']]);
    const { body } = await append('A1', [['a', 'b', 'c']]);
    expect(body.tableRange).toBe('Sheet1!A1');
    expect(body.updates).toMatchObject({ updatedRange: 'Sheet1!A2:C2' });
  });

  it('follows the vendor’s own example of two tables', async () => {
    const { put, append } = await book();
    const fill = async () => {
      await put('A1', [
        ['1', '2', '3'],
        ['4', '5', '6'],
      ]);
      await put('B4', [
        ['x', 'y', 'z'],
        ['x', 'y', 'z'],
        ['x', 'y', 'z'],
      ]);
    };
    for (const [range, at] of [
      ['Sheet1', 'Sheet1!B7'],
      ['C5:D5', 'Sheet1!B8'],
      ['B2:D4', 'Sheet1!B9'],
      ['A1', 'Sheet1!A3'],
    ] as const) {
      await fill();
      expect((await append(range, [['new']])).body.updates).toMatchObject({ updatedRange: at });
    }
    const apart = await book();
    expect((await apart.append('E4', [['new']])).body.updates).toMatchObject({ updatedRange: 'Sheet1!E4' });
  });

  it('goes on below what formulas and pivot tables show beside their own cells', async () => {
    const { put, append, batch } = await book();
    await put('A1', [['=SEQUENCE(3)']], 'USER_ENTERED');
    await put('D1', [['city'], ['Ulm'], ['Jena']]);
    expect((await append('A1', [['four']])).body).toMatchObject({
      tableRange: 'Sheet1!A1:A3',
      updates: { updatedRange: 'Sheet1!A4' },
    });
    const pivotTable = {
      source: { startRowIndex: 0, endRowIndex: 3, startColumnIndex: 3, endColumnIndex: 4 },
      rows: [{ sourceColumnOffset: 0, sortOrder: 'ASCENDING', showTotals: true }],
      values: [{ sourceColumnOffset: 0, summarizeFunction: 'COUNTA' }],
    };
    const start = { rowIndex: 0, columnIndex: 6 };
    await batch({ updateCells: { rows: [{ values: [{ pivotTable }] }], start, fields: 'pivotTable' } });
    expect((await append('G1', [['below']])).body).toMatchObject({
      tableRange: 'Sheet1!G1:H4',
      updates: { updatedRange: 'Sheet1!G5' },
    });
  });

  it('sees between two appends what was cleared, filled and moved', async () => {
    const { put, append, call, id, batch } = await book();
    const tableAt = async (range: string) => (await append(range, [['new']])).body.tableRange;
    await put('A1', [['h'], ['a'], ['b'], ['c']]);
    expect(await tableAt('A1')).toBe('Sheet1!A1:A4');
    await call(`POST /v4/spreadsheets/${id}/values/A3:clear`);
    expect(await tableAt('A1')).toBe('Sheet1!A1:A2');
    expect(await tableAt('A1')).toBe('Sheet1!A1:A5');
    await call(`POST /v4/spreadsheets/${id}/values/A5:A6:clear`);
    await put('A6', [['apart']]);
    expect(await tableAt('A1:A3')).toBe('Sheet1!A1:A4');
    await batch({
      insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 3, endIndex: 5 } },
    });
    expect(await tableAt('A1')).toBe('Sheet1!A1:A3');
    expect(await tableAt('A6')).toBe('Sheet1!A6:A8');
  });

  it('with INSERT_ROWS moves what is below down', async () => {
    const { put, append, get } = await book();
    await put('A1', [['h'], ['a'], [''], ['foot']]);
    await append('A1', [['b'], ['c']], '&insertDataOption=INSERT_ROWS');
    expect((await get('A1:A7')).body.values).toEqual([['h'], ['a'], ['b'], ['c'], [], ['foot']]);
  });

  it('makes the grid longer where it is full', async () => {
    const { put, append, call, id } = await book();
    await put('A1000', [['last']]);
    expect((await append('A1000', [['more']])).body.updates).toMatchObject({ updatedRange: 'Sheet1!A1001' });
    const { body } = await call(
      `GET /v4/spreadsheets/${id}?fields=sheets.properties.gridProperties.rowCount`,
    );
    expect(body.sheets).toEqual([{ properties: { gridProperties: { rowCount: 1001 } } }]);
  });
});

describe('clearing and many ranges at once', () => {
  it('empties values and leaves formats', async () => {
    const { put, get, call, id } = await book();
    await put('A1', [['1,000']], 'USER_ENTERED');
    expect((await call(`POST /v4/spreadsheets/${id}/values/A1:clear`)).body).toEqual({
      spreadsheetId: id,
      clearedRange: 'Sheet1!A1',
    });
    await put('A1', [[2000]]);
    expect((await get('A1')).body.values).toEqual([['2,000']]);
  });

  it('reads, writes and clears several ranges', async () => {
    const { call, id } = await book();
    const path = `/v4/spreadsheets/${id}/values`;
    const written = await call(`POST ${path}:batchUpdate`, {
      valueInputOption: 'RAW',
      data: [
        { range: 'A1:B1', values: [['a', 'b']] },
        { range: 'A4:B4', values: [['c', 'd']] },
      ],
    });
    expect(written.body).toMatchObject({
      totalUpdatedRows: 2,
      totalUpdatedColumns: 2,
      totalUpdatedCells: 4,
      totalUpdatedSheets: 1,
    });
    const read = await call(`GET ${path}:batchGet?ranges=A1&ranges=A4:B4`);
    expect(read.body.valueRanges).toMatchObject([{ values: [['a']] }, { values: [['c', 'd']] }]);
    const cleared = await call(`POST ${path}:batchClear`, { ranges: ['A1', 'A4'] });
    expect(cleared.body.clearedRanges).toEqual(['Sheet1!A1', 'Sheet1!A4']);
    const filtered = await call(`POST ${path}:batchGetByDataFilter`, { dataFilters: [{ a1Range: 'A1:B4' }] });
    expect(filtered.body.valueRanges).toMatchObject([
      { valueRange: { values: [['', 'b'], [], [], ['', 'd']] }, dataFilters: [{ a1Range: 'A1:B4' }] },
    ]);
  });

  it('writes all ranges or none', async () => {
    const { call, id, get } = await book();
    const failed = await call(`POST /v4/spreadsheets/${id}/values:batchUpdate`, {
      valueInputOption: 'RAW',
      data: [
        { range: 'A1', values: [['a']] },
        { range: 'Nowhere!A1', values: [['b']] },
      ],
    });
    expect(failed.status).toBe(400);
    expect((await get('A1')).body).not.toHaveProperty('values');
  });
});
