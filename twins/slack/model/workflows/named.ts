/** For whom a function or a trigger is: for everybody, for its makers, or for those who are named. https://docs.slack.dev/workflows/workflow-triggers/ */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { NAMED_ENTITIES_MAX } from '../../limits.ts';
import { type App, channels, users } from '../../world.ts';
import { isMember } from '../channels/access.ts';
import { theTeam } from '../people/team.ts';

export type PermissionType = 'everyone' | 'app_collaborators' | 'named_entities' | 'system';

/** Who may. Ids are in the order in which they were named. */
export interface Permission {
  permission_type: PermissionType;
  user_ids: string[];
  channel_ids: string[];
  team_ids: string[];
  org_ids: string[];
}

export type Named = Omit<Permission, 'permission_type'>;

export const permissionOf = (permission_type: PermissionType): Permission => ({
  permission_type,
  user_ids: [],
  channel_ids: [],
  team_ids: [],
  org_ids: [],
});

/** Sets who may. Throws `named_entities_cannot_be_empty`, `too_many_named_entities`, `user_not_found`, `channel_not_found`, `team_not_found`, `org_not_found`, `invalid_permission_type`. */
export function permissionAs(world: World, type: PermissionType, named: Named): Permission {
  const all = Object.values(named).flat();
  if (type !== 'named_entities') {
    if (all.length > 0) throw refuse('invalid_permission_type');
    return permissionOf(type);
  }
  if (all.length === 0) throw refuse('named_entities_cannot_be_empty');
  return checked(world, { permission_type: type, ...named });
}

/** Adds to those who are named. Throws `invalid_permission_type` where none are, and what `permissionAs` throws. */
export function withNamed(world: World, before: Permission, named: Named): Permission {
  if (before.permission_type !== 'named_entities') throw refuse('invalid_permission_type');
  return checked(
    world,
    merged(before, named, (own, added) => [...new Set([...own, ...added])]),
  );
}

/** Takes from those who are named. Throws `invalid_permission_type`. */
export function withoutNamed(before: Permission, named: Named): Permission {
  if (before.permission_type !== 'named_entities') throw refuse('invalid_permission_type');
  return merged(before, named, (own, gone) => own.filter((id) => !gone.includes(id)));
}

/** May this user use what the app has made? */
export function mayUse(world: World, user: string, app: App, permission: Permission): boolean {
  const { permission_type, user_ids, channel_ids, team_ids } = permission;
  if (permission_type === 'everyone' || permission_type === 'system') return true;
  if (app.owner === undefined ? world.get(users, user)?.is_owner : app.owner === user) return true;
  if (permission_type === 'app_collaborators') return false;
  return (
    user_ids.includes(user) ||
    channel_ids.some((id) => isMember(world, id, user)) ||
    team_ids.includes(theTeam(world).id)
  );
}

function merged(
  before: Permission,
  named: Named,
  how: (own: string[], other: string[]) => string[],
): Permission {
  return {
    permission_type: before.permission_type,
    user_ids: how(before.user_ids, named.user_ids),
    channel_ids: how(before.channel_ids, named.channel_ids),
    team_ids: how(before.team_ids, named.team_ids),
    org_ids: how(before.org_ids, named.org_ids),
  };
}

function checked(world: World, permission: Permission): Permission {
  const { user_ids, channel_ids, team_ids, org_ids } = permission;
  if (user_ids.length + channel_ids.length + team_ids.length > NAMED_ENTITIES_MAX)
    throw refuse('too_many_named_entities');
  if (user_ids.some((id) => !world.get(users, id))) throw refuse('user_not_found');
  if (channel_ids.some((id) => !world.get(channels, id))) throw refuse('channel_not_found');
  if (team_ids.some((id) => id !== theTeam(world).id)) throw refuse('team_not_found');
  if (org_ids.length > 0) throw refuse('org_not_found');
  return permission;
}
