import { describe, expect, it } from 'vitest';
import { openDomain } from '../domain.ts';

async function book(rows: unknown[][] = []) {
  const opened = await openDomain();
  const made = await opened.call('POST /v4/spreadsheets', { properties: { title: 'Book' } });
  const path = `/v4/spreadsheets/${made.body.spreadsheetId}`;
  if (rows.length > 0)
    await opened.call(`PUT ${path}/values/A1?valueInputOption=USER_ENTERED`, { values: rows });
  return {
    ...opened,
    path,
    values: async (range: string) => (await opened.call(`GET ${path}/values/${range}`)).body.values,
    get: async (fields: string, more = '') => (await opened.call(`GET ${path}?fields=${fields}${more}`)).body,
    batch: (...requests: object[]) => opened.call(`POST ${path}:batchUpdate`, { requests }),
  };
}

const range = (
  startRowIndex: number,
  endRowIndex: number,
  startColumnIndex: number,
  endColumnIndex: number,
) => ({
  sheetId: 0,
  startRowIndex,
  endRowIndex,
  startColumnIndex,
  endColumnIndex,
});

describe('spreadsheets.batchUpdate', () => {
  it('answers one reply for each request', async () => {
    const { batch } = await book();
    const { body } = await batch(
      { addSheet: { properties: { title: 'Two' } } },
      { updateSpreadsheetProperties: { properties: { title: 'T' }, fields: 'title' } },
    );
    expect(body.replies).toEqual([
      {
        addSheet: {
          properties: {
            sheetId: expect.any(Number),
            title: 'Two',
            index: 1,
            sheetType: 'GRID',
            gridProperties: { rowCount: 1000, columnCount: 26 },
          },
        },
      },
      {},
    ]);
  });

  it('does all requests or none, and names the one at fault', async () => {
    const { batch, get } = await book();
    const { status, body } = await batch(
      { addSheet: { properties: { title: 'Two' } } },
      { deleteSheet: { sheetId: 99 } },
    );
    expect(status).toBe(400);
    expect(body.error).toEqual({
      code: 400,
      message: 'Invalid requests[1].deleteSheet: No sheet with id: 99',
      status: 'INVALID_ARGUMENT',
    });
    expect((await get('sheets.properties.title')).sheets).toHaveLength(1);
  });

  it('refuses a request that there is not', async () => {
    const { batch } = await book();
    const { body } = await batch({ doMagic: {} });
    expect(body.error).toMatchObject({
      message: `Invalid JSON payload received. Unknown name "doMagic" at 'requests[0]': Cannot find field.`,
    });
    expect((await batch()).body.error).toMatchObject({ message: 'Must specify at least one request.' });
  });
});

