/** `…/users/{userId}/roles`, `…/groups/{groupId}/roles`, `/oauth2/v1/clients/{clientId}/roles`: administrators. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import { findGroup } from '../model/groups/group.ts';
import type { Who } from '../model/log/log.ts';
import { findUser } from '../model/people/user.ts';
import { findCustomRole } from '../model/roles/customRole.ts';
import {
  assignRole,
  clientHolder,
  findRole,
  type Holder,
  holdersBehind,
  IAM_POLICIES,
  logRole,
  type RoleAssignment,
  rolesOf,
  unassignRole,
  usersWithRoles,
} from '../model/roles/role.ts';
import {
  type BindingMember,
  bindHolder,
  bindingsOf,
  findHeldBinding,
  unbind,
} from '../model/roles/roleBinding.ts';
import { appsIn, groupsIn } from '../model/roles/roleTarget.ts';
import { rowsWith } from '../rows.ts';
import { org, users } from '../world.ts';
import { groupView } from './groups.ts';
import { appTargetView } from './roleTargets.ts';

const ofUsers = family('RoleAssignmentAUser', 'roles', 'users');
const ofGroups = family('RoleAssignmentBGroup', 'roles', 'groups');
const ofClients = family('RoleAssignmentClient', 'roles', 'other');
const ASSIGNEES = '/api/v1/iam/assignees/users';
const USER = '/api/v1/users/{userId}/roles';
const GROUP = '/api/v1/groups/{groupId}/roles';
const CLIENT = '/oauth2/v1/clients/{clientId}/roles';
const ROLE = '{roleAssignmentId}';
const GOVERNANCE = `${USER}/${ROLE}/governance` as const;

/** The body of an assignment: a standard role, or a custom one in a resource set. */
type Input = { type?: string; role?: string; 'resource-set'?: string } | undefined;

const userHolder = (world: World, userId: string): Holder => ({
  type: 'USER',
  id: findUser(world, userId).id,
});
const groupHolder = (world: World, groupId: string): Holder => ({
  type: 'GROUP',
  id: findGroup(world, groupId).id,
});

const userEndpoints = [
  endpoint(
    {
      id: 'listUsersWithRoleAssignments',
      route: `GET ${ASSIGNEES}`,
      ...ofUsers.read,
      page: { style: 'body', key: 'value', default: 100, max: 200 },
    },
    ({ world }) => list(rowsWith(world, users, usersWithRoles(world)), ({ id }) => assigneeView(world, id)),
  ),
  endpoint(
    { id: 'listAssignedRolesForUser', route: `GET ${USER}`, ...ofUsers.read },
    ({ world, params, query }) =>
      rolesShown(world, holdersBehind(world, userHolder(world, params.userId)), query.get('expand')),
  ),
  endpoint(
    { id: 'assignRoleToUser', route: `POST ${USER}`, ...ofUsers.manage, status: 201 },
    ({ world, actor, params, input }) =>
      assign(world, actor.who, userHolder(world, params.userId), input as Input),
  ),
  endpoint(
    { id: 'getUserAssignedRole', route: `GET ${USER}/${ROLE}`, ...ofUsers.read },
    ({ world, params }) => roleShown(world, userHolder(world, params.userId), params.roleAssignmentId),
  ),
  endpoint(
    { id: 'unassignRoleFromUser', route: `DELETE ${USER}/${ROLE}`, ...ofUsers.manage, status: 204 },
    ({ world, actor, params }) =>
      unassign(world, actor.who, userHolder(world, params.userId), params.roleAssignmentId),
  ),
  endpoint(
    { id: 'getUserAssignedRoleGovernance', route: `GET ${GOVERNANCE}`, ...ofUsers.read },
    ({ world, params: { userId, roleAssignmentId } }) => {
      const { id } = userHolder(world, userId);
      roleShown(world, { type: 'USER', id }, roleAssignmentId);
      const user = `/api/v1/users/${id}`;
      const self = link(world, `${user}/roles/${roleAssignmentId}/governance`);
      return { grants: [], _links: { self, assignee: link(world, user) } };
    },
  ),
  ...(['', '/resources'] as const).map((part) =>
    endpoint(
      {
        id: part ? 'getRoleAssignmentGovernanceGrantResources' : 'getRoleAssignmentGovernanceGrant',
        route: `GET ${GOVERNANCE}/{grantId}${part}`,
        ...ofUsers.read,
      },
      ({ world, params: { userId, roleAssignmentId, grantId } }) => {
        roleShown(world, userHolder(world, userId), roleAssignmentId);
        throw notFound(grantId, 'Grant');
      },
    ),
  ),
];

const groupEndpoints = [
  endpoint(
    { id: 'listGroupAssignedRoles', route: `GET ${GROUP}`, ...ofGroups.read },
    ({ world, params, query }) =>
      rolesShown(world, [groupHolder(world, params.groupId)], query.get('expand')),
  ),
  endpoint(
    { id: 'assignRoleToGroup', route: `POST ${GROUP}`, ...ofGroups.manage, status: 201 },
    ({ world, actor, params, input }) =>
      assign(world, actor.who, groupHolder(world, params.groupId), input as Input),
  ),
  endpoint(
    { id: 'getGroupAssignedRole', route: `GET ${GROUP}/${ROLE}`, ...ofGroups.read },
    ({ world, params }) => roleShown(world, groupHolder(world, params.groupId), params.roleAssignmentId),
  ),
  endpoint(
    { id: 'unassignRoleFromGroup', route: `DELETE ${GROUP}/${ROLE}`, ...ofGroups.manage, status: 204 },
    ({ world, actor, params }) =>
      unassign(world, actor.who, groupHolder(world, params.groupId), params.roleAssignmentId),
  ),
];

