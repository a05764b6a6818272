/**
 * The Okta Expression Language as rules use it: attributes of `user`, comparisons, `and or not`, the functions on texts
 * and lists (the Identity Engine's methods of a text too), membership tests.
 * https://developer.okta.com/docs/reference/okta-expression-language/
 */

import { isRecord } from '../../../../src/json.ts';

/** What an expression can ask about the user it is evaluated for. */
export interface ExpressionScope {
  user: Record<string, unknown>;
  /** Ids and names of the groups that the user is in. */
  groupIds: readonly string[];
  groupNames: readonly string[];
  /** What else claims of tokens can ask about, as `appuser` and `app`; null where there is no such thing. */
  others?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  /** The one of a list that a selection `.?[…]` looks at. */
  item?: unknown;
}

/** A compiled expression. */
export type Expression = (scope: ExpressionScope) => unknown;

/**
 * Compiles an expression; `bad` makes what is thrown for one that cannot be read, with the reason. `others` names what
 * may be asked about besides `user`. What was compiled once is kept: expressions are asked for each user anew.
 */
export function compileExpression(
  text: string,
  bad: (why: string) => Error,
  others: readonly string[] = [],
): Expression {
  const key = `${others.join(' ')}\n${text}`;
  let expression = compiled.get(key);
  if (!expression) {
    expression = read(text, bad, others);
    compiled.set(key, expression);
    if (compiled.size > COMPILED_MAX) compiled.delete(compiled.keys().next().value as string);
  }
  return expression;
}

/** Compiled expressions, pure functions of their texts, shared by all universes; the oldest go first. */
const compiled = new Map<string, Expression>();
const COMPILED_MAX = 1_000;

function read(text: string, bad: (why: string) => Error, others: readonly string[]): Expression {
  const reader: Reader = { tokens: tokens(text, bad), at: 0, bad, others };
  const expression = ternary(reader);
  if (reader.at < reader.tokens.length)
    throw bad(`Invalid property or operator '${reader.tokens[reader.at]?.text}'`);
  return expression;
}

interface Token {
  kind: 'name' | 'text' | 'number' | 'sign';
  text: string;
}

interface Reader {
  tokens: readonly Token[];
  at: number;
  bad: (why: string) => Error;
  others: readonly string[];
  /** Inside a selection: names are attributes of the list's items. */
  selects?: boolean;
}

const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+(?:\.\d+)?)|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(==|!=|<=|>=|&&|\|\||\.\?\[|[<>!?:(),+{}.\]]))/y;
const TOKENS_MAX = 2_000;

function tokens(text: string, bad: Reader['bad']): Token[] {
  const found: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) throw bad(`Cannot parse '${text}'`);
    if (found.length >= TOKENS_MAX) throw bad('The expression is too complex');
    const [, double, single, number, name, sign] = match;
    if (double !== undefined || single !== undefined)
      found.push({ kind: 'text', text: (double ?? single ?? '').replace(/\\(.)/g, '$1') });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'sign', text: sign as string });
  }
  return found;
}

function ternary(reader: Reader): Expression {
  const condition = either(reader);
  if (!take(reader, '?')) return condition;
  const yes = ternary(reader);
  expect(reader, ':');
  const no = ternary(reader);
  return (scope) => (truthy(condition(scope)) ? yes(scope) : no(scope));
}

function either(reader: Reader): Expression {
  let left = both(reader);
  while (take(reader, '||') || takeName(reader, 'or')) {
    const [a, b] = [left, both(reader)];
    left = (scope) => truthy(a(scope)) || truthy(b(scope));
  }
  return left;
}

function both(reader: Reader): Expression {
  let left = equality(reader);
  while (take(reader, '&&') || takeName(reader, 'and')) {
    const [a, b] = [left, equality(reader)];
    left = (scope) => truthy(a(scope)) && truthy(b(scope));
  }
  return left;
}

const COMPARE: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '==': (a, b) => (a ?? null) === (b ?? null),
  '!=': (a, b) => (a ?? null) !== (b ?? null),
  '<': (a, b) => ordered(a, b) < 0,
  '<=': (a, b) => ordered(a, b) <= 0,
  '>': (a, b) => ordered(a, b) > 0,
  '>=': (a, b) => ordered(a, b) >= 0,
  eq: (a, b) => (a ?? null) === (b ?? null),
  ne: (a, b) => (a ?? null) !== (b ?? null),
};

