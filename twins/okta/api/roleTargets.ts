/** What a role is limited to: groups, and apps by name. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family, stored } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findGroup } from '../model/group.ts';
import { changeTargets, findRole, type RoleAssignment } from '../model/role.ts';
import { groups } from '../world.ts';
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

const appTargetsOf = (world: World, role: RoleAssignment): Record<string, unknown>[] =>
  role.appTargets.map((name) => ({
    name,
    displayName: name,
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
      self: link(world, `/api/v1/catalog/apps/${name}`),
    },
  }));
