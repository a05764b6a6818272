/**
 * Jira's wiki markup, in which v2 speaks, read into the document that is stored.
 * https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
import { ADF_DEPTH_MAX } from '../../limits.ts';
import type { AdfDocument, AdfNode } from './adf.ts';

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
    const language = kind === 'code' ? options.split('|')[0]?.replace(/^language=/, '') : '';
    const text = body.join('\n');
    out.push({
      type: 'codeBlock',
      ...(language ? { attrs: { language } } : {}),
      content: text ? [{ type: 'text', text }] : [],
    });
  } else {
    const inner = depth < ADF_DEPTH_MAX / 4 ? blocks(body, depth + 1) : [];
    out.push(
      kind === 'quote'
        ? { type: 'blockquote', content: inner }
        : { type: 'panel', attrs: { panelType: 'info' }, content: inner },
    );
  }
  return at + 1;
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
      .split(header ? '||' : '|');
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

const MARKS: Record<string, string> = { '*': 'strong', _: 'em', '-': 'strike', '+': 'underline' };
const INLINE =
  /\{\{(.+?)\}\}|\[~accountid:([^\]]+)\]|\[([^\]|\n]+)\|([^\]\n]+)\]|\[((?:https?|mailto):[^\]\s]+)\]|(?<![\p{L}\p{N}])([*_+-])(?=\S)([^\n]*?\S)\6(?![\p{L}\p{N}])/u;

function inline(text: string, marks: readonly Mark[] = []): AdfNode[] {
  const out: AdfNode[] = [];
  let rest = text;
  while (rest) {
    const match = INLINE.exec(rest);
    if (!match) break;
    const [whole, code, account, label, target, bare, sign, marked] = match;
    if (match.index > 0) out.push(textNode(rest.slice(0, match.index), marks));
    if (code !== undefined) out.push(textNode(code, [...marks, { type: 'code' }]));
    else if (account !== undefined) out.push({ type: 'mention', attrs: { id: account, text: '' } });
    else if (label !== undefined) out.push(...inline(label, [...marks, link(target ?? '')]));
    else if (bare !== undefined) out.push(textNode(bare, [...marks, link(bare)]));
    else out.push(...inline(marked ?? '', [...marks, { type: MARKS[sign ?? ''] ?? 'strong' }]));
    rest = rest.slice(match.index + whole.length);
  }
  if (rest) out.push(textNode(rest, marks));
  return out;
}

const link = (href: string): Mark => ({ type: 'link', attrs: { href: href.split('|')[0] } });

const textNode = (text: string, marks: readonly Mark[]): AdfNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 ? { marks: [...marks] } : {}),
});
