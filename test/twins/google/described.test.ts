import { describe, expect, it } from 'vitest';
import { openDomain } from './domain.ts';

/** What Sheets and Docs say about one request of a batch, or about a whole body. */
async function refusals() {
  const { call, fileId } = await openDomain();
  const [sheet, document] = [await fileId('Budget'), await fileId('Plan')];
  const at = {
    sheets: `POST /v4/spreadsheets/${sheet}:batchUpdate`,
    docs: `POST /v1/documents/${document}:batchUpdate`,
    values: `PUT /v4/spreadsheets/${sheet}/values/Costs!A9?valueInputOption=RAW`,
  };
  return async (api: keyof typeof at, body: unknown) => {
    const answer = await call(at[api], body);
    const { message, details } = (answer.body.error ?? {}) as {
      message?: string;
      details?: [{ fieldViolations: unknown[] }];
    };
    return { status: answer.status, message, violations: details?.[0].fieldViolations };
  };
}

describe('a body that protobuf’s reader cannot read', () => {
  it('is told the unknown name as it was sent, at the place as the description spells it', async () => {
    const said = await refusals();
    const deep = { requests: [{ insertText: { text: 'x', location: { index: 1, Where: 2 } } }] };
    expect(await said('docs', deep)).toEqual({
      status: 400,
      message: `Invalid JSON payload received. Unknown name "Where" at 'requests[0].insert_text.location': Cannot find field.`,
      violations: [
        {
          field: 'requests[0].insert_text.location',
          description: `Invalid JSON payload received. Unknown name "Where" at 'requests[0].insert_text.location': Cannot find field.`,
        },
      ],
    });
    const top = await said('docs', { nothing: 1 });
    expect(top.message).toBe('Invalid JSON payload received. Unknown name "nothing": Cannot find field.');
    expect(top.violations).toEqual([{ description: top.message }]);
  });

  it.each([
    [
      'docs',
      { requests: 'x' },
      `Invalid value at 'requests' (type.googleapis.com/google.apps.docs.v1.Request), "x"`,
    ],
    [
      'docs',
      { requests: [{ insertText: 'x' }] },
      `Invalid value at 'requests[0].insert_text' (type.googleapis.com/google.apps.docs.v1.InsertTextRequest), "x"`,
    ],
    [
      'docs',
      { requests: [{ insertText: { text: 'x', location: { index: 'abc' } } }] },
      `Invalid value at 'requests[0].insert_text.location.index' (TYPE_INT32), "abc"`,
    ],
    [
      'docs',
      { requests: [{ updateParagraphStyle: { paragraphStyle: { namedStyleType: 'BOGUS' } } }] },
      `Invalid value at 'requests[0].update_paragraph_style.paragraph_style.named_style_type' (type.googleapis.com/google.apps.docs.v1.NamedStyleType), "BOGUS"`,
    ],
    [
      'docs',
      { requests: [{ insertText: { text: 'x' }, deleteContentRange: {} }] },
      `Invalid value at 'requests[0]' (oneof), oneof field 'request' is already set. Cannot set 'deleteContentRange'`,
    ],
    [
      'sheets',
      { requests: [{ addSheet: { properties: { title: ['x'], gridProperties: { rowCount: 2 ** 31 } } } }] },
      `Invalid JSON payload received. Unknown name "title" at 'requests[0].add_sheet.properties': Proto field is not repeating, cannot start list.
Invalid value at 'requests[0].add_sheet.properties.grid_properties.row_count' (TYPE_INT32), 2147483648`,
    ],
    [
      'values',
      { values: 'X' },
      `Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), "X"`,
    ],
    ['values', ['X'], 'Invalid JSON payload received. Unknown name "": Root element must be a message.'],
  ] as const)('is refused by %s in the reader’s words: %j', async (api, body, message) => {
    const said = await refusals();
    expect(await said(api, body)).toMatchObject({ status: 400, message });
  });
});

describe('a body that protobuf’s reader can read', () => {
  it('may spell names as the .proto file does, numbers as texts, and a list of one as the one', async () => {
    const { call, fileId } = await openDomain();
    const id = await fileId('Budget');
    const requests = {
      add_sheet: { properties: { sheet_id: '77', title: 'New', gridProperties: { row_count: '5' } } },
    };
    const answer = await call(`POST /v4/spreadsheets/${id}:batchUpdate`, { requests });
    expect(answer.body.replies).toMatchObject([
      { addSheet: { properties: { sheetId: 77, title: 'New', gridProperties: { rowCount: 5 } } } },
    ]);
  });
});

describe('query parameters of the newer APIs', () => {
  it('that the method does not have are refused', async () => {
    const { call, fileId } = await openDomain();
    const { status, body } = await call(
      `GET /v1/documents/${await fileId('Plan')}?bogus=1&prettyPrint=false`,
    );
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: `Invalid JSON payload received. Unknown name "bogus": Cannot bind query parameter. Field 'bogus' could not be found in request message.`,
    });
  });

  it('may be flags as Python writes them', async () => {
    const { call, fileId } = await openDomain();
    const answer = await call(`GET /v4/spreadsheets/${await fileId('Budget')}?includeGridData=True`);
    expect(answer.body.sheets).toMatchObject([{ data: [{}] }]);
  });

  it('of the wrong kind are refused with the type that is wanted', async () => {
    const { call, fileId } = await openDomain();
    const path = `/v4/spreadsheets/${await fileId('Budget')}/values/A1`;
    const { body } = await call(`GET ${path}?valueRenderOption=FOO`);
    expect(body.error).toMatchObject({
      message: `Invalid value at 'value_render_option' (type.googleapis.com/google.apps.sheets.v4.ValueRenderOption), "FOO"`,
    });
  });
});
