/**
 * Jira's query language, read into a tree. Wrong queries are refused in the vendor's words, with the place.
 * https://support.atlassian.com/jira-software-cloud/docs/use-advanced-search-with-jira-query-language-jql/
 */
import { badQuery } from '../../errors.ts';
import { JQL_CACHE_MAX, JQL_CHARS_MAX, JQL_DEPTH_MAX } from '../../limits.ts';
import { place, type Token, tokensOf } from './tokens.ts';

export type Operator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not'
  | 'was'
  | 'was not'
  | 'was in'
  | 'was not in'
  | 'changed';

export type Operand =
  | { kind: 'value'; text: string }
  | { kind: 'empty' }
  | { kind: 'list'; values: readonly Operand[] }
  | { kind: 'function'; name: string; args: readonly string[] };

/** `after`, `before`, `on`, `during`, `by`, `from`, `to` behind `was` and `changed`. */
export interface Condition {
  name: string;
  operand: Operand;
}

export interface Clause {
  kind: 'clause';
  field: string;
  operator: Operator;
  operand: Operand;
  conditions: readonly Condition[];
}

export type Expression =
  | Clause
  | { kind: 'and' | 'or'; parts: readonly Expression[] }
  | { kind: 'not'; part: Expression };

export interface Query {
  where: Expression | undefined;
  orderBy: readonly { field: string; descending: boolean }[];
}

const parsed = new Map<string, Query>();

/** Reads a query; the last ones are kept, since programs ask the same again. Throws `badQuery`. */
export function parseJql(jql: string): Query {
  const known = parsed.get(jql);
  if (known) return known;
  if (jql.length > JQL_CHARS_MAX)
    throw badQuery(`The JQL query is too long: it may have at most ${JQL_CHARS_MAX} characters.`);
  const query = new Parser(jql).query();
  if (parsed.size >= JQL_CACHE_MAX) parsed.delete(parsed.keys().next().value as string);
  parsed.set(jql, query);
  return query;
}

const VALID =
  "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";
const CONDITIONS = new Set(['after', 'before', 'on', 'during', 'by', 'from', 'to']);
/** Words that mean something elsewhere in the language: values and fields only in quotation marks. */
const RESERVED = new Set(
  (
    'abort access add after alias all alter and any are as asc audit avg be before begin between boolean break by ' +
    'byte catch cf changed char character check checkpoint collate collation column commit connect continue count ' +
    'create current date decimal declare decrement default defaults define delete delimiter desc difference ' +
    'distinct divide do double drop else empty encoding end equals escape exclusive exec execute exists explain ' +
    'false fetch file field first float for from function go goto grant greater group having identified if ' +
    'immediate in increment index initial inner inout input insert int integer intersect intersection into is ' +
    'isempty isnull it join last left less like limit lock long max min minus mode modify modulo more multiply ' +
    'next no noaudit not notin nowait null number object of on option or order outer output power previous prior ' +
    'privileges public raise raw remainder rename resource return returns revoke right row rowid rownum rows ' +
    'select session set share size sqrt start strict string subtract such sum synonym table that the their then ' +
    'there these they this to trans transaction trigger true uid union unique update user validate values view ' +
    'was when whenever where while will with'
  ).split(' '),
);

