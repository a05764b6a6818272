/** A document of a test domain, edited and read through the API. */
import { expect } from 'vitest';
import { type Answer, type Domain, openDomain } from '../domain.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
export type Shown = any;

export interface Page extends Domain {
  documentId: string;
  path: string;
  /** The answer to `documents.create`. */
  made: Answer;
  /** Sends requests as one batch. */
  batch(...requests: object[]): Promise<Answer>;
  /** Sends requests that must succeed; gives the replies. */
  edit(...requests: object[]): Promise<Shown[]>;
  /** Sends one request that must be refused; gives the words of the refusal, less the request's name. */
  refused(request: object): Promise<string>;
  document(query?: string): Promise<Shown>;
  /** The blocks of the body behind the section break that opens it. */
  content(): Promise<Shown[]>;
  /** The text of the body's paragraphs, each with its line break; those of cells among them. */
  text(): Promise<string>;
}

export async function openPage(text = ''): Promise<Page> {
  const opened = await openDomain();
  const made = await opened.call('POST /v1/documents', { title: 'Page' });
  const documentId = String(made.body.documentId);
  const path = `/v1/documents/${documentId}`;
  const batch: Page['batch'] = (...requests) => opened.call(`POST ${path}:batchUpdate`, { requests });
  const page: Page = {
    ...opened,
    documentId,
    path,
    made,
    batch,
    async edit(...requests) {
      const { status, body } = await batch(...requests);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.replies as unknown as Shown[];
    },
    async refused(request) {
      const before = await page.document();
      const { status, body } = await batch(request);
      const message = String((body.error as Shown)?.message);
      expect(status, JSON.stringify(body)).toBe(400);
      expect(await page.document()).toEqual(before);
      return message.replace(/^Invalid requests\[0\]\.\w+: /, '');
    },
    document: async (query = '') => (await opened.call(`GET ${path}${query}`)).body,
    content: async () => (await page.document()).body.content.slice(1),
    text: async () => textOf(await page.content()),
  };
  if (text) await page.edit({ insertText: { text, location: { index: 1 } } });
  return page;
}

/** The text of blocks, those of cells among them. */
export function textOf(content: readonly Shown[]): string {
  return content
    .map(({ paragraph, table, tableOfContents }) => {
      if (paragraph) return paragraph.elements.map((one: Shown) => one.textRun?.content ?? '').join('');
      if (tableOfContents) return textOf(tableOfContents.content);
      return (table?.tableRows ?? [])
        .flatMap((row: Shown) => row.tableCells.map((cell: Shown) => textOf(cell.content)))
        .join('');
    })
    .join('');
}

/** A range of the body. */
export const range = (startIndex: number, endIndex: number, more: object = {}) => ({
  startIndex,
  endIndex,
  ...more,
});

/** Where something goes. */
export const at = (index: number, more: object = {}) => ({ location: { index, ...more } });
