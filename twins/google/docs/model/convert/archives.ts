/** A document as a zipped web page, and as a book (EPUB 3: https://www.w3.org/TR/epub-33/). */
import { escaped } from '../../../../../src/html.ts';
import type { World } from '../../../../../src/world/world.ts';
import { zipped } from '../../../drive/model/conversion/archive.ts';
import { documentHtml } from './html.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?>';

/** One page in the archive, named as the file. */
export const documentArchive = (world: World, documentId: string, name: string): Uint8Array =>
  zipped(world, { [`${name.replace(/[^\p{L}\p{N}_-]/gu, '')}.html`]: documentHtml(world, documentId) });

/** A book of one chapter. */
export function documentBook(world: World, documentId: string, name: string): Uint8Array {
  const title = escaped(name);
  const page = documentHtml(world, documentId)
    .replace(
      /<html>.*?<body/s,
      `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title></head><body`,
    )
    .replace(/<(br|hr|img)([^>]*)>/g, '<$1$2/>');
  const modified = `${new Date(world.now()).toISOString().slice(0, 19)}Z`;
  const metadata =
    `<dc:identifier id="id">${documentId}</dc:identifier><dc:title>${title}</dc:title>` +
    `<dc:language>en</dc:language><meta property="dcterms:modified">${modified}</meta>`;
  const manifest =
    '<item id="page" href="page.xhtml" media-type="application/xhtml+xml"/>' +
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>';
  return zipped(
    world,
    {
      mimetype: 'application/epub+zip',
      'META-INF/container.xml':
        `${XML}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>` +
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
      'book.opf':
        `${XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">` +
        `<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">${metadata}</metadata>` +
        `<manifest>${manifest}</manifest><spine><itemref idref="page"/></spine></package>`,
      'nav.xhtml':
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>' +
        `<nav epub:type="toc"><ol><li><a href="page.xhtml">${title}</a></li></ol></nav></body></html>`,
      'page.xhtml': `${XML}${page}`,
    },
    'mimetype',
  );
}
