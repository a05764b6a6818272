/** What gestures speak of: people by login, groups and apps by name; and who may be at the admin console. */
import { ApiError } from '../../../src/error.ts';
import type { World } from '../../../src/world/world.ts';
import type { App } from '../model/apps/app.ts';
import { type Group, groupByName } from '../model/groups/group.ts';
import type { Who } from '../model/log/log.ts';
import { type User, userByLogin, whoIs } from '../model/people/user.ts';
import { isAdministrator } from '../model/roles/role.ts';
import { apps, groups } from '../world.ts';

export const text = { type: 'string', minLength: 1, maxLength: 255 } as const;

/** The form of a gesture's input: these fields and no others. */
export const closed = (properties: Record<string, unknown>, required: string[]) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

/** Whoever is at the admin console; throws 403 `not-an-administrator` for who has none. */
export function administrator(world: World, as: string): Who {
  const user = userNamed(world, as);
  if (user.status !== 'ACTIVE' || !isAdministrator(world, user.id))
    throw new ApiError({
      name: 'not-an-administrator',
      status: 403,
      message: `${as} is not an administrator of this org`,
    });
  return whoIs(user);
}

/** The user with this login; throws 422 `unknown-person`. */
export function userNamed(world: World, email: string): User {
  const user = userByLogin(world, email);
  if (!user)
    throw new ApiError({ name: 'unknown-person', status: 422, message: `no user has the login ${email}` });
  return user;
}

/** The group with this name or id; throws 422 `unknown-group`. */
export function groupNamed(world: World, name: string): Group {
  const group = groupByName(world, name) ?? world.get(groups, name);
  if (!group)
    throw new ApiError({ name: 'unknown-group', status: 422, message: `no group is named ${name}` });
  return group;
}

/** The app with this label or id; throws 422 `unknown-app`. */
export function appNamed(world: World, name: string): App {
  const app = world.get(apps, name) ?? world.list(apps, { where: ({ label }) => label === name }).first();
  if (!app) throw new ApiError({ name: 'unknown-app', status: 422, message: `no app is labelled ${name}` });
  return app;
}
