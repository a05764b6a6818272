/** What holds of every document that the API shows. https://developers.google.com/workspace/docs/api/concepts/structure */
import type { Shown } from './page.ts';

/** What is wrong with a document, read with `includeTabsContent`; nothing if all is well. */
export function wrongsOf(document: Shown): string[] {
  const wrongs: string[] = [];
  const walk = (tabs: Shown[]) => {
    for (const { tabProperties, documentTab, childTabs = [] } of tabs) {
      checkTab(documentTab, (wrong) => wrongs.push(`${tabProperties.tabId}: ${wrong}`));
      walk(childTabs);
    }
  };
  walk(document.tabs);
  return wrongs;
}

type Say = (wrong: string) => void;

function checkTab(tab: Shown, say: Say): void {
  const ends = new Map<string, number>();
  const seen = { lists: new Set<string>(), inlineObjects: new Set<string>(), footnotes: new Set<string>() };
  const segments: [string, Shown[]][] = [
    ['', tab.body.content],
    ...['headers', 'footers', 'footnotes'].flatMap((kind) =>
      Object.entries<Shown>(tab[kind] ?? {}).map(([id, { content }]): [string, Shown[]] => [id, content]),
    ),
  ];
  for (const [id, content] of segments)
    ends.set(
      id,
      checkContent(content, 0, (wrong) => say(`segment '${id}': ${wrong}`), seen),
    );
  if (!tab.body.content[0].sectionBreak) say('the body does not begin with a section break');
  for (const id of seen.lists) if (!tab.lists?.[id]) say(`no list ${id}`);
  for (const kind of ['inlineObjects', 'footnotes'] as const)
    if (JSON.stringify([...seen[kind]].sort()) !== JSON.stringify(Object.keys(tab[kind] ?? {}).sort()))
      say(`${kind} are not those that are shown`);
  for (const { namedRanges } of Object.values<Shown>(tab.namedRanges ?? {}))
    for (const { name, ranges } of namedRanges)
      for (const { startIndex = 0, endIndex, segmentId = '' } of ranges)
        if (startIndex >= endIndex || endIndex > (ends.get(segmentId) ?? -1))
          say(`the name ${name} is at ${startIndex}-${endIndex} of ${ends.get(segmentId)}`);
  for (const [name, held] of [
    ['defaultHeaderId', 'headers'],
    ['defaultFooterId', 'footers'],
  ] as const) {
    const id = tab.documentStyle[name];
    if (id && !tab[held]?.[id]) say(`${name} ${id} is not there`);
  }
}

interface Seen {
  lists: Set<string>;
  inlineObjects: Set<string>;
  footnotes: Set<string>;
}

/** Gives where the content ends. */
function checkContent(content: Shown[], at: number, say: Say, seen: Seen): number {
  let index = at;
  for (const block of content) {
    if ((block.startIndex ?? 0) !== index) say(`a block begins at ${block.startIndex}, not at ${index}`);
    if (block.paragraph) index = checkParagraph(block.paragraph, index, say, seen);
    else if (block.sectionBreak) index += 1;
    else if (block.table) index = checkTable(block.table, index, say, seen);
    else index = checkContent(block.tableOfContents.content, index + 1, say, seen) + 1;
    if (block.endIndex !== index) say(`a block ends at ${block.endIndex}, not at ${index}`);
  }
  if (!content.at(-1)?.paragraph) say(`at ${index} ends no paragraph`);
  return index;
}

function checkParagraph({ elements, bullet }: Shown, at: number, say: Say, seen: Seen): number {
  let index = at;
  let before = '';
  for (const element of elements) {
    if ((element.startIndex ?? 0) !== index)
      say(`an element begins at ${element.startIndex}, not at ${index}`);
    const { textRun, inlineObjectElement, footnoteReference } = element;
    if (inlineObjectElement) seen.inlineObjects.add(inlineObjectElement.inlineObjectId);
    if (footnoteReference) seen.footnotes.add(footnoteReference.footnoteId);
    const { content = '', ...look } = textRun ?? {};
    if (textRun && content === '') say(`an empty run at ${index}`);
    if (/\n./s.test(content)) say(`a line break within a run at ${index}`);
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(content))
      say(`half a character at ${index}`);
    const shown = textRun ? JSON.stringify(look) : '';
    if (shown !== '' && shown === before) say(`two runs of one look at ${index}`);
    before = shown;
    index += textRun ? content.length : 1;
    if (element.endIndex !== index) say(`an element ends at ${element.endIndex}, not at ${index}`);
  }
  if (!elements.at(-1)?.textRun?.content.endsWith('\n')) say(`no line break ends the paragraph at ${at}`);
  if (bullet) seen.lists.add(bullet.listId);
  return index;
}

function checkTable(
  { tableRows, rows, columns, tableStyle }: Shown,
  at: number,
  say: Say,
  seen: Seen,
): number {
  let index = at + 1;
  if (tableRows.length !== rows || tableStyle.tableColumnProperties.length !== columns)
    say(`the table at ${at} miscounts itself`);
  for (const row of tableRows) {
    if (row.startIndex !== index) say(`a row begins at ${row.startIndex}, not at ${index}`);
    if (row.tableCells.length !== columns) say(`a row of ${row.tableCells.length} cells at ${index}`);
    index += 1;
    for (const cell of row.tableCells) {
      if (cell.startIndex !== index) say(`a cell begins at ${cell.startIndex}, not at ${index}`);
      index = checkContent(cell.content, index + 1, say, seen);
      if (cell.endIndex !== index) say(`a cell ends at ${cell.endIndex}, not at ${index}`);
    }
    if (row.endIndex !== index) say(`a row ends at ${row.endIndex}, not at ${index}`);
  }
  return index + 1;
}
