/**
 * Filters of `apps.datastore.query`: DynamoDB's filter expressions.
 * https://docs.slack.dev/tools/deno-slack-sdk/guides/retrieving-items-from-a-datastore#filter-expressions
 */
import { EXPRESSION_CHARS_MAX } from '../../limits.ts';
import type { Json } from '../../world.ts';

/** Says whether an item fits. */
export type Filter = (item: Json) => boolean;

/** What stands for attributes (`#name`) and values (`:name`). */
export interface Names {
  attributes: Readonly<Record<string, unknown>>;
  values: Readonly<Record<string, unknown>>;
}

/** An expression that cannot be read; its message says why. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

type Operand = (item: Json) => unknown;

/** Reads an expression. Throws `ExpressionError`. */
export function filterOf(text: string, names: Names): Filter {
  if (text.length > EXPRESSION_CHARS_MAX) throw new ExpressionError('Expression is too long');
  const reader = new Reader(text, names);
  const filter = either(reader);
  if (!reader.ended) throw reader.unexpected();
  return filter;
}

const TOKEN = /\s*([#:]?[A-Za-z_][\w.-]*|[#:][\w.-]+|<>|<=|>=|[=<>(),])/y;
const DEPTH_MAX = 50;

/** A walk along the words of an expression. */
class Reader {
  readonly names: Names;
  readonly #words: string[] = [];
  #at = 0;
  depth = 0;

  constructor(text: string, names: Names) {
    this.names = names;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const at = TOKEN.lastIndex;
      const word = TOKEN.exec(text)?.[1];
      if (word === undefined) throw new ExpressionError(`Syntax error; token: "${text.slice(at).trim()[0]}"`);
      this.#words.push(word);
    }
    if (this.#words.length === 0) throw new ExpressionError('The expression can not be empty');
  }

  get ended(): boolean {
    return this.#at >= this.#words.length;
  }

  get word(): string {
    return this.#words[this.#at] ?? '<EOF>';
  }

  /** Goes on if the next word is this one, whatever its case. */
  takes(word: string): boolean {
    if (this.word.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  must(word: string): void {
    if (!this.takes(word)) throw this.unexpected();
  }

  next(): string {
    if (this.ended) throw this.unexpected();
    return this.#words[this.#at++] as string;
  }

  unexpected(): ExpressionError {
    return new ExpressionError(`Syntax error; token: "${this.word}"`);
  }
}

function either(reader: Reader): Filter {
  let left = both(reader);
  while (reader.takes('OR')) {
    const [a, b] = [left, both(reader)];
    left = (item) => a(item) || b(item);
  }
  return left;
}

function both(reader: Reader): Filter {
  let left = negated(reader);
  while (reader.takes('AND')) {
    const [a, b] = [left, negated(reader)];
    left = (item) => a(item) && b(item);
  }
  return left;
}

function negated(reader: Reader): Filter {
  if (++reader.depth > DEPTH_MAX) throw new ExpressionError('Expression is nested too deeply');
  try {
    if (reader.takes('NOT')) {
      const inner = negated(reader);
      return (item) => !inner(item);
    }
    if (reader.takes('(')) {
      const inner = either(reader);
      reader.must(')');
      return inner;
    }
    return condition(reader);
  } finally {
    reader.depth--;
  }
}

function condition(reader: Reader): Filter {
  const test = TESTS[reader.word.toLowerCase()];
  if (test) {
    reader.next();
    return called(reader, test);
  }
  const left = operand(reader);
  if (reader.takes('BETWEEN')) {
    const low = operand(reader);
    reader.must('AND');
    const high = operand(reader);
    return (item) => compare(left(item), '>=', low(item)) && compare(left(item), '<=', high(item));
  }
  if (reader.takes('IN')) {
    const options = listed(reader);
    return (item) => options.some((option) => same(left(item), option(item)));
  }
  const operator = reader.next();
  if (!/^(=|<>|<|<=|>|>=)$/.test(operator)) throw new ExpressionError(`Syntax error; token: "${operator}"`);
  const right = operand(reader);
  return (item) => compare(left(item), operator, right(item));
}

/** The tests that are written as functions; by their parameters' values. */
const TESTS: Readonly<Record<string, (...values: unknown[]) => boolean>> = {
  attribute_exists: (value) => value !== undefined,
  attribute_not_exists: (value) => value === undefined,
  attribute_type: (value, type) => typeOf(value) === type,
  begins_with: (value, start) =>
    typeof value === 'string' && typeof start === 'string' && value.startsWith(start),
  contains: (value, part) =>
    typeof value === 'string'
      ? typeof part === 'string' && value.includes(part)
      : Array.isArray(value) && value.some((one) => same(one, part)),
};

function called(reader: Reader, test: (...values: unknown[]) => boolean): Filter {
  const operands = listed(reader);
  return (item) => test(...operands.map((one) => one(item)));
}

function listed(reader: Reader): Operand[] {
  reader.must('(');
  const found = [operand(reader)];
  while (reader.takes(',')) found.push(operand(reader));
  reader.must(')');
  return found;
}

function operand(reader: Reader): Operand {
  const word = reader.next();
  if (word.toLowerCase() === 'size' && reader.takes('(')) {
    const inner = operand(reader);
    reader.must(')');
    return (item) => sizeOf(inner(item));
  }
  const { attributes, values } = reader.names;
  if (word.startsWith(':')) {
    if (!Object.hasOwn(values, word))
      throw new ExpressionError(
        `An expression attribute value used in expression is not defined; attribute value: ${word}`,
      );
    return () => values[word];
  }
  if (word.startsWith('#')) {
    const name = Object.hasOwn(attributes, word) ? attributes[word] : undefined;
    if (typeof name !== 'string')
      throw new ExpressionError(
        `An expression attribute name used in the document path is not defined; attribute name: ${word}`,
      );
    return (item) => item[name];
  }
  if (!/^[A-Za-z_]/.test(word)) throw new ExpressionError(`Syntax error; token: "${word}"`);
  return (item) => item[word];
}

function compare(left: unknown, operator: string, right: unknown): boolean {
  if (operator === '=') return same(left, right);
  if (operator === '<>') return !same(left, right);
  const numbers = typeof left === 'number' && typeof right === 'number';
  if (!numbers && !(typeof left === 'string' && typeof right === 'string')) return false;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

function typeOf(value: unknown): string | undefined {
  if (typeof value === 'string') return 'S';
  if (typeof value === 'number') return 'N';
  if (typeof value === 'boolean') return 'BOOL';
  if (value === null) return 'NULL';
  if (Array.isArray(value)) return 'L';
  return value === undefined ? undefined : 'M';
}
