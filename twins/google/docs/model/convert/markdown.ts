/** A document as Markdown, as Docs downloads and exports it. https://support.google.com/docs/answer/12014036 */
import type { World } from '../../../../../src/world/world.ts';
import type { Content, Run, Table } from '../../world/content.ts';
import { documents, type Tab } from '../../world.ts';
import { chipOf, headingOf, imageOf, type Part, partsOf, urlOf } from './parts.ts';

/** What stands at the end and is referred to from the text. */
interface Ends {
  notes: string[];
  images: string[];
}

/** Its parts with an empty line between them, items of a list without; empty paragraphs are left out. */
export function documentMarkdown(world: World, documentId: string): string {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  const ends: Ends = { notes: [], images: [] };
  const texts = tabs.map((tab) => contentMarkdown(tab, tab.body, ends)).filter(Boolean);
  return [...texts, ...ends.notes, ...ends.images].join('\n\n');
}

function contentMarkdown(tab: Tab, content: Content, ends: Ends): string {
  let out = '';
  let last: Part | undefined;
  for (const part of partsOf(tab, content)) {
    const text = part.kind === 'table' ? tableMarkdown(tab, part.table, ends) : written(tab, part, ends);
    if (text === '') continue;
    const listed = last?.kind === 'paragraph' && last.item && part.kind === 'paragraph' && part.item;
    out += (last === undefined ? '' : listed ? '\n' : '\n\n') + text;
    last = part;
  }
  return out;
}

function written(tab: Tab, { paragraph, item }: Part & { kind: 'paragraph' }, ends: Ends): string {
  const text = paragraph.runs
    .map((run) => marked(tab, run, ends))
    .join('')
    .trim();
  if (text === '') return '';
  const level = headingOf(paragraph.style);
  const shown = level === undefined ? unlisted(text) : `${'#'.repeat(level)} ${text}`;
  return item ? `${'   '.repeat(item.level)}${item.ordered ? `${item.nth}.` : '*'} ${text}` : shown;
}

function tableMarkdown(tab: Tab, { rows }: Table, ends: Ends): string {
  const [head = '', ...lines] = rows.map(
    ({ cells }) =>
      `| ${cells.map((cell) => contentMarkdown(tab, cell.content, ends).replace(/\s*\n\s*/g, ' ')).join(' | ')} |`,
  );
  return [head, `|${' :---- |'.repeat(rows[0]?.cells.length ?? 0)}`, ...lines].join('\n');
}

/** A run with its marks; white space stays outside of them, where Markdown wants it. */
function marked(tab: Tab, { text, style, element }: Run, ends: Ends): string {
  if (element) return elementMarkdown(tab, element, ends);
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (inner === '') return text.replace(/\n$/, '');
  const stars = (style.bold === true ? '**' : '') + (style.italic === true ? '*' : '');
  const strike = style.strikethrough === true ? '~~' : '';
  const plain = `${strike}${stars}${escaped(inner)}${[...stars].reverse().join('')}${strike}`;
  const url = urlOf(style);
  const shown = url === undefined ? plain : `[${plain}](${url})`;
  return `${before}${shown}${after.replace(/\n$/, '')}`;
}

function elementMarkdown(tab: Tab, element: NonNullable<Run['element']>, ends: Ends): string {
  const { kind, properties } = element;
  if (kind === 'horizontalRule') return '---';
  if (kind === 'inlineObjectElement') {
    const { uri = '', alt } = imageOf(tab, properties.inlineObjectId);
    const name = `image${ends.images.length + 1}`;
    ends.images.push(`[${name}]: <${uri}>`);
    return `![${escaped(alt)}][${name}]`;
  }
  if (kind === 'footnoteReference') {
    const nth = ends.notes.push('');
    const note = contentMarkdown(tab, tab.footnotes[String(properties.footnoteId)] ?? [], ends);
    ends.notes[nth - 1] = `[^${nth}]: ${note}`;
    return `[^${nth}]`;
  }
  const chip = chipOf(element);
  if (!chip) return '';
  return chip.url === undefined ? escaped(chip.text) : `[${escaped(chip.text)}](${chip.url})`;
}

/** Signs that Markdown would read. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>~|]/g, '\\$&').replaceAll('\v', '  \n');

/** What would begin a list, a heading or a rule stands for itself. */
const unlisted = (text: string): string =>
  /^---$/.test(text) ? text : text.replace(/^([#+=-])/, '\\$1').replace(/^(\d+)\.(?=\s)/, '$1\\.');
