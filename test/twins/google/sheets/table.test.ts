import { describe, expect, it } from 'vitest';
import { book, range } from './book.ts';

const ROWS = [
  ['Task', 'Done', 'State'],
  ['Paint', '', 'Open'],
  ['Clean', true, 'Open'],
];
const STATES = {
  condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'Open' }, { userEnteredValue: 'Shut' }] },
};
const add = (more: object = {}) => ({
  addTable: { table: { name: 'Tasks', range: range(0, 3, 0, 3), ...more } },
});

interface Added {
  table: { tableId: string };
}

describe('tables', () => {
  it('take their columns’ names from the header row, and are read back whole', async () => {
    const opened = await book(ROWS);
    const { table } = await opened.reply<Added>(
      add({
        columnProperties: [
          { columnIndex: 2, columnName: 'Status', columnType: 'DROPDOWN', dataValidationRule: STATES },
        ],
      }),
    );
    expect(table).toEqual({
      tableId: expect.any(String),
      name: 'Tasks',
      range: { startRowIndex: 0, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 3 },
      rowsProperties: expect.objectContaining({
        firstBandColorStyle: { rgbColor: { red: 1, green: 1, blue: 1 } },
      }),
      columnProperties: [
        { columnName: 'Task' },
        { columnIndex: 1, columnName: 'Done' },
        { columnIndex: 2, columnName: 'Status', columnType: 'DROPDOWN', dataValidationRule: STATES },
      ],
    });
    expect(await opened.read('sheets.tables')).toEqual({ sheets: [{ tables: [table] }] });
    expect(await opened.values('A1:C1')).toEqual([['Task', 'Done', 'Status']]);
  });

  it('fill checkboxes and ratings, and name columns without a header', async () => {
    const opened = await book([['Task'], ['Paint']]);
    await opened.done(
      add({
        range: range(0, 2, 0, 3),
        columnProperties: [
          { columnIndex: 1, columnType: 'BOOLEAN' },
          { columnIndex: 2, columnType: 'RATINGS_CHIP' },
        ],
      }),
    );
    expect(await opened.values('A1:C2')).toEqual([
      ['Task', 'Column 2', 'Column 3'],
      ['Paint', 'FALSE', '0'],
    ]);
  });

  it('colour their rows, and are among the banded ranges unless left out', async () => {
    const opened = await book(ROWS);
    const { table } = await opened.reply<Added>(
      add({ rowsProperties: { headerColorStyle: { rgbColor: { red: 1 } } } }),
    );
    const { sheets } = await opened.read(
      'sheets.data.rowData.values.effectiveFormat.backgroundColor',
      '&ranges=A1:A2',
    );
    expect(sheets).toEqual([
      {
        data: [
          {
            rowData: [
              { values: [{ effectiveFormat: { backgroundColor: { red: 1 } } }] },
              { values: [{ effectiveFormat: { backgroundColor: { red: 1, green: 1, blue: 1 } } }] },
            ],
          },
        ],
      },
    ]);
    expect(await opened.read('sheets.bandedRanges.bandedRangeReference')).toEqual({
      sheets: [{ bandedRanges: [{ bandedRangeReference: table.tableId }] }],
    });
    expect(await opened.read('sheets.bandedRanges', '&excludeTablesInBandedRanges=true')).toEqual({
      sheets: [{}],
    });
    expect(
      await opened.refused({
        addBanding: {
          bandedRange: {
            range: range(0, 1, 0, 1),
            rowProperties: { firstBandColor: {}, secondBandColor: {} },
          },
        },
      }),
    ).toMatch(/already has alternating background colors/);
  });

  it('take in rows that are appended below them', async () => {
    const opened = await book(ROWS);
    await opened.done(add());
    await opened.call(`POST ${opened.path}/values/A1:append?valueInputOption=RAW`, {
      values: [['Sand', false, 'Open']],
    });
    expect(await opened.read('sheets.tables.range.endRowIndex')).toEqual({
      sheets: [{ tables: [{ range: { endRowIndex: 4 } }] }],
    });
  });

  it('get rows by their id, before the footer', async () => {
    const opened = await book([...ROWS, ['Sum', '', '']]);
    const { table } = await opened.reply<Added>(
      add({ range: range(0, 4, 0, 3), rowsProperties: { footerColorStyle: { rgbColor: { blue: 1 } } } }),
    );
    await opened.done({
      appendCells: {
        tableId: table.tableId,
        rows: [{ values: [{ userEnteredValue: { stringValue: 'Sand' } }] }],
        fields: 'userEnteredValue',
      },
    });
    expect(await opened.values('A1:A5')).toEqual([['Task'], ['Paint'], ['Clean'], ['Sand'], ['Sum']]);
    expect(await opened.read('sheets.tables.range.endRowIndex')).toEqual({
      sheets: [{ tables: [{ range: { endRowIndex: 5 } }] }],
    });
  });

  it('grow by a footer and shrink without it, and are renamed', async () => {
    const opened = await book(ROWS);
    const { table } = await opened.reply<Added>(add());
    const { tableId } = table;
    const footer = { rgbColor: { blue: 1 } };
    await opened.done({
      updateTable: {
        table: { tableId, name: 'Chores', rowsProperties: { footerColorStyle: footer } },
        fields: 'name,rowsProperties.footerColorStyle',
      },
    });
    expect(await opened.read('sheets.tables(name,range.endRowIndex)')).toEqual({
      sheets: [{ tables: [{ name: 'Chores', range: { endRowIndex: 4 } }] }],
    });
    await opened.done({ updateTable: { table: { tableId }, fields: 'rowsProperties' } });
    expect(await opened.read('sheets.tables.range.endRowIndex')).toEqual({
      sheets: [{ tables: [{ range: { endRowIndex: 3 } }] }],
    });
    await opened.done({ deleteTable: { tableId } });
    expect(await opened.read('sheets.tables')).toEqual({ sheets: [{}] });
    expect(await opened.values('A1')).toEqual([['Task']]);
  });

  it.each([
    ['a name that is taken', { range: range(10, 12, 0, 3) }, 'A table with name: Tasks already exists.'],
    [
      'cells of another one',
      { name: 'Other' },
      'You cannot add alternating background colors to a range that already has alternating background colors.',
    ],
    [
      'a dropdown without its list',
      { name: 'O', range: range(10, 12, 0, 1), columnProperties: [{ columnType: 'DROPDOWN' }] },
      'Condition must be set for dropdown column type.',
    ],
    [
      'a list for numbers',
      {
        name: 'O',
        range: range(10, 12, 0, 1),
        columnProperties: [{ columnType: 'DOUBLE', dataValidationRule: STATES }],
      },
      'Cannot set condition for non-dropdown column type.',
    ],
  ])('are refused with %s', async (_, more, why) => {
    const opened = await book(ROWS);
    await opened.done(add());
    expect(await opened.refused(add(more))).toBe(`Invalid requests[0].addTable: ${why}`);
  });

  it('keep data validation off their typed columns', async () => {
    const opened = await book(ROWS);
    await opened.done(add({ columnProperties: [{ columnIndex: 1, columnType: 'BOOLEAN' }] }));
    const rule = { condition: { type: 'TEXT_IS_URL' } };
    expect(await opened.refused({ setDataValidation: { range: range(0, 3, 1, 2), rule } })).toBe(
      'Invalid requests[0].setDataValidation: This operation is not allowed on cells in typed columns.',
    );
    await opened.done({ setDataValidation: { range: range(0, 3, 0, 1), rule } });
  });

  it('may be what a filter is for', async () => {
    const opened = await book(ROWS);
    const { table } = await opened.reply<Added>(add());
    await opened.done({
      setBasicFilter: {
        filter: {
          tableId: table.tableId,
          filterSpecs: [{ columnIndex: 0, filterCriteria: { hiddenValues: ['Paint'] } }],
        },
      },
    });
    expect(await opened.read('sheets.basicFilter(tableId,range.endRowIndex)')).toEqual({
      sheets: [{ basicFilter: { tableId: table.tableId, range: { endRowIndex: 3 } } }],
    });
  });
});
