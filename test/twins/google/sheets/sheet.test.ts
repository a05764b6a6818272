import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const titles = ({ sheets }: Record<string, unknown>): string[] =>
  (sheets as { properties: { title: string } }[]).map(({ properties }) => properties.title);

describe('sheets', () => {
  it('move before the place that is counted with them', async () => {
    const { done, read } = await book();
    const add = (sheetId: number) => ({ addSheet: { properties: { sheetId, title: `S${sheetId}` } } });
    const move = (sheetId: number, index: number) => ({
      updateSheetProperties: { properties: { sheetId, index }, fields: 'index' },
    });
    await done(add(2), add(3), move(0, 2));
    expect(titles(await read('sheets.properties.title'))).toEqual(['S2', 'Sheet1', 'S3']);
    await done(move(0, 2), move(3, 0));
    expect(titles(await read('sheets.properties.title'))).toEqual(['S3', 'S2', 'Sheet1']);
  });

  it('take formulas along when they are renamed, and leave them broken when they go', async () => {
    const { done, values } = await book([['=Two!A1+Sheet1!B1', 1]]);
    const properties = { sheetId: 7, title: "Bob's" };
    await done(
      { addSheet: { properties: { sheetId: 7, title: 'Two' } } },
      { updateSheetProperties: { properties, fields: 'title' } },
    );
    expect(await values('A1', '?valueRenderOption=FORMULA')).toEqual([["='Bob''s'!A1+Sheet1!B1"]]);
    await done({ deleteSheet: { sheetId: 7 } });
    expect(await values('A1', '?valueRenderOption=FORMULA')).toEqual([['=#REF!+Sheet1!B1']]);
  });

  it.each([
    [{ deleteSheet: { sheetId: 0 } }, "You can't remove all the visible sheets in a document."],
    [
      { updateSheetProperties: { properties: { sheetId: 0, hidden: true }, fields: 'hidden' } },
      "You can't hide all the sheets in a document.",
    ],
    [{ addSheet: { properties: { title: 'HIDDEN' } } }, 'A sheet with the name "HIDDEN" already exists.'],
    [{ addSheet: { properties: { sheetId: 5 } } }, 'A sheet with id 5 already exists.'],
    [{ addSheet: { properties: { sheetType: 'OBJECT' } } }, 'use AddChartRequest'],
    [
      { addSheet: { properties: { gridProperties: { rowCount: 1_000_000, columnCount: 26 } } } },
      '10000000 cells',
    ],
    [{ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 400_000 } }, '10000000 cells'],
    [
      {
        updateSheetProperties: {
          properties: { sheetId: 0, gridProperties: { frozenRowCount: 1000 } },
          fields: 'gridProperties.frozenRowCount',
        },
      },
      "You can't freeze all visible rows on the sheet.",
    ],
  ])('are refused %j', async (request, message) => {
    const { done, refused } = await book();
    await done({ addSheet: { properties: { sheetId: 5, title: 'Hidden', hidden: true } } });
    expect(await refused(request)).toContain(message);
  });

  it('lose what is outside of a smaller grid, and keep tab colours in step', async () => {
    const { done, values, read } = await book([['a', 'b']]);
    const grid = { rowCount: 5, columnCount: 1 };
    await done({
      updateSheetProperties: {
        properties: { sheetId: 0, gridProperties: grid, tabColorStyle: { rgbColor: { green: 1 } } },
        fields: 'gridProperties(rowCount,columnCount),tabColorStyle',
      },
    });
    expect(await values('A1:A5')).toEqual([['a']]);
    expect((await read('sheets.properties')).sheets).toMatchObject([
      { properties: { gridProperties: grid, tabColor: { green: 1 } } },
    ]);
  });
});

