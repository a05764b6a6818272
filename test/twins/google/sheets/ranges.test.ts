import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const FORMULA = '?valueRenderOption=FORMULA';

describe('copyPaste', () => {
  it('repeats the source with its merges, and turns it where asked', async () => {
    const { done, values, read } = await book([['a', 'b']]);
    await done(
      { mergeCells: { range: range(1, 2, 0, 2) } },
      { copyPaste: { source: range(0, 2, 0, 2), destination: range(3, 7, 0, 2) } },
      {
        copyPaste: {
          source: range(0, 1, 0, 2),
          destination: range(0, 1, 5, 6),
          pasteOrientation: 'TRANSPOSE',
        },
      },
    );
    expect(await values('A4:B7')).toEqual([['a', 'b'], [], ['a', 'b']]);
    expect(await values('F1:F2')).toEqual([['a'], ['b']]);
    const { sheets } = await read('sheets.merges');
    expect((sheets as unknown as { merges: object[] }[])[0]?.merges).toHaveLength(3);
  });

  it('pastes only what is asked for', async () => {
    const { done, values, read } = await book([[1, '=A1+1']]);
    const bold = { userEnteredFormat: { textFormat: { bold: true } } };
    const paste = (pasteType: string, row: number) => ({
      copyPaste: { source: range(0, 1, 1, 2), destination: range(row, row + 1, 1, 2), pasteType },
    });
    await done(
      { repeatCell: { range: range(0, 1, 1, 2), cell: bold, fields: 'userEnteredFormat' } },
      paste('PASTE_VALUES', 1),
      paste('PASTE_FORMULA', 2),
      paste('PASTE_FORMAT', 3),
    );
    expect(await values('B1:B4', FORMULA)).toEqual([['=A1+1'], [2], ['=A3+1']]);
    const { sheets } = await read('sheets.data.rowData.values.userEnteredFormat', '&ranges=B1:B4');
    const [grid] = (sheets as unknown as { data: { rowData: object[] }[] }[]).flatMap(({ data }) => data);
    const cell = { values: [bold] };
    expect(grid?.rowData).toEqual([cell, {}, {}, cell]);
  });

  it('makes room where the grid ends', async () => {
    const { done, read } = await book([['a']]);
    await done({ copyPaste: { source: range(0, 3, 0, 1), destination: range(999, 1000, 0, 1) } });
    const { sheets } = await read('sheets.properties.gridProperties.rowCount');
    expect(sheets).toEqual([{ properties: { gridProperties: { rowCount: 1002 } } }]);
  });

  it('is refused where it would tear a merge', async () => {
    const { done, refused } = await book([['a']]);
    await done({ mergeCells: { range: range(1, 3, 0, 2) } });
    const copyPaste = { source: range(0, 1, 0, 1), destination: range(1, 2, 0, 1) };
    expect(await refused({ copyPaste })).toContain(
      "You can't perform a paste that partially intersects a merge.",
    );
  });
});

describe('cutPaste', () => {
  it('lets formulas, names and protection follow the cells, also to another sheet', async () => {
    const { done, reply, values, read } = await book([[1, '=A1*2', '=B1']]);
    const { properties } = await reply<{ properties: { sheetId: number } }>({
      addSheet: { properties: { title: 'To' } },
    });
    const { sheetId } = properties;
    await done(
      { addNamedRange: { namedRange: { name: 'Twice', range: range(0, 1, 1, 2) } } },
      { cutPaste: { source: range(0, 1, 1, 2), destination: { sheetId, rowIndex: 4, columnIndex: 1 } } },
    );
    expect(await values('Sheet1!A1:C1', FORMULA)).toEqual([[1, '', '=To!B5']]);
    expect(await values('To!B5', FORMULA)).toEqual([['=Sheet1!A1*2']]);
    const { namedRanges } = await read('namedRanges.range');
    expect(namedRanges).toEqual([{ range: range(4, 5, 1, 2, sheetId) }]);
  });
});

describe('insertRange and deleteRange', () => {
  it('shift only what is beside them, and what names it', async () => {
    const { done, values } = await book([
      ['a', 1],
      ['b', 2],
      ['=A2', '=B2'],
    ]);
    await done({ insertRange: { range: range(1, 2, 0, 1), shiftDimension: 'ROWS' } });
    expect(await values('A1:B4', FORMULA)).toEqual([['a', 1], ['', 2], ['b', '=B2'], ['=A3']]);
    await done({ deleteRange: { range: range(0, 1, 0, 1), shiftDimension: 'COLUMNS' } });
    expect(await values('A1:B1')).toEqual([['1']]);
  });
});

