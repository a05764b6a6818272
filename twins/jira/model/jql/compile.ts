/**
 * A parsed query made into what runs: which indexes hold its hits, a test for one issue, and the order. Values are
 * looked up once, here; the test compares ids. What is not there or not allowed is refused in the vendor's words.
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { filters, type User } from '../../world.ts';
import { TIME_ZONE } from '../defaults.ts';
import type { Clause, Expression, OrderTerm } from './ast.ts';
import { choiceClause, narrowedTo } from './choiceClause.ts';
import { type Compilation, type Hits, NOTHING, type Problem, refuse } from './compilation.ts';
import { isHistory } from './field.ts';
import { fieldNamed } from './fieldNamed.ts';
import { historyClause } from './historyClause.ts';
import { meantBy, takesEmpty, usable } from './operands.ts';
import { type Ordering, orderingOf } from './order.ts';
import { parseJql } from './parse.ts';
import { propertyClause, propertyOf } from './propertyClause.ts';
import { sizeClause } from './sizeClause.ts';
import { textClause } from './textClause.ts';
import { PROJECTS_WALKED_MAX } from './walks.ts';

export interface CompiledQuery {
  hits: Hits;
  ordering: Ordering;
  /** Whether the query restricts anything. */
  bounded: boolean;
}

/** Compiles a query for the person who asks; throws `badQuery` with all that is wrong. */
export function compileJql(world: World, me: User | undefined, jql: string): CompiledQuery {
  const { query, problems } = checkedJql(world, me, jql);
  const wrong = problems.filter((problem) => problem.kind !== 'warning');
  if (wrong.length > 0) throw badQuery(...new Set(wrong.map((problem) => problem.text)));
  return query;
}

/** The same with what is wrong beside it; throws `badQuery` for a query that cannot be read. */
export function checkedJql(
  world: World,
  me: User | undefined,
  jql: string,
): { query: CompiledQuery; problems: readonly Problem[] } {
  const { where, orderBy } = parseJql(jql);
  const at: Compilation = {
    world,
    me,
    accountId: me?.accountId,
    now: world.now(),
    zone: me?.timeZone ?? TIME_ZONE,
    problems: [],
    within: [],
  };
  const hits = where ? hitsOf(at, where) : ALL;
  return {
    query: { hits, ordering: orderOf(at, orderBy), bounded: where !== undefined },
    problems: at.problems,
  };
}

const ALL: Hits = { test: () => true, within: [], stretches: [], exact: true };

/** Fields that one query may sort by. */
const ORDER_TERMS_MAX = 7;

function orderOf(at: Compilation, orderBy: readonly OrderTerm[]): Ordering {
  if (orderBy.length > ORDER_TERMS_MAX)
    refuse(at, `The ORDER BY clause can contain a maximum of ${ORDER_TERMS_MAX} fields.`);
  return orderingOf(at, orderBy);
}

function hitsOf(at: Compilation, node: Expression): Hits {
  if (node.kind === 'clause') return clauseHits(at, node);
  if (node.kind === 'not') {
    const { test } = hitsOf(at, node.part);
    return { ...ALL, test: (issue) => !test(issue), exact: false };
  }
  const parts = node.parts.map((part) => hitsOf(at, part));
  return node.kind === 'and' ? allOf(parts) : anyOf(parts);
}

function allOf(parts: readonly Hits[]): Hits {
  return {
    // What is told by indexes alone is tested too: a walk along an order asks nothing else.
    test: (issue) => parts.every((part) => part.test(issue)),
    within: parts.flatMap((part) => part.within),
    stretches: parts.flatMap((part) => part.stretches),
    exact: parts.every((part) => part.exact),
    reads: parts.some((part) => part.reads),
    projects: parts
      .flatMap(({ projects }) => (projects ? [projects] : []))
      .sort((a, b) => a.length - b.length)[0],
  };
}

function anyOf(parts: readonly Hits[]): Hits {
  const best = parts.map((part) => [...part.within].sort((a, b) => a.count - b.count)[0]);
  const told = best.every((narrowing) => narrowing !== undefined);
  return {
    test: (issue) => parts.some((part) => part.test(issue)),
    within: told ? [narrowedTo(best.flatMap((narrowing) => narrowing?.among ?? []))] : [],
    stretches: [],
    exact: told && parts.every((part) => part.exact && part.within.length === 1),
    reads: parts.some((part) => part.reads),
  };
}

function clauseHits(at: Compilation, clause: Clause): Hits {
  const { field, operator } = clause;
  const property = propertyOf(field);
  if (property) return propertyClause(at, property, clause);
  const named = fieldNamed(at.world, field.name);
  if (!named)
    return refuse(at, `Field '${field.name}' does not exist or you do not have permission to view it.`);
  if (!usable(at, clause)) return NOTHING;
  if (!named.field.operators.has(operator))
    return refuse(
      at,
      isHistory(operator)
        ? `History searches do not support the '${field.name}' field.`
        : `The operator '${operator}' is not supported by the '${field.name}' field.`,
    );
  if (isHistory(operator)) return historyClause(at, named, clause);
  if (!takesEmpty(at, named.field, clause)) return NOTHING;
  if (named.field.kind === 'text') return textClause(at, named.field, clause);
  if (named.field.kind === 'size') return sizeClause(at, named.field, clause);
  if (named.id === 'filter') return filterHits(at, clause);
  const hits = choiceClause(at, named.field, clause);
  return named.id === 'project' ? ofFewProjects(hits) : hits;
}

/** Marks hits of some projects: these may be walked along by themselves. */
function ofFewProjects(hits: Hits): Hits {
  const [narrowing] = hits.within;
  const projects = narrowing?.ids;
  const few = projects !== undefined && projects.length > 0 && projects.length <= PROJECTS_WALKED_MAX;
  return few && hits.exact ? { ...hits, projects } : hits;
}

/** What saved queries find; `!=` what none of them does. */
function filterHits(at: Compilation, clause: Clause): Hits {
  const field = fieldNamed(at.world, 'filter')?.field;
  if (field?.kind !== 'choice') return NOTHING;
  const { ids } = meantBy(at, field, clause.field.name, clause.operand);
  const parts = ids.map((id) => {
    if (at.within.includes(id))
      return refuse(
        at,
        `Filter with ID '${id}' for the field '${clause.field.name}' would lead back to itself.`,
      );
    const { where } = parseJql(at.world.get(filters, id)?.jql ?? '');
    return where ? hitsOf({ ...at, within: [...at.within, id] }, where) : ALL;
  });
  if (parts.length === 0) return NOTHING;
  const either = anyOf(parts);
  return clause.operator === '=' || clause.operator === 'in'
    ? either
    : { ...ALL, test: (issue) => !either.test(issue), exact: false };
}
