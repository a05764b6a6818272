import { describe, expect, it } from 'vitest';
import { draw } from '../../../../src/prng.ts';
import { actsOf, placeAt } from '../../rooms.ts';
import { ANN, BOB } from '../domain.ts';
import { wrongsOf } from './invariants.ts';
import { openPage, type Page, range, type Shown, textOf } from './page.ts';

const DOCUMENTS = 12;

describe('a suggested change', () => {
  it('is marked in the text until somebody takes it up', async () => {
    const page = await openPage('0123456789');
    const answer = await suggest(page, { insertText: { text: 'X', location: { index: 4 } } });
    const [id] = answer.suggestionResponses[0].createdSuggestionIds;
    expect(answer.commentUpdateState).toBe('ALL_SAVED');
    const [{ paragraph }] = await page.content();
    expect(
      paragraph.elements.map((one: Shown) => [one.textRun.content, one.textRun.suggestedInsertionIds]),
    ).toEqual([
      ['012', undefined],
      ['X', [id]],
      ['3456789\n', undefined],
    ]);
    await page.edit({ acceptSuggestion: { suggestionId: id } });
    expect((await page.content())[0].paragraph.elements).toHaveLength(1);
    expect(await page.text()).toBe('012X3456789\n');
  });

  it('to take text out leaves it in place, and its indexes', async () => {
    const page = await openPage('0123456789');
    await suggest(
      page,
      { deleteContentRange: { range: range(1, 5) } },
      { insertText: { text: 'Z', location: { index: 6 } } },
    );
    expect(await textIn(page, 'SUGGESTIONS_INLINE')).toBe('01234Z56789\n');
    expect(await textIn(page, 'PREVIEW_SUGGESTIONS_ACCEPTED')).toBe('4Z56789\n');
    expect(await textIn(page, 'PREVIEW_WITHOUT_SUGGESTIONS')).toBe('0123456789\n');
  });

  it('joins an open suggestion of the same person that it touches', async () => {
    const page = await openPage('0123456789');
    const first = await suggest(page, { insertText: { text: 'X', location: { index: 10 } } });
    const [id] = first.suggestionResponses[0].createdSuggestionIds;
    const second = await suggest(page, { insertText: { text: 'Y', location: { index: 11 } } });
    expect(second.suggestionResponses).toEqual([{ updatedSummarySuggestionIds: [id] }]);
    const apart = await suggest(page, { deleteContentRange: { range: range(2, 3) } });
    expect(apart.suggestionResponses[0].createdSuggestionIds).toHaveLength(1);
    expect((await threads(page)).suggestions.map((one: Shown) => one.summaryText).sort()).toEqual([
      'Add: “XY”',
      'Delete: “1”',
    ]);
  });

  it('of a style is told beside the style that the text has', async () => {
    const page = await openPage('word');
    const { suggestionResponses } = await suggest(page, {
      updateTextStyle: { range: range(1, 5), textStyle: { bold: true }, fields: 'bold' },
    });
    const [id] = suggestionResponses[0].createdSuggestionIds;
    const [{ paragraph }] = await page.content();
    expect(paragraph.elements[0].textRun).toEqual({
      content: 'word',
      textStyle: {},
      suggestedTextStyleChanges: {
        [id]: { textStyle: { bold: true }, textStyleSuggestionState: { boldSuggested: true } },
      },
    });
    await page.edit({ acceptSuggestion: { suggestionId: id } });
    expect((await page.content())[0].paragraph.elements[0].textRun.textStyle).toEqual({ bold: true });
  });

  it('of a whole table marks it, its rows and its cells', async () => {
    const page = await openPage('x');
    const { suggestionResponses } = await suggest(page, {
      insertTable: { rows: 1, columns: 2, endOfSegmentLocation: {} },
    });
    const [id] = suggestionResponses[0].createdSuggestionIds;
    const { table } = (await page.content())[1];
    expect(table.suggestedInsertionIds).toEqual([id]);
    expect(table.tableRows[0].tableCells[1].suggestedInsertionIds).toEqual([id]);
    await page.edit({ rejectSuggestion: { suggestionId: id } });
    expect(await page.text()).toBe('x\n');
    expect(await page.content()).toHaveLength(1);
  });

  it('replaces a text everywhere, and takes rows and columns out', async () => {
    const page = await openPage('one two one');
    const { replies } = await suggest(page, {
      replaceAllText: { containsText: { text: 'one' }, replaceText: '1' },
    });
    expect(replies).toEqual([{ replaceAllText: { occurrencesChanged: 2 } }]);
    await page.edit({ insertTable: { rows: 2, columns: 2, endOfSegmentLocation: {} } });
    const index = (await page.content())[1].startIndex;
    const tableCellLocation = { tableStartLocation: { index }, rowIndex: 1, columnIndex: 1 };
    await suggest(
      page,
      { deleteTableRow: { tableCellLocation } },
      { deleteTableColumn: { tableCellLocation } },
    );
    const accepted = await page.document('?suggestionsViewMode=PREVIEW_SUGGESTIONS_ACCEPTED');
    const [, text, { table }] = accepted.body.content;
    expect([textOf([text]), table.rows, table.columns]).toEqual(['1 two 1\n', 1, 1]);
    person(page, 'rejectSuggestion', {});
    expect((await page.text()).split('\n')[0]).toBe('one two one');
    expect((await page.content())[1].table.tableRows[1].tableCells).toHaveLength(2);
  });

  it('cannot be one of a kind that Docs does not suggest', async () => {
    const page = await openPage('x');
    const { status, body } = await batch(
      page,
      [{ addDocumentTab: { tabProperties: { title: 'T' } } }],
      'SUGGEST',
    );
    expect([status, body.error.message]).toEqual([
      400,
      'Invalid requests[0].addDocumentTab: Request does not support application as suggestion.',
    ]);
  });
});

