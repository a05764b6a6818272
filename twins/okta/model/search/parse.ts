/**
 * The vendor's filter expressions (SCIM-like) read into a tree: `eq ne gt ge lt le sw ew co pr`, `and`, `or`, `not`,
 * parentheses. https://developer.okta.com/docs/api/#filter
 */
import { SEARCH_CHARS_MAX, SEARCH_TERMS_MAX } from '../../limits.ts';

export type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'sw' | 'ew' | 'co' | 'pr';
export type Literal = string | number | boolean | null;

/** A filter expression. */
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; inner: Filter }
  | { kind: 'compare'; attribute: string; operator: Operator; value: Literal };

/**
 * Reads an expression. `bad` makes what is thrown for one that cannot be read, as E0000031, with a reason.
 */
export function parseFilter(text: string, bad: (why: string) => Error): Filter {
  if (text.length > SEARCH_CHARS_MAX) throw bad('The expression is too long.');
  const reader: Reader = { tokens: tokens(text, bad), at: 0, terms: 0, bad };
  const filter = disjunction(reader);
  const left = reader.tokens[reader.at];
  if (left) throw bad(`Unexpected '${left.text}' in the expression.`);
  return filter;
}

/** Every comparison of a filter, for rules about which attributes and operators are allowed. */
export function comparisons(filter: Filter): Extract<Filter, { kind: 'compare' }>[] {
  if (filter.kind === 'compare') return [filter];
  if (filter.kind === 'not') return comparisons(filter.inner);
  return [...comparisons(filter.left), ...comparisons(filter.right)];
}

interface Token {
  kind: 'word' | 'text' | 'open' | 'close';
  text: string;
}

interface Reader {
  tokens: readonly Token[];
  at: number;
  terms: number;
  bad: (why: string) => Error;
}

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'ew', 'co', 'pr']);
const TOKEN = /\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y;
const ATTRIBUTE = /^[A-Za-z_$][\w$.:-]*$/;

function tokens(text: string, bad: Reader['bad']): Token[] {
  const found: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) throw bad('A text has no closing quotation mark.');
    const [, open, close, quoted, word] = match;
    if (open) found.push({ kind: 'open', text: open });
    else if (close) found.push({ kind: 'close', text: close });
    else if (quoted !== undefined) found.push({ kind: 'text', text: unescaped(quoted) });
    else found.push({ kind: 'word', text: word as string });
  }
  return found;
}

const unescaped = (quoted: string): string => quoted.replace(/\\(.)/g, '$1');

function disjunction(reader: Reader): Filter {
  let left = conjunction(reader);
  while (takeWord(reader, 'or')) left = { kind: 'or', left, right: conjunction(reader) };
  return left;
}

function conjunction(reader: Reader): Filter {
  let left = term(reader);
  while (takeWord(reader, 'and')) left = { kind: 'and', left, right: term(reader) };
  return left;
}

function term(reader: Reader): Filter {
  if (++reader.terms > SEARCH_TERMS_MAX) throw reader.bad('The expression is too complex.');
  if (takeWord(reader, 'not')) return { kind: 'not', inner: term(reader) };
  const token = reader.tokens[reader.at++];
  if (!token) throw reader.bad('The expression ends too early.');
  if (token.kind === 'open') {
    const inner = disjunction(reader);
    if (reader.tokens[reader.at++]?.kind !== 'close') throw reader.bad('A parenthesis is not closed.');
    return inner;
  }
  if (token.kind !== 'word' || !ATTRIBUTE.test(token.text))
    throw reader.bad(`'${token.text}' is not an attribute.`);
  return comparison(reader, token.text);
}

function comparison(reader: Reader, attribute: string): Filter {
  const operator = reader.tokens[reader.at++];
  const name = operator?.kind === 'word' ? operator.text.toLowerCase() : '';
  if (!OPERATORS.has(name)) throw reader.bad(`Unrecognized attribute operator '${operator?.text ?? ''}'.`);
  if (name === 'pr') return { kind: 'compare', attribute, operator: 'pr', value: null };
  const value = reader.tokens[reader.at++];
  if (!value || value.kind === 'open' || value.kind === 'close')
    throw reader.bad(`'${attribute} ${name}' lacks a value.`);
  return { kind: 'compare', attribute, operator: name as Operator, value: literal(value, reader) };
}

function literal(token: Token, reader: Reader): Literal {
  if (token.kind === 'text') return token.text;
  if (token.text === 'true') return true;
  if (token.text === 'false') return false;
  if (token.text === 'null') return null;
  if (/^-?\d+(\.\d+)?$/.test(token.text)) return Number(token.text);
  throw reader.bad(`'${token.text}' is not a value.`);
}

function takeWord(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
  // An attribute may be named like a keyword: it is one when an operator follows it.
  const next = reader.tokens[reader.at + 1];
  if (word === 'not' && next?.kind === 'word' && OPERATORS.has(next.text.toLowerCase())) return false;
  reader.at++;
  return true;
}
