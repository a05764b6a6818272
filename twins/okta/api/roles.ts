/** `/api/v1/users/{userId}/roles` and `/api/v1/groups/{groupId}/roles`: administrators. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findGroup } from '../model/group.ts';
import {
  assignRole,
  changeTargets,
  findRole,
  type RoleAssignment,
  rolesOf,
  unassignRole,
} from '../model/role.ts';
import { findUser } from '../model/user.ts';
import { groups } from '../world.ts';
import { groupView } from './groups.ts';

const ofUsers = family('RoleAssignmentAUser', 'roles', 'users');
const ofGroups = family('RoleAssignmentBGroup', 'roles', 'groups');
const userTargets = family('RoleBTargetAdmin', 'roles', 'users');
const groupTargets = family('RoleBTargetBGroup', 'roles', 'groups');
const USER = '/api/v1/users/{userId}/roles';
const GROUP = '/api/v1/groups/{groupId}/roles';
const ROLE = '{roleAssignmentId}';

export const roleEndpoints = [
  endpoint({ id: 'listAssignedRolesForUser', route: `GET ${USER}`, ...ofUsers.read }, ({ world, params }) =>
    rolesOf(world, findUser(world, params.userId).id).map((role) => roleView(world, role)),
  ),
  endpoint(
    { id: 'assignRoleToUser', route: `POST ${USER}`, ...ofUsers.manage, status: 201 },
    ({ world, actor, params, input }) => {
      const user = findUser(world, params.userId);
      return roleView(world, assignRole(world, actor.who, 'USER', user.id, input as { type?: string }));
    },
  ),
  endpoint(
    { id: 'getUserAssignedRole', route: `GET ${USER}/${ROLE}`, ...ofUsers.read },
    ({ world, params }) =>
      roleView(world, findRole(world, findUser(world, params.userId).id, params.roleAssignmentId)),
  ),
  endpoint(
    { id: 'unassignRoleFromUser', route: `DELETE ${USER}/${ROLE}`, ...ofUsers.manage, status: 204 },
    ({ world, actor, params }) =>
      unassignRole(world, actor.who, findUser(world, params.userId).id, params.roleAssignmentId),
  ),
  endpoint({ id: 'listGroupAssignedRoles', route: `GET ${GROUP}`, ...ofGroups.read }, ({ world, params }) =>
    rolesOf(world, findGroup(world, params.groupId).id).map((role) => roleView(world, role)),
  ),
  endpoint(
    { id: 'assignRoleToGroup', route: `POST ${GROUP}`, ...ofGroups.manage, status: 201 },
    ({ world, actor, params, input }) => {
      const group = findGroup(world, params.groupId);
      return roleView(world, assignRole(world, actor.who, 'GROUP', group.id, input as { type?: string }));
    },
  ),
  endpoint(
    { id: 'getGroupAssignedRole', route: `GET ${GROUP}/${ROLE}`, ...ofGroups.read },
    ({ world, params }) =>
      roleView(world, findRole(world, findGroup(world, params.groupId).id, params.roleAssignmentId)),
  ),
  endpoint(
    { id: 'unassignRoleFromGroup', route: `DELETE ${GROUP}/${ROLE}`, ...ofGroups.manage, status: 204 },
    ({ world, actor, params }) =>
      unassignRole(world, actor.who, findGroup(world, params.groupId).id, params.roleAssignmentId),
  ),
  ...targetEndpoints(),
];

/** An assignment with its link to who has it. */
export function roleView(world: World, role: RoleAssignment): Record<string, unknown> {
  const { assigneeId, groupTargets: _, appTargets: __, ...shown } = role;
  const family = role.assignmentType === 'USER' ? 'users' : 'groups';
  return { ...shown, _links: { assignee: link(world, `/api/v1/${family}/${assigneeId}`) } };
}

/** What a role is limited to: groups, and apps by name. */
function targetEndpoints() {
  const page = { style: 'link', default: 20, max: 200 } as const;
  const USER_GROUPS = `${USER}/${ROLE}/targets/groups` as const;
  const USER_APPS = `${USER}/${ROLE}/targets/catalog/apps` as const;
  const GROUP_GROUPS = `${GROUP}/${ROLE}/targets/groups` as const;
  return [
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
        changeTargets(
          world,
          params.userId,
          params.roleAssignmentId,
          'groupTargets',
          params.groupId,
          'remove',
        );
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
}

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
