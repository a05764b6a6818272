/** `/api/v1/users/{userId}/roles` and `/api/v1/groups/{groupId}/roles`: administrators. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import { findGroup } from '../model/group.ts';
import {
  assignRole,
  findRole,
  type RoleAssignment,
  rolesOf,
  unassignRole,
  usersWithRoles,
} from '../model/role.ts';
import { findUser } from '../model/user.ts';
import { org } from '../world.ts';

const ofUsers = family('RoleAssignmentAUser', 'roles', 'users');
const ofGroups = family('RoleAssignmentBGroup', 'roles', 'groups');
const USER = '/api/v1/users/{userId}/roles';
const GROUP = '/api/v1/groups/{groupId}/roles';
const ROLE = '{roleAssignmentId}';

export const roleEndpoints = [
  endpoint(
    { id: 'listUsersWithRoleAssignments', route: 'GET /api/v1/iam/assignees/users', ...ofUsers.read },
    ({ world }) => ({
      value: usersWithRoles(world).map((id) => ({
        id,
        orn: `orn:okta:directory:${org(world).id}:users:${id}`,
        _links: {
          roles: link(world, `/api/v1/users/${id}/roles`),
          self: link(world, `/api/v1/users/${id}`),
        },
      })),
    }),
  ),
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
];

/** An assignment with its link to who has it. */
export function roleView(world: World, role: RoleAssignment): Record<string, unknown> {
  const { assigneeId, groupTargets: _, appTargets: __, ...shown } = role;
  const family = role.assignmentType === 'USER' ? 'users' : 'groups';
  return { ...shown, _links: { assignee: link(world, `/api/v1/${family}/${assigneeId}`) } };
}
