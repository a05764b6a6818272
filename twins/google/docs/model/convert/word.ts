/**
 * A document as a file of Word (ECMA-376, WordprocessingML): text, styles, lists, tables, links and footnotes; images
 * are left out. The libraries that write such files read the machine's clock and draw at random, so this is our own.
 */
import { escaped } from '../../../../../src/html.ts';
import type { World } from '../../../../../src/world/world.ts';
import { zipped } from '../../../drive/model/conversion/archive.ts';
import type { Content, Fields, Run, Table } from '../../world/content.ts';
import { documents, type Tab } from '../../world.ts';
import { chipOf, colorOf, type Item, isCovered, partsOf, pointsOf, urlOf } from './parts.ts';
import { CONTENT_TYPES, NUMBERING_HEAD, PACKAGE_RELATIONS, STYLES, XML } from './wordParts.ts';

/** Twentieths of a point in a level of a list. */
const INDENT = 360;

interface Written {
  /** Addresses of links; the relation of the first is `l1`. */
  links: string[];
  notes: string[];
  /** Whether each list's levels are ordered; the number of the first is 1. */
  lists: Map<string, boolean[]>;
}

/** The bytes of a `.docx` file; the same for the same moment. */
export function documentWord(world: World, documentId: string): Uint8Array {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  const into: Written = { links: [], notes: [], lists: new Map() };
  const body = tabs.map((tab) => contentXml(tab, tab.body, into)).join('');
  const main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  return zipped(world, {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': PACKAGE_RELATIONS,
    'word/document.xml': `${XML}<w:document ${main} ${relations}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/styles.xml': `${XML}<w:styles ${main}>${STYLES}</w:styles>`,
    'word/numbering.xml': `${XML}<w:numbering ${main}>${numbering(into)}</w:numbering>`,
    'word/footnotes.xml': `${XML}<w:footnotes ${main} ${relations}>${footnotes(into)}</w:footnotes>`,
    'word/_rels/document.xml.rels': documentRelations(into),
  });
}

function contentXml(tab: Tab, content: Content, into: Written): string {
  return partsOf(tab, content)
    .map((part) => {
      if (part.kind === 'table') return tableXml(tab, part.table, into);
      const { paragraph, item } = part;
      const runs = paragraph.runs.map((run) => runXml(tab, run, into)).join('');
      return `<w:p>${paragraphProperties(paragraph.style, item, into)}${runs}</w:p>`;
    })
    .join('');
}

const STYLE_IDS: Readonly<Record<string, string>> = { TITLE: 'Title', SUBTITLE: 'Subtitle' };
const ALIGNMENTS: Readonly<Record<string, string>> = { CENTER: 'center', END: 'right', JUSTIFIED: 'both' };

function paragraphProperties(style: Fields, item: Item | undefined, into: Written): string {
  const type = String(style.namedStyleType);
  const styleId = STYLE_IDS[type] ?? type.replace(/^HEADING_(\d)$/, 'Heading$1');
  const align = ALIGNMENTS[String(style.alignment)];
  const all = [
    type === 'NORMAL_TEXT' ? '' : `<w:pStyle w:val="${styleId}"/>`,
    item
      ? `<w:numPr><w:ilvl w:val="${item.level}"/><w:numId w:val="${listNumber(item, into)}"/></w:numPr>`
      : '',
    align ? `<w:jc w:val="${align}"/>` : '',
  ].join('');
  return all === '' ? '' : `<w:pPr>${all}</w:pPr>`;
}

function listNumber({ listId, level, ordered }: Item, { lists }: Written): number {
  const levels = lists.get(listId) ?? [];
  levels[level] = ordered;
  lists.set(listId, levels);
  return [...lists.keys()].indexOf(listId) + 1;
}

function tableXml(tab: Tab, table: Table, into: Written): string {
  const rows = table.rows.map(({ cells }, row) => {
    const shown = cells.map((cell, column) => {
      if (isCovered(table, row, column) && !reachedFromAbove(table, row, column)) return '';
      const properties = [
        cell.columnSpan > 1 ? `<w:gridSpan w:val="${cell.columnSpan}"/>` : '',
        cell.rowSpan > 1 ? '<w:vMerge w:val="restart"/>' : '',
        isCovered(table, row, column) ? '<w:vMerge/>' : '',
      ].join('');
      return `<w:tc><w:tcPr>${properties}</w:tcPr>${contentXml(tab, cell.content, into)}</w:tc>`;
    });
    return `<w:tr>${shown.join('')}</w:tr>`;
  });
  const grid = '<w:gridCol/>'.repeat(table.columns.length);
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join('')}</w:tbl>`;
}

/** Is it in the first column of a merged cell that began in a row above? */
const reachedFromAbove = (table: Table, row: number, column: number): boolean =>
  table.rows.slice(0, row).some(({ cells }, r) => r + (cells[column]?.rowSpan ?? 1) > row);

function runXml(tab: Tab, run: Run, into: Written): string {
  if (run.element) return elementXml(tab, run.element, into);
  const text = run.text.replace(/\n$/, '');
  if (text === '') return '';
  const shown = `<w:r>${runProperties(run.style)}${textXml(text)}</w:r>`;
  const url = urlOf(run.style);
  return url === undefined ? shown : linkXml(shown, url, into);
}

const linkXml = (shown: string, url: string, { links }: Written): string =>
  `<w:hyperlink r:id="l${links.push(url)}">${shown}</w:hyperlink>`;

const textXml = (text: string): string =>
  text
    .split(/([\t\v])/)
    .map((piece) => {
      if (piece === '\t') return '<w:tab/>';
      if (piece === '\v') return '<w:br/>';
      return piece === '' ? '' : `<w:t xml:space="preserve">${escaped(piece)}</w:t>`;
    })
    .join('');

function elementXml(tab: Tab, element: NonNullable<Run['element']>, into: Written): string {
  const { kind, properties } = element;
  if (kind === 'pageBreak') return '<w:r><w:br w:type="page"/></w:r>';
  if (kind === 'columnBreak') return '<w:r><w:br w:type="column"/></w:r>';
  if (kind === 'footnoteReference') {
    const nth = into.notes.push('');
    into.notes[nth - 1] = contentXml(tab, tab.footnotes[String(properties.footnoteId)] ?? [], into);
    return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="${nth}"/></w:r>`;
  }
  const chip = chipOf(element);
  if (!chip) return '';
  const shown = `<w:r>${textXml(chip.text)}</w:r>`;
  return chip.url === undefined ? shown : linkXml(shown, chip.url, into);
}

function runProperties(style: Fields): string {
  const family = (style.weightedFontFamily as { fontFamily?: string } | undefined)?.fontFamily;
  const points = pointsOf(style.fontSize);
  const offset = { SUPERSCRIPT: 'superscript', SUBSCRIPT: 'subscript' }[String(style.baselineOffset)];
  const all = [
    family ? `<w:rFonts w:ascii="${escaped(family)}" w:hAnsi="${escaped(family)}"/>` : '',
    style.bold === true ? '<w:b/>' : '',
    style.italic === true ? '<w:i/>' : '',
    style.strikethrough === true ? '<w:strike/>' : '',
    colorOf(style.foregroundColor) ? `<w:color w:val="${colorOf(style.foregroundColor)?.slice(1)}"/>` : '',
    points === undefined ? '' : `<w:sz w:val="${Math.round(points * 2)}"/>`,
    style.underline === true ? '<w:u w:val="single"/>' : '',
    offset ? `<w:vertAlign w:val="${offset}"/>` : '',
  ].join('');
  return all === '' ? '' : `<w:rPr>${all}</w:rPr>`;
}

function numbering({ lists }: Written): string {
  const all = [...lists.values()];
  const abstract = all.map((levels, index) => {
    const each = Array.from(levels, (ordered, level) => {
      const look = ordered
        ? `<w:numFmt w:val="decimal"/><w:lvlText w:val="%${level + 1}."/>`
        : '<w:numFmt w:val="bullet"/><w:lvlText w:val="&#8226;"/>';
      const indent = `<w:pPr><w:ind w:left="${INDENT * 2 * (level + 1)}" w:hanging="${INDENT}"/></w:pPr>`;
      return `<w:lvl w:ilvl="${level}"><w:start w:val="1"/>${look}${indent}</w:lvl>`;
    });
    return `<w:abstractNum w:abstractNumId="${index + 1}">${NUMBERING_HEAD}${each.join('')}</w:abstractNum>`;
  });
  const numbers = all.map(
    (_, index) => `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${index + 1}"/></w:num>`,
  );
  return [...abstract, ...numbers].join('');
}

const footnotes = ({ notes }: Written): string =>
  notes.map((note, index) => `<w:footnote w:id="${index + 1}">${note}</w:footnote>`).join('');

function documentRelations({ links }: Written): string {
  const base = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts = ['styles', 'numbering', 'footnotes'].map(
    (name) => `<Relationship Id="${name}" Type="${base}/${name}" Target="${name}.xml"/>`,
  );
  const external = links.map(
    (url, index) =>
      `<Relationship Id="l${index + 1}" Type="${base}/hyperlink" Target="${escaped(url)}" TargetMode="External"/>`,
  );
  const all = [...parts, ...external].join('');
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all}</Relationships>`;
}
