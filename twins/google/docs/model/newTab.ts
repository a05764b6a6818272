/** A tab with nothing in it but text. */
import type { Content, Fields, Paragraph } from '../world/content.ts';
import type { Tab } from '../world.ts';
import { DOCUMENT_STYLE, NAMED_STYLES, SECTION_STYLE } from './style/defaults.ts';

export const PLAIN_PARAGRAPH: Fields = { namedStyleType: 'NORMAL_TEXT', direction: 'LEFT_TO_RIGHT' };

/** A tab whose body is plain paragraphs, one a line. */
export const newTab = (tabId: string, title: string, text: string = ''): Tab => ({
  tabId,
  title,
  body: [{ kind: 'sectionBreak', style: SECTION_STYLE }, ...plainContent(text)],
  headers: {},
  footers: {},
  footnotes: {},
  documentStyle: DOCUMENT_STYLE,
  namedStyles: NAMED_STYLES,
  lists: {},
  namedRanges: [],
  inlineObjects: {},
  positionedObjects: {},
});

/** Plain paragraphs; there is always one, and each ends with a line break. */
export const plainContent = (text: string): Content =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => plainParagraph(`${line}\n`));

/** A paragraph of one run; `text` ends with a line break. */
export const plainParagraph = (
  text: string,
  style: Fields = PLAIN_PARAGRAPH,
  textStyle: Fields = {},
): Paragraph => ({
  kind: 'paragraph',
  runs: [{ text, style: textStyle }],
  style,
});
