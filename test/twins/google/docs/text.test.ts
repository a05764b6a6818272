import { describe, expect, it } from 'vitest';
import { at, openPage, range, type Shown } from './page.ts';

const BREAKS_STRUCTURE = 'Invalid deletion range. Cannot delete the requested range.';
const OUTSIDE =
  'The insertion index must be inside the bounds of an existing paragraph. You can still create new paragraphs ' +
  'by inserting newlines.';

describe('insertText', () => {
  it('leaves out control characters and private ones', async () => {
    const page = await openPage('a\u0001b\u000cc\ue907d\re\tf');
    expect(await page.text()).toBe('abcde\tf\n');
  });

  it('refuses no text, and text between a table and the paragraph before it', async () => {
    const page = await openPage('x');
    await page.edit({ insertTable: { rows: 1, columns: 1, ...at(2) } });
    expect(await page.refused({ insertText: { text: '', ...at(1) } })).toBe(
      'Insert text requests must specify text to insert.',
    );
    expect(await page.refused({ insertText: { text: 'y', ...at(3) } })).toBe(OUTSIDE);
    expect(await page.refused({ insertText: { text: 'y', ...at(0) } })).toBe(OUTSIDE);
    expect(await page.refused({ insertText: { text: 'y', ...at(90) } })).toBe(
      'Index 90 must be less than the end index of the referenced segment, 9.',
    );
  });

  it('goes to one place only', async () => {
    const page = await openPage('x');
    expect(await page.refused({ insertText: { text: 'y', ...at(1), endOfSegmentLocation: {} } })).toBe(
      "Invalid value at 'requests[0].insert_text' (oneof), oneof field 'insertion_location' is already set. " +
        "Cannot set 'endOfSegmentLocation'",
    );
  });

  it('goes behind what people see as one character', async () => {
    const page = await openPage('👩‍🚀!');
    await page.edit({ insertText: { text: 'x', ...at(3) } });
    expect(await page.text()).toBe('👩‍🚀x!\n');
  });

  it('does not make a link longer at its end', async () => {
    const page = await openPage('link');
    await page.edit(
      {
        updateTextStyle: {
          range: range(1, 5),
          textStyle: { link: { url: 'https://a.example' } },
          fields: 'link',
        },
      },
      { insertText: { text: ' more', ...at(5) } },
    );
    const [{ paragraph }] = await page.content();
    expect(paragraph.elements[0].textRun).toEqual({
      content: 'link',
      textStyle: {
        underline: true,
        foregroundColor: { color: { rgbColor: { red: 0.06666667, green: 0.33333334, blue: 0.8 } } },
        link: { url: 'https://a.example' },
      },
    });
    expect(paragraph.elements[1].textRun).toEqual({ content: ' more\n', textStyle: {} });
  });
});

describe('deleteContentRange', () => {
  it('refuses half a character, half a table and the line break before a table', async () => {
    const page = await openPage('a😀b');
    await page.edit({ insertTable: { rows: 1, columns: 2, ...at(5) } });
    for (const [start, end] of [
      [2, 3],
      [3, 5],
      [5, 6],
      [4, 8],
      [6, 8],
      [8, 10],
      [0, 2],
    ] as const)
      expect(await page.refused({ deleteContentRange: { range: range(start, end) } })).toBe(BREAKS_STRUCTURE);
    expect(await page.refused({ deleteContentRange: { range: range(1, 14) } })).toBe(
      'The range cannot include the newline character at the end of the segment.',
    );
    expect(await page.refused({ deleteContentRange: { range: range(2, 2) } })).toBe(
      'The range should not be empty.',
    );
    expect(await page.refused({ deleteContentRange: { range: { endIndex: 2 } } })).toBe(
      'Invalid range: must contain a start and end index',
    );
  });

  it('takes a table out as a whole, and joins what it parted', async () => {
    const page = await openPage('ab');
    await page.edit({ insertTable: { rows: 2, columns: 2, ...at(2) } });
    const [, { startIndex, endIndex }] = await page.content();
    await page.edit({ deleteContentRange: { range: range(startIndex - 1, endIndex) } });
    expect(await page.text()).toBe('ab\n');
  });

  it('keeps the style of the paragraph of which something is left', async () => {
    const page = await openPage('head\nbody');
    const heading = { namedStyleType: 'HEADING_2' };
    await page.edit(
      { updateParagraphStyle: { range: range(1, 2), paragraphStyle: heading, fields: 'namedStyleType' } },
      { deleteContentRange: { range: range(3, 8) } },
    );
    const [{ paragraph }] = await page.content();
    expect([await page.text(), paragraph.paragraphStyle.namedStyleType]).toEqual(['hedy\n', 'HEADING_2']);
  });
});

