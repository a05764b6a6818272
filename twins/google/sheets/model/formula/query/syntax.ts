/** The query language of Google Visualization, as text. https://developers.google.com/chart/interactive/docs/querylanguage */
import { SHEET_QUERY_DEPTH_MAX, SHEET_QUERY_TOKENS_MAX } from '../../../../limits.ts';
import { serialOf, timeOf } from '../../serial.ts';
import { CellError } from '../value.ts';

export type Kind = 'number' | 'string' | 'boolean' | 'date' | 'datetime' | 'timeofday';

/** What a column of the answer, a condition or an order is made of. */
export type Expression =
  | { kind: 'column'; id: string }
  | { kind: 'constant'; value: number | string | boolean; type: Kind }
  | { kind: 'scalar'; name: string; args: Expression[] }
  | { kind: 'aggregate'; name: string; column: Expression };

export type Condition =
  | { kind: 'all' | 'any'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'null'; of: Expression; is: boolean }
  | { kind: 'compare'; operator: string; left: Expression; right: Expression };

export interface Query {
  /** Absent for every column. */
  select?: Expression[];
  where?: Condition;
  group: Expression[];
  pivot: Expression[];
  order: { by: Expression; ascending: boolean }[];
  skipping?: number;
  limit?: number;
  offset: number;
  labels: { of: Expression; text: string }[];
  formats: { of: Expression; text: string }[];
  noValues: boolean;
  noFormat: boolean;
}

/** A query's refusal. Shows `#VALUE!`. */
export const queryError = (text: string): CellError =>
  new CellError('VALUE', `Unable to parse query string for Function QUERY parameter 2: ${text}`);

/** One text for each different expression. */
export const keyOf = (one: Expression): string => {
  if (one.kind === 'column') return one.id;
  if (one.kind === 'constant') return `${one.type} ${one.value}`;
  if (one.kind === 'aggregate') return `${one.name}(${keyOf(one.column)})`;
  return `${one.name}[${one.args.map(keyOf).join()}]`;
};

interface Token {
  kind: 'number' | 'string' | 'word' | 'quoted' | 'sign' | 'end';
  text: string;
  at: number;
}

const TOKENS =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|'([^']*)'|"([^"]*)"|`([^`]*)`|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|<>|!=|[-+*/%=<>(),]))/uy;

