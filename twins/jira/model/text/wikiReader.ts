/**
 * Jira's wiki markup, in which v2 speaks, read into the document that is stored.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
import { ADF_DEPTH_MAX } from '../../limits.ts';
import type { AdfDocument, AdfNode } from './adf.ts';
import { PANEL_COLORS } from './panels.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

/** The document that a wiki text stands for. Never fails: what is no markup is text. */
export function documentFromWiki(text: string): AdfDocument {
  return { type: 'doc', version: 1, content: blocks(text.replace(/\r\n?/g, '\n').split('\n'), 0) };
}

const FENCE = /^\{(code|noformat|quote|panel)(?::([^}]*))?\}/;

function blocks(lines: readonly string[], depth: number): AdfNode[] {
  const out: AdfNode[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as string;
    const fence = FENCE.exec(line.trim());
    if (line.trim() === '') at++;
    else if (fence) at = fenced(lines, at, fence, out, depth);
    else if (/^-{4,}\s*$/.test(line)) {
      out.push({ type: 'rule' });
      at++;
    } else if (/^h[1-6]\.\s/.test(line)) {
      out.push({ type: 'heading', attrs: { level: Number(line[1]) }, content: inline(line.slice(3).trim()) });
      at++;
    } else if (IMAGE.test(line.trim())) {
      out.push(image(IMAGE.exec(line.trim())?.[1] ?? ''));
      at++;
    } else if (/^bq\.\s/.test(line)) {
      out.push({ type: 'blockquote', content: [{ type: 'paragraph', content: inline(line.slice(4)) }] });
      at++;
    } else if (ITEM.test(line)) at = list(lines, at, out);
    else if (/^\s*\|/.test(line)) at = table(lines, at, out);
    else at = paragraph(lines, at, out);
  }
  return out;
}

function paragraph(lines: readonly string[], from: number, out: AdfNode[]): number {
  let at = from;
  const content: AdfNode[] = [];
  for (; at < lines.length; at++) {
    const line = lines[at] as string;
    const ends = line.trim() === '' || FENCE.test(line.trim()) || /^(h[1-6]|bq)\.\s/.test(line);
    if (at > from && (ends || ITEM.test(line) || /^\s*\|/.test(line) || /^-{4,}\s*$/.test(line))) break;
    if (at > from) content.push({ type: 'hardBreak' });
    content.push(...inline(line));
  }
  out.push({ type: 'paragraph', content });
  return at;
}

function fenced(
  lines: readonly string[],
  from: number,
  fence: RegExpExecArray,
  out: AdfNode[],
  depth: number,
): number {
  const [opening, kind = '', options = ''] = fence;
  const close = `{${kind}}`;
  const body: string[] = [];
  let rest = (lines[from] as string).trim().slice(opening.length);
  let at = from;
  for (;;) {
    const end = rest.indexOf(close);
    if (end >= 0) {
      body.push(rest.slice(0, end));
      break;
    }
    body.push(rest);
    at++;
    if (at >= lines.length) break;
    rest = lines[at] as string;
  }
  if (body[0] === '') body.shift();
  if (body.at(-1) === '') body.pop();
  if (kind === 'code' || kind === 'noformat') {
    const language = kind === 'code' ? languageOf(options) : undefined;
    const text = body.join('\n');
    out.push({
      type: 'codeBlock',
      ...(language ? { attrs: { language } } : {}),
      content: text ? [{ type: 'text', text }] : [],
    });
  } else {
    const inner = depth < ADF_DEPTH_MAX / 4 ? blocks(body, depth + 1) : [];
    const filled = inner.length > 0 ? inner : [{ type: 'paragraph', content: [] }];
    out.push(kind === 'quote' ? { type: 'blockquote', content: filled } : panel(options, filled));
  }
  return at + 1;
}

