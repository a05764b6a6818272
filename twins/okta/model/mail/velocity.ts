/**
 * Fills a template in the Velocity Template Language, as far as mails and texts of an org use it. Ours, because whoever
 * may word an org's mails writes it: the libraries of the language let a template reach into JavaScript's own objects.
 */
import { escaped } from '../../../../src/html.ts';

/** What a template may refer to: texts, lists, and things with parts. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { [name: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/**
 * `text` with its references (`$x.y`, `${x.y}`, `$!{x}`), `#if`, `#foreach` and `#set` carried out. A reference to
 * nothing stays as it is written, a quiet one (`$!`) becomes nothing. Beyond 20,000 steps the rest is left out.
 * https://velocity.apache.org/engine/1.7/user-guide.html
 */
export function renderVelocity(text: string, values: Values): string {
  const scope: Scope = { values: { ...TOOLS, ...values }, steps: STEPS_MAX };
  return render(parse({ text, at: 0, depth: 0 }, 0), scope);
}

/** The service's own tools, which have nothing but methods. */
const TOOLS: Values = { StringTool: {}, f: {} };
/** A bound for loops within loops. */
const STEPS_MAX = 20_000;
const DEPTH_MAX = 24;

interface Scope {
  values: Record<string, Value>;
  steps: number;
}

interface Cursor {
  readonly text: string;
  at: number;
  /** How deep the expression is that is being read. */
  depth: number;
}

type Expression = (scope: Scope) => Value;
type Node = (scope: Scope) => string;

const render = (nodes: readonly Node[], scope: Scope): string => {
  let out = '';
  for (const node of nodes) {
    scope.steps -= 1;
    if (scope.steps < 0) break;
    out += node(scope);
  }
  return out;
};

