/** A document as plain text, as Docs exports it: bullets and numbers stand before items, cells on lines of their own. */
import type { World } from '../../../../../src/world/world.ts';
import type { Content, Run } from '../../world/content.ts';
import { documents, type Tab } from '../../world.ts';
import { chipOf, partsOf } from './parts.ts';

const RULE = '________________';
/** What an item is moved in by, for each level. */
const INDENT = '   ';

/** Lines end as Windows' do, after a byte order mark; the last has no end. */
export function documentPlainText(world: World, documentId: string): string {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  const text = tabs.map(tabText).join('\n');
  return `\ufeff${text.replace(/\n/g, '\r\n')}`;
}

function tabText(tab: Tab): string {
  const notes: string[] = [];
  const lines = contentLines(tab, tab.body, notes);
  return [...lines, ...(notes.length > 0 ? [RULE, ...notes] : [])].join('\n');
}

function contentLines(tab: Tab, content: Content, notes: string[]): string[] {
  return partsOf(tab, content).flatMap((part) => {
    if (part.kind === 'table')
      return part.table.rows.flatMap(({ cells }) =>
        cells.flatMap((cell) => contentLines(tab, cell.content, notes)),
      );
    const { paragraph, item } = part;
    const text = paragraph.runs.map((run) => runText(tab, run, notes)).join('');
    if (!item) return [text];
    return [`${INDENT.repeat(item.level)}${item.ordered ? `${item.nth}.` : '*'} ${text}`];
  });
}

function runText(tab: Tab, { text, element }: Run, notes: string[]): string {
  if (!element) return text.replace(/\n$/, '').replaceAll('\v', '\n');
  const { kind, properties } = element;
  if (kind === 'horizontalRule') return RULE;
  if (kind !== 'footnoteReference') return chipOf(element)?.text ?? '';
  const nth = notes.length + 1;
  notes.push('');
  const said = contentLines(tab, tab.footnotes[String(properties.footnoteId)] ?? [], notes);
  notes[nth - 1] = `[${nth}]${said.join('\n')}`;
  return `[${nth}]`;
}
