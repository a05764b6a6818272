/** What formulas go with besides the cells of their own sheet: other spreadsheets, tables, filters, time and chance. */
import { describe, expect, it } from 'vitest';
import { ANN, BOB } from '../domain.ts';
import { type Book, book, range } from './book.ts';

const write = (on: Book, at: string, values: unknown[][]) =>
  on.call(`PUT ${on.path}/values/${at}?valueInputOption=USER_ENTERED`, { values });

const connect = (on: Book, as: string) =>
  on.universe.gesture({
    twin: 'google',
    gesture: 'connectSheets',
    as,
    by: 'person',
    with: { file: 'Book', from: 'Budget' },
  });

describe('IMPORTRANGE', () => {
  const errorAt = async (on: Book, at: string) => {
    const body = await on.read('sheets.data.rowData.values.effectiveValue', `&ranges=${at}`);
    return (
      body.sheets as unknown as { data: { rowData: { values: { effectiveValue: object }[] }[] }[] }[]
    )[0]?.data[0]?.rowData[0]?.values[0]?.effectiveValue;
  };

  it('reads another spreadsheet once somebody who sees it has allowed that, and follows its edits', async () => {
    const into = await book();
    const from = await into.fileId('Budget');
    await write(into, 'A1', [
      [`=IMPORTRANGE("https://docs.google.com/spreadsheets/d/${from}/edit","Costs!A1:B2")`],
    ]);
    expect(await errorAt(into, 'A1')).toEqual({
      errorValue: { type: 'REF', message: 'You need to connect these sheets.' },
    });
    connect(into, ANN);
    expect(await into.values('A1:B2')).toEqual([
      ['Item', 'Seats'],
      ['Figma', '12'],
    ]);
    await into.call(`PUT /v4/spreadsheets/${from}/values/Costs!B2?valueInputOption=RAW`, { values: [[13]] });
    await write(into, 'D1', [['=SUM(B:B)']]);
    expect(await into.values('D1')).toEqual([['13']]);
  });

  it('refuses what is not there', async () => {
    const into = await book([['=IMPORTRANGE("nothing","A1")']]);
    expect(await errorAt(into, 'A1')).toEqual({
      errorValue: { type: 'REF', message: 'Spreadsheet cannot be found.' },
    });
  });

  it('that leads back to where it came from is a circle', async () => {
    const into = await book();
    const from = await into.fileId('Budget');
    await write(into, 'A1', [[`=IMPORTRANGE("${from}","Costs!E1")`, '=A1']]);
    connect(into, ANN);
    await into.call(`PUT /v4/spreadsheets/${from}/values/Costs!E1?valueInputOption=USER_ENTERED`, {
      values: [[`=IMPORTRANGE("${into.spreadsheetId}","B1")`]],
    });
    into.universe.gesture({
      twin: 'google',
      gesture: 'connectSheets',
      as: ANN,
      by: 'person',
      with: { file: 'Budget', from: 'Book' },
    });
    expect(await into.values('A1:B1')).toEqual([['#REF!', '#REF!']]);
    await write(into, 'B1', [[3]]);
    expect(await into.values('A1:B1')).toEqual([['3', '3']]);
  });

  it('is cut off where the person who allowed it sees the spreadsheet no more', async () => {
    const into = await book();
    const from = await into.fileId('Budget');
    await into.call(`POST /drive/v3/files/${into.spreadsheetId}/permissions`, {
      type: 'user',
      role: 'writer',
      emailAddress: BOB,
    });
    await write(into, 'A1', [[`=IMPORTRANGE("${from}","A1")`]]);
    connect(into, BOB);
    expect(await into.values('A1')).toEqual([['Item']]);
    const { body } = await into.call(
      `GET /drive/v3/files/${from}/permissions?fields=permissions(id,emailAddress)`,
    );
    const bobs = (body.permissions as unknown as { id: string; emailAddress: string }[]).find(
      (one) => one.emailAddress === BOB,
    );
    await into.call(`DELETE /drive/v3/files/${from}/permissions/${bobs?.id}`);
    expect(await errorAt(into, 'A1')).toEqual({
      errorValue: { type: 'REF', message: "You don't have permissions to access that sheet." },
    });
  });
});

