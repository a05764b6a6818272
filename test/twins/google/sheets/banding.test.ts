import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const [HEAD, ODD, EVEN, FOOT] = [{ red: 1 }, { green: 1 }, { blue: 1 }, { red: 1, blue: 1 }];
const BANDS = { headerColor: HEAD, firstBandColor: ODD, secondBandColor: EVEN, footerColor: FOOT };

async function colors(opened: Awaited<ReturnType<typeof book>>, cells: string) {
  const { sheets } = await opened.read(
    'sheets.data.rowData.values.effectiveFormat.backgroundColor',
    `&ranges=${cells}`,
  );
  const [sheet] = sheets as unknown as {
    data: { rowData?: { values?: { effectiveFormat?: { backgroundColor: object } }[] }[] }[];
  }[];
  return (sheet?.data[0]?.rowData ?? []).map((row) =>
    (row.values ?? []).map((cell) => cell.effectiveFormat?.backgroundColor),
  );
}

describe('banded ranges', () => {
  it('colour header, bands and footer, also of empty cells, below a cell’s own colour', async () => {
    const opened = await book();
    await opened.done(
      { addBanding: { bandedRange: { range: range(0, 5, 0, 1), rowProperties: BANDS } } },
      {
        repeatCell: {
          range: range(2, 3, 0, 1),
          cell: { userEnteredFormat: { backgroundColor: { red: 1, green: 1 } } },
          fields: 'userEnteredFormat.backgroundColor',
        },
      },
    );
    expect(await colors(opened, 'A1:A5')).toEqual([[HEAD], [ODD], [{ red: 1, green: 1 }], [ODD], [FOOT]]);
  });

  it('rank rows before columns, and first bands before second ones', async () => {
    const opened = await book();
    await opened.done({
      addBanding: {
        bandedRange: {
          range: range(0, 2, 0, 2),
          rowProperties: { firstBandColor: { red: 1 }, secondBandColor: { green: 1 } },
          columnProperties: { firstBandColor: { blue: 1 }, secondBandColor: {} },
        },
      },
    });
    expect(await colors(opened, 'A1:B2')).toEqual([
      [{ red: 1 }, { red: 1 }],
      [{ blue: 1 }, { green: 1 }],
    ]);
  });

  it('are changed and deleted by id, and read back with both forms of their colours', async () => {
    const opened = await book();
    const { bandedRange } = await opened.reply<{ bandedRange: { bandedRangeId: number } }>({
      addBanding: {
        bandedRange: {
          range: range(0, 3, 0, 1),
          rowProperties: { firstBandColorStyle: { rgbColor: ODD }, secondBandColorStyle: { rgbColor: EVEN } },
        },
      },
    });
    expect(bandedRange).toMatchObject({
      bandedRangeId: expect.any(Number),
      rowProperties: { firstBandColor: ODD, firstBandColorStyle: { rgbColor: ODD } },
    });
    const { bandedRangeId } = bandedRange;
    await opened.done({
      updateBanding: { bandedRange: { bandedRangeId, range: range(0, 4, 0, 2) }, fields: 'range' },
    });
    expect(await opened.read('sheets.bandedRanges.range')).toEqual({
      sheets: [
        {
          bandedRanges: [
            { range: { startRowIndex: 0, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 2 } },
          ],
        },
      ],
    });
    await opened.done({ deleteBanding: { bandedRangeId } });
    expect(await opened.read('sheets.bandedRanges')).toEqual({ sheets: [{}] });
  });

  it('are refused over one another, without bands, and under an id that is taken', async () => {
    const opened = await book();
    const banded = (at: object, id?: number, rowProperties: object = BANDS) => ({
      addBanding: { bandedRange: { bandedRangeId: id, range: at, rowProperties } },
    });
    await opened.done(banded(range(0, 5, 0, 5), 3));
    expect(await opened.refused(banded(range(4, 9, 4, 9)))).toBe(
      'Invalid requests[0].addBanding: You cannot add alternating background colors to a range that already has alternating background colors.',
    );
    expect(await opened.refused(banded(range(10, 12, 0, 1), 3))).toMatch(/ID 3 already exists/);
    expect(await opened.refused(banded(range(10, 12, 0, 1), 4, { headerColor: HEAD }))).toMatch(
      /firstBandColor is required/,
    );
    expect(await opened.refused({ deleteBanding: { bandedRangeId: 9 } })).toBe(
      'Invalid requests[0].deleteBanding: No banded range with id: 9',
    );
  });
});
