/** Who may build workflows with a function. https://docs.slack.dev/reference/methods/functions.distributions.permissions.set */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Json, users } from '../../world.ts';
import type { SlackFunction } from './function.ts';
import { type Permission, permissionOf } from './named.ts';

export const functionPermissions = table<Permission & { function: string }>({
  name: 'slack.functionPermissions',
  key: (row) => row.function,
});

/** Who may; at first those who make the app. */
export const permissionFor = (world: World, { id }: SlackFunction): Permission =>
  world.get(functionPermissions, id) ?? permissionOf('app_collaborators');

/** Keeps who may. */
export function keepPermission(world: World, { id }: SlackFunction, permission: Permission): Permission {
  world.put(functionPermissions, { function: id, ...permission });
  return permission;
}

/** Who may, as Slack shows it: with names. */
export function permissionView(world: World, { permission_type, user_ids, team_ids }: Permission): Json {
  const named = user_ids.flatMap((id) => {
    const user = world.get(users, id);
    return user ? [{ user_id: id, username: user.name, email: user.profile.email ?? '' }] : [];
  });
  if (permission_type !== 'named_entities') return { permission_type };
  return { permission_type, users: named, ...(team_ids.length > 0 ? { teams: team_ids } : {}) };
}
