/** A formula's text in its pieces. Numbers and separators are the locale's own: `1,5` and `;` where a comma is the point. */

/** What a piece is: `word` a name or a function's, `reference` a cell or range with or without its sheet. */
export interface Token {
  kind: 'number' | 'text' | 'word' | 'reference' | 'table' | 'error' | 'sign';
  text: string;
  /** Of a reference or a word: the sheet before `!`, unquoted. */
  sheet?: string;
}

/** A formula that cannot be read: the cell shows `#ERROR!`. */
export class FormulaSyntaxError extends Error {
  constructor() {
    super('Formula parse error.');
  }
}

const CELL = String.raw`\$?[A-Za-z]{1,3}\$?[1-9]\d*`;
const COLUMN = String.raw`\$?[A-Za-z]{1,3}`;
const ROW = String.raw`\$?[1-9]\d*`;
const NO_MORE = String.raw`(?![\p{L}\p{N}_.(!])`;
const RANGE = `(?:${COLUMN}:${CELL}|${COLUMN}:${COLUMN}|${ROW}:${CELL}|${ROW}:${ROW}|${CELL}:(?:${CELL}|${COLUMN}|${ROW}))${NO_MORE}`;

const SPACE = /\s+/y;
const TEXT = /"(?:[^"]|"")*"/y;
const ERROR = /#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|ERROR!)/iy;
const TITLE = /(?:'((?:[^']|'')*)'|([\p{L}_][\p{L}\p{N}_.]*))!/uy;
const REFERENCE = new RegExp(`${RANGE}|${CELL}${NO_MORE}`, 'uy');
const WORD = /[\p{L}_][\p{L}\p{N}_.]*/uy;
const SIGN = /<=|>=|<>|[-+*/^&=<>(),;{}%:\\]/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NUMBER_COMMA = /(?:\d+(?:,\d+)?|,\d+)(?:[eE][+-]?\d+)?/y;
const TABLE = /\[(?:[^[\]]|\[[^[\]]*\])*\]/y;

/** Whether numbers of a locale (`de_DE`) have a comma for a point. */
export function commaIsPoint(locale: string): boolean {
  let known = POINTS.get(locale);
  if (known === undefined) {
    known = pointOf(locale) === ',';
    if (POINTS.size < LOCALES_MAX) POINTS.set(locale, known);
  }
  return known;
}

const POINTS = new Map<string, boolean>();
const LOCALES_MAX = 1_000;

function pointOf(locale: string): string {
  try {
    const parts = new Intl.NumberFormat(locale.replace('_', '-')).formatToParts(1.5);
    return parts.find((part) => part.type === 'decimal')?.value ?? '.';
  } catch {
    return '.';
  }
}

/** The tokens of a formula's text behind its `=`. Throws FormulaSyntaxError. */
export function tokensOf(text: string, comma: boolean): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const number = comma ? NUMBER_COMMA : NUMBER;
  while (at < text.length) {
    if (take(SPACE)) continue;
    const string = take(TEXT);
    if (string) {
      tokens.push({ kind: 'text', text: string[0].slice(1, -1).replace(/""/g, '"') });
      continue;
    }
    const title = take(TITLE);
    const sheet = title ? (title[1]?.replace(/''/g, "'") ?? title[2]) : undefined;
    const on = sheet === undefined ? {} : { sheet };
    const reference = take(REFERENCE);
    if (reference) {
      tokens.push({ kind: 'reference', text: reference[0], ...on });
      continue;
    }
    const word = take(WORD);
    if (word) {
      const table = take(TABLE);
      tokens.push({ kind: table ? 'table' : 'word', text: word[0] + (table?.[0] ?? ''), ...on });
      continue;
    }
    const error = take(ERROR);
    if (error) {
      tokens.push({ kind: 'error', text: error[0].toUpperCase() });
      continue;
    }
    const digits = title ? null : take(number);
    if (digits) {
      tokens.push({ kind: 'number', text: digits[0].replace(',', '.') });
      continue;
    }
    const sign = title ? null : take(SIGN);
    if (!sign) throw new FormulaSyntaxError();
    tokens.push({ kind: 'sign', text: sign[0] });
  }
  return tokens;
}
