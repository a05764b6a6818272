import { read, utils, write } from '@e965/xlsx';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Domain, openDomain } from '../domain.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SHEET = 'application/vnd.google-apps.spreadsheet';

let domain: Domain;
let id: string;
beforeEach(async () => {
  domain = await openDomain();
  id = await domain.fileId('Budget');
});

async function exported(format: string): Promise<Buffer> {
  const answer = await domain.fetch(
    `/google/drive/v3/files/${id}/export?mimeType=${encodeURIComponent(format)}`,
    {
      headers: { authorization: `Bearer ${domain.token}` },
    },
  );
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(format);
  return Buffer.from(await answer.arrayBuffer());
}

async function imported(bytes: Uint8Array, type: string): Promise<string> {
  const metadata = JSON.stringify({ name: 'Imported', mimeType: SHEET });
  const head = `--b\r\ncontent-type: application/json\r\n\r\n${metadata}\r\n--b\r\ncontent-type: ${type}\r\n\r\n`;
  const answer = await domain.fetch('/google/upload/drive/v3/files?uploadType=multipart', {
    method: 'POST',
    headers: { authorization: `Bearer ${domain.token}`, 'content-type': 'multipart/related; boundary=b' },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--')]),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { id: string }).id;
}

const values = async (of: string, range: string, render = 'UNFORMATTED_VALUE') =>
  (await domain.call(`GET /v4/spreadsheets/${of}/values/${range}?valueRenderOption=${render}`)).body.values;

describe('a spreadsheet', () => {
  it.each([
    ['Excel', XLSX],
    ['OpenDocument', 'application/vnd.oasis.opendocument.spreadsheet'],
  ])('is exported as a workbook of %s with values, formulas and names of sheets', async (_, format) => {
    await domain.call(`PUT /v4/spreadsheets/${id}/values/Costs!D1:D2?valueInputOption=USER_ENTERED`, {
      values: [['Total'], ['=B2*C2']],
    });
    const book = read(await exported(format));
    expect(book.SheetNames).toEqual(['Costs']);
    const sheet = book.Sheets.Costs ?? {};
    expect(utils.sheet_to_json(sheet, { header: 1 })).toEqual([
      ['Item', 'Seats', 'Price', 'Total'],
      ['Figma', 12, 45, 540],
      ['Datadog', 30, 23],
    ]);
    expect(sheet.D2).toMatchObject({ f: 'B2*C2', v: 540 });
  });

  it('is the same workbook, byte for byte, when nothing has happened in between', async () => {
    expect((await exported(XLSX)).equals(await exported(XLSX))).toBe(true);
  });

  it('comes out of a workbook with sheets, formulas, formats and merged cells', async () => {
    const book = utils.book_new();
    const first = utils.aoa_to_sheet([
      ['Item', 'Price'],
      ['Pens', 3],
      ['Ink', 6],
    ]);
    first.B3 = { t: 'n', v: 6, f: 'B2*2', z: '0.00' };
    first['!merges'] = [{ s: { r: 4, c: 0 }, e: { r: 4, c: 1 } }];
    utils.book_append_sheet(book, first, 'Shop');
    utils.book_append_sheet(book, utils.aoa_to_sheet([[true, 'x']]), 'Flags');
    const made = await imported(write(book, { type: 'buffer', bookType: 'xlsx' }), XLSX);
    expect(await values(made, 'Shop!A1:B3')).toEqual([
      ['Item', 'Price'],
      ['Pens', 3],
      ['Ink', 6],
    ]);
    expect(await values(made, 'Shop!B3', 'FORMULA')).toEqual([['=B2*2']]);
    expect(await values(made, 'Shop!B3', 'FORMATTED_VALUE')).toEqual([['6.00']]);
    expect(await values(made, 'Flags!A1:B1')).toEqual([[true, 'x']]);
    const { body } = await domain.call(`GET /v4/spreadsheets/${made}?fields=sheets.merges`);
    expect(body.sheets).toEqual([
      { merges: [{ startRowIndex: 4, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 2 }] },
      {},
    ]);
  });

  it('is printed as PDF, a page for what fits on one', async () => {
    const bytes = (await exported('application/pdf')).toString('latin1');
    expect(bytes).toMatch(/^%PDF-1\.\d/);
    expect(bytes.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(bytes).toContain('(Budget)');
  });

  it('is not made of bytes that are no workbook, and nothing is left behind', async () => {
    const answer = await domain.fetch('/google/upload/drive/v3/files?uploadType=multipart', {
      method: 'POST',
      headers: { authorization: `Bearer ${domain.token}`, 'content-type': 'multipart/related; boundary=b' },
      body: `--b\r\ncontent-type: application/json\r\n\r\n${JSON.stringify({ name: 'No', mimeType: SHEET })}\r\n--b\r\ncontent-type: ${XLSX}\r\n\r\nPK nothing\r\n--b--`,
    });
    expect(answer.status).toBe(400);
    expect(await domain.fileId('No')).toBe('');
  });
});
