/** A stored document as the HTML of `expand=renderedFields` and `renderedBody`. */
import type { AdfNode } from './adf.ts';

/** HTML of a document; everything a person wrote is escaped. */
export const htmlFromDocument = (doc: AdfNode): string => inner(doc);

const inner = (node: AdfNode): string => (node.content ?? []).map(html).join('');

const TAGS: Record<string, string> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  table: 'table',
  tableRow: 'tr',
  tableCell: 'td',
  tableHeader: 'th',
  panel: 'div',
};
const MARK_TAGS: Record<string, string> = {
  strong: 'b',
  em: 'em',
  strike: 'del',
  underline: 'ins',
  code: 'tt',
};

function html(node: AdfNode): string {
  switch (node.type) {
    case 'text':
      return marked(node);
    case 'hardBreak':
      return '<br/>';
    case 'rule':
      return '<hr />';
    case 'heading': {
      const level = Number(node.attrs?.level ?? 1);
      return `<h${level}>${inner(node)}</h${level}>`;
    }
    case 'codeBlock':
      return `<div class="preformatted panel"><div class="preformattedContent panelContent"><pre>${inner(node)}</pre></div></div>`;
    case 'mention':
      return `<a class="user-hover" rel="${escaped(String(node.attrs?.id ?? ''))}">${escaped(String(node.attrs?.text ?? ''))}</a>`;
    case 'inlineCard':
      return anchor(String(node.attrs?.url ?? ''), escaped(String(node.attrs?.url ?? '')));
    case 'emoji':
    case 'status':
      return escaped(String(node.attrs?.text ?? ''));
    default: {
      const tag = TAGS[node.type];
      return tag ? `<${tag}>${inner(node)}</${tag}>` : inner(node);
    }
  }
}

function marked(node: AdfNode): string {
  let text = escaped(node.text ?? '');
  for (const mark of node.marks ?? []) {
    const tag = MARK_TAGS[mark.type];
    if (mark.type === 'link') text = anchor(String(mark.attrs?.href ?? ''), text);
    else if (tag) text = `<${tag}>${text}</${tag}>`;
  }
  return text;
}

const anchor = (href: string, text: string): string =>
  `<a href="${escaped(href)}" class="external-link" rel="nofollow noreferrer">${text}</a>`;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
