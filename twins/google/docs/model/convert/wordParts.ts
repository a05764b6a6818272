/** Parts of a Word file that are the same in each. ECMA-376 part 1, §17.7 (styles), §17.9 (numbering). */

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const override = (name: string, type: string) =>
  `<Override PartName="/word/${name}.xml" ContentType="${WORD}.${type}+xml"/>`;

export const CONTENT_TYPES = [
  `${XML}<Types xmlns="${PACKAGE}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  override('document', 'document.main'),
  override('styles', 'styles'),
  override('numbering', 'numbering'),
  override('footnotes', 'footnotes'),
  '</Types>',
].join('');

export const PACKAGE_RELATIONS = [
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
  `<Relationship Id="document" Type="${OFFICE}/officeDocument" Target="word/document.xml"/>`,
  '</Relationships>',
].join('');

export const NUMBERING_HEAD = '<w:multiLevelType w:val="hybridMultilevel"/>';

/** Half points of the sizes that Docs' named styles have. */
const SIZES: readonly (readonly [id: string, name: string, halfPoints: number])[] = [
  ['Title', 'Title', 52],
  ['Subtitle', 'Subtitle', 30],
  ['Heading1', 'heading 1', 40],
  ['Heading2', 'heading 2', 32],
  ['Heading3', 'heading 3', 28],
  ['Heading4', 'heading 4', 24],
  ['Heading5', 'heading 5', 22],
  ['Heading6', 'heading 6', 22],
];

const NORMAL =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>' +
  '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:style>';
const SIDES = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'];
const GRID =
  '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>' +
  SIDES.map((side) => `<w:${side} w:val="single" w:sz="8"/>`).join('') +
  '</w:tblBorders></w:tblPr></w:style>';

export const STYLES =
  NORMAL +
  SIZES.map(
    ([id, name, size]) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
      `<w:rPr><w:sz w:val="${size}"/></w:rPr></w:style>`,
  ).join('') +
  GRID;
