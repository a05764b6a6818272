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
  | { kind: 'typed'; types: Types; wrapped?: true }
  /** An object with names of one's own. */
  | { kind: 'map'; of: Rule; max?: number }
  /** Kept as it is given. */
  | { kind: 'any' };

/** Objects by their `type`. */
export type Types = Readonly<Record<string, { fields: Fields; also?: Also }>>;
/** Names ending in `!` are required. */
export type Fields = Readonly<Record<string, Rule>>;
/** A rule about the whole object; says what is wrong. */
export type Also = (value: Json) => string | undefined;

/** What is wrong, and at which JSON pointer. */
export interface Fault {
  message: string;
  pointer: string;
  /** The rule that was broken, as `blocks.validate` tells it. */
  constraint?: Json;
  /** The name of what is missing. */
  field?: string;
  /** It says no more than that something inside is wrong. */
  summary?: true;
}

/** Errors of `value`, each with a JSON pointer that begins with `pointer`; at most `ERRORS_MAX`. */
export const errorsOf = (value: unknown, rule: Rule, pointer: string): string[] =>
  faultsOf(value, rule, pointer).map(written);

/** The same, taken apart. */
export function faultsOf(value: unknown, rule: Rule, pointer: string): Fault[] {
  const faults: Fault[] = [];
  for (const fault of check(value, rule, pointer)) {
    faults.push(fault);
    if (faults.length === ERRORS_MAX) break;
  }
  return faults;
}

/** A fault in one line. */
export const written = ({ message, pointer }: Fault): string => `${message} [json-pointer:${pointer}]`;

const ERRORS_MAX = 50;

type Faults = Iterable<Fault>;
/** What is said, and by which bound. */
type Wrong = readonly [message: string, constraint: Json];

function* check(value: unknown, rule: Rule, pointer: string): Faults {
  const wrong = ownError(value, rule);
  if (wrong !== undefined) yield { message: wrong[0], pointer, constraint: wrong[1] };
  else if (rule.kind === 'list')
    for (const [i, item] of (value as unknown[]).entries()) yield* check(item, rule.of, `${pointer}/${i}`);
  else if (rule.kind === 'map')
    for (const [name, item] of Object.entries(value as Json))
      yield* check(item, rule.of, `${pointer}/${name}`);
  else if (rule.kind === 'typed') yield* checkTyped(value as Json, rule, pointer);
  else if (rule.kind === 'object') yield* checkFields(value as Json, rule.fields, rule.also, pointer);
}

/** What is wrong with a value itself, whatever is inside it. */
function ownError(value: unknown, rule: Rule): Wrong | undefined {
  switch (rule.kind) {
    case 'string':
      return stringError(value, rule);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : notA('boolean', 'a');
    case 'integer':
    case 'number':
      return numberError(value, rule);
    case 'list':
      return listError(value, rule);
    case 'map':
      return mapError(value, rule);
    case 'object':
    case 'typed':
      return isObject(value) ? undefined : notA('object', 'an');
    default:
      return undefined;
  }
}

const notA = (type: string, article: 'a' | 'an'): Wrong => [
  `must provide ${article} ${type}`,
  { type: 'type', expected: type },
];

function stringError(value: unknown, rule: Extract<Rule, { kind: 'string' }>): Wrong | undefined {
  if (typeof value !== 'string') return notA('string', 'a');
  const { min = 0, max, among } = rule;
  const length = value.length > (max ?? 0) ? [...value].length : value.length;
  if (length < min)
    return [`must be more than ${min - 1} characters`, { type: 'min_length', expected: min, got: length }];
  if (max !== undefined && length > max)
    return [`must be less than ${max + 1} characters`, { type: 'max_length', expected: max, got: length }];
  if (among && !among.includes(value))
    return ['must be a valid enum value', { type: 'enum', expected: among, got: value }];
  if (rule.url && !/^[a-zA-Z][\w+.-]*:\S+$/.test(value))
    return ['invalid url', { type: 'format', expected: 'url', got: value }];
  return rule.pattern && !rule.pattern.test(value)
    ? ['invalid format', { type: 'pattern', expected: rule.pattern.source, got: value }]
    : undefined;
}

function numberError(value: unknown, rule: Extract<Rule, { kind: 'integer' | 'number' }>): Wrong | undefined {
  if (rule.kind === 'number') return typeof value === 'number' ? undefined : notA('number', 'a');
  if (!Number.isInteger(value)) return notA('integer', 'an');
  const { min, max } = rule;
  if (min !== undefined && (value as number) < min)
    return [`must be greater than ${min - 1}`, { type: 'minimum', expected: min, got: value }];
  return max !== undefined && (value as number) > max
    ? [`must be less than ${max + 1}`, { type: 'maximum', expected: max, got: value }]
    : undefined;
}

function listError(value: unknown, rule: Extract<Rule, { kind: 'list' }>): Wrong | undefined {
  if (!Array.isArray(value)) return notA('array', 'an');
  const got = value.length;
  if (got < (rule.min ?? 0))
    return [`no fewer than ${rule.min} items allowed`, { type: 'min_items', expected: rule.min, got }];
  return rule.max !== undefined && got > rule.max ? tooMany(rule.max, got) : undefined;
}

function mapError(value: unknown, { max }: Extract<Rule, { kind: 'map' }>): Wrong | undefined {
  if (!isObject(value)) return notA('object', 'an');
  const got = Object.keys(value).length;
  return max !== undefined && got > max ? tooMany(max, got) : undefined;
}

const tooMany = (max: number, got: number): Wrong => [
  `no more than ${max} items allowed`,
  { type: 'max_items', expected: max, got },
];

function* checkTyped(value: Json, rule: Extract<Rule, { kind: 'typed' }>, pointer: string): Faults {
  const { type } = value;
  const known = typeof type === 'string' && Object.hasOwn(rule.types, type) ? rule.types[type] : undefined;
  if (type === undefined) yield lacking('type', pointer);
  else if (!known) {
    const expected = Object.keys(rule.types);
    const constraint = { type: 'enum', expected, got: type };
    yield { message: `unsupported type: ${String(type)}`, pointer: `${pointer}/type`, constraint };
  } else {
    const found = [...checkFields(value, { 'type!': TYPE, ...known.fields }, known.also, pointer)];
    if (found.length > 0 && rule.wrapped)
      yield { message: 'failed to match all allowed schemas', pointer, summary: true };
    yield* found;
  }
}

const TYPE: Rule = { kind: 'string' };

const lacking = (field: string, pointer: string): Fault => ({
  message: `missing required field: ${field}`,
  pointer,
  field,
});

function* checkFields(value: Json, fields: Fields, also: Also | undefined, pointer: string): Faults {
  const known = new Set<string>();
  let good = true;
  for (const [key, given] of Object.entries(fields)) {
    const required = key.endsWith('!');
    const name = required ? key.slice(0, -1) : key;
    known.add(name);
    const inner = value[name];
    const absent = inner === undefined || (inner === null && !required);
    const faults = absent ? [] : [...check(inner, given, `${pointer}/${name}`)];
    if (absent && required) faults.push(lacking(name, pointer));
    if (faults.length > 0) good = false;
    yield* faults;
  }
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue;
    good = false;
    yield {
      message: `invalid additional property: ${name}`,
      pointer,
      constraint: { type: 'additional_property', got: name },
    };
  }
  const message = good ? also?.(value) : undefined;
  if (message !== undefined) yield { message, pointer };
}
