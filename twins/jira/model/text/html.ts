/** A stored document as the HTML of `expand=renderedFields` and `renderedBody`, as the service's renderer writes it. */
import type { AdfNode } from './adf.ts';
import { PANEL_COLORS } from './panels.ts';

/** HTML of a document; everything a person wrote is escaped. `site`: where people's pages are. */
export const htmlFromDocument = (doc: AdfNode, site: string): string => flow(doc, { site });

interface Page {
  site: string;
}

type Writer = (node: AdfNode, page: Page) => string;

const inner: Writer = (node, page) => (node.content ?? []).map((one) => html(one, page)).join('');

/** Blocks below one another. */
const flow: Writer = (node, page) => (node.content ?? []).map((one) => html(one, page)).join('\n\n');

const lines: Writer = (node, page) => (node.content ?? []).map((one) => html(one, page)).join('\n');

const wrapped =
  (open: string, close: string): Writer =>
  (node, page) =>
    `${open}${inner(node, page)}${close}`;

const html: Writer = (node, page) => (WRITERS[node.type] ?? inner)(node, page);

const WRITERS: Readonly<Record<string, Writer>> = {
  blockquote: (node, page) => `<blockquote>${flow(node, page)}</blockquote>`,
  expand: flow,
  nestedExpand: flow,
  layoutSection: flow,
  layoutColumn: flow,
  blockCard: (node) => card(node),
  bulletList: (node, page) => `<ul>\n\t${items(node, page)}\n</ul>`,
  orderedList: (node, page) => `<ol>\n\t${items(node, page)}\n</ol>`,
  listItem: (node, page) => `<li>${(node.content ?? []).map((one) => itemPart(one, page)).join('\n')}</li>`,
  codeBlock: (node, page) => code(node, page),
  date: (node) => new Date(Number(node.attrs?.timestamp ?? 0)).toISOString().slice(0, 10),
  decisionList: (node, page) => `<ul>\n\t${items(node, page)}\n</ul>`,
  decisionItem: wrapped('<li>', '</li>'),
  embedCard: (node) => card(node),
  emoji: (node) => escaped(String(node.attrs?.text ?? node.attrs?.shortName ?? '')),
  hardBreak: () => '<br/>\n',
  heading: (node, page) => heading(node, page),
  inlineCard: (node) => card(node),
  media: (node) => picture(node),
  mediaInline: (node) => picture(node),
  mediaSingle: (node, page) => `<p>${inner(node, page)}</p>`,
  mediaGroup: (node, page) => `<p>${inner(node, page)}</p>`,
  mention: (node, page) => mention(node, page),
  panel: (node, page) => panel(node, page),
  paragraph: wrapped('<p>', '</p>'),
  rule: () => '<hr />',
  status: (node) => `<span class="aui-lozenge">${escaped(String(node.attrs?.text ?? ''))}</span>`,
  table: (node, page) =>
    `<div class='table-wrap'>\n<table class='confluenceTable'><tbody>\n${lines(node, page)}\n</tbody></table>\n</div>`,
  tableRow: (node, page) => `<tr>\n${lines(node, page)}\n</tr>`,
  tableCell: (node, page) => `<td class='confluenceTd'>${cellText(node, page)}</td>`,
  tableHeader: (node, page) => `<th class='confluenceTh'>${cellText(node, page)}</th>`,
  taskList: (node, page) => `<ul>\n\t${items(node, page)}\n</ul>`,
  taskItem: wrapped('<li>', '</li>'),
  text: (node) => marked(node),
};

const items: Writer = (node, page) => (node.content ?? []).map((one) => html(one, page)).join('\n\t');

/** In items and cells a single paragraph stands without its tags. */
const itemPart: Writer = (node, page) =>
  node.type === 'paragraph' ? inner(node, page) : html(node, page).trimEnd();

const cellText: Writer = (node, page) => (node.content ?? []).map((one) => itemPart(one, page)).join('\n');

function heading(node: AdfNode, page: Page): string {
  const level = Number(node.attrs?.level ?? 1);
  const anchor = (node.content ?? [])
    .map((one) => one.text ?? '')
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return `<h${level}><a name="${escaped(anchor)}"></a>${inner(node, page)}</h${level}>`;
}

function code(node: AdfNode, page: Page): string {
  const language = node.attrs?.language;
  const [box, kind] = language
    ? ['code', ` class="code-${escaped(String(language))}"`]
    : ['preformatted', ''];
  return `<div class="${box} panel" style="border-width: 1px;"><div class="${box}Content panelContent">\n<pre${kind}>${inner(node, page)}</pre>\n</div></div>`;
}

function panel(node: AdfNode, page: Page): string {
  const color = PANEL_COLORS[String(node.attrs?.panelType)] ?? '#f4f5f7';
  return `<div class="panel" style="background-color: ${color};border-width: 1px;"><div class="panelContent" style="background-color: ${color};">\n${flow(node, page)}\n</div></div>`;
}

function mention({ attrs }: AdfNode, { site }: Page): string {
  const id = escaped(String(attrs?.id ?? ''));
  const name = escaped(String(attrs?.text ?? '').replace(/^@/, ''));
  const url = `${site}/secure/ViewProfile.jspa?accountId=${encodeURIComponent(String(attrs?.id ?? ''))}`;
  return `<a href="${url}" class="user-hover" rel="${id}" data-account-id="${id}" accountid="${id}" rel="noreferrer">${name || id}</a>`;
}

function picture({ attrs }: AdfNode): string {
  const name = escaped(String(attrs?.alt ?? attrs?.id ?? attrs?.url ?? ''));
  const source = attrs?.type === 'external' ? escaped(String(attrs.url ?? '')) : name;
  return `<span class="image-wrap" style=""><img src="${source}" alt="${name}" style="border: 0px solid black" /></span>`;
}

const card = ({ attrs }: AdfNode): string => {
  const url = String(attrs?.url ?? '');
  return anchor(url, escaped(url));
};

const MARK_TAGS: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['<b>', '</b>'],
  em: ['<em>', '</em>'],
  strike: ['<del>', '</del>'],
  underline: ['<ins>', '</ins>'],
  code: ['<tt>', '</tt>'],
};

function marked(node: AdfNode): string {
  let text = escaped(node.text ?? '');
  for (const { type, attrs } of node.marks ?? []) {
    const [open, close] = MARK_TAGS[type] ?? [];
    if (open) text = open + text + close;
    else if (type === 'link') text = anchor(String(attrs?.href ?? ''), text);
    else if (type === 'subsup')
      text = `<${attrs?.type === 'sup' ? 'sup' : 'sub'}>${text}</${attrs?.type === 'sup' ? 'sup' : 'sub'}>`;
    else if (type === 'textColor')
      text = `<font color="${escaped(String(attrs?.color ?? ''))}">${text}</font>`;
  }
  return text;
}

/** Only addresses that a browser may safely follow become links. */
function anchor(href: string, text: string): string {
  if (!/^(https?|mailto|ftp):|^[/#]/i.test(href)) return text;
  return `<a href="${escaped(href)}" class="external-link" rel="nofollow noreferrer">${text}</a>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
