/** Roles of the org's own making: a label and the permissions in it. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { bindingMembers } from '../../world/admin.ts';
import { customRoles, schemas } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { CONDITIONAL, isPermission } from './permission.ts';

/** https://help.okta.com/en-us/content/topics/security/custom-admin-role/work-with-role.htm */
const ROLES_MAX = 100;

/** One permission; `conditions` limit it to some attributes. */
export interface Permission {
  label: string;
  created: string;
  lastUpdated: string;
  conditions: PermissionConditions | null;
}

/** The attributes that a permission is limited to, or all but which. */
export interface PermissionConditions {
  include?: Record<string, string[]> | null;
  exclude?: Record<string, string[]> | null;
}

/** A role in the vendor's shape; its permissions are shown at an address of their own. */
export interface CustomRole {
  id: string;
  label: string;
  description: string;
  created: string;
  lastUpdated: string;
  permissions: Permission[];
}

export interface CustomRoleInput {
  label?: string;
  description?: string;
  permissions?: string[];
}

/** The role with this id or label, or E0000007. */
export function findCustomRole(world: World, key: string): CustomRole {
  const found =
    world.get(customRoles, key) ?? world.list(customRoles, { index: 'label', equals: key }).first();
  if (!found) throw notFound(key, 'CustomRole');
  return found;
}

/** Makes a role. Throws E0000001 for a missing or taken label, for no permission, and for one that there is none of. */
export function createCustomRole(world: World, who: Who, input: CustomRoleInput | undefined): CustomRole {
  const { label, description } = checked(world, input);
  if (!input?.permissions?.length) throw invalid('permissions', 'permissions: Permissions must be specified');
  const now = stamp(world.now());
  const permissions = [...new Set(input.permissions)].map((one) => permission(one, now));
  if (world.list(customRoles).count() >= ROLES_MAX)
    throw invalid('label', `label: An organization cannot have more than ${ROLES_MAX} custom roles`);
  const id = newId(world, 'cr0');
  const parts = { id, label, description, created: now, lastUpdated: now };
  const role = world.insert(customRoles, { ...parts, permissions: sorted(permissions) });
  log(world, who, 'iam.role.create', 'Create custom role', role);
  return role;
}

/** Changes label and description. */
export function replaceCustomRole(
  world: World,
  who: Who,
  key: string,
  input: CustomRoleInput | undefined,
): CustomRole {
  const old = findCustomRole(world, key);
  const { label, description } = checked(world, input, old.id);
  const changed = world.update(customRoles, old.id, { label, description, lastUpdated: stamp(world.now()) });
  log(world, who, 'iam.role.update', 'Update custom role', changed);
  return changed;
}

/** Removes a role; who held it holds it no more. */
export function deleteCustomRole(world: World, who: Who, key: string): void {
  const role = findCustomRole(world, key);
  for (const row of world.list(bindingMembers, { index: 'role', equals: role.id }).toArray())
    world.remove(bindingMembers, `${row.setId}/${row.roleId}/${row.id}`);
  world.remove(customRoles, role.id);
  log(world, who, 'iam.role.delete', 'Delete custom role', role);
}

/** One permission of a role, or E0000007. */
export function findPermission(world: World, key: string, label: string): Permission {
  const found = findCustomRole(world, key).permissions.find((one) => one.label === label);
  if (!found) throw notFound(label, 'Permission');
  return found;
}

/** Adds a permission, or changes what limits it. Throws E0000001 for one that there is none of, and bad conditions. */
export function putPermission(
  world: World,
  who: Who,
  key: string,
  label: string,
  input: PermissionConditions | null,
): Permission {
  const role = findCustomRole(world, key);
  const now = stamp(world.now());
  const old = role.permissions.find((one) => one.label === label);
  const conditions = checkedConditions(world, label, input);
  const added: Permission = { ...(old ?? permission(label, now)), conditions, lastUpdated: now };
  const changed = world.update(customRoles, role.id, {
    permissions: sorted([...role.permissions.filter((one) => one.label !== label), added]),
    lastUpdated: now,
  });
  if (!old) log(world, who, 'iam.role.permissions.add', 'Add permission to custom role', changed);
  if (conditions) log(world, who, 'iam.role.permission.conditions.add', 'Add permission conditions', changed);
  else if (old?.conditions)
    log(world, who, 'iam.role.permission.conditions.delete', 'Delete permission conditions', changed);
  return added;
}

/** Takes a permission away. Throws E0000007; E0000001 for the last one. */
export function removePermission(world: World, who: Who, key: string, label: string): void {
  findPermission(world, key, label);
  const role = findCustomRole(world, key);
  if (role.permissions.length === 1)
    throw invalid('permissions', 'permissions: A role must have at least one permission');
  const changed = world.update(customRoles, role.id, {
    permissions: role.permissions.filter((one) => one.label !== label),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'iam.role.permissions.delete', 'Delete permission from custom role', changed);
}

function permission(label: string, now: string): Permission {
  if (!isPermission(label)) throw invalid('permissions', `permissions: ${label} is not a valid permission`);
  return { label, created: now, lastUpdated: now, conditions: null };
}

const sorted = (permissions: Permission[]): Permission[] =>
  permissions.sort((a, b) => (a.label < b.label ? -1 : 1));

const ATTRIBUTES = 'okta:ResourceAttribute/User/Profile';

/** The attributes of a profile that conditions let through: all of them where there are none. */
export function letsThrough(conditions: PermissionConditions | null, attribute: string): boolean {
  const included = conditions?.include?.[ATTRIBUTES];
  const excluded = conditions?.exclude?.[ATTRIBUTES];
  return (!included || included.includes(attribute)) && !excluded?.includes(attribute);
}

/** Conditions that name attributes of people, to include or to exclude. */
function checkedConditions(world: World, label: string, input: PermissionConditions | null) {
  const given = (['include', 'exclude'] as const).filter((key) => Object.keys(input?.[key] ?? {}).length > 0);
  const [key] = given;
  if (!input || !key) return null;
  const bad = (why: string) => invalid('conditions', `conditions: ${why}`);
  if (!CONDITIONAL.has(label)) throw bad(`${label} cannot have conditions`);
  if (given.length > 1) throw bad('Only one of include and exclude can be specified');
  const known = attributesOf(world);
  for (const [of, names] of Object.entries(input[key] ?? {})) {
    if (of !== ATTRIBUTES || !Array.isArray(names)) throw bad(`${of} is not a valid resource attribute`);
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined) throw bad(`${unknown} is not a valid attribute`);
  }
  return { [key]: input[key] } as PermissionConditions;
}

/** The attributes that any type of user has. */
const attributesOf = (world: World): ReadonlySet<string> =>
  new Set(
    world
      .list(schemas, { index: 'of', equals: 'user' })
      .toArray()
      .flatMap(({ base, custom }) => [...Object.keys(base), ...Object.keys(custom)]),
  );

function checked(world: World, input: CustomRoleInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  if (!input.label) throw invalid('label', 'label: Label must be specified');
  const other = world.list(customRoles, { index: 'label', equals: input.label }).first();
  if (other && other.id !== own)
    throw invalid('label', 'label: There is already an admin role with this name.');
  return { label: input.label, description: input.description ?? '' };
}

function log(world: World, who: Who, eventType: string, displayMessage: string, role: CustomRole): void {
  const target = [
    { id: role.id, type: 'CUSTOM_ROLE', alternateId: 'unknown', displayName: role.label, detailEntry: null },
  ];
  record(world, who, { eventType, displayMessage, target });
}
