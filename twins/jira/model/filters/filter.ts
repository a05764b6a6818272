/**
 * Filters: queries that people keep, share and star.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, missing, refused } from '../../errors.ts';
import { FILTER_COLUMNS_MAX, FILTER_NAME_CHARS_MAX } from '../../limits.ts';
import { type Filter, filters, type SharePermission, type User, users } from '../../world.ts';
import { fieldById } from '../fields/fields.ts';
import { nextId } from '../ids.ts';
import { compileJql } from '../jql/compile.ts';
import { may } from '../permissions/may.ts';
import { favouritesOf, forgetFavourites, setFavourite } from './favourites.ts';
import { mayChange, owns, readShare, readShares, type ShareInput, sees, shareScopeOf } from './sharing.ts';

const GONE =
  'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.';

/** The filter that a person (nobody: without a credential) sees; 400 in the vendor's words for any other. */
export function requireFilter(world: World, user: User | undefined, id: string, override = false): Filter {
  const found = world.get(filters, id);
  const all = override && may(world, user, 'ADMINISTER');
  if (!found || !(all || sees(world, user, found))) throw badQuery(GONE);
  return found;
}

/** What `POST /filter` and `PUT /filter/{id}` take. */
export interface FilterInput {
  name?: unknown;
  description?: unknown;
  jql?: unknown;
  favourite?: unknown;
  sharePermissions?: unknown;
  editPermissions?: unknown;
}

/** A new filter of `owner`, shared as it says or as the owner's default says; `badFields` for a taken name. */
export function createFilter(world: World, owner: User, input: FilterInput): Filter {
  const name = nameOf(world, owner, input.name);
  const standard: readonly ShareInput[] =
    shareScopeOf(world, owner) === 'AUTHENTICATED' ? [{ type: 'authenticated' }] : [];
  const filter = world.insert(filters, {
    id: nextId(world, 'filter'),
    name,
    description: text(input.description) ?? '',
    jql: queryOf(world, owner, input.jql ?? ''),
    owner: { accountId: owner.accountId },
    sharePermissions: readShares(
      world,
      owner,
      input.sharePermissions === undefined ? standard : input.sharePermissions,
    ),
    editPermissions: readShares(world, owner, input.editPermissions),
  });
  if (input.favourite === true) setFavourite(world, owner, 'filter', filter.id, true);
  return filter;
}

/** Changes a filter; only its owner and those it is shared with for editing may. */
export function updateFilter(world: World, user: User, id: string, input: FilterInput): Filter {
  const filter = requireChangeable(world, user, id);
  const shares = readShares(world, user, input.sharePermissions);
  const edits = readShares(world, user, input.editPermissions);
  const changed = world.update(filters, id, {
    name: input.name === undefined ? filter.name : nameOf(world, user, input.name, filter),
    description: text(input.description) ?? filter.description,
    jql: input.jql === undefined ? filter.jql : queryOf(world, user, input.jql),
    ...(input.sharePermissions === undefined ? {} : { sharePermissions: shares }),
    ...(input.editPermissions === undefined ? {} : { editPermissions: edits }),
  });
  if (typeof input.favourite === 'boolean') setFavourite(world, user, 'filter', id, input.favourite);
  return changed;
}

/** Deletes a filter with its stars; its owner and administrators may. Boards lose their query with it. */
export function deleteFilter(world: World, user: User, id: string): void {
  const filter = requireFilter(world, user, id, true);
  if (!owns(user, filter) && !may(world, user, 'ADMINISTER')) throw refused('unauthorized');
  forgetFavourites(world, 'filter', id);
  world.remove(filters, id);
}

/** Gives a filter to somebody who has none of its name. */
export function changeOwner(world: World, user: User, id: string, accountId: unknown): void {
  const filter = world.require(filters, id, () => missing(GONE));
  if (!owns(user, filter) && !may(world, user, 'ADMINISTER'))
    throw forbidden('You must be the owner of the filter, or a Jira administrator, to change its owner.');
  const next = world.require(users, String(accountId), () => missing('The user is not valid.'));
  if (namesake(world, next, filter.name) && !owns(next, filter))
    throw badQuery('The new owner already has a filter with the same name.');
  world.update(filters, id, { owner: { accountId: next.accountId } });
}

