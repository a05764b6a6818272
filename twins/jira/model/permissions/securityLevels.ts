/** The levels of an issue security scheme, and who sees the issues of each. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { LEVEL_DESCRIPTION_CHARS_MAX, LEVEL_NAME_CHARS_MAX, LEVELS_PER_REQUEST_MAX } from '../../limits.ts';
import {
  type Holder,
  issues,
  type SecurityLevel,
  type SecurityMember,
  type SecurityScheme,
  securityLevels,
  securityMembers,
  securitySchemes,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { readDescription } from './readDescription.ts';
import { readHolder } from './readHolder.ts';

/** A scheme's levels, by id. */
export const levelsOfScheme = (world: World, schemeId: number): SecurityLevel[] =>
  world.list(securityLevels, { index: 'scheme', equals: String(schemeId) }).toArray();

/** A level's members, by id. */
export const membersOfLevel = (world: World, levelId: string): SecurityMember[] =>
  world.list(securityMembers, { index: 'level', equals: levelId }).toArray();

/** A level of a scheme; 404 in the vendor's words. */
export function levelOfScheme(world: World, schemeId: number, id: string): SecurityLevel {
  const found = world.get(securityLevels, id);
  if (!found || found.schemeId !== schemeId)
    throw missing(`The issue security level with ID '${id}' was not found.`);
  return found;
}

/** Adds levels with their members; 400 for a missing, long or taken name, for more than 100, or for two defaults. */
export function addLevels(world: World, scheme: SecurityScheme, sent: unknown): void {
  if (!Array.isArray(sent)) throw refused('badRequest');
  if (sent.length > LEVELS_PER_REQUEST_MAX)
    throw badQuery(`A maximum of ${LEVELS_PER_REQUEST_MAX} levels can be added per request.`);
  if (sent.filter((one) => (one as { isDefault?: unknown } | null)?.isDefault === true).length > 1)
    throw badQuery('Only one level can be the default level.');
  for (const one of sent) {
    if (typeof one !== 'object' || one === null) throw refused('badRequest');
    const { name, description, isDefault, members } = one as Record<string, unknown>;
    if (isDefault !== undefined && isDefault !== null && typeof isDefault !== 'boolean')
      throw refused('badRequest');
    const level = world.insert(securityLevels, {
      id: nextId(world, 'securityLevel'),
      schemeId: scheme.id,
      name: nameOf(world, scheme.id, name),
      description: readDescription(description, LEVEL_DESCRIPTION_CHARS_MAX) ?? '',
    });
    addMembers(world, level, members ?? []);
    if (isDefault) world.update(securitySchemes, sortable(scheme.id), { defaultLevelId: level.id });
  }
}

/** Changes a level's name or description. */
export function updateLevel(
  world: World,
  level: SecurityLevel,
  input: Record<string, unknown>,
): SecurityLevel {
  const { name, description } = input;
  return world.put(securityLevels, {
    ...level,
    name: name === undefined || name === null ? level.name : nameOf(world, level.schemeId, name, level),
    description: readDescription(description, LEVEL_DESCRIPTION_CHARS_MAX) ?? level.description,
  });
}

/** Adds members to a level; 400 for one who is not there, or more than 100. Who is a member already stays one. */
export function addMembers(world: World, level: SecurityLevel, sent: unknown): void {
  if (!Array.isArray(sent)) throw refused('badRequest');
  if (sent.length > LEVELS_PER_REQUEST_MAX)
    throw badQuery(`A maximum of ${LEVELS_PER_REQUEST_MAX} members can be added per request.`);
  for (const one of sent) {
    const holder = readMember(world, one);
    const isThere = membersOfLevel(world, level.id).some(
      (row) => row.holder.type === holder.type && row.holder.value === holder.value,
    );
    if (!isThere)
      world.insert(securityMembers, {
        id: nextId(world, 'securityMember'),
        schemeId: level.schemeId,
        levelId: level.id,
        holder,
      });
  }
}

/** A member as it is sent, `{type, parameter?}`: a group by its id. `anyone` would hide nothing from nobody. */
function readMember(world: World, sent: unknown): Holder {
  const holder = readHolder(world, sent);
  if (holder.type === 'anyone') throw badQuery("The holder type 'anyone' is not supported.");
  return holder;
}

/** Takes a member from a level; 404 where the level has none with this id. */
export function removeMember(world: World, level: SecurityLevel, id: string): void {
  const found = world.get(securityMembers, id);
  if (!found || found.levelId !== level.id)
    throw missing(`The issue security level member with ID '${id}' was not found.`);
  world.remove(securityMembers, id);
}

/** Takes a level away, from its issues too, which get another (or none). */
export function dropLevel(world: World, level: SecurityLevel, replacement?: SecurityLevel): void {
  const security = replacement ? { id: replacement.id } : null;
  for (const issue of world.list(issues, { index: 'security', equals: level.id }).toArray())
    world.put(issues, { ...issue, fields: { ...issue.fields, security } });
  for (const row of membersOfLevel(world, level.id)) world.remove(securityMembers, row.id);
  world.remove(securityLevels, level.id);
  const key = sortable(level.schemeId);
  const scheme = world.get(securitySchemes, key);
  if (scheme?.defaultLevelId !== level.id) return;
  const { defaultLevelId: _, ...rest } = scheme;
  world.put(securitySchemes, { ...rest, ...(replacement ? { defaultLevelId: replacement.id } : {}) });
}

function nameOf(world: World, schemeId: number, value: unknown, of?: SecurityLevel): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw badQuery('The name of the issue security level must be provided.');
  if (value.length > LEVEL_NAME_CHARS_MAX)
    throw badQuery(`The name must not exceed ${LEVEL_NAME_CHARS_MAX} characters in length.`);
  const taken = levelsOfScheme(world, schemeId).find((one) => one.name.toLowerCase() === value.toLowerCase());
  if (taken && taken.id !== of?.id)
    throw badQuery(`An issue security level with the name '${value}' already exists in this scheme.`);
  return value;
}
