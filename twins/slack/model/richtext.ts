/** The `rich_text` block that Slack makes of a message that was posted as text. */
import type { Json } from '../world.ts';
import { unescaped } from './text.ts';

type Style = { bold?: true; italic?: true; strike?: true; code?: true };

const MARKED = /```([\s\S]+?)```|<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|([*_~])/g;
const NEEDS_PARSING = /[<`*_~:&]/;
const WORD = /[\p{L}\p{N}]/u;
const MARKS: Readonly<Record<string, keyof Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** The block for a kept (escaped) text. */
export function richText(text: string, blockId: string): Json {
  return {
    type: 'rich_text',
    block_id: blockId,
    elements: NEEDS_PARSING.test(text) ? parsed(text) : simple(text),
  };
}

const simple = (text: string): Json[] => [
  { type: 'rich_text_section', elements: text === '' ? [] : [{ type: 'text', text }] },
];

function parsed(text: string): Json[] {
  const sections: Json[] = [];
  let elements: Json[] = [];
  const close = () => {
    if (elements.length > 0) sections.push({ type: 'rich_text_section', elements });
    elements = [];
  };
  for (const piece of pieces(text, {})) {
    if (piece.type !== 'preformatted') elements.push(piece);
    else {
      close();
      sections.push({
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: piece.text }],
        border: 0,
      });
    }
  }
  close();
  return sections.length > 0 ? sections : simple('');
}

/** The elements of a run of text, all in `style`. */
function pieces(text: string, style: Style): Json[] {
  const found: Json[] = [];
  let from = 0;
  const say = (to: number) => {
    if (to > from) found.push(styled({ type: 'text', text: unescaped(text.slice(from, to)) }, style));
  };
  const matcher = new RegExp(MARKED);
  for (let match = matcher.exec(text); match; match = matcher.exec(text)) {
    const [whole, preformatted, entity, code, emoji, mark] = match;
    const closing = mark === undefined ? -1 : closingMark(text, mark, match.index);
    if (mark !== undefined && closing < 0) continue;
    say(match.index);
    if (preformatted !== undefined)
      found.push({ type: 'preformatted', text: unescaped(preformatted.replace(/^\n/, '')) });
    else if (entity !== undefined) found.push(styled(reference(entity), style));
    else if (code !== undefined)
      found.push(styled({ type: 'text', text: unescaped(code) }, { ...style, code: true }));
    else if (emoji !== undefined) found.push(styled({ type: 'emoji', name: emoji }, style));
    else {
      const inner = text.slice(match.index + 1, closing);
      found.push(...pieces(inner, { ...style, [MARKS[mark as string] as keyof Style]: true }));
    }
    from = closing >= 0 ? closing + 1 : match.index + whole.length;
    matcher.lastIndex = from;
  }
  say(text.length);
  return found;
}

/**
 * Where the run that `mark` opens at `at` ends; -1 where it opens none (in a word, before a space,
 * unclosed).
 */
function closingMark(text: string, mark: string, at: number): number {
  const before = text[at - 1] ?? ' ';
  if (WORD.test(before) || /\s/.test(text[at + 1] ?? ' ')) return -1;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (text.slice(at, end).includes('\n')) return -1;
    if (!/\s/.test(text[end - 1] as string) && !WORD.test(text[end + 1] ?? ' ')) return end;
  }
  return -1;
}

function reference(entity: string): Json {
  const [target = '', label] = entity.split('|', 2);
  const named = label ? { text: unescaped(label) } : {};
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescaped(target), ...named };
}

const styled = (element: Json, style: Style): Json =>
  Object.keys(style).length > 0 ? { ...element, style } : element;
