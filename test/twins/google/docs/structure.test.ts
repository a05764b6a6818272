import { describe, expect, it } from 'vitest';
import { ANN } from '../domain.ts';
import { at, openPage, type Page, range, type Shown, textOf } from './page.ts';

const points = (magnitude: number) => ({ magnitude, unit: 'PT' });

describe('lists', () => {
  it('take levels from leading tabs, which go, and carry on a list of the same kind before them', async () => {
    const page = await openPage('a\n\t\tb\nc\nplain');
    const bullets = (start: number, end: number) => ({
      createParagraphBullets: { range: range(start, end), bulletPreset: 'BULLET_DISC_CIRCLE_SQUARE' },
    });
    await page.edit(bullets(1, 5));
    await page.edit(bullets(5, 6));
    const content = await page.content();
    expect(await page.text()).toBe('a\nb\nc\nplain\n');
    const [first, second, third, plain] = content.map(({ paragraph }) => paragraph);
    expect(first.bullet).toEqual({
      listId: expect.stringMatching(/^kix\./),
      textStyle: { underline: false },
    });
    expect(second.bullet).toMatchObject({ listId: first.bullet.listId, nestingLevel: 2 });
    expect(third.bullet.listId).toBe(first.bullet.listId);
    expect(plain.bullet).toBeUndefined();
    expect(first.paragraphStyle).toEqual({
      namedStyleType: 'NORMAL_TEXT',
      direction: 'LEFT_TO_RIGHT',
      indentFirstLine: points(18),
      indentStart: points(36),
    });
    const { lists } = await page.document();
    expect(lists[first.bullet.listId].listProperties.nestingLevels[1]).toEqual({
      bulletAlignment: 'START',
      glyphSymbol: '○',
      glyphFormat: '%1',
      indentFirstLine: points(54),
      indentStart: points(72),
      textStyle: { underline: false },
      startNumber: 1,
    });
  });

  it.each([
    ['BULLET_DIAMONDX_ARROW3D_SQUARE', '❖➢■❖', '%0%1%2%3'],
    ['BULLET_CHECKBOX', 'GLYPH_TYPE_UNSPECIFIED'.repeat(4), '%0%1%2%3'],
    ['NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS', 'DECIMALALPHAROMANDECIMAL', '%0)%1)%2)%3)'],
    ['NUMBERED_DECIMAL_NESTED', 'DECIMAL'.repeat(4), '%0.%0.%1.%0.%1.%2.%0.%1.%2.%3.'],
    ['NUMBERED_ZERODECIMAL_ALPHA_ROMAN', 'ZERO_DECIMALALPHAROMANZERO_DECIMAL', '%0.%1.%2.%3.'],
  ])('of the preset %s have its glyphs', async (bulletPreset, glyphs, formats) => {
    const page = await openPage('a');
    await page.edit({ createParagraphBullets: { range: range(1, 2), bulletPreset } });
    const [list] = Object.values<Shown>((await page.document()).lists);
    const levels: Shown[] = list.listProperties.nestingLevels.slice(0, 4);
    expect(levels.map((level) => level.glyphSymbol ?? level.glyphType).join('')).toBe(glyphs);
    expect(levels.map((level) => level.glyphFormat).join('')).toBe(formats);
  });

  it('leave an indent where their bullets go', async () => {
    const page = await openPage('\ta');
    await page.edit(
      { createParagraphBullets: { range: range(1, 2), bulletPreset: 'BULLET_CHECKBOX' } },
      { deleteParagraphBullets: { range: range(1, 2) } },
    );
    const [{ paragraph }] = await page.content();
    expect([paragraph.bullet, paragraph.paragraphStyle.indentStart]).toEqual([undefined, points(36)]);
  });

  it('go on in paragraphs that are made of theirs', async () => {
    const page = await openPage('a');
    await page.edit(
      { createParagraphBullets: { range: range(1, 2), bulletPreset: 'NUMBERED_DECIMAL_NESTED' } },
      { insertText: { text: '\nb', ...at(2) } },
    );
    const [first, second] = await page.content();
    expect(second.paragraph.bullet).toEqual(first.paragraph.bullet);
  });
});

