/** A new spreadsheet with its calls, for tests of what is inside of one. */
import { type Answer, type Domain, openDomain } from '../domain.ts';

export interface Book extends Domain {
  /** `/v4/spreadsheets/{id}` */
  path: string;
  spreadsheetId: string;
  values(range: string, query?: string): Promise<unknown>;
  /** The spreadsheet with these fields. */
  read(fields: string, more?: string): Promise<Answer['body']>;
  batch(...requests: object[]): Promise<Answer>;
  /** The replies of a batch that must succeed. */
  done(...requests: object[]): Promise<Record<string, never>[]>;
  /** What one request is answered with. */
  reply<T>(request: object): Promise<T>;
  /** The message of a batch that must be refused with 400. */
  refused(...requests: object[]): Promise<string>;
}

/** Sheet1 (id 0) holds the rows, entered as if typed. */
export async function book(rows: unknown[][] = []): Promise<Book> {
  const opened = await openDomain();
  const made = await opened.call('POST /v4/spreadsheets', { properties: { title: 'Book' } });
  const spreadsheetId = String(made.body.spreadsheetId);
  const path = `/v4/spreadsheets/${spreadsheetId}`;
  if (rows.length > 0)
    await opened.call(`PUT ${path}/values/A1?valueInputOption=USER_ENTERED`, { values: rows });
  const batch: Book['batch'] = (...requests) => opened.call(`POST ${path}:batchUpdate`, { requests });
  return {
    ...opened,
    path,
    spreadsheetId,
    values: async (range, query = '') =>
      (await opened.call(`GET ${path}/values/${range}${query}`)).body.values,
    read: async (fields, more = '') => {
      const { status, body, text } = await opened.call(`GET ${path}?fields=${fields}${more}`);
      if (status !== 200) throw new Error(text);
      return body;
    },
    batch,
    async done(...requests) {
      const { status, body, text } = await batch(...requests);
      if (status !== 200) throw new Error(text);
      return body.replies as unknown as Record<string, never>[];
    },
    async reply<T>(request: object) {
      const { status, body, text } = await batch(request);
      const [answer] = (body.replies ?? []) as unknown as Record<string, unknown>[];
      if (status !== 200 || !answer) throw new Error(text);
      return Object.values(answer)[0] as T;
    },
    async refused(...requests) {
      const { status, body, text } = await batch(...requests);
      if (status !== 400) throw new Error(`${status} ${text}`);
      return (body.error as unknown as { message: string }).message;
    },
  };
}

/** A `GridRange` of Sheet1, or of another. */
export const range = (
  startRowIndex: number,
  endRowIndex: number,
  startColumnIndex: number,
  endColumnIndex: number,
  sheetId: number = 0,
) => ({ sheetId, startRowIndex, endRowIndex, startColumnIndex, endColumnIndex });
