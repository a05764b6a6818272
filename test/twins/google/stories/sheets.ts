/** Stories of spreadsheets: sheets, lines, ranges, cells, names, protection, metadata. */
import { expect } from 'vitest';
import { BOB } from '../domain.ts';
import type { Body, Story, Teller } from './teller.ts';

const grid = (
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
const rows = (startIndex: number, endIndex: number) => ({
  sheetId: 0,
  dimension: 'ROWS',
  startIndex,
  endIndex,
});

/** So that wrong requests that reach over all cells have few of them to change. */
const SMALL = { rowCount: 20, columnCount: 10 };

/** A new spreadsheet with these rows from A1, and ways to change and read it. */
async function opened({ send, get }: Pick<Teller, 'send' | 'get'>, values: unknown[][]) {
  const rowData = values.map((row) => ({
    values: row.map((value) => ({
      userEnteredValue:
        typeof value === 'number'
          ? { numberValue: value }
          : String(value).startsWith('=')
            ? { formulaValue: value }
            : { stringValue: value },
    })),
  }));
  const made = await send('POST', '/v4/spreadsheets', {
    properties: { title: 'Book', locale: 'en_GB', timeZone: 'Europe/London' },
    sheets: [{ properties: { title: 'Log', gridProperties: SMALL }, data: [{ rowData }] }],
  });
  const path = `/v4/spreadsheets/${made.spreadsheetId}`;
  return {
    path,
    spreadsheetId: String(made.spreadsheetId),
    batch: async (...requests: object[]) =>
      (await send('POST', `${path}:batchUpdate`, { requests })).replies as Body[],
    values: async (range: string) => (await get(`${path}/values/${range}`)).values,
  };
}

export const SHEETS: readonly Story[] = [
  {
    says: 'sheets are added, doubled, changed, copied elsewhere and deleted',
    async tell(teller) {
      const { path, batch } = await opened(teller, [['a', 1]]);
      const [added] = await batch({
        addSheet: {
          properties: { title: 'Two', index: 0, rightToLeft: true, tabColorStyle: { rgbColor: { red: 1 } } },
        },
      });
      expect(added.addSheet.properties).toMatchObject({ index: 0, tabColor: { red: 1 }, rightToLeft: true });
      const { sheetId } = added.addSheet.properties as { sheetId: number };
      await batch(
        { duplicateSheet: { sourceSheetId: 0, newSheetName: 'Three', insertSheetIndex: 1 } },
        {
          updateSheetProperties: {
            properties: { sheetId, title: 'Zwei', gridProperties: { frozenRowCount: 1 } },
            fields: 'title,gridProperties.frozenRowCount',
          },
        },
      );
      const other = await opened(teller, [['b']]);
      const body = { destinationSpreadsheetId: other.spreadsheetId };
      const copy = await teller.send('POST', `${path}/sheets/0:copyTo`, body);
      expect(copy).toMatchObject({ title: 'Copy of Log', index: 1 });
      await batch({ deleteSheet: { sheetId } });
      const { sheets } = await teller.get(`${path}?fields=sheets.properties.title`);
      expect(sheets).toEqual([{ properties: { title: 'Three' } }, { properties: { title: 'Log' } }]);
    },
  },
  {
    says: 'a spreadsheet gets its locale, time zone, theme and rules of calculation',
    async tell(teller) {
      const { path, batch } = await opened(teller, [[1.5]]);
      const properties = {
        title: 'Buch',
        locale: 'de_DE',
        timeZone: 'Europe/Berlin',
        autoRecalc: 'HOUR',
        iterativeCalculationSettings: { maxIterations: 10, convergenceThreshold: 0.05 },
      };
      const fields = 'title,locale,timeZone,autoRecalc,iterativeCalculationSettings';
      await batch({ updateSpreadsheetProperties: { properties, fields } });
      expect((await teller.get(path)).properties).toMatchObject(properties);
      expect((await teller.get(`${path}/values/A1`)).values).toEqual([['1,5']]);
    },
  },
  {
    says: 'rows and columns are put in, moved, sized, grouped and taken out',
    async tell(teller) {
      const { path, batch, values } = await opened(teller, [['a'], ['b'], ['c'], ['d']]);
      await batch(
        { insertDimension: { range: rows(1, 2), inheritFromBefore: true } },
        { appendDimension: { sheetId: 0, dimension: 'COLUMNS', length: 2 } },
        { moveDimension: { source: rows(0, 1), destinationIndex: 4 } },
        {
          updateDimensionProperties: {
            range: rows(0, 2),
            properties: { pixelSize: 40 },
            fields: 'pixelSize',
          },
        },
        {
          autoResizeDimensions: {
            dimensions: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 1 },
          },
        },
        { deleteDimension: { range: rows(0, 1) } },
      );
      expect(await values('A1:A4')).toEqual([['b'], ['c'], ['a'], ['d']]);
      const [grouped] = await batch({ addDimensionGroup: { range: rows(0, 3) } });
      expect(grouped.addDimensionGroup.dimensionGroups).toMatchObject([{ depth: 1 }]);
      const dimensionGroup = { range: rows(0, 3), depth: 1, collapsed: true };
      await batch({ updateDimensionGroup: { dimensionGroup, fields: 'collapsed' } });
      const { sheets } = await teller.get(
        `${path}?fields=sheets(rowGroups,data.rowMetadata.hiddenByUser)&ranges=A1:A4`,
      );
      expect(sheets[0].data[0].rowMetadata).toEqual([...new Array(3).fill({ hiddenByUser: true }), {}]);
      const [left] = await batch({ deleteDimensionGroup: { range: rows(1, 2) } });
      expect(left.deleteDimensionGroup.dimensionGroups).toHaveLength(2);
    },
  },
  {
    says: 'ranges are put in, taken out, copied, moved, filled, merged and sorted',
    async tell(teller) {
      const { batch, values } = await opened(teller, [
        ['b', 2, '=B1*10'],
        ['a', 1, '=B2*10'],
      ]);
      await batch(
        {
          sortRange: { range: grid(0, 2, 0, 3), sortSpecs: [{ dimensionIndex: 0, sortOrder: 'ASCENDING' }] },
        },
        {
          autoFill: { sourceAndDestination: { source: grid(0, 2, 1, 2), dimension: 'ROWS', fillLength: 2 } },
        },
        {
          copyPaste: { source: grid(1, 2, 2, 3), destination: grid(2, 4, 2, 3), pasteType: 'PASTE_FORMULA' },
        },
        { insertRange: { range: grid(0, 1, 0, 1), shiftDimension: 'ROWS' } },
      );
      expect(await values('A1:C4')).toEqual([
        ['', '1', '10'],
        ['a', '2', '20'],
        ['b', '3', '30'],
        ['', '4', '40'],
      ]);
      await batch(
        { deleteRange: { range: grid(0, 1, 0, 1), shiftDimension: 'ROWS' } },
        { cutPaste: { source: grid(0, 2, 0, 1), destination: { sheetId: 0, rowIndex: 0, columnIndex: 4 } } },
        { mergeCells: { range: grid(0, 1, 4, 6), mergeType: 'MERGE_ALL' } },
        { unmergeCells: { range: grid(0, 1, 4, 6) } },
        { randomizeRange: { range: grid(0, 4, 1, 2) } },
      );
      expect(await values('E1:E2')).toEqual([['a'], ['b']]);
    },
  },
  {
    says: 'text is pasted, split, trimmed, found, replaced and freed of what is there twice',
    async tell(teller) {
      const { batch, values } = await opened(teller, [[' x,1 '], ['y,2']]);
      await batch({ textToColumns: { source: grid(0, 2, 0, 1), delimiterType: 'COMMA' } });
      expect(await values('A1:B2')).toEqual([
        ['x', '1'],
        ['y', '2'],
      ]);
      await batch(
        {
          pasteData: {
            coordinate: { rowIndex: 2 },
            data: '  z  z ;3\nY;2',
            delimiter: ';',
            type: 'PASTE_NORMAL',
          },
        },
        { pasteData: { coordinate: { rowIndex: 4 }, data: '<table><tr><td>h<td>5</table>', html: true } },
      );
      const replies = await batch(
        { trimWhitespace: { range: grid(0, 5, 0, 2) } },
        { deleteDuplicates: { range: grid(0, 5, 0, 2) } },
        { findReplace: { find: 'z (z)', replacement: '$1!', searchByRegex: true, allSheets: true } },
      );
      expect(replies).toEqual([
        { trimWhitespace: { cellsChangedCount: 1 } },
        { deleteDuplicates: { duplicatesRemovedCount: 1 } },
        { findReplace: { valuesChanged: 1, rowsChanged: 1, sheetsChanged: 1, occurrencesChanged: 1 } },
      ]);
      expect(await values('A1:B5')).toEqual([
        ['x', '1'],
        ['y', '2'],
        ['z!', '3'],
        ['h', '5'],
      ]);
    },
  },
  {
    says: 'cells get values, formats, notes, links and borders',
    async tell(teller) {
      const { path, batch } = await opened(teller, [['head', 'tail']]);
      const text = { userEnteredValue: { stringValue: 'see @' }, note: 'look' };
      const chip = { startIndex: 4, chip: { personProperties: { email: BOB } } };
      await batch(
        {
          updateCells: {
            start: { rowIndex: 1 },
            rows: [{ values: [{ ...text, chipRuns: [chip] }] }],
            fields: 'userEnteredValue,note,chipRuns',
          },
        },
        {
          updateCells: {
            range: grid(0, 1, 0, 1),
            rows: [
              {
                values: [
                  {
                    userEnteredValue: { stringValue: 'home' },
                    textFormatRuns: [{ format: { link: { uri: 'https://acme.example' } } }],
                  },
                ],
              },
            ],
            fields: 'userEnteredValue,textFormatRuns',
          },
        },
        {
          repeatCell: {
            range: grid(2, 4, 0, 1),
            cell: { userEnteredValue: { formulaValue: '=ROW(A1)' } },
            fields: '*',
          },
        },
        {
          appendCells: {
            sheetId: 0,
            rows: [{ values: [{ userEnteredValue: { boolValue: true } }] }],
            fields: '*',
          },
        },
        {
          updateBorders: {
            range: grid(0, 2, 0, 2),
            bottom: { style: 'SOLID' },
            innerVertical: { style: 'DASHED' },
          },
        },
      );
      const { sheets } = await teller.get(`${path}?includeGridData=true&ranges=A1:B5`);
      const cells = sheets[0].data[0].rowData;
      expect(cells[0].values[0]).toMatchObject({ hyperlink: 'https://acme.example', formattedValue: 'home' });
      expect(cells[1].values[0]).toMatchObject({ note: 'look', chipRuns: [{ chip: {} }, chip] });
      expect(cells[3].values[0].effectiveValue).toEqual({ numberValue: 2 });
      expect(cells[4].values[0].effectiveValue).toEqual({ boolValue: true });
      expect(cells[1].values[1].userEnteredFormat.borders).toMatchObject({
        bottom: { style: 'SOLID', width: 1 },
        left: { style: 'DASHED' },
      });
    },
  },
  {
    says: 'ranges are named, and protected from other people',
    async tell(teller) {
      const { path, spreadsheetId, batch } = await opened(teller, [['total', 5]]);
      const grant = { type: 'user', role: 'writer', emailAddress: BOB };
      await teller.send('POST', `/drive/v3/files/${spreadsheetId}/permissions`, grant);
      const [named] = await batch({
        addNamedRange: { namedRange: { name: 'Total', range: grid(0, 1, 1, 2) } },
      });
      const { namedRangeId } = named.addNamedRange.namedRange as { namedRangeId: string };
      await batch({ updateNamedRange: { namedRange: { namedRangeId, name: 'Sum' }, fields: 'name' } });
      expect((await teller.get(`${path}/values/Sum`)).values).toEqual([['5']]);
      const [made] = await batch({ addProtectedRange: { protectedRange: { range: grid(0, 1, 0, 2) } } });
      const { protectedRangeId } = made.addProtectedRange.protectedRange as { protectedRangeId: number };
      const write = `${path}/values/A1?valueInputOption=RAW`;
      const refused = await teller.as(BOB).request('PUT', write, { values: [['mine']] });
      expect(refused.status).toBe(400);
      const protectedRange = { protectedRangeId, editors: { users: [BOB] } };
      await batch({ updateProtectedRange: { protectedRange, fields: 'editors' } });
      await teller.as(BOB).send('PUT', write, { values: [['mine']] });
      await batch({ deleteProtectedRange: { protectedRangeId } }, { deleteNamedRange: { namedRangeId } });
      expect((await teller.get(path)).namedRanges).toBeUndefined();
    },
  },
  {
    says: 'metadata is left at places, goes with them and is looked up by them',
    async tell(teller) {
      const { path, batch, values } = await opened(teller, [['a'], ['b']]);
      const location = { dimensionRange: rows(1, 2) };
      const [made] = await batch({
        createDeveloperMetadata: {
          developerMetadata: { metadataKey: 'row', metadataValue: 'b', visibility: 'DOCUMENT', location },
        },
      });
      const { metadataId } = made.createDeveloperMetadata.developerMetadata as { metadataId: number };
      await batch({ insertDimension: { range: rows(0, 1) } });
      const filter = { developerMetadataLookup: { metadataKey: 'row' } };
      const got = await teller.ask('POST', `${path}/values:batchGetByDataFilter`, { dataFilters: [filter] });
      expect(got.valueRanges).toEqual([
        {
          valueRange: { range: 'Log!A3:J3', majorDimension: 'ROWS', values: [['b']] },
          dataFilters: [filter],
        },
      ]);
      const data = [{ dataFilter: filter, values: [['c']] }];
      const body = { data, valueInputOption: 'RAW', includeValuesInResponse: true };
      await teller.send('POST', `${path}/values:batchUpdateByDataFilter`, body);
      expect(await values('A3')).toEqual([['c']]);
      await teller.send('POST', `${path}/values:batchClearByDataFilter`, { dataFilters: [filter] });
      const change = { developerMetadata: { metadataValue: 'c' }, fields: 'metadataValue' };
      await batch({ updateDeveloperMetadata: { dataFilters: [filter], ...change } });
      expect((await teller.get(`${path}/developerMetadata/${metadataId}`)).metadataValue).toBe('c');
      const found = await teller.ask('POST', `${path}/developerMetadata:search`, {
        dataFilters: [{ gridRange: grid(2, 3, 0, 1) }],
      });
      expect(found.matchedDeveloperMetadata).toHaveLength(1);
      const whole = { dataFilters: [filter], includeGridData: true };
      const shown = await teller.ask('POST', `${path}:getByDataFilter`, whole);
      expect(shown.sheets[0].data[0].rowMetadata[0].developerMetadata).toMatchObject([{ metadataId }]);
      await batch({ deleteDeveloperMetadata: { dataFilter: filter } });
      expect(await teller.ask('POST', `${path}/developerMetadata:search`, { dataFilters: [filter] })).toEqual(
        {},
      );
    },
  },
];
