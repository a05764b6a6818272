/**
 * Slack's search language: words, "phrases", and modifiers (`from:@ann in:#general -draft has:link after:2026-03-01`).
 * https://slack.com/help/articles/202528808-Search-in-Slack
 */
import { ApiError } from '../../../src/error.ts';
import { SEARCH_TERMS_MAX } from '../limits.ts';

/** One term of a query. `value` is in lower case, without quotes and the marks of mentions. */
export interface Term {
  kind: 'text' | Modifier;
  value: string;
  negated: boolean;
}

export type Modifier = 'from' | 'in' | 'before' | 'after' | 'on' | 'has' | 'is';

const KNOWN: readonly string[] = ['from', 'in', 'before', 'after', 'on', 'has', 'is'];
/** What Slack knows and the twin does not. */
const LACKING: readonly string[] = ['during', 'with', 'to', 'hasmy', 'creator', 'type'];
const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/giu;
/** Days as the modifiers write them, besides `today` and `yesterday`. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** The terms of a query. Throws a gap for a modifier that Slack has and the twin has not. */
export function parseSearch(query: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, name = '', phrase, word = ''] of query.matchAll(TERM)) {
    if (terms.length === SEARCH_TERMS_MAX) break;
    const modifier = name.toLowerCase();
    if (LACKING.includes(modifier)) throw lacking(modifier);
    const known = KNOWN.includes(modifier);
    const value = (phrase ?? word).toLowerCase();
    const text = known || name === '' ? value : `${modifier}:${value}`;
    if (text === '') continue;
    terms.push({
      kind: known ? (modifier as Modifier) : 'text',
      value: known ? meant(text) : text,
      negated: minus === '-',
    });
  }
  return terms;
}

/** `<#C1|general>`, `<@U1>`, `#general`, `@ann` → `c1`, `u1`, `general`, `ann`. */
function meant(value: string): string {
  const mention = /^<[#@]([a-z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1];
  return mention ?? value.replace(/^[#@]/, '');
}

/** The span of universe time that a day covers, in milliseconds. Throws a gap for a way to write days that is not known. */
export function daySpan(value: string, now: number): { from: number; to: number } {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const from =
    value === 'today'
      ? today
      : value === 'yesterday'
        ? today - DAY_MS
        : DAY.test(value)
          ? Date.parse(value)
          : NaN;
  if (Number.isNaN(from)) throw lacking(`date ${value}`);
  return { from, to: from + DAY_MS };
}

/** A refusal that says that the twin lacks a part of the language. */
export const lacking = (what: string): ApiError =>
  new ApiError({
    name: 'not_implemented',
    status: 200,
    message: `the twin does not know ${what} in searches`,
    headers: [['x-orrery-gap', `search.messages:${what.split(' ')[0]}`]],
  });