const DIRECTIVE = /#(?:\{(if|elseif|else|end|foreach|set)\}|(if|elseif|else|end|foreach|set)\b)/y;
const COMMENT = /##[^\n]*\n?|#\*[\s\S]*?\*#/y;
const PLAIN = /[^#$]+/y;

/** Reads until the text or the enclosing directive ends; the cursor then stands before what ended it. */
function parse(cursor: Cursor, depth: number): Node[] {
  const nodes: Node[] = [];
  while (cursor.at < cursor.text.length) {
    const plain = take(cursor, PLAIN)?.[0] ?? (take(cursor, COMMENT) ? '' : undefined);
    if (plain !== undefined) {
      nodes.push(() => plain);
      continue;
    }
    const before = cursor.at;
    const found = take(cursor, DIRECTIVE);
    const name = found?.[1] ?? found?.[2];
    if (name === 'else' || name === 'elseif' || name === 'end') {
      cursor.at = before;
      if (depth > 0) return nodes;
    }
    const node =
      name === 'if' || name === 'foreach' || name === 'set'
        ? directive(cursor, name, depth)
        : name === undefined
          ? reference(cursor)
          : undefined;
    if (node) nodes.push(node);
    else {
      // Neither a directive nor a reference: the sign itself.
      cursor.at = before + 1;
      const sign = cursor.text.charAt(before);
      nodes.push(() => sign);
    }
  }
  return nodes;
}

function directive(cursor: Cursor, name: 'if' | 'foreach' | 'set', depth: number): Node | undefined {
  if (depth >= DEPTH_MAX) return undefined;
  if (name === 'set') return setting(cursor);
  return name === 'if' ? choice(cursor, depth) : loop(cursor, depth);
}

function setting(cursor: Cursor): Node | undefined {
  const name = take(cursor, /\s*\(\s*\$!?\{?(\w+)\}?\s*=/y)?.[1];
  if (name === undefined) return undefined;
  const value = either(cursor);
  if (!take(cursor, /\s*\)\n?/y)) return undefined;
  return (scope) => {
    scope.values[name] = value(scope);
    return '';
  };
}

function choice(cursor: Cursor, depth: number): Node | undefined {
  const ways: { when: Expression; body: Node[] }[] = [];
  let otherwise: Node[] = [];
  let when = condition(cursor);
  while (when) {
    ways.push({ when, body: parse(cursor, depth + 1) });
    when = take(cursor, /#(?:\{elseif\}|elseif\b)/y) ? condition(cursor) : undefined;
  }
  if (ways.length === 0) return undefined;
  if (take(cursor, /#(?:\{else\}|else)/y)) otherwise = parse(cursor, depth + 1);
  take(cursor, END);
  return (scope) => render(ways.find((one) => isTrue(one.when(scope)))?.body ?? otherwise, scope);
}

const END = /#(?:\{end\}|end\b)/y;

function condition(cursor: Cursor): Expression | undefined {
  if (!take(cursor, /\s*\(/y)) return undefined;
  const when = either(cursor);
  take(cursor, /\s*\)/y);
  return when;
}

function loop(cursor: Cursor, depth: number): Node | undefined {
  const name = take(cursor, /\s*\(\s*\$!?\{?(\w+)\}?\s+in\s/y)?.[1];
  if (name === undefined) return undefined;
  const over = either(cursor);
  take(cursor, /\s*\)/y);
  const body = parse(cursor, depth + 1);
  take(cursor, END);
  return (scope) => {
    const rows = over(scope);
    let out = '';
    for (const row of Array.isArray(rows) ? (rows as readonly Value[]) : []) {
      scope.values[name] = row;
      out += render(body, scope);
      if (scope.steps < 0) break;
    }
    return out;
  };
}

/** A reference in the text: its value, or itself. */
function reference(cursor: Cursor): Node | undefined {
  const from = cursor.at;
  const found = path(cursor, true);
  if (!found) return undefined;
  const raw = cursor.text.slice(from, cursor.at);
  return (scope) => {
    const value = found.value(scope);
    if (value === undefined || value === null) return found.quiet ? '' : raw;
    return shown(value);
  };
}

const shown = (value: Value): string =>
  Array.isArray(value)
    ? `[${value.map(shown).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? ''
      : String(value);

interface Step {
  name: string;
  args?: Expression[];
}

/** `$!{a.b(c).d}` and its shorter forms; without `dollar`, a bare `a.b` as arguments may have it. */
function path(cursor: Cursor, dollar: boolean): { value: Expression; quiet: boolean } | undefined {
  const from = cursor.at;
  const sign = dollar ? take(cursor, /\$(!?)(\{?)/y) : undefined;
  const name = !dollar || sign ? take(cursor, /[A-Za-z_][\w-]*/y)?.[0] : undefined;
  if (name === undefined) {
    cursor.at = from;
    return undefined;
  }
  const steps: Step[] = [{ name }];
  for (let dot = take(cursor, /\.([A-Za-z_]\w*)/y); dot; dot = take(cursor, /\.([A-Za-z_]\w*)/y))
    steps.push({ name: dot[1] as string, ...(take(cursor, /\(/y) ? { args: list(cursor) } : {}) });
  if (sign?.[2] && !take(cursor, /\}/y)) {
    cursor.at = from;
    return undefined;
  }
  return { value: (scope) => follow(steps, scope), quiet: sign?.[1] === '!' };
}

function list(cursor: Cursor): Expression[] {
  const args: Expression[] = [];
  while (!take(cursor, /\s*\)/y) && cursor.at < cursor.text.length) {
    const before = cursor.at;
    args.push(either(cursor));
    take(cursor, /\s*,/y);
    if (cursor.at === before) cursor.at += 1;
  }
  return args;
}

function follow(steps: readonly Step[], scope: Scope): Value {
  let value: Value = scope.values;
  for (const { name, args } of steps) {
    if (args)
      value = call(
        value,
        name,
        args.map((arg) => arg(scope)),
      );
    else if (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.hasOwn(value, name)
    )
      value = (value as Record<string, Value>)[name];
    else return undefined;
  }
  return value;
}

/** What may be called on a value, or on the service's own tools (`StringTool`, `f`). */
function call(on: Value, name: string, args: readonly Value[]): Value {
  const text = typeof on === 'string' ? on : '';
  const [first] = args;
  switch (name) {
    case 'escapeHtml':
      return escaped(shown(first ?? ''));
    case 'formatTimeDiffHoursNowInUserLocale':
      return hours(Number(first));
    case 'isEmpty':
      return Array.isArray(on) ? on.length === 0 : text === '';
    case 'size':
    case 'length':
      return Array.isArray(on) ? on.length : text.length;
    case 'equals':
      return on === first;
    case 'equalsIgnoreCase':
      return text.toLowerCase() === String(first).toLowerCase();
    case 'contains':
      return Array.isArray(on) ? on.includes(first as never) : text.includes(String(first));
    case 'startsWith':
      return text.startsWith(String(first));
    case 'endsWith':
      return text.endsWith(String(first));
    case 'toLowerCase':
      return text.toLowerCase();
    case 'toUpperCase':
      return text.toUpperCase();
    default:
      return undefined;
  }
}

const hours = (count: number): string => (count % 24 === 0 ? `${count / 24} days` : `${count} hours`);

function either(cursor: Cursor): Expression {
  let left = both(cursor);
  while (take(cursor, /\s*(?:\|\||or\b)/y)) {
    const [a, b] = [left, both(cursor)];
    left = (scope) => isTrue(a(scope)) || isTrue(b(scope));
  }
  return left;
}

function both(cursor: Cursor): Expression {
  let left = compared(cursor);
  while (take(cursor, /\s*(?:&&|and\b)/y)) {
    const [a, b] = [left, compared(cursor)];
    left = (scope) => isTrue(a(scope)) && isTrue(b(scope));
  }
  return left;
}

function compared(cursor: Cursor): Expression {
  const left = primary(cursor);
  const sign = take(cursor, /\s*(==|!=|eq\b|ne\b)/y)?.[1];
  if (!sign) return left;
  const right = primary(cursor);
  const wanted = sign === '==' || sign === 'eq';
  return (scope) => (left(scope) === right(scope)) === wanted;
}

function primary(cursor: Cursor): Expression {
  if (cursor.depth >= DEPTH_MAX) return () => undefined;
  const inner: Cursor = { ...cursor, depth: cursor.depth + 1 };
  const value = atom(inner);
  cursor.at = inner.at;
  return value;
}

function atom(cursor: Cursor): Expression {
  if (take(cursor, /\s*(?:!(?!\{)|not\b)/y)) {
    const value = primary(cursor);
    return (scope) => !isTrue(value(scope));
  }
  if (take(cursor, /\s*\(/y)) {
    const value = either(cursor);
    take(cursor, /\s*\)/y);
    return value;
  }
  const literal = take(cursor, /\s*(?:'([^']*)'|"([^"]*)"|(-?\d+)|(true|false)\b)/y);
  if (literal) return constant(literal);
  take(cursor, /\s*/y);
  return (path(cursor, true) ?? path(cursor, false))?.value ?? (() => undefined);
}

function constant([, single, double, number, truth]: RegExpExecArray): Expression {
  if (single !== undefined) return () => single;
  // A text in double quotes may hold references itself.
  if (double !== undefined) return (scope) => renderVelocity(double, scope.values);
  if (number !== undefined) return () => Number(number);
  return () => truth === 'true';
}

const isTrue = (value: Value): boolean =>
  value !== undefined && value !== null && value !== false && value !== '';

/** What a sticky pattern finds at the cursor, which then stands behind it. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (!found) return undefined;
  cursor.at = pattern.lastIndex;
  return found;
}
