/** A document as a web page, as Docs exports it: styles stand at each element. */
import { escaped } from '../../../../../src/html.ts';
import type { World } from '../../../../../src/world/world.ts';
import type { Content, Fields, Run, Table } from '../../world/content.ts';
import { documents, type Tab } from '../../world.ts';
import {
  chipOf,
  colorOf,
  headingOf,
  imageOf,
  isCovered,
  type Part,
  partsOf,
  pointsOf,
  urlOf,
} from './parts.ts';

/** The whole page. */
export function documentHtml(world: World, documentId: string): string {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  const bodies = tabs.map((tab) => {
    const notes: string[] = [];
    const around = (segments: Readonly<Record<string, Content>>) =>
      Object.values(segments).map((content) => `<div>${contentHtml(tab, content, notes)}</div>`);
    const [header, body, footer] = [
      around(tab.headers),
      contentHtml(tab, tab.body, notes),
      around(tab.footers),
    ];
    return [...header, body, ...notes, ...footer].join('');
  });
  const head = '<meta content="text/html; charset=UTF-8" http-equiv="content-type">';
  return `<html><head>${head}</head><body class="doc-content">${bodies.join('')}</body></html>`;
}

/** `notes` gets the footnotes that the content refers to. */
function contentHtml(tab: Tab, content: Content, notes: string[]): string {
  const parts = partsOf(tab, content);
  return parts.map((part, i) => partHtml(tab, part, parts[i - 1], parts[i + 1], notes)).join('');
}

function partHtml(
  tab: Tab,
  part: Part,
  before: Part | undefined,
  after: Part | undefined,
  notes: string[],
): string {
  if (part.kind === 'table') return tableHtml(tab, part.table, notes);
  const { paragraph, item } = part;
  const inner = paragraph.runs.map((run) => runHtml(tab, run, notes)).join('');
  const look = css(paragraphCss(paragraph.style));
  if (!item) {
    const level = headingOf(paragraph.style);
    const tag = level === undefined ? 'p' : `h${level}`;
    return `<${tag}${look}>${inner}</${tag}>`;
  }
  const tag = item.ordered ? 'ol' : 'ul';
  const joins = (other: Part | undefined) =>
    other?.kind === 'paragraph' && other.item?.listId === item.listId && other.item.level === item.level;
  const start = item.ordered ? ` start="${item.nth}"` : '';
  const open = joins(before) ? '' : `<${tag} class="lst-${item.listId}-${item.level} start"${start}>`;
  return `${open}<li${look}>${inner}</li>${joins(after) ? '' : `</${tag}>`}`;
}

function tableHtml(tab: Tab, table: Table, notes: string[]): string {
  const rows = table.rows.map(({ cells }, row) => {
    const shown = cells.map((cell, column) => {
      if (isCovered(table, row, column)) return '';
      const spans = `colspan="${cell.columnSpan}" rowspan="${cell.rowSpan}"`;
      return `<td ${spans}>${contentHtml(tab, cell.content, notes)}</td>`;
    });
    return `<tr>${shown.join('')}</tr>`;
  });
  return `<table>${rows.join('')}</table>`;
}

function runHtml(tab: Tab, run: Run, notes: string[]): string {
  if (run.element) return elementHtml(tab, run.element, notes);
  const text = escaped(run.text.replace(/\n$/, '')).replaceAll('\v', '<br>');
  if (text === '') return '';
  const url = urlOf(run.style);
  const shown = `<span${css(textCss(run.style))}>${text}</span>`;
  return url === undefined ? shown : `<a href="${escaped(url)}">${shown}</a>`;
}

function elementHtml(tab: Tab, element: NonNullable<Run['element']>, notes: string[]): string {
  const { properties } = element;
  switch (element.kind) {
    case 'horizontalRule':
      return '<hr>';
    case 'pageBreak':
      return '<hr style="page-break-before:always;display:none;">';
    case 'footnoteReference': {
      const id = String(properties.footnoteId);
      const nth = notes.length + 1;
      // Its place is taken before what is in it, which may have notes of its own.
      notes.push('');
      const inner = contentHtml(tab, tab.footnotes[id] ?? [], notes);
      notes[nth - 1] = `<div><p><a href="#ftnt_ref${nth}" id="ftnt${nth}">[${nth}]</a></p>${inner}</div>`;
      return `<sup><a href="#ftnt${nth}" id="ftnt_ref${nth}">[${nth}]</a></sup>`;
    }
    case 'inlineObjectElement': {
      const { uri, alt } = imageOf(tab, properties.inlineObjectId);
      return `<img alt="${escaped(alt)}" src="${escaped(uri ?? '')}">`;
    }
    default:
      return chipHtml(element);
  }
}

function chipHtml(element: NonNullable<Run['element']>): string {
  const chip = chipOf(element);
  if (!chip) return '';
  const text = escaped(chip.text);
  return chip.url === undefined ? text : `<a href="${escaped(chip.url)}">${text}</a>`;
}

type Rules = readonly (readonly [name: string, value: string | undefined])[];

function css(rules: Rules): string {
  const said = rules.flatMap(([name, value]) => (value === undefined ? [] : [`${name}:${value}`]));
  return said.length > 0 ? ` style="${escaped(said.join(';'))}"` : '';
}

const ALIGNMENTS: Readonly<Record<string, string>> = { CENTER: 'center', END: 'right', JUSTIFIED: 'justify' };

const paragraphCss = (style: Fields): Rules => [
  ['text-align', ALIGNMENTS[String(style.alignment)]],
  ['margin-left', inPoints(style.indentStart)],
];

const inPoints = (value: unknown): string | undefined => {
  const points = pointsOf(value);
  return points === undefined ? undefined : `${points}pt`;
};

function textCss(style: Fields): Rules {
  const lines = [
    ...(style.underline === true ? ['underline'] : []),
    ...(style.strikethrough === true ? ['line-through'] : []),
  ];
  const family = (style.weightedFontFamily as { fontFamily?: string } | undefined)?.fontFamily;
  return [
    ['font-weight', style.bold === true ? '700' : undefined],
    ['font-style', style.italic === true ? 'italic' : undefined],
    ['text-decoration', lines.length > 0 ? lines.join(' ') : undefined],
    ['vertical-align', { SUPERSCRIPT: 'super', SUBSCRIPT: 'sub' }[String(style.baselineOffset)]],
    ['color', colorOf(style.foregroundColor)],
    ['background-color', colorOf(style.backgroundColor)],
    ['font-size', inPoints(style.fontSize)],
    ['font-family', family === undefined ? undefined : `"${family}"`],
  ];
}
