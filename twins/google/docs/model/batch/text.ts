/** Text put in, taken out and replaced. https://developers.google.com/workspace/docs/api/how-tos/move-text */
import { DOCUMENT_CHARS_MAX } from '../../../limits.ts';
import { type Content, OBJECT } from '../../world/content.ts';
import { removeRange } from '../content/edit.ts';
import { insertText, replaceText } from '../content/insertText.ts';
import { endOf, paragraphsOf, paragraphText } from '../content/walk.ts';
import {
  firstIndex,
  type Job,
  outside,
  putContent,
  rangeOf,
  refuse,
  renewed,
  type Segment,
  segmentOf,
  segmentsOf,
  spotOf,
  tabOf,
  tabsFor,
  type Where,
} from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';
import { pruneTab } from './prune.ts';
import { regexMatcher } from './regex.ts';

/** `insertText` */
export function insertTextRequest(
  job: Job,
  input: { text?: string; location?: Where; endOfSegmentLocation?: Where },
): void {
  const text = cleanText(input.text ?? '');
  if (!text) throw refuse(job, 'Insert text requests must specify text to insert.');
  const { segment, index } = spotOf(job, input);
  putText(job, segment, index, text);
}

/** `deleteContentRange` */
export function deleteContentRange(job: Job, { range }: { range?: Where }): void {
  const { segment, start, end } = rangeOf(job, range);
  takeOut(job, segment, start, end);
}

export interface Criteria {
  text?: string;
  matchCase?: boolean;
  searchByRegex?: boolean;
}

/** `replaceAllText`: in the paragraphs of every segment; nothing that spans a line break matches. */
export function replaceAllText(
  job: Job,
  input: { containsText?: Criteria; replaceText?: string; tabsCriteria?: { tabIds?: string[] } },
): object {
  const { containsText = {}, replaceText = '' } = input;
  if (!containsText.text) throw refuse(job, 'The text to be replaced must not be empty.');
  let occurrencesChanged = 0;
  for (const { tabId } of tabsFor(job, input.tabsCriteria))
    for (const { segmentId } of segmentsOf(tabOf(job, tabId)))
      occurrencesChanged += replaceIn(job, { tabId, segmentId }, containsText, cleanText(replaceText));
  return occurrencesChanged > 0 ? { occurrencesChanged } : {};
}

/** Puts text in at an index. Throws 400 where no paragraph is. */
export function putText(job: Job, segment: Segment, index: number, text: string): number {
  const at = paragraphSpot(job, segment, index);
  const content = insertText(segment.content, at, text, renewed(job));
  if (!content) throw outside(job);
  if (endOf(content) > DOCUMENT_CHARS_MAX) throw refuse(job, 'The document is too long.');
  putContent(job, segment, content, [{ at, removed: 0, inserted: text.length }]);
  return at;
}

/** Takes a range out. Throws 400 where the structure does not allow it. */
export function takeOut(job: Job, segment: Segment, start: number, end: number): void {
  if (end >= endOf(segment.content))
    throw refuse(job, 'The range cannot include the newline character at the end of the segment.');
  const content = start < firstIndex(segment) ? undefined : removeRange(segment.content, start, end);
  if (!content) throw refuse(job, 'Invalid deletion range. Cannot delete the requested range.');
  putContent(job, segment, content, [{ at: start, removed: end - start, inserted: 0 }]);
  pruneTab(job, segment.tab.tabId);
}

/** What Docs keeps of a text: control characters and private ones are left out. */
export const cleanText = (text: string): string => text.replace(STRIPPED, '');

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what the vendor strips
const STRIPPED = /[\u0000-\u0008\u000c-\u001f\ue000-\uf8ff]/g;

function replaceIn(
  job: Job,
  where: { tabId: string; segmentId: string },
  criteria: Criteria,
  text: string,
): number {
  const found = placesOf(job, segmentOf(job, where).content, criteria);
  for (const [start, end] of found.reverse()) {
    const segment = segmentOf(job, where);
    const next = replaceText(segment.content, start, end, text, renewed(job));
    if (!next) throw refuse(job, 'This request cannot be applied.');
    putContent(job, segment, next, [{ at: start, removed: end - start, inserted: text.length }]);
  }
  return found.length;
}

/** Every place of a text in the paragraphs of content, as pairs of indexes. Throws 400 for a pattern that cannot be. */
export function placesOf(job: Job, content: Content, criteria: Criteria): [number, number][] {
  const find = matcher(job, criteria);
  const found: [number, number][] = [];
  for (const { paragraph, startIndex } of paragraphsOf(content))
    for (const [from, to] of find(paragraphText(paragraph).replaceAll(OBJECT, '\n').slice(0, -1)))
      found.push([startIndex + from, startIndex + to]);
  return found;
}

/** Where a text matches, as pairs of offsets. A pattern is RE2's, as the vendor's. */
function matcher(
  job: Job,
  { text = '', matchCase, searchByRegex }: Criteria,
): (within: string) => [number, number][] {
  if (searchByRegex) return regexMatcher(job, text, matchCase ?? false);
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  return (within) =>
    [...within.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);
}
