import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const ROWS = [
  ['City', 'Size'],
  ['Oslo', 7],
  ['Rome', 28],
  ['Bonn', 3],
  ['', 12],
];

interface View {
  filter: { filterViewId: number; title: string };
}

/** Zero-based numbers of the rows that the filter hides. */
async function hidden(opened: Awaited<ReturnType<typeof book>>) {
  const { sheets } = await opened.read('sheets.data.rowMetadata.hiddenByFilter');
  const [sheet] = sheets as unknown as { data: { rowMetadata: { hiddenByFilter?: boolean }[] }[] }[];
  return (sheet?.data[0]?.rowMetadata ?? []).flatMap((row, i) => (row.hiddenByFilter ? [i] : []));
}

const filter = (columnIndex: number, filterCriteria: object, more: object = {}) => ({
  setBasicFilter: {
    filter: { range: range(0, 5, 0, 2), filterSpecs: [{ columnIndex, filterCriteria }], ...more },
  },
});
const condition = (type: string, ...values: string[]) => ({
  condition: { type, values: values.map((userEnteredValue) => ({ userEnteredValue })) },
});

describe('the filter of a sheet', () => {
  it.each([
    ['values that are hidden', 0, { hiddenValues: ['Rome', ''] }, [2, 4]],
    ['a condition on numbers', 1, condition('NUMBER_GREATER', '5'), [3]],
    ['a condition on texts', 0, condition('TEXT_CONTAINS', 'o'), [4]],
    ['a formula, from the first row below the header on', 1, condition('CUSTOM_FORMULA', '=B2<10'), [2, 4]],
    ['blanks', 0, condition('NOT_BLANK'), [4]],
    ['a colour', 0, { visibleBackgroundColor: { red: 1 } }, [1, 3, 4]],
  ])('hides rows by %s', async (_, column, criteria, rows) => {
    const opened = await book(ROWS);
    await opened.done(
      {
        repeatCell: {
          range: range(2, 3, 0, 1),
          cell: { userEnteredFormat: { backgroundColor: { red: 1 } } },
          fields: 'userEnteredFormat.backgroundColor',
        },
      },
      filter(column, criteria),
    );
    expect(await hidden(opened)).toEqual(rows);
  });

  it('hides what comes to fail it, and shows everything once it is cleared', async () => {
    const opened = await book(ROWS);
    await opened.done(filter(1, condition('NUMBER_GREATER', '5')));
    await opened.call(`PUT ${opened.path}/values/B2?valueInputOption=RAW`, { values: [[1]] });
    expect(await hidden(opened)).toEqual([1, 3]);
    await opened.done({ clearBasicFilter: { sheetId: 0 } });
    expect(await hidden(opened)).toEqual([]);
    expect(await opened.read('sheets.basicFilter')).toEqual({ sheets: [{}] });
  });

  it('puts the rows in order when it is set, below the header', async () => {
    const opened = await book(ROWS);
    await opened.done({
      setBasicFilter: {
        filter: { range: range(0, 5, 0, 2), sortSpecs: [{ dimensionIndex: 1, sortOrder: 'DESCENDING' }] },
      },
    });
    expect(await opened.values('A1:B5')).toEqual([
      ['City', 'Size'],
      ['Rome', '28'],
      ['', '12'],
      ['Oslo', '7'],
      ['Bonn', '3'],
    ]);
  });

  it('is read back in both forms, whichever it was set in', async () => {
    const opened = await book(ROWS);
    await opened.done({
      setBasicFilter: { filter: { range: range(0, 5, 0, 2), criteria: { 1: { hiddenValues: ['7'] } } } },
    });
    const { sheets } = await opened.read('sheets.basicFilter');
    expect(sheets).toEqual([
      {
        basicFilter: {
          range: { startRowIndex: 0, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 2 },
          criteria: { 1: { hiddenValues: ['7'] } },
          filterSpecs: [{ columnIndex: 1, filterCriteria: { hiddenValues: ['7'] } }],
        },
      },
    ]);
  });

  it('moves with its columns', async () => {
    const opened = await book(ROWS);
    await opened.done(filter(1, { hiddenValues: ['7'] }), {
      insertDimension: { range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 0, endIndex: 2 } },
    });
    const { sheets } = await opened.read('sheets.basicFilter(range.endColumnIndex,filterSpecs.columnIndex)');
    expect(sheets).toEqual([
      { basicFilter: { range: { endColumnIndex: 4 }, filterSpecs: [{ columnIndex: 3 }] } },
    ]);
    expect(await hidden(opened)).toEqual([1]);
  });

  it('is refused for columns outside of it and for conditions that filters do not take', async () => {
    const opened = await book(ROWS);
    expect(await opened.refused(filter(4, { hiddenValues: ['x'] }))).toMatch(
      /^Invalid requests\[0\]\.setBasicFilter: Column index 4 is outside/,
    );
    expect(await opened.refused(filter(1, condition('ONE_OF_LIST', 'x')))).toBe(
      "Invalid requests[0].setBasicFilter: ConditionType 'ONE_OF_LIST' is not supported in filters.",
    );
  });
});

