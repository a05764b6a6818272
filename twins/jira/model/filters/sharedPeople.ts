/** The people that a filter or a dashboard is shared with. */
import type { World } from '../../../../src/world/world.ts';
import { type Shared, type User, users } from '../../world.ts';
import { owns, sees } from './sharing.ts';

/** People that are looked at; sharing with everybody names nobody. */
const PEOPLE_MAX = 10_000;

/** Everybody active who sees the thing by a share with a person, a group or a project. */
export function sharedPeople(world: World, thing: Shared): User[] {
  const named = thing.sharePermissions.filter(({ type }) => type !== 'global' && type !== 'loggedin');
  if (named.length === 0) return [];
  const only = { ...thing, sharePermissions: named, editPermissions: [] };
  return world
    .list(users, { where: (user) => user.active && !owns(user, thing) && sees(world, user, only) })
    .toArray(PEOPLE_MAX);
}
