/**
 * Drive's search language: `name contains 'x' and ('a' in parents or trashed = false)`, read into a tree.
 * https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 */
import { badRequest } from '../../../errors.ts';
import { QUERY_CHARS_MAX, QUERY_DEPTH_MAX } from '../../../limits.ts';

export type Operator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'contains'
  | 'in'
  | 'has'
  | 'is null'
  | 'is not null';

export interface Test {
  kind: 'test';
  term: string;
  operator: Operator;
  /** Texts, and times and numbers as they were written; flags as they are. */
  value: string | boolean;
}

export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | Test
  | { kind: 'property'; term: string; key: string; value: string; visibility?: string };

/** Which operators and what kind of value a term takes. `choices`: the texts that it may be compared with. */
export interface Term {
  operators: readonly Operator[];
  value: 'text' | 'time' | 'flag' | 'number' | 'any';
  choices?: readonly string[];
}

/** The terms of one kind of search; undefined for a word that is none. */
export type Terms = (word: string) => Term | undefined;

interface Token {
  kind: 'word' | 'text' | 'number' | 'sign' | 'end';
  text: string;
}

const SIGN = /^(?:<=|>=|!=|[=<>(){}])/;
const WORD = /^[A-Za-z][\w./-]*/;
const NUMBER = /^-?\d+(?:\.\d+)?/;

/** The condition that `text` says in these terms. Throws `invalid` (location `q`) for what cannot be read. */
export function parseCondition(text: string, terms: Terms): Condition {
  if (text.length > QUERY_CHARS_MAX) throw unreadable();
  const reader = new Reader(tokenize(text), terms);
  const condition = either(reader, 0);
  if (reader.peek().kind !== 'end') throw unreadable();
  return condition;
}

/** What everything that is found must meet: the parts of the outermost `and`. */
export function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];
}

/** Whether a condition holds, by what each of its tests says. */
export function holdsAll(
  condition: Condition,
  holds: (leaf: Exclude<Condition, Branch>) => boolean,
): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holdsAll(part, holds));
    case 'or':
      return condition.parts.some((part) => holdsAll(part, holds));
    case 'not':
      return !holdsAll(condition.part, holds);
    default:
      return holds(condition);
  }
}

type Branch = { kind: 'and' | 'or' | 'not' };

/** Milliseconds of a time that was written; without a zone it is UTC. NaN for what is no time. */
export function timeOf(text: string): number {
  const match = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/.exec(text);
  if (!match) return Number.NaN;
  return Date.parse(match[1] || text.length === 10 ? text : `${text}Z`);
}

/** Compares as `=`, `<` and the like do; another operator holds for nothing. */
export function compares(a: number | string, operator: Operator, b: number | string): boolean {
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return false;
  }
}

class Reader {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly terms: Terms;

  constructor(tokens: readonly Token[], terms: Terms) {
    this.#tokens = tokens;
    this.terms = terms;
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
  const first = reader.take();
  if (first.kind === 'text') {
    const negated = reader.skip('not');
    if (!reader.skip('in')) throw unreadable();
    const { text: term } = reader.take();
    const found = test(reader, term, 'in', first);
    return negated ? { kind: 'not', part: found } : found;
  }
  if (first.kind !== 'word') throw unreadable();
  const known = reader.terms(first.text);
  if (!known) throw unreadable();
  if (known.operators.includes('has')) return property(reader, first.text);
  const operator = operatorOf(reader, known);
  if (operator)
    return test(reader, first.text, operator, operator.startsWith('is') ? undefined : reader.take());
  // `sharedWithMe` alone means that it is so.
  if (known.value === 'flag') return { kind: 'test', term: first.text, operator: '=', value: true };
  throw unreadable();
}

function operatorOf(reader: Reader, { operators }: Term): Operator | undefined {
  const { kind, text } = reader.peek();
  if (kind === 'text') return undefined;
  if (text.toLowerCase() === 'is') {
    reader.take();
    const found = reader.skip('not') ? 'is not null' : 'is null';
    if (!reader.skip('null') || !operators.includes(found)) throw unreadable();
    return found;
  }
  const known = operators.find((name) => name === text.toLowerCase());
  if (known) reader.take();
  return known;
}

function test(reader: Reader, term: string, operator: Operator, value: Token | undefined): Condition {
  const known = reader.terms(term);
  if (!known?.operators.includes(operator)) throw unreadable();
  if (value === undefined) return { kind: 'test', term, operator, value: '' };
  if (known.value === 'flag') {
    const flag = value.text.toLowerCase();
    if (flag !== 'true' && flag !== 'false') throw unreadable();
    return { kind: 'test', term, operator, value: flag === 'true' };
  }
  const isNumber = value.kind === 'number';
  if (known.value === 'number' ? !isNumber : value.kind !== 'text' && !(isNumber && known.value === 'any'))
    throw unreadable();
  if (known.value === 'time' && Number.isNaN(timeOf(value.text))) throw unreadable();
  if (known.choices && !known.choices.includes(value.text)) throw unreadable();
  return { kind: 'test', term, operator, value: value.text };
}

/** `properties has { key='department' and value='sales' }`; v2 adds the visibility. */
function property(reader: Reader, term: string): Condition {
  if (!reader.skip('has') || !reader.skip('{')) throw unreadable();
  const given: Record<string, string> = Object.create(null);
  do {
    const { kind, text: name } = reader.take();
    if (kind !== 'word' || !['key', 'value', 'visibility'].includes(name) || !reader.skip('='))
      throw unreadable();
    const value = reader.take();
    if (value.kind !== 'text') throw unreadable();
    given[name] = value.text;
  } while (reader.skip('and'));
  const { key, value, visibility } = given;
  if (!reader.skip('}') || key === undefined || value === undefined) throw unreadable();
  return { kind: 'property', term, key, value, ...(visibility ? { visibility } : {}) };
}

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
    const token = tokenAt(text.slice(at, at + 200));
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(rest: string): Token {
  const sign = SIGN.exec(rest)?.[0];
  if (sign) return { kind: 'sign', text: sign };
  const word = WORD.exec(rest)?.[0];
  if (word) return { kind: 'word', text: word };
  const number = NUMBER.exec(rest)?.[0];
  if (number) return { kind: 'number', text: number };
  throw unreadable();
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
