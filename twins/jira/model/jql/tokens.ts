/** A query's text cut into words, signs and quoted strings, each with its place. */
import { badQuery } from '../../errors.ts';

export interface Token {
  kind: 'word' | 'string' | 'sign';
  text: string;
  /** Offset in the query. */
  at: number;
}

const SIGNS = ['!=', '<=', '>=', '!~', '&&', '||', '=', '<', '>', '~', '!', '(', ')', ',', '&', '|'];
/** Characters that may not stand outside quotation marks. */
const RESERVED = /[*/%+^$#@[\];?{}]/;
const WORD_END = /[\s=!<>~(),"'&|]/;

/** Cuts `jql`; throws `badQuery` for an open quotation or a reserved character. */
export function tokensOf(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < jql.length) {
    const c = jql.charAt(at);
    const sign = SIGNS.find((one) => jql.startsWith(one, at));
    if (/\s/.test(c)) at++;
    else if (c === '"' || c === "'") at = quoted(jql, at, c, tokens);
    else if (sign) {
      tokens.push({ kind: 'sign', text: sign, at });
      at += sign.length;
    } else at = word(jql, at, tokens);
  }
  return tokens;
}

/** ` (line 1, character 9)` of an offset. */
export function place(jql: string, at: number): string {
  const before = jql.slice(0, at).split('\n');
  return `(line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1})`;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

function quoted(jql: string, from: number, mark: string, tokens: Token[]): number {
  let text = '';
  for (let at = from + 1; at < jql.length; at++) {
    const c = jql.charAt(at);
    if (c === mark) {
      tokens.push({ kind: 'string', text, at: from });
      return at + 1;
    }
    if (c !== '\\') {
      text += c;
      continue;
    }
    const next = jql.charAt(++at);
    const code = next === 'u' ? /^[0-9a-fA-F]{4}/.exec(jql.slice(at + 1))?.[0] : undefined;
    if (code) {
      text += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
    } else text += ESCAPES[next] ?? next;
  }
  throw badQuery(
    `Error in the JQL Query: The quoted string '${text}' has not been completed. ${place(jql, from)}`,
  );
}

function word(jql: string, from: number, tokens: Token[]): number {
  const field = /^cf\[\d+\]/i.exec(jql.slice(from));
  let at = from + (field?.[0].length ?? 0);
  for (; !field && at < jql.length && !WORD_END.test(jql.charAt(at)); at++) {
    const c = jql.charAt(at);
    if (c === '\\') at++;
    else if (RESERVED.test(c) && !(c === '+' && at === from))
      throw badQuery(
        `Error in the JQL Query: The character '${c}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}' instead. ${place(jql, at)}`,
      );
  }
  tokens.push({ kind: 'word', text: jql.slice(from, at).replace(/\\(.)/g, '$1'), at: from });
  return at;
}