describe('formulas', () => {
  it('name columns of tables, and follow when a table is renamed', async () => {
    const on = await book([
      ['Item', 'Total'],
      ['a', 1],
      ['b', 2],
    ]);
    const table = { name: 'Orders', range: range(0, 3, 0, 2) };
    const { table: made } = await on.reply<{ table: { tableId: string } }>({ addTable: { table } });
    await write(on, 'D1', [['=SUM(Orders[Total])', '=COUNTA(Orders[[#ALL],[Item]])', '=ROWS(Orders)']]);
    expect(await on.values('D1:F1')).toEqual([['3', '3', '2']]);
    await write(on, 'B3', [[5]]);
    expect(await on.values('D1')).toEqual([['6']]);
    expect(made.tableId).toBeTruthy();
  });

  it('leave filtered and hidden rows out of subtotals', async () => {
    const on = await book([['n'], [1], [2], [4], ['=SUBTOTAL(9,A2:A4)', '=SUBTOTAL(109,A2:A4)']]);
    expect(await on.values('A5:B5')).toEqual([['7', '7']]);
    const filterSpecs = [{ columnIndex: 0, filterCriteria: { hiddenValues: ['2'] } }];
    await on.done({ setBasicFilter: { filter: { range: range(0, 4, 0, 1), filterSpecs } } });
    expect(await on.values('A5:B5')).toEqual([['5', '5']]);
    await write(on, 'A2', [[2]]);
    expect(await on.values('A5:B5')).toEqual([['4', '4']]);
    const hidden = {
      range: { dimension: 'ROWS', startIndex: 3, endIndex: 4 },
      properties: { hiddenByUser: true },
    };
    await on.done({ updateDimensionProperties: { ...hidden, fields: 'hiddenByUser' } });
    expect(await on.values('A5:B5')).toEqual([['4', '0']]);
  });

  it('lead where their address leads, however it is made', async () => {
    const on = await book([['shop', '=HYPERLINK("https://x.example/"&A1,"go")']]);
    const body = await on.read('sheets.data.rowData.values(hyperlink,formattedValue)', '&ranges=B1');
    expect(JSON.stringify(body)).toContain('"hyperlink":"https://x.example/shop"');
  });

  it('are read by the separators of the locale', async () => {
    const on = await book();
    await on.done({ updateSpreadsheetProperties: { properties: { locale: 'de_DE' }, fields: 'locale' } });
    await write(on, 'A1', [['=SUM(1,5;2)', '={1\\2;3\\4}']]);
    expect(await on.values('A1', '?valueRenderOption=UNFORMATTED_VALUE')).toEqual([[3.5]]);
    expect(await on.values('B1:C2', '?valueRenderOption=UNFORMATTED_VALUE')).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('show the time of the one who reads', async () => {
    const on = await book([['=TODAY()', '=NOW()']]);
    const serials = async () =>
      ((await on.values('A1:B1', '?valueRenderOption=UNFORMATTED_VALUE')) as number[][])[0] ?? [];
    const [today = 0, now = 0] = await serials();
    await on.universe.advance(on.universe.now() + 36 * 3_600_000);
    const [later, then = 0] = await serials();
    expect(later).toBe(today + 1);
    expect(then - now).toBeCloseTo(1.5);
  });

  it('draw random numbers anew at a change, not when they are read', async () => {
    const on = await book([['=RAND()', '=RANDBETWEEN(1,6)', '=RAND()']]);
    const first = await on.values('A1:C1');
    expect(await on.values('A1:C1')).toEqual(first);
    const [a, b, c] = (first as string[][])[0] ?? [];
    expect(a).not.toBe(c);
    expect(Number(b)).toBeGreaterThanOrEqual(1);
    expect(Number(b)).toBeLessThanOrEqual(6);
    await write(on, 'A9', [['x']]);
    expect(((await on.values('A1')) as string[][])[0]?.[0]).not.toBe(a);
  });

  it('draw random numbers each minute where the spreadsheet says so', async () => {
    const on = await book([['=RAND()']]);
    await on.done({
      updateSpreadsheetProperties: { properties: { autoRecalc: 'MINUTE' }, fields: 'autoRecalc' },
    });
    const first = await on.values('A1');
    await on.universe.advance(on.universe.now() + 60_000);
    expect(await on.values('A1')).not.toEqual(first);
  });

  it('that depend on themselves go round as often as the settings allow', async () => {
    const on = await book([['=A1+1', '=C1+1', '=B1/2']]);
    expect(await on.values('A1:C1')).toEqual([['#REF!', '#REF!', '#REF!']]);
    const iterativeCalculationSettings = { maxIterations: 20, convergenceThreshold: 0.0001 };
    await on.done({
      updateSpreadsheetProperties: {
        properties: { iterativeCalculationSettings },
        fields: 'iterativeCalculationSettings',
      },
    });
    const [[a, b, c]] = (await on.values('A1:C1', '?valueRenderOption=UNFORMATTED_VALUE')) as [number[]];
    expect(a).toBe(20);
    expect(b).toBeCloseTo(2, 3);
    expect(c).toBeCloseTo(1, 3);
  });

  it('show again what they showed when a batch is refused', async () => {
    const on = await book([[1, '=A1*2', '=SEQUENCE(A1+1)']]);
    const before = await on.values('A1:C4');
    const cell = {
      range: range(0, 1, 0, 1),
      cell: { userEnteredValue: { numberValue: 3 } },
      fields: 'userEnteredValue',
    };
    await on.refused(
      { repeatCell: cell },
      { autoResizeDimensions: { dimensions: { dimension: 'COLUMNS' } } },
      {
        deleteSheet: { sheetId: 99 },
      },
    );
    expect(await on.values('A1:C4')).toEqual(before);
  });

  it('of a long chain are computed from their far end', async () => {
    const on = await book(Array.from({ length: 900 }, (_, i) => [i === 0 ? 1 : `=A${i}+1`]));
    expect(await on.values('A900')).toEqual([['900']]);
    await write(on, 'A1', [[101]]);
    expect(await on.values('A900')).toEqual([['1000']]);
  });
});
