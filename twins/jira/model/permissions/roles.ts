/**
 * Project roles: the same on every project, with people and groups of its own in each.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { ROLE_NAME_CHARS_MAX } from '../../limits.ts';
import {
  type ProjectRole,
  permissionGrants,
  projectRoles,
  roleActors,
  securityMembers,
  type User,
} from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { audit } from '../site/audit.ts';
import { ADMINISTRATORS } from './beginnings.ts';
import { readDescription } from './readDescription.ts';

/** All roles of the site, by id. */
export const allRoles = (world: World): ProjectRole[] => world.list(projectRoles).toArray();

/** The role with this id; undefined where there is none. */
export const roleById = (world: World, id: string): ProjectRole | undefined =>
  isNumeric(id) ? world.get(projectRoles, sortable(Number(id))) : undefined;

/** The role of this name, case aside. */
export const roleNamed = (world: World, name: string): ProjectRole | undefined =>
  world.list(projectRoles, { index: 'name', equals: name.toLowerCase() }).first();

/** 404 `Can not retrieve a role actor for a null project role.`, as Jira has it for a role that is not there. */
export function requireRole(world: World, id: string): ProjectRole {
  const found = roleById(world, id);
  if (!found) throw missing(`Can not retrieve project role with id '${id}'.`);
  return found;
}

export interface RoleInput {
  name?: unknown;
  description?: unknown;
}

/** A new role, in which nobody is; 400 for a missing or wrong name, 409 for a taken one. */
export function createRole(world: World, author: User, input: RoleInput): ProjectRole {
  const name = nameOf(world, input.name);
  const role = world.insert(projectRoles, {
    id: Number(nextId(world, 'projectRole', ADMINISTRATORS)),
    name,
    description: readDescription(input.description) ?? '',
    admin: false,
    default: false,
  });
  audit(world, { summary: 'Project role created', category: 'projects', author, object: itemOf(role) });
  return role;
}

/** Changes a role's name and description: both (`whole`), or whichever was sent, the name first. */
export function updateRole(
  world: World,
  author: User,
  id: string,
  input: RoleInput,
  whole: boolean,
): ProjectRole {
  const role = requireRole(world, id);
  const description = readDescription(input.description);
  if (whole && (input.name === undefined || description === undefined))
    throw badQuery('Both the name and the description of the project role must be provided.');
  if (input.name === undefined && description === undefined)
    throw badQuery('Either the name or the description of the project role must be provided.');
  const name = input.name === undefined ? role.name : nameOf(world, input.name, role);
  const described = description !== undefined && (whole || input.name === undefined);
  const updated = world.put(projectRoles, { ...role, name, ...(described ? { description } : {}) });
  audit(world, { summary: 'Project role updated', category: 'projects', author, object: itemOf(updated) });
  return updated;
}

/**
 * Deletes a role with whoever is in it. Schemes that name it name `swap` then; without one, 409 where some scheme or
 * project uses it. 400 where `swap` is not there.
 */
export function deleteRole(world: World, author: User, id: string, swap: string | null): void {
  const role = requireRole(world, id);
  const other = swap === null ? undefined : roleById(world, swap);
  if (swap !== null && (!other || other.id === role.id))
    throw badQuery(`Can not retrieve project role with id '${swap}'.`);
  const holder = { index: 'holder', equals: `projectRole/${role.id}` };
  const grants = world.list(permissionGrants, holder).toArray();
  const members = world.list(securityMembers, holder).toArray();
  const actors = world.list(roleActors, { index: 'role', equals: String(role.id) }).toArray();
  if (!other && grants.length + members.length + actors.length > 0)
    throw refused(
      'conflict',
      `The project role '${role.name}' is in use. Specify a role to swap it with to delete it.`,
    );
  const value = String(other?.id);
  for (const row of grants) world.put(permissionGrants, { ...row, holder: { type: 'projectRole', value } });
  for (const row of members) world.put(securityMembers, { ...row, holder: { type: 'projectRole', value } });
  for (const row of actors) world.remove(roleActors, roleActors.key(row));
  world.remove(projectRoles, projectRoles.key(role));
  audit(world, { summary: 'Project role deleted', category: 'projects', author, object: itemOf(role) });
}

function nameOf(world: World, value: unknown, of?: ProjectRole): string {
  if (typeof value !== 'string' || value === '') throw badQuery('The project role name cannot be empty.');
  if (value !== value.trim()) throw badQuery('The project role name cannot start or end with whitespace.');
  if (value.length > ROLE_NAME_CHARS_MAX)
    throw badQuery(`The project role name must not exceed ${ROLE_NAME_CHARS_MAX} characters in length.`);
  const taken = roleNamed(world, value);
  if (taken && taken.id !== of?.id)
    throw refused('conflict', `A project role with name '${value}' already exists.`);
  return value;
}

const itemOf = ({ id, name }: ProjectRole) => ({ id: String(id), name, typeName: 'PROJECT_ROLE' });
