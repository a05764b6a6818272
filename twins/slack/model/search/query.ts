/**
 * Slack's search language: words, "phrases", and modifiers (`from:@ann in:#general -draft has:link after:2026-03-01`).
 * https://slack.com/help/articles/202528808-Search-in-Slack
 */
import { ApiError } from '../../../../src/error.ts';
import { stem } from '../../../../src/stem.ts';
import { SEARCH_TERMS_MAX } from '../../limits.ts';
import { wordsOf } from './searchable.ts';

/** One term of a query. `value` is in lower case, without quotes and the marks of mentions. */
export interface Term {
  kind: 'text' | Modifier;
  value: string;
  negated: boolean;
  /** Stood in quotes: its words are to follow one another. */
  phrase: boolean;
}

const MODIFIERS = [
  'from',
  'to',
  'in',
  'with',
  'before',
  'after',
  'on',
  'during',
  'has',
  'hasmy',
  'is',
  'creator',
  'type',
] as const;
export type Modifier = (typeof MODIFIERS)[number];
export type DayModifier = 'before' | 'after' | 'on' | 'during';

const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/giu;

/** The terms of a query. What looks like a modifier and is none is a word. */
export function parseSearch(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, name = '', phrase, word = ''] of query.matchAll(TERM)) {
    if (terms.length === SEARCH_TERMS_MAX) break;
    const modifier = MODIFIERS.find((one) => one === name.toLowerCase());
    const value = (phrase ?? word).toLowerCase();
    const text = modifier || name === '' ? value : `${name.toLowerCase()}:${value}`;
    if (text === '') continue;
    const negated = minus === '-';
    terms.push({
      kind: modifier ?? 'text',
      value: modifier ? meant(text) : text,
      negated,
      phrase: phrase !== undefined,
    });
  }
  return terms;
}

/** How a text is looked at by one term of words: all of its stems, in a row where it is a phrase, or the beginning of one word. */
export interface Wording {
  words: readonly string[];
  stems: readonly string[];
  /** `word*`: words that begin so. */
  open: boolean;
  /** Several words that are to follow one another. */
  phrase: boolean;
}

/** What a term of words asks for; a dash or a point between two words makes them a phrase. */
export function wordingOf({ value, phrase }: Term): Wording {
  const words = wordsOf(value);
  const open = !phrase && value.endsWith('*') && words.length === 1;
  return { words, stems: words.map(stem), open, phrase: words.length > 1 };
}

/** Whether a text is as the wording asks. */
export function fits({ words, stems, open, phrase }: Wording, text: string): boolean {
  const said = wordsOf(text);
  if (open) return said.some((word) => word.startsWith(words[0] as string));
  const found = said.map(stem);
  if (!phrase) return stems.every((one) => found.includes(one));
  return found.some((_, i) => stems.every((one, n) => found[i + n] === one));
}

/** `text` with the marks that Slack puts around what was found, in its private-use characters. */
export function highlighted(text: string, query: string): string {
  const wordings = parseSearch(query)
    .filter(({ kind, negated }) => kind === 'text' && !negated)
    .map(wordingOf);
  const stems = new Set(wordings.flatMap(({ open, stems: own }) => (open ? [] : own)));
  const starts = wordings.flatMap(({ open, words }) => (open ? words : []));
  return text.replace(/[\p{L}\p{N}_]+/gu, (word) => {
    const lower = word.toLowerCase();
    const marked = stems.has(stem(lower)) || starts.some((start) => lower.startsWith(start));
    return marked ? `\uE000${word}\uE001` : word;
  });
}

/** `<#C1|general>`, `<@U1>`, `#general`, `@ann` → `c1`, `u1`, `general`, `ann`. */
function meant(value: string): string {
  const mention = /^<[#@]([a-z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1];
  return mention ?? value.replace(/^[#@]/, '');
}

/** A refusal that says that the twin lacks a part of the language. */
export const lacking = (what: string): ApiError =>
  new ApiError({
    name: 'not_implemented',
    status: 200,
    message: `the twin does not know ${what} in searches`,
    headers: [['x-orrery-gap', `search.messages:${what.split(' ')[0]}`]],
  });
