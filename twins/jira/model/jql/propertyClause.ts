/** Clauses on what programs keep with issues: `issue.property[key].path = value`. */
import type { World } from '../../../../src/world/world.ts';
import type { Issue } from '../../entities.ts';
import { properties } from '../../world.ts';
import type { Clause, FieldProperty, Operand } from './ast.ts';
import { ordered } from './choiceClause.ts';
import { type Compilation, type Hits, NOTHING, refuse, tested } from './compilation.ts';
import { OPERATORS } from './field.ts';
import { usable } from './operands.ts';
import { readTextQuery, says } from './textQuery.ts';

/** The part of a property that a field of a query is; undefined for any other field. */
export const propertyOf = ({ name, property }: Clause['field']): FieldProperty | undefined =>
  /^issue\.property\[/i.test(name) ? property : undefined;

/** The hits of a clause on a property. */
export function propertyClause(at: Compilation, property: FieldProperty, clause: Clause): Hits {
  const { operator, operand, field } = clause;
  if (!OPERATORS.any.has(operator))
    return refuse(at, `The operator '${operator}' is not supported by the '${field.name}' field.`);
  if (!usable(at, clause)) return NOTHING;
  const held = (issue: Issue) => valuesOf(at.world, issue, property);
  if (operand.kind === 'empty') {
    const empty = operator === '=' || operator === 'is' || operator === '~';
    return tested((issue) => (held(issue).length === 0) === empty);
  }
  const wanted = literals(operand);
  const equal = (value: unknown) => wanted.some((text) => String(value).toLowerCase() === text.toLowerCase());
  if (operator === '=' || operator === 'in') return tested((issue) => held(issue).some(equal));
  if (operator === '!=' || operator === 'not in')
    return tested((issue) => held(issue).length > 0 && !held(issue).some(equal));
  const [limit = ''] = wanted;
  if (operator !== '~' && operator !== '!~')
    return tested((issue) => held(issue).some((value) => ordered(operator, compared(value, limit))));
  const query = readTextQuery(limit);
  if (query === undefined || query === 'wildcard')
    return refuse(at, `Unable to parse the text '${limit}' for field '${field.name}'.`);
  const matches = (issue: Issue) => says(held(issue).map(String), query);
  return tested(operator === '~' ? matches : (issue) => held(issue).length > 0 && !matches(issue));
}

const literals = (operand: Operand): string[] =>
  operand.kind === 'list' ? operand.values.flatMap(literals) : operand.kind === 'value' ? [operand.text] : [];

/** Numbers by size, all else as text. */
function compared(value: unknown, limit: string): number {
  if (typeof value === 'number') return value - Number(limit);
  return String(value) < limit ? -1 : Number(String(value) !== limit);
}

/** What stands at a path of an issue's property; every element where there is a list. */
function valuesOf(world: World, issue: Issue, { key, path }: FieldProperty): unknown[] {
  const row = world.get(properties, `issue/${issue.id}/${key}`);
  let values: unknown[] = row ? [row.value] : [];
  for (const step of path === '' ? [] : path.split('.'))
    values = values.flatMap((value) => {
      const inner = (value as Record<string, unknown> | null)?.[step];
      return inner === undefined || inner === null ? [] : inner;
    });
  return values.flat();
}
