/** Jira expressions read into trees: the part of JavaScript that they are. */
import type { Expression, Span } from './syntax.ts';

/** An expression that cannot be read: where, and what was expected there. */
export class ExpressionSyntaxError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, text: string, at: number) {
    super(message);
    const before = text.slice(0, at).split('\n');
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
  }
}

/** Reads an expression; throws `ExpressionSyntaxError`. */
export const readExpression = (text: string): Expression => new Reader(text).program();

interface Token extends Span {
  kind: 'name' | 'number' | 'string' | 'template' | 'sign' | 'end';
  text: string;
}

const SIGNS = [
  ...['===', '!==', '=>', '==', '!=', '<=', '>=', '&&', '||', '??', '?.', '<', '>', '+', '-', '*', '/', '%'],
  ...['!', '?', ':', '(', ')', '[', ']', '{', '}', ',', '.', ';', '='],
];
const EXPECTED =
  '!, -, typeof, (, IDENTIFIER, null, true, false, NUMBER, STRING, TEMPLATE_LITERAL, new, [ or {';
/** By how strongly they bind, the weakest first. */
const BINARY = [
  ['||', '??'],
  ['&&'],
  ['==', '!=', '===', '!=='],
  ['<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
/** Brackets within brackets; a guard of ours. */
const DEPTH_MAX = 100;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

class Reader {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; ; ) {
      const token = this.#token(at);
      this.#tokens.push(token);
      if (token.kind === 'end') break;
      at = token.to;
    }
  }

  program(): Expression {
    const read = this.#statement();
    this.#take(';');
    if (this.#peek().kind !== 'end') this.#fail('EOF');
    return read;
  }

  /** `let name = value; …` before what the expression comes to. */
  #statement(): Expression {
    const { from } = this.#peek();
    if (!this.#takeName('let')) return this.#expression();
    const name = this.#identifier();
    this.#expect('=');
    const value = this.#expression();
    this.#expect(';');
    const body = this.#statement();
    return { kind: 'let', name, value, body, from, to: body.to };
  }

  #expression(): Expression {
    if (++this.#depth > DEPTH_MAX) this.#fail('a simpler expression');
    const read = this.#arrow() ?? this.#conditional();
    this.#depth--;
    return read;
  }

  #arrow(): Expression | undefined {
    const { from } = this.#peek();
    const parameters = this.#parameters();
    if (!parameters) return undefined;
    const body = this.#expression();
    return { kind: 'arrow', parameters, body, from, to: body.to };
  }

  /** `x =>` or `(x, y) =>`; nothing is taken where there is no arrow. */
  #parameters(): string[] | undefined {
    const start = this.#at;
    const names: string[] = [];
    const bracket = this.#take('(');
    if (this.#peek().kind === 'name') {
      do names.push(this.#next().text);
      while (bracket && this.#take(',') && this.#peek().kind === 'name');
    }
    if ((!bracket || this.#take(')')) && (bracket || names.length === 1) && this.#take('=>')) return names;
    this.#at = start;
    return undefined;
  }

  #conditional(): Expression {
    const test = this.#binary(0);
    if (!this.#take('?')) return test;
    const then = this.#expression();
    this.#expect(':');
    const otherwise = this.#expression();
    return { kind: 'conditional', test, then, otherwise, from: test.from, to: otherwise.to };
  }

  #binary(level: number): Expression {
    const signs = BINARY[level];
    if (!signs) return this.#unary();
    let left = this.#binary(level + 1);
    for (
      let token = this.#peek();
      token.kind === 'sign' && signs.includes(token.text);
      token = this.#peek()
    ) {
      this.#at++;
      const right = this.#binary(level + 1);
      left = { kind: 'binary', operator: token.text, left, right, from: left.from, to: right.to };
    }
    return left;
  }

  #unary(): Expression {
    const token = this.#peek();
    if (this.#take('!') || this.#take('-') || this.#takeName('typeof')) {
      const operand = this.#unary();
      return { kind: 'unary', operator: token.text, operand, from: token.from, to: operand.to };
    }
    return this.#postfix(this.#primary());
  }

  #postfix(first: Expression): Expression {
    let of = first;
    for (;;) {
      const { from } = of;
      const optional = this.#take('?.');
      if (optional ? this.#peek().text !== '[' && this.#peek().text !== '(' : this.#take('.')) {
        const token = this.#peek();
        const name = this.#identifier();
        const property: Expression = { kind: 'literal', value: name, from: token.from, to: token.to };
        of = { kind: 'member', of, property, computed: false, optional, from, to: token.to };
      } else if (this.#take('[')) {
        const property = this.#expression();
        of = { kind: 'member', of, property, computed: true, optional, from, to: this.#expect(']') };
      } else if (this.#take('(')) {
        const args = this.#several(')');
        of = { kind: 'call', callee: of, args, from, to: this.#expect(')') };
      } else return of;
    }
  }

  #primary(): Expression {
    const token = this.#next();
    const { from, to } = token;
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text), from, to };
    if (token.kind === 'string') return { kind: 'literal', value: token.text, from, to };
    if (token.kind === 'template') return this.#template(token);
    if (token.kind === 'name') return this.#named(token);
    if (token.text === '(') {
      const inner = this.#statement();
      this.#expect(')');
      return inner;
    }
    if (token.text === '[') {
      const items = this.#several(']');
      return { kind: 'list', items, from, to: this.#expect(']') };
    }
    if (token.text === '{') return this.#object(from);
    this.#at--;
    return this.#fail(EXPECTED);
  }

  #named({ text, from, to }: Token): Expression {
    const constant = ({ null: null, true: true, false: false } as Record<string, null | boolean>)[text];
    if (constant !== undefined) return { kind: 'literal', value: constant, from, to };
    if (text !== 'new') return { kind: 'name', name: text, from, to };
    const type = this.#identifier();
    this.#expect('(');
    const args = this.#several(')');
    return { kind: 'new', type, args, from, to: this.#expect(')') };
  }

  #object(from: number): Expression {
    const entries: { key: string; value: Expression }[] = [];
    while (this.#peek().text !== '}' || this.#peek().kind !== 'sign') {
      const token = this.#next();
      if (token.kind !== 'name' && token.kind !== 'string') {
        this.#at--;
        this.#fail('IDENTIFIER, STRING or }');
      }
      const { text: key } = token;
      const value: Expression = this.#take(':') ? this.#expression() : { ...token, kind: 'name', name: key };
      entries.push({ key, value });
      if (!this.#take(',')) break;
    }
    return { kind: 'object', entries, from, to: this.#expect('}') };
  }

  /** `text ${expression} text`: what stands within is read by itself. */
  #template({ text, from, to }: Token): Expression {
    const parts = text
      .split(/(\$\{[^}]*\})/)
      .map((part) => (part.startsWith('${') ? readExpression(part.slice(2, -1)) : part));
    return { kind: 'template', parts, from, to };
  }

  #several(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#peek().kind === 'sign' && this.#peek().text === close) return items;
    do items.push(this.#expression());
    while (this.#take(',') && !(this.#peek().kind === 'sign' && this.#peek().text === close));
    return items;
  }

  #identifier(): string {
    if (this.#peek().kind !== 'name') this.#fail('IDENTIFIER');
    return this.#next().text;
  }

  #peek(): Token {
    return this.#tokens[this.#at] as Token;
  }

  #next(): Token {
    const token = this.#peek();
    if (token.kind === 'end') this.#fail(EXPECTED);
    this.#at++;
    return token;
  }

  #take(sign: string): boolean {
    const token = this.#peek();
    const is = token.kind === 'sign' && token.text === sign;
    if (is) this.#at++;
    return is;
  }

  #takeName(name: string): boolean {
    const token = this.#peek();
    const is = token.kind === 'name' && token.text === name;
    if (is) this.#at++;
    return is;
  }

  /** Takes a sign; says where it ends. */
  #expect(sign: string): number {
    if (!this.#take(sign)) this.#fail(sign);
    return (this.#tokens[this.#at - 1] as Token).to;
  }

  #fail(expected: string): never {
    const got = this.#peek();
    const what = got.kind === 'end' ? 'EOF' : got.text;
    throw new ExpressionSyntaxError(`${expected} expected, ${what} encountered.`, this.#text, got.from);
  }

  #token(start: number): Token {
    let from = start;
    while (/\s/.test(this.#text.charAt(from))) from++;
    const rest = this.#text.slice(from);
    if (rest === '') return { kind: 'end', text: '', from, to: from };
    const number = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/i.exec(rest)?.[0];
    if (number) return { kind: 'number', text: number, from, to: from + number.length };
    const name = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest)?.[0];
    if (name) return { kind: 'name', text: name, from, to: from + name.length };
    const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)/s.exec(rest)?.[0];
    if (quoted) {
      const text = quoted.slice(1, -1).replace(/\\(.)/gs, (_, c: string) => ESCAPES[c] ?? c);
      return { kind: quoted.startsWith('`') ? 'template' : 'string', text, from, to: from + quoted.length };
    }
    const sign = SIGNS.find((one) => rest.startsWith(one));
    if (sign) return { kind: 'sign', text: sign, from, to: from + sign.length };
    throw new ExpressionSyntaxError(`${EXPECTED} expected, ${rest.charAt(0)} encountered.`, this.#text, from);
  }
}
