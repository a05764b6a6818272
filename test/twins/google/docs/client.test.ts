import { describe, expect, it } from 'vitest';
import { universeFetch } from '../../../../src/inprocess/fetch.ts';
import { found, type Library, required } from '../../library.ts';
import { openDomain } from '../domain.ts';
import { type Shown, textOf } from './page.ts';

const LIBRARY = 'googleapis';
const TABLE = [
  ['Region', 'Sales', 'Change'],
  ['North', '1,200', '+4 %'],
  ['South', '980', '−2 %'],
];

/** The library's own client of Docs, with the universe in the place of the network. */
async function client() {
  const domain = await openDomain();
  const { google }: Library = required(LIBRARY);
  const fetchImplementation = universeFetch(domain.universe);
  const auth = new google.auth.OAuth2({ transporterOptions: { fetchImplementation } });
  auth.setCredentials({ access_token: domain.token });
  const { documents } = google.docs({ version: 'v1', auth });
  const root = { rootUrl: domain.base('google') };
  const edit = async (documentId: string, ...requests: object[]): Promise<Shown> =>
    (await documents.batchUpdate({ documentId, requestBody: { requests } }, root)).data;
  return { documents, edit, root };
}

/** Requests for lines one after another, each styled when it stands. */
function lines(from: number, styled: readonly (readonly [string, string])[]): object[] {
  let index = from;
  return styled.flatMap(([line, namedStyleType]) => {
    const range = { startIndex: index, endIndex: index + line.length + 1 };
    const text = `${line}\n`;
    const requests = [
      { insertText: { text, location: { index } } },
      { updateParagraphStyle: { range, paragraphStyle: { namedStyleType }, fields: 'namedStyleType' } },
    ];
    index += text.length;
    return requests;
  });
}

describe.skipIf(!found(LIBRARY))('googleapis’ client of Docs', () => {
  it('writes a report with headings, a list, a table, a header, a picture and links', async () => {
    const { documents, edit, root } = await client();
    const { documentId } = (await documents.create({ requestBody: { title: 'Quarterly report' } }, root))
      .data;
    await edit(
      documentId,
      ...lines(1, [
        ['Quarterly report', 'TITLE'],
        ['Summary', 'HEADING_1'],
        ['Sales grew', 'NORMAL_TEXT'],
        ['Costs fell', 'NORMAL_TEXT'],
        ['Figures', 'HEADING_1'],
      ]),
      {
        createParagraphBullets: {
          range: { startIndex: 26, endIndex: 47 },
          bulletPreset: 'BULLET_DISC_CIRCLE_SQUARE',
        },
      },
      {
        updateTextStyle: {
          range: { startIndex: 26, endIndex: 31 },
          textStyle: { link: { url: 'https://acme.example/sales' }, bold: true },
          fields: 'link,bold',
        },
      },
      { insertTable: { rows: 3, columns: 3, endOfSegmentLocation: {} } },
    );
    const before = (await documents.get({ documentId }, root)).data.body.content as Shown[];
    const { table } = before.find((block) => block.table);
    const cells = TABLE.flatMap((row, r) =>
      row.map((text, c) => ({
        insertText: { text, location: { index: table.tableRows[r].tableCells[c].content[0].startIndex } },
      })),
    );
    await edit(documentId, ...cells.reverse());
    const made = await edit(
      documentId,
      { createHeader: { type: 'DEFAULT' } },
      { insertInlineImage: { uri: 'https://placehold.co/120x40.png', endOfSegmentLocation: {} } },
      { replaceAllText: { containsText: { text: 'quarterly', matchCase: false }, replaceText: 'Q3' } },
    );
    const [{ createHeader }, { insertInlineImage }, { replaceAllText }] = made.replies;
    const segment = { endOfSegmentLocation: { segmentId: createHeader.headerId } };
    await edit(documentId, { insertText: { text: 'Acme, confidential', ...segment } });

    const { data } = await documents.get({ documentId, includeTabsContent: true }, root);
    const { body, headers, inlineObjects, lists } = data.tabs[0].documentTab;
    expect(replaceAllText).toEqual({ occurrencesChanged: 1 });
    expect(textOf(body.content)).toBe(
      `Q3 report\nSummary\nSales grew\nCosts fell\nFigures\n\n${TABLE.flat().join('\n')}\n\n`,
    );
    expect(textOf(headers[createHeader.headerId].content)).toBe('Acme, confidential\n');
    expect(Object.keys(inlineObjects)).toEqual([insertInlineImage.objectId]);
    expect(Object.keys(lists)).toHaveLength(1);
    const styles = body.content
      .slice(1, 6)
      .map((block: Shown) => block.paragraph.paragraphStyle.namedStyleType);
    expect(styles).toEqual(['TITLE', 'HEADING_1', 'NORMAL_TEXT', 'NORMAL_TEXT', 'HEADING_1']);
    expect(body.content[3].paragraph.elements[0].textRun.textStyle).toMatchObject({
      bold: true,
      link: { url: 'https://acme.example/sales' },
    });
  });

  it('hands on the refusal of a request', async () => {
    const { documents, edit, root } = await client();
    const { documentId } = (await documents.create({ requestBody: {} }, root)).data;
    await expect(
      edit(documentId, { insertText: { text: 'x', location: { index: 9 } } }),
    ).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining(
        'Index 9 must be less than the end index of the referenced segment, 2.',
      ),
    });
  });
});
