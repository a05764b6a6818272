/** A canvas's text: Markdown as a row of sections, each of which can be found, changed and taken away by itself. */

/** A section's kind: one of the three headings, or anything else. */
export type SectionKind = 'h1' | 'h2' | 'h3' | 'text';

const LIST_ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;
const HEADING = /^(#{1,6})\s+/;
const HEADINGS_DEEPEST = 3;

/** The sections of a text: headings, paragraphs, quotes, code, tables; of a list each item. */
export function sectionsOf(markdown: string): string[] {
  const sections: string[] = [];
  let open: string[] = [];
  let fenced = false;
  const close = () => {
    if (open.length > 0) sections.push(open.join('\n'));
    open = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    const fence = line.trimStart().startsWith('```');
    if (fence && !fenced) close();
    if (fenced || fence) open.push(line);
    else if (line.trim() === '') close();
    else {
      const alone = HEADING.test(line) || LIST_ITEM.test(line);
      if (alone || startsAnother(open[0], line)) close();
      open.push(line);
      if (HEADING.test(line)) close();
    }
    if (fence && fenced) close();
    if (fence) fenced = !fenced;
  }
  close();
  return sections;
}

/** Sections as one text; items of a list follow each other line by line. */
export function joined(sections: readonly string[]): string {
  return sections
    .map((section, i) => {
      const before = sections[i - 1];
      const gap = before === undefined ? '' : isItem(before) && isItem(section) ? '\n' : '\n\n';
      return gap + section;
    })
    .join('');
}

/** What is wrong with a text for a canvas, in Slack's words; undefined where it will do. */
export function complaint(markdown: string): string | undefined {
  let fenced = false;
  for (const [i, line] of markdown.split(/\r?\n/).entries()) {
    if (line.trimStart().startsWith('```')) fenced = !fenced;
    if (fenced) continue;
    if (/^\s*>/.test(line) && LIST_ITEM.test(line.replace(/^\s*>+/, '')))
      return `'content' error: line ${i + 1}: Unsupported block type (List) within block quote`;
    const depth = HEADING.exec(line)?.[1]?.length ?? 0;
    if (depth > HEADINGS_DEEPEST)
      return `'content' error: line ${i + 1}: Unsupported heading depth (${depth})`;
  }
  return undefined;
}

export function kindOf(section: string): SectionKind {
  const depth = HEADING.exec(section)?.[1]?.length ?? 0;
  return depth >= 1 && depth <= HEADINGS_DEEPEST ? (`h${depth}` as SectionKind) : 'text';
}

/** A section as a browser is shown it. */
export function htmlOf(section: string): string {
  const kind = kindOf(section);
  const text = inline(section.replace(HEADING, '').replace(LIST_ITEM, '').replace(/^>\s?/gm, ''));
  if (kind !== 'text') return `<${kind}>${text}</${kind}>`;
  if (isItem(section)) return `<ul><li>${text}</li></ul>`;
  if (section.startsWith('>')) return `<blockquote>${text}</blockquote>`;
  if (section.startsWith('```'))
    return `<pre>${escaped(section.replace(/^```.*\n?/, '').replace(/\n?```$/, ''))}</pre>`;
  return `<p class="line">${text}</p>`;
}

const isItem = (section: string): boolean => LIST_ITEM.test(section);

/** A quote or a table ends where the lines stop to look like it, and the other way round. */
function startsAnother(first: string | undefined, line: string): boolean {
  if (first === undefined) return false;
  return first.startsWith('>') !== line.startsWith('>') || first.startsWith('|') !== line.startsWith('|');
}

/** Text as the HTML of files has it. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const inline = (text: string): string =>
  escaped(text)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/(^|\W)[*_](.+?)[*_](?=\W|$)/g, '$1<i>$2</i>')
    .replace(/~~(.+?)~~/g, '<del>$1</del>')
    .replace(/`(.+?)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>');
