/**
 * Permission schemes: who is granted what in the projects that use one.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing, refused } from '../../errors.ts';
import { GRANTS_MAX, SCHEME_NAME_CHARS_MAX } from '../../limits.ts';
import {
  type Holder,
  type PermissionGrant,
  type PermissionScheme,
  type Project,
  permissionGrants,
  permissionSchemes,
  projects,
  type User,
} from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { audit } from '../site/audit.ts';
import { DEFAULT_SCHEME } from './may.ts';
import { permissionByKey } from './permissions.ts';
import { readDescription } from './readDescription.ts';
import { readHolder } from './readHolder.ts';

export const allPermissionSchemes = (world: World): PermissionScheme[] =>
  world.list(permissionSchemes).toArray();

/** 404 `The permission scheme with id 1 does not exist.` */
export function requirePermissionScheme(world: World, id: unknown): PermissionScheme {
  const text = String(id);
  const found = isNumeric(text) ? world.get(permissionSchemes, sortable(Number(text))) : undefined;
  if (!found) throw missing(`The permission scheme with id ${text} does not exist.`);
  return found;
}

/** The scheme that says who may do what in a project. */
export const schemeOfProject = (
  world: World,
  { permissionScheme = DEFAULT_SCHEME }: Project,
): PermissionScheme => requirePermissionScheme(world, permissionScheme);

/** The grants of a scheme, by id. */
export const grantsOfScheme = (world: World, schemeId: number): PermissionGrant[] =>
  world.list(permissionGrants, { index: 'scheme', equals: String(schemeId) }).toArray();

export interface SchemeInput {
  name?: unknown;
  description?: unknown;
  permissions?: unknown;
}

/** A new scheme with its grants; 400 for a missing or taken name, or a grant that is wrong. */
export function createPermissionScheme(world: World, author: User, input: SchemeInput): PermissionScheme {
  const name = nameOf(world, input.name);
  const grants = readGrants(world, input.permissions);
  const scheme = world.insert(permissionSchemes, {
    id: Number(nextId(world, 'permissionScheme', 10_001)),
    name,
    description: readDescription(input.description) ?? '',
  });
  for (const grant of grants) addGrant(world, scheme, grant);
  tell(world, author, 'Permission scheme created', scheme);
  return scheme;
}

/** Changes a scheme's name and description, and puts other grants in place of all where grants were sent. */
export function updatePermissionScheme(
  world: World,
  author: User,
  id: string,
  input: SchemeInput,
): PermissionScheme {
  const scheme = requirePermissionScheme(world, id);
  const name = nameOf(world, input.name, scheme);
  const description = readDescription(input.description);
  const grants = input.permissions === undefined ? undefined : readGrants(world, input.permissions);
  const updated = world.put(permissionSchemes, {
    ...scheme,
    name,
    ...(description === undefined ? {} : { description }),
  });
  if (grants) {
    for (const row of grantsOfScheme(world, scheme.id))
      world.remove(permissionGrants, permissionGrants.key(row));
    for (const grant of grants) addGrant(world, scheme, grant);
  }
  tell(world, author, 'Permission scheme updated', updated);
  return updated;
}

/** Deletes a scheme; its projects go back to the default one, which itself cannot be deleted (403). */
export function deletePermissionScheme(world: World, author: User, id: string): void {
  const scheme = requirePermissionScheme(world, id);
  if (scheme.id === DEFAULT_SCHEME) throw forbidden('The default permission scheme cannot be deleted.');
  for (const row of grantsOfScheme(world, scheme.id))
    world.remove(permissionGrants, permissionGrants.key(row));
  for (const project of projectsOfScheme(world, scheme.id)) assign(world, project, DEFAULT_SCHEME);
  world.remove(permissionSchemes, permissionSchemes.key(scheme));
  tell(world, author, 'Permission scheme deleted', scheme);
}

const projectsOfScheme = (world: World, id: number): Project[] =>
  world.list(projects, { index: 'permissionScheme', equals: String(id) }).toArray();

/** Gives a project another scheme; 404 where there is no such scheme. */
export function assignPermissionScheme(
  world: World,
  author: User,
  project: Project,
  id: unknown,
): PermissionScheme {
  if (typeof id !== 'number') throw refused('badRequest');
  const scheme = requirePermissionScheme(world, id);
  assign(world, project, scheme.id);
  tell(world, author, 'Permission scheme added to project', scheme, project);
  return scheme;
}

