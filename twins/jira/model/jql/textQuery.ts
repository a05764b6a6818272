/**
 * The text searches behind `~`: words in any form of theirs, `"exact phrases"`, `begin*` and `te?t`, `like~`, `-without`,
 * `NOT`, `OR`, brackets. https://support.atlassian.com/jira-software-cloud/docs/search-for-issues-using-the-text-field/
 */
import { stem } from '../../../../src/stem.ts';
import { words } from '../../../../src/table.ts';
import { JQL_DEPTH_MAX } from '../../limits.ts';

/** What a text must say. `word` is in the form in which words are compared. */
export type Wanted =
  | { kind: 'word'; word: string }
  | { kind: 'phrase'; words: readonly string[] }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'fuzzy'; word: string }
  | { kind: 'all' | 'any'; parts: readonly Wanted[] }
  | { kind: 'not'; part: Wanted };

/** Reads a text search; undefined for one that cannot be read, `wildcard` for one that begins a word with a wildcard. */
export function readTextQuery(query: string): Wanted | 'wildcard' | undefined {
  const terms = [...query.matchAll(TERMS)].map(([term]) => term);
  if (terms.join('').length !== query.replace(/\s+/g, '').length && !query.includes('"')) return undefined;
  try {
    return new Reader(terms).read();
  } catch (error) {
    if (error instanceof Unreadable) return error.wildcard ? 'wildcard' : undefined;
    throw error;
  }
}

const TERMS = /[+\-!]?"(?:[^"\\]|\\.)*"(?:~\d*)?(?:\^[\d.]+)?|&&|\|\||[()]|(?:\\.|[^\s()"])+|"/g;

class Unreadable extends Error {
  readonly wildcard: boolean;
  constructor(wildcard = false) {
    super();
    this.wildcard = wildcard;
  }
}

const NOTHING_WANTED: Wanted = { kind: 'all', parts: [] };

class Reader {
  readonly #terms: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(terms: readonly string[]) {
    this.#terms = terms;
  }

  read(): Wanted {
    const wanted = this.#any();
    if (this.#at < this.#terms.length) throw new Unreadable();
    return wanted;
  }

  #any(): Wanted {
    const parts = [this.#all()];
    while (this.#take('OR') || this.#take('||')) parts.push(this.#all());
    return parts.length === 1 ? (parts[0] as Wanted) : { kind: 'any', parts };
  }

  #all(): Wanted {
    const parts = [this.#one()];
    for (let term = this.#peek(); term !== undefined && !ENDS.has(term); term = this.#peek()) {
      if (term === 'AND' || term === '&&') this.#at++;
      parts.push(this.#one());
    }
    return parts.length === 1 ? (parts[0] as Wanted) : { kind: 'all', parts };
  }

  #one(): Wanted {
    const term = this.#peek();
    if (term === undefined || JOINTS.has(term) || /^[+\-!"]$/.test(term)) throw new Unreadable();
    if (++this.#depth > JQL_DEPTH_MAX) throw new Unreadable();
    this.#at++;
    const wanted = this.#from(term);
    this.#depth--;
    return wanted;
  }

  #from(term: string): Wanted {
    if (term === 'NOT') return { kind: 'not', part: this.#one() };
    if (term === '(') {
      const inner = this.#any();
      if (!this.#take(')')) throw new Unreadable();
      return inner;
    }
    const sign = /^[+\-!]/.exec(term)?.[0];
    const bare = sign ? term.slice(1) : term;
    return sign === '-' || sign === '!' ? { kind: 'not', part: wantedBy(bare) } : wantedBy(bare);
  }

  #peek(): string | undefined {
    return this.#terms[this.#at];
  }

  #take(term: string): boolean {
    const is = this.#peek() === term;
    if (is) this.#at++;
    return is;
  }
}

const ENDS = new Set(['OR', '||', ')']);
const JOINTS = new Set(['OR', '||', ')', 'AND', '&&']);

/** One word or phrase; its boost says nothing, since hits are not ranked. */
function wantedBy(term: string): Wanted {
  const bare = term.replace(/\^[\d.]+$/, '');
  const phrase = /^"(.*)"(?:~\d*)?$/s.exec(bare);
  if (phrase) {
    const parts = allWords(phrase[1] ?? '');
    return parts.length === 1 ? { kind: 'word', word: parts[0] as string } : { kind: 'phrase', words: parts };
  }
  if (/^[*?]/.test(bare)) throw new Unreadable(true);
  const plain = bare.replace(/\\(.)/g, '$1').toLowerCase();
  if (/[*?]/.test(bare)) return { kind: 'pattern', pattern: plain };
  const fuzzy = /^([\p{L}\p{N}]+)~[\d.]*$/u.exec(plain);
  if (fuzzy) return { kind: 'fuzzy', word: fuzzy[1] ?? '' };
  const parts = allWords(plain);
  if (parts.length === 0) return NOTHING_WANTED;
  return parts.length === 1 ? { kind: 'word', word: parts[0] as string } : { kind: 'phrase', words: parts };
}

const RAW = /[\p{L}\p{N}]+/gu;

/** The words of a text in their order, in the form in which they are compared. */
const allWords = (text: string): string[] => (text.toLowerCase().match(RAW) ?? []).map(stem);

/** Whether one of `texts` says what is wanted. */
export function says(texts: readonly string[], wanted: Wanted): boolean {
  switch (wanted.kind) {
    case 'all':
      return wanted.parts.every((part) => says(texts, part));
    case 'any':
      return wanted.parts.some((part) => says(texts, part));
    case 'not':
      return !says(texts, wanted.part);
    case 'word':
      return texts.some((text) => allWords(text).includes(wanted.word));
    case 'phrase':
      return texts.some((text) => ` ${allWords(text).join(' ')} `.includes(` ${wanted.words.join(' ')} `));
    case 'pattern':
      return texts.some((text) => words(text).some((word) => matchesPattern(word, wanted.pattern)));
    case 'fuzzy':
      return texts.some((text) => words(text).some((word) => alike(word, wanted.word)));
  }
}

/** Letters that may differ in `roam~`; as many as make `foam` and `roams` hits. */
const EDITS_MAX = 2;

/** Whether two words are at most so many changed letters apart. */
function alike(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > EDITS_MAX) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] as number) + Number(a.charAt(i - 1) !== b.charAt(j - 1));
      next.push(Math.min(changed, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return (row[b.length] as number) <= EDITS_MAX;
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
