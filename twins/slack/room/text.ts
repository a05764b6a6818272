/** Slack's own markup as lines for a screen. https://docs.slack.dev/messaging/formatting-message-text */
import type { Line, Run } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { unescaped } from '../model/messages/text.ts';
import { channels, isObject, type Json, users } from '../world.ts';

/** What a text with marks says; characters that Slack escapes are characters again. */
export function markedLines(world: World, text: string): Line[] {
  return text.split('```').flatMap((part, nth) => {
    if (nth % 2 === 1) return code(unescaped(part.replace(/^\n|\n$/g, '')));
    return part === '' ? [] : part.split('\n').map((line) => marked(world, line));
  });
}

/** What a rich text block says. */
export function richLines(world: World, block: Json): Line[] {
  return parts(block.elements).flatMap((section): Line[] => {
    const inner = parts(section.elements);
    if (section.type === 'rich_text_preformatted') return code(inner.map((one) => String(one.text)).join(''));
    if (section.type === 'rich_text_list')
      return inner.map((item) => ({
        style: 'item',
        depth: Number(section.indent ?? 0),
        runs: parts(item.elements).map((one) => richRun(world, one)),
      }));
    const style = section.type === 'rich_text_quote' ? { style: 'quote' as const } : {};
    return [{ ...style, runs: inner.map((one) => richRun(world, one)) }];
  });
}

/** What a text object (plain or with marks) says. */
export function textLines(world: World, text: unknown): Line[] {
  if (!isObject(text)) return [];
  const said = String(text.text ?? '');
  return text.type === 'mrkdwn' ? markedLines(world, said) : [{ runs: [{ text: unescaped(said) }] }];
}

/** A text object as one plain text, for labels. */
export const labelOf = (text: unknown): string => (isObject(text) ? unescaped(String(text.text ?? '')) : '');

/** The JSON objects of a list that came from outside. */
export const parts = (list: unknown): Json[] => (Array.isArray(list) ? list.filter(isObject) : []);

const code = (text: string): Line[] =>
  text.split('\n').map((line) => ({ style: 'code', runs: [{ text: line }] }));

function marked(world: World, line: string): Line {
  const quoted = /^(?:&gt;|>) ?/.exec(line);
  const rest = quoted ? line.slice(quoted[0].length) : line;
  const point = /^(?:•|-) +/.exec(rest);
  const runs = inline(world, point ? rest.slice(point[0].length) : rest, {});
  return { ...(quoted ? { style: 'quote' } : point ? { style: 'item' } : {}), runs };
}

/** Code, addresses and mentions, then bold, italic, struck; no mark reaches over a line. */
const MARKS = /`([^`]+)`|<([^<>]+)>|\*([^*\s](?:[^*]*[^*\s])?)\*|(?<!\w)_([^_]+)_(?!\w)|~([^~]+)~/g;

function inline(world: World, text: string, style: Partial<Run>): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    const [all, quoted, angled, bold, italic, struck] = found;
    if (found.index > at) runs.push({ ...style, text: unescaped(text.slice(at, found.index)) });
    if (quoted !== undefined) runs.push({ ...style, code: true, text: unescaped(quoted) });
    else if (angled !== undefined) runs.push({ ...style, ...reference(world, angled) });
    else if (bold !== undefined) runs.push(...inline(world, bold, { ...style, bold: true }));
    else if (italic !== undefined) runs.push(...inline(world, italic, { ...style, italic: true }));
    else if (struck !== undefined) runs.push(...inline(world, struck, { ...style, strike: true }));
    at = found.index + all.length;
  }
  if (at < text.length) runs.push({ ...style, text: unescaped(text.slice(at)) });
  return runs;
}

/** What stands between angle brackets: a person, a channel, a call to all, an address. */
function reference(world: World, inside: string): Run {
  const [what = '', label] = inside.split('|', 2);
  if (what.startsWith('@')) return person(world, what.slice(1), label);
  if (what.startsWith('#')) return channel(world, what.slice(1), label);
  if (what.startsWith('!')) return { text: label ?? `@${what.slice(1).split('^')[0]}`, bold: true };
  return { text: unescaped(label ?? what), href: unescaped(what) };
}

function richRun(world: World, element: Json): Run {
  const style = isObject(element.style) ? element.style : {};
  const marks = {
    ...(style.bold ? { bold: true } : {}),
    ...(style.italic ? { italic: true } : {}),
    ...(style.strike ? { strike: true } : {}),
    ...(style.code ? { code: true } : {}),
  };
  const text = String(element.text ?? element.name ?? element.range ?? '');
  if (element.type === 'user') return { ...marks, ...person(world, String(element.user_id)) };
  if (element.type === 'channel') return { ...marks, ...channel(world, String(element.channel_id)) };
  if (element.type === 'link')
    return { ...marks, text: text || String(element.url), href: String(element.url) };
  if (element.type === 'emoji') return { ...marks, text: `:${text}:` };
  return element.type === 'broadcast' ? { ...marks, bold: true, text: `@${text}` } : { ...marks, text };
}

function person(world: World, id: string, label?: string): Run {
  const name = label ?? world.get(users, id)?.real_name ?? id;
  return { text: `@${name}`, to: `person/${id}` };
}

function channel(world: World, id: string, label?: string): Run {
  return { text: `#${world.get(channels, id)?.name ?? label ?? id}`, to: `channel/${id}` };
}
