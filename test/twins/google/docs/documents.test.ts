import { describe, expect, it } from 'vitest';
import { BOB, openDomain } from '../domain.ts';

async function page(text = '') {
  const opened = await openDomain();
  const made = await opened.call('POST /v1/documents', { title: 'Page' });
  const path = `/v1/documents/${made.body.documentId}`;
  const batch = (...requests: object[]) => opened.call(`POST ${path}:batchUpdate`, { requests });
  if (text) await batch({ insertText: { text, location: { index: 1 } } });
  return {
    ...opened,
    path,
    made,
    batch,
    content: async () => {
      const { body } = await opened.call(
        `GET ${path}?fields=body.content(startIndex,endIndex,paragraph.elements)`,
      );
      return (body.body as unknown as { content: Block[] }).content.slice(1);
    },
    text: async () =>
      (await opened.call(`GET /drive/v3/files/${made.body.documentId}/export?mimeType=text/plain`)).text
        .replace('\ufeff', '')
        .replaceAll('\r', ''),
  };
}

interface Block {
  startIndex: number;
  endIndex: number;
  paragraph: { elements: { textRun: { content: string; textStyle: object } }[] };
}

describe('documents', () => {
  it('begin with a section break and one empty paragraph', async () => {
    const { made } = await page();
    expect(made.body).toMatchObject({
      title: 'Page',
      body: {
        content: [
          { endIndex: 1, sectionBreak: {} },
          { startIndex: 1, endIndex: 2, paragraph: { elements: [{ textRun: { content: '\n' } }] } },
        ],
      },
      suggestionsViewMode: 'SUGGESTIONS_INLINE',
      revisionId: expect.stringMatching(/^AFwiY1/),
    });
    expect(made.body.body).not.toHaveProperty('content.0.startIndex');
  });

  it('move their content into tabs where that is asked for', async () => {
    const { call, path } = await page('hi');
    const { body } = await call(`GET ${path}?includeTabsContent=true`);
    expect(body).not.toHaveProperty('body');
    expect(body.tabs).toMatchObject([
      { tabProperties: { tabId: 't.0', title: 'Tab 1' }, documentTab: { body: {} } },
    ]);
  });

  it('are closed to those they are not shared with', async () => {
    const { call, path, tokenFor } = await page();
    expect((await call(`GET ${path}`, undefined, tokenFor(BOB))).status).toBe(403);
    expect((await call('GET /v1/documents/nothing')).status).toBe(404);
  });
});

describe('documents.batchUpdate', () => {
  it('puts text in by index, and line breaks make paragraphs', async () => {
    const { batch, content } = await page('one\nthree');
    await batch({ insertText: { text: 'two\n', location: { index: 5 } } });
    expect((await content()).map((block) => [block.startIndex, block.endIndex])).toEqual([
      [1, 5],
      [5, 9],
      [9, 15],
    ]);
  });

  it('puts text at the end of the body', async () => {
    const { batch, text } = await page('a');
    await batch({ insertText: { text: 'b', endOfSegmentLocation: {} } });
    expect(await text()).toBe('ab');
  });

  it('takes a range out, and joins what it parted', async () => {
    const { batch, text } = await page('one\ntwo\nthree');
    await batch({ deleteContentRange: { range: { startIndex: 3, endIndex: 6 } } });
    expect(await text()).toBe('onwo\nthree');
    const all = await batch({ deleteContentRange: { range: { startIndex: 1, endIndex: 12 } } });
    expect(all.body.error).toMatchObject({ status: 'INVALID_ARGUMENT' });
  });

  it('replaces a text everywhere and counts the places', async () => {
    const { batch, text } = await page('{{x}} and {{X}}\nand {{x}}');
    const { body } = await batch({
      replaceAllText: { containsText: { text: '{{x}}', matchCase: true }, replaceText: 'long word' },
    });
    expect(body.replies).toEqual([{ replaceAllText: { occurrencesChanged: 2 } }]);
    expect(await text()).toBe('long word and {{X}}\nand long word');
    const none = await batch({ replaceAllText: { containsText: { text: 'nowhere' }, replaceText: '' } });
    expect(none.body.replies).toEqual([{ replaceAllText: {} }]);
  });

  it('styles a range, and what is typed behind it is styled alike', async () => {
    const { batch, content } = await page('abcd');
    await batch(
      {
        updateTextStyle: { range: { startIndex: 2, endIndex: 4 }, textStyle: { bold: true }, fields: 'bold' },
      },
      { insertText: { text: 'X', location: { index: 4 } } },
    );
    const [first] = await content();
    expect(first?.paragraph.elements.map((one) => [one.textRun.content, one.textRun.textStyle])).toEqual([
      ['a', {}],
      ['bcX', { bold: true }],
      ['d\n', {}],
    ]);
  });

  it('makes headings with an id', async () => {
    const { batch, call, path } = await page('Title\ntext');
    const paragraphStyle = { namedStyleType: 'HEADING_1' };
    await batch({
      updateParagraphStyle: {
        range: { startIndex: 1, endIndex: 2 },
        paragraphStyle,
        fields: 'namedStyleType',
      },
    });
    const { body } = await call(`GET ${path}?fields=body.content.paragraph.paragraphStyle`);
    expect(body.body).toMatchObject({
      content: [
        {},
        {
          paragraph: {
            paragraphStyle: { namedStyleType: 'HEADING_1', headingId: expect.stringMatching(/^h\./) },
          },
        },
        { paragraph: { paragraphStyle: { namedStyleType: 'NORMAL_TEXT' } } },
      ],
    });
  });

  it('keeps named ranges on their text', async () => {
    const { batch, call, path } = await page('some words');
    await batch({ createNamedRange: { name: 'w', range: { startIndex: 6, endIndex: 11 } } });
    await batch({ insertText: { text: 'new ', location: { index: 1 } } });
    const { body } = await call(`GET ${path}?fields=namedRanges`);
    expect(body.namedRanges).toMatchObject({
      w: { namedRanges: [{ ranges: [{ startIndex: 10, endIndex: 15 }] }] },
    });
    expect((await batch({ deleteNamedRange: { name: 'w' } })).status).toBe(200);
  });

  it('holds to the revision that is required', async () => {
    const { call, path, made } = await page('x');
    const stale = await call(`POST ${path}:batchUpdate`, {
      requests: [{ insertText: { text: 'y', location: { index: 1 } } }],
      writeControl: { requiredRevisionId: made.body.revisionId },
    });
    expect(stale.status).toBe(400);
  });

  it('refuses an index outside, and does nothing of the batch', async () => {
    const { batch, text } = await page('x');
    const { body } = await batch(
      { insertText: { text: 'a', location: { index: 1 } } },
      { insertText: { text: 'b', location: { index: 50 } } },
    );
    expect(body.error).toMatchObject({
      message:
        'Invalid requests[1].insertText: Index 50 must be less than the end index of the referenced segment, 4.',
    });
    expect(await text()).toBe('x');
  });
});