describe('suggestions', () => {
  it('are made by who may comment, and taken up by who may write', async () => {
    const page = await openPage('old');
    await share(page, 'commenter');
    person(page, 'typeText', { text: ' and new' }, BOB);
    const id = (await threads(page)).suggestions[0].suggestionId;
    const mine = { requests: [{ acceptSuggestion: { suggestionId: id } }] };
    expect((await page.call(`POST ${page.path}:batchUpdate`, mine, page.tokenFor(BOB))).status).toBe(403);
    person(page, 'acceptSuggestion', {});
    expect(await page.text()).toBe('old and new\n');
    expect((await threads(page)).suggestions[0]).toMatchObject({
      status: 'ACCEPTED',
      replies: [{ suggestionAction: 'ACCEPT' }],
    });
  });

  it('of a person replace what they find', async () => {
    const page = await openPage('the old plan');
    person(page, 'suggest', { find: 'old', text: 'new' });
    expect((await threads(page)).suggestions[0].summaryText).toBe('Replace: “old” with “new”');
    person(page, 'rejectSuggestion', {});
    expect(await page.text()).toBe('the old plan\n');
  });

  it('are hidden from readers', async () => {
    const page = await openPage('base');
    await suggest(page, { insertText: { text: 'X', location: { index: 1 } } });
    await share(page, 'reader');
    const token = page.tokenFor(BOB);
    const { body } = await page.call(`GET ${page.path}`, undefined, token);
    expect([body.suggestionsViewMode, textOf((body.body as Shown).content.slice(1))]).toEqual([
      'PREVIEW_WITHOUT_SUGGESTIONS',
      'base\n',
    ]);
    const inline = await page.call(
      `GET ${page.path}?suggestionsViewMode=SUGGESTIONS_INLINE`,
      undefined,
      token,
    );
    expect(inline.status).toBe(403);
  });

  it('that are not there are not found', async () => {
    const page = await openPage();
    const { status, body } = await batch(page, [{ acceptSuggestion: { suggestionId: 'suggest.no' } }]);
    expect([status, body.error.message]).toEqual([404, 'Suggestion with ID suggest.no does not exist.']);
  });

  it('are talked about only where threads are asked for together with tabs', async () => {
    const page = await openPage();
    const { body } = await page.call(`GET ${page.path}?commentsViewMode=COMMENTS_VIEW_MODE_OMITTED`);
    expect((body.error as Shown).message).toBe(
      'Comments view mode may only be specified if tabs content is also requested.',
    );
  });

  for (let seed = 1; seed <= DOCUMENTS; seed++)
    it(`leave the document as it was where all are dropped (seed ${seed})`, async () => {
      const drawn = draw(seed, 'docs.suggestions');
      const page = await openPage('First 😀 line\nsecond\nthird line');
      await page.edit({ insertTable: { rows: 2, columns: 2, location: { index: 10 } } });
      const before = await page.document('?suggestionsViewMode=PREVIEW_WITHOUT_SUGGESTIONS');
      for (let nth = 0; nth < 12; nth++) {
        const inline = await page.document('?includeTabsContent=true');
        expect(wrongsOf(inline), `seed ${seed}, suggestion ${nth}`).toEqual([]);
        const end = inline.tabs[0].documentTab.body.content.at(-1).endIndex;
        const index = drawn.int(1, end);
        const some = range(index, drawn.int(index, Math.min(index + 8, end)));
        await batch(
          page,
          [
            drawn.pick<object>([
              { insertText: { text: drawn.pick(['new', 'a\nb', '\n']), location: { index } } },
              { deleteContentRange: { range: some } },
              { deleteContentRange: { range: some } },
              { insertTable: { rows: 1, columns: 2, location: { index } } },
              { insertPageBreak: { location: { index } } },
              { updateTextStyle: { range: some, textStyle: { italic: true }, fields: 'italic' } },
              { createParagraphBullets: { range: some, bulletPreset: 'BULLET_DISC_CIRCLE_SQUARE' } },
            ]),
          ],
          'SUGGEST',
        );
      }
      const preview = await page.document('?suggestionsViewMode=PREVIEW_WITHOUT_SUGGESTIONS');
      expect(preview.body, `seed ${seed}`).toEqual(before.body);
      const accepted = await page.document(
        '?suggestionsViewMode=PREVIEW_SUGGESTIONS_ACCEPTED&includeTabsContent=true',
      );
      expect(wrongsOf(accepted), `seed ${seed}, accepted`).toEqual([]);
      person(page, seed % 2 ? 'acceptSuggestion' : 'rejectSuggestion', {});
      const after = await page.document('?includeTabsContent=true');
      expect(wrongsOf(after), `seed ${seed}, resolved`).toEqual([]);
      const { body } = after.tabs[0].documentTab;
      expect(textOf(body.content)).toBe(
        textOf((seed % 2 ? accepted.tabs[0].documentTab : before).body.content),
      );
    });
});