function equality(reader: Reader): Expression {
  const left = sum(reader);
  const operator = reader.tokens[reader.at];
  const compare = operator && operator.kind !== 'text' ? COMPARE[operator.text.toLowerCase()] : undefined;
  if (!compare) return left;
  reader.at++;
  const right = sum(reader);
  return (scope) => compare(left(scope), right(scope));
}

function sum(reader: Reader): Expression {
  let left = unary(reader);
  while (take(reader, '+')) {
    const [a, b] = [left, unary(reader)];
    left = (scope) => {
      const [x, y] = [a(scope), b(scope)];
      return typeof x === 'number' && typeof y === 'number' ? x + y : `${x ?? ''}${y ?? ''}`;
    };
  }
  return left;
}

function unary(reader: Reader): Expression {
  if (take(reader, '!') || takeName(reader, 'not')) {
    const inner = unary(reader);
    return (scope) => !truthy(inner(scope));
  }
  return primary(reader);
}

function primary(reader: Reader): Expression {
  const token = reader.tokens[reader.at++];
  if (!token) throw reader.bad('The expression ends too early');
  if (token.kind === 'text') return () => token.text;
  if (token.kind === 'number') return () => Number(token.text);
  if (token.text === '(') {
    const inner = ternary(reader);
    expect(reader, ')');
    return inner;
  }
  if (token.text === '{') {
    const items = list(reader, '}');
    return (scope) => items.map((item) => item(scope));
  }
  if (token.kind !== 'name') throw reader.bad(`Unexpected '${token.text}'`);
  if (take(reader, '(')) return chained(reader, call(token.text, list(reader, ')'), reader));
  return chained(reader, name(token.text, reader));
}

/** What follows a value: `.?[…]` picks those of a list for which it holds, `.size()` and the like ask it something. */
function chained(reader: Reader, value: Expression): Expression {
  if (take(reader, '.?[')) {
    const { selects } = reader;
    reader.selects = true;
    const picks = ternary(reader);
    reader.selects = selects ?? false;
    expect(reader, ']');
    return chained(reader, (scope) =>
      array(value(scope)).filter((item) => truthy(picks({ ...scope, item }))),
    );
  }
  if (!take(reader, '.')) return value;
  const method = reader.tokens[reader.at++]?.text ?? '';
  expect(reader, '(');
  const args = list(reader, ')');
  return chained(reader, called(method, value, args, reader));
}

/** A method of a list or a text. */
function called(method: string, of: Expression, args: readonly Expression[], reader: Reader): Expression {
  if (Object.hasOwn(METHODS, method)) return call(METHODS[method] as string, [of, ...args], reader);
  const run = Object.hasOwn(LIST_METHODS, method) ? LIST_METHODS[method] : undefined;
  if (!run) throw reader.bad(`Invalid function ${method} in expression`);
  return (scope) => run(array(of(scope)));
}

const LIST_METHODS: Readonly<Record<string, (list: readonly unknown[]) => unknown>> = {
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
};

function name(text: string, reader: Reader): Expression {
  if (text === 'true' || text === 'false') return () => text === 'true';
  if (text === 'null') return () => null;
  const [root = '', ...path] = text.split('.');
  if (reader.others.includes(root))
    return ({ others }) => {
      const thing = others?.[root] ?? null;
      return path.length === 0 ? thing : (thing?.[path.join('.')] ?? within(thing, path));
    };
  if (reader.selects) return ({ item }) => within(item, text.split('.'));
  if (!text.startsWith('user.')) throw reader.bad(`Invalid property ${text} in expression`);
  const key = text.slice(5).replace(/^profile\./, '');
  return ({ user }) => user[key] ?? null;
}

const within = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((held, key) => (isRecord(held) && Object.hasOwn(held, key) ? held[key] : null), value);

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const array = (value: unknown): unknown[] => (Array.isArray(value) ? value : value == null ? [] : [value]);

