/**
 * Under which terms searches find a message: the stems of its words, and marks for what modifiers ask
 * (`from:`, `has:link` …). Read by the text index of the table of messages; the search language is `query.ts`.
 */

import { stem } from '../../../../src/stem.ts';
import { isObject, type Json, type Message } from '../../entities.ts';

/** Marks begin so that no word can be one. */
const MARK = '\u0002';
/** The mark of every message that can be found. */
export const ANY = `${MARK}*`;
export const fromMark = (user: string): string => `${MARK}from:${user}`;
export const hasMark = (what: 'link' | 'file' | 'reaction'): string => `${MARK}has:${what}`;
export const emojiMark = (name: string): string => `${MARK}emoji:${name}`;
export const THREAD = `${MARK}thread`;
/** The mark of a message in which the word stands more than once: it comes first where matches come by score. */
export const oftenMark = (term: string): string => `${MARK}often:${term}`;

/** Where a message stands in the lists of the index: by time, whatever the conversation. `key` is its key in the table. */
export function placeOf(key: string): string {
  const part = key.indexOf('/');
  return `${key.slice(part + 1)}/${key.slice(0, part)}`;
}

/** The table's key of the message at a place: the two are each other's other way round. */
export const keyOf = placeOf;

/** The conversation of a place. */
export const channelOf = (place: string): string => place.slice(place.indexOf('/') + 1);

/** The moment of a place in universe milliseconds. */
export const timeOf = (place: string): number => Number(place.slice(0, place.indexOf('/'))) * 1_000;

/** Notices of joining and the like are not found. */
const FOUND: readonly (string | undefined)[] = [undefined, 'bot_message', 'thread_broadcast', 'me_message'];
/** Words of one message that are indexed; the rest of a very long one is not found. */
const WORDS_MAX = 2_000;
const WORD = /[\p{L}\p{N}_]+/gu;
const PLAIN = /^[ -~\s]*$/;
const PLAIN_WORD = /[a-z0-9_]+/g;
/** Scripts without spaces are taken sign by sign. */
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const SIGNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/** The words of a text in order, lower case. */
export function wordsOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower.match(PLAIN_WORD) ?? [];
  const words = lower.match(WORD) ?? [];
  return SIGN.test(lower) ? words.flatMap((word) => word.match(SIGNS) ?? []) : words;
}

/** The terms of a message; none where it cannot be found. */
export function termsOf(row: Message): string[] {
  if (!FOUND.includes(row.subtype)) return [];
  const terms = [ANY];
  const author = row.user ?? row.bot_id;
  if (author) terms.push(fromMark(author));
  if (row.files?.length) terms.push(hasMark('file'));
  if (row.thread_ts !== undefined) terms.push(THREAD);
  if (row.reactions?.length) terms.push(hasMark('reaction'));
  for (const { name } of row.reactions ?? []) terms.push(emojiMark(name));
  const text = searchText(row);
  if (text.includes('<http')) terms.push(hasMark('link'));
  const seen = new Map<string, number>();
  for (const word of wordsOf(text).slice(0, WORDS_MAX)) {
    const term = stem(word);
    const count = (seen.get(term) ?? 0) + 1;
    seen.set(term, count);
    if (count === 1) terms.push(term);
    else if (count === 2) terms.push(oftenMark(term));
  }
  return terms;
}

/** What a message says: its text, its attachments, and blocks that its text does not come from. */
export function searchText(row: Message): string {
  const { attachments, blocks } = row;
  if (!attachments && (!blocks || isTyped(blocks))) return row.text;
  return [row.text, ...texts(attachments), ...(blocks && !isTyped(blocks) ? texts(blocks) : [])].join('\n');
}

/** Whether two states of a message are found by the same terms. */
export const saysTheSame = (a: Message, b: Message): boolean =>
  a.text === b.text &&
  a.blocks === b.blocks &&
  a.attachments === b.attachments &&
  a.reactions === b.reactions &&
  a.files === b.files &&
  a.subtype === b.subtype &&
  a.thread_ts === b.thread_ts &&
  a.user === b.user;

const isTyped = (blocks: readonly Json[]): boolean => blocks.length === 1 && blocks[0]?.type === 'rich_text';

const SHOWN_FIELDS = new Set(['text', 'title', 'pretext', 'fallback', 'value', 'alt_text', 'footer']);
const DEPTH_MAX = 8;

/** The texts inside of attachments and blocks that a person reads. */
function texts(value: unknown, depth = 0): string[] {
  if (depth > DEPTH_MAX) return [];
  if (Array.isArray(value)) return value.flatMap((one) => texts(one, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' ? (SHOWN_FIELDS.has(name) ? [inner] : []) : texts(inner, depth + 1),
  );
}