const clientEndpoints = [
  endpoint({ id: 'listRolesForClient', route: `GET ${CLIENT}`, ...ofClients.read }, ({ world, params }) =>
    rolesShown(world, [clientHolder(world, params.clientId)], null),
  ),
  endpoint(
    { id: 'assignRoleToClient', route: `POST ${CLIENT}`, ...ofClients.manage },
    ({ world, actor, params, input }) =>
      assign(world, actor.who, clientHolder(world, params.clientId), input as Input),
  ),
  endpoint(
    { id: 'retrieveClientRole', route: `GET ${CLIENT}/${ROLE}`, ...ofClients.read },
    ({ world, params }) => roleShown(world, clientHolder(world, params.clientId), params.roleAssignmentId),
  ),
  endpoint(
    { id: 'deleteRoleFromClient', route: `DELETE ${CLIENT}/${ROLE}`, ...ofClients.manage, status: 204 },
    ({ world, actor, params }) =>
      unassign(world, actor.who, clientHolder(world, params.clientId), params.roleAssignmentId),
  ),
];

export const roleEndpoints = [...userEndpoints, ...groupEndpoints, ...clientEndpoints];

function assign(world: World, who: Who, holder: Holder, input: Input): Record<string, unknown> {
  if (input?.type !== 'CUSTOM') return roleView(world, assignRole(world, who, holder, input));
  const row = bindHolder(world, who, holder, input);
  logRole(world, who, holder, 'grant', namedBinding(world, row));
  return bindingView(world, row);
}

function unassign(world: World, who: Who, holder: Holder, id: string): void {
  if (rolesOf(world, holder.id).some((role) => role.id === id)) {
    unassignRole(world, who, holder, id);
    return;
  }
  const row = findHeldBinding(world, holder.id, id);
  unbind(world, who, row.setId, row.roleId, row.id);
  logRole(world, who, holder, 'revoke', namedBinding(world, row));
}

const namedBinding = (world: World, row: BindingMember) => ({
  id: row.id,
  type: 'CUSTOM',
  label: findCustomRole(world, row.roleId).label,
});

const rolesShown = (world: World, holders: readonly Holder[], expand: string | null) =>
  holders.flatMap(({ id }) => [
    ...rolesOf(world, id).map((role) => ({ ...roleView(world, role), ...embedded(world, role, expand) })),
    ...bindingsOf(world, id).map((row) => bindingView(world, row)),
  ]);

function roleShown(world: World, holder: Holder, id: string): Record<string, unknown> {
  if (id.startsWith('irb') && !rolesOf(world, holder.id).some((role) => role.id === id))
    return bindingView(world, findHeldBinding(world, holder.id, id));
  return roleView(world, findRole(world, holder.id, id));
}

/** `?expand=targets/groups` and `?expand=targets/catalog/apps`. */
function embedded(world: World, role: RoleAssignment, expand: string | null): Record<string, unknown> {
  if (expand === 'targets/groups')
    return { _embedded: { targets: { groups: groupsIn(world, role).map((one) => groupView(world, one)) } } };
  if (expand === 'targets/catalog/apps') {
    const apps = appsIn(world, role).map((one) => appTargetView(world, one));
    return { _embedded: { targets: { catalog: { apps } } } };
  }
  return {};
}

const HOLDERS = { USER: '/api/v1/users', GROUP: '/api/v1/groups', CLIENT: '/oauth2/v1/clients' } as const;

const assigneeLink = (world: World, { type, id }: Holder) => link(world, `${HOLDERS[type]}/${id}`);

/** An assignment of a standard role with its link to who has it. */
function roleView(world: World, role: RoleAssignment): Record<string, unknown> {
  const { assigneeId, groupTargets: _, appTargets: __, ...shown } = role;
  const assignee = assigneeLink(world, { type: role.assignmentType, id: assigneeId });
  const set = IAM_POLICIES[role.type];
  if (!set) return { ...shown, _links: { assignee } };
  const { id, ...rest } = shown;
  return {
    id,
    role: role.type,
    ...rest,
    'resource-set': set,
    _links: { assignee, ...iamLinks(world, set, role.type, id) },
  };
}

/** An assignment of a custom role. */
function bindingView(world: World, row: BindingMember): Record<string, unknown> {
  const { created, lastUpdated, memberType: assignmentType, setId, roleId, id } = row;
  return {
    id,
    role: roleId,
    label: findCustomRole(world, roleId).label,
    type: 'CUSTOM',
    status: 'ACTIVE',
    created,
    lastUpdated,
    assignmentType,
    'resource-set': setId,
    _links: {
      assignee: assigneeLink(world, { type: assignmentType, id: row.memberId }),
      ...iamLinks(world, setId, roleId, id),
    },
  };
}

const iamLinks = (world: World, set: string, role: string, member: string) => ({
  'resource-set': link(world, `/api/v1/iam/resource-sets/${set}`),
  member: link(world, `/api/v1/iam/resource-sets/${set}/bindings/${role}/members/${member}`),
  role: link(world, `/api/v1/iam/roles/${role}`),
  permissions: link(world, `/api/v1/iam/roles/${role}/permissions`),
});

const assigneeView = (world: World, id: string) => ({
  id,
  orn: `orn:okta:directory:${org(world).id}:users:${id}`,
  _links: { roles: link(world, `/api/v1/users/${id}/roles`), self: link(world, `/api/v1/users/${id}`) },
});
