/** Clauses on fields that hold things with ids: `=`, `in`, `is`, `<`. */
import { countOf, type Places } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Clause } from './ast.ts';
import { type Compilation, type Hits, type Narrowing, NOTHING, tested } from './compilation.ts';
import type { Choice } from './field.ts';
import { type Meant, meantBy } from './operands.ts';

/** The hits of a clause, whose operator and operand fit the field. */
export function choiceClause(at: Compilation, field: Choice, clause: Clause): Hits {
  const { operator } = clause;
  const meant = meantBy(at, field, clause.field.name, clause.operand);
  if (operator === '=' || operator === 'in' || operator === 'is') return equals(at, field, meant);
  if (operator === '!=' || operator === 'not in' || operator === 'is not') return differs(at, field, meant);
  const { compare } = field;
  const [limit] = meant.ids;
  if (!compare || limit === undefined) return NOTHING;
  return tested((issue) =>
    field.ids(at.world, issue).some((id) => {
      const order = compare(at.world, id, limit);
      return order !== undefined && ordered(operator, order);
    }),
  );
}

/** What `a < b` says of how `a` stands to `b`. */
export function ordered(operator: Clause['operator'], order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

function equals({ world }: Compilation, field: Choice, { ids, empty }: Meant): Hits {
  const wanted = new Set(ids);
  const narrowing = placesOf(world, field, { ids, empty });
  return {
    test: (issue) => {
      const own = field.ids(world, issue);
      return own.length === 0 ? empty : own.some((id) => wanted.has(id));
    },
    within: narrowing ? [narrowing] : [],
    stretches: [],
    exact: narrowing !== undefined,
  };
}

/** What is unset is not found by a negation; `resolution != Unresolved` then means any resolution. */
function differs({ world }: Compilation, field: Choice, { ids }: Meant): Hits {
  const unwanted = new Set(ids);
  return tested((issue) => {
    const own = field.ids(world, issue);
    return own.length > 0 && !own.some((id) => unwanted.has(id));
  });
}

function placesOf(world: World, field: Choice, { ids, empty }: Meant): Narrowing | undefined {
  const nothing = empty ? wrapped(field.without?.(world)) : [];
  const something = ids.length > 0 ? field.within?.(world, [...new Set(ids)]) : [];
  if (nothing === undefined || something === undefined) return undefined;
  return empty ? narrowedTo([...something, ...nothing]) : { ...narrowedTo(something), ids };
}

const wrapped = (places: Places | undefined): Places[] | undefined =>
  places === undefined ? undefined : [places];

/** Issues in any of these. */
export function narrowedTo(places: readonly Places[]): Narrowing {
  const among = places.filter((one) => countOf(one) > 0);
  return { among, count: among.reduce((sum, one) => sum + countOf(one), 0) };
}
