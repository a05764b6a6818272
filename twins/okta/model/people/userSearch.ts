/** Lists of users: all, by `q`, by `filter`, by `search`. */
import { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { users } from '../../world.ts';
import { matcher, orderAt } from '../search/match.ts';
import { comparisons, type Filter, type Operator, parseFilter } from '../search/parse.ts';
import { type Indexes, narrowed } from '../search/plan.ts';
import type { User } from './user.ts';
import { classificationOf } from './userClassification.ts';

/** What `GET /api/v1/users` was asked for. */
export interface UserQuery {
  q: string | null;
  filter: string | null;
  search: string | null;
  sortBy: string | null;
  sortOrder: string | null;
}

/** Users that match; `sealed`: in an order other than their ids'; `within`: what all positions begin with. */
export interface UserMatches {
  range: Range<User>;
  sealed?: boolean;
  within?: string;
}

/**
 * Finds users. Throws E0000031 for a search or filter that cannot be read, names an attribute that it may not, or
 * uses an operator that it does not take; E0000033 for two ways of searching at once.
 */
export function findUsers(world: World, query: UserQuery): UserMatches {
  if (query.search !== null && (query.filter !== null || query.q !== null)) throw refuse('E0000033');
  if (query.search !== null) return bySearch(world, query, query.search);
  if (query.filter !== null) return byFilter(world, query.filter);
  if (query.q) return { range: byPrefix(world, query.q.trim().toLowerCase()) };
  return { range: world.list(users, { where: notDeprovisioned }) };
}

const notDeprovisioned = (user: User): boolean => user.status !== 'DEPROVISIONED';

export const badSearch = (): Error => refuse('E0000031');

function bySearch(world: World, query: UserQuery, search: string): UserMatches {
  const filter = parseFilter(search, badSearch);
  if (filter.kind === 'compare' && filter.attribute === 'classification.type')
    return byClassification(world, filter);
  for (const { attribute, operator } of comparisons(filter))
    if (
      !SEARCHABLE.test(attribute) ||
      !SEARCHED.has(operator) ||
      (operator === 'co' && !PARTLY.has(attribute))
    )
      throw badSearch();
  const { sortBy } = query;
  if (sortBy !== null && !SEARCHABLE.test(sortBy)) throw badSearch();
  if (!sortBy) return narrowed(world, users, filter, INDEXES, matcher(filter));
  const order = { by: orderAt(sortBy), descending: query.sortOrder?.toLowerCase() === 'desc' };
  const { range } = narrowed(world, users, filter, INDEXES, matcher(filter), [order, byId]);
  return { range, sealed: true };
}

/** What users count as is asked for alone. */
function byClassification(
  world: World,
  { operator, value }: Extract<Filter, { kind: 'compare' }>,
): UserMatches {
  if (operator !== 'eq' || (value !== 'LITE' && value !== 'STANDARD')) throw badSearch();
  const where = (user: User) => classificationOf(world, user).type === value;
  return { range: world.list(users, { where }), sealed: false };
}

/** `filter` is deaf to everything but a few attributes, and to case it is not. */
function byFilter(world: World, text: string): UserMatches {
  const filter = parseFilter(text, badSearch);
  checkFilter(filter);
  return narrowed(world, users, filter, INDEXES, matcher(filter, { caseSensitive: true }));
}

const byId = { by: (user: User) => user.id };

const lower = (value: string): string => value.toLowerCase();
const moment = (value: string): string | undefined => {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};

const INDEXES: Indexes = {
  id: {},
  'profile.login': { index: 'login', spelt: lower, also: 'beginnings' },
  'profile.email': { index: 'email', spelt: lower, also: 'beginnings' },
  'profile.lastName': { index: 'lastName', spelt: lower, also: 'beginnings' },
  'profile.firstName': { index: 'firstName', spelt: lower, also: 'beginnings' },
  'profile.department': { index: 'department', spelt: lower },
  'type.id': { index: 'type' },
  status: { index: 'status', spelt: (value) => value.toUpperCase() },
  lastUpdated: { index: 'lastUpdated', spelt: moment, also: 'moments' },
};

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/listUsers */
const SEARCHABLE =
  /^(id|status|created|activated|statusChanged|lastUpdated|lastLogin|passwordChanged|realmId|type\.id|profile\.[\w$]+)$/;
/** There is no `ne`; parts of a text are found in these attributes alone. */
const SEARCHED: ReadonlySet<Operator> = new Set<Operator>(['eq', 'gt', 'ge', 'lt', 'le', 'sw', 'co', 'pr']);
const PARTLY: ReadonlySet<string> = new Set([
  ...['profile.firstName', 'profile.lastName', 'profile.email', 'profile.login'],
]);
const FILTERED: ReadonlySet<string> = new Set([
  'status',
  'id',
  'profile.login',
  'profile.email',
  'profile.firstName',
  'profile.lastName',
]);
const COMPARED: ReadonlySet<Operator> = new Set<Operator>(['eq', 'gt', 'ge', 'lt', 'le']);

function checkFilter(filter: Filter): void {
  if (filter.kind === 'not') throw badSearch();
  if (filter.kind !== 'compare') {
    checkFilter(filter.left);
    checkFilter(filter.right);
    return;
  }
  const { attribute, operator } = filter;
  if (attribute === 'lastUpdated' ? COMPARED.has(operator) : FILTERED.has(attribute) && operator === 'eq')
    return;
  throw badSearch();
}

/** Users whose first name, last name or e-mail begins so: three walks along indexes, merged by id. */
function byPrefix(world: World, start: string): Range<User> {
  const found = new Map<string, User>();
  for (const index of ['firstName', 'lastName', 'email'])
    for (const user of world.list(users, { index, prefix: start, where: notDeprovisioned }))
      found.set(user.id, user);
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Range<User>({ scan: (after) => sorted.filter(([id]) => after === undefined || id > after) });
}