describe('tables', () => {
  it('take an index each for themselves, their rows and their cells', async () => {
    const page = await openPage();
    await page.edit({ insertTable: { rows: 2, columns: 2, ...at(1) } });
    const [before, { startIndex, endIndex, table }, after] = await page.content();
    expect([before.endIndex, startIndex, endIndex, after.startIndex]).toEqual([2, 2, 14, 14]);
    expect(table.tableRows.map((row: Shown) => [row.startIndex, row.endIndex])).toEqual([
      [3, 8],
      [8, 13],
    ]);
    expect(table.tableRows[0].tableCells[1]).toMatchObject({
      startIndex: 6,
      endIndex: 8,
      content: [{ startIndex: 7, endIndex: 8 }],
      tableCellStyle: {
        rowSpan: 1,
        columnSpan: 1,
        backgroundColor: {},
        paddingLeft: points(5),
        contentAlignment: 'TOP',
      },
    });
  });

  it('are plain inside, but look like the heading that they are put into', async () => {
    const page = await openPage('Head');
    const paragraphStyle = { namedStyleType: 'HEADING_1' };
    await page.edit(
      { updateParagraphStyle: { range: range(1, 2), paragraphStyle, fields: 'namedStyleType' } },
      { insertTable: { rows: 1, columns: 1, endOfSegmentLocation: {} } },
    );
    const [{ paragraph }] = (await page.content())[1].table.tableRows[0].tableCells[0].content;
    expect(paragraph.paragraphStyle).toMatchObject({ namedStyleType: 'NORMAL_TEXT', lineSpacing: 100 });
    expect(paragraph.elements[0].textRun.textStyle).toEqual({ fontSize: points(20) });
  });

  it('grow and shrink by rows and columns', async () => {
    const { page, cell, grid } = await tablePage(2, 2);
    await page.edit({ insertTableRow: { ...cell(0, 0), insertBelow: true } });
    expect(await grid()).toEqual([
      ['a', 'b'],
      ['', ''],
      ['c', 'd'],
    ]);
    await page.edit({ insertTableColumn: cell(0, 1) });
    expect(await grid()).toEqual([
      ['a', '', 'b'],
      ['', '', ''],
      ['c', '', 'd'],
    ]);
    await page.edit({ deleteTableRow: cell(0, 0) }, { deleteTableColumn: cell(0, 1) });
    expect(await grid()).toEqual([
      ['', ''],
      ['c', 'd'],
    ]);
    await page.edit({ deleteTableRow: cell(0, 0) }, { deleteTableRow: cell(0, 0) });
    expect((await page.content()).some(({ table }) => table)).toBe(false);
  });

  it('join cells into the first of them, and part them again', async () => {
    const { page, cell, grid } = await tablePage(2, 2);
    const tableRange = { ...cell(0, 0), rowSpan: 2, columnSpan: 1 };
    await page.edit({ mergeTableCells: { tableRange } });
    expect(await grid()).toEqual([
      ['a\nc', 'b'],
      ['', 'd'],
    ]);
    expect(
      await page.refused({ mergeTableCells: { tableRange: { ...cell(1, 0), rowSpan: 1, columnSpan: 2 } } }),
    ).toContain('rectangular');
    await page.edit({ insertTableRow: { ...cell(1, 1), insertBelow: false } });
    const head = (await page.content())[1].table.tableRows[0].tableCells[0].tableCellStyle;
    expect([head.rowSpan, head.columnSpan]).toEqual([3, 1]);
    await page.edit({ unmergeTableCells: { tableRange: { ...cell(0, 0), rowSpan: 3, columnSpan: 1 } } });
    expect(await grid()).toEqual([
      ['a\nc', 'b'],
      ['', ''],
      ['', 'd'],
    ]);
  });

  it('have borders that two cells share', async () => {
    const { page, cell } = await tablePage(1, 2);
    const border = { color: { color: { rgbColor: { red: 1 } } }, width: points(2), dashStyle: 'DASH' };
    await page.edit({
      updateTableCellStyle: {
        tableRange: { ...cell(0, 0), rowSpan: 1, columnSpan: 1 },
        tableCellStyle: { borderRight: border },
        fields: 'borderRight',
      },
    });
    const [left, right] = (await page.content())[1].table.tableRows[0].tableCells;
    expect([left.tableCellStyle.borderRight, right.tableCellStyle.borderLeft]).toEqual([border, border]);
  });

  it('refuse what is not in them, in the vendor’s words', async () => {
    const { page, cell } = await tablePage(2, 2);
    expect(
      await page.refused({ insertTableRow: { tableCellLocation: { tableStartLocation: { index: 1 } } } }),
    ).toBe('The provided table start location is invalid.');
    expect(
      await page.refused({ mergeTableCells: { tableRange: { ...cell(0, 0), rowSpan: 1, columnSpan: 99 } } }),
    ).toBe('The table range extends outside the bounds of the table.');
    expect(
      await page.refused({
        updateTableCellStyle: { tableRange: cell(0, 0), tableCellStyle: {}, fields: 'backgroundColor' },
      }),
    ).toBe('The rowSpan must be strictly positive, was: 0');
    expect(
      await page.refused({
        updateTableColumnProperties: {
          tableStartLocation: { index: 2 },
          tableColumnProperties: { widthType: 'FIXED_WIDTH', width: points(4) },
          fields: '*',
        },
      }),
    ).toContain('at least 5 points');
  });

  it('pin their first rows', async () => {
    const { page } = await tablePage(2, 1);
    await page.edit({ pinTableHeaderRows: { tableStartLocation: { index: 2 }, pinnedHeaderRowsCount: 1 } });
    const { tableRows } = (await page.content())[1].table;
    expect(tableRows.map((row: Shown) => row.tableRowStyle.tableHeader)).toEqual([true, undefined]);
  });
});

