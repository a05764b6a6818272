/**
 * Drive's search language: `name contains 'x' and ('a' in parents or trashed = false)`, read into a tree.
 * https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 */
import { badRequest } from '../../errors.ts';
import { QUERY_CHARS_MAX, QUERY_DEPTH_MAX } from '../../limits.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'in' | 'has';

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'test'; term: string; operator: Operator; value: string | boolean }
  | { kind: 'property'; term: 'properties' | 'appProperties'; key: string; value: string };

/** Which operators and what kind of value each term takes. */
export type Terms = Readonly<
  Record<string, { operators: readonly Operator[]; value: 'text' | 'time' | 'flag' | 'count' }>
>;

/** Terms of searches for files. */
const TERMS: Terms = {
  name: { operators: ['contains', '=', '!='], value: 'text' },
  fullText: { operators: ['contains'], value: 'text' },
  mimeType: { operators: ['contains', '=', '!='], value: 'text' },
  modifiedTime: { operators: ['<=', '<', '=', '!=', '>', '>='], value: 'time' },
  viewedByMeTime: { operators: ['<=', '<', '=', '!=', '>', '>='], value: 'time' },
  createdTime: { operators: ['<=', '<', '=', '!=', '>', '>='], value: 'time' },
  sharedWithMeTime: { operators: ['<=', '<', '=', '!=', '>', '>='], value: 'time' },
  trashed: { operators: ['=', '!='], value: 'flag' },
  starred: { operators: ['=', '!='], value: 'flag' },
  sharedWithMe: { operators: ['=', '!='], value: 'flag' },
  visibility: { operators: ['=', '!='], value: 'text' },
  'shortcutDetails.targetId': { operators: ['=', '!='], value: 'text' },
  parents: { operators: ['in'], value: 'text' },
  owners: { operators: ['in'], value: 'text' },
  writers: { operators: ['in'], value: 'text' },
  readers: { operators: ['in'], value: 'text' },
};

interface Token {
  kind: 'word' | 'text' | 'sign' | 'end';
  text: string;
}

const SIGN = /^(?:<=|>=|!=|[=<>(){}])/;
const WORD = /^(?:[A-Za-z][A-Za-z.]*|\d+)/;

/** The condition that `text` says, of these terms. Throws `invalid` (location `q`) for what cannot be read. */
export function parseQuery(text: string, terms: Terms = TERMS): Condition {
  if (text.length > QUERY_CHARS_MAX) throw unreadable();
  const reader = new Reader(tokenize(text), terms);
  const condition = either(reader, 0);
  if (reader.peek().kind !== 'end') throw unreadable();
  return condition;
}

/** What every file must meet: the parts of the outermost `and`. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];
}

class Reader {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(
    tokens: readonly Token[],
    readonly terms: Terms,
  ) {
    this.#tokens = tokens;
  }

  peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '' };
  }

  take(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Takes the next token if it is this word (whatever its case) or sign. */
  skip(text: string): boolean {
    const { kind, text: next } = this.peek();
    if (kind === 'text' || next.toLowerCase() !== text) return false;
    this.#at++;
    return true;
  }
}

function either(reader: Reader, depth: number): Condition {
  if (depth > QUERY_DEPTH_MAX) throw unreadable();
  const parts = [both(reader, depth)];
  while (reader.skip('or')) parts.push(both(reader, depth));
  return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
}

function both(reader: Reader, depth: number): Condition {
  const parts = [one(reader, depth)];
  while (reader.skip('and')) parts.push(one(reader, depth));
  return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
}

function one(reader: Reader, depth: number): Condition {
  if (depth > QUERY_DEPTH_MAX) throw unreadable();
  if (reader.skip('not')) return { kind: 'not', part: one(reader, depth + 1) };
  if (reader.skip('(')) {
    const inner = either(reader, depth + 1);
    if (!reader.skip(')')) throw unreadable();
    return inner;
  }
  const first = reader.peek();
  if (first.kind === 'text') {
    reader.take();
    if (!reader.skip('in')) throw unreadable();
    return test(reader, termOf(reader), 'in', first);
  }
  const term = termOf(reader);
  if (term === 'properties' || term === 'appProperties') return property(reader, term);
  const operator = reader.peek();
  const known = reader.terms[term]?.operators.find((name) => name === operator.text.toLowerCase());
  if (operator.kind === 'text' || !known) {
    // `sharedWithMe` alone means that it is so.
    if (term === 'sharedWithMe') return { kind: 'test', term, operator: '=', value: true };
    throw unreadable();
  }
  reader.take();
  return test(reader, term, known, reader.take());
}

function test({ terms }: Reader, term: string, operator: Operator, value: Token): Condition {
  const known = terms[term];
  if (!known?.operators.includes(operator)) throw unreadable();
  if (known.value === 'flag') {
    const flag = value.text.toLowerCase();
    if (flag !== 'true' && flag !== 'false') throw unreadable();
    return { kind: 'test', term, operator, value: flag === 'true' };
  }
  if (known.value === 'count') {
    if (!/^\d{1,9}$/.test(value.text)) throw unreadable();
    return { kind: 'test', term, operator, value: value.text };
  }
  if (value.kind !== 'text') throw unreadable();
  if (known.value === 'time' && Number.isNaN(Date.parse(value.text))) throw unreadable();
  return { kind: 'test', term, operator, value: value.text };
}

/** `properties has { key='department' and value='sales' }` */
function property(reader: Reader, term: 'properties' | 'appProperties'): Condition {
  const parts: string[] = [];
  for (const expected of ['has', '{', 'key', '=', undefined, 'and', 'value', '=', undefined, '}']) {
    if (expected !== undefined) {
      if (!reader.skip(expected)) throw unreadable();
      continue;
    }
    const token = reader.take();
    if (token.kind !== 'text') throw unreadable();
    parts.push(token.text);
  }
  return { kind: 'property', term, key: parts[0] ?? '', value: parts[1] ?? '' };
}

function termOf(reader: Reader): string {
  const token = reader.take();
  if (token.kind !== 'word') throw unreadable();
  const known = isPropertyTerm(reader, token.text) || Object.hasOwn(reader.terms, token.text);
  if (!known) throw unreadable();
  return token.text;
}

/** Files alone have properties. */
const isPropertyTerm = ({ terms }: Reader, text: string): boolean =>
  terms === TERMS && (text === 'properties' || text === 'appProperties');

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    if (/\s/.test(c)) {
      at++;
      continue;
    }
    if (c === "'" || c === '"') {
      const end = endOfText(text, at);
      tokens.push({ kind: 'text', text: text.slice(at + 1, end).replace(/\\(.)/gs, '$1') });
      at = end + 1;
      continue;
    }
    const sign = SIGN.exec(text.slice(at, at + 2));
    const word = sign ? undefined : WORD.exec(text.slice(at, at + 100));
    const found = sign?.[0] ?? word?.[0];
    if (!found) throw unreadable();
    tokens.push({ kind: sign ? 'sign' : 'word', text: found });
    at += found.length;
  }
  return tokens;
}

/** The closing quote of the text that opens at `from`; a backslash escapes. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  throw unreadable();
}

const unreadable = () => badRequest('Invalid Value', 'q');
