/** The text searches of the query language: words, exact phrases, beginnings, `OR` and `NOT`. Words are not stemmed. */
import { words } from '../../../../src/table.ts';

/**
 * Whether `texts` hold what a query's text asks for: every word (`foo bar`), `"exact words"`, `begin*`, `-without`,
 * `NOT without`, or one of several (`this OR that`).
 */
export function matchesText(texts: readonly string[], query: string): boolean {
  const all = texts.map((each) => words(each));
  return query.split(/\s+OR\s+|\|\|/).some((alternative) => {
    const terms = alternative.replace(/(?:\bAND\b|&&)/g, ' ').matchAll(/(NOT\s+|[+!-])?(?:"([^"]+)"|(\S+))/g);
    return [...terms].every(([, sign, phrase, word = '']) => {
      const found = phrase
        ? texts.some((each) => ` ${plainWords(each)} `.includes(` ${plainWords(phrase)} `))
        : all.some((own) => hasWord(own, word.toLowerCase()));
      return sign === undefined || sign === '+' ? found : !found;
    });
  });
}

/** A word that every hit has, where the query is so plain that an index of words may be asked for it. */
export function indexedWord(query: string): string | undefined {
  if (!/^[\p{L}\p{N}\s"]+$/u.test(query) || /\b(?:OR|AND|NOT)\b/.test(query)) return undefined;
  return words(query)[0];
}

const plainWords = (value: string): string => (value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

function hasWord(own: readonly string[], word: string): boolean {
  if (/[*?]/.test(word)) return own.some((each) => matchesPattern(each, word));
  const parts = words(word.replace(/~\d*$/, ''));
  return parts.every((part) => own.includes(part));
}

/** `*` stands for any characters, `?` for one. Goes back only to the last star: no pattern takes long. */
function matchesPattern(value: string, pattern: string): boolean {
  let [at, from] = [0, 0];
  let [star, mark] = [-1, 0];
  while (at < value.length) {
    const c = pattern.charAt(from);
    if (c === '*') {
      star = from++;
      mark = at;
    } else if (c === '?' || c === value.charAt(at)) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern.charAt(from) === '*') from++;
  return from === pattern.length;
}
