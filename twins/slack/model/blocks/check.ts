/** Walks a value along a rule of Block Kit's grammar, or of another of Slack's, and says, in Slack's words, what is wrong and where. */
import { isObject, type Json } from '../../world.ts';

/** What a part of a block may be. Lengths in characters, sizes in items. */
export type Rule =
  | { kind: 'string'; min?: number; max?: number; among?: readonly string[]; url?: true; pattern?: RegExp }
  | { kind: 'boolean' }
  | { kind: 'integer'; min?: number; max?: number }
  | { kind: 'number' }
  | { kind: 'list'; of: Rule; min?: number; max?: number }
  | { kind: 'object'; fields: Fields; also?: Also }
  /** One of several objects, told apart by their `type`. */
  | { kind: 'typed'; types: Readonly<Record<string, { fields: Fields; also?: Also }>>; wrapped?: true }
  /** An object with names of one's own. */
  | { kind: 'map'; of: Rule; max?: number }
  /** Kept as it is given. */
  | { kind: 'any' };

/** Names ending in `!` are required. */
export type Fields = Readonly<Record<string, Rule>>;
/** A rule about the whole object; says what is wrong. */
export type Also = (value: Json) => string | undefined;

/** Errors of `value`, each with a JSON pointer that begins with `pointer`; at most `ERRORS_MAX`. */
export function errorsOf(value: unknown, rule: Rule, pointer: string): string[] {
  const errors: string[] = [];
  for (const error of check(value, rule, pointer)) {
    errors.push(error);
    if (errors.length === ERRORS_MAX) break;
  }
  return errors;
}

const ERRORS_MAX = 50;

type Errors = Iterable<string>;

const at = (message: string, pointer: string): string => `${message} [json-pointer:${pointer}]`;

function* check(value: unknown, rule: Rule, pointer: string): Errors {
  const wrong = ownError(value, rule);
  if (wrong !== undefined) yield at(wrong, pointer);
  else if (rule.kind === 'list')
    for (const [i, item] of (value as unknown[]).entries()) yield* check(item, rule.of, `${pointer}/${i}`);
  else if (rule.kind === 'map')
    for (const [name, item] of Object.entries(value as Json))
      yield* check(item, rule.of, `${pointer}/${name}`);
  else if (rule.kind === 'typed') yield* checkTyped(value as Json, rule, pointer);
  else if (rule.kind === 'object') yield* checkFields(value as Json, rule.fields, rule.also, pointer);
}

/** What is wrong with a value itself, whatever is inside it. */
function ownError(value: unknown, rule: Rule): string | undefined {
  switch (rule.kind) {
    case 'string':
      return stringError(value, rule);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must provide a boolean';
    case 'integer':
    case 'number':
      return numberError(value, rule);
    case 'list':
      return listError(value, rule);
    case 'map':
      return mapError(value, rule);
    case 'object':
    case 'typed':
      return isObject(value) ? undefined : 'must provide an object';
    default:
      return undefined;
  }
}

function stringError(value: unknown, rule: Extract<Rule, { kind: 'string' }>): string | undefined {
  if (typeof value !== 'string') return 'must provide a string';
  const { min = 0, max } = rule;
  const length = value.length > (max ?? 0) ? [...value].length : value.length;
  if (length < min) return `must be more than ${min - 1} characters`;
  if (max !== undefined && length > max) return `must be less than ${max + 1} characters`;
  if (rule.among && !rule.among.includes(value))
    return `must be a valid enum value: ${rule.among.join(', ')}`;
  if (rule.url && !/^[a-zA-Z][\w+.-]*:\S+$/.test(value)) return 'invalid url';
  return rule.pattern && !rule.pattern.test(value) ? 'invalid format' : undefined;
}

function numberError(
  value: unknown,
  rule: Extract<Rule, { kind: 'integer' | 'number' }>,
): string | undefined {
  if (rule.kind === 'number') return typeof value === 'number' ? undefined : 'must provide a number';
  if (!Number.isInteger(value)) return 'must provide an integer';
  const { min, max } = rule;
  if (min !== undefined && (value as number) < min) return `must be greater than ${min - 1}`;
  return max !== undefined && (value as number) > max ? `must be less than ${max + 1}` : undefined;
}

function listError(value: unknown, rule: Extract<Rule, { kind: 'list' }>): string | undefined {
  if (!Array.isArray(value)) return 'must provide an array';
  if (value.length < (rule.min ?? 0)) return `no fewer than ${rule.min} items allowed`;
  if (rule.max !== undefined && value.length > rule.max) return `no more than ${rule.max} items allowed`;
  return undefined;
}

function mapError(value: unknown, { max }: Extract<Rule, { kind: 'map' }>): string | undefined {
  if (!isObject(value)) return 'must provide an object';
  return max !== undefined && Object.keys(value).length > max
    ? `no more than ${max} items allowed`
    : undefined;
}

function* checkTyped(value: Json, rule: Extract<Rule, { kind: 'typed' }>, pointer: string): Errors {
  const { type } = value;
  const known = typeof type === 'string' && Object.hasOwn(rule.types, type) ? rule.types[type] : undefined;
  if (type === undefined) yield at('missing required field: type', pointer);
  else if (!known) yield at(`unsupported type: ${String(type)}`, `${pointer}/type`);
  else {
    const found = [...checkFields(value, { 'type!': TYPE, ...known.fields }, known.also, pointer)];
    if (found.length > 0 && rule.wrapped) yield at('failed to match all allowed schemas', pointer);
    yield* found;
  }
}

const TYPE: Rule = { kind: 'string' };

function* checkFields(value: Json, fields: Fields, also: Also | undefined, pointer: string): Errors {
  const known = new Set<string>();
  let good = true;
  for (const [key, given] of Object.entries(fields)) {
    const required = key.endsWith('!');
    const name = required ? key.slice(0, -1) : key;
    known.add(name);
    const inner = value[name];
    const absent = inner === undefined || (inner === null && !required);
    const errors = absent ? [] : [...check(inner, given, `${pointer}/${name}`)];
    if (absent && required) errors.push(at(`missing required field: ${name}`, pointer));
    if (errors.length > 0) good = false;
    yield* errors;
  }
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue;
    good = false;
    yield at(`invalid additional property: ${name}`, pointer);
  }
  const wrong = good ? also?.(value) : undefined;
  if (wrong !== undefined) yield at(wrong, pointer);
}
