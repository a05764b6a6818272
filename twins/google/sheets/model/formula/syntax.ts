/** Formulas read into a tree. Precedence as in Sheets: `:`, `%`, then `-x`, `^`, `* /`, `+ -`, `&`, comparisons. */
import { FORMULA_DEPTH_MAX } from '../../../limits.ts';
import { type A1Range, parseA1 } from '../a1.ts';
import { commaIsPoint, FormulaSyntaxError, type Token, tokensOf } from './tokens.ts';

export type Node =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'flag'; value: boolean }
  | { kind: 'error'; value: string }
  | ReferenceNode
  | { kind: 'name'; name: string }
  /** `Orders[Total]` */
  | { kind: 'table'; text: string }
  | CallNode
  /** A lambda at work: `LAMBDA(x, x + 1)(5)`. */
  | { kind: 'apply'; callee: Node; args: (Node | undefined)[] }
  | { kind: 'unary'; operator: '-' | '+' | '%'; operand: Node }
  | BinaryNode
  | { kind: 'array'; rows: Node[][] };

export interface ReferenceNode {
  kind: 'reference';
  sheet?: string;
  range: A1Range;
}

export interface BinaryNode {
  kind: 'binary';
  operator: string;
  left: Node;
  right: Node;
}

export interface CallNode {
  kind: 'call';
  /** In capitals. */
  name: string;
  args: (Node | undefined)[];
}

/** The tree of a formula with its `=`. Throws FormulaSyntaxError. */
export function parseFormula(formula: string, locale: string = 'en_US'): Node {
  const comma = commaIsPoint(locale);
  const parser = new Parser(tokensOf(formula.slice(1), comma), comma);
  const node = parser.expression(0);
  if (!parser.done) throw new FormulaSyntaxError();
  return node;
}

/** Every node of a tree, from the top; sums of thousands of parts are as deep as they are long. */
export function* nodesOf(node: Node): Iterable<Node> {
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    waiting.push(...childrenOf(next).reverse());
  }
}

function childrenOf(node: Node): Node[] {
  const given = (args: readonly (Node | undefined)[]) => args.filter((arg) => arg !== undefined);
  switch (node.kind) {
    case 'call':
      return given(node.args);
    case 'apply':
      return [node.callee, ...given(node.args)];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'array':
      return node.rows.flat();
    default:
      return [];
  }
}

const POWER: Readonly<Record<string, number>> = {
  '=': 1,
  '<>': 1,
  '<': 1,
  '>': 1,
  '<=': 1,
  '>=': 1,
  '&': 2,
  '+': 3,
  '-': 3,
  '*': 4,
  '/': 4,
  '^': 5,
  ':': 7,
};
const UNARY_POWER = 6;

class Parser {
  readonly #tokens: readonly Token[];
  /** What separates arguments, and columns of an array. */
  readonly #separator: string;
  readonly #column: string;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], comma: boolean) {
    this.#tokens = tokens;
    this.#separator = comma ? ';' : ',';
    this.#column = comma ? '\\' : ',';
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  expression(least: number): Node {
    if (++this.#depth > FORMULA_DEPTH_MAX) throw new FormulaSyntaxError();
    let left = this.#operand();
    for (;;) {
      if (this.#skip('%')) {
        left = { kind: 'unary', operator: '%', operand: left };
        continue;
      }
      const operator = this.#peekSign();
      const power = operator === undefined ? undefined : POWER[operator];
      if (operator === undefined || power === undefined || power <= least) break;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.expression(power) };
    }
    this.#depth--;
    return left;
  }

  #operand(): Node {
    if (this.#skip('-')) return { kind: 'unary', operator: '-', operand: this.expression(UNARY_POWER) };
    if (this.#skip('+')) return { kind: 'unary', operator: '+', operand: this.expression(UNARY_POWER) };
    let node = this.#primary();
    while (this.#skip('(')) node = { kind: 'apply', callee: node, args: this.#arguments() };
    return node;
  }

  #primary(): Node {
    const token = this.#tokens[this.#at++];
    switch (token?.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'text':
        return { kind: 'text', value: token.text };
      case 'error':
        return { kind: 'error', value: token.text };
      case 'table':
        return { kind: 'table', text: token.text };
      case 'reference':
        return reference(token);
      case 'word':
        return this.#word(token.text);
    }
    if (token?.text === '(') {
      const inner = this.expression(0);
      this.#expect(')');
      return inner;
    }
    if (token?.text === '{') return this.#array();
    throw new FormulaSyntaxError();
  }

  #word(text: string): Node {
    if (this.#skip('(')) return { kind: 'call', name: text.toUpperCase(), args: this.#arguments() };
    if (/^(true|false)$/i.test(text)) return { kind: 'flag', value: text.toLowerCase() === 'true' };
    return { kind: 'name', name: text };
  }

  #arguments(): (Node | undefined)[] {
    const args: (Node | undefined)[] = [];
    if (this.#skip(')')) return args;
    for (;;) {
      const sign = this.#peekSign();
      const empty = sign === this.#separator || sign === ';' || sign === ')';
      args.push(empty ? undefined : this.expression(0));
      if (this.#skip(')')) return args;
      if (!this.#skip(this.#separator)) this.#expect(';');
    }
  }

  #array(): Node {
    const rows: Node[][] = [[]];
    if (this.#skip('}')) throw new FormulaSyntaxError();
    for (;;) {
      rows.at(-1)?.push(this.expression(0));
      if (this.#skip('}')) return { kind: 'array', rows };
      if (this.#skip(';')) rows.push([]);
      else this.#expect(this.#column);
    }
  }

  #peekSign(): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === 'sign' ? token.text : undefined;
  }

  #skip(text: string): boolean {
    if (this.#peekSign() !== text) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#skip(text)) throw new FormulaSyntaxError();
  }
}

function reference({ text, sheet }: Token): ReferenceNode {
  const range = parseA1(text.replace(/\$/g, ''));
  if (!range) throw new FormulaSyntaxError();
  return { kind: 'reference', ...(sheet === undefined ? {} : { sheet }), range };
}
