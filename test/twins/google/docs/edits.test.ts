import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../../src/prng.ts';
import { wrongsOf } from './invariants.ts';
import { openPage, type Page, range, type Shown } from './page.ts';

/** Documents and batches for each; a failure names the seed. */
const DOCUMENTS = 12;
const BATCHES = 25;
const WORDS = ['alpha ', 'b\n', '👩‍🚀', '\tgamma', 'née ', '😀😀', '\n', 'x', 'two\nlines', 'ALPHA'];

describe('any batch of edits', () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++)
    it(`leaves a whole document, or the one that was there (seed ${seed})`, async () => {
      const drawn = draw(seed, 'docs.edits');
      const page = await openPage('Start 😀 here\n\tand there');
      let taken = 0;
      for (let nth = 0; nth < BATCHES; nth++)
        taken += await oneBatch(page, drawn, `seed ${seed}, batch ${nth}`);
      expect(taken).toBeGreaterThan(0);
    });
});

describe('text put in and taken out by index', () => {
  for (let seed = 1; seed <= DOCUMENTS; seed++)
    it(`is that of a text edited alike (seed ${seed})`, async () => {
      const drawn = draw(seed, 'docs.text');
      const page = await openPage();
      let reference = '\n';
      for (let nth = 0; nth < 60; nth++) {
        const [request, after] = textEdit(drawn, reference);
        const { status } = await page.batch(request);
        if (after !== undefined) expect(status, JSON.stringify(request)).toBe(200);
        if (status === 200) reference = after ?? 'should have been refused';
        expect(await page.text(), `seed ${seed}, edit ${nth}: ${JSON.stringify(request)}`).toBe(reference);
      }
    });
});

/** One batch; 1 if it was taken. */
async function oneBatch(page: Page, drawn: Draw, says: string): Promise<number> {
  const before = await page.document('?includeTabsContent=true');
  const requests = Array.from({ length: drawn.int(1, 3) }, () => anyRequest(drawn, before));
  const { status, body } = await page.batch(...requests);
  const after = await page.document('?includeTabsContent=true');
  expect([200, 400], `${says}: ${JSON.stringify([requests, body])}`).toContain(status);
  if (status === 400) expect(after, `${says} was refused: ${JSON.stringify(requests)}`).toEqual(before);
  else if (JSON.stringify(after.tabs) !== JSON.stringify(before.tabs))
    expect(after.revisionId, says).not.toBe(before.revisionId);
  expect(wrongsOf(after), `${says}: ${JSON.stringify(requests)}`).toEqual([]);
  return status === 200 ? 1 : 0;
}

