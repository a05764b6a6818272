/** Formulas read into a tree. Precedence as in Sheets: `%`, then `-x`, `^`, `* /`, `+ -`, `&`, comparisons. */
import { FORMULA_DEPTH_MAX } from '../../../limits.ts';
import { type A1Range, parseA1 } from '../a1.ts';

export type Node =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'flag'; value: boolean }
  | { kind: 'error'; value: string }
  | { kind: 'reference'; sheet?: string; range: A1Range }
  | { kind: 'name'; name: string }
  | { kind: 'call'; name: string; args: (Node | undefined)[] }
  | { kind: 'unary'; operator: '-' | '+' | '%'; operand: Node }
  | { kind: 'binary'; operator: string; left: Node; right: Node }
  | { kind: 'array'; rows: Node[][] };

/** A formula that cannot be read: the cell shows `#ERROR!`. */
export class FormulaSyntaxError extends Error {}

export interface Token {
  kind: 'number' | 'text' | 'word' | 'sign' | 'error';
  text: string;
}

const TOKENS = new RegExp(
  [
    /(?<space>\s+)/u,
    /(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(?![\w:!.])/u,
    /(?<text>"(?:[^"]|"")*")/u,
    /(?<error>#(?:REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|ERROR!))/u,
    /(?<word>(?:'(?:[^']|'')*'|[\p{L}_$\d.]+)(?:![\p{L}_$\d.]+)?(?::[$A-Za-z\d]+)?)/u,
    /(?<sign><=|>=|<>|[-+*/^&=<>(),;{}%])/u,
  ]
    .map((one) => one.source)
    .join('|'),
  'uy',
);

/** The tokens of a formula's text behind its `=`. Throws FormulaSyntaxError. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.length) {
    const groups = TOKENS.exec(text)?.groups;
    if (!groups) throw new FormulaSyntaxError('Formula parse error.');
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    if (kind && kind !== 'space') tokens.push({ kind: kind as Token['kind'], text: found ?? '' });
  }
  return tokens;
}

/** Throws FormulaSyntaxError. */
export function parseFormula(formula: string): Node {
  const parser = new Parser(tokensOf(formula.slice(1)));
  const node = parser.expression(0);
  if (!parser.done) throw new FormulaSyntaxError('Formula parse error.');
  return node;
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
};

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  expression(least: number): Node {
    if (++this.#depth > FORMULA_DEPTH_MAX) throw new FormulaSyntaxError('Formula parse error.');
    let left = this.#operand();
    for (;;) {
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
    if (this.#skip('-')) return { kind: 'unary', operator: '-', operand: this.expression(5) };
    if (this.#skip('+')) return { kind: 'unary', operator: '+', operand: this.expression(5) };
    let node = this.#primary();
    while (this.#skip('%')) node = { kind: 'unary', operator: '%', operand: node };
    return node;
  }

  #primary(): Node {
    const token = this.#tokens[this.#at++];
    if (!token) throw new FormulaSyntaxError('Formula parse error.');
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text.slice(1, -1).replace(/""/g, '"') };
    if (token.kind === 'error') return { kind: 'error', value: token.text };
    if (token.kind === 'word') return this.#word(token.text);
    if (token.text === '(') {
      const inner = this.expression(0);
      this.#expect(')');
      return inner;
    }
    if (token.text === '{') return this.#array();
    throw new FormulaSyntaxError('Formula parse error.');
  }

  #word(text: string): Node {
    if (this.#skip('(')) return { kind: 'call', name: text.toUpperCase(), args: this.#arguments() };
    if (/^(true|false)$/i.test(text)) return { kind: 'flag', value: text.toLowerCase() === 'true' };
    return referenceIn(text) ?? { kind: 'name', name: text };
  }

  #arguments(): (Node | undefined)[] {
    const args: (Node | undefined)[] = [];
    if (this.#skip(')')) return args;
    for (;;) {
      const empty = this.#peekSign() === ',' || this.#peekSign() === ')';
      args.push(empty ? undefined : this.expression(0));
      if (this.#skip(')')) return args;
      if (!this.#skip(',')) this.#expect(';');
    }
  }

  #array(): Node {
    const rows: Node[][] = [[]];
    for (;;) {
      rows.at(-1)?.push(this.expression(0));
      if (this.#skip('}')) return { kind: 'array', rows };
      if (this.#skip(';')) rows.push([]);
      else this.#expect(',');
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
    if (!this.#skip(text)) throw new FormulaSyntaxError('Formula parse error.');
  }
}

/** `B2`, `$A$1:B`, `Log!A1`, `'My sheet'!A1:B2`; undefined for what is no reference. */
export function referenceIn(text: string): Extract<Node, { kind: 'reference' }> | undefined {
  const match = /^(?:(?:'((?:[^']|'')*)'|([^'!]+))!)?([^!]+)$/.exec(text);
  const range = match?.[3] === undefined ? undefined : parseA1(match[3]);
  if (!match || !range) return undefined;
  const sheet = match[1]?.replace(/''/g, "'") ?? match[2];
  return { kind: 'reference', ...(sheet === undefined ? {} : { sheet }), range };
}
