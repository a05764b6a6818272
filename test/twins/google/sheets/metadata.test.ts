import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const line = (dimension: string, startIndex: number) => ({
  dimensionRange: { sheetId: 0, dimension, startIndex, endIndex: startIndex + 1 },
});

/** A spreadsheet with metadata at itself, its sheet, row 2 and column B. */
async function marked() {
  const opened = await book([['a'], ['b']]);
  const create = (metadataKey: string, location: object, visibility = 'DOCUMENT') => ({
    createDeveloperMetadata: { developerMetadata: { metadataKey, location, visibility } },
  });
  await opened.done(
    create('book', { spreadsheet: true }),
    create('sheet', { sheetId: 0 }),
    create('row', line('ROWS', 1)),
    create('column', line('COLUMNS', 1), 'PROJECT'),
  );
  const search = async (filter: object) => {
    const { body } = await opened.call(`POST ${opened.path}/developerMetadata:search`, {
      dataFilters: [filter],
    });
    const found = (body.matchedDeveloperMetadata ?? []) as unknown as {
      developerMetadata: { metadataKey: string };
    }[];
    return found.map(({ developerMetadata }) => developerMetadata.metadataKey);
  };
  const lookup = (developerMetadataLookup: object) => search({ developerMetadataLookup });
  return { ...opened, search, lookup };
}

describe('developer metadata', () => {
  it('is shown where it is', async () => {
    const { read } = await marked();
    const fields =
      'developerMetadata.metadataKey,sheets(developerMetadata.metadataKey,data(rowMetadata,columnMetadata))';
    const { developerMetadata, sheets } = await read(fields, '&ranges=A1:B2');
    expect(developerMetadata).toEqual([{ metadataKey: 'book' }]);
    expect(sheets).toMatchObject([
      {
        developerMetadata: [{ metadataKey: 'sheet' }],
        data: [
          {
            rowMetadata: [{ pixelSize: 21 }, { developerMetadata: [{ metadataKey: 'row' }] }],
            columnMetadata: [{ pixelSize: 100 }, { developerMetadata: [{ metadataKey: 'column' }] }],
          },
        ],
      },
    ]);
  });

  it('is found by what it is, and by where: on the spot, or across it', async () => {
    const { lookup, search } = await marked();
    expect(await lookup({ visibility: 'PROJECT' })).toEqual(['column']);
    expect(await lookup({ locationType: 'SPREADSHEET' })).toEqual(['book']);
    const row = { metadataLocation: line('ROWS', 1) };
    expect(await lookup(row)).toEqual(['sheet', 'row', 'column']);
    expect(await lookup({ ...row, locationMatchingStrategy: 'EXACT_LOCATION' })).toEqual(['row']);
    expect(await lookup({ ...row, locationType: 'COLUMN' })).toEqual(['column']);
    expect(await lookup({ metadataLocation: { spreadsheet: true } })).toEqual(['book']);
    expect(await search({ a1Range: 'A1:A1' })).toEqual(['sheet']);
    expect(await search({ gridRange: range(1, 2, 0, 1) })).toEqual(['sheet', 'row']);
  });

  it('goes with its row, and is gone with it or its sheet', async () => {
    const { done, lookup, values, call, path } = await marked();
    const rows = (startIndex: number) => ({
      sheetId: 0,
      dimension: 'ROWS',
      startIndex,
      endIndex: startIndex + 1,
    });
    await done({ moveDimension: { source: rows(1), destinationIndex: 5 } });
    const dataFilters = [{ developerMetadataLookup: { metadataKey: 'row' } }];
    const { body } = await call(`POST ${path}/values:batchGetByDataFilter`, { dataFilters });
    expect(body.valueRanges).toMatchObject([{ valueRange: { range: 'Sheet1!A5:Z5', values: [['b']] } }]);
    expect(await values('A5')).toEqual([['b']]);
    await done({ deleteDimension: { range: rows(4) } });
    expect(await lookup({ metadataKey: 'row' })).toEqual([]);
    await done({ addSheet: { properties: { title: 'Left' } } }, { deleteSheet: { sheetId: 0 } });
    expect(await lookup({ metadataKey: 'sheet' })).toEqual([]);
    expect(await lookup({ metadataKey: 'column' })).toEqual([]);
  });

  it('is refused without a key, a visibility, a place, or for several rows', async () => {
    const { refused } = await book();
    const create = (developerMetadata: object) => refused({ createDeveloperMetadata: { developerMetadata } });
    const at = { location: { spreadsheet: true }, visibility: 'DOCUMENT' };
    expect(await create(at)).toContain('must have a key');
    expect(await create({ metadataKey: 'k', location: at.location })).toContain('visibility');
    expect(await create({ metadataKey: 'k', visibility: 'DOCUMENT' })).toContain('location');
    const wide = { dimensionRange: { dimension: 'ROWS', startIndex: 0, endIndex: 2 } };
    expect(await create({ ...at, metadataKey: 'k', location: wide })).toContain('single row or column');
    expect(await create({ ...at, metadataKey: 'k', metadataValue: 'x'.repeat(30_001) })).toContain('30000');
  });
});