/** Functions of the language by name. */
const FUNCTIONS: Readonly<Record<string, (scope: ExpressionScope, ...args: unknown[]) => unknown>> = {
  'String.startsWith': (_, s, part) => text(s).startsWith(text(part)),
  'String.stringContains': (_, s, part) => text(s).includes(text(part)),
  'String.stringSwitch': (_, s, fallback, ...pairs) => {
    for (let i = 0; i + 1 < pairs.length; i += 2) if (text(s).includes(text(pairs[i]))) return pairs[i + 1];
    return fallback;
  },
  'String.append': (_, a, b) => text(a) + text(b),
  'String.join': (_, by, ...parts) => parts.map(text).join(text(by)),
  'String.len': (_, s) => text(s).length,
  'String.removeSpaces': (_, s) => text(s).replace(/ /g, ''),
  'String.replace': (_, s, from, to) => text(s).split(text(from)).join(text(to)),
  'String.replaceFirst': (_, s, from, to) => text(s).replace(text(from), () => text(to)),
  'String.substring': (_, s, from, to) => text(s).slice(Number(from), Number(to)),
  'String.substringAfter': (_, s, mark) => after(text(s), text(mark)),
  'String.substringBefore': (_, s, mark) => text(s).split(text(mark))[0] ?? '',
  'String.toUpperCase': (_, s) => text(s).toUpperCase(),
  'String.toLowerCase': (_, s) => text(s).toLowerCase(),
  'Arrays.contains': (_, list, item) => array(list).includes(item),
  'Arrays.size': (_, list) => array(list).length,
  'Arrays.isEmpty': (_, list) => array(list).length === 0,
  'Arrays.add': (_, list, item) => [...array(list), item],
  'Arrays.remove': (_, list, item) => array(list).filter((one) => one !== item),
  'Convert.toInt': (_, s) => Math.round(Number(s)),
  'Convert.toNum': (_, s) => Number(s),
  isMemberOfGroup: ({ groupIds }, id) => groupIds.includes(text(id)),
  isMemberOfAnyGroup: ({ groupIds }, ...ids) => ids.some((id) => groupIds.includes(text(id))),
  isMemberOfGroupName: ({ groupNames }, wanted) => groupNames.includes(text(wanted)),
  isMemberOfGroupNameStartsWith: ({ groupNames }, s) => groupNames.some((one) => one.startsWith(text(s))),
  isMemberOfGroupNameContains: ({ groupNames }, s) => groupNames.some((one) => one.includes(text(s))),
};

/** The Identity Engine's methods of an attribute, by the function that does the same. */
const METHODS: Readonly<Record<string, string>> = {
  contains: 'String.stringContains',
  startsWith: 'String.startsWith',
  toUpperCase: 'String.toUpperCase',
  toLowerCase: 'String.toLowerCase',
  replace: 'String.replace',
  substringAfter: 'String.substringAfter',
  substringBefore: 'String.substringBefore',
};

function call(title: string, args: readonly Expression[], reader: Reader): Expression {
  const [, attribute, method = ''] = /^(.+)\.(\w+)$/.exec(title) ?? [];
  const isMethod = attribute !== undefined && !Object.hasOwn(FUNCTIONS, title);
  const root = attribute?.split('.', 1)[0] ?? '';
  if (isMethod && (root === 'user' || reader.selects || reader.others.includes(root)))
    return called(method, name(attribute, reader), args, reader);
  const run = Object.hasOwn(FUNCTIONS, title) ? FUNCTIONS[title] : undefined;
  if (!run) throw reader.bad(`Invalid function ${title} in expression`);
  return (scope) => run(scope, ...args.map((arg) => arg(scope)));
}

function list(reader: Reader, end: string): Expression[] {
  const items: Expression[] = [];
  if (take(reader, end)) return items;
  do items.push(ternary(reader));
  while (take(reader, ','));
  expect(reader, end);
  return items;
}

function after(s: string, mark: string): string {
  const at = s.indexOf(mark);
  return at < 0 ? '' : s.slice(at + mark.length);
}

const truthy = (value: unknown): boolean => value === true;
const ordered = (a: unknown, b: unknown): number =>
  typeof a === 'number' || typeof b === 'number'
    ? Number(a) - Number(b)
    : text(a) < text(b)
      ? -1
      : Number(text(a) > text(b));

function take(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.at++;
  return true;
}

function takeName(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'name' || token.text.toLowerCase() !== word) return false;
  reader.at++;
  return true;
}

function expect(reader: Reader, sign: string): void {
  if (!take(reader, sign)) throw reader.bad(`'${sign}' is missing`);
}
