/** Jira expressions, evaluated: each step is counted, and so is what loads more than it has. */

import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { EXPRESSION_EXPENSIVE_MAX, EXPRESSION_STEPS_MAX } from '../../limits.ts';
import { type Property as Kept, properties, type User, users } from '../../world.ts';
import { issueNamed } from '../issues/issueNamed.ts';
import { mayBrowse } from '../permissions/may.ts';
import { parseStamp } from '../time.ts';
import { type Callable, methodOf, same, truthy, typeName, VALUES_MAX } from './methods.ts';
import type { Expression } from './syntax.ts';
import { isThing, type Thing } from './things.ts';
import { day, issueThing, moment, projectWith, TYPES, userThing } from './types.ts';

/** What an evaluation knows, and what it has cost so far. */
export interface Evaluation {
  world: World;
  me: User | undefined;
  text: string;
  steps: number;
  expensive: number;
}

type Scope = ReadonlyMap<string, unknown>;

/** What an expression comes to; throws `badQuery` `Evaluation failed: …` where it cannot be worked out. */
export function evaluate(at: Evaluation, node: Expression, scope: Scope): unknown {
  if (++at.steps > EXPRESSION_STEPS_MAX)
    fail(at, node, `The expression is too complex: it took more than ${EXPRESSION_STEPS_MAX} steps.`);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'template':
      return node.parts
        .map((part) => (typeof part === 'string' ? part : shown(evaluate(at, part, scope))))
        .join('');
    case 'name':
      return named(at, node, scope);
    case 'let':
      return evaluate(at, node.body, new Map(scope).set(node.name, evaluate(at, node.value, scope)));
    case 'list':
      return node.items.map((item) => evaluate(at, item, scope));
    case 'object':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, evaluate(at, value, scope)]));
    case 'arrow':
      return (...args: unknown[]) =>
        evaluate(
          at,
          node.body,
          new Map([...scope, ...node.parameters.map((name, i) => [name, args[i] ?? null] as const)]),
        );
    case 'conditional':
      return evaluate(at, truthy(evaluate(at, node.test, scope)) ? node.then : node.otherwise, scope);
    case 'unary':
      return unary(at, node, scope);
    case 'binary':
      return binary(at, node, scope);
    case 'member':
      return member(at, node, scope);
    case 'call':
      return called(at, node, scope);
    case 'new':
      return made(at, node, scope);
  }
}

type Of<K extends Expression['kind']> = Expression & { kind: K };

/** Refuses: the part of the expression that failed, and why. */
export function fail(
  at: Pick<Evaluation, 'text'>,
  node: Pick<Expression, 'from' | 'to'>,
  why: string,
): never {
  throw badQuery(`Evaluation failed: "${at.text.slice(node.from, node.to)}" - ${why}`);
}

function named(at: Evaluation, node: Of<'name'>, scope: Scope): unknown {
  if (scope.has(node.name)) return scope.get(node.name);
  return fail(at, node, `Unrecognized identifier: "${node.name}".`);
}

function unary(at: Evaluation, { operator, operand }: Of<'unary'>, scope: Scope): unknown {
  const value = evaluate(at, operand, scope);
  if (operator === 'typeof') return typeName(value);
  return operator === '!' ? !truthy(value) : -Number(value);
}

function binary(at: Evaluation, node: Of<'binary'>, scope: Scope): unknown {
  const { operator } = node;
  const left = evaluate(at, node.left, scope);
  if (operator === '&&') return truthy(left) ? evaluate(at, node.right, scope) : left;
  if (operator === '||') return truthy(left) ? left : evaluate(at, node.right, scope);
  if (operator === '??') return left ?? evaluate(at, node.right, scope);
  const right = evaluate(at, node.right, scope);
  if (operator === '==' || operator === '===') return same(left, right);
  if (operator === '!=' || operator === '!==') return !same(left, right);
  if (operator === '+') return held(at, node, plus(left, right));
  if (['-', '*', '/', '%'].includes(operator)) return arithmetic(at, node, left, right);
  return compare(at, node, left, right);
}

/** Refuses texts and lists that grow beyond what any answer may hold. */
function held(at: Evaluation, node: Expression, value: unknown): unknown {
  const long =
    typeof value === 'string' ? value.length > TEXT_MAX : Array.isArray(value) && value.length > VALUES_MAX;
  return long ? fail(at, node, 'The result is too large.') : value;
}

/** Characters of a text within an evaluation; a guard of ours. */
const TEXT_MAX = 100_000;

const plus = (left: unknown, right: unknown): unknown =>
  typeof left === 'number' && typeof right === 'number'
    ? left + right
    : Array.isArray(left) && Array.isArray(right)
      ? [...left, ...right]
      : shown(left) + shown(right);

function arithmetic(at: Evaluation, node: Of<'binary'>, left: unknown, right: unknown): number {
  const [a, b] = [numeric(left), numeric(right)];
  if (a === undefined || b === undefined)
    return fail(at, node, `Can't apply ${node.operator} to ${typeName(left)} and ${typeName(right)}.`);
  return { '-': a - b, '*': a * b, '/': a / b, '%': a % b }[node.operator] ?? Number.NaN;
}

function compare(at: Evaluation, node: Of<'binary'>, left: unknown, right: unknown): boolean {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === undefined || typeof a !== typeof b)
    return fail(at, node, `Can't compare ${typeName(left)} to ${typeName(right)}.`);
  const order = a < (b as typeof a) ? -1 : Number(a > (b as typeof a));
  const { operator } = node;
  return operator === '<'
    ? order < 0
    : operator === '>'
      ? order > 0
      : operator === '<='
        ? order <= 0
        : order >= 0;
}

