import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/router.ts';
import { google } from '../../../twins/google/twin.ts';
import { openDomain } from './domain.ts';

/** Values of every wrong kind, to be put where a request's own fields are wanted. */
const WRONG: readonly unknown[] = [
  null,
  5,
  'x',
  [],
  {},
  [null],
  { range: 5 },
  { range: { startRowIndex: 'x', endRowIndex: {} } },
  { range: { startRowIndex: -5, endRowIndex: 1e9, startColumnIndex: 2, endColumnIndex: 1 }, fields: '*' },
  { range: { dimension: 'COLUMNS', startIndex: 3, endIndex: 2 } },
  { fields: '((', properties: 5 },
  { fields: '*', properties: {}, rows: 'x' },
  { fields: '*', rows: [null], range: { endRowIndex: 1 } },
  { properties: { title: 5, index: -3 }, fields: 'title,index' },
  { text: 5, location: 'x' },
  { find: 5, containsText: { text: 5 } },
  { namedRange: { name: 5 }, protectedRange: { editors: 5 } },
  { sheetId: 0, dimension: 'ROWS', length: 1e15 },
  { sortSpecs: [null], range: {} },
];
const FIELDS = [
  ...[
    'requests',
    'values',
    'data',
    'ranges',
    'dataFilters',
    'sheets',
    'properties',
    'name',
    'parents',
    'title',
  ],
  ...['content', 'type', 'emailAddress', 'shortcutDetails', 'restrictions', 'destinationSpreadsheetId'],
];
const KINDS = [
  ...['addSheet', 'updateSheetProperties', 'updateCells', 'repeatCell', 'appendCells', 'appendDimension'],
  ...[
    'insertDimension',
    'deleteDimension',
    'mergeCells',
    'copyPaste',
    'cutPaste',
    'sortRange',
    'findReplace',
  ],
  ...[
    'addNamedRange',
    'addProtectedRange',
    'createDeveloperMetadata',
    'autoResizeDimensions',
    'setBasicFilter',
  ],
  ...['insertText', 'deleteContentRange', 'replaceAllText', 'updateTextStyle', 'createNamedRange'],
];

describe('a body of the wrong shape', () => {
  it('gets an answer or the vendor’s own error from every endpoint, never a failure of the server', async () => {
    const { call, universe, fileId } = await openDomain();
    const [budget, plan, root] = [await fileId('Budget'), await fileId('Plan'), universe.state.snapshot()];
    const bodies = FIELDS.flatMap((field) => WRONG.map((value) => ({ [field]: value }))).concat(
      WRONG as never,
    );
    const requests = KINDS.flatMap((kind) => WRONG.map((value) => ({ requests: [{ [kind]: value }] })));
    const failed: string[] = [];
    for (const { id, route } of google.endpoints) {
      const [[method = ''], path] = parseRoute(route);
      if (method === 'GET' || method === 'DELETE') continue;
      const address = path
        .replace('{spreadsheetId}', budget)
        .replace(/\{(fileId|documentId)\}/, plan)
        .replace('{range}', 'A1')
        .replace(/\{[^}]+\}/g, 'x');
      for (const body of id.endsWith('.batchUpdate') ? [...bodies, ...requests] : bodies) {
        universe.state.restore(root);
        const query = '?valueInputOption=RAW&requestId=r&fields=*';
        const { status } = await call(`${method} ${address}${query}`, JSON.stringify(body));
        if (status >= 500 && status !== 501) failed.push(`${id} ${JSON.stringify(body)}`);
      }
    }
    expect(failed).toEqual([]);
  }, 120_000);

  it('that is no JSON is refused in the words of each API', async () => {
    const { call, fileId } = await openDomain();
    const drive = await call('POST /drive/v3/files', '{"name":');
    expect(drive.body.error).toMatchObject({ code: 400, errors: [{ reason: 'parseError' }] });
    const sheets = await call(`POST /v4/spreadsheets/${await fileId('Budget')}:batchUpdate`, '{"requests":');
    expect(sheets.body.error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' });
  });

  it('is told which field is of the wrong type', async () => {
    const { call, fileId } = await openDomain();
    const { body } = await call(`POST /v4/spreadsheets/${await fileId('Budget')}:batchUpdate`, {
      requests: [{ appendDimension: { sheetId: 'x', dimension: 'ROWS', length: 1 } }],
    });
    expect(body.error).toMatchObject({
      message: `Invalid value at 'requests[0].append_dimension.sheet_id' (TYPE_INT32), "x"`,
      details: [{ fieldViolations: [{ field: 'requests[0].append_dimension.sheet_id' }] }],
    });
  });
});
