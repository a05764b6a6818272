/** A stored document as wiki markup: what v2 shows of a text that was written through v3. */
import type { AdfNode } from './adf.ts';
import { PANEL_COLORS } from './panels.ts';
import { inlineNodes } from './wikiReader.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

/** The wiki text of a document. */
export function wikiFromDocument(doc: AdfNode): string {
  return (doc.content ?? []).map((node) => block(node, '')).join('\n\n');
}

function block(node: AdfNode, bullets: string): string {
  const inner = () => (node.content ?? []).map((each) => block(each, bullets)).join('\n\n');
  switch (node.type) {
    case 'paragraph':
      return begun(inlines(node));
    case 'heading':
      return `h${Number(node.attrs?.level ?? 1)}. ${inlines(node)}`;
    case 'rule':
      return '----';
    case 'codeBlock': {
      const language = node.attrs?.language;
      const fence = language ? `{code:${String(language)}}` : '{noformat}';
      const code = (node.content ?? []).map(({ text }) => text ?? '').join('');
      return `${fence}${code}${language ? '{code}' : '{noformat}'}`;
    }
    case 'blockquote':
      return `{quote}${inner()}{quote}`;
    case 'panel':
      return `{panel:bgColor=${PANEL_COLORS[String(node.attrs?.panelType)] ?? '#f4f5f7'}}\n${inner()}\n{panel}`;
    case 'bulletList':
    case 'orderedList':
      return items(node, bullets + (node.type === 'bulletList' ? '*' : '#'));
    case 'taskList':
    case 'decisionList':
      return (node.content ?? []).map((item) => `* ${inlines(item)}`).join('\n');
    case 'table':
      return (node.content ?? []).map(row).join('\n');
    case 'mediaSingle':
    case 'mediaGroup':
      return (node.content ?? [])
        .map(({ attrs }) => `!${String(attrs?.url ?? attrs?.alt ?? attrs?.id ?? '')}!`)
        .join('\n');
    default:
      return node.content ? inner() : inline(node);
  }
}

function items(listNode: AdfNode, bullets: string): string {
  return (listNode.content ?? [])
    .flatMap((item) =>
      (item.content ?? []).map((child) =>
        child.type === 'bulletList' || child.type === 'orderedList'
          ? block(child, bullets)
          : `${bullets} ${block(child, bullets)}`,
      ),
    )
    .join('\n');
}

function row(node: AdfNode): string {
  const cells = node.content ?? [];
  const bar = cells[0]?.type === 'tableHeader' ? '||' : '|';
  return `${bar}${cells.map(cell).join(bar)}${bar}`;
}

/** The text of a cell; bars that are not a link's are made plain. */
const cell = (node: AdfNode): string =>
  (node.content ?? [])
    .map((each) => block(each, ''))
    .join('\\\\')
    .replace(/(?<!\\)\|(?![^[\]]*\])/g, '\\|');

/** A paragraph that would begin as a list, a table or a heading, with its first sign made plain. */
const begun = (line: string): string => (STARTS.test(line) ? line.replace(/^(\s*)/, '$1\\') : line);

const STARTS = /^\s*(?:[*#-]+\s|\|)/;

const inlines = (node: AdfNode): string => (node.content ?? []).map(inline).join('');

function inline(node: AdfNode): string {
  switch (node.type) {
    case 'hardBreak':
      return '\n';
    case 'mention':
      return `[~accountid:${String(node.attrs?.id ?? '')}]`;
    case 'emoji':
      return String(node.attrs?.text ?? node.attrs?.shortName ?? '');
    case 'inlineCard':
      return `[${String(node.attrs?.url ?? '')}]`;
    case 'status':
    case 'placeholder':
      return String(node.attrs?.text ?? '');
    case 'date':
      return new Date(Number(node.attrs?.timestamp ?? 0)).toISOString().slice(0, 10);
    default:
      return marked(node);
  }
}

/** What stands before and after a text that carries a mark. */
function signs({ type, attrs }: Mark): readonly [string, string] {
  if (type === 'textColor') return [`{color:${String(attrs?.color)}}`, '{color}'];
  if (type === 'subsup') return attrs?.type === 'sup' ? ['^', '^'] : ['~', '~'];
  return SIGNS[type] ?? ['', ''];
}

const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['*', '*'],
  em: ['_', '_'],
  strike: ['-', '-'],
  underline: ['+', '+'],
  code: ['{{', '}}'],
};

/** The first mark is the outermost. */
function marked(node: AdfNode): string {
  const marks = node.marks ?? [];
  const isCode = marks.some(({ type }) => type === 'code');
  let text = isCode || marks.some(isItsOwn(node.text)) ? (node.text ?? '') : literal(node.text ?? '');
  for (const mark of [...marks].reverse()) {
    if (mark.type === 'link') {
      const href = String(mark.attrs?.href ?? '');
      text = href === text ? `[${href}]` : `[${text}|${href}]`;
    } else {
      const [before, after] = signs(mark);
      text = before + text + after;
    }
  }
  return text;
}

/** A link whose text is its address. */
const isItsOwn =
  (text: string | undefined) =>
  ({ type, attrs }: Mark): boolean =>
    type === 'link' && attrs?.href === text;

/** Text that would read as markup, with its signs made plain. */
function literal(text: string): string {
  const [only, ...others] = inlineNodes(text);
  if (text === '' || (others.length === 0 && only?.text === text && !only.marks)) return text;
  return text.replace(/[*_+^~{}[\]|!-]/g, '\\$&');
}