function assign(world: World, project: Project, id: number): void {
  const { permissionScheme: _, ...rest } = project;
  world.put(projects, id === DEFAULT_SCHEME ? rest : { ...rest, permissionScheme: id });
}

type NewGrant = Pick<PermissionGrant, 'permission' | 'holder'>;

/** Grants a permission in a scheme; 400 for an unknown permission or holder, and where it is granted already. */
export function createGrant(world: World, author: User, schemeId: string, input: unknown): PermissionGrant {
  const scheme = requirePermissionScheme(world, schemeId);
  const grant = readGrant(world, input);
  const before = grantsOfScheme(world, scheme.id);
  if (before.some((row) => isSame(row, grant)))
    throw badQuery('This permission has already been added to the permission scheme.');
  if (before.length >= GRANTS_MAX) throw badQuery(`A permission scheme takes at most ${GRANTS_MAX} grants.`);
  tell(world, author, 'Permission scheme updated', scheme);
  return addGrant(world, scheme, grant);
}

const isSame = (a: NewGrant, b: NewGrant): boolean =>
  a.permission === b.permission && a.holder.type === b.holder.type && a.holder.value === b.holder.value;

const addGrant = (world: World, scheme: PermissionScheme, grant: NewGrant): PermissionGrant =>
  world.insert(permissionGrants, {
    id: Number(nextId(world, 'permissionGrant')),
    schemeId: scheme.id,
    ...grant,
  });

/** A grant of a scheme; 404 where the scheme has none with this id. */
export function requireGrant(world: World, schemeId: string, id: string): PermissionGrant {
  const scheme = requirePermissionScheme(world, schemeId);
  const found = isNumeric(id) ? world.get(permissionGrants, sortable(Number(id))) : undefined;
  if (!found || found.schemeId !== scheme.id)
    throw missing(`The permission grant with id ${id} does not exist.`);
  return found;
}

/** Takes a grant back; 400 where the scheme has none with this id. */
export function deleteGrant(world: World, author: User, schemeId: string, id: string): void {
  const scheme = requirePermissionScheme(world, schemeId);
  const found = isNumeric(id) ? world.get(permissionGrants, sortable(Number(id))) : undefined;
  if (!found || found.schemeId !== scheme.id)
    throw badQuery(`The permission grant with id ${id} does not exist.`);
  world.remove(permissionGrants, permissionGrants.key(found));
  tell(world, author, 'Permission scheme updated', scheme);
}

function readGrants(world: World, sent: unknown): NewGrant[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw refused('badRequest');
  if (sent.length > GRANTS_MAX) throw badQuery(`A permission scheme takes at most ${GRANTS_MAX} grants.`);
  const grants = sent.map((one) => readGrant(world, one));
  return grants.filter((one, i) => grants.findIndex((other) => isSame(one, other)) === i);
}

function readGrant(world: World, sent: unknown): NewGrant {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw refused('badRequest');
  const { permission, holder } = sent as { permission?: unknown; holder?: unknown };
  const known = typeof permission === 'string' ? permissionByKey(permission) : undefined;
  if (known?.type !== 'PROJECT') throw badQuery(`Unrecognized permission: ${String(permission)}`);
  return { permission: known.key, holder: readHolder(world, holder) satisfies Holder };
}

function nameOf(world: World, value: unknown, of?: PermissionScheme): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw badQuery('The permission scheme name must be provided.');
  if (value.length > SCHEME_NAME_CHARS_MAX)
    throw badQuery(
      `The permission scheme name must not exceed ${SCHEME_NAME_CHARS_MAX} characters in length.`,
    );
  const taken = world.list(permissionSchemes, { index: 'name', equals: value.toLowerCase() }).first();
  if (taken && taken.id !== of?.id) throw badQuery('A permission scheme with this name already exists.');
  return value;
}

function tell(
  world: World,
  author: User,
  summary: string,
  scheme: PermissionScheme,
  project?: Project,
): void {
  audit(world, {
    summary,
    category: 'permissions',
    author,
    object: { id: String(scheme.id), name: scheme.name, typeName: 'SCHEME' },
    ...(project ? { associatedItems: [{ id: project.id, name: project.name, typeName: 'PROJECT' }] } : {}),
  });
}