describe('breaks and sections', () => {
  it('part pages and sections with a line break of their own', async () => {
    const page = await openPage('ab');
    await page.edit(
      { insertPageBreak: at(2) },
      { insertSectionBreak: { sectionType: 'NEXT_PAGE', ...at(5) } },
    );
    const content = await page.content();
    expect(
      content.map(({ startIndex, paragraph, sectionBreak }) => [
        startIndex,
        paragraph ? 'p' : sectionBreak.sectionStyle.sectionType,
      ]),
    ).toEqual([
      [1, 'p'],
      [4, 'p'],
      [6, 'NEXT_PAGE'],
      [7, 'p'],
    ]);
    expect(content[0].paragraph.elements[1]).toEqual({
      startIndex: 2,
      endIndex: 3,
      pageBreak: { textStyle: {} },
    });
  });

  it('cannot be in tables or headers', async () => {
    const { page } = await tablePage(1, 1);
    expect(await page.refused({ insertPageBreak: at(5) })).toBe(
      'Page breaks cannot be inserted inside a table.',
    );
    const [{ createHeader }] = await page.edit({ createHeader: { type: 'DEFAULT' } });
    expect(await page.refused({ insertPageBreak: at(0, { segmentId: createHeader.headerId }) })).toContain(
      'header',
    );
  });

  it('have a style of their own until the document’s margins change', async () => {
    const page = await openPage('x');
    const margins = async () => {
      const { body, documentStyle } = await page.document();
      return [body.content[0].sectionBreak.sectionStyle.marginTop, documentStyle.marginTop];
    };
    await page.edit({
      updateSectionStyle: {
        range: range(1, 2),
        sectionStyle: { marginTop: points(20) },
        fields: 'marginTop',
      },
    });
    expect(await margins()).toEqual([points(20), points(72)]);
    await page.edit({
      updateDocumentStyle: { documentStyle: { marginTop: points(36) }, fields: 'marginTop' },
    });
    expect(await margins()).toEqual([undefined, points(36)]);
    expect(
      await page.refused({
        updateSectionStyle: { range: range(1, 2), sectionStyle: {}, fields: 'marginTop' },
      }),
    ).toContain('marginTop');
  });
});