const numeric = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : isThing(value) ? (value.row as { ms?: number }).ms : undefined;
const comparable = (value: unknown): number | string | undefined =>
  typeof value === 'string' ? value : numeric(value);

/** A value within a text. */
function shown(value: unknown): string {
  if (isThing(value)) return String(methodOf(value, 'toString')?.() ?? `${value.type} ${value.id}`);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

function member(at: Evaluation, node: Of<'member'>, scope: Scope): unknown {
  const of = evaluate(at, node.of, scope);
  if (node.optional && (of === null || of === undefined)) return null;
  const key = evaluate(at, node.property, scope);
  if (of === null || of === undefined) return fail(at, node, 'Type null does not have any properties.');
  if (Array.isArray(of) && typeof key === 'number') return of[key] ?? null;
  if ((Array.isArray(of) || typeof of === 'string') && key === 'length') return of.length;
  if (isThing(of)) return propertyOf(at, node, of, String(key));
  const method = methodOf(of, String(key));
  if (typeof of === 'object' && !Array.isArray(of)) {
    if (Object.hasOwn(of, String(key))) return (of as Record<string, unknown>)[String(key)] ?? null;
    return method ?? null;
  }
  return method ?? unknown(at, node, typeName(of), String(key), []);
}

function propertyOf(at: Evaluation, node: Of<'member'>, of: Thing, key: string): unknown {
  if (of.type === 'EntityProperties') return entityProperty(at, of, key);
  const known = TYPES[of.type] ?? {};
  const property = Object.hasOwn(known, key) ? known[key] : undefined;
  if (property) {
    if (property.expensive) spend(at, node);
    return property.get(at.world, of.row as never);
  }
  if (of.type === 'Issue' && key.startsWith('customfield_')) {
    spend(at, node);
    return customValue(at, (of.row as { fields: Record<string, unknown> }).fields[key]);
  }
  return methodOf(of, key) ?? unknown(at, node, of.type, key, Object.keys(known));
}

function unknown(
  at: Evaluation,
  node: Of<'member'>,
  type: string,
  key: string,
  known: readonly string[],
): never {
  const of = at.text.slice(node.of.from, node.of.to);
  const written = at.text.slice(node.property.from, node.property.to);
  const list = [...known].sort().map((name) => `'${name}'`);
  const available = list.length > 0 ? ` Available properties of type '${type}' are: ${list.join(', ')}` : '';
  return fail(at, node, `Unrecognized property of \`${of}\`: "${key}" (${written}).${available}`);
}

/** Counts what loads more; refuses where it is too much. */
function spend(at: Evaluation, node: Expression): void {
  if (++at.expensive > EXPRESSION_EXPENSIVE_MAX)
    fail(
      at,
      node,
      `The expression is too complex: it performed more than ${EXPRESSION_EXPENSIVE_MAX} expensive operations.`,
    );
}

function entityProperty({ world }: Evaluation, of: Thing, key: string): unknown {
  const { entity, entityId } = of.row as Pick<Kept, 'entity' | 'entityId'>;
  const read = (name: string) => world.get(properties, `${entity}/${entityId}/${name}`)?.value ?? null;
  if (key === 'get') return (name: unknown) => read(String(name));
  if (key === 'keys')
    return () =>
      world
        .list(properties, { prefix: `${entity}/${entityId}/` })
        .toArray()
        .map((row) => row.key);
  return read(key);
}

function customValue({ world }: Evaluation, value: unknown): unknown {
  const { accountId } = (value ?? {}) as { accountId?: string };
  if (accountId !== undefined) return userThing(world.get(users, accountId));
  return value ?? null;
}

function called(at: Evaluation, node: Of<'call'>, scope: Scope): unknown {
  const { callee } = node;
  if (callee.kind === 'name' && callee.name === 'Number' && !scope.has('Number'))
    return Number(node.args[0] ? evaluate(at, node.args[0], scope) : 0);
  const target = evaluate(at, callee, scope);
  if (target === null && callee.kind === 'member' && callee.optional) return null;
  if (typeof target !== 'function') return fail(at, node, `${typeName(target)} is not a function.`);
  const args = node.args.map((arg) => evaluate(at, arg, scope));
  try {
    return held(at, node, (target as Callable)(...args) ?? null);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // A method got what it cannot work with: no function, no number, a date beyond all dates.
    return fail(at, node, `Invalid arguments: ${args.map(typeName).join(', ')}.`);
  }
}

/** `new Issue('ENG-1')`: what is not there, or may not be seen, is null. */
function made(at: Evaluation, node: Of<'new'>, scope: Scope): unknown {
  const [first] = node.args.map((arg) => evaluate(at, arg, scope));
  const { world, me } = at;
  switch (node.type) {
    case 'Issue': {
      spend(at, node);
      const issue = issueNamed(world, String(first));
      return issue && mayBrowse(world, me, issue) ? issueThing(issue) : null;
    }
    case 'User':
      spend(at, node);
      return userThing(world.get(users, String(first)));
    case 'Project':
      spend(at, node);
      return projectWith(world, String(first));
    case 'Date':
      return first === undefined
        ? moment(world.now())
        : moment(
            instant(
              at,
              node,
              typeof first === 'number' ? first : (parseStamp(String(first)) ?? Date.parse(String(first))),
            ),
          );
    case 'CalendarDate':
      instant(at, node, Date.parse(String(first)));
      return day(String(first));
    case 'Map':
      return {};
    case 'RichText':
      return { type: 'RichText', row: first as object, id: JSON.stringify(first) };
    default:
      return fail(at, node, `Unrecognized type: "${node.type}".`);
  }
}

/** Refuses what is no moment. */
const instant = (at: Evaluation, node: Expression, ms: number): number =>
  Number.isNaN(new Date(ms).getTime()) ? fail(at, node, 'Invalid date.') : ms;
