/** Bullets of paragraphs. https://developers.google.com/workspace/docs/api/how-tos/lists */
import type { Fields, Paragraph } from '../../world/content.ts';
import type { Edit } from '../../world/edits.ts';
import { changeParagraphs } from '../content/edit.ts';
import { joinRuns, runsText, sliceRuns } from '../content/runs.ts';
import { type Placed, paragraphsIn } from '../content/walk.ts';
import { bulletOf, indentAt, listOf, plainIndentAt } from '../lists.ts';
import { ordered, PARAGRAPH_FIELDS } from '../style/fields.ts';
import {
  type Job,
  newId,
  putContent,
  putTab,
  rangeOf,
  refuse,
  type Segment,
  tabOf,
  type Where,
} from './job.ts';

/** `createParagraphBullets`: leading tabs say the nesting level and go; a list of the same kind just before goes on. */
export function createParagraphBullets(job: Job, input: { range?: Where; bulletPreset?: string }): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const list = listOf(input.bulletPreset ?? '');
  if (!list) throw refuse(job, 'The bullet preset must be specified.');
  const [first] = paragraphsIn(segment.content, start, end);
  const before = listBefore(segment, first, String(list.preset));
  const listId = before ?? newId(job, 'kix');
  if (!before) {
    const tab = tabOf(job, segment.tab.tabId);
    putTab(job, { ...tab, lists: { ...tab.lists, [listId]: list } });
  }
  const edits: Omit<Edit, 'tabId' | 'segmentId'>[] = [];
  let taken = 0;
  const content = changeParagraphs(segment.content, start, end, (paragraph, from) => {
    const tabs = /^\t*/.exec(runsText(paragraph.runs))?.[0].length ?? 0;
    if (tabs > 0) edits.push({ at: from - taken, removed: tabs, inserted: 0 });
    taken += tabs;
    return bulleted(paragraph, listId, (paragraph.bullet?.nestingLevel ?? 0) + tabs, tabs);
  });
  putContent(job, segment, content, edits);
}

/** `deleteParagraphBullets`: the level stays to be seen as an indent. */
export function deleteParagraphBullets(job: Job, { range }: { range?: Where }): void {
  const { segment, start, end } = rangeOf(job, range);
  const content = changeParagraphs(segment.content, start, end, ({ bullet, ...paragraph }) => {
    if (!bullet) return paragraph;
    const { indentFirstLine: _first, indentStart: _start, ...plain } = paragraph.style;
    const indent = bullet.nestingLevel > 0 ? plainIndentAt(bullet.nestingLevel) : {};
    return { ...paragraph, style: inOrder({ ...plain, ...indent }) };
  });
  putContent(job, segment, content);
}

function bulleted(paragraph: Paragraph, listId: string, level: number, tabs: number): Paragraph {
  const { spacingMode: _spacing, ...style } = paragraph.style;
  const bullet = bulletOf(listId, level);
  const textStyle = paragraph.bullet?.textStyle ?? bullet.textStyle;
  return {
    ...paragraph,
    runs: tabs > 0 ? joinRuns(sliceRuns(paragraph.runs, tabs)) : paragraph.runs,
    style: inOrder({ ...style, ...indentAt(bullet.nestingLevel) }),
    bullet: { ...bullet, textStyle },
  };
}

const inOrder = (style: Fields): Fields => ordered(style, PARAGRAPH_FIELDS);

/** The list of the paragraph just before, if it is of the same preset. */
function listBefore(
  { content, tab }: Segment,
  first: Placed | undefined,
  preset: string,
): string | undefined {
  const at = first?.startIndex ?? 0;
  for (const { paragraph, endIndex } of paragraphsIn(content, at - 1, at)) {
    const listId = paragraph.bullet?.listId;
    if (endIndex === at && listId && tab.lists[listId]?.preset === preset) return listId;
  }
  return undefined;
}
