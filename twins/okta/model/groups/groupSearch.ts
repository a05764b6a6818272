/** Lists of groups: all, by `q`, by `filter`, by `search`. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { groups } from '../../world.ts';
import { matcher, orderAt } from '../search/match.ts';
import { comparisons, type Filter, parseFilter } from '../search/parse.ts';
import { type Indexes, narrowed } from '../search/plan.ts';
import type { Group } from './group.ts';

/** What `GET /api/v1/groups` was asked for. */
export interface GroupQuery {
  q: string | null;
  filter: string | null;
  search: string | null;
  sortBy: string | null;
  sortOrder: string | null;
}

/** Finds groups. Throws E0000031 for a search or filter that cannot be read or names what it may not. */
export function findGroups(
  world: World,
  query: GroupQuery,
): { range: Range<Group>; sealed?: boolean; within?: string } {
  const search = query.search === null ? undefined : checked(query.search, SEARCHABLE, SEARCHED);
  const filter = query.filter === null ? undefined : checked(query.filter, FILTERED, COMPARED);
  const start = query.q ? begins(query.q) : undefined;
  const asked = [search, filter, start].filter((one) => one !== undefined);
  const tests = [search, start].flatMap((one) => (one ? matcher(one) : []));
  if (filter) tests.push(matcher(filter, { caseSensitive: true }));
  const where = (group: Group) => tests.every((test) => test(group));
  const { sortBy } = query;
  if (sortBy !== null && !SEARCHABLE.test(sortBy)) throw badSearch();
  const [first, ...others] = asked;
  if (!first) return { range: world.list(groups) };
  const all = others.reduce<Filter>((left, right) => ({ kind: 'and', left, right }), first);
  if (sortBy === null || !search) return narrowed(world, groups, all, INDEXES, where);
  const order = { by: orderAt(sortBy), descending: query.sortOrder?.toLowerCase() === 'desc' };
  const { range } = narrowed(world, groups, all, INDEXES, where, [order, { by: (group) => group.id }]);
  return { range, sealed: true };
}

/** What `q` asks: that the name begins so. */
const begins = (q: string): Filter => ({
  kind: 'compare',
  attribute: 'profile.name',
  operator: 'sw',
  value: q,
});

const INDEXES: Indexes = {
  id: {},
  'profile.name': { index: 'name', spelt: (value) => value.toLowerCase(), also: 'beginnings' },
  type: { index: 'type', spelt: (value) => value.toUpperCase() },
};

const badSearch = (): Error => refuse('E0000031');

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/#tag/Group/operation/listGroups */
const SEARCHABLE = /^(id|type|created|lastUpdated|lastMembershipUpdated|source\.id|profile\.[\w$]+)$/;
const FILTERED = /^(id|type|lastUpdated|lastMembershipUpdated|profile\.name)$/;
const SEARCHED: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'pr']);
const COMPARED: ReadonlySet<string> = new Set(['eq', 'gt', 'ge', 'lt', 'le']);

function checked(text: string, attributes: RegExp, operators: ReadonlySet<string>): Filter {
  const filter = parseFilter(text, badSearch);
  for (const { attribute, operator } of comparisons(filter))
    if (!attributes.test(attribute) || !operators.has(operator)) throw badSearch();
  return filter;
}
