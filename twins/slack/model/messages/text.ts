/** A message's text as Slack keeps it: `& < >` escaped, links and references in angle brackets. */
import type { World } from '../../../../src/world/world.ts';
import { MESSAGE_TEXT_CHARS_MAX } from '../../limits.ts';
import { channels, type Json } from '../../world.ts';
import { named } from './naming.ts';

/**
 * What may stand in angle brackets: references to users, channels and groups, links with or without a label.
 */
const ENTITY = /(<(?:[@#!][^<>\n]+|[a-zA-Z][\w+.-]*:[^<>\n]+)>)/;
const BARE_URL = /\bhttps?:\/\/[^\s<>|`]*[^\s<>|`.,:;!?'")\]}*_~]/g;
const EMAIL = /(?<![\w.@:/])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

/** How a text is read. https://docs.slack.dev/messaging/formatting-message-text#automatic-parsing */
export interface Manner {
  /** Written by a person in Slack's own composer, which also links e-mail addresses. */
  typed?: boolean;
  /** `none`: addresses are not linked. `full`: nothing is markup; people, channels and groups are linked by name. */
  parse?: 'none' | 'full';
  /** Channels and groups are linked by name. */
  link_names?: boolean;
}

/** The text of a message as it is kept and shown to programs. */
export function kept(world: World, text: string, how: Manner = {}): string {
  const cut = text.length > MESSAGE_TEXT_CHARS_MAX ? text.slice(0, MESSAGE_TEXT_CHARS_MAX) : text;
  if (!/[&<>]|:\/\/|[@#]/.test(cut)) return cut;
  if (how.parse === 'full') return named(world, plain(cut, how), true);
  return cut
    .split(ENTITY)
    .map((part, i) => (i % 2 === 1 ? reference(world, part) : said(world, part, how)))
    .join('');
}

const said = (world: World, part: string, how: Manner): string =>
  how.link_names ? named(world, plain(part, how), false) : plain(part, how);

/** What a person reads. */
export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A text object as it is kept: escaped, and linked where it is Slack's markup that is not `verbatim`. */
export function keptObject(world: World, { type, text, emoji, verbatim }: Json): Json {
  const said = String(text);
  if (type !== 'mrkdwn') return { type, text: escaped(said), emoji: emoji ?? true };
  return { type, text: kept(world, said, verbatim ? { parse: 'none' } : {}), verbatim: verbatim ?? false };
}

const escaped = (text: string): string =>
  text
    .replace(/&(?!amp;|lt;|gt;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

function plain(text: string, { typed, parse }: Manner): string {
  const safe = escaped(text);
  const linked = parse === 'none' ? safe : safe.replace(BARE_URL, '<$&>');
  return typed ? linked.replace(EMAIL, '<mailto:$&|$&>') : linked;
}

/** A reference to a channel carries the channel's name; all else stays as it was written. */
function reference(world: World, entity: string): string {
  if (!entity.startsWith('<#') || entity.includes('|')) return entity;
  const channel = world.get(channels, entity.slice(2, -1));
  return channel ? `<#${channel.id}|${channel.is_private ? '' : channel.name}>` : entity;
}
