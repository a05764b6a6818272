/**
 * Requests done as suggestions (`writeMode: SUGGEST`): what they put in is marked, what they take out stays and is
 * marked, styles are noted beside the old ones. A change that touches an open suggestion of the same person joins it.
 * https://developers.google.com/workspace/docs/api/how-tos/suggestions
 */
import { missingPart } from '../../../errors.ts';
import type { Bullet, Fields, Paragraph } from '../../world/content.ts';
import { changeParagraphs, changeRuns, removeRange } from '../content/edit.ts';
import { endOf, paragraphsIn } from '../content/walk.ts';
import { bulletOf, listOf } from '../lists.ts';
import { marked, suggestionsAt } from '../suggestion/mark.ts';
import { summarize } from '../suggestion/suggestion.ts';
import {
  firstIndex,
  type Job,
  type Kind,
  newId,
  putContent,
  putTab,
  rangeOf,
  refuse,
  type Segment,
  segmentOf,
  tabOf,
  type Where,
} from './job.ts';
import { near, suggestedStyle, suggestionFor } from './joining.ts';
import { paragraphChangeOf } from './paragraphStyle.ts';
import { suggestReplacement } from './suggestReplacement.ts';
import { suggestCellStyle, suggestNoColumn, suggestNoRow } from './suggestTable.ts';
import { textChangeOf } from './textStyle.ts';

/** Kinds that Docs does not take as suggestions. */
const REFUSED = new Set([
  'addDocumentTab',
  'createNamedRange',
  'deleteFooter',
  'deleteHeader',
  'deleteNamedRange',
  'deleteTab',
  'updateDocumentTabProperties',
  'updateTableColumnProperties',
]);

/** Kinds that only put something in: they are done, and what is new is marked. */
const INSERTING = new Set([
  'createFootnote',
  'insertDate',
  'insertInlineImage',
  'insertPageBreak',
  'insertPerson',
  'insertRichLink',
  'insertSectionBreak',
  'insertTable',
  'insertTableColumn',
  'insertTableRow',
  'insertText',
]);

/** Kinds that are about suggestions and comments themselves. */
const THREADS = new Set([
  'acceptSuggestion',
  'addCommentReply',
  'deleteComment',
  'deleteCommentReply',
  'deleteSuggestion',
  'insertComment',
  'rejectSuggestion',
  'updateCommentPost',
]);

/** Whether a kind is about suggestions and comments, for which one need not be an editor. */
export const isTalk = (name: string): boolean => THREADS.has(name);

const SUGGESTED: Readonly<Record<string, Kind>> = {
  createParagraphBullets,
  deleteContentRange,
  deleteParagraphBullets,
  deleteTableColumn: suggestNoColumn,
  deleteTableRow: suggestNoRow,
  replaceAllText: suggestReplacement,
  updateParagraphStyle,
  updateTableCellStyle: suggestCellStyle,
  updateTextStyle,
};

/** How a kind is done as a suggestion. Throws 400 for those that cannot be, 501 for those that the twin cannot. */
export function asSuggestion(job: Job, name: string, kind: Kind): Kind {
  if (REFUSED.has(name)) throw refuse(job, 'Request does not support application as suggestion.');
  if (THREADS.has(name)) return kind;
  if (INSERTING.has(name)) return (at, input) => inserting(at, kind, input);
  const suggested = SUGGESTED[name];
  if (!suggested) throw missingPart(`docs.documents.batchUpdate:${name} as a suggestion`);
  return suggested;
}

function inserting(job: Job, kind: Kind, input: never): ReturnType<Kind> {
  const before = job.edits.length;
  const touched = new Map<string, ReadonlySet<string>>();
  const old = job.row;
  const reply = kind(job, input);
  for (const edit of job.edits.slice(before)) {
    const where = { tabId: edit.tabId, segmentId: edit.segmentId };
    const was = { ...job, row: old };
    const near =
      touched.get(edit.segmentId) ?? suggestionsAt(segmentOf(was, where).content, edit.at, edit.at);
    touched.set(edit.segmentId, near);
    const id = suggestionFor(job, edit.tabId, near);
    const segment = segmentOf(job, where);
    putContent(job, segment, marked(segment.content, edit.at, edit.at + edit.inserted, 'insertions', id));
    summarize(job, id);
  }
  return reply;
}

function deleteContentRange(job: Job, { range }: { range?: Where }): void {
  const { segment, start, end } = rangeOf(job, range);
  if (end >= endOf(segment.content))
    throw refuse(job, 'The range cannot include the newline character at the end of the segment.');
  if (start < firstIndex(segment) || !removeRange(segment.content, start, end))
    throw refuse(job, 'Invalid deletion range. Cannot delete the requested range.');
  const id = near(segment, job, start, end);
  putContent(job, segment, marked(segment.content, start, end, 'deletions', id));
  summarize(job, id);
}

function updateTextStyle(job: Job, input: { range?: Where; textStyle?: Fields; fields?: string }): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const change = textChangeOf(job, input.textStyle, input.fields, segment.tab.tabId);
  const id = near(segment, job, start, end);
  const suggested = suggestedStyle('textStyle', change);
  const content = changeRuns(segment.content, start, end, (run) => [
    { ...run, styles: { ...run.styles, [id]: suggested } },
  ]);
  putContent(job, segment, content);
  summarize(job, id);
}

function updateParagraphStyle(
  job: Job,
  input: { range?: Where; paragraphStyle?: Fields; fields?: string },
): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const suggested = suggestedStyle(
    'paragraphStyle',
    paragraphChangeOf(job, input.paragraphStyle, input.fields),
  );
  const id = near(segment, job, start, end);
  const content = changeParagraphs(segment.content, start, end, (paragraph) => ({
    ...paragraph,
    styles: { ...paragraph.styles, [id]: suggested },
  }));
  putContent(job, segment, content);
  summarize(job, id);
}

function createParagraphBullets(job: Job, input: { range?: Where; bulletPreset?: string }): void {
  const { segment, start, end } = rangeOf(job, input.range);
  const list = listOf(input.bulletPreset ?? '');
  if (!list) throw refuse(job, 'The bullet preset must be specified.');
  const id = near(segment, job, start, end);
  const listId = newId(job, 'kix');
  suggestBullets(job, segment, start, end, id, ({ bullet }) => bulletOf(listId, bullet?.nestingLevel ?? 0));
  const tab = tabOf(job, segment.tab.tabId);
  putTab(job, { ...tab, lists: { ...tab.lists, [listId]: { ...list, suggestedInsertionId: id } } });
}

function deleteParagraphBullets(job: Job, { range }: { range?: Where }): void {
  const { segment, start, end } = rangeOf(job, range);
  const bulleted = [...paragraphsIn(segment.content, start, end)].some(({ paragraph }) => paragraph.bullet);
  if (bulleted) suggestBullets(job, segment, start, end, near(segment, job, start, end), () => null);
}

function suggestBullets(
  job: Job,
  segment: Segment,
  start: number,
  end: number,
  id: string,
  bullet: (paragraph: Paragraph) => Bullet | null,
): void {
  const content = changeParagraphs(segment.content, start, end, (paragraph) => ({
    ...paragraph,
    bullets: { ...paragraph.bullets, [id]: bullet(paragraph) },
  }));
  putContent(job, segment, content);
  summarize(job, id);
}
