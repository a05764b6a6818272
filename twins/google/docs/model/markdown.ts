/** A document as Markdown, as Docs downloads and exports it. https://support.google.com/docs/answer/12014036 */
import type { World } from '../../../../src/world/world.ts';
import { OBJECT, type Paragraph, type Run } from '../world/content.ts';
import { documents } from '../world.ts';
import { paragraphsOf } from './content/walk.ts';

const HEADINGS: Readonly<Record<string, string>> = {
  TITLE: '# ',
  SUBTITLE: '## ',
  HEADING_1: '# ',
  HEADING_2: '## ',
  HEADING_3: '### ',
  HEADING_4: '#### ',
  HEADING_5: '##### ',
  HEADING_6: '###### ',
};

/** Its paragraphs with an empty line between them; empty ones are left out. */
export function documentMarkdown(world: World, documentId: string): string {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  const paragraphs = tabs.flatMap((tab) => [...paragraphsOf(tab.body)]);
  return paragraphs
    .map(({ paragraph }) => written(paragraph))
    .filter(Boolean)
    .join('\n\n');
}

function written({ runs, style }: Paragraph): string {
  const text = runs.map(marked).join('').replaceAll(OBJECT, '').trim();
  if (text === '') return '';
  const heading = HEADINGS[String(style.namedStyleType)];
  return heading === undefined ? unlisted(text) : heading + text;
}

/** A run with its marks; white space stays outside of them, where Markdown wants it. */
function marked({ text, style }: Run): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  if (inner === '') return text.replace(/\n$/, '');
  const stars = (style.bold === true ? '**' : '') + (style.italic === true ? '*' : '');
  const strike = style.strikethrough === true ? '~~' : '';
  const plain = `${strike}${stars}${escaped(inner)}${[...stars].reverse().join('')}${strike}`;
  const url = (style.link as { url?: string } | undefined)?.url;
  const shown = url === undefined ? plain : `[${plain}](${url})`;
  return `${before}${shown}${after.replace(/\n$/, '')}`;
}

/** Signs that Markdown would read. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>~|]/g, '\\$&').replaceAll('\v', '  \n');

/** What would begin a list, a heading or a rule stands for itself. */
const unlisted = (text: string): string =>
  text.replace(/^([#+=-])/, '\\$1').replace(/^(\d+)\.(?=\s)/, '$1\\.');
