/** Styles of a new document: US letter with an inch of margin, Arial 11. */
import type { Fields } from '../../world/content.ts';

const points = (magnitude: number) => (magnitude === 0 ? { unit: 'PT' } : { magnitude, unit: 'PT' });
const gray = (level: number) => ({ color: { rgbColor: { red: level, green: level, blue: level } } });
const DARK = gray(0.2627451);
const GRAY = gray(0.4);
const ARIAL = { fontFamily: 'Arial', weight: 400 };
const NO_BORDER = { color: {}, width: points(0), padding: points(0), dashStyle: 'SOLID' };
const MARGIN = 72;
const HEADER = 36;

export const DOCUMENT_STYLE: Fields = {
  background: { color: {} },
  pageNumberStart: 1,
  marginTop: points(MARGIN),
  marginBottom: points(MARGIN),
  marginRight: points(MARGIN),
  marginLeft: points(MARGIN),
  pageSize: { height: points(792), width: points(612) },
  marginHeader: points(HEADER),
  marginFooter: points(HEADER),
  useCustomHeaderFooterMargins: true,
  documentFormat: { documentMode: 'PAGES' },
};

export const SECTION_STYLE: Fields = {
  columnSeparatorStyle: 'NONE',
  contentDirection: 'LEFT_TO_RIGHT',
  sectionType: 'CONTINUOUS',
};

const NORMAL = {
  namedStyleType: 'NORMAL_TEXT',
  textStyle: {
    bold: false,
    italic: false,
    underline: false,
    strikethrough: false,
    smallCaps: false,
    backgroundColor: {},
    foregroundColor: { color: { rgbColor: {} } },
    fontSize: points(11),
    weightedFontFamily: ARIAL,
    baselineOffset: 'NONE',
  },
  paragraphStyle: {
    namedStyleType: 'NORMAL_TEXT',
    alignment: 'START',
    lineSpacing: 115,
    direction: 'LEFT_TO_RIGHT',
    spacingMode: 'COLLAPSE_LISTS',
    spaceAbove: points(0),
    spaceBelow: points(0),
    borderBetween: NO_BORDER,
    borderTop: NO_BORDER,
    borderBottom: NO_BORDER,
    borderLeft: NO_BORDER,
    borderRight: NO_BORDER,
    indentFirstLine: points(0),
    indentStart: points(0),
    indentEnd: points(0),
    keepLinesTogether: false,
    keepWithNext: false,
    avoidWidowAndOrphan: true,
    shading: { backgroundColor: {} },
    pageBreakBefore: false,
  },
};

function heading(namedStyleType: string, size: number, above: number, below: number, textStyle: object) {
  return {
    namedStyleType,
    textStyle: { ...textStyle, fontSize: points(size) },
    paragraphStyle: {
      namedStyleType: 'NORMAL_TEXT',
      direction: 'LEFT_TO_RIGHT',
      spaceAbove: points(above),
      spaceBelow: points(below),
      keepLinesTogether: true,
      keepWithNext: true,
      pageBreakBefore: false,
    },
  };
}

export const NAMED_STYLES: readonly Fields[] = [
  NORMAL,
  heading('HEADING_1', 20, 20, 6, {}),
  heading('HEADING_2', 16, 18, 6, { bold: false }),
  heading('HEADING_3', 14, 16, 4, { bold: false, foregroundColor: DARK }),
  heading('HEADING_4', 12, 14, 4, { foregroundColor: GRAY }),
  heading('HEADING_5', 11, 12, 4, { foregroundColor: GRAY }),
  heading('HEADING_6', 11, 12, 4, { italic: true, foregroundColor: GRAY }),
  heading('TITLE', 26, 0, 3, {}),
  heading('SUBTITLE', 15, 0, 16, { italic: false, foregroundColor: GRAY, weightedFontFamily: ARIAL }),
];
