/** A stored document as wiki markup: what v2 shows of a text that was written through v3. */
import type { AdfNode } from './adf.ts';

/** The wiki text of a document. */
export function wikiFromDocument(doc: AdfNode): string {
  return (doc.content ?? []).map((node) => block(node, '')).join('\n\n');
}

function block(node: AdfNode, bullets: string): string {
  const inner = () => (node.content ?? []).map((each) => block(each, bullets)).join('\n\n');
  switch (node.type) {
    case 'paragraph':
      return inlines(node);
    case 'heading':
      return `h${Number(node.attrs?.level ?? 1)}. ${inlines(node)}`;
    case 'rule':
      return '----';
    case 'codeBlock': {
      const language = node.attrs?.language;
      const fence = language ? `{code:${String(language)}}` : '{noformat}';
      return `${fence}${inlines(node)}${language ? '{code}' : '{noformat}'}`;
    }
    case 'blockquote':
      return `{quote}${inner()}{quote}`;
    case 'panel':
      return `{panel}${inner()}{panel}`;
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
        .map((media) => `!${String(media.attrs?.alt ?? media.attrs?.id ?? '')}!`)
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
  return `${bar}${cells.map((cell) => (cell.content ?? []).map((each) => block(each, '')).join('\\\\')).join(bar)}${bar}`;
}

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

const SIGNS: Record<string, [string, string]> = {
  strong: ['*', '*'],
  em: ['_', '_'],
  strike: ['-', '-'],
  underline: ['+', '+'],
  code: ['{{', '}}'],
};

function marked(node: AdfNode): string {
  let text = node.text ?? '';
  for (const mark of node.marks ?? []) {
    if (mark.type === 'link') {
      const href = String(mark.attrs?.href ?? '');
      text = href === text ? `[${href}]` : `[${text}|${href}]`;
    } else {
      const [before = '', after = ''] = SIGNS[mark.type] ?? [];
      text = before + text + after;
    }
  }
  return text;
}