/** `java` of `java`, `language=java`, `title=Main.java|java`. */
function languageOf(options: string): string | undefined {
  const parts = options.split('|').map((part) => part.trim());
  return parts.map((part) => part.replace(/^language=/, '')).find((part) => part && !part.includes('='));
}

/** A panel; its title becomes its first line, its colour its kind. */
function panel(options: string, content: AdfNode[]): AdfNode {
  const given = new Map(options.split('|').map((part) => part.trim().split('=', 2) as [string, string]));
  const title = given.get('title');
  const color = given.get('bgColor')?.toLowerCase();
  const [panelType = 'info'] = Object.entries(PANEL_COLORS).find(([, own]) => own === color) ?? [];
  const heading: AdfNode = { type: 'paragraph', content: inline(title ?? '', [{ type: 'strong' }]) };
  return { type: 'panel', attrs: { panelType }, content: title ? [heading, ...content] : content };
}

const IMAGE = /^!([^!|\n]+)(?:\|[^!\n]*)?!$/;

/** A picture by itself on a line: one of the web, or a file of the issue by its name. */
function image(name: string): AdfNode {
  const attrs = /^https?:/.test(name)
    ? { type: 'external', url: name }
    : { type: 'file', id: name, alt: name, collection: '' };
  return { type: 'mediaSingle', attrs: { layout: 'align-start' }, content: [{ type: 'media', attrs }] };
}

const ITEM = /^([*#]{1,10}|-)\s+(.*)$/;

function list(lines: readonly string[], from: number, out: AdfNode[]): number {
  const items: { depth: number; ordered: boolean; text: string }[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const match = ITEM.exec(lines[at] as string);
    if (!match) break;
    const [, bullet = '*', text = ''] = match;
    items.push({ depth: bullet.length, ordered: bullet.at(-1) === '#', text });
  }
  out.push(...nest(items, 1));
  return at;
}

function nest(items: readonly { depth: number; ordered: boolean; text: string }[], depth: number): AdfNode[] {
  const lists: AdfNode[] = [];
  for (let i = 0; i < items.length; ) {
    const head = items[i] as { depth: number; ordered: boolean; text: string };
    let end = i + 1;
    while (end < items.length && (items[end]?.depth ?? 0) > depth) end++;
    const children = items.slice(i + 1, end);
    const type = head.ordered ? 'orderedList' : 'bulletList';
    const item: AdfNode = {
      type: 'listItem',
      content: [{ type: 'paragraph', content: inline(head.text) }, ...nest(children, depth + 1)],
    };
    const last = lists.at(-1);
    if (last?.type === type) last.content?.push(item);
    else lists.push({ type, content: [item] });
    i = end;
  }
  return lists;
}

/** A bar between cells: not a plain one, nor one of a link. */
const BAR = /(?<!\\)\|(?![^[\]|]*\])/;
const HEADER_BAR = /(?<!\\)\|\|(?![^[\]|]*\])/;

function table(lines: readonly string[], from: number, out: AdfNode[]): number {
  const rows: AdfNode[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = (lines[at] as string).trim();
    if (!line.startsWith('|')) break;
    const header = line.startsWith('||');
    const cells = line
      .replace(/^\|{1,2}/, '')
      .replace(/\|{1,2}$/, '')
      .split(header ? HEADER_BAR : BAR);
    rows.push({
      type: 'tableRow',
      content: cells.map((cell) => ({
        type: header ? 'tableHeader' : 'tableCell',
        attrs: {},
        content: [{ type: 'paragraph', content: inline(cell.trim()) }],
      })),
    });
  }
  out.push({ type: 'table', attrs: { isNumberColumnEnabled: false, layout: 'default' }, content: rows });
  return at;
}

