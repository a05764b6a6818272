/** A query's text cut into words, numbers, signs and quoted strings, each with its place. */
import { badQuery } from '../../errors.ts';
import type { Span } from './ast.ts';
import { KEYWORDS, RESERVED } from './reserved.ts';

export interface Token {
  /** A keyword is a word of the grammar; a word may be anything else that stands outside quotation marks. */
  kind: 'word' | 'keyword' | 'number' | 'string' | 'sign';
  /** What it means: without quotation marks, escapes undone, keywords in lower case. */
  text: string;
  /** What stands there. */
  raw: string;
  span: Span;
}

const SIGNS = ['!=', '<=', '>=', '!~', '&&', '||', ...'=<>~!(),&|[]'];
/** Characters that may not stand outside quotation marks. */
const RESERVED_CHARACTER = /[{}*/%+^$#@?;]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that queries may not hold
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/;
const SPACE = /[ \t\r\n]/;
const WORD_END = /[ \t\r\n=!<>~(),"'&|[\]]/;
const NUMBER = /^[+-]?\d+$/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  ' ': ' ',
};
const VALID_ESCAPES = "The valid escape sequences are \\', \\\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX.";
const NUMBER_MAX = 9_223_372_036_854_775_807n;

/** Cuts `jql`; throws `badQuery` for what the language has no place for. */
export function tokensOf(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < jql.length) {
    const c = jql.charAt(at);
    if (SPACE.test(c)) {
      at++;
      continue;
    }
    const token = c === '"' || c === "'" ? quoted(jql, at) : (signAt(jql, at) ?? word(jql, at));
    tokens.push(token);
    at = token.span.to;
  }
  return tokens;
}

/** ` (line 1, character 9)` of an offset. */
export function place(jql: string, at: number): string {
  const before = jql.slice(0, at).split('\n');
  return `(line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1})`;
}

/** Refuses a query that cannot be read. `at` is where; none at its end. */
export function unreadable(
  jql: string,
  message: string,
  at?: number,
  lead = 'Error in the JQL Query',
): never {
  throw badQuery(`${lead}: ${message}${at === undefined ? '' : ` ${place(jql, at)}`}`);
}

function signAt(jql: string, at: number): Token | undefined {
  const sign = SIGNS.find((one) => jql.startsWith(one, at));
  return sign === undefined
    ? undefined
    : { kind: 'sign', text: sign, raw: sign, span: { from: at, to: at + sign.length } };
}

function quoted(jql: string, from: number): Token {
  const mark = jql.charAt(from);
  let text = '';
  for (let at = from + 1; at < jql.length; ) {
    const c = jql.charAt(at);
    if (c === mark) {
      const span = { from, to: at + 1 };
      return { kind: 'string', text, raw: jql.slice(from, at + 1), span };
    }
    const one = character(jql, at, false);
    text += one.text;
    at = one.to;
  }
  const said = oneLine(text);
  const which = said.trim() === '' ? 'The quoted string' : `The quoted string '${said}'`;
  return unreadable(jql, `${which} has not been completed.`, from);
}

function word(jql: string, from: number): Token {
  let [at, text, plain] = [from, '', true];
  while (at < jql.length && !WORD_END.test(jql.charAt(at))) {
    const sign = jql.charAt(at) === '+' && at === from && NUMBER.test(jql.slice(at, at + 2));
    const one = sign ? { text: '+', to: at + 1 } : character(jql, at, true);
    plain &&= jql.charAt(at) !== '\\';
    text += one.text;
    at = one.to;
  }
  const token = { text, raw: jql.slice(from, at), span: { from, to: at } };
  if (!plain) return { ...token, kind: 'word' };
  if (NUMBER.test(text)) return { ...token, kind: 'number', text: numberText(jql, text, from) };
  const lower = text.toLowerCase();
  if (KEYWORDS.has(lower)) return { ...token, kind: 'keyword', text: lower };
  if (RESERVED.has(lower))
    unreadable(
      jql,
      `'${text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`,
      from,
    );
  return { ...token, kind: 'word' };
}

/** A number is 64 bits wide. */
function numberText(jql: string, text: string, from: number): string {
  const number = BigInt(text.replace('+', ''));
  if (number > NUMBER_MAX || number < -NUMBER_MAX - 1n)
    unreadable(
      jql,
      `'${text}' is not a valid number. Numbers must be between -9,223,372,036,854,775,808 and 9,223,372,036,854,775,807.`,
      from,
    );
  return number.toString();
}

/** One character, escapes undone. */
function character(jql: string, at: number, bare: boolean): { text: string; to: number } {
  const c = jql.charAt(at);
  if (c === '\\') return escaped(jql, at);
  if (CONTROL.test(c)) {
    const { line, position } = lineOf(jql, at);
    unreadable(
      jql,
      `The character '${printable(c)}' on line ${line} at position ${position} must be escaped. Use the escape '${escapeOf(c)}' instead.`,
      at,
    );
  }
  if (bare && RESERVED_CHARACTER.test(c))
    unreadable(
      jql,
      `The character '${c}' is a reserved JQL character. You must enclose it in a string or use the escape '${escapeOf(c)}' instead.`,
      at,
    );
  return { text: c, to: at + 1 };
}

function escaped(jql: string, at: number): { text: string; to: number } {
  const next = jql.charAt(at + 1);
  const plain = ESCAPES[next];
  if (plain !== undefined && next !== '') return { text: plain, to: at + 2 };
  if (next === '') unreadable(jql, `The escape sequence has not been completed. ${VALID_ESCAPES}`, at);
  if (next !== 'u') illegalEscape(jql, at, at + 2);
  for (let i = 2; i < 6; i++)
    if (!/^[0-9a-fA-F]$/.test(jql.charAt(at + i))) illegalEscape(jql, at, at + i + 1);
  return { text: String.fromCharCode(Number.parseInt(jql.slice(at + 2, at + 6), 16)), to: at + 6 };
}

const illegalEscape = (jql: string, from: number, to: number): never =>
  unreadable(
    jql,
    `'${oneLine(jql.slice(from, to))}' is an illegal JQL escape sequence. ${VALID_ESCAPES}`,
    from,
  );

const lineOf = (jql: string, at: number): { line: number; position: number } => {
  const before = jql.slice(0, at).split('\n');
  return { line: before.length, position: (before.at(-1)?.length ?? 0) + 1 };
};
const oneLine = (text: string): string => text.replace(/[\r\n]/g, ' ');
const hex = (c: string): string => c.charCodeAt(0).toString(16).padStart(4, '0');
const escapeOf = (c: string): string => `\\u${hex(c)}`;
const printable = (c: string): string => (c === '\t' ? 'TAB' : `U+${hex(c).toUpperCase()}`);
