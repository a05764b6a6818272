import { expect } from 'vitest';
import type { Body, Story, Teller } from './teller.ts';

const GREEN = { color: { rgbColor: { green: 0.5 } } };
const points = (magnitude: number) => ({ magnitude, unit: 'PT' });
const range = (startIndex: number, endIndex: number, more: object = {}) => ({
  startIndex,
  endIndex,
  ...more,
});

/** A new document with text in it, and how it is edited and read. */
async function opened({ send, get }: Teller, text = '') {
  const made = await send('POST', '/v1/documents', { title: 'Story' });
  const path = `/v1/documents/${made.documentId}`;
  const edit = async (...requests: object[]): Promise<Body[]> =>
    (await send('POST', `${path}:batchUpdate`, { requests })).replies;
  if (text) await edit({ insertText: { text, location: { index: 1 } } });
  const tab = async () => (await get(`${path}?includeTabsContent=true`)).tabs[0].documentTab;
  return { path, edit, read: (query = ''): Promise<Body> => get(`${path}${query}`), tab };
}

/** Ann does something in Docs' own screens. */
const person = ({ domain }: Teller, gesture: string, input: object): unknown =>
  domain.universe.gesture({ twin: 'google', gesture, as: 'ann@acme.example', with: input, by: 'person' });

