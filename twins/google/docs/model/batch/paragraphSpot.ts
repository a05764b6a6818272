/**
 * The index where something goes in a paragraph: not between the parts of what people see as one character.
 * https://developers.google.com/workspace/docs/api/concepts/rules-behavior
 */
import { replaceAt } from '../content/edit.ts';
import { clusterEnd } from '../content/insertText.ts';
import { type Job, outside, type Segment } from './job.ts';

/** Throws 400 where no paragraph is. */
export function paragraphSpot(job: Job, segment: Segment, index: number): number {
  let at = index;
  const found = replaceAt(segment.content, index, (paragraph, offset) => {
    at = index - offset + clusterEnd(paragraph, offset);
    return [paragraph];
  });
  if (!found) throw outside(job);
  return at;
}
