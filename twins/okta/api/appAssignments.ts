/** `/api/v1/apps/{appId}/users`, `/groups` and `/policies`. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findApp } from '../model/apps/app.ts';
import {
  type AppGroup,
  type AppGroupInput,
  type AppGroupPatch,
  assignGroup,
  findAppGroup,
  patchAppGroup,
  unassignGroup,
} from '../model/apps/appGroup.ts';
import { assignPolicy } from '../model/apps/appPolicy.ts';
import {
  type AppUser,
  type AppUserInput,
  assignUser,
  findAppUser,
  unassignUser,
  updateAppUser,
} from '../model/apps/appUser.ts';
import { appGroups, appUsers, users } from '../world.ts';

const ofUsers = family('ApplicationUsers', 'apps', 'app');
const ofGroups = family('ApplicationGroups', 'apps', 'app');
const ofPolicies = family('ApplicationPolicies', 'apps', 'app');

export const appAssignmentEndpoints = [
  endpoint(
    {
      id: 'listApplicationUsers',
      route: 'GET /api/v1/apps/{appId}/users',
      ...ofUsers.read,
      page: { style: 'link', default: 50, max: 500 },
      traits: { keeps: ['q'] },
    },
    ({ world, params, query }) => {
      const app = findApp(world, params.appId);
      const start = query.get('q')?.toLowerCase();
      const rows = world.list(appUsers, {
        prefix: `${app.id}/`,
        ...(start ? { where: (row) => nameBegins(world, row, start) } : {}),
      });
      return list(rows, (row) => appUserView(world, row), { within: `${app.id}/` });
    },
  ),
  endpoint(
    { id: 'assignUserToApplication', route: 'POST /api/v1/apps/{appId}/users', ...ofUsers.manage },
    ({ world, actor, params, input }) =>
      appUserView(world, assignUser(world, actor.who, params.appId, input as AppUserInput)),
  ),
  endpoint(
    { id: 'getApplicationUser', route: 'GET /api/v1/apps/{appId}/users/{userId}', ...ofUsers.read },
    ({ world, params }) => appUserView(world, findAppUser(world, params.appId, params.userId)),
  ),
  endpoint(
    { id: 'updateApplicationUser', route: 'POST /api/v1/apps/{appId}/users/{userId}', ...ofUsers.manage },
    ({ world, actor, params, input }) =>
      appUserView(world, updateAppUser(world, actor.who, params.appId, params.userId, input as AppUserInput)),
  ),
  endpoint(
    {
      id: 'unassignUserFromApplication',
      route: 'DELETE /api/v1/apps/{appId}/users/{userId}',
      ...ofUsers.manage,
      status: 204,
    },
    ({ world, actor, params }) => unassignUser(world, actor.who, params.appId, params.userId),
  ),
  endpoint(
    {
      id: 'listApplicationGroupAssignments',
      route: 'GET /api/v1/apps/{appId}/groups',
      ...ofGroups.read,
      page: { style: 'link', default: 20, max: 200 },
    },
    ({ world, params }) => {
      const app = findApp(world, params.appId);
      const rows = world.list(appGroups, { prefix: `${app.id}/` });
      return list(rows, (row) => appGroupView(world, row), { within: `${app.id}/` });
    },
  ),
  endpoint(
    {
      id: 'getApplicationGroupAssignment',
      route: 'GET /api/v1/apps/{appId}/groups/{groupId}',
      ...ofGroups.read,
    },
    ({ world, params }) => appGroupView(world, findAppGroup(world, params.appId, params.groupId)),
  ),
  endpoint(
    {
      id: 'assignGroupToApplication',
      route: 'PUT /api/v1/apps/{appId}/groups/{groupId}',
      ...ofGroups.manage,
    },
    ({ world, actor, params, input }) =>
      appGroupView(
        world,
        assignGroup(world, actor.who, params.appId, params.groupId, input as AppGroupInput),
      ),
  ),
  endpoint(
    {
      id: 'updateGroupAssignmentToApplication',
      route: 'PATCH /api/v1/apps/{appId}/groups/{groupId}',
      ...ofGroups.manage,
    },
    ({ world, actor, params, input }) =>
      appGroupView(
        world,
        patchAppGroup(world, actor.who, params.appId, params.groupId, input as AppGroupPatch[]),
      ),
  ),
  endpoint(
    {
      id: 'unassignApplicationFromGroup',
      route: 'DELETE /api/v1/apps/{appId}/groups/{groupId}',
      ...ofGroups.manage,
      status: 204,
    },
    ({ world, actor, params }) => unassignGroup(world, actor.who, params.appId, params.groupId),
  ),
  endpoint(
    {
      id: 'assignApplicationPolicy',
      route: 'PUT /api/v1/apps/{appId}/policies/{policyId}',
      ...ofPolicies.manage,
      status: 204,
    },
    ({ world, actor, params }) => assignPolicy(world, actor.who, params.appId, params.policyId),
  ),
];

/** A user's assignment with its links. */
export function appUserView(world: World, { appId, ...row }: AppUser): Record<string, unknown> {
  return {
    ...row,
    _links: { app: link(world, `/api/v1/apps/${appId}`), user: link(world, `/api/v1/users/${row.id}`) },
  };
}

/** A group's assignment with its links. */
export function appGroupView(world: World, { appId, ...row }: AppGroup): Record<string, unknown> {
  return {
    ...row,
    _links: {
      app: link(world, `/api/v1/apps/${appId}`),
      self: link(world, `/api/v1/apps/${appId}/groups/${row.id}`),
      group: link(world, `/api/v1/groups/${row.id}`),
    },
  };
}

function nameBegins(world: World, row: AppUser, start: string): boolean {
  const profile = world.get(users, row.id)?.profile;
  return [row.credentials?.userName, profile?.firstName, profile?.lastName, profile?.email].some(
    (text) => typeof text === 'string' && text.toLowerCase().startsWith(start),
  );
}
