/** `/api/v1/iam/roles`: roles of the org's own making. */
import { list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type CustomRole,
  type CustomRoleInput,
  createCustomRole,
  deleteCustomRole,
  findCustomRole,
  findPermission,
  type Permission,
  type PermissionConditions,
  putPermission,
  removePermission,
  replaceCustomRole,
} from '../model/roles/customRole.ts';
import { customRoles } from '../world.ts';

const { read, manage } = family('RoleECustom', 'roles', 'other');
const permissions = family('RoleECustomPermission', 'roles', 'other');
const ROLES = '/api/v1/iam/roles';
const ROLE = `${ROLES}/{roleIdOrLabel}` as const;
const ONE = `${ROLE}/permissions/{permissionType}` as const;
type Conditions = { conditions?: PermissionConditions | null } | undefined;

export const customRoleEndpoints = [
  endpoint(
    {
      id: 'listRoles',
      route: `GET ${ROLES}`,
      ...read,
      page: { style: 'body', key: 'roles', default: 100, max: 200 },
    },
    ({ world }) => list(world.list(customRoles), (role) => roleView(world, role), { links: {} }),
  ),
  endpoint({ id: 'createRole', route: `POST ${ROLES}`, ...manage }, ({ world, actor, input }) =>
    linked(world, createCustomRole(world, actor.who, input as CustomRoleInput)),
  ),
  endpoint({ id: 'getRole', route: `GET ${ROLE}`, ...read }, ({ world, params }) =>
    linked(world, findCustomRole(world, params.roleIdOrLabel)),
  ),
  endpoint({ id: 'replaceRole', route: `PUT ${ROLE}`, ...manage }, ({ world, actor, params, input }) =>
    linked(world, replaceCustomRole(world, actor.who, params.roleIdOrLabel, input as CustomRoleInput)),
  ),
  endpoint(
    { id: 'deleteRole', route: `DELETE ${ROLE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteCustomRole(world, actor.who, params.roleIdOrLabel),
  ),
  endpoint(
    { id: 'listRolePermissions', route: `GET ${ROLE}/permissions`, ...permissions.read },
    ({ world, params }) => {
      const role = findCustomRole(world, params.roleIdOrLabel);
      return { permissions: role.permissions.map((one) => permissionView(world, role.id, one)) };
    },
  ),
  endpoint({ id: 'getRolePermission', route: `GET ${ONE}`, ...permissions.read }, ({ world, params }) => {
    const role = findCustomRole(world, params.roleIdOrLabel);
    return permissionView(world, role.id, findPermission(world, role.id, params.permissionType));
  }),
  endpoint(
    { id: 'createRolePermission', route: `POST ${ONE}`, ...permissions.manage, status: 204 },
    ({ world, actor, params: { roleIdOrLabel, permissionType }, input }) => {
      putPermission(
        world,
        actor.who,
        roleIdOrLabel,
        permissionType,
        (input as Conditions)?.conditions ?? null,
      );
    },
  ),
  endpoint(
    { id: 'replaceRolePermission', route: `PUT ${ONE}`, ...permissions.manage },
    ({ world, actor, params: { roleIdOrLabel, permissionType }, input }) => {
      const role = findCustomRole(world, roleIdOrLabel);
      findPermission(world, role.id, permissionType);
      const conditions = (input as Conditions)?.conditions ?? null;
      return permissionView(
        world,
        role.id,
        putPermission(world, actor.who, role.id, permissionType, conditions),
      );
    },
  ),
  endpoint(
    { id: 'deleteRolePermission', route: `DELETE ${ONE}`, ...permissions.manage, status: 204 },
    ({ world, actor, params }) =>
      removePermission(world, actor.who, params.roleIdOrLabel, params.permissionType),
  ),
];

/** These answers name themselves in a `Link` header too. */
const linked = (world: World, role: CustomRole) =>
  reply({
    body: roleView(world, role),
    headers: [['link', `<${world.base()}${ROLES}/${role.id}>; rel="self"`]],
  });

function roleView(world: World, role: CustomRole): Record<string, unknown> {
  const { permissions: _, id, label, ...rest } = role;
  const self = `${ROLES}/${id}`;
  return {
    id,
    label,
    isCloneable: false,
    ...rest,
    _links: { permissions: link(world, `${self}/permissions`), self: link(world, self) },
  };
}

function permissionView(world: World, roleId: string, permission: Permission): Record<string, unknown> {
  const role = `${ROLES}/${roleId}`;
  return {
    ...permission,
    _links: { role: link(world, role), self: link(world, `${role}/permissions/${permission.label}`) },
  };
}
