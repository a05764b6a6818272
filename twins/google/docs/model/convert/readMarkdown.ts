/** Markdown becomes a document, by way of the page that it stands for. https://support.google.com/docs/answer/12014036 */
import { createRequire } from 'node:module';
import type * as Marked from 'marked';
import type { World } from '../../../../../src/world/world.ts';
import type { Tab } from '../../world.ts';
import { readHtml } from './readHtml.ts';

const require = createRequire(import.meta.url);

/** The tab that a text becomes. */
export function readMarkdown(world: World, text: string): Tab {
  const { marked } = require('marked') as typeof Marked;
  return readHtml(world, marked.parse(text, { async: false, gfm: true }));
}
