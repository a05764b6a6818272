import { describe, expect, it } from 'vitest';
import { ANN, BOB, CEM } from '../domain.ts';
import { book, range } from './book.ts';

const REFUSAL =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if ' +
  'you need to edit.';

/** A spreadsheet of Ann's that Bob and Cem may write, with a protected range. */
async function shared(protectedRange: object) {
  const opened = await book([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  for (const emailAddress of [BOB, CEM])
    await opened.call(`POST /drive/v3/files/${opened.spreadsheetId}/permissions`, {
      type: 'user',
      role: 'writer',
      emailAddress,
    });
  const { protectedRange: made } = await opened.reply<{ protectedRange: { protectedRangeId: number } }>({
    addProtectedRange: { protectedRange },
  });
  const as = (email: string) => {
    const token = opened.tokenFor(email);
    return {
      write: (place: string) =>
        opened.call(`PUT ${opened.path}/values/${place}?valueInputOption=RAW`, { values: [['x']] }, token),
      batch: (...requests: object[]) => opened.call(`POST ${opened.path}:batchUpdate`, { requests }, token),
      ranges: async () => {
        const { body } = await opened.call(
          `GET ${opened.path}?fields=sheets.protectedRanges`,
          undefined,
          token,
        );
        const sheets = body.sheets as unknown as { protectedRanges: Record<string, unknown>[] }[];
        return sheets[0]?.protectedRanges ?? [];
      },
    };
  };
  return {
    ...opened,
    as,
    made,
  };
}

describe('a protected range', () => {
  it('is edited by its editors and the owner, not by other writers', async () => {
    const { as, path, call } = await shared({ range: range(0, 2, 0, 2), editors: { users: [BOB] } });
    expect((await as(BOB).write('A1')).status).toBe(200);
    const refused = await as(CEM).write('A1');
    expect(refused.body.error).toEqual({ code: 400, message: REFUSAL, status: 'INVALID_ARGUMENT' });
    expect((await as(CEM).write('A3')).status).toBe(200);
    expect((await call(`POST ${path}/values/A1:clear`, {})).status).toBe(200);
  });

  it.each([
    ['updateCells', { start: { rowIndex: 0 }, rows: [{ values: [{ note: 'x' }] }], fields: 'note' }],
    ['repeatCell', { range: range(1, 4, 0, 1), cell: {}, fields: 'userEnteredFormat' }],
    ['mergeCells', { range: range(0, 3, 0, 1) }],
    ['sortRange', { range: range(0, 3, 0, 2), sortSpecs: [{ dimensionIndex: 1 }] }],
    ['deleteDimension', { range: { dimension: 'ROWS', startIndex: 1, endIndex: 2 } }],
    ['insertDimension', { range: { dimension: 'ROWS', startIndex: 1, endIndex: 2 } }],
    ['insertRange', { range: range(0, 1, 0, 1), shiftDimension: 'ROWS' }],
    ['cutPaste', { source: range(0, 1, 0, 1), destination: { rowIndex: 8 } }],
    ['copyPaste', { source: range(2, 3, 0, 1), destination: range(0, 1, 0, 1) }],
    ['autoFill', { range: range(0, 3, 0, 1) }],
    ['findReplace', { find: 'a', replacement: 'b', allSheets: true }],
    ['trimWhitespace', { range: range(0, 1, 0, 1) }],
    ['updateBorders', { range: range(0, 1, 0, 1), top: { style: 'SOLID' } }],
    ['pasteData', { coordinate: {}, data: 'x', delimiter: ',' }],
  ])('is not reached by another writer’s %s', async (kind, input) => {
    const { as, values } = await shared({ range: range(0, 2, 0, 2) });
    const { status, body } = await as(BOB).batch({ [kind]: input });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ message: `Invalid requests[0].${kind}: ${REFUSAL}` });
    expect(await values('A1:B3')).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
  });

  it('lets a write pass over it', async () => {
    const { path, call, tokenFor, values } = await shared({ range: range(0, 3, 0, 1) });
    const write = `PUT ${path}/values/A1:B1?valueInputOption=RAW`;
    expect((await call(write, { values: [[null, 9]] }, tokenFor(BOB))).status).toBe(200);
    expect((await call(write, { values: [['', 9]] }, tokenFor(BOB))).status).toBe(400);
    expect(await values('A1:B1')).toEqual([['a', '9']]);
  });

  it('leaves parts of a protected sheet free', async () => {
    const { as } = await shared({
      range: { sheetId: 0 },
      unprotectedRanges: [range(0, 1, 0, 1), range(0, 1, 1, 2)],
    });
    expect((await as(BOB).write('A1')).status).toBe(200);
    expect(
      (await as(BOB).batch({ repeatCell: { range: range(0, 1, 0, 2), cell: {}, fields: 'note' } })).status,
    ).toBe(200);
    expect((await as(BOB).write('A2')).status).toBe(400);
    const renamed = { updateSheetProperties: { properties: { sheetId: 0, title: 'X' }, fields: 'title' } };
    expect((await as(BOB).batch(renamed)).status).toBe(400);
  });

  it('is a mere warning where it says so', async () => {
    const { as } = await shared({ range: range(0, 2, 0, 2), warningOnly: true });
    expect((await as(BOB).write('A1')).status).toBe(200);
    expect(await as(BOB).ranges()).toMatchObject([{ warningOnly: true, requestingUserCanEdit: true }]);
  });

  it('opens to everybody in the domain', async () => {
    const { as } = await shared({ range: range(0, 2, 0, 2), editors: { domainUsersCanEdit: true } });
    expect((await as(CEM).write('A1')).status).toBe(200);
  });

  it('is shown with its editors to those who may edit', async () => {
    const { as } = await shared({ range: range(0, 2, 0, 2), editors: { users: [BOB] } });
    expect((await as(BOB).ranges())[0]).toMatchObject({
      requestingUserCanEdit: true,
      editors: { users: [BOB, ANN] },
    });
    expect((await as(CEM).ranges())[0]).not.toHaveProperty('editors');
  });

  it('is changed and deleted by its editors only', async () => {
    const { as, made } = await shared({ range: range(0, 2, 0, 2), editors: { users: [BOB] } });
    const { protectedRangeId } = made;
    expect((await as(CEM).batch({ deleteProtectedRange: { protectedRangeId } })).status).toBe(400);
    const protectedRange = { protectedRangeId, warningOnly: true };
    const update = { updateProtectedRange: { protectedRange, fields: 'warningOnly' } };
    expect((await as(BOB).batch(update)).status).toBe(200);
    expect((await as(CEM).write('A1')).status).toBe(200);
  });

  it('is refused with two places, or with free parts of what is no sheet', async () => {
    const { refused } = await book();
    const both = { range: range(0, 1, 0, 1), namedRangeId: 'x' };
    expect(await refused({ addProtectedRange: { protectedRange: both } })).toContain('Exactly one of range');
    const holes = { range: range(0, 1, 0, 1), unprotectedRanges: [range(0, 1, 0, 1)] };
    expect(await refused({ addProtectedRange: { protectedRange: holes } })).toContain(
      'only supported on protected sheets',
    );
  });
});
