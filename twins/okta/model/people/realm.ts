/** Realms: parts of the org's users that are administered apart. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { realmAssignments } from '../../world/security.ts';
import { realms, users } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { matcher, orderAt } from '../search/match.ts';
import { comparisons, parseFilter } from '../search/parse.ts';

/** A realm in the vendor's shape, less links. */
export interface Realm {
  id: string;
  created: string;
  lastUpdated: string;
  profile: { name: string; domains?: string[]; realmType?: string };
  isDefault: boolean;
}

export interface RealmInput {
  profile?: Partial<Realm['profile']>;
}

/** The realm with this id, or E0000007. */
export const findRealm = (world: World, id: string): Realm =>
  world.require(realms, id, () => notFound(id, 'Realm'));

/** What `GET /api/v1/realms` was asked for; it sorts only what was searched for. */
export interface RealmQuery {
  search: string | null;
  sortBy: string | null;
  sortOrder: string | null;
}

/**
 * Realms by age, or those that match a search expression, sorted. Throws E0000031 for an expression or attribute that
 * there is none of; parts of a text are found in names alone.
 */
export function findRealms(world: World, query: RealmQuery): { range: Range<Realm>; sealed: boolean } {
  const { search, sortBy } = query;
  if (!search) return { range: world.list(realms), sealed: false };
  const filter = parseFilter(search, () => refuse('E0000031'));
  for (const { attribute, operator } of comparisons(filter))
    if (!SEARCHABLE.test(attribute) || (operator === 'co' && attribute !== 'profile.name'))
      throw refuse('E0000031');
  const where = matcher(filter);
  if (sortBy === null) return { range: world.list(realms, { where }), sealed: false };
  if (!SEARCHABLE.test(sortBy)) throw refuse('E0000031');
  const order = { by: orderAt(sortBy), descending: query.sortOrder?.toLowerCase() === 'desc' };
  return {
    range: world.list(realms, { where, orderBy: [order, { by: (realm) => realm.id }] }),
    sealed: true,
  };
}

const SEARCHABLE = /^(id|created|lastUpdated|isDefault|profile\.(name|realmType|domains))$/;

/** Makes a realm. Throws E0000001 for a missing or taken name. */
export function createRealm(world: World, who: Who, input: RealmInput | undefined): Realm {
  const profile = checked(world, input);
  const now = stamp(world.now());
  const realm = world.insert(realms, {
    id: newId(world, 'guo'),
    created: now,
    lastUpdated: now,
    profile,
    isDefault: false,
  });
  log(world, who, 'create', realm);
  return realm;
}

/** Puts the realm in that every user is in unless said otherwise. */
export function addDefaultRealm(world: World, id: string): Realm {
  const now = stamp(world.now());
  return world.insert(realms, {
    id,
    created: now,
    lastUpdated: now,
    profile: { name: 'Default Realm' },
    isDefault: true,
  });
}

/** Replaces a realm's profile. */
export function replaceRealm(world: World, who: Who, id: string, input: RealmInput | undefined): Realm {
  findRealm(world, id);
  const profile = checked(world, input, id);
  const changed = world.update(realms, id, { profile, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', changed);
  return changed;
}

/** Removes a realm that has no users. Throws E0000178 for one that has or that a rule fills, and for the default one. */
export function deleteRealm(world: World, who: Who, id: string): void {
  const realm = findRealm(world, id);
  if (realm.isDefault) throw refuse('E0000178', { args: ['It is the default realm.'] });
  if (world.list(users, { where: (user) => user.realmId === id }).first())
    throw refuse('E0000178', { args: ['There are users in it.'] });
  if (
    world.list(realmAssignments, { where: ({ actions }) => actions.assignUserToRealm.realmId === id }).first()
  )
    throw refuse('E0000178', { args: ['There are realm assignments for it.'] });
  world.remove(realms, id);
  log(world, who, 'delete', realm);
}

function log(world: World, who: Who, verb: string, realm: Realm): void {
  const thing = { id: realm.id, type: 'Realm', name: realm.profile.name };
  recordChange(world, who, `directory.realm.lifecycle.${verb}`, `Realm ${verb}`, thing);
}

function checked(world: World, input: RealmInput | undefined, own?: string): Realm['profile'] {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, domains = [], realmType } = input.profile ?? {};
  if (!name) throw blank('name');
  if (realmType !== undefined && realmType !== 'PARTNER' && realmType !== 'DEFAULT')
    throw invalid('realmType', 'realmType: Must be PARTNER or DEFAULT');
  const other = world.list(realms, { where: (one) => one.profile.name === name && one.id !== own }).first();
  if (other)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  return { name, domains, ...(realmType ? { realmType } : {}) };
}
