/**
 * A parsed query made into what runs: a test for one issue, the index to walk, and the order. Values are looked up
 * once, here; the test compares ids. Unknown fields, values and operators are refused in the vendor's words.
 */

import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import type { Issue, User } from '../../world.ts';
import { TIME_ZONE } from '../defaults.ts';
import { fieldByClause } from '../fields/fields.ts';
import { zoned } from '../time.ts';
import { dateFunction, dateValue, type Moment } from './dates.ts';
import { type Choice, type JqlField, jqlField, KEY, type Size, type Text } from './fields.ts';
import { type Asker, functionIds, isFunction } from './functions.ts';
import { historyTest } from './history.ts';
import { type Ordering, orderingOf, type Walk, walkOf } from './order.ts';
import { type Clause, type Expression, type Operand, type Operator, parseJql } from './parse.ts';
import { indexedWord, matchesText } from './text.ts';

export type Test = (issue: Issue) => boolean;

/** Where to look: rows that have one of `keys` in `index` (`id`: the issues themselves). */
export interface Lookup {
  index: string;
  keys: readonly string[];
}

export interface CompiledQuery {
  test: Test;
  /** Rows outside it cannot pass the test; undefined: all rows are walked. */
  lookup: Lookup | undefined;
  orderBy: Ordering;
  /** The index that has this order, to be walked where no look-up leaves few rows. */
  walk: Walk | undefined;
  /** The one project that hits are in, where the query says so. */
  project: string | undefined;
  /** Hits were created or changed no earlier (milliseconds). */
  since: { byCreation?: number; byUpdate?: number };
  /** Whether the query restricts anything. */
  bounded: boolean;
}

/** What a compilation carries along. */
export interface Compilation extends Asker, Moment {
  world: World;
  /** Messages about fields and values: all are told at once. */
  problems: string[];
}

/** Compiles a query for the person who asks; throws `badQuery` with all that is wrong. */
export function compileJql(world: World, me: User | undefined, jql: string): CompiledQuery {
  const { where, orderBy } = parseJql(jql);
  const at: Compilation = { world, me, now: world.now(), zone: me?.timeZone ?? TIME_ZONE, problems: [] };
  const lookups: Lookup[] = [];
  const test = where ? expressionTest(at, where, lookups, true) : () => true;
  const ordering = orderingOf(at, orderBy);
  if (at.problems.length > 0) throw badQuery(...new Set(at.problems));
  lookups.sort((a, b) => cost(a) - cost(b));
  const project = lookups.find(({ index, keys }) => index === 'project' && keys.length === 1)?.keys[0];
  return {
    test,
    lookup: lookups[0],
    orderBy: ordering,
    walk: walkOf(at.world, orderBy),
    project,
    since: where ? sinceOf(at, where) : {},
    bounded: where !== undefined,
  };
}

/** The earliest moments that the clauses allow which every hit must satisfy. */
function sinceOf(at: Compilation, node: Expression): CompiledQuery['since'] {
  if (node.kind === 'and') return Object.assign({}, ...node.parts.map((part) => sinceOf(at, part)));
  if (node.kind !== 'clause' || !['>', '>=', '='].includes(node.operator)) return {};
  const field = jqlField(at.world, node.field);
  const id = fieldByClause(at.world, node.field)?.id;
  if (field?.kind !== 'date' || (id !== 'created' && id !== 'updated')) return {};
  const ms = sizesOf(at, field, node.operand)[0];
  return ms === undefined ? {} : { [id === 'created' ? 'byCreation' : 'byUpdate']: ms };
}

/** Which look-up leaves the fewest rows, by what such fields usually hold. */
const SELECTIVE = [
  'id',
  'parent',
  'label',
  'sprint',
  'text',
  'assignee',
  'reporter',
  'creator',
  'status',
  'issuetype',
  'project',
];
const cost = (lookup: Lookup): number => SELECTIVE.indexOf(lookup.index) * 100 + lookup.keys.length;

