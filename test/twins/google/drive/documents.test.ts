import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Domain, openDomain } from '../domain.ts';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

let domain: Domain;
let id: string;
beforeEach(async () => {
  domain = await openDomain();
  id = String((await domain.call('POST /v1/documents', { title: 'Report' })).body.documentId);
  const text = 'Report\nIt is bold & linked.\n';
  const answer = await domain.call(`POST /v1/documents/${id}:batchUpdate`, {
    requests: [
      { insertText: { location: { index: 1 }, text } },
      style(1, 7, { namedStyleType: 'HEADING_1' }, 'namedStyleType'),
      look(14, 18, { bold: true }, 'bold'),
      look(21, 27, { link: { url: 'https://example.com/?a=1&b=2' } }, 'link'),
    ],
  });
  expect(answer.status, answer.text).toBe(200);
});

const style = (startIndex: number, endIndex: number, paragraphStyle: object, fields: string) => ({
  updateParagraphStyle: { range: { startIndex, endIndex }, paragraphStyle, fields },
});
const look = (startIndex: number, endIndex: number, textStyle: object, fields: string) => ({
  updateTextStyle: { range: { startIndex, endIndex }, textStyle, fields },
});

async function exported(format: string): Promise<Buffer> {
  const path = `/google/drive/v3/files/${id}/export?mimeType=${encodeURIComponent(format)}`;
  const answer = await domain.fetch(path, { headers: { authorization: `Bearer ${domain.token}` } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe(format);
  return Buffer.from(await answer.arrayBuffer());
}

const inArchive = (bytes: Uint8Array, name: string) => strFromU8(unzipSync(bytes)[name] ?? new Uint8Array());

describe('a document', () => {
  it('is exported as a web page with headings, styles and links', async () => {
    const html = String(await exported('text/html'));
    expect(html).toMatch(/<h1[^>]*><span[^>]*>Report<\/span><\/h1>/);
    expect(html).toContain('<span style="font-weight:700">bold</span>');
    expect(html).toContain('href="https://example.com/?a=1&#38;b=2"');
  });

  it('is exported as Markdown and as plain text', async () => {
    expect(String(await exported('text/markdown'))).toBe(
      '# Report\n\nIt is **bold** & [linked](https://example.com/?a=1&b=2).',
    );
    expect(String(await exported('text/plain'))).toBe('\ufeffReport\r\nIt is bold & linked.\r\n');
  });

  it('is exported as a file of Word whose parts are there and refer to each other', async () => {
    const bytes = await exported(WORD);
    const main = inArchive(bytes, 'word/document.xml');
    expect(main).toContain('<w:pStyle w:val="Heading1"/>');
    expect(main).toContain('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">bold</w:t></w:r>');
    const link = /<w:hyperlink r:id="(\w+)"/.exec(main)?.[1];
    expect(inArchive(bytes, 'word/_rels/document.xml.rels')).toContain(`Id="${link}"`);
    expect(Object.keys(unzipSync(bytes))).toContain('[Content_Types].xml');
  });

  it('is the same file, byte for byte, when nothing has happened in between', async () => {
    for (const format of [WORD, 'application/pdf', 'application/epub+zip', 'application/zip'])
      expect((await exported(format)).equals(await exported(format)), format).toBe(true);
  });

  it('is printed as PDF', async () => {
    expect((await exported('application/pdf')).toString('latin1')).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/);
  });

  it('is a book that begins with its type, not compressed', async () => {
    const bytes = await exported('application/epub+zip');
    expect(bytes.toString('latin1')).toMatch(/^PK[\s\S]{28}mimetypeapplication\/epub\+zip/);
    expect(inArchive(bytes, 'page.xhtml')).toContain('<h1');
  });

  it('in a format that the twin does not make is a gap', async () => {
    const answer = await domain.call(`GET /drive/v3/files/${id}/export?mimeType=application/rtf`);
    expect(answer.headers.get('x-orrery-gap')).toBe('drive.files.export:application/rtf');
  });
});
