/** A document on the screen: its tabs with their headers, text, lists and tables, and what is suggested. */
import type { Act, Block, Line, Run as ShownRun } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { contentText } from '../docs/model/content/walk.ts';
import { chipOf, isCovered, isOrdered, urlOf } from '../docs/model/convert/parts.ts';
import {
  type Content,
  type Block as ContentBlock,
  OBJECT,
  type Paragraph,
  type Run,
  type Table,
} from '../docs/world/content.ts';
import { type Suggestion, suggestions } from '../docs/world/suggestions.ts';
import { documents, type Tab } from '../docs/world.ts';
import { accounts } from '../identity/world.ts';

const BLOCKS_SHOWN_MAX = 2_000;

export function documentBlocks(world: World, documentId: string): Block[] {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  return [
    ...tabs.flatMap((tab) => tabBlocks(tab, tabs.length > 1)),
    { kind: 'acts', acts: [typing(documentId), suggesting(documentId)] },
    ...suggested(world, documentId),
  ];
}

function tabBlocks(tab: Tab, titled: boolean): Block[] {
  const shown = contentBlocks(tab, tab.body.slice(0, BLOCKS_SHOWN_MAX));
  const [first, ...others] = shown;
  const title = titled ? { title: [tab.iconEmoji, tab.title].filter(Boolean).join(' ') } : {};
  const text: Block = first?.kind === 'text' ? first : { kind: 'text', lines: [] };
  const rest = first && first.kind !== 'text' ? shown : others;
  return [
    ...around(tab, 'headers', 'Header'),
    { ...text, ...title, empty: 'The document is empty' },
    ...rest,
    ...around(tab, 'footers', 'Footer'),
    ...around(tab, 'footnotes', 'Notes'),
  ];
}

const around = (tab: Tab, kind: 'headers' | 'footers' | 'footnotes', title: string): Block[] => {
  const lines = Object.values(tab[kind]).flatMap((content) => paragraphLines(tab, content));
  return lines.length > 0
    ? [{ kind: 'text', title, lines: lines.map((line) => ({ ...line, style: 'small' })) }]
    : [];
};

/** Paragraphs that follow one another are one block; a table stands between two. */
function contentBlocks(tab: Tab, content: Content): Block[] {
  const blocks: Block[] = [];
  let together: ContentBlock[] = [];
  const close = () => {
    if (together.length > 0) blocks.push({ kind: 'text', lines: paragraphLines(tab, together) });
    together = [];
  };
  for (const block of content)
    if (block.kind === 'table') {
      close();
      blocks.push(tableBlock(block));
    } else if (block.kind === 'sectionBreak') {
      close();
      if (block !== content[0]) blocks.push({ kind: 'rule' });
    } else together.push(...(block.kind === 'tableOfContents' ? block.content : [block]));
  close();
  return blocks;
}

function tableBlock(table: Table): Block {
  const rows = table.rows.map(({ cells }, row) =>
    cells.map(({ content }, column) =>
      isCovered(table, row, column) ? '' : contentText(content).replaceAll(OBJECT, '').trim(),
    ),
  );
  const [columns = [], ...body] = rows;
  return { kind: 'table', columns, rows: body };
}

function paragraphLines(tab: Tab, content: Content): Line[] {
  let nth = 0;
  return content.flatMap((block): Line[] => {
    if (block.kind !== 'paragraph') return [];
    nth = block.bullet ? nth + 1 : 0;
    return [lineOf(tab, block, nth)];
  });
}

function lineOf(tab: Tab, { runs, style, bullet }: Paragraph, nth: number): Line {
  const heading = /^(TITLE|SUBTITLE|HEADING)/.test(String(style.namedStyleType));
  const ordered = bullet && isOrdered(tab.lists[bullet.listId], bullet.nestingLevel);
  return {
    ...(heading ? { style: 'heading' } : bullet ? { style: 'item' } : {}),
    ...(bullet && bullet.nestingLevel > 0 ? { depth: bullet.nestingLevel } : {}),
    runs: [...(ordered ? [{ text: `${nth}. ` }] : []), ...runs.map(runOf)],
  };
}

function runOf({ text, style, element, insertions, deletions }: Run): ShownRun {
  const chip = element && chipOf(element);
  const url = chip?.url ?? urlOf(style);
  return {
    text: element
      ? (chip?.text ?? (element.kind === 'inlineObjectElement' ? '▣' : ''))
      : text.replace(/\n$/, ''),
    ...(style.bold === true ? { bold: true } : {}),
    ...(style.italic === true || insertions ? { italic: true } : {}),
    ...(style.strikethrough === true || deletions ? { strike: true } : {}),
    ...(url === undefined ? {} : { href: url }),
  };
}

const typing = (file: string): Act => ({
  label: 'Type',
  gesture: 'typeText',
  with: { file },
  style: 'primary',
  fields: [{ path: ['text'], label: 'At the end of the document', type: 'long' }],
});

const suggesting = (file: string): Act => ({
  label: 'Suggest',
  gesture: 'suggest',
  with: { file },
  fields: [
    { path: ['text'], label: 'New text', type: 'long' },
    { path: ['find'], label: 'In the place of', type: 'text' },
  ],
});

/** What waits to be taken up or dropped. */
function suggested(world: World, documentId: string): Block[] {
  const open = world.list(suggestions, {
    prefix: `${documentId}/`,
    where: ({ status }) => status === 'OPEN',
  });
  const items = open.toArray(BLOCKS_SHOWN_MAX).map((row) => ({
    title: row.summary,
    subtitle: world.get(accounts, row.author.toLowerCase())?.name.fullName ?? row.author,
    acts: [resolving(row, 'acceptSuggestion', 'Accept'), resolving(row, 'rejectSuggestion', 'Reject')],
  }));
  return items.length > 0 ? [{ kind: 'list', title: 'Suggestions', items }] : [];
}

const resolving = ({ documentId, suggestionId }: Suggestion, gesture: string, label: string): Act => ({
  label,
  gesture,
  with: { file: documentId, suggestion: suggestionId },
});
