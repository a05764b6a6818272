/** `/api/v1/groups`: groups and their members. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { ASSETS, link } from '../links.ts';
import {
  addMember,
  createGroup,
  deleteGroup,
  findGroup,
  type Group,
  type GroupInput,
  membersOf,
  removeMember,
  updateGroup,
} from '../model/groups/group.ts';
import { findGroups } from '../model/groups/groupSearch.ts';
import { appGroups, apps, groupMembers, users } from '../world.ts';
import { appView } from './apps.ts';
import { userListView } from './users.ts';

const { read, manage } = family('Group', 'groups', 'groups');

export const groupEndpoints = [
  endpoint(
    {
      id: 'listGroups',
      route: 'GET /api/v1/groups',
      ...read,
      page: { style: 'link', default: 10_000, max: 10_000 },
      traits: { keeps: ['expand', 'filter', 'q', 'search', 'sortBy', 'sortOrder'] },
    },
    ({ world, query }) => {
      const { range, ...order } = findGroups(world, {
        q: query.get('q'),
        filter: query.get('filter'),
        search: query.get('search'),
        sortBy: query.get('sortBy'),
        sortOrder: query.get('sortOrder'),
      });
      const expand = query.get('expand') ?? '';
      return list(range, (group) => groupView(world, group, expand), order);
    },
  ),
  endpoint({ id: 'addGroup', route: 'POST /api/v1/groups', ...manage }, ({ world, actor, input }) =>
    groupView(world, createGroup(world, actor.who, input as GroupInput)),
  ),
  endpoint(
    { id: 'getGroup', route: 'GET /api/v1/groups/{groupId}', ...read, tier: 'group' },
    ({ world, params, query }) =>
      groupView(world, findGroup(world, params.groupId), query.get('expand') ?? ''),
  ),
  endpoint(
    { id: 'replaceGroup', route: 'PUT /api/v1/groups/{groupId}', ...manage, tier: 'group' },
    ({ world, actor, params, input }) =>
      groupView(world, updateGroup(world, actor.who, params.groupId, input as GroupInput)),
  ),
  endpoint(
    { id: 'deleteGroup', route: 'DELETE /api/v1/groups/{groupId}', ...manage, tier: 'group', status: 204 },
    ({ world, actor, params }) => deleteGroup(world, actor.who, params.groupId),
  ),
  endpoint(
    {
      id: 'listGroupUsers',
      route: 'GET /api/v1/groups/{groupId}/users',
      ...read,
      tier: 'group',
      page: { style: 'link', default: 1_000, max: 1_000 },
    },
    ({ world, params }) => {
      const group = findGroup(world, params.groupId);
      const view = ({ userId }: { userId: string }) => {
        const user = world.get(users, userId);
        return user && userListView(world, user);
      };
      return list(membersOf(world, group.id), view, { within: `${group.id}/` });
    },
  ),
  endpoint(
    {
      id: 'assignUserToGroup',
      route: 'PUT /api/v1/groups/{groupId}/users/{userId}',
      ...manage,
      tier: 'group',
      status: 204,
    },
    ({ world, actor, params }) => addMember(world, actor.who, params.groupId, params.userId),
  ),
  endpoint(
    {
      id: 'unassignUserFromGroup',
      route: 'DELETE /api/v1/groups/{groupId}/users/{userId}',
      ...manage,
      tier: 'group',
      status: 204,
    },
    ({ world, actor, params }) => removeMember(world, actor.who, params.groupId, params.userId),
  ),
  endpoint(
    {
      id: 'listAssignedApplicationsForGroup',
      route: 'GET /api/v1/groups/{groupId}/apps',
      ...read,
      tier: 'group',
      page: { style: 'link', default: 20, max: 200 },
    },
    ({ world, params }) => {
      const group = findGroup(world, params.groupId);
      const view = ({ appId }: { appId: string }) => {
        const app = world.get(apps, appId);
        return app && appView(world, app);
      };
      return list(world.list(appGroups, { index: 'group', equals: group.id }), view, { sealed: true });
    },
  ),
];

/** A group with its links; `expand` may ask for `stats`. */
export function groupView(world: World, group: Group, expand = ''): Record<string, unknown> {
  const self = `/api/v1/groups/${group.id}`;
  return {
    ...group,
    ...(expand.split(',').includes('stats') ? { _embedded: { stats: statsOf(world, group) } } : {}),
    _links: {
      logo: [
        {
          name: 'medium',
          href: `${ASSETS}/assets/img/logos/groups/odyssey/okta-medium.30ce6d4085dff29412984e4c191bc874.png`,
          type: 'image/png',
        },
        {
          name: 'large',
          href: `${ASSETS}/assets/img/logos/groups/odyssey/okta-large.c3cb8cda8ae0add1b4fe928f5844dbe3.png`,
          type: 'image/png',
        },
      ],
      owners: link(world, `${self}/owners`),
      users: link(world, `${self}/users`),
      apps: link(world, `${self}/apps`),
      ...(group.source ? { source: link(world, `/api/v1/apps/${group.source.id}`) } : {}),
    },
  };
}

function statsOf(world: World, group: Group): Record<string, unknown> {
  const self = `/api/v1/groups/${group.id}`;
  return {
    usersCount: world.list(groupMembers, { prefix: `${group.id}/` }).count(),
    appsCount: world.list(appGroups, { index: 'group', equals: group.id }).count(),
    groupPushMappingsCount: 0,
    hasAdminPrivilege: false,
    _links: { users: link(world, `${self}/users`), apps: link(world, `${self}/apps`) },
  };
}
