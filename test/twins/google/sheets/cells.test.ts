import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const write = (cell: object, fields = '*') => ({
  updateCells: { start: { sheetId: 0, rowIndex: 0, columnIndex: 0 }, rows: [{ values: [cell] }], fields },
});
const text = (stringValue: string) => ({ userEnteredValue: { stringValue } });

describe('cells', () => {
  it('lead where their formula, their format or the run over all their text leads', async () => {
    const { done, read } = await book();
    const link = { link: { uri: 'https://acme.example/b' } };
    const rows = [
      { userEnteredValue: { formulaValue: '=HYPERLINK("https://acme.example/a", "a")' } },
      { ...text('b'), userEnteredFormat: { textFormat: link } },
      { ...text('c'), textFormatRuns: [{ format: link }] },
      { ...text('de'), textFormatRuns: [{ startIndex: 1, format: link }] },
    ].map((cell) => ({ values: [cell] }));
    await done({ updateCells: { start: {}, rows, fields: '*' } });
    const { sheets } = await read(
      'sheets.data.rowData.values(hyperlink,effectiveFormat.hyperlinkDisplayType)',
    );
    const cell = (hyperlink: string | undefined, hyperlinkDisplayType: string) => ({
      values: [{ ...(hyperlink ? { hyperlink } : {}), effectiveFormat: { hyperlinkDisplayType } }],
    });
    expect(sheets).toEqual([
      {
        data: [
          {
            rowData: [
              cell('https://acme.example/a', 'LINKED'),
              cell('https://acme.example/b', 'LINKED'),
              cell('https://acme.example/b', 'LINKED'),
              cell(undefined, 'PLAIN_TEXT'),
            ],
          },
        ],
      },
    ]);
  });

  it('lose their runs when a new value is written', async () => {
    const { done, read, call, path } = await book();
    await done(write({ ...text('abc'), textFormatRuns: [{ startIndex: 1, format: { bold: true } }] }));
    const runs = async () => JSON.stringify(await read('sheets.data.rowData.values.textFormatRuns'));
    expect(await runs()).toContain('"startIndex":1');
    await call(`PUT ${path}/values/A1?valueInputOption=RAW`, { values: [['x']] });
    expect(await runs()).not.toContain('textFormatRuns');
  });

  it.each([
    [{ userEnteredValue: { numberValue: 1 }, textFormatRuns: [{ format: {} }] }, 'string values'],
    [
      { ...text('ab'), textFormatRuns: [{ startIndex: 2, format: {} }] },
      'less than the length of the string[2]',
    ],
    [{ ...text('ab'), textFormatRuns: [{ startIndex: 1 }, { startIndex: 0 }] }, 'in order'],
    [
      { ...text('no'), chipRuns: [{ chip: { personProperties: { email: 'a@b.example' } } }] },
      "'@' placeholder",
    ],
    [
      { ...text('@'), chipRuns: [{ chip: { richLinkProperties: { uri: 'https://acme.example' } } }] },
      'Only Drive files',
    ],
    [text('x'.repeat(50_001)), 'maximum of 50000 characters'],
    [{ userEnteredFormat: { textRotation: { angle: 91 } } }, 'between -90 and 90'],
    [{ userEnteredFormat: { textFormat: { fontSize: 500 } } }, 'fontSize'],
    [{ userEnteredValue: { errorValue: { type: 'REF' } } }, 'read-only'],
  ])('are refused %#', async (cell, message) => {
    const { refused } = await book();
    expect(await refused(write(cell))).toContain(message);
  });

  it('keep what is computed to the product', async () => {
    const { done, read } = await book();
    await done(write({ ...text('a'), formattedValue: 'b', effectiveValue: { numberValue: 3 } }));
    const { sheets } = await read('sheets.data.rowData.values(formattedValue,effectiveValue)');
    const cell = { formattedValue: 'a', effectiveValue: { stringValue: 'a' } };
    expect(sheets).toEqual([{ data: [{ rowData: [{ values: [cell] }] }] }]);
  });

  it('have borders as wide as their style says, until it is NONE', async () => {
    const { done, read } = await book();
    const thick = { style: 'SOLID_THICK', width: 9, color: { red: 1 } };
    await done({
      updateBorders: { range: range(0, 2, 0, 1), top: thick, innerHorizontal: { style: 'DOTTED' } },
    });
    const borders = async () =>
      JSON.parse(JSON.stringify((await read('sheets.data.rowData.values.userEnteredFormat.borders')).sheets));
    const dotted = { style: 'DOTTED', width: 1, color: {}, colorStyle: { rgbColor: {} } };
    const red = { style: 'SOLID_THICK', width: 3, color: { red: 1 }, colorStyle: { rgbColor: { red: 1 } } };
    expect((await borders())[0].data[0].rowData).toEqual([
      { values: [{ userEnteredFormat: { borders: { top: red, bottom: dotted } } }] },
      { values: [{ userEnteredFormat: { borders: { top: dotted } } }] },
    ]);
    await done({
      updateBorders: { range: range(0, 2, 0, 1), top: { style: 'NONE' }, innerHorizontal: { style: 'NONE' } },
    });
    expect((await borders())[0].data[0]).toEqual({});
  });

  it.each([
    ['userEnteredFormat.bold', 'user_entered_format.bold'],
    ['cell.note', 'cell'],
  ])('have no field %s', async (fields, named) => {
    const { refused } = await book();
    expect(await refused({ repeatCell: { range: range(0, 1, 0, 1), cell: { note: 'x' }, fields } })).toBe(
      `Invalid requests[0].repeatCell: Invalid field: ${named}`,
    );
  });

  it('are not written outside of what a request covers', async () => {
    const { refused } = await book();
    const rows = [{ values: [text('a'), text('b')] }];
    const wide = { updateCells: { range: range(0, 1, 0, 1), rows, fields: '*' } };
    expect(await refused(wide)).toContain(
      'Attempting to write column: 1, beyond the last requested column of: 0',
    );
    const far = { updateCells: { start: { rowIndex: 1000 }, rows, fields: '*' } };
    expect(await refused(far)).toContain(
      'Attempting to write row: 1000, beyond the last requested row of: 999',
    );
  });
});

