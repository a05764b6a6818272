/** Roles of the org's own making: a label and the permissions in it. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { customRoles } from '../world.ts';
import { record, type Who } from './log.ts';

/** One permission; `conditions` limit it to some attributes. */
export interface Permission {
  label: string;
  created: string;
  lastUpdated: string;
  conditions: Record<string, unknown> | null;
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

/** Makes a role. Throws E0000001 for a missing or taken label and for a permission that there is none of. */
export function createCustomRole(world: World, who: Who, input: CustomRoleInput | undefined): CustomRole {
  const { label, description } = checked(world, input);
  const now = stamp(world.now());
  const permissions = (input?.permissions ?? []).map((one) => permission(one, now));
  const id = newId(world, 'cr0');
  const role = world.insert(customRoles, {
    id,
    label,
    description,
    created: now,
    lastUpdated: now,
    permissions,
  });
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

/** Removes a role. */
export function deleteCustomRole(world: World, who: Who, key: string): void {
  const role = findCustomRole(world, key);
  world.remove(customRoles, role.id);
  log(world, who, 'iam.role.delete', 'Delete custom role', role);
}

/** One permission of a role, or E0000007. */
export function findPermission(world: World, key: string, label: string): Permission {
  const found = findCustomRole(world, key).permissions.find((one) => one.label === label);
  if (!found) throw notFound(label, 'Permission');
  return found;
}

/** Adds a permission, or changes what limits it. */
export function putPermission(
  world: World,
  who: Who,
  key: string,
  label: string,
  conditions: Record<string, unknown> | null,
): Permission {
  const role = findCustomRole(world, key);
  const now = stamp(world.now());
  const old = role.permissions.find((one) => one.label === label);
  const added: Permission = old
    ? { ...old, conditions, lastUpdated: now }
    : { ...permission(label, now), conditions };
  const changed = world.update(customRoles, role.id, {
    permissions: [...role.permissions.filter((one) => one.label !== label), added],
    lastUpdated: now,
  });
  if (!old) log(world, who, 'iam.role.permissions.add', 'Add permission to custom role', changed);
  if (conditions) log(world, who, 'iam.role.permission.conditions.add', 'Add permission conditions', changed);
  return added;
}

/** Takes a permission away. */
export function removePermission(world: World, who: Who, key: string, label: string): void {
  findPermission(world, key, label);
  const role = findCustomRole(world, key);
  const changed = world.update(customRoles, role.id, {
    permissions: role.permissions.filter((one) => one.label !== label),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'iam.role.permissions.delete', 'Delete permission from custom role', changed);
}

function permission(label: string, now: string): Permission {
  if (!/^okta\.[A-Za-z.]+$/.test(label))
    throw invalid('permission', `permission: ${label} is not a permission`);
  return { label, created: now, lastUpdated: now, conditions: null };
}

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