describe('filter views', () => {
  it('are added, changed, duplicated and deleted, and hide nothing for others', async () => {
    const opened = await book(ROWS);
    const { filter: added } = await opened.reply<View>({
      addFilterView: {
        filter: {
          title: 'Small',
          range: range(0, 5, 0, 2),
          filterSpecs: [{ columnIndex: 1, filterCriteria: { hiddenValues: ['28'] } }],
        },
      },
    });
    const { filterViewId } = added;
    expect(filterViewId).toBeGreaterThan(0);
    expect(await hidden(opened)).toEqual([]);
    const { filter: made } = await opened.reply<View>({ duplicateFilterView: { filterId: filterViewId } });
    expect(made.title).toBe('Copy of Small');
    expect(made.filterViewId).not.toBe(filterViewId);
    await opened.done(
      {
        updateFilterView: {
          filter: { filterViewId, title: 'Tiny', criteria: { 0: { hiddenValues: ['Oslo'] } } },
          fields: 'title,criteria',
        },
      },
      { deleteFilterView: { filterId: made.filterViewId } },
    );
    expect(await opened.read('sheets.filterViews(title,criteria,filterSpecs)')).toEqual({
      sheets: [
        {
          filterViews: [
            {
              title: 'Tiny',
              criteria: { 0: { hiddenValues: ['Oslo'] } },
              filterSpecs: [{ columnIndex: 0, filterCriteria: { hiddenValues: ['Oslo'] } }],
            },
          ],
        },
      ],
    });
  });

  it('are named in a row, and refused twice under one id', async () => {
    const opened = await book(ROWS);
    const view = { filter: { filterViewId: 5, range: range(0, 5, 0, 2) } };
    await opened.done({ addFilterView: view }, { addFilterView: { filter: { range: range(0, 5, 0, 2) } } });
    expect(await opened.read('sheets.filterViews.title')).toEqual({
      sheets: [{ filterViews: [{ title: 'Filter 1' }, { title: 'Filter 2' }] }],
    });
    expect(await opened.refused({ addFilterView: view })).toBe(
      'Invalid requests[0].addFilterView: A filter view with ID 5 already exists.',
    );
    expect(await opened.refused({ deleteFilterView: { filterId: 6 } })).toBe(
      'Invalid requests[0].deleteFilterView: No filter view with id: 6',
    );
  });

  it('may be backed by a named range', async () => {
    const opened = await book(ROWS);
    await opened.done(
      { addNamedRange: { namedRange: { namedRangeId: 'n1', name: 'Cities', range: range(0, 5, 0, 2) } } },
      { addFilterView: { filter: { title: 'By name', namedRangeId: 'n1' } } },
    );
    expect(await opened.read('sheets.filterViews(namedRangeId,range.endRowIndex)')).toEqual({
      sheets: [{ filterViews: [{ namedRangeId: 'n1', range: { endRowIndex: 5 } }] }],
    });
  });
});