describe('names of ranges', () => {
  it('are followed by formulas when they change', async () => {
    const { done, reply, values } = await book([[2, '=Rate*10', '="Rate"&Rate']]);
    const namedRange = { name: 'Rate', range: range(0, 1, 0, 1) };
    const made = await reply<{ namedRange: { namedRangeId: string } }>({ addNamedRange: { namedRange } });
    const { namedRangeId } = made.namedRange;
    await done({ updateNamedRange: { namedRange: { namedRangeId, name: 'Price' }, fields: 'name' } });
    expect(await values('B1:C1', '?valueRenderOption=FORMULA')).toEqual([['=Price*10', '="Rate"&Price']]);
    expect(await values('B1:C1')).toEqual([['20', 'Rate2']]);
  });

  it.each(['A1', 'R1C1', 'true', '1st', 'two words', ''])('cannot be %j', async (name) => {
    const { refused } = await book();
    const namedRange = { name, range: range(0, 1, 0, 1) };
    expect(await refused({ addNamedRange: { namedRange } })).toContain('is not valid for a named range');
  });
});

describe('values', () => {
  it('are texts, numbers and truths; objects and lists are refused as they were sent', async () => {
    const { call, path } = await book();
    const send = async (value: unknown) => {
      const { body } = await call(`PUT ${path}/values/A1?valueInputOption=RAW`, { values: [['a', value]] });
      return (body.error as unknown as { message: string }).message;
    };
    expect(await send({ b: 1 })).toBe(
      'Invalid values[0][1]: struct_value {\n  fields {\n    key: "b"\n    value {\n      number_value: 1\n    }\n  }\n}\n',
    );
    expect(await send(['c'])).toBe(
      'Invalid values[0][1]: list_value {\n  values {\n    string_value: "c"\n  }\n}\n',
    );
  });

  it('answer a write to a larger range with all of it', async () => {
    const { call, path } = await book([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const query = 'valueInputOption=RAW&includeValuesInResponse=true';
    const { body } = await call(`PUT ${path}/values/A1:B2?${query}`, { values: [['x']] });
    expect(body).toMatchObject({
      updatedRange: 'Sheet1!A1',
      updatedData: {
        range: 'Sheet1!A1:B2',
        values: [
          ['x', 'b'],
          ['c', 'd'],
        ],
      },
    });
  });

  it('are selected by filters of any kind, each range once', async () => {
    const { call, path } = await book([['a', 'b']]);
    const dataFilters = [{ a1Range: 'A1' }, { gridRange: range(0, 1, 0, 1) }, { a1Range: 'B1' }];
    const { body } = await call(`POST ${path}/values:batchGetByDataFilter`, { dataFilters });
    expect(body.valueRanges).toEqual([
      {
        valueRange: { range: 'Sheet1!A1', majorDimension: 'ROWS', values: [['a']] },
        dataFilters: dataFilters.slice(0, 2),
      },
      {
        valueRange: { range: 'Sheet1!B1', majorDimension: 'ROWS', values: [['b']] },
        dataFilters: [dataFilters[2]],
      },
    ]);
    const none = await call(`POST ${path}/values:batchGetByDataFilter`, { dataFilters: [{}] });
    expect(none.status).toBe(400);
  });
});
