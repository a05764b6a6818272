/** What a role is limited to: groups, and apps by name. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { type App, findApp } from '../model/app.ts';
import { findGroup } from '../model/group.ts';
import { changeTargets, findRole, type RoleAssignment } from '../model/role.ts';
import { apps, groups } from '../world.ts';
import { groupView } from './groups.ts';

const userTargets = stored(family('RoleBTargetAdmin', 'roles', 'users'));
const groupTargets = stored(family('RoleBTargetBGroup', 'roles', 'groups'));
const USER = '/api/v1/users/{userId}/roles';
const GROUP = '/api/v1/groups/{groupId}/roles';
const ROLE = '{roleAssignmentId}';
const page = { style: 'link', default: 20, max: 200 } as const;
const USER_GROUPS = `${USER}/${ROLE}/targets/groups` as const;
const USER_APPS = `${USER}/${ROLE}/targets/catalog/apps` as const;
const GROUP_GROUPS = `${GROUP}/${ROLE}/targets/groups` as const;

const ofUsers = [
  endpoint(
    { id: 'listGroupTargetsForRole', route: `GET ${USER_GROUPS}`, ...userTargets.read, page },
    ({ world, params }) => groupTargetsOf(world, findRole(world, params.userId, params.roleAssignmentId)),
  ),
  endpoint(
    {
      id: 'assignGroupTargetToUserRole',
      route: `PUT ${USER_GROUPS}/{groupId}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      const { id } = findGroup(world, params.groupId);
      changeTargets(world, params.userId, params.roleAssignmentId, 'groupTargets', id, 'add');
    },
  ),
  endpoint(
    {
      id: 'unassignGroupTargetFromUserAdminRole',
      route: `DELETE ${USER_GROUPS}/{groupId}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      changeTargets(world, params.userId, params.roleAssignmentId, 'groupTargets', params.groupId, 'remove');
    },
  ),
  endpoint(
    {
      id: 'listApplicationTargetsForApplicationAdministratorRoleForUser',
      route: `GET ${USER_APPS}`,
      ...userTargets.read,
    },
    ({ world, params }) =>
      reply({ body: appTargetsOf(world, findRole(world, params.userId, params.roleAssignmentId)) }),
  ),
  endpoint(
    {
      id: 'assignAppTargetToAdminRoleForUser',
      route: `PUT ${USER_APPS}/{appName}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      changeTargets(world, params.userId, params.roleAssignmentId, 'appTargets', params.appName, 'add');
    },
  ),
  endpoint(
    {
      id: 'unassignAppTargetFromAppAdminRoleForUser',
      route: `DELETE ${USER_APPS}/{appName}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      changeTargets(world, params.userId, params.roleAssignmentId, 'appTargets', params.appName, 'remove');
    },
  ),
  endpoint(
    {
      id: 'assignAppInstanceTargetToAppAdminRoleForUser',
      route: `PUT ${USER_APPS}/{appName}/{appId}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params: { userId, roleAssignmentId, appName, appId } }) => {
      const target = instanceTarget(findApp(world, appId), appName);
      changeTargets(world, userId, roleAssignmentId, 'appTargets', target, 'add');
    },
  ),
  endpoint(
    {
      id: 'unassignAppInstanceTargetFromAdminRoleForUser',
      route: `DELETE ${USER_APPS}/{appName}/{appId}`,
      ...userTargets.manage,
      status: 204,
    },
    ({ world, params: { userId, roleAssignmentId, appName, appId } }) => {
      const target = instanceTarget(findApp(world, appId), appName);
      changeTargets(world, userId, roleAssignmentId, 'appTargets', target, 'remove');
    },
  ),
];

const ofGroups = [
  endpoint(
    { id: 'listGroupTargetsForGroupRole', route: `GET ${GROUP_GROUPS}`, ...groupTargets.read, page },
    ({ world, params }) => groupTargetsOf(world, findRole(world, params.groupId, params.roleAssignmentId)),
  ),
  endpoint(
    {
      id: 'assignGroupTargetToGroupAdminRole',
      route: `PUT ${GROUP_GROUPS}/{targetGroupId}`,
      ...groupTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      const { id } = findGroup(world, params.targetGroupId);
      changeTargets(world, params.groupId, params.roleAssignmentId, 'groupTargets', id, 'add');
    },
  ),
  endpoint(
    {
      id: 'unassignGroupTargetFromGroupAdminRole',
      route: `DELETE ${GROUP_GROUPS}/{targetGroupId}`,
      ...groupTargets.manage,
      status: 204,
    },
    ({ world, params }) => {
      const { groupId, roleAssignmentId, targetGroupId } = params;
      changeTargets(world, groupId, roleAssignmentId, 'groupTargets', targetGroupId, 'remove');
    },
  ),
];

export const roleTargetEndpoints = [...ofUsers, ...ofGroups];

const groupTargetsOf = (world: World, role: RoleAssignment) =>
  list(world.list(groups, { where: (group) => role.groupTargets.includes(group.id) }), (group) =>
    groupView(world, group),
  );

/** One app as a target: `name/id`. Throws E0000007 for an app of another name. */
function instanceTarget(app: App, name: string): string {
  if (app.name !== name) throw notFound(app.id, 'AppInstance');
  return `${name}/${app.id}`;
}

const appTargetsOf = (world: World, role: RoleAssignment): Record<string, unknown>[] =>
  role.appTargets
    .map((target) => target.split('/') as [string, string?])
    .filter(([, id]) => id === undefined || world.get(apps, id))
    .map(([name, id]) => targetView(world, role, name, id));

const targetView = (world: World, role: RoleAssignment, name: string, id?: string) => ({
  name,
  displayName: id ? findApp(world, id).label : name,
  ...(id ? { id } : {}),
  description: '',
  status: 'ACTIVE',
  lastUpdated: role.lastUpdated,
  category: '',
  verificationStatus: 'OKTA_VERIFIED',
  website: '',
  signOnModes: [],
  features: [],
  _links: {
    logo: [],
    self: link(world, id ? `/api/v1/apps/${id}` : `/api/v1/catalog/apps/${name}`),
  },
});