describe('properties of a spreadsheet', () => {
  it.each([
    ['locale', 'xx_YY', 'Unsupported locale: xx_YY'],
    ['timeZone', 'Mars/Base', 'Invalid time zone: Mars/Base'],
    ['title', '', 'title must not be empty'],
    ['spreadsheetTheme', { primaryFontFamily: 'Lato' }, 'all theme color pairs'],
  ])('refuse a %s %j', async (name, value, message) => {
    const { refused } = await book();
    const request = { updateSpreadsheetProperties: { properties: { [name]: value }, fields: name } };
    expect(await refused(request)).toContain(message);
  });

  it('colour cells by the theme', async () => {
    const { done, read } = await book([['a']]);
    const { properties } = await read('properties.spreadsheetTheme');
    const theme = (properties as unknown as { spreadsheetTheme: { themeColors: { colorType: string }[] } })
      .spreadsheetTheme;
    const themeColors = theme.themeColors.map((one) =>
      one.colorType === 'ACCENT1' ? { ...one, color: { rgbColor: { blue: 1 } } } : one,
    );
    const spreadsheetTheme = { primaryFontFamily: 'Lato', themeColors };
    const cell = { userEnteredFormat: { backgroundColorStyle: { themeColor: 'ACCENT1' } } };
    await done(
      { updateSpreadsheetProperties: { properties: { spreadsheetTheme }, fields: 'spreadsheetTheme' } },
      { repeatCell: { range: range(0, 1, 0, 1), cell, fields: 'userEnteredFormat' } },
    );
    const fields = 'sheets.data.rowData.values.effectiveFormat(backgroundColor,textFormat.fontFamily)';
    expect((await read(fields)).sheets).toMatchObject([
      {
        data: [
          {
            rowData: [
              {
                values: [
                  { effectiveFormat: { backgroundColor: { blue: 1 }, textFormat: { fontFamily: 'Lato' } } },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });
});

describe('rows and columns', () => {
  const rows = (startIndex: number, endIndex: number) => ({
    sheetId: 0,
    dimension: 'ROWS',
    startIndex,
    endIndex,
  });

  it('take along what names them: formulas, merges, names, filters', async () => {
    const { done, values, read } = await book([[1], [2], [3], ['=SUM(A1:A3)', '=$A$2']]);
    await done(
      { mergeCells: { range: range(1, 3, 3, 4) } },
      { addNamedRange: { namedRange: { name: 'N', range: range(0, 3, 0, 1) } } },
      { setBasicFilter: { filter: { range: range(0, 4, 0, 1) } } },
      { deleteDimension: { range: rows(0, 1) } },
      { insertDimension: { range: rows(1, 3) } },
    );
    expect(await values('A5:B5', '?valueRenderOption=FORMULA')).toEqual([['=SUM(A1:A4)', '=$A$1']]);
    const { sheets, namedRanges } = await read('sheets(merges,basicFilter.range),namedRanges.range');
    const noSheet = ({ sheetId: _id, ...rest }: ReturnType<typeof range>) => rest;
    expect(namedRanges).toEqual([{ range: noSheet(range(0, 4, 0, 1)) }]);
    expect(sheets).toEqual([
      { merges: [noSheet(range(0, 4, 3, 4))], basicFilter: { range: noSheet(range(0, 5, 0, 1)) } },
    ]);
  });

  it('move with what they hold; the place is counted before they are taken out', async () => {
    const { done, values } = await book([['0', '=A3'], ['1'], ['2'], ['3'], ['4']]);
    await done({ moveDimension: { source: rows(1, 3), destinationIndex: 4 } });
    expect(await values('A1:A5')).toEqual([['0'], ['3'], ['1'], ['2'], ['4']]);
    expect(await values('B1', '?valueRenderOption=FORMULA')).toEqual([['=A4']]);
  });

  it.each([
    [
      [
        [1, 4, 1],
        [2, 3, 1],
      ],
      [
        [1, 4, 1],
        [2, 3, 2],
      ],
    ],
    [
      [
        [1, 4, 1],
        [2, 5, 1],
      ],
      [
        [1, 5, 1],
        [2, 4, 2],
      ],
    ],
    [
      [
        [1, 5, 1],
        [2, 4, 1],
        [3, 5, -1],
      ],
      [
        [1, 4, 1],
        [2, 3, 2],
      ],
    ],
  ])('lie in groups: %j are %j', async (changes, groups) => {
    const { done, read } = await book();
    const requests = changes.map(([from = 0, to = 0, by = 1]) => ({
      [by > 0 ? 'addDimensionGroup' : 'deleteDimensionGroup']: { range: rows(from, to) },
    }));
    await done(...requests);
    const { sheets } = await read('sheets.rowGroups');
    expect(sheets).toEqual([
      {
        rowGroups: groups.map(([startIndex, endIndex, depth]) => ({
          range: { dimension: 'ROWS', startIndex, endIndex },
          depth,
        })),
      },
    ]);
  });

  it.each([
    [{ insertDimension: { range: rows(0, 1), inheritFromBefore: true } }, 'inheritFromBefore'],
    [
      { insertDimension: { range: rows(1000, 1001) } },
      'must be less than the grid size[1000] if inheritFromBefore is false',
    ],
    [{ deleteDimension: { range: rows(0, 1000) } }, "You can't delete all the rows on the sheet."],
    [
      { deleteDimension: { range: rows(2, 1000) } },
      'Sorry, it is not possible to delete all non-frozen rows.',
    ],
    [{ deleteDimension: { range: rows(-1, 1) } }, 'DimensionRange indexes must be >= 0'],
    [{ moveDimension: { source: rows(1, 4), destinationIndex: 2 } }, 'must not be within the source range'],
    [{ mergeCells: { range: range(1, 4, 0, 1) } }, "You can't merge frozen and non-frozen rows."],
    [{ mergeCells: { range: range(4, 3, 0, 1) } }, 'endRowIndex[3] cannot be before startRowIndex[4]'],
  ])('are refused %j', async (request, message) => {
    const { done, refused } = await book();
    const properties = { sheetId: 0, gridProperties: { frozenRowCount: 2 } };
    await done({ updateSheetProperties: { properties, fields: 'gridProperties.frozenRowCount' } });
    expect(await refused(request)).toContain(message);
  });

  it('give new ones the format beside them', async () => {
    const { done, read } = await book([['a'], ['b']]);
    const bold = { userEnteredFormat: { textFormat: { bold: true } } };
    await done(
      { repeatCell: { range: range(0, 1, 0, 1), cell: bold, fields: 'userEnteredFormat' } },
      { insertDimension: { range: rows(1, 2), inheritFromBefore: true } },
      { insertDimension: { range: rows(2, 3) } },
    );
    const { sheets } = await read('sheets.data.rowData.values.userEnteredFormat');
    expect(sheets).toEqual([{ data: [{ rowData: [{ values: [bold] }, { values: [bold] }] }] }]);
  });
});