describe('replaceAllText', () => {
  it('reaches headers, cells and other tabs, or only the tabs that are named', async () => {
    const page = await openPage('x');
    const [added, header] = await page.edit(
      { addDocumentTab: { tabProperties: { title: 'Other' } } },
      { createHeader: { type: 'DEFAULT' } },
      { insertTable: { rows: 1, columns: 1, ...at(2) } },
      { insertText: { text: 'x', ...at(6) } },
    );
    const { tabId } = added.addDocumentTab.tabProperties;
    await page.edit(
      { insertText: { text: 'x', ...at(0, { segmentId: header.createHeader.headerId }) } },
      { insertText: { text: 'x', ...at(1, { tabId }) } },
    );
    const replacing = (more: object) => ({
      replaceAllText: { containsText: { text: 'x' }, replaceText: 'y', ...more },
    });
    const [one] = await page.edit(replacing({ tabsCriteria: { tabIds: [tabId] } }));
    expect(one.replaceAllText).toEqual({ occurrencesChanged: 1 });
    const [all] = await page.edit(replacing({}));
    expect(all.replaceAllText).toEqual({ occurrencesChanged: 3 });
  });

  it('takes a regular expression', async () => {
    const page = await openPage('a1 b22 c333');
    const [{ replaceAllText }] = await page.edit({
      replaceAllText: { containsText: { text: '\\d+', searchByRegex: true }, replaceText: '#' },
    });
    expect([replaceAllText.occurrencesChanged, await page.text()]).toEqual([3, 'a# b# c#\n']);
    expect(
      await page.refused({
        replaceAllText: { containsText: { text: '(', searchByRegex: true }, replaceText: '' },
      }),
    ).toContain('invalid');
  });
});

describe('named ranges', () => {
  it('shrink with their text, go with the last of it, and grow with what is put into them', async () => {
    const page = await openPage('0123456789');
    const ranges = async () => (await page.document()).namedRanges?.n.namedRanges[0].ranges;
    await page.edit({ createNamedRange: { name: 'n', range: range(4, 7) } });
    await page.edit({ insertText: { text: 'XX', ...at(5) } }, { insertText: { text: 'before', ...at(4) } });
    expect(await ranges()).toEqual([{ startIndex: 10, endIndex: 15 }]);
    await page.edit({ deleteContentRange: { range: range(1, 12) } });
    expect(await ranges()).toEqual([{ startIndex: 1, endIndex: 4 }]);
    await page.edit({ deleteContentRange: { range: range(1, 4) } });
    expect(await ranges()).toBeUndefined();
  });

  it('of a name are all replaced; of an id that is not there, refused', async () => {
    const page = await openPage('one two one');
    await page.edit(
      { createNamedRange: { name: 'n', range: range(1, 4) } },
      { createNamedRange: { name: 'n', range: range(9, 12) } },
      { replaceNamedRangeContent: { namedRangeName: 'n', text: 'three' } },
      { replaceNamedRangeContent: { namedRangeName: 'nobody', text: 'x' } },
    );
    expect(await page.text()).toBe('three two three\n');
    const { namedRanges } = (await page.document()).namedRanges.n;
    expect(namedRanges.map((one: Shown) => one.ranges[0])).toEqual([
      { startIndex: 1, endIndex: 6 },
      { startIndex: 11, endIndex: 16 },
    ]);
    expect(await page.refused({ replaceNamedRangeContent: { namedRangeId: 'kix.no', text: 'x' } })).toContain(
      'kix.no',
    );
    expect(await page.refused({ deleteNamedRange: {} })).toBe('ID or name for named range must be set');
    expect(await page.refused({ createNamedRange: { name: 'x'.repeat(257), range: range(1, 2) } })).toContain(
      '256',
    );
  });
});