/** A request about some place of the document, which may well be wrong. */
function anyRequest(drawn: Draw, document: Shown): object {
  const { tabProperties, documentTab: tab } = drawn.pick<Shown>(document.tabs);
  const where: Shown = { tabId: tabProperties.tabId };
  const segments = ['', ...Object.keys(tab.headers ?? {}), ...Object.keys(tab.footnotes ?? {})];
  const segmentId = drawn.pick(segments);
  if (segmentId) where.segmentId = segmentId;
  const content = segmentId
    ? (tab.headers?.[segmentId] ?? tab.footnotes[segmentId]).content
    : tab.body.content;
  const end: number = content.at(-1).endIndex;
  const index = drawn.int(0, end);
  const to = drawn.int(index, Math.min(index + 12, end));
  const location = { index, ...where };
  const some = range(index, to, where);
  const tables = tablesOf(content);
  const tableStartLocation = { index: tables.length > 0 ? drawn.pick(tables) : index, ...where };
  const cell = {
    tableCellLocation: { tableStartLocation, rowIndex: drawn.int(0, 2), columnIndex: drawn.int(0, 2) },
  };
  const tableRange = { ...cell, rowSpan: drawn.int(1, 2), columnSpan: drawn.int(1, 2) };
  return drawn.pick<() => object>([
    () => ({ insertText: { text: drawn.pick(WORDS), location } }),
    () => ({ insertText: { text: drawn.pick(WORDS), location } }),
    () => ({ insertText: { text: drawn.pick(WORDS), endOfSegmentLocation: where } }),
    () => ({ deleteContentRange: { range: some } }),
    () => ({ deleteContentRange: { range: some } }),
    () => ({ insertTable: { rows: drawn.int(1, 3), columns: drawn.int(1, 3), location } }),
    () => ({ insertTableRow: { ...cell, insertBelow: drawn.int(0, 1) === 1 } }),
    () => ({ insertTableColumn: { ...cell, insertRight: drawn.int(0, 1) === 1 } }),
    () => ({ deleteTableRow: cell }),
    () => ({ deleteTableColumn: cell }),
    () => ({ mergeTableCells: { tableRange } }),
    () => ({ unmergeTableCells: { tableRange } }),
    () => ({ createParagraphBullets: { range: some, bulletPreset: 'BULLET_DISC_CIRCLE_SQUARE' } }),
    () => ({ createParagraphBullets: { range: some, bulletPreset: 'NUMBERED_DECIMAL_NESTED' } }),
    () => ({ deleteParagraphBullets: { range: some } }),
    () => ({ updateTextStyle: { range: some, textStyle: { bold: true }, fields: 'bold' } }),
    () => ({
      updateTextStyle: { range: some, textStyle: { link: { url: 'https://a.example' } }, fields: 'link' },
    }),
    () => ({
      updateParagraphStyle: {
        range: some,
        paragraphStyle: { namedStyleType: drawn.pick(['HEADING_1', 'NORMAL_TEXT']) },
        fields: 'namedStyleType',
      },
    }),
    () => ({ insertPageBreak: { location } }),
    () => ({ insertSectionBreak: { location, sectionType: 'CONTINUOUS' } }),
    () => ({ createFootnote: { location } }),
    () => ({ createHeader: { type: 'DEFAULT', sectionBreakLocation: { index: 0, tabId: where.tabId } } }),
    () => ({ insertInlineImage: { uri: 'https://a.example/8x8.png', location } }),
    () => ({ insertPerson: { personProperties: { email: 'bob@acme.example' }, location } }),
    () => ({ createNamedRange: { name: drawn.pick(['n', 'm']), range: some } }),
    () => ({ deleteNamedRange: { name: 'm' } }),
    () => ({ replaceNamedRangeContent: { namedRangeName: 'n', text: drawn.pick(WORDS) } }),
    () => ({
      replaceAllText: {
        containsText: { text: drawn.pick(['a', 'ALPHA', '😀', 'e']), matchCase: drawn.int(0, 1) === 1 },
        replaceText: drawn.pick(['', 'q', '😀z', 'one\ntwo']),
      },
    }),
    () => ({ replaceAllText: { containsText: { text: '[a-c]+', searchByRegex: true }, replaceText: 'R' } }),
    () => ({ addDocumentTab: { tabProperties: { title: `T${drawn.int(1, 4)}` } } }),
    () => ({ deleteTab: { tabId: where.tabId } }),
  ])();
}

/** First indexes of the tables of content. */
const tablesOf = (content: readonly Shown[]): number[] =>
  content.filter((block) => block.table).map((block) => block.startIndex);

/** An edit of a body of paragraphs alone, and the text after it; undefined where it is to be refused. */
function textEdit(drawn: Draw, text: string): [object, string | undefined] {
  const offset = drawn.int(0, text.length - 1);
  if (text.length < 4 || drawn.int(0, 2) > 0) {
    const word = drawn.pick(['ab', 'c\nd', '\n', 'ef gh', '12']);
    const location = { index: offset + 1 };
    return [{ insertText: { text: word, location } }, text.slice(0, offset) + word + text.slice(offset)];
  }
  const end = drawn.int(offset + 1, Math.min(offset + 6, text.length));
  const after = end < text.length ? text.slice(0, offset) + text.slice(end) : undefined;
  return [{ deleteContentRange: { range: range(offset + 1, end + 1) } }, after];
}