/** Shares a filter with more people; what is for all replaces every other share. */
export function addShare(
  world: World,
  user: User,
  id: string,
  input: ShareInput,
): readonly SharePermission[] {
  const filter = requireFilter(world, user, id);
  if (!owns(user, filter)) throw badQuery('You do not own this filter.');
  if (!may(world, user, 'CREATE_SHARED_OBJECTS'))
    throw badFields({ shares: 'You do not have permission to share. All shares are invalid.' });
  const share = readShare(world, user, input);
  const everybody = (one: SharePermission) => one.type === 'global' || one.type === 'loggedin';
  const kept = filter.sharePermissions.filter((one) => !everybody(one) && !same(one, share));
  const sharePermissions = everybody(share) ? [share] : [...kept, share];
  return world.update(filters, id, { sharePermissions }).sharePermissions;
}

const same = ({ id: _, ...a }: SharePermission, { id: __, ...b }: SharePermission): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Takes a share back; 404 where there is none, or the filter is another's. */
export function removeShare(world: World, user: User, id: string, shareId: string): void {
  const filter = world.require(filters, id, () => missing(GONE));
  if (!owns(user, filter)) throw missing(GONE);
  requireShare(filter, shareId);
  const sharePermissions = filter.sharePermissions.filter((one) => String(one.id) !== shareId);
  world.update(filters, id, { sharePermissions });
}

export function requireShare(filter: Filter, shareId: string): SharePermission {
  const found = filter.sharePermissions.find((one) => String(one.id) === shareId);
  if (!found) throw missing(`The share permission with id '${shareId}' does not exist.`);
  return found;
}

/** Sets what a filter shows of issues; 400 for a field that cannot be shown, and back to the site's with none. */
export function setColumns(
  world: World,
  user: User,
  id: string,
  columns: readonly string[] | undefined,
): void {
  requireChangeable(world, user, id);
  if (columns && columns.length > FILTER_COLUMNS_MAX)
    throw badQuery(`There are more than ${FILTER_COLUMNS_MAX} columns.`);
  for (const one of columns ?? [])
    if (fieldById(world, one)?.navigable !== true)
      throw badQuery(`The column '${one}' is invalid or not navigable.`);
  world.update(filters, id, ({ columns: _, ...filter }) => (columns ? { ...filter, columns } : filter));
}

function requireChangeable(world: World, user: User, id: string): Filter {
  const filter = requireFilter(world, user, id);
  if (!mayChange(world, user, filter))
    throw badQuery('You do not have permission to modify this filter as you are not its owner.');
  return filter;
}

/** The filters that a person owns, and with `starred` those it starred and still sees, by name. */
export function filtersOf(world: World, user: User, starred: boolean): Filter[] {
  const own = world.list(filters, { index: 'owner', equals: user.accountId }).toArray();
  const ids = new Set(own.map(({ id }) => id));
  const more = starred ? favouriteFilters(world, user).filter(({ id }) => !ids.has(id)) : [];
  return [...own, ...more].sort(byName);
}

/** The filters that a person starred and still sees, by name. */
export const favouriteFilters = (world: World, user: User): Filter[] =>
  favouritesOf(world, user, 'filter')
    .map((id) => world.get(filters, id))
    .filter((one) => one !== undefined && sees(world, user, one))
    .sort((a, b) => byName(a as Filter, b as Filter)) as Filter[];

const byName = (a: Filter, b: Filter): number => a.name.localeCompare(b.name) || Number(a.id) - Number(b.id);

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function nameOf(world: World, owner: User, value: unknown, current?: Filter): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name === '') throw badFields({ filterName: 'You must specify a name to save this filter as.' });
  if (name.length > FILTER_NAME_CHARS_MAX)
    throw badFields({ filterName: `The name must not exceed ${FILTER_NAME_CHARS_MAX} characters.` });
  const other = namesake(world, owner, name);
  if (other && other.id !== current?.id)
    throw badFields({ filterName: 'Filter with same name already exists.' });
  return name;
}

const namesake = (world: World, owner: User, name: string): Filter | undefined =>
  world
    .list(filters, {
      index: 'name',
      equals: name.toLowerCase(),
      where: (row) => row.owner.accountId === owner.accountId,
    })
    .first();

/** The query, as it was written; `badQuery` in the words of the parser. */
function queryOf(world: World, user: User, value: unknown): string {
  if (typeof value !== 'string') throw badQuery('The JQL query of a filter must be a text.');
  compileJql(world, user, value);
  return value;
}