/** `lookups` collects those of clauses that every hit must satisfy. */
function expressionTest(at: Compilation, node: Expression, lookups: Lookup[], must: boolean): Test {
  if (node.kind === 'clause') return clauseTest(at, node, must ? lookups : []);
  if (node.kind === 'not') {
    const inner = expressionTest(at, node.part, [], false);
    return (issue) => !inner(issue);
  }
  const tests = node.parts.map((part) => expressionTest(at, part, lookups, must && node.kind === 'and'));
  return node.kind === 'and'
    ? (issue) => tests.every((test) => test(issue))
    : (issue) => tests.some((test) => test(issue));
}

const NEVER: Test = () => false;

function clauseTest(at: Compilation, clause: Clause, lookups: Lookup[]): Test {
  const field = jqlField(at.world, clause.field);
  if (!field) {
    at.problems.push(`Field '${clause.field}' does not exist or you do not have permission to view it.`);
    return NEVER;
  }
  if (clause.operator.startsWith('was') || clause.operator === 'changed')
    return historyTest(at, field, clause);
  if (!OPERATORS[field.kind === 'choice' && field.place ? 'ordered' : field.kind].has(clause.operator))
    return refuse(at, `The operator '${clause.operator}' is not supported by the '${clause.field}' field.`);
  if (clause.operand.kind === 'empty' || clause.operator.startsWith('is'))
    return emptyTest(at, field, clause);
  if (field.kind === 'choice') return choiceTest(at, field, clause, lookups);
  return field.kind === 'text' ? textTest(at, field, clause, lookups) : sizeTest(at, field, clause);
}

const EQUALITY: Operator[] = ['=', '!=', 'in', 'not in', 'is', 'is not'];
const OPERATORS: Record<'choice' | 'ordered' | 'date' | 'number' | 'text', ReadonlySet<Operator>> = {
  choice: new Set(EQUALITY),
  ordered: new Set<Operator>([...EQUALITY, '<', '>', '<=', '>=']),
  date: new Set<Operator>([...EQUALITY, '<', '>', '<=', '>=']),
  number: new Set<Operator>([...EQUALITY, '<', '>', '<=', '>=']),
  text: new Set<Operator>(['~', '!~', 'is', 'is not']),
};

function refuse(at: Compilation, message: string): Test {
  at.problems.push(message);
  return NEVER;
}

function emptyTest(at: Compilation, field: JqlField, { operator, operand, field: name }: Clause): Test {
  if (operand.kind !== 'empty')
    return refuse(
      at,
      `The operator '${operator}' only supports the values 'EMPTY' and 'NULL' for the field '${name}'.`,
    );
  if (operator === 'is' || operator === '=') return (issue) => isEmpty(at.world, field, issue);
  if (operator === 'is not' || operator === '!=') return (issue) => !isEmpty(at.world, field, issue);
  return refuse(
    at,
    `The field '${name}' does not support searching for an empty value with the operator '${operator}'.`,
  );
}

const isEmpty = (world: World, field: JqlField, issue: Issue): boolean =>
  field.kind === 'choice'
    ? field.ids(world, issue).length === 0
    : field.kind === 'text'
      ? field.texts(world, issue).every((each) => each === '')
      : field.value(world, issue) === null;

function choiceTest(at: Compilation, field: Choice, { operator, operand }: Clause, lookups: Lookup[]): Test {
  const { ids, empty } = idsOf(at, field, operand);
  const wanted = new Set(ids);
  const of = (issue: Issue) => field.ids(at.world, issue);
  const { place } = field;
  if (operator === '=' || operator === 'in') {
    const index = field.index ?? (field.find === KEY.find ? 'id' : undefined);
    if (index && !empty && !wanted.has('')) lookups.push({ index, keys: [...wanted] });
    return (issue) => {
      const own = of(issue);
      return own.length === 0 ? empty || wanted.has('') : own.some((id) => wanted.has(id));
    };
  }
  // What is unset is not found by a negation; `resolution != Unresolved` then means any resolution.
  if (operator === '!=' || operator === 'not in')
    return (issue) => {
      const own = of(issue);
      return own.length > 0 && !own.some((id) => wanted.has(id));
    };
  const limit = ids[0];
  if (!place || limit === undefined) return NEVER;
  const than = place(at.world, limit);
  return (issue) => of(issue).some((id) => ordered(operator, place(at.world, id), than));
}