describe('headers, footers and footnotes', () => {
  it('are segments of their own, whose indexes begin at 0', async () => {
    const page = await openPage('x');
    const [{ createHeader }] = await page.edit({ createHeader: { type: 'DEFAULT' } });
    const { headerId } = createHeader;
    await page.edit({ insertText: { text: 'Head', ...at(0, { segmentId: headerId }) } });
    const { headers, documentStyle } = await page.document();
    expect(headers[headerId].content[0]).toMatchObject({
      endIndex: 5,
      paragraph: { elements: [{ endIndex: 5, textRun: { content: 'Head\n' } }] },
    });
    expect(headers[headerId].content[0]).not.toHaveProperty('startIndex');
    expect(documentStyle.defaultHeaderId).toBe(headerId);
    expect(await page.refused({ createHeader: { type: 'DEFAULT' } })).toBe('Default header already exists.');
    await page.edit({ deleteHeader: { headerId } });
    expect(await page.refused({ deleteHeader: { headerId } })).toContain(headerId);
    expect(await page.document()).not.toHaveProperty('headers');
  });

  it('number notes as their references stand, and go with them', async () => {
    const page = await openPage('ab');
    const [first, second] = await page.edit({ createFootnote: at(3) }, { createFootnote: at(2) });
    const ids = [second.createFootnote.footnoteId, first.createFootnote.footnoteId];
    const { footnotes } = await page.document();
    expect(footnotes[ids[0]].content[0].paragraph.elements[0].textRun).toEqual({
      content: ' \n',
      textStyle: { fontSize: points(10) },
    });
    const [{ paragraph }] = await page.content();
    const references = paragraph.elements.flatMap((one: Shown) => one.footnoteReference ?? []);
    expect(references.map((one: Shown) => [one.footnoteId, one.footnoteNumber])).toEqual([
      [ids[0], '1'],
      [ids[1], '2'],
    ]);
    await page.edit({ deleteContentRange: { range: range(2, 3) } });
    expect(Object.keys((await page.document()).footnotes)).toEqual([ids[1]]);
  });
});

