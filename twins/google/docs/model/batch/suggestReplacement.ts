/** `replaceAllText` as a suggestion: what matches is to go, and the new text stands behind it. */
import { insertText } from '../content/insertText.ts';
import { marked } from '../suggestion/mark.ts';
import { summarize } from '../suggestion/suggestion.ts';
import {
  type Job,
  outside,
  putContent,
  refuse,
  renewed,
  segmentOf,
  segmentsOf,
  tabOf,
  tabsFor,
} from './job.ts';
import { near } from './joining.ts';
import { type Criteria, cleanText, placesOf } from './text.ts';

export function suggestReplacement(
  job: Job,
  input: { containsText?: Criteria; replaceText?: string; tabsCriteria?: { tabIds?: string[] } },
): object {
  const { containsText = {}, replaceText = '' } = input;
  if (!containsText.text) throw refuse(job, 'The text to be replaced must not be empty.');
  const text = cleanText(replaceText);
  let occurrencesChanged = 0;
  for (const { tabId } of tabsFor(job, input.tabsCriteria))
    for (const { segmentId } of segmentsOf(tabOf(job, tabId))) {
      const places = placesOf(job, segmentOf(job, { tabId, segmentId }).content, containsText);
      for (const place of places.reverse()) suggestAt(job, { tabId, segmentId }, place, text);
      occurrencesChanged += places.length;
    }
  return occurrencesChanged > 0 ? { occurrencesChanged } : {};
}

function suggestAt(
  job: Job,
  where: { tabId: string; segmentId: string },
  [start, end]: readonly [number, number],
  text: string,
): void {
  const segment = segmentOf(job, where);
  const id = near(segment, job, start, end);
  const struck = marked(segment.content, start, end, 'deletions', id);
  const content = text ? insertText(struck, end, text, renewed(job), { insertions: [id] }) : struck;
  if (!content) throw outside(job);
  putContent(job, segment, content, text ? [{ at: end, removed: 0, inserted: text.length }] : []);
  summarize(job, id);
}
