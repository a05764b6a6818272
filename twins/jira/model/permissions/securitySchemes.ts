/**
 * Issue security schemes: levels that hide the issues of a project from all but their members.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-security-schemes/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { SECURITY_DESCRIPTION_CHARS_MAX, SECURITY_NAME_CHARS_MAX } from '../../limits.ts';
import { type Project, projects, type SecurityScheme, securitySchemes, type User } from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { audit } from '../site/audit.ts';
import { readDescription } from './readDescription.ts';
import { addLevels, dropLevel, levelOfScheme, levelsOfScheme } from './securityLevels.ts';

export const allSecuritySchemes = (world: World): SecurityScheme[] => world.list(securitySchemes).toArray();

/** 404 `The issue security scheme with ID '1' was not found.` */
export function requireSecurityScheme(world: World, id: string): SecurityScheme {
  const found = isNumeric(id) ? world.get(securitySchemes, sortable(Number(id))) : undefined;
  if (!found) throw missing(`The issue security scheme with ID '${id}' was not found.`);
  return found;
}

export interface SecuritySchemeInput {
  name?: unknown;
  description?: unknown;
  levels?: unknown;
}

/** A new scheme, with levels and their members where they came along; 400 for a missing, long or taken name. */
export function createSecurityScheme(world: World, author: User, input: SecuritySchemeInput): SecurityScheme {
  const scheme = world.insert(securitySchemes, {
    id: Number(nextId(world, 'securityScheme')),
    name: nameOf(world, input.name),
    description: readDescription(input.description, SECURITY_DESCRIPTION_CHARS_MAX) ?? '',
  });
  addLevels(world, scheme, input.levels ?? []);
  tell(world, author, 'Issue security scheme created', scheme);
  return requireSecurityScheme(world, String(scheme.id));
}

/** Changes a scheme's name or description. */
export function updateSecurityScheme(
  world: World,
  author: User,
  id: string,
  input: SecuritySchemeInput,
): void {
  const scheme = requireSecurityScheme(world, id);
  const name =
    input.name === undefined || input.name === null ? scheme.name : nameOf(world, input.name, scheme);
  const description =
    readDescription(input.description, SECURITY_DESCRIPTION_CHARS_MAX) ?? scheme.description;
  tell(
    world,
    author,
    'Issue security scheme updated',
    world.put(securitySchemes, { ...scheme, name, description }),
  );
}

/** Deletes a scheme with its levels; 400 while a project uses it. */
export function deleteSecurityScheme(world: World, author: User, id: string): void {
  const scheme = requireSecurityScheme(world, id);
  if (projectsOfSecurity(world, scheme.id).length > 0)
    throw badQuery(`The issue security scheme with ID '${id}' is used by projects and cannot be deleted.`);
  for (const level of levelsOfScheme(world, scheme.id)) dropLevel(world, level);
  world.remove(securitySchemes, securitySchemes.key(scheme));
  tell(world, author, 'Issue security scheme deleted', scheme);
}

/** The projects that use a scheme, by id. */
export const projectsOfSecurity = (world: World, id: number): Project[] =>
  world.list(projects, { index: 'securityScheme', equals: String(id) }).toArray();

/** Says which level new issues have, for each of some schemes: none for `null` or `-1`. */
export function setDefaultLevels(world: World, author: User, sent: unknown): void {
  if (!Array.isArray(sent) || sent.length === 0) throw badQuery('The default values must be provided.');
  if (sent.length > 1_000) throw badQuery('A maximum of 1000 default values can be set.');
  for (const one of sent) {
    const { issueSecuritySchemeId, defaultLevelId } = (one ?? {}) as Record<string, unknown>;
    const id = issueSecuritySchemeId;
    if (typeof id !== 'string' && typeof id !== 'number') throw refused('badRequest');
    const { defaultLevelId: _, ...scheme } = requireSecurityScheme(world, String(id));
    const none = defaultLevelId === null || String(defaultLevelId) === '-1';
    if (!none && typeof defaultLevelId !== 'string' && typeof defaultLevelId !== 'number')
      throw refused('badRequest');
    const level = none ? undefined : levelOfScheme(world, scheme.id, String(defaultLevelId));
    world.put(securitySchemes, { ...scheme, ...(level ? { defaultLevelId: level.id } : {}) });
    tell(world, author, 'Issue security scheme updated', scheme);
  }
}

function nameOf(world: World, value: unknown, of?: SecurityScheme): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw badQuery('The name of the issue security scheme must be provided.');
  if (value.length > SECURITY_NAME_CHARS_MAX)
    throw badQuery(`The name must not exceed ${SECURITY_NAME_CHARS_MAX} characters in length.`);
  const taken = world.list(securitySchemes, { index: 'name', equals: value.toLowerCase() }).first();
  if (taken && taken.id !== of?.id)
    throw badQuery(`An issue security scheme with the name '${value}' already exists.`);
  return value;
}

function tell(world: World, author: User, summary: string, { id, name }: SecurityScheme): void {
  audit(world, {
    summary,
    category: 'permissions',
    author,
    object: { id: String(id), name, typeName: 'SCHEME' },
  });
}