describe('sheets', () => {
  it('are named once, reordered, hidden but for one, and deleted but for one', async () => {
    const { batch, get } = await book();
    const made = await batch({ addSheet: { properties: { sheetId: 7, title: 'Two', index: 0 } } });
    expect(made.status).toBe(200);
    expect(await get('sheets.properties(title,index)')).toEqual({
      sheets: [{ properties: { title: 'Two', index: 0 } }, { properties: { title: 'Sheet1', index: 1 } }],
    });
    const twice = await batch({ addSheet: { properties: { title: 'two' } } });
    expect(twice.body.error).toMatchObject({
      message:
        'Invalid requests[0].addSheet: A sheet with the name "two" already exists. Please enter another name.',
    });
    await batch({ updateSheetProperties: { properties: { sheetId: 7, index: 2 }, fields: 'index' } });
    expect((await get('sheets.properties.title')).sheets).toMatchObject([
      { properties: { title: 'Sheet1' } },
      { properties: { title: 'Two' } },
    ]);
    const hide = (sheetId: number) => ({
      updateSheetProperties: { properties: { sheetId, hidden: true }, fields: 'hidden' },
    });
    expect((await batch(hide(7))).status).toBe(200);
    expect((await batch(hide(0))).body.error).toMatchObject({
      message: "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
    });
    await batch({ deleteSheet: { sheetId: 7 } });
    expect((await batch({ deleteSheet: { sheetId: 0 } })).status).toBe(400);
  });

  it('take a colour back in eight bits, and lose what is outside a smaller grid', async () => {
    const { batch, get, values } = await book([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const tabColorStyle = { rgbColor: { red: 1, green: 0, blue: 0.5 } };
    await batch({
      updateSheetProperties: { properties: { sheetId: 0, tabColorStyle }, fields: 'tabColorStyle' },
    });
    expect(await get('sheets.properties.tabColorStyle')).toEqual({
      sheets: [{ properties: { tabColorStyle: { rgbColor: { red: 1, blue: 0.49803922 } } } }],
    });
    const gridProperties = { rowCount: 1, columnCount: 5 };
    const fields = 'gridProperties/rowCount,gridProperties/columnCount';
    await batch({ updateSheetProperties: { properties: { sheetId: 0, gridProperties }, fields } });
    expect(await values('Sheet1')).toEqual([['a', 'b']]);
  });

  it('are copied within a spreadsheet and into another', async () => {
    const { batch, call, path, fileId } = await book([['x']]);
    const { body } = await batch({ duplicateSheet: { sourceSheetId: 0, newSheetName: 'Twin' } });
    expect(body.replies).toMatchObject([{ duplicateSheet: { properties: { title: 'Twin', index: 0 } } }]);
    const other = await fileId('Budget');
    const copied = await call(`POST ${path}/sheets/0:copyTo`, { destinationSpreadsheetId: other });
    expect(copied.body).toMatchObject({ title: 'Copy of Sheet1', index: 1 });
    const again = await call(`POST ${path}/sheets/0:copyTo`, { destinationSpreadsheetId: other });
    expect(again.body.title).toBe('Copy of Sheet1 1');
    expect((await call(`GET /v4/spreadsheets/${other}/values/Copy of Sheet1!A1`)).body.values).toEqual([
      ['x'],
    ]);
  });
});

describe('cells', () => {
  it('take values, notes and formats by mask, and are read back by mask', async () => {
    const { batch, get } = await book();
    await batch({
      updateCells: {
        range: range(0, 2, 0, 2),
        fields: 'note,userEnteredValue',
        rows: [{ values: [{ note: 'n' }] }, { values: [{}, { userEnteredValue: { numberValue: 3 } }] }],
      },
    });
    expect(await get('sheets.data.rowData.values.note')).toEqual({
      sheets: [{ data: [{ rowData: [{ values: [{ note: 'n' }] }] }] }],
    });
    const textFormat = { bold: true, foregroundColor: { red: 1 } };
    await batch({
      repeatCell: {
        range: range(1, 2, 1, 2),
        cell: { userEnteredFormat: { textFormat } },
        fields: 'userEnteredFormat.textFormat',
      },
    });
    expect(await get('sheets.data.rowData.values.userEnteredFormat', '&ranges=B2')).toEqual({
      sheets: [
        {
          data: [
            {
              rowData: [
                {
                  values: [
                    {
                      userEnteredFormat: {
                        textFormat: { ...textFormat, foregroundColorStyle: { rgbColor: { red: 1 } } },
                      },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('repeat a formula whose references follow', async () => {
    const { batch, values } = await book([[1], [2]]);
    const cell = { userEnteredValue: { formulaValue: '=A1*10' } };
    await batch({ repeatCell: { range: range(0, 2, 1, 2), cell, fields: 'userEnteredValue' } });
    expect(await values('A1:B2')).toEqual([
      ['1', '10'],
      ['2', '20'],
    ]);
  });

  it('are copied, cut, sorted, found and replaced', async () => {
    const { batch, values } = await book([
      ['b', 2],
      ['a', 3],
      ['c', 1],
    ]);
    await batch({
      sortRange: { range: range(0, 3, 0, 2), sortSpecs: [{ dimensionIndex: 1, sortOrder: 'DESCENDING' }] },
    });
    expect(await values('A1:A3')).toEqual([['a'], ['b'], ['c']]);
    await batch(
      { copyPaste: { source: range(0, 2, 0, 1), destination: range(0, 2, 3, 4), pasteType: 'PASTE_NORMAL' } },
      { cutPaste: { source: range(0, 1, 0, 2), destination: { sheetId: 0, rowIndex: 4, columnIndex: 0 } } },
    );
    expect(await values('A1:D5')).toEqual([
      ['', '', '', 'a'],
      ['b', '2', '', 'b'],
      ['c', '1'],
      [],
      ['a', '3'],
    ]);
    const { body } = await batch({ findReplace: { find: 'A', replacement: 'z', allSheets: true } });
    expect(body.replies).toEqual([
      { findReplace: { valuesChanged: 2, rowsChanged: 2, sheetsChanged: 1, occurrencesChanged: 2 } },
    ]);
    expect(await values('A5')).toEqual([['z']]);
  });

  it('are appended below the last row, and validated by a rule that is kept', async () => {
    const { batch, values, get } = await book([['a']]);
    const rows = [{ values: [{ userEnteredValue: { stringValue: 'b' } }] }];
    const rule = { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'y' }] }, strict: true };
    await batch(
      { appendCells: { sheetId: 0, rows, fields: 'userEnteredValue' } },
      { setDataValidation: { range: range(0, 1, 0, 1), rule } },
    );
    expect(await values('A1:A2')).toEqual([['a'], ['b']]);
    expect(await get('sheets.data.rowData.values.dataValidation', '&ranges=A1')).toEqual({
      sheets: [{ data: [{ rowData: [{ values: [{ dataValidation: rule }] }] }] }],
    });
  });
});

describe('rows and columns', () => {
  it('are put in, taken out and added at the end', async () => {
    const { batch, values, get } = await book([['a', 'b', 'c']]);
    const columns = (startIndex: number, endIndex: number) => ({
      sheetId: 0,
      dimension: 'COLUMNS',
      startIndex,
      endIndex,
    });
    await batch({ insertDimension: { range: columns(1, 3) } });
    expect(await values('A1:E1')).toEqual([['a', '', '', 'b', 'c']]);
    await batch({ deleteDimension: { range: columns(0, 2) } });
    expect(await values('A1:C1')).toEqual([['', 'b', 'c']]);
    await batch({ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 5 } });
    expect(await get('sheets.properties.gridProperties')).toMatchObject({
      sheets: [{ properties: { gridProperties: { rowCount: 1005, columnCount: 26 } } }],
    });
    expect((await batch({ deleteDimension: { range: columns(0, 26) } })).body.error).toMatchObject({
      message: "Invalid requests[0].deleteDimension: You can't delete all the columns on the sheet.",
    });
  });

  it('have widths and groups', async () => {
    const { batch, get } = await book([['a long text that needs room']]);
    const dimensions = { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 2 };
    await batch(
      { autoResizeDimensions: { dimensions } },
      {
        updateDimensionProperties: {
          range: { ...dimensions, startIndex: 1 },
          properties: { pixelSize: 42 },
          fields: 'pixelSize',
        },
      },
    );
    const body = await get('sheets.data.columnMetadata.pixelSize');
    const [sheet] = body.sheets as unknown as { data: { columnMetadata: { pixelSize: number }[] }[] }[];
    const sizes = sheet?.data[0]?.columnMetadata.map((one) => one.pixelSize) ?? [];
    expect(sizes).toHaveLength(26);
    expect(sizes[0]).toBeGreaterThan(150);
    expect(sizes.slice(1, 3)).toEqual([42, 100]);
    const grouped = await batch({ addDimensionGroup: { range: dimensions } });
    expect(grouped.body.replies).toEqual([
      {
        addDimensionGroup: {
          dimensionGroups: [{ range: { dimension: 'COLUMNS', startIndex: 0, endIndex: 2 }, depth: 1 }],
        },
      },
    ]);
    expect((await batch({ deleteDimensionGroup: { range: dimensions } })).body.replies).toEqual([
      { deleteDimensionGroup: {} },
    ]);
  });
});

describe('what lies over cells', () => {
  it('names that are read in ranges and formulas, and move with rows', async () => {
    const { batch, values, get } = await book([[1], [2]]);
    const made = await batch({ addNamedRange: { namedRange: { name: 'Both', range: range(0, 2, 0, 1) } } });
    const [{ addNamedRange }] = made.body.replies as unknown as [
      { addNamedRange: { namedRange: { namedRangeId: string } } },
    ];
    const { namedRangeId } = addNamedRange.namedRange;
    expect(namedRangeId).toMatch(/^\d+$/);
    expect(addNamedRange.namedRange).not.toHaveProperty('range.sheetId');
    expect(await values('Both')).toEqual([['1'], ['2']]);
    await batch({ deleteNamedRange: { namedRangeId } });
    expect(await get('namedRanges')).toEqual({});
  });

  it('merges that keep the first cell, and give way to new ones', async () => {
    const { batch, values, get } = await book([['a', 'b']]);
    await batch({ mergeCells: { range: range(0, 1, 0, 2), mergeType: 'MERGE_ALL' } });
    expect(await values('A1:B1')).toEqual([['a']]);
    const merged = {
      sheets: [{ merges: [{ startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 }] }],
    };
    expect(await get('sheets.merges')).toEqual(merged);
    expect((await batch({ unmergeCells: { range: range(0, 1, 0, 1) } })).status).toBe(400);
    await batch({ unmergeCells: { range: range(0, 1, 0, 2) } });
    expect(await get('sheets.merges')).toEqual({ sheets: [{}] });
  });

  it('protection, filters and developer metadata', async () => {
    const { batch, get, call, path } = await book();
    const made = await batch({
      addProtectedRange: { protectedRange: { range: range(0, 1, 0, 1), warningOnly: false } },
    });
    const [{ addProtectedRange }] = made.body.replies as unknown as [
      { addProtectedRange: { protectedRange: { protectedRangeId: number } } },
    ];
    expect(addProtectedRange.protectedRange).toMatchObject({ requestingUserCanEdit: true, editors: {} });
    const { protectedRangeId } = addProtectedRange.protectedRange;
    expect((await batch({ deleteProtectedRange: { protectedRangeId } })).status).toBe(200);
    await batch({ setBasicFilter: { filter: { range: range(0, 5, 0, 2) } } });
    expect(await get('sheets.basicFilter')).toMatchObject({
      sheets: [{ basicFilter: { range: { endRowIndex: 5 } } }],
    });
    const metadata = {
      metadataKey: 'k',
      metadataValue: 'v',
      visibility: 'DOCUMENT',
      location: { spreadsheet: true },
    };
    await batch({ createDeveloperMetadata: { developerMetadata: metadata } });
    const search = (metadataKey: string) =>
      call(`POST ${path}/developerMetadata:search`, {
        dataFilters: [{ developerMetadataLookup: { metadataKey } }],
      });
    expect((await search('k')).body.matchedDeveloperMetadata).toMatchObject([
      { developerMetadata: { metadataValue: 'v' } },
    ]);
    expect((await search('other')).body).toEqual({});
  });
});
