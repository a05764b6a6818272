/** What a role of a user, a group or a client is limited to: groups, and apps by name and instance. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findGroup } from '../model/groups/group.ts';
import { findUser } from '../model/people/user.ts';
import { ornOf } from '../model/roles/orn.ts';
import { clientHolder } from '../model/roles/role.ts';
import {
  type AppTarget,
  addAppTarget,
  addGroupTarget,
  addInstanceTarget,
  appsIn,
  appTargetsOf,
  clearAppTargets,
  groupsIn,
  groupTargetsOf,
  removeAppTarget,
  removeGroupTarget,
  rolesNamed,
} from '../model/roles/roleTarget.ts';
import { rowsWith } from '../rows.ts';
import { groups } from '../world.ts';
import { groupView } from './groups.ts';

type Params = Readonly<Record<string, string>>;

/** The operations on targets, which there are once for users, once for groups and once for clients. */
interface Holders {
  roles: string;
  tag: string;
  tier: string;
  /** The parameter in the path that names a target group. */
  group: string;
  /** The id that the holder's roles are kept under. */
  of(world: World, params: Params): string;
  ids: readonly [
    listGroups: string,
    addGroup: string,
    removeGroup: string,
    listApps: string,
    addApp: string,
    removeApp: string,
    addInstance: string,
    removeInstance: string,
  ];
  /** Status of adding an app by name; 204 for all but groups. */
  appAdded: number;
}

const USERS: Holders = {
  roles: '/api/v1/users/{userId}/roles',
  tag: 'RoleBTargetAdmin',
  tier: 'users',
  group: 'groupId',
  of: (world, { userId = '' }) => findUser(world, userId).id,
  ids: [
    'listGroupTargetsForRole',
    'assignGroupTargetToUserRole',
    'unassignGroupTargetFromUserAdminRole',
    'listApplicationTargetsForApplicationAdministratorRoleForUser',
    'assignAppTargetToAdminRoleForUser',
    'unassignAppTargetFromAppAdminRoleForUser',
    'assignAppInstanceTargetToAppAdminRoleForUser',
    'unassignAppInstanceTargetFromAdminRoleForUser',
  ],
  appAdded: 204,
};

const GROUPS: Holders = {
  roles: '/api/v1/groups/{groupId}/roles',
  tag: 'RoleBTargetBGroup',
  tier: 'groups',
  group: 'targetGroupId',
  of: (world, { groupId = '' }) => findGroup(world, groupId).id,
  ids: [
    'listGroupTargetsForGroupRole',
    'assignGroupTargetToGroupAdminRole',
    'unassignGroupTargetFromGroupAdminRole',
    'listApplicationTargetsForApplicationAdministratorRoleForGroup',
    'assignAppTargetToAdminRoleForGroup',
    'unassignAppTargetToAdminRoleForGroup',
    'assignAppInstanceTargetToAppAdminRoleForGroup',
    'unassignAppInstanceTargetToAppAdminRoleForGroup',
  ],
  appAdded: 200,
};

const CLIENTS: Holders = {
  roles: '/oauth2/v1/clients/{clientId}/roles',
  tag: 'RoleBTargetClient',
  tier: 'other',
  group: 'groupId',
  of: (world, { clientId = '' }) => clientHolder(world, clientId).id,
  ids: [
    'listGroupTargetRoleForClient',
    'assignGroupTargetRoleForClient',
    'removeGroupTargetRoleFromClient',
    'listAppTargetRoleToClient',
    'assignAppTargetRoleToClient',
    'removeAppTargetRoleFromClient',
    'assignAppTargetInstanceRoleForClient',
    'removeAppTargetInstanceRoleForClient',
  ],
  appAdded: 204,
};

const page = { style: 'link', default: 20, max: 200 } as const;