describe('autoFill', () => {
  it.each([
    [[1, 2], [3, 4], false],
    [[5], [5, 5], false],
    [[5], [6, 7], true],
    [[1, 2], [1, 2], true],
    [['Mon'], ['Tue', 'Wed'], false],
    [['Item 1'], ['Item 2', 'Item 3'], false],
    [['a', 'b'], ['a', 'b'], false],
    [['1/31/2020', '2/29/2020'], ['3/29/2020', '4/27/2020'], false],
    [['1/15/2020', '2/15/2020'], ['3/15/2020', '4/15/2020'], false],
    [['=B1'], ['=B2', '=B3'], false],
  ])('goes on from %j with %j (alternate: %s)', async (from, to, useAlternateSeries) => {
    const { done, values } = await book(from.map((value) => [value]));
    const area = range(0, from.length + 2, 0, 1);
    await done({ autoFill: { range: area, useAlternateSeries } });
    const got = await values(
      `A${from.length + 1}:A${from.length + 2}`,
      String(from[0]).startsWith('=') ? FORMULA : '',
    );
    expect(got).toEqual(to.map((value) => [String(from[0]).startsWith('=') ? value : String(value)]));
  });
});

describe('sortRange', () => {
  it('sorts by several keys, colours first, empty cells last, formulas with their row', async () => {
    const { done, values } = await book([
      ['b', 1, '=B1'],
      ['', 2, '=B2'],
      ['a', 3, '=B3'],
      ['b', 4, '=B4'],
    ]);
    const red = { rgbColor: { red: 1 } };
    const cell = { userEnteredFormat: { backgroundColorStyle: red } };
    await done(
      { repeatCell: { range: range(3, 4, 1, 2), cell, fields: 'userEnteredFormat' } },
      {
        sortRange: {
          range: range(0, 4, 0, 3),
          sortSpecs: [
            { dimensionIndex: 0, sortOrder: 'DESCENDING' },
            { dimensionIndex: 1, backgroundColorStyle: red },
          ],
        },
      },
    );
    expect(await values('A1:C4', FORMULA)).toEqual([
      ['b', 4, '=B1'],
      ['b', 1, '=B2'],
      ['a', 3, '=B3'],
      ['', 2, '=B4'],
    ]);
  });

  it('is refused over cells that are merged downwards', async () => {
    const { done, refused } = await book();
    await done({ mergeCells: { range: range(0, 2, 0, 1) } });
    const sortRange = { range: range(0, 3, 0, 2), sortSpecs: [{ dimensionIndex: 1 }] };
    expect(await refused({ sortRange })).toContain('vertical merges');
  });
});

describe('findReplace', () => {
  it('takes expressions in time that grows with the text only', async () => {
    const { reply, values } = await book([[`${'a'.repeat(5_000)}!`], ['o1 and o2']]);
    const evil = { find: '(a+)+$', replacement: 'x', searchByRegex: true, sheetId: 0 };
    expect(await reply({ findReplace: evil })).toEqual({});
    const groups = { find: 'o(\\d)', replacement: '$1o', searchByRegex: true, range: range(1, 2, 0, 1) };
    expect(await reply({ findReplace: groups })).toMatchObject({ occurrencesChanged: 2 });
    expect(await values('A2')).toEqual([['1o and 2o']]);
  });

  it('takes what it leaves as if it had been typed', async () => {
    const { reply, values } = await book([['#12'], ['=LEN("#12")']]);
    const input = { find: '#', replacement: '', allSheets: true, includeFormulas: true };
    expect(await reply({ findReplace: input })).toEqual({
      valuesChanged: 1,
      formulasChanged: 1,
      rowsChanged: 2,
      sheetsChanged: 1,
      occurrencesChanged: 2,
    });
    expect(await values('A1:A2', '?valueRenderOption=UNFORMATTED_VALUE')).toEqual([[12], [2]]);
  });

  it('wants one place to look in, and an expression that can be read', async () => {
    const { refused } = await book();
    expect(await refused({ findReplace: { find: 'a' } })).toContain(
      'Exactly one of range, sheetId or allSheets',
    );
    const broken = { find: '(', searchByRegex: true, allSheets: true };
    expect(await refused({ findReplace: broken })).toContain('Invalid regular expression');
  });
});
