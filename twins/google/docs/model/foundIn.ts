/** Where a text stands in a document. */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { documents } from '../world.ts';
import { paragraphsOf, paragraphText } from './content/walk.ts';

/** The first place of `text` in a paragraph of a tab's body. Throws 422 where it is nowhere. */
export function foundIn(
  world: World,
  documentId: string,
  text: string,
): { startIndex: number; endIndex: number; tabId: string } {
  for (const { tabId, body } of world.get(documents, documentId)?.tabs ?? [])
    for (const { paragraph, startIndex } of paragraphsOf(body)) {
      const at = paragraphText(paragraph).indexOf(text);
      if (at >= 0) return { startIndex: startIndex + at, endIndex: startIndex + at + text.length, tabId };
    }
  throw new ApiError({ name: 'no-such-text', status: 422, message: `the document does not say ${text}` });
}