describe('comments of a document', () => {
  it('stay tied to their text, and stand among those of the file', async () => {
    const page = await openPage('Say the brave word today.');
    const [reply] = await page.edit({ insertComment: { content: 'Why?', range: range(9, 14) } });
    const { commentThread } = reply.insertComment;
    expect(commentThread).toMatchObject({
      status: 'OPEN',
      plainTextQuote: 'brave',
      headPost: { content: 'Why?' },
    });
    await page.edit({ insertText: { text: 'So: ', location: { index: 1 } } });
    const { comments, tabs } = await threads(page);
    expect(comments).toHaveLength(1);
    expect(tabs[0].documentTab.commentAnchors[commentThread.anchorId].ranges).toEqual([
      { startIndex: 13, endIndex: 18 },
    ]);
    const files = await page.call(
      `GET /drive/v3/files/${page.documentId}/comments?fields=comments(id,content)`,
    );
    expect(files.body.comments).toEqual([{ id: commentThread.commentId, content: 'Why?' }]);
  });

  it('are resolved by a reply, and changed by their author alone', async () => {
    const page = await openPage('text');
    const [reply] = await page.edit({ insertComment: { content: 'Why?', range: range(1, 3) } });
    const { commentId } = reply.insertComment.commentThread;
    await page.edit({ addCommentReply: { commentId, post: { commentAction: 'RESOLVE' } } });
    expect((await threads(page)).comments[0].status).toBe('RESOLVED');
    await share(page, 'writer');
    const theirs = { requests: [{ deleteComment: { commentId } }] };
    expect((await page.call(`POST ${page.path}:batchUpdate`, theirs, page.tokenFor(BOB))).status).toBe(400);
    await page.edit({ deleteComment: { commentId } });
    const { body } = await batch(page, [{ deleteComment: { commentId } }]);
    expect(body.error.message).toBe(`Comment with ID ${commentId} does not exist.`);
  });

  it('need a range', async () => {
    const page = await openPage('text');
    expect(await page.refused({ insertComment: { content: 'x' } })).toBe(
      'Insert comment requests must specify a range to anchor to.',
    );
  });
});

async function batch(
  page: Page,
  requests: object[],
  writeMode?: string,
): Promise<{ status: number; body: Shown }> {
  const control = writeMode ? { writeControl: { writeMode } } : {};
  return page.call(`POST ${page.path}:batchUpdate`, { requests, ...control });
}

async function suggest(page: Page, ...requests: object[]): Promise<Shown> {
  const { status, body } = await batch(page, requests, 'SUGGEST');
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const textIn = async (page: Page, mode: string): Promise<string> =>
  textOf((await page.document(`?suggestionsViewMode=${mode}`)).body.content.slice(1));

const threads = (page: Page): Promise<Shown> =>
  page.document(
    '?includeTabsContent=true&suggestionsViewMode=SUGGESTIONS_INLINE&commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED',
  );

const share = (page: Page, role: string) =>
  page.call(`POST /drive/v3/files/${page.documentId}/permissions`, { type: 'user', role, emailAddress: BOB });

const person = (page: Page, gesture: string, input: object, as: string = ANN): unknown =>
  page.universe.gesture({
    twin: 'google',
    gesture,
    as,
    with: { file: page.documentId, ...input },
    by: 'person',
  });

describe('a document’s page in the room', () => {
  it('shows tabs, lists, tables and what is suggested, which can be taken up there', async () => {
    const page = await openPage('Title\none\nlast');
    await page.edit(
      { createParagraphBullets: { range: range(7, 8), bulletPreset: 'NUMBERED_DECIMAL_NESTED' } },
      { insertTable: { rows: 2, columns: 1, endOfSegmentLocation: {} } },
      { addDocumentTab: { tabProperties: { title: 'Second' } } },
    );
    person(page, 'suggest', { find: 'last', text: 'end' });
    const { blocks } = placeAt(page.universe, 'google', `file/${page.documentId}`);
    expect(blocks.map((block) => block.kind).slice(0, 4)).toEqual(['text', 'table', 'text', 'text']);
    expect(blocks[0]).toMatchObject({ title: 'Tab 1', lines: [{}, { style: 'item' }, {}] });
    const accept = actsOf(blocks).find(({ gesture }) => gesture === 'acceptSuggestion');
    person(page, 'acceptSuggestion', accept?.with as object);
    expect(await page.text()).toContain('end\n');
  });
});
