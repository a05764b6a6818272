/** Lists of groups: all, by `q`, by `filter`, by `search`. */
import type { Range } from '../../../src/range.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { groups } from '../world.ts';
import type { Group } from './group.ts';
import { matcher, orderAt } from './search/match.ts';
import { comparisons, type Filter, parseFilter } from './search/parse.ts';

/** What `GET /api/v1/groups` was asked for. */
export interface GroupQuery {
  q: string | null;
  filter: string | null;
  search: string | null;
  sortBy: string | null;
  sortOrder: string | null;
}

/** Finds groups. Throws E0000031 for a search or filter that cannot be read or names what it may not. */
export function findGroups(world: World, query: GroupQuery): { range: Range<Group>; sealed: boolean } {
  const tests: ((group: Group) => boolean)[] = [];
  if (query.search !== null) tests.push(matcher(checked(query.search, SEARCHABLE, SEARCHED)));
  if (query.filter !== null)
    tests.push(matcher(checked(query.filter, FILTERED, COMPARED), { caseSensitive: true }));
  const start = query.q?.toLowerCase();
  if (start) tests.push((group) => group.profile.name.toLowerCase().startsWith(start));
  const { sortBy } = query;
  if (sortBy !== null && !SEARCHABLE.test(sortBy)) throw badSearch();
  const sorted = sortBy !== null && query.search !== null;
  const range = world.list(groups, {
    ...(tests.length > 0 ? { where: (group) => tests.every((test) => test(group)) } : {}),
    ...(sorted
      ? {
          orderBy: [
            { by: orderAt(sortBy), descending: query.sortOrder?.toLowerCase() === 'desc' },
            { by: (group) => group.id },
          ],
        }
      : {}),
  });
  return { range, sealed: sorted };
}

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