function ordered<T extends number | string>(operator: Operator, a: T, b: T): boolean {
  if (operator === '<') return a < b;
  if (operator === '>') return a > b;
  return operator === '<=' ? a <= b : a >= b;
}

/** The ids that an operand means; a value that means none is a problem. */
export function idsOf(at: Compilation, field: Choice, operand: Operand): { ids: string[]; empty: boolean } {
  if (operand.kind === 'empty') return { ids: [], empty: true };
  if (operand.kind === 'list') {
    const parts = operand.values.map((value) => idsOf(at, field, value));
    return { ids: parts.flatMap((part) => part.ids), empty: parts.some((part) => part.empty) };
  }
  if (operand.kind === 'function')
    return { ids: [...functionIds(at, operand.name, operand.args)], empty: false };
  const ids = field.find(at.world, operand.text);
  if (ids.length === 0) at.problems.push(missingValue(field, operand.text));
  return { ids: [...ids], empty: false };
}

function missingValue(field: Choice, text: string): string {
  if (field.find === KEY.find)
    return `Issue '${text}' does not exist or you do not have permission to see it.`;
  return /^\d+$/.test(text)
    ? `A value with ID '${text}' does not exist for the field '${field.name}'.`
    : `The value '${text}' does not exist for the field '${field.name}'.`;
}

function textTest(at: Compilation, field: Text, { operator, operand }: Clause, lookups: Lookup[]): Test {
  if (operand.kind !== 'value')
    return refuse(at, `The operator '${operator}' does not support the value for the field '${field.name}'.`);
  const query = operand.text;
  if (query.trim() === '')
    return refuse(at, `The field '${field.name}' does not support searching for an empty string.`);
  if (/^[*?]/.test(query.trim()))
    return refuse(
      at,
      `The text query '${query}' for field '${field.name}' is not allowed to start with '${query.trim().charAt(0)}'.`,
    );
  const matches: Test = (issue) => matchesText(field.texts(at.world, issue), query);
  if (operator === '!~') return (issue) => !isEmpty(at.world, field, issue) && !matches(issue);
  const word = indexedWord(query);
  if (field.index && word !== undefined) lookups.push({ index: field.index, keys: [word] });
  return matches;
}

function sizeTest(at: Compilation, field: Size, { operator, operand }: Clause): Test {
  const sizes = sizesOf(at, field, operand);
  const value = (issue: Issue) => field.value(at.world, issue);
  const is = (issue: Issue) => {
    const own = value(issue);
    return own === null ? false : sizes.includes(own);
  };
  if (operator === '=' || operator === 'in') return is;
  if (operator === '!=' || operator === 'not in') return (issue) => value(issue) !== null && !is(issue);
  const than = sizes[0];
  if (than === undefined) return NEVER;
  return (issue) => {
    const own = value(issue);
    return own !== null && ordered(operator, own, than);
  };
}

/** Milliseconds or numbers that an operand means. */
function sizesOf(at: Compilation, field: Size, operand: Operand): number[] {
  if (operand.kind === 'list') return operand.values.flatMap((value) => sizesOf(at, field, value));
  if (operand.kind === 'empty') return [];
  const text = operand.kind === 'value' ? operand.text : undefined;
  if (field.kind === 'number') {
    const number = Number(text);
    if (text !== undefined && Number.isFinite(number)) return [number];
    at.problems.push(
      `Value '${text ?? ''}' is invalid for the '${field.name}' field. Valid values are numbers.`,
    );
    return [];
  }
  const ms = momentOf(at, field.name, operand);
  return ms === undefined ? [] : [field.day ? Date.parse(zoned(ms, at.zone).slice(0, 10)) : ms];
}

/** The moment that an operand means; a problem where it is none. */
export function momentOf(at: Compilation, name: string, operand: Operand): number | undefined {
  if (operand.kind === 'value') return dateValue(operand.text, name, at);
  if (operand.kind !== 'function') return undefined;
  const ms = dateFunction(operand, at);
  if (ms !== undefined) return ms;
  at.problems.push(
    isFunction(operand.name)
      ? `A value provided by the function '${operand.name}' is invalid for the field '${name}'.`
      : `Unable to find JQL function '${operand.name}(${operand.args.join(', ')})'.`,
  );
  return undefined;
}
