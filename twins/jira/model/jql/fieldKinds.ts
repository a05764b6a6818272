/** Fields of one kind, made from what differs between them. */
import type { Issue } from '../../entities.ts';
import { userNamed } from '../people/people.ts';
import { parseStamp } from '../time.ts';
import type { Value } from './ast.ts';
import { type Asking, type Choice, noSuchValue, OPERATORS, type Size, type Text } from './field.ts';
import { holding, holdingNothing, saying } from './found.ts';

type ChoiceSpec = Pick<Choice, 'ids' | 'find'> & Partial<Omit<Choice, 'kind'>>;

/** A field whose values are things with ids. `facet`: the name under which issues are found by it. */
export function choice(spec: ChoiceSpec & { facet?: string; hasEmpty?: boolean }): Choice {
  const { facet, hasEmpty = false, ...rest } = spec;
  return {
    kind: 'choice',
    type: 'other',
    operators: OPERATORS.equalityAndEmpty,
    empty: true,
    missing: noSuchValue,
    ...(facet ? { within: (world, ids) => holding(world, facet, ids) } : {}),
    ...(facet && hasEmpty ? { without: (world) => holdingNothing(world, facet) } : {}),
    ...rest,
  };
}

/** A field that holds people. Nobody is refused for asking about somebody who is not there. */
export const people = (ids: Choice['ids'], spec: Partial<Parameters<typeof choice>[0]> = {}): Choice =>
  choice({ ids, find: findUser, type: 'user', lenient: true, ...spec });

function findUser({ world }: Asking, value: Value): string[] {
  const found = userNamed(world, value.text);
  return found ? [found.accountId] : [];
}

/** A field that holds a moment. */
export const moment = (get: (issue: Issue) => unknown, index?: Size['index']): Size => ({
  ...size('moment', (_, issue) => moments(get(issue))),
  ...(index ? { index } : {}),
});

/** A field that holds a day of the calendar. */
export const day = (get: (issue: Issue) => unknown): Size =>
  size('day', (_, issue) => {
    const held = get(issue);
    return typeof held === 'string' ? [Date.parse(held)] : [];
  });

function moments(held: unknown): number[] {
  const ms = typeof held === 'string' ? (parseStamp(held) ?? Date.parse(held)) : Number.NaN;
  return Number.isNaN(ms) ? [] : [ms];
}

const TYPES = { moment: 'date', day: 'date', work: 'duration' } as const;

/** A field that is compared by size. */
export function size(unit: Size['unit'], values: Size['values'], more: Partial<Size> = {}): Size {
  const type = (TYPES as Partial<Record<Size['unit'], Size['type']>>)[unit] ?? 'number';
  return { kind: 'size', type, unit, operators: OPERATORS.orderedAndEmpty, empty: true, values, ...more };
}

/** A field that holds text; `fields` are the names under which its words are found. */
export const text = (texts: Text['texts'], fields: readonly string[], more: Partial<Text> = {}): Text => ({
  kind: 'text',
  type: 'text',
  operators: OPERATORS.text,
  empty: true,
  texts,
  ...(fields.length > 0 ? { within: (world, stemmed) => saying(world, fields, stemmed) } : {}),
  ...more,
});