/** Reads a query. Throws CellError `VALUE`. */
export function parseQuery(text: string): Query {
  return new Parser(tokensOf(text)).query();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKENS.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKENS.lastIndex < end) {
    const at = TOKENS.lastIndex;
    const match = TOKENS.exec(text);
    if (!match)
      throw queryError(
        `PARSE_ERROR: Lexical error at line 1, column ${at + 1}. Encountered: "${text.slice(at).trim()[0]}" after : ""`,
      );
    const [, number, single, double, quoted, word, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (single !== undefined || double !== undefined)
      tokens.push({ kind: 'string', text: single ?? double ?? '', at });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  if (tokens.length > SHEET_QUERY_TOKENS_MAX) throw queryError('PARSE_ERROR: The query is too long.');
  tokens.push({ kind: 'end', text: '<EOF>', at: text.length });
  return tokens;
}

const AGGREGATES = new Set(['avg', 'count', 'max', 'min', 'sum']);
const SCALARS: ReadonlyMap<string, string> = new Map(
  [
    ...['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'quarter', 'dayOfWeek', 'now'],
    ...['dateDiff', 'toDate', 'upper', 'lower'],
  ].map((name) => [name.toLowerCase(), name]),
);
const ARITHMETIC: Readonly<Record<string, string>> = {
  '+': 'sum',
  '-': 'difference',
  '*': 'product',
  '/': 'quotient',
  '%': 'modulo',
};
const COMPARISONS = new Set(['=', '!=', '<>', '<', '<=', '>', '>=']);

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  query(): Query {
    const select =
      this.#words('select') && !this.#sign('*') ? this.#list(() => this.#expression()) : undefined;
    if (this.#words('from')) this.#at++;
    const where = this.#words('where') ? this.#any() : undefined;
    const group = this.#words('group', 'by') ? this.#list(() => this.#expression()) : [];
    const pivot = this.#words('pivot') ? this.#list(() => this.#expression()) : [];
    const order = this.#words('order', 'by') ? this.#list(() => this.#ordering()) : [];
    const skipping = this.#words('skipping') ? this.#whole() : undefined;
    const limit = this.#words('limit') ? this.#whole() : undefined;
    const offset = this.#words('offset') ? this.#whole() : 0;
    const labels = this.#words('label') ? this.#list(() => this.#named()) : [];
    const formats = this.#words('format') ? this.#list(() => this.#named()) : [];
    const options = this.#words('options') ? this.#options() : [];
    if (this.#now.kind !== 'end') this.#refuse();
    return {
      ...(select ? { select } : {}),
      ...(where ? { where } : {}),
      ...(skipping === undefined ? {} : { skipping }),
      ...(limit === undefined ? {} : { limit }),
      group,
      pivot,
      order,
      offset,
      labels,
      formats,
      noValues: options.includes('no_values'),
      noFormat: options.includes('no_format'),
    };
  }

  get #now(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #refuse(): never {
    const { kind, text, at } = this.#now;
    const shown = kind === 'word' ? `<ID> "${text} "` : `"${text}" "${text} "`;
    throw queryError(
      kind === 'end'
        ? `PARSE_ERROR: Encountered "<EOF>" at line 1, column ${at + 1}.`
        : `PARSE_ERROR: Encountered " ${shown}" at line 1, column ${at + 1}.`,
    );
  }

  /** Takes the words where they come next. */
  #words(...words: string[]): boolean {
    const all = words.every((word, i) => {
      const token = this.#tokens[this.#at + i];
      return token?.kind === 'word' && token.text.toLowerCase() === word;
    });
    if (all) this.#at += words.length;
    return all;
  }

  #sign(text: string): boolean {
    if (this.#now.kind !== 'sign' || this.#now.text !== text) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#sign(text)) this.#refuse();
  }

  #list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.#sign(',')) items.push(item());
    return items;
  }

  #take(kind: Token['kind']): string {
    if (this.#now.kind !== kind) this.#refuse();
    const { text } = this.#now;
    this.#at++;
    return text;
  }

  #whole(): number {
    return Number(this.#take('number'));
  }

  #options(): string[] {
    const found: string[] = [];
    while (this.#now.kind === 'word') {
      const word = this.#take('word').toLowerCase();
      if (word !== 'no_values' && word !== 'no_format') this.#refuse();
      found.push(word);
    }
    return found;
  }

  #named(): { of: Expression; text: string } {
    const of = this.#expression();
    return { of, text: this.#take('string') };
  }

  #ordering(): { by: Expression; ascending: boolean } {
    const by = this.#expression();
    if (this.#words('desc')) return { by, ascending: false };
    this.#words('asc');
    return { by, ascending: true };
  }

  /** Runs what stands in brackets. */
  #within<T>(body: () => T): T {
    if (++this.#depth > SHEET_QUERY_DEPTH_MAX)
      throw queryError('PARSE_ERROR: The query has too many brackets.');
    try {
      return body();
    } finally {
      this.#depth--;
    }
  }

  #any(): Condition {
    const parts = [this.#all()];
    while (this.#words('or')) parts.push(this.#all());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'any', parts };
  }

  #all(): Condition {
    const parts = [this.#condition()];
    while (this.#words('and')) parts.push(this.#condition());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'all', parts };
  }

  #condition(): Condition {
    if (this.#words('not')) return { kind: 'not', part: this.#within(() => this.#condition()) };
    const start = this.#at;
    if (this.#sign('(')) {
      // What begins with a bracket is a condition, unless an operator shows that it was a value.
      try {
        const inner = this.#within(() => this.#any());
        this.#expect(')');
        if (!Object.hasOwn(ARITHMETIC, this.#now.text) && !this.#comparison(false)) return inner;
      } catch (error) {
        if (!(error instanceof CellError)) throw error;
      }
      this.#at = start;
    }
    const left = this.#expression();
    if (this.#words('is', 'not', 'null')) return { kind: 'null', of: left, is: false };
    if (this.#words('is', 'null')) return { kind: 'null', of: left, is: true };
    const operator = this.#comparison(true);
    if (operator === undefined) this.#refuse();
    return { kind: 'compare', operator, left, right: this.#expression() };
  }

  #comparison(take: boolean): string | undefined {
    const start = this.#at;
    const { kind, text } = this.#now;
    let found: string | undefined;
    if (kind === 'sign' && COMPARISONS.has(text)) {
      this.#at++;
      found = text === '<>' ? '!=' : text;
    } else if (this.#words('starts', 'with')) found = 'starts';
    else if (this.#words('ends', 'with')) found = 'ends';
    else found = ['contains', 'matches', 'like'].find((word) => this.#words(word));
    if (!take) this.#at = start;
    return found;
  }

  #expression(): Expression {
    let left = this.#term();
    while (this.#now.kind === 'sign' && '+-'.includes(this.#now.text)) {
      const sign = this.#take('sign');
      left = { kind: 'scalar', name: ARITHMETIC[sign] ?? '', args: [left, this.#term()] };
    }
    return left;
  }

  #term(): Expression {
    let left = this.#factor();
    while (this.#now.kind === 'sign' && '*/%'.includes(this.#now.text)) {
      const sign = this.#take('sign');
      left = { kind: 'scalar', name: ARITHMETIC[sign] ?? '', args: [left, this.#factor()] };
    }
    return left;
  }

  #factor(): Expression {
    if (this.#sign('(')) {
      const inner = this.#within(() => this.#expression());
      this.#expect(')');
      return inner;
    }
    const token = this.#now;
    if (this.#sign('-')) return { kind: 'constant', value: -Number(this.#take('number')), type: 'number' };
    if (token.kind === 'number')
      return { kind: 'constant', value: Number(this.#take('number')), type: 'number' };
    if (token.kind === 'string') return { kind: 'constant', value: this.#take('string'), type: 'string' };
    if (token.kind === 'quoted') return { kind: 'column', id: this.#take('quoted') };
    if (token.kind !== 'word') this.#refuse();
    return this.#word(this.#take('word'));
  }

  #word(text: string): Expression {
    const lower = text.toLowerCase();
    if (this.#now.kind === 'string' && ['date', 'datetime', 'timestamp', 'timeofday'].includes(lower))
      return moment(lower, this.#take('string'));
    if (this.#sign('(')) {
      const args = this.#sign(')') ? undefined : this.#within(() => this.#list(() => this.#expression()));
      if (args) this.#expect(')');
      if (AGGREGATES.has(lower) && args?.length === 1)
        return { kind: 'aggregate', name: lower, column: args[0] as Expression };
      const name = SCALARS.get(lower);
      if (!name) throw queryError(`PARSE_ERROR: Encountered " <ID> "${text} "" at line 1.`);
      return { kind: 'scalar', name, args: args ?? [] };
    }
    if (lower === 'true' || lower === 'false')
      return { kind: 'constant', value: lower === 'true', type: 'boolean' };
    return { kind: 'column', id: text };
  }
}

/** `date '2020-01-31'`, `datetime '2020-01-31 12:30:00'`, `timeofday '12:30:00'` as serial numbers. */
function moment(type: string, text: string): Expression {
  const match =
    /^(?:(\d{4})-(\d{1,2})-(\d{1,2}))?\s*(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?)?$/.exec(text);
  const [, year, month, day, hours, minutes, seconds, ms] = (match ?? []).map(Number);
  const date = match?.[1] === undefined ? undefined : serialOf(year ?? 0, month ?? 0, day ?? 0);
  const time = timeOf(hours || 0, minutes || 0, (seconds || 0) + (ms || 0) / 1_000);
  const wanted = type === 'timestamp' ? 'datetime' : (type as Kind);
  const wrong =
    wanted === 'timeofday' ? match?.[4] === undefined || match[1] !== undefined : date === undefined;
  if (!match || wrong)
    throw queryError(
      wanted === 'date'
        ? `Invalid date literal [${text}]. Date literals should be of form yyyy-MM-dd.`
        : wanted === 'datetime'
          ? `Invalid datetime literal [${text}]. Datetime literals should be of form yyyy-MM-dd HH:mm:ss[.SSS]`
          : `Invalid timeofday literal [${text}]. Timeofday literals should be of form HH:mm:ss[.SSS]`,
    );
  return { kind: 'constant', value: (date ?? 0) + (wanted === 'date' ? 0 : time), type: wanted };
}