describe('updateTextStyle', () => {
  const styles = async (page: Awaited<ReturnType<typeof openPage>>) =>
    (await page.content())[0].paragraph.elements.map((one: Shown) => [
      one.textRun.content,
      one.textRun.textStyle,
    ]);

  it('keeps only what differs from the named style', async () => {
    const page = await openPage('abc def');
    const bold = (value: boolean) => ({
      updateTextStyle: { range: range(1, 4), textStyle: { bold: value }, fields: 'bold' },
    });
    await page.edit(bold(true), bold(false));
    expect(await styles(page)).toEqual([['abc def\n', {}]]);
  });

  it('takes the line break along where all of a paragraph is styled', async () => {
    const page = await openPage('abc');
    await page.edit({
      updateTextStyle: { range: range(1, 4), textStyle: { italic: true }, fields: 'italic' },
    });
    expect(await styles(page)).toEqual([['abc\n', { italic: true }]]);
  });

  it('keeps colours in eight bits and says fields in the vendor’s order', async () => {
    const page = await openPage('abc');
    const foregroundColor = { color: { rgbColor: { blue: 0, green: 0.5, red: 1 } } };
    const textStyle = { fontSize: { magnitude: 14, unit: 'PT' }, foregroundColor, bold: true };
    await page.edit({
      updateTextStyle: { range: range(1, 2), textStyle, fields: 'fontSize,foregroundColor,bold' },
    });
    const [[, shown]] = await styles(page);
    expect(Object.keys(shown)).toEqual(['bold', 'foregroundColor', 'fontSize']);
    expect(JSON.stringify(shown.foregroundColor.color.rgbColor)).toBe('{"red":1,"green":0.49803922}');
  });

  it('resets everything by *, and refuses fields that there are not', async () => {
    const page = await openPage('abc');
    const styling = (textStyle: object, fields: string) => ({
      updateTextStyle: { range: range(1, 3), textStyle, fields },
    });
    await page.edit(styling({ bold: true, italic: true }, 'bold,italic'), styling({ underline: true }, '*'));
    expect((await styles(page))[0]).toEqual(['ab', { underline: true }]);
    expect(await page.refused(styling({}, 'bogus'))).toBe('Invalid field: bogus');
    expect(await page.refused(styling({}, ''))).toContain('At least one field');
    expect(await page.refused(styling({ link: {} }, 'link'))).toBe('Links must include at least one type.');
    expect(
      await page.refused(styling({ weightedFontFamily: { weight: 400 } }, 'weightedFontFamily')),
    ).toContain('font');
    expect(await page.refused(styling({ fontSize: { magnitude: 3 } }, 'fontSize'))).toBe(
      'Unsupported dimension unit: UNIT_UNSPECIFIED',
    );
  });

  it('links to a heading of the document, and takes the look of a link away with it', async () => {
    const page = await openPage('See\nHeading');
    const linked = (link: object | undefined) => ({
      updateTextStyle: { range: range(1, 4), textStyle: link ? { link } : {}, fields: 'link' },
    });
    await page.edit({
      updateParagraphStyle: {
        range: range(5, 6),
        paragraphStyle: { namedStyleType: 'HEADING_1' },
        fields: '*',
      },
    });
    const { headingId } = (await page.content())[1].paragraph.paragraphStyle;
    await page.edit(linked({ headingId }));
    expect((await styles(page))[0][1].link).toEqual({ headingId });
    const { tabs } = await page.document('?includeTabsContent=true');
    const [, { paragraph }] = tabs[0].documentTab.body.content;
    expect(paragraph.elements[0].textRun.textStyle.link).toEqual({
      heading: { id: headingId, tabId: 't.0' },
    });
    await page.edit(linked(undefined));
    expect((await styles(page))[0]).toEqual(['See\n', {}]);
    expect(await page.refused(linked({ headingId: 'h.no' }))).toContain('h.no');
  });
});
