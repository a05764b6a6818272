/** A run of marked text as elements of rich text. https://docs.slack.dev/messaging/formatting-message-text */
import { standardEmoji } from '../../emojiNames.ts';
import type { Json } from '../../world.ts';
import { unescaped } from './text.ts';

type Style = { bold?: true; italic?: true; strike?: true; code?: true };

const MARKED = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+'-]+(?:::skin-tone-\d)?):|([*_~])/g;
const WORD = /[\p{L}\p{N}]/u;
const MARKS: Readonly<Record<string, keyof Style>> = { '*': 'bold', _: 'italic', '~': 'strike' };

/** The elements of a run of text, all in `style`. */
export function elementsOf(text: string, style: Style = {}): Json[] {
  const found: Json[] = [];
  let from = 0;
  const say = (to: number) => {
    if (to > from) found.push(styled({ type: 'text', text: unescaped(text.slice(from, to)) }, style));
  };
  const matcher = new RegExp(MARKED);
  for (let match = matcher.exec(text); match; match = matcher.exec(text)) {
    const [whole, entity, code, emoji, mark] = match;
    const closing = mark === undefined ? -1 : closingMark(text, mark, match.index);
    if (mark !== undefined && closing < 0) continue;
    // What has no letter is an emoji only where Unicode has one of that name: `10:30:45` has none.
    if (emoji !== undefined && !/[a-z]/.test(emoji) && !standardEmoji(emoji)) continue;
    say(match.index);
    if (entity !== undefined) found.push(styled(reference(entity), style));
    else if (code !== undefined)
      found.push(styled({ type: 'text', text: unescaped(code) }, { ...style, code: true }));
    else if (emoji !== undefined) found.push(styled(emojiElement(emoji), style));
    else {
      const inner = text.slice(match.index + 1, closing);
      found.push(...elementsOf(inner, { ...style, [MARKS[mark as string] as keyof Style]: true }));
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

/** An emoji; those of Unicode say their code points. */
function emojiElement(given: string): Json {
  const [name] = given.split('::');
  const { unicode, skin_tone } = standardEmoji(given) ?? {};
  return {
    type: 'emoji',
    name,
    ...(unicode ? { unicode } : {}),
    ...(skin_tone ? { skin_tone } : {}),
  };
}

function reference(entity: string): Json {
  const [target = '', label] = entity.split('|', 2);
  const named = label ? { text: unescaped(label) } : {};
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: target.slice(9) };
  if (target.startsWith('!date^')) return date(target, named.text ?? '');
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: unescaped(target), ...named };
}

/** `!date^1392734382^{date} at {time}^https://…`, with what is shown where the date cannot be. */
function date(target: string, fallback: string): Json {
  const [, timestamp, format = '', url] = target.split('^');
  return { type: 'date', timestamp: Number(timestamp), format, ...(url ? { url } : {}), fallback };
}

const styled = (element: Json, style: Style): Json =>
  Object.keys(style).length > 0 ? { ...element, style } : element;
