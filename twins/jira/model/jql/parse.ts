/**
 * Jira's query language, read into a tree. Wrong queries are refused in the vendor's words, with the place.
 * https://support.atlassian.com/jira-software-cloud/docs/use-advanced-search-with-jira-query-language-jql/
 */
import { badQuery } from '../../errors.ts';
import { JQL_CACHE_MAX, JQL_CHARS_MAX, JQL_DEPTH_MAX } from '../../limits.ts';
import type { Clause, Expression, FieldName, Operand, Operator, OrderTerm, Predicate, Query } from './ast.ts';
import { operandText } from './encode.ts';
import { type Token, tokensOf, unreadable } from './tokens.ts';

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
const PREDICATES = new Set(['after', 'before', 'on', 'during', 'by', 'from', 'to']);
const COMPARISONS = new Set(['=', '!=', '<', '>', '<=', '>=', '~', '!~']);
/** How refusals call operators. */
const OPERATOR_NAMES: Readonly<Record<Operator, string>> = {
  '=': 'EQUALS',
  '!=': 'NOT_EQUALS',
  '<': 'LESS_THAN',
  '>': 'GREATER_THAN',
  '<=': 'LESS_THAN_EQUALS',
  '>=': 'GREATER_THAN_EQUALS',
  '~': 'LIKE',
  '!~': 'NOT_LIKE',
  in: 'IN',
  'not in': 'NOT_IN',
  is: 'IS',
  'is not': 'IS_NOT',
  was: 'WAS',
  'was not': 'WAS_NOT',
  'was in': 'WAS_IN',
  'was not in': 'WAS_NOT_IN',
  changed: 'CHANGED',
};

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
    const where = this.#tokens.length === 0 || this.#is('keyword', 'order') ? undefined : this.#or();
    const orderBy = this.#is('keyword', 'order') ? this.#order() : [];
    const rest = this.#peek();
    if (rest) this.#fail(`Expecting either 'OR' or 'AND' but got '${rest.raw}'.`, rest);
    return { where, orderBy };
  }

  #or(): Expression {
    this.#deeper();
    const parts = [this.#and()];
    while (this.#take('keyword', 'or') || this.#take('sign', '||') || this.#take('sign', '|'))
      parts.push(this.#and());
    this.#depth--;
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'or', parts };
  }

  #and(): Expression {
    const parts = [this.#not()];
    while (this.#take('keyword', 'and') || this.#take('sign', '&&') || this.#take('sign', '&'))
      parts.push(this.#not());
    return parts.length === 1 ? (parts[0] as Expression) : { kind: 'and', parts };
  }

  #not(): Expression {
    if (this.#take('keyword', 'not') || this.#take('sign', '!')) {
      this.#deeper();
      const part = this.#not();
      this.#depth--;
      return { kind: 'not', part };
    }
    if (!this.#take('sign', '(')) return this.#clause();
    const inner = this.#or();
    this.#expect(')');
    return inner;
  }

  #clause(): Clause {
    const field = this.#fieldName();
    const operator = this.#operator();
    const changed = operator === 'changed';
    if (changed) this.#refuseBareValue();
    const operand: Operand = changed ? { kind: 'empty', text: 'EMPTY' } : this.#operand();
    return { kind: 'clause', field, operator, operand, predicates: this.#predicates(operator) };
  }

  #predicates(operator: Operator): Predicate[] {
    const predicates: Predicate[] = [];
    for (
      let token = this.#peek();
      token?.kind === 'keyword' && PREDICATES.has(token.text);
      token = this.#peek()
    ) {
      const name = token.text;
      this.#at++;
      const operand = this.#operand();
      if (operator !== 'changed' && !(operator.startsWith('was') && name !== 'from' && name !== 'to'))
        this.#fail(
          `The ${OPERATOR_NAMES[operator]} operator does not support the use of the ${name} ${said(operand)} predicate.`,
        );
      predicates.push({ name, operand });
    }
    return predicates;
  }

  /** `changed` takes no value of its own. */
  #refuseBareValue(): void {
    const token = this.#peek();
    if (!token || !['word', 'string', 'number'].includes(token.kind)) return;
    this.#fail(
      `The CHANGED operator does not support the use of values without predicates. You must prefix the ${token.raw} value with a suitable predicate.`,
    );
  }

  #fieldName(): FieldName {
    const token = this.#peek();
    if (!token) return this.#fail('Expecting a field name at the end of the query.');
    if (token.kind === 'sign' && token.text === '[')
      this.#fail("Expecting a field name but got '['. Did you mean 'cf['?", token);
    if (token.kind === 'keyword' && token.text === 'cf') return this.#customFieldName();
    if (token.kind === 'sign' || token.kind === 'keyword')
      this.#fail(
        `Expecting a field name but got '${token.raw}'. You must surround '${token.raw}' in quotation marks to use it as a field name.`,
        token,
      );
    this.#at++;
    if (token.text.trim() === '') this.#fail('A field name cannot be empty.', token);
    return this.#is('sign', '[') ? this.#propertyName(token.text) : { name: token.text };
  }

  #customFieldName(): FieldName {
    this.#at++;
    this.#expect('[');
    const token = this.#peek();
    if (!token) this.#fail('Expecting a custom field id (a positive number) before the end of the query.');
    if (token.kind !== 'number' || token.text.startsWith('-'))
      this.#fail(`Expecting a custom field id (a positive number) but got '${token.raw}'.`, token);
    this.#at++;
    this.#expect(']');
    return { name: `cf[${token.text}]` };
  }

  /** `issue.property[key].path`, or the further name of a field, as `Severity[Dropdown]`. */
  #propertyName(base: string): FieldName {
    this.#at++;
    const token = this.#peek();
    if (!token) return this.#fail('Expecting a property key before the end of the query.');
    if (token.kind === 'sign') this.#fail(`Expecting a property key but got '${token.raw}'.`, token);
    this.#at++;
    const close = this.#peek();
    this.#expect(']');
    const next = this.#peek();
    const path = next?.kind === 'word' && next.text.startsWith('.') && next.span.from === close?.span.to;
    if (path) this.#at++;
    const behind = path ? next.text : '';
    return { name: `${base}[${token.text}]${behind}`, property: { key: token.text, path: behind.slice(1) } };
  }

  #operator(): Operator {
    const token = this.#peek();
    if (!token) return this.#fail(`Expecting operator before the end of the query. ${VALID}`);
    if (token.kind === 'sign' && COMPARISONS.has(token.text)) {
      this.#at++;
      return token.text as Operator;
    }
    if (this.#take('keyword', 'in')) return 'in';
    if (this.#take('keyword', 'changed')) return 'changed';
    if (this.#take('keyword', 'is')) {
      const next = this.#peek();
      if (next?.kind === 'sign' && next.text === '!') this.#fail("Expecting 'NOT' but got '!'.", next);
      return this.#take('keyword', 'not') ? 'is not' : 'is';
    }
    if (this.#take('keyword', 'was')) {
      const not = this.#take('keyword', 'not');
      const list = this.#take('keyword', 'in');
      return `was${not ? ' not' : ''}${list ? ' in' : ''}` as Operator;
    }
    if (this.#take('keyword', 'not')) {
      const next = this.#peek();
      if (!next) this.#fail("Expecting 'IN' before the end of the query.");
      if (!this.#take('keyword', 'in')) this.#fail(`Expecting 'IN' but got '${next.raw}'.`, next);
      return 'not in';
    }
    return this.#fail(`Expecting operator but got '${token.raw}'. ${VALID}`, token);
  }

  #operand(): Operand {
    const token = this.#peek();
    if (!token) this.#failOperand('Expecting either a value, list or function before the end of the query.');
    if (token.kind === 'sign' && token.text === '(') return this.#list();
    if (token.kind === 'keyword' && (token.text === 'empty' || token.text === 'null')) {
      this.#at++;
      return { kind: 'empty', text: token.raw };
    }
    if (token.kind === 'sign' || token.kind === 'keyword')
      this.#failOperand(
        `Expecting either a value, list or function but got '${token.raw}'. You must surround '${token.raw}' in quotation marks to use it as a value.`,
        token,
      );
    this.#at++;
    if (token.kind !== 'number' && this.#take('sign', '(')) {
      if (token.text.trim() === '') this.#fail('A function name cannot be empty.', token);
      return { kind: 'function', name: token.text, args: this.#arguments() };
    }
    return { kind: 'value', text: token.text, number: token.kind === 'number', span: token.span };
  }

  #list(): Operand {
    this.#at++;
    this.#deeper();
    const values: Operand[] = [];
    do values.push(this.#operand());
    while (this.#take('sign', ','));
    this.#expect(')');
    this.#depth--;
    return { kind: 'list', values };
  }

  #arguments(): string[] {
    const args: string[] = [];
    const first = this.#peek();
    if (!first || (first.kind === 'sign' && first.text === ',')) this.#expect(')');
    if (this.#take('sign', ')')) return args;
    do {
      const token = this.#peek();
      if (!token) return this.#fail('Expecting a function argument at the end of the query.');
      if (token.kind === 'sign' && token.text === ')')
        this.#fail('Function argument must be specified.', token);
      if (token.kind === 'sign')
        this.#fail(
          `Expecting a function argument but got '${token.raw}'. You must surround '${token.raw}' in quotation marks to use it as an argument.`,
          token,
        );
      this.#at++;
      args.push(token.kind === 'keyword' ? token.raw : token.text);
    } while (this.#take('sign', ','));
    const after = this.#peek();
    if (after && !(after.kind === 'sign' && after.text === ')'))
      this.#fail(`Expecting ')' or ',' but got '${after.raw}'.`, after);
    this.#expect(')');
    return args;
  }

  #order(): OrderTerm[] {
    this.#at++;
    const by = this.#peek();
    if (!by) this.#fail("Expecting 'by' before the end of the query.");
    if (!this.#take('keyword', 'by')) this.#fail(`Expecting 'by' but got '${by.raw}'.`, by);
    const orderBy: OrderTerm[] = [];
    do orderBy.push(this.#orderTerm());
    while (this.#take('sign', ','));
    const rest = this.#peek();
    if (!rest) return orderBy;
    if (orderBy.at(-1)?.direction) this.#fail(`Expecting ',' but got '${rest.raw}'.`, rest);
    return this.#fail(`Expecting either 'ASC' or 'DESC' but got '${rest.raw}'.`, rest);
  }

  #orderTerm(): OrderTerm {
    const field = this.#fieldName();
    const descending = this.#take('keyword', 'desc');
    return { field, descending, direction: descending || this.#take('keyword', 'asc') };
  }

  #expect(sign: string): void {
    if (this.#take('sign', sign)) return;
    const got = this.#peek();
    if (!got) this.#fail(`Expecting '${sign}' before the end of the query.`);
    this.#fail(`Expecting '${sign}' but got '${got.raw}'.`, got);
  }

  #deeper(): void {
    if (++this.#depth > JQL_DEPTH_MAX) this.#fail('The query is nested too deeply.');
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #is(kind: Token['kind'], text: string): boolean {
    const token = this.#peek();
    return token?.kind === kind && token.text === text;
  }

  #take(kind: Token['kind'], text: string): boolean {
    const is = this.#is(kind, text);
    if (is) this.#at++;
    return is;
  }

  #fail(message: string, token?: Token): never {
    return unreadable(this.#jql, message, token?.span.from);
  }

  /** The vendor leads in differently where a value is missing. */
  #failOperand(message: string, token?: Token): never {
    return unreadable(this.#jql, message, token?.span.from, 'Error in JQL Query');
  }
}

/** An operand as refusals show it: values always in quotation marks. */
const said = (operand: Operand): string =>
  operand.kind === 'value' && !operand.number ? `"${operand.text}"` : operandText(operand);