function targetsOf({ roles, tag, tier, group, of, ids, appAdded }: Holders) {
  const { read, manage } = family(tag, 'roles', tier);
  const role = `${roles}/{roleAssignmentId}`;
  const [listGroups, addGroup, removeGroup, listApps, addApp, removeApp, addInstance, removeInstance] = ids;
  const change = (
    id: string,
    route: string,
    act: (world: World, holder: string, role: string, params: Params) => void,
    status = 204,
  ) =>
    endpoint({ id, route, ...manage, status }, ({ world, params }) => {
      const named = params as Params;
      act(world, of(world, named), named.roleAssignmentId ?? '', named);
    });
  return [
    endpoint({ id: listGroups, route: `GET ${role}/targets/groups`, ...read, page }, ({ world, params }) => {
      const { roleAssignmentId = '', ...named } = params as Params;
      const targets = groupTargetsOf(world, of(world, named), roleAssignmentId).map(({ id }) => id);
      return list(rowsWith(world, groups, targets), (row) => groupView(world, row));
    }),
    change(addGroup, `PUT ${role}/targets/groups/{${group}}`, (world, holder, id, named) =>
      addGroupTarget(world, holder, id, named[group] ?? ''),
    ),
    change(removeGroup, `DELETE ${role}/targets/groups/{${group}}`, (world, holder, id, named) =>
      removeGroupTarget(world, holder, id, named[group] ?? ''),
    ),
    endpoint({ id: listApps, route: `GET ${role}/targets/catalog/apps`, ...read }, ({ world, params }) => {
      const { roleAssignmentId = '', ...named } = params as Params;
      const shown = appTargetsOf(world, of(world, named), roleAssignmentId);
      return reply({ body: shown.map((target) => appTargetView(world, target)) });
    }),
    change(
      addApp,
      `PUT ${role}/targets/catalog/apps/{appName}`,
      (world, holder, id, { appName = '' }) => addAppTarget(world, holder, id, appName),
      appAdded,
    ),
    change(
      removeApp,
      `DELETE ${role}/targets/catalog/apps/{appName}`,
      (world, holder, id, { appName = '' }) => removeAppTarget(world, holder, id, appName),
    ),
    change(
      addInstance,
      `PUT ${role}/targets/catalog/apps/{appName}/{appId}`,
      (world, holder, id, { appName = '', appId = '' }) =>
        addInstanceTarget(world, holder, id, appName, appId),
    ),
    change(
      removeInstance,
      `DELETE ${role}/targets/catalog/apps/{appName}/{appId}`,
      (world, holder, id, { appName = '', appId = '' }) => removeAppTarget(world, holder, id, appName, appId),
    ),
  ];
}

const ofUsers = family(USERS.tag, 'roles', USERS.tier);

export const roleTargetEndpoints = [
  ...targetsOf(USERS),
  endpoint(
    {
      id: 'assignAllAppsAsTargetToRoleForUser',
      route: 'PUT /api/v1/users/{userId}/roles/{roleAssignmentId}/targets/catalog/apps',
      ...ofUsers.manage,
    },
    ({ world, params }) => clearAppTargets(world, findUser(world, params.userId).id, params.roleAssignmentId),
  ),
  endpoint(
    {
      id: 'getRoleTargetsByUserIdAndRoleId',
      route: 'GET /api/v1/users/{userId}/roles/{roleIdOrEncodedRoleId}/targets',
      ...ofUsers.read,
    },
    ({ world, params, query }) => targetViews(world, params, query.get('assignmentType')),
  ),
  ...targetsOf(GROUPS),
  ...targetsOf(CLIENTS),
];

/** An app, or all apps of a name, among the targets of a role. */
export const appTargetView = (world: World, { name, app }: AppTarget): Record<string, unknown> =>
  app
    ? {
        name: app.label,
        status: app.status,
        id: app.id,
        _links: { self: link(world, `/api/v1/apps/${app.id}`) },
      }
    : {
        name,
        displayName: name,
        description: '',
        status: 'ACTIVE',
        lastUpdated: CATALOGUED,
        category: '',
        verificationStatus: 'OKTA_VERIFIED',
        website: '',
        signOnModes: [],
        features: [],
        _links: { logo: [], self: link(world, `/api/v1/catalog/apps/${name}`) },
      };

/** The twin has no catalogue, in which every app would have a date. */
const CATALOGUED = '2021-03-18T17:37:56.000Z';

function targetViews(
  world: World,
  { userId, roleIdOrEncodedRoleId }: { userId: string; roleIdOrEncodedRoleId: string },
  assignmentType: string | null,
): Record<string, unknown>[] {
  const view = (assigned: string, orn: string, path: string) => ({
    assignmentType: assigned,
    orn,
    _links: { self: link(world, path) },
  });
  return rolesNamed(world, findUser(world, userId).id, roleIdOrEncodedRoleId)
    .filter((role) => !assignmentType || role.assignmentType === assignmentType)
    .flatMap((role) => [
      ...groupsIn(world, role).map(({ id }) =>
        view(role.assignmentType, ornOf(world, { kind: 'groups', id }), `/api/v1/groups/${id}`),
      ),
      ...appsIn(world, role).map(({ name, app }) =>
        view(
          role.assignmentType,
          ornOf(world, { kind: 'apps', appName: name, ...(app ? { id: app.id } : {}) }),
          app ? `/api/v1/apps/${app.id}` : `/api/v1/apps?filter=name+eq+"${name}"`,
        ),
      ),
    ]);
}