describe('pictures and chips', () => {
  const image = async (page: Page) => Object.values<Shown>((await page.document()).inlineObjects)[0];

  it('have the size that their address says, in points', async () => {
    const page = await openPage('x');
    await page.edit({ insertInlineImage: { uri: 'https://placehold.co/100x100.png', ...at(1) } });
    const { embeddedObject } = (await image(page)).inlineObjectProperties;
    expect(embeddedObject).toMatchObject({
      imageProperties: { sourceUri: 'https://placehold.co/100x100.png', cropProperties: {} },
      size: { height: points(75), width: points(75) },
      marginTop: points(9),
    });
  });

  it('fill the frame of the picture that they replace', async () => {
    const page = await openPage('x');
    const objectSize = { width: points(50), height: points(50) };
    const [{ insertInlineImage }] = await page.edit({
      insertInlineImage: { uri: 'https://placehold.co/100x100.png', objectSize, ...at(1) },
    });
    const imageObjectId = insertInlineImage.objectId;
    await page.edit({ replaceImage: { imageObjectId, uri: 'https://a.example/logo_272x92dp.png' } });
    expect((await image(page)).inlineObjectProperties.embeddedObject).toMatchObject({
      imageProperties: { cropProperties: { offsetLeft: 0.33088234, offsetRight: 0.33088234 } },
      size: objectSize,
    });
    expect(
      await page.refused({ replaceImage: { imageObjectId: 'kix.no', uri: 'https://a.example/x.png' } }),
    ).toBe('The object with ID kix.no could not be found.');
  });

  it('of Drive are fetched as anybody would', async () => {
    const page = await openPage('x');
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAYAAAB/qH1jAAAAAElFTkSuQmCC', 'base64');
    const uploaded = await page.fetch('/google/upload/drive/v3/files?uploadType=media', {
      method: 'POST',
      headers: { authorization: `Bearer ${page.token}`, 'content-type': 'image/png' },
      body: png,
    });
    const { id } = (await uploaded.json()) as { id: string };
    const inserting = { insertInlineImage: { uri: `https://drive.google.com/uc?id=${id}`, ...at(1) } };
    expect(await page.refused(inserting)).toBe('Access to the provided image was forbidden.');
    await page.call(`POST /drive/v3/files/${id}/permissions`, { type: 'anyone', role: 'reader' });
    await page.edit(inserting);
    expect((await image(page)).inlineObjectProperties.embeddedObject.size).toEqual({
      height: points(1.5),
      width: points(3),
    });
    expect(await page.refused({ insertInlineImage: { uri: '', ...at(1) } })).toBe(
      'The URL should not be empty.',
    );
    expect(await page.refused({ insertInlineImage: { uri: 'ftp://a.example/x', ...at(1) } })).toContain(
      'retrieving',
    );
  });

  it('beside the text are deleted by their id', async () => {
    const page = await openPage('x');
    const { objectId } = page.universe.gesture({
      twin: 'google',
      gesture: 'placeImage',
      as: ANN,
      with: { file: page.documentId, url: 'https://placehold.co/40x40.png' },
      by: 'person',
    }) as { objectId: string };
    expect((await page.content())[0].paragraph.positionedObjectIds).toEqual([objectId]);
    await page.edit({ deletePositionedObject: { objectId } });
    expect(await page.document()).not.toHaveProperty('positionedObjects');
    expect((await page.content())[0].paragraph).not.toHaveProperty('positionedObjectIds');
  });

  it('name people, files and days', async () => {
    const page = await openPage('x');
    const plan = await page.fileId('Plan');
    await page.edit(
      { insertPerson: { personProperties: { email: ANN }, ...at(1) } },
      {
        insertRichLink: {
          richLinkProperties: { uri: `https://docs.google.com/document/d/${plan}/edit` },
          ...at(2),
        },
      },
      {
        insertDate: {
          dateElementProperties: {
            timestamp: '1970-01-01T05:00:00Z',
            dateFormat: 'DATE_FORMAT_ISO8601',
            timeFormat: 'TIME_FORMAT_HOUR_MINUTE',
            timeZoneId: 'America/New_York',
          },
          ...at(3),
        },
      },
    );
    const [{ paragraph }] = await page.content();
    const [person, link, date] = paragraph.elements;
    expect(person.person.personProperties).toEqual({ email: ANN });
    expect(link.richLink.richLinkProperties).toMatchObject({
      title: 'Plan',
      mimeType: 'application/vnd.google-apps.document',
    });
    expect(date.dateElement.dateElementProperties.displayText).toBe('1970-01-01 12:00 AM');
    expect(
      await page.refused({ insertPerson: { personProperties: { email: 'nobody' }, ...at(1) } }),
    ).toContain('email');
    expect(await page.refused({ insertDate: { dateElementProperties: {}, ...at(1) } })).toContain('invalid');
  });
});

