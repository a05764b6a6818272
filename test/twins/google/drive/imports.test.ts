import { beforeEach, describe, expect, it } from 'vitest';
import { type Domain, openDomain } from '../domain.ts';

const DOCUMENT = 'application/vnd.google-apps.document';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let domain: Domain;
beforeEach(async () => {
  domain = await openDomain();
});

async function upload(type: string, bytes: Uint8Array | string): Promise<{ status: number; id: string }> {
  const metadata = JSON.stringify({ name: 'Imported', mimeType: DOCUMENT });
  const head = `--b\r\ncontent-type: application/json\r\n\r\n${metadata}\r\n--b\r\ncontent-type: ${type}\r\n\r\n`;
  const answer = await domain.fetch('/google/upload/drive/v3/files?uploadType=multipart', {
    method: 'POST',
    headers: { authorization: `Bearer ${domain.token}`, 'content-type': 'multipart/related; boundary=b' },
    body: Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from('\r\n--b--')]),
  });
  return { status: answer.status, id: String(((await answer.json()) as { id?: string }).id) };
}

async function exported(id: string, format: string): Promise<Buffer> {
  const path = `/google/drive/v3/files/${id}/export?mimeType=${encodeURIComponent(format)}`;
  const answer = await domain.fetch(path, { headers: { authorization: `Bearer ${domain.token}` } });
  return Buffer.from(await answer.arrayBuffer());
}

const imported = async (type: string, bytes: Uint8Array | string): Promise<string> => {
  const { status, id } = await upload(type, bytes);
  expect(status).toBe(200);
  return id;
};

const markdownOf = async (id: string) => String(await exported(id, 'text/markdown'));

const PAGE = `<html><head><title>no</title><style>p{}</style></head><body>
  <h1>Trip  report</h1>
  <p style="text-align:center">We <b>went</b> and
     <i>came</i> back.<br>See <a href="https://example.com/x">the map</a>.</p>
  <ul><li>boots</li><li>rope<ol><li>long</li><li>short</li></ol></li></ul>
  <table><tr><th>Day</th><th>Miles</th></tr><tr><td>1</td><td>12</td></tr></table>
  <script>alert(1)</script>
</body></html>`;

const MARKDOWN = [
  '# Trip report',
  'We **went** and *came* back.  \nSee [the map](https://example.com/x).',
  '* boots\n* rope\n   1. long\n   2. short',
  '| **Day** | **Miles** |\n| :---- | :---- |\n| 1 | 12 |',
].join('\n\n');

describe('an upload that becomes a document', () => {
  it('is a web page with headings, styles, lists and tables', async () => {
    expect(await markdownOf(await imported('text/html', PAGE))).toBe(MARKDOWN);
  });

  it('is Markdown, which is read back as it was', async () => {
    expect(await markdownOf(await imported('text/markdown', MARKDOWN))).toBe(MARKDOWN);
  });

  it('is a file of Word, which is read back as it was', async () => {
    const first = await imported('text/html', PAGE);
    const word = await exported(first, WORD);
    expect(await markdownOf(await imported(WORD, word))).toBe(MARKDOWN);
  });

  it('says alignment, headings and list levels in the structure that the API shows', async () => {
    const id = await imported('text/html', PAGE);
    const { body } = await domain.call(`GET /v1/documents/${id}`);
    // biome-ignore lint/suspicious/noExplicitAny: looked into
    const content = (body as any).body.content;
    expect(content[1].paragraph.paragraphStyle).toMatchObject({ namedStyleType: 'HEADING_1' });
    expect(content[2].paragraph.paragraphStyle).toMatchObject({ alignment: 'CENTER' });
    const bullets = content.flatMap(
      (block: { paragraph?: { bullet?: unknown } }) => block.paragraph?.bullet ?? [],
    );
    expect(bullets).toMatchObject([{}, {}, { nestingLevel: 1 }, { nestingLevel: 1 }]);
    expect(new Set(bullets.map(({ listId }: { listId: string }) => listId)).size).toBe(1);
    expect(content.at(-2)?.table ?? content.at(-1)?.table).toMatchObject({ rows: 2, columns: 2 });
  });

  it('is refused where the bytes are none of its type, and nothing is left behind', async () => {
    expect((await upload(WORD, 'no archive')).status).toBe(400);
    expect(await domain.fileId('Imported')).toBe('');
  });
});