const MARKS: Readonly<Record<string, Mark>> = {
  '*': { type: 'strong' },
  _: { type: 'em' },
  '-': { type: 'strike' },
  '+': { type: 'underline' },
  '^': { type: 'subsup', attrs: { type: 'sup' } },
  '~': { type: 'subsup', attrs: { type: 'sub' } },
};
/** What may stand in a line, the leftmost first: each alternative is a row of `READERS`. */
const INLINE = new RegExp(
  [
    String.raw`(?<line>\\\\)`,
    String.raw`\\(?<literal>[*_+^~{}[\]|!#-])`,
    String.raw`\{\{(?<code>.+?)\}\}`,
    String.raw`\{color:(?<color>[^}]{1,40})\}(?<colored>.*?)\{color\}`,
    String.raw`\[~accountid:(?<account>[^\]]+)\]`,
    String.raw`\[(?<label>[^\]|\n]+)\|(?<target>[^\]\n]+)\]`,
    String.raw`\[(?<bare>(?:https?|mailto):[^\]\s]+)\]`,
    String.raw`(?<url>https?:\/\/[^\s|\]{}!"<>]*[^\s|\]{}!"<>.,;:?')*_+^~-])`,
    String.raw`(?<![\p{L}\p{N}])(?<sign>[*_+^~-])(?=\S)(?<marked>[^\n]*?\S)\k<sign>(?![\p{L}\p{N}])`,
  ].join('|'),
  'u',
);

/** The nodes of one line of wiki text. */
export const inlineNodes = (text: string): AdfNode[] => inline(text);

function inline(text: string, marks: readonly Mark[] = []): AdfNode[] {
  const out: AdfNode[] = [];
  let plain = '';
  let rest = text;
  const flush = () => {
    if (plain) out.push(textNode(plain, marks));
    plain = '';
  };
  while (rest) {
    const match = INLINE.exec(rest);
    if (!match) break;
    plain += rest.slice(0, match.index);
    rest = rest.slice(match.index + match[0].length);
    const found = match.groups as Record<string, string | undefined>;
    if (found.literal !== undefined) plain += found.literal;
    else {
      flush();
      out.push(...nodesOf(found, marks));
    }
  }
  plain += rest;
  flush();
  return out;
}

/** The nodes of one piece of markup. */
function nodesOf(found: Record<string, string | undefined>, marks: readonly Mark[]): AdfNode[] {
  const {
    line,
    code,
    color,
    colored,
    account,
    label,
    target = '',
    bare,
    url,
    sign = '*',
    marked = '',
  } = found;
  if (line !== undefined) return [{ type: 'hardBreak' }];
  if (code !== undefined)
    return [textNode(code, [...marks.filter(({ type }) => type === 'link'), { type: 'code' }])];
  if (color !== undefined)
    return inline(colored ?? '', [...marks, { type: 'textColor', attrs: { color: hexOf(color) } }]);
  if (account !== undefined) return [{ type: 'mention', attrs: { id: account, text: '' } }];
  if (label !== undefined) return inline(label, [...marks, link(target)]);
  if (bare !== undefined) return [textNode(bare, [...marks, link(bare)])];
  if (url !== undefined) return [textNode(url, linked(marks) ? marks : [...marks, link(url)])];
  return inline(marked, [...marks, MARKS[sign] ?? { type: 'strong' }]);
}

const linked = (marks: readonly Mark[]): boolean => marks.some(({ type }) => type === 'link');

const COLORS: Readonly<Record<string, string>> = {
  black: '#000000',
  blue: '#0000ff',
  gray: '#808080',
  green: '#008000',
  grey: '#808080',
  orange: '#ffa500',
  purple: '#800080',
  red: '#ff0000',
  white: '#ffffff',
  yellow: '#ffff00',
};

/** `#ff0000` of a colour's name or number; what is neither is black. */
const hexOf = (color: string): string =>
  /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : (COLORS[color.trim().toLowerCase()] ?? '#000000');

const link = (href: string): Mark => ({ type: 'link', attrs: { href: href.split('|')[0] } });

const textNode = (text: string, marks: readonly Mark[]): AdfNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 ? { marks: [...marks] } : {}),
});