describe('tabs', () => {
  it('nest, are named apart, and go with those below them', async () => {
    const page = await openPage('x');
    const add = (tabProperties: object) => ({ addDocumentTab: { tabProperties } });
    const [one] = await page.edit(add({ title: 'One' }));
    const { tabId } = one.addDocumentTab.tabProperties;
    expect(one.addDocumentTab.tabProperties).toEqual({
      tabId: expect.stringMatching(/^t\.\w+$/),
      title: 'One',
      index: 1,
    });
    const [below] = await page.edit(add({ title: 'Below', parentTabId: tabId }));
    expect(below.addDocumentTab.tabProperties).toMatchObject({
      parentTabId: tabId,
      index: 0,
      nestingLevel: 1,
    });
    expect(await page.refused(add({ title: 'One' }))).toBe('Tab title must be unique');
    expect(await page.refused(add({ tabId: 't.mine' }))).toBe(
      'Tab ID should not be specified in the properties when adding a tab.',
    );
    expect(await page.refused(add({ title: 'Icon', iconEmoji: 'xy' }))).toContain('emoji');
    await page.edit({ deleteTab: { tabId } });
    expect((await page.document('?includeTabsContent=true')).tabs).toHaveLength(1);
    expect(await page.refused({ deleteTab: { tabId: 't.0' } })).toContain('last tab');
  });

  it('have text of their own', async () => {
    const page = await openPage('first');
    const [{ addDocumentTab }] = await page.edit({ addDocumentTab: {} });
    const { tabId, title } = addDocumentTab.tabProperties;
    await page.edit({ insertText: { text: 'second', endOfSegmentLocation: { tabId } } });
    const { tabs } = await page.document('?includeTabsContent=true');
    expect(title).toBe('Tab 2');
    expect(tabs.map((tab: Shown) => textOf(tab.documentTab.body.content))).toEqual(['first\n', 'second\n']);
    expect(await page.text()).toBe('first\n');
  });
});

describe('named styles', () => {
  it('are changed for all that follow them', async () => {
    const page = await openPage('x');
    const updating = (textStyle: object, fields: string) => ({
      updateNamedStyle: { namedStyle: { namedStyleType: 'NORMAL_TEXT', textStyle }, fields },
    });
    await page.edit(updating({ bold: true }, 'namedStyleType,textStyle,textStyle.bold'));
    const bold = async () => (await page.document()).namedStyles.styles[0].textStyle.bold;
    expect(await bold()).toBe(true);
    await page.edit({ updateTextStyle: { range: range(1, 2), textStyle: { bold: true }, fields: 'bold' } });
    expect((await page.content())[0].paragraph.elements[0].textRun.textStyle).toEqual({});
    await page.edit(updating({}, 'textStyle'));
    expect(await bold()).toBe(false);
  });

  it('give a heading an id, which plain text has not', async () => {
    const page = await openPage('a\nb');
    const named = (namedStyleType: string) => ({
      updateParagraphStyle: {
        range: range(1, 2),
        paragraphStyle: { namedStyleType },
        fields: 'namedStyleType',
      },
    });
    await page.edit(named('HEADING_3'));
    const [{ paragraph }] = await page.content();
    expect(paragraph.paragraphStyle.headingId).toMatch(/^h\.\w{12}$/);
    await page.edit(named('NORMAL_TEXT'));
    expect((await page.content())[0].paragraph.paragraphStyle).toEqual({
      namedStyleType: 'NORMAL_TEXT',
      direction: 'LEFT_TO_RIGHT',
    });
  });
});

/** A page with a table at index 2 whose cells say a, b, c, … */
async function tablePage(rows: number, columns: number) {
  const page = await openPage();
  await page.edit({ insertTable: { rows, columns, ...at(1) } });
  const table = async () => (await page.content()).find((block) => block.table).table;
  const cells = (await table()).tableRows.flatMap((row: Shown) => row.tableCells);
  const filling = cells.map((cell: Shown, nth: number) => ({
    insertText: { text: 'abcdefgh'[nth], ...at(cell.content[0].startIndex) },
  }));
  await page.edit(...filling.reverse());
  return {
    page,
    cell: (rowIndex: number, columnIndex: number) => ({
      tableCellLocation: { tableStartLocation: { index: 2 }, rowIndex, columnIndex },
    }),
    grid: async (): Promise<string[][]> =>
      (await table()).tableRows.map((row: Shown) =>
        row.tableCells.map((cell: Shown) => textOf(cell.content).slice(0, -1)),
      ),
  };
}