export const DOCS: readonly Story[] = [
  {
    says: 'text is typed, styled, replaced and taken out of a document',
    async tell(teller) {
      const { path, edit, read } = await opened(teller, 'Title\nDear {{name}}, hello.\nEnd');
      await edit(
        {
          updateParagraphStyle: {
            range: range(1, 2),
            paragraphStyle: { namedStyleType: 'HEADING_1', alignment: 'CENTER' },
            fields: 'namedStyleType,alignment',
          },
        },
        {
          updateTextStyle: {
            range: range(7, 11),
            textStyle: { bold: true, foregroundColor: GREEN, link: { url: 'https://acme.example' } },
            fields: 'bold,foregroundColor,link',
          },
        },
        { replaceAllText: { containsText: { text: '{{name}}', matchCase: true }, replaceText: 'Ann' } },
        { insertText: { text: ' Bye.', endOfSegmentLocation: {} } },
        { deleteContentRange: { range: range(16, 22) } },
      );
      const { body } = await read();
      expect(body.content[1].paragraph.paragraphStyle.namedStyleType).toBe('HEADING_1');
      await teller.refused(400, 'POST', `${path}:batchUpdate`, {
        requests: [{ insertText: { text: 'x', location: { index: 900 } } }],
      });
    },
  },
  {
    says: 'names follow their text in a document',
    async tell(teller) {
      const { edit, read } = await opened(teller, 'one two three');
      const [made] = await edit({ createNamedRange: { name: 'two', range: range(5, 8) } });
      await edit({
        replaceNamedRangeContent: { namedRangeId: made.createNamedRange.namedRangeId, text: '2' },
      });
      expect((await read()).namedRanges.two.namedRanges[0].ranges).toEqual([{ startIndex: 5, endIndex: 6 }]);
      await edit({ deleteNamedRange: { name: 'two' } });
    },
  },
  {
    says: 'paragraphs become a list and plain again',
    async tell(teller) {
      const { edit, tab } = await opened(teller, 'a\n\tb\nc');
      await edit({
        createParagraphBullets: { range: range(1, 6), bulletPreset: 'NUMBERED_DECIMAL_NESTED' },
      });
      expect(Object.keys((await tab()).lists)).toHaveLength(1);
      await edit({ deleteParagraphBullets: { range: range(1, 5) } });
    },
  },
  {
    says: 'a table is made, filled, styled, joined, parted and cut down',
    async tell(teller) {
      const { edit, tab } = await opened(teller, 'Before');
      const tableStartLocation = { index: 8 };
      const cell = (rowIndex: number, columnIndex: number) => ({
        tableCellLocation: { tableStartLocation, rowIndex, columnIndex },
      });
      await edit(
        { insertTable: { rows: 2, columns: 2, endOfSegmentLocation: {} } },
        { insertText: { text: 'head', location: { index: 11 } } },
        { insertTableRow: { ...cell(1, 0), insertBelow: true } },
        { insertTableColumn: { ...cell(0, 1), insertRight: true } },
        {
          updateTableCellStyle: {
            tableRange: { ...cell(0, 0), rowSpan: 1, columnSpan: 3 },
            tableCellStyle: {
              backgroundColor: GREEN,
              borderBottom: { color: GREEN, width: points(2), dashStyle: 'SOLID' },
            },
            fields: 'backgroundColor,borderBottom',
          },
        },
        {
          updateTableRowStyle: {
            tableStartLocation,
            rowIndices: [0],
            tableRowStyle: { minRowHeight: points(30) },
            fields: 'minRowHeight',
          },
        },
        {
          updateTableColumnProperties: {
            tableStartLocation,
            columnIndices: [0],
            tableColumnProperties: { widthType: 'FIXED_WIDTH', width: points(100) },
            fields: 'width,widthType',
          },
        },
        { pinTableHeaderRows: { tableStartLocation, pinnedHeaderRowsCount: 1 } },
        { mergeTableCells: { tableRange: { ...cell(1, 0), rowSpan: 2, columnSpan: 2 } } },
      );
      const made = (await tab()).body.content[2].table;
      expect([made.rows, made.columns]).toEqual([3, 3]);
      expect(made.tableRows[1].tableCells[0].tableCellStyle).toMatchObject({ rowSpan: 2, columnSpan: 2 });
      await edit(
        { unmergeTableCells: { tableRange: { ...cell(1, 0), rowSpan: 2, columnSpan: 2 } } },
        { deleteTableRow: cell(2, 0) },
        { deleteTableColumn: cell(0, 2) },
      );
    },
  },
  {
    says: 'pages and sections are parted, with headers, footers and notes',
    async tell(teller) {
      const { edit, tab } = await opened(teller, 'one two');
      const [header, footer, note] = await edit(
        { createHeader: { type: 'DEFAULT' } },
        { createFooter: { type: 'DEFAULT' } },
        { createFootnote: { location: { index: 4 } } },
        { insertPageBreak: { location: { index: 5 } } },
        { insertSectionBreak: { sectionType: 'NEXT_PAGE', endOfSegmentLocation: {} } },
        {
          updateSectionStyle: {
            range: range(1, 2),
            sectionStyle: { marginTop: points(36), columnProperties: [{}, {}] },
            fields: 'marginTop,columnProperties',
          },
        },
      );
      const { headerId } = header.createHeader;
      await edit({ insertText: { text: 'Acme', endOfSegmentLocation: { segmentId: headerId } } });
      const { headers, footnotes, documentStyle } = await tab();
      expect(headers[headerId].content[0].paragraph.elements[0].textRun.content).toBe('Acme\n');
      expect(Object.keys(footnotes)).toEqual([note.createFootnote.footnoteId]);
      expect(documentStyle.defaultFooterId).toBe(footer.createFooter.footerId);
      await edit(
        { deleteHeader: { headerId } },
        { deleteFooter: { footerId: footer.createFooter.footerId } },
      );
    },
  },
  {
    says: 'a document and its named styles look otherwise',
    async tell(teller) {
      const { edit, tab } = await opened(teller, 'text');
      await edit(
        {
          updateDocumentStyle: {
            documentStyle: { marginTop: points(36), pageSize: { width: points(595), height: points(842) } },
            fields: 'marginTop,pageSize',
          },
        },
        {
          updateNamedStyle: {
            namedStyle: { namedStyleType: 'HEADING_1', textStyle: { bold: true } },
            fields: 'namedStyleType,textStyle.bold',
          },
        },
      );
      expect((await tab()).documentStyle.marginTop).toEqual(points(36));
    },
  },
  {
    says: 'pictures, people, links and dates stand in the text',
    async tell(teller) {
      const { edit, tab, read } = await opened(teller, 'See: ');
      const [image] = await edit(
        { insertInlineImage: { uri: 'https://placehold.co/100x100.png', endOfSegmentLocation: {} } },
        { insertPerson: { personProperties: { email: 'bob@acme.example' }, location: { index: 6 } } },
        {
          insertRichLink: { richLinkProperties: { uri: 'https://youtu.be/x' }, endOfSegmentLocation: {} },
        },
        {
          insertDate: {
            dateElementProperties: { timestamp: '2026-05-27T00:00:00Z' },
            endOfSegmentLocation: {},
          },
        },
      );
      const imageObjectId = image.insertInlineImage.objectId;
      await edit({ replaceImage: { imageObjectId, uri: 'https://acme.example/logo_272x92.png' } });
      expect(Object.keys((await tab()).inlineObjects)).toEqual([imageObjectId]);
      const { title } = await read('?fields=title');
      person(teller, 'placeImage', { file: title, url: 'https://placehold.co/50x50.png' });
      const [objectId] = Object.keys((await tab()).positionedObjects);
      await edit({ deletePositionedObject: { objectId } });
    },
  },
  {
    says: 'tabs are added, named, moved and deleted with what is below them',
    async tell(teller) {
      const { edit, read } = await opened(teller, 'first');
      const [added] = await edit({ addDocumentTab: { tabProperties: { title: 'Second', iconEmoji: '🚀' } } });
      const { tabId } = added.addDocumentTab.tabProperties;
      await edit(
        { addDocumentTab: { tabProperties: { title: 'Below', parentTabId: tabId } } },
        { insertText: { text: 'second', location: { index: 1, tabId } } },
        {
          updateDocumentTabProperties: {
            tabProperties: { tabId, title: '2nd', index: 0 },
            fields: 'title,index',
          },
        },
      );
      const { tabs } = await read('?includeTabsContent=true');
      expect(tabs.map((one: Body) => one.tabProperties.title)).toEqual(['2nd', 'Tab 1']);
      expect(tabs[0].childTabs[0].tabProperties).toMatchObject({ title: 'Below', nestingLevel: 1 });
      await edit({ deleteTab: { tabId } });
    },
  },
  {
    says: 'changes of a document are suggested, talked about, taken up and dropped',
    async tell(teller) {
      const { path, edit, read } = await opened(teller, 'The old plan');
      const suggest = async (...requests: object[]): Promise<string[]> => {
        const writeControl = { writeMode: 'SUGGEST' };
        const answer = await teller.send('POST', `${path}:batchUpdate`, { requests, writeControl });
        return answer.suggestionResponses.flatMap((one: Body) => one.createdSuggestionIds ?? []);
      };
      const [first] = await suggest(
        { deleteContentRange: { range: range(5, 8) } },
        { insertText: { text: 'new', location: { index: 8 } } },
      );
      const [second] = await suggest({ insertText: { text: '!', endOfSegmentLocation: {} } });
      const [third] = await suggest({
        updateTextStyle: { range: range(1, 3), textStyle: { bold: true }, fields: 'bold' },
      });
      const [comment] = await edit({ insertComment: { content: 'Sure?', range: range(1, 4) } });
      const { commentId } = comment.insertComment.commentThread;
      const [reply] = await edit({ addCommentReply: { suggestionId: first, post: { content: 'Why?' } } });
      await edit({
        updateCommentPost: {
          suggestionId: first,
          postId: reply.addCommentReply.post.postId,
          content: 'Why so?',
        },
      });
      await edit({ deleteCommentReply: { suggestionId: first, postId: reply.addCommentReply.post.postId } });
      const all =
        '?includeTabsContent=true&suggestionsViewMode=SUGGESTIONS_INLINE&commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED';
      expect((await read(all)).suggestions).toHaveLength(3);
      await edit(
        { acceptSuggestion: { suggestionId: first } },
        { rejectSuggestion: { suggestionId: second } },
        { deleteSuggestion: { suggestionId: third } },
        { deleteComment: { commentId } },
      );
      const left = await read(all);
      expect(left.suggestions.map((one: Body) => one.status).sort()).toEqual(['ACCEPTED', 'REJECTED']);
      expect(left.comments).toBeUndefined();
    },
  },
];