class Parser {
  readonly #jql: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(jql: string) {
    this.#jql = jql;
    this.#tokens = tokensOf(jql);
  }

  query(): Query {
    const where = this.#tokens.length === 0 || this.#isWord('order') ? undefined : this.#or();
    const orderBy = this.#isWord('order') ? this.#order() : [];
    const rest = this.#peek();
    if (rest) this.#fail(`Expecting either 'OR' or 'AND' but got '${rest.text}'.`, rest);
    return { where, orderBy };
  }

  #or(): Expression {
    if (++this.#depth > JQL_DEPTH_MAX) this.#fail('The query is nested too deeply.');
    const parts = [this.#and()];
    while (this.#takeWord('or') || this.#takeSign('||') || this.#takeSign('|')) parts.push(this.#and());
    this.#depth--;
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'or', parts };
  }

  #and(): Expression {
    const parts = [this.#not()];
    while (this.#takeWord('and') || this.#takeSign('&&') || this.#takeSign('&')) parts.push(this.#not());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'and', parts };
  }

  #not(): Expression {
    if (this.#takeWord('not') || this.#takeSign('!')) {
      if (++this.#depth > JQL_DEPTH_MAX) this.#fail('The query is nested too deeply.');
      const part = this.#not();
      this.#depth--;
      return { kind: 'not', part };
    }
    if (!this.#takeSign('(')) return this.#clause();
    const inner = this.#or();
    if (this.#takeSign(')')) return inner;
    const got = this.#peek();
    if (!got) this.#fail("Expecting ')' before the end of the query.");
    return this.#fail(`Expecting ')' but got '${got.text}'.`, got);
  }

  #clause(): Clause {
    const field = this.#fieldName();
    const operator = this.#operator();
    const operand: Operand = operator === 'changed' ? { kind: 'empty' } : this.#operand(operator);
    const conditions: Condition[] = [];
    if (operator.startsWith('was') || operator === 'changed')
      for (let token = this.#peek(); token?.kind === 'word'; token = this.#peek()) {
        const name = token.text.toLowerCase();
        if (!CONDITIONS.has(name)) break;
        this.#at++;
        conditions.push({ name, operand: this.#value() });
      }
    return { kind: 'clause', field, operator, operand, conditions };
  }

  #fieldName(): string {
    const token = this.#peek();
    if (!token) return this.#fail('Expecting a field name at the end of the query.');
    if (token.kind === 'sign')
      return this.#fail(
        `Expecting a field name but got '${token.text}'. You must surround '${token.text}' in quotation marks to use it as a field name.`,
        token,
      );
    if (token.kind === 'word') this.#refuseReserved(token);
    this.#at++;
    return token.text;
  }

  #operator(): Operator {
    const token = this.#peek();
    if (!token) return this.#fail(`Expecting operator before the end of the query. ${VALID}`);
    const word = token.text.toLowerCase();
    if (token.kind === 'sign' && ['=', '!=', '<', '>', '<=', '>=', '~', '!~'].includes(word)) {
      this.#at++;
      return word as Operator;
    }
    if (token.kind === 'word') {
      if (this.#takeWord('in')) return 'in';
      if (this.#takeWord('changed')) return 'changed';
      if (this.#takeWord('is')) return this.#takeWord('not') ? 'is not' : 'is';
      if (this.#takeWord('was')) {
        const not = this.#takeWord('not');
        const list = this.#takeWord('in');
        return `was${not ? ' not' : ''}${list ? ' in' : ''}` as Operator;
      }
      if (word === 'not' && this.#tokens[this.#at + 1]?.text.toLowerCase() === 'in') {
        this.#at += 2;
        return 'not in';
      }
    }
    return this.#fail(`Expecting operator but got '${token.text}'. ${VALID}`, token);
  }

  #operand(operator: Operator): Operand {
    const operand = this.#value();
    const wantsList = operator.endsWith('in');
    if (wantsList && operand.kind === 'value')
      throw badQuery(
        `Operator '${operator}' does not support the non-list value '"${operand.text}"' for field.`,
      );
    if (!wantsList && operand.kind === 'list')
      throw badQuery(`Operator '${operator}' does not support the list value for field.`);
    return operand;
  }

  #value(): Operand {
    const token = this.#peek();
    if (!token) return this.#fail('Expecting either a value, list or function before the end of the query.');
    if (token.kind === 'sign' && token.text === '(') return this.#list();
    if (token.kind === 'sign')
      return this.#fail(
        `Expecting either a value, list or function but got '${token.text}'. You must surround '${token.text}' in quotation marks to use it as a value.`,
        token,
      );
    this.#at++;
    if (token.kind === 'string') return { kind: 'value', text: token.text };
    if (/^(empty|null)$/i.test(token.text)) return { kind: 'empty' };
    if (this.#takeSign('(')) return { kind: 'function', name: token.text, args: this.#arguments() };
    this.#refuseReserved(token);
    return { kind: 'value', text: token.text };
  }

  #list(): Operand {
    this.#at++;
    const values: Operand[] = [];
    do values.push(this.#value());
    while (this.#takeSign(','));
    this.#close();
    return { kind: 'list', values };
  }

  #arguments(): string[] {
    const args: string[] = [];
    if (this.#takeSign(')')) return args;
    do {
      const token = this.#peek();
      if (!token || token.kind === 'sign') {
        if (!token) return this.#fail("Expecting ')' before the end of the query.");
        return this.#fail(`Expecting an argument but got '${token.text}'.`, token);
      }
      this.#at++;
      args.push(token.text);
    } while (this.#takeSign(','));
    this.#close();
    return args;
  }

  #close(): void {
    if (this.#takeSign(')')) return;
    const got = this.#peek();
    if (!got) this.#fail("Expecting ')' before the end of the query.");
    this.#fail(`Expecting ',' or ')' but got '${got.text}'.`, got);
  }

  #order(): Query['orderBy'] {
    this.#at++;
    if (!this.#takeWord('by')) {
      const got = this.#peek();
      if (!got) this.#fail("Expecting 'by' before the end of the query.");
      this.#fail(`Expecting 'by' but got '${got.text}'.`, got);
    }
    const orderBy: { field: string; descending: boolean }[] = [];
    do {
      const field = this.#fieldName();
      const descending = this.#takeWord('desc');
      if (!descending) this.#takeWord('asc');
      orderBy.push({ field, descending });
    } while (this.#takeSign(','));
    return orderBy;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #isWord(word: string): boolean {
    const token = this.#peek();
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    const is = this.#isWord(word);
    if (is) this.#at++;
    return is;
  }

  #takeSign(sign: string): boolean {
    const token = this.#peek();
    const is = token?.kind === 'sign' && token.text === sign;
    if (is) this.#at++;
    return is;
  }

  #refuseReserved(token: Token): void {
    if (RESERVED.has(token.text.toLowerCase()))
      this.#fail(
        `'${token.text}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.`,
        token,
      );
  }

  #fail(message: string, token?: Token): never {
    throw badQuery(`Error in the JQL Query: ${message}${token ? ` ${place(this.#jql, token.at)}` : ''}`);
  }
}
