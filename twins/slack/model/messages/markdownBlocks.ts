/**
 * Standard Markdown as Slack shows it: as blocks, and as a text in Slack's own markup.
 * https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 */
import type { Json } from '../../world.ts';
import { sectionsOf } from '../files/markdown.ts';
import { listOf } from './richtext.ts';
import { elementsOf } from './richtextLine.ts';

const HEADING = /^#{1,6}\s+/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const HEADER_CHARS_MAX = 150;
const SPACES_PER_LEVEL = 2;
const INDENT_MAX = 8;

/** Headings, rules and tables are blocks of their own; all that stands between them is rich text. */
export function markdownBlocks(markdown: string): Json[] {
  const blocks: Json[] = [];
  for (const part of sectionsOf(markdown)) {
    if (HEADING.test(part)) blocks.push(header(part.replace(HEADING, '')));
    else if (RULE.test(part)) blocks.push({ type: 'divider' });
    else if (isTable(part)) blocks.push(table(part));
    else addTo(blocks, part);
  }
  return blocks;
}

/** The same text in Slack's markup, as notifications show it. */
export const mrkdwnOf = (markdown: string): string =>
  markdown
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : marked(part)))
    .join('');

/** Bold is kept apart under a mark of its own, lest it be taken for italics. */
const BOLD = '\u0001';
const marked = (text: string): string =>
  text
    .replace(/^#{1,6}\s+(.+)$/gm, `${BOLD}$1${BOLD}`)
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, `${BOLD}$2${BOLD}`)
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/g, '_$1_')
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, '~$1~')
    .replace(/!?\[([^\]\n]*)\]\(((?:https?:|mailto:)[^)\s]+)\)/g, '<$2|$1>')
    .replaceAll(BOLD, '*');

const inline = (markdown: string): Json[] => elementsOf(escapedOf(mrkdwnOf(markdown)));

/** `&` and angle brackets that are no reference, as texts are kept. */
const escapedOf = (text: string): string =>
  text.replace(/&(?!amp;|lt;|gt;)/g, '&amp;').replace(/<(?![@#!]|[a-zA-Z][\w+.-]*:[^<>\n]+>)/g, '&lt;');

function header(markdown: string): Json {
  const text = [...markdown.replace(/[*_~`]/g, '')].slice(0, HEADER_CHARS_MAX).join('');
  return { type: 'header', text: { type: 'plain_text', text, emoji: true } };
}

/** Adds to the rich text at the end, or begins one. */
function addTo(blocks: Json[], part: string): void {
  if (blocks.at(-1)?.type !== 'rich_text') blocks.push({ type: 'rich_text', elements: [] });
  const elements = blocks.at(-1)?.elements as Json[];
  const item = ITEM.exec(part);
  if (item) addItem(elements, item, part);
  else elements.push(paragraph(part));
}

function paragraph(part: string): Json {
  if (part.trimStart().startsWith('```')) {
    const text = part.replace(/^\s*```.*\n?/, '').replace(/\n?```\s*$/, '');
    return { type: 'rich_text_preformatted', elements: text ? [{ type: 'text', text }] : [], border: 0 };
  }
  if (part.startsWith('>')) return { type: 'rich_text_quote', elements: inline(part.replace(/^>\s?/gm, '')) };
  return { type: 'rich_text_section', elements: inline(part) };
}

function addItem(elements: Json[], [lead, spaces = '', point = '']: RegExpExecArray, part: string): void {
  const style = /^\d/.test(point) ? 'ordered' : 'bullet';
  const indent = Math.min(INDENT_MAX, Math.floor(spaces.length / SPACES_PER_LEVEL));
  const item = { type: 'rich_text_section', elements: inline(part.slice(lead.length)) };
  const last = elements.at(-1);
  if (last?.type === 'rich_text_list' && last.style === style && last.indent === indent)
    (last.elements as Json[]).push(item);
  else elements.push(listOf([item], style, indent, Number.parseInt(point, 10)));
}

const isTable = (part: string): boolean => /^\s*\|.*\|\s*\n\s*\|?\s*:?-+:?\s*(?:\||$)/.test(part);

function table(part: string): Json {
  const [head = '', rule = '', ...body] = part.split('\n');
  const align = cells(rule).map((cell) => ({
    align: cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left',
  }));
  const rows = [head, ...body].filter((line) => line.trim() !== '').map((line) => cells(line).map(rich));
  return { type: 'table', rows, column_settings: align };
}

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

const rich = (cell: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: inline(cell) }],
});
