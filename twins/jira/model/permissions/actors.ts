/**
 * Who is in a project role: people and groups, on one project or (under no project) on every new one.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-role-actors/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { type Project, type RoleActor, roleActors, users } from '../../world.ts';
import { nextId } from '../ids.ts';
import { groupNamed } from '../people/groups.ts';
import { ADMINISTRATORS } from './beginnings.ts';

/** A role in its place: on a project, or (`''`) on every new one. */
export interface RolePlace {
  projectId: string;
  roleId: number;
}

type Who = Pick<RoleActor, 'type' | 'holder'>;

/** Who is in a role. */
export const actorsOf = (world: World, { projectId, roleId }: RolePlace): RoleActor[] =>
  world.list(roleActors, { index: 'place', equals: `${projectId}/${roleId}` }).toArray();

const addActor = (world: World, actor: Omit<RoleActor, 'id'>): RoleActor =>
  world.insert(roleActors, { id: Number(nextId(world, 'roleActor')), ...actor });

/** What a request says of who is meant: account ids, group names, group ids. */
export interface ActorsInput {
  user?: unknown;
  group?: unknown;
  groupId?: unknown;
}

/** Puts people or groups into a role; 400 for none, both, or one who is in it already, 404 for one who is not there. */
export function addActors(world: World, place: RolePlace, input: ActorsInput): void {
  const wanted = whoAre(world, input);
  if (wanted.length === 0) throw badQuery('At least one user or group must be specified.');
  const before = actorsOf(world, place);
  for (const who of wanted) {
    if (before.some((row) => row.type === who.type && row.holder === who.holder))
      throw badQuery(`${labelOf(world, who)} is already a member of the project role.`);
    addActor(world, { ...place, ...who });
  }
}

/** Puts others in place of everybody in a role: `{"atlassian-user-role-actor": [accountId], …}`. */
export function setActors(world: World, place: RolePlace, categorised: unknown): void {
  if (typeof categorised !== 'object' || categorised === null || Array.isArray(categorised))
    throw refused('badRequest');
  const sent = categorised as Record<string, unknown>;
  const unknown = Object.keys(sent).find((key) => !CATEGORIES.has(key));
  if (unknown) throw badQuery(`The actor type '${unknown}' is not supported.`);
  const wanted = whoAre(world, {
    user: sent['atlassian-user-role-actor'],
    group: sent['atlassian-group-role-actor'],
    groupId: sent['atlassian-group-role-actor-id'],
  });
  for (const row of actorsOf(world, place)) world.remove(roleActors, roleActors.key(row));
  for (const who of wanted) addActor(world, { ...place, ...who });
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'atlassian-user-role-actor',
  'atlassian-group-role-actor',
  'atlassian-group-role-actor-id',
]);

/** Takes a person or a group out of a role; 400 for none or several, 404 for one who is not in it. */
export function removeActor(
  world: World,
  place: RolePlace,
  input: { user: string | null; group: string | null; groupId: string | null },
): void {
  const given = [input.user, input.group, input.groupId].filter((one) => one !== null);
  if (given.length !== 1)
    throw badQuery('Exactly one of the user, group or groupId parameters must be provided.');
  const [who] = whoAre(world, {
    user: input.user === null ? [] : [input.user],
    group: input.group === null ? [] : [input.group],
    groupId: input.groupId === null ? [] : [input.groupId],
  });
  const row = actorsOf(world, place).find((one) => one.type === who?.type && one.holder === who.holder);
  if (!row) throw missing(`'${given[0]}' is not a member of the project role.`);
  world.remove(roleActors, roleActors.key(row));
}

/** The people and groups that a request names, each once; 400 for what is no list of texts, 404 for nobody. */
function whoAre(world: World, { user, group, groupId }: ActorsInput): Who[] {
  const found = [
    ...texts(user).map((accountId): Who => {
      if (!world.get(users, accountId)?.active)
        throw missing(
          `We can't find '${accountId}' in any accessible user directory. Check they're still active and available, and try again.`,
        );
      return { type: 'atlassian-user-role-actor', holder: accountId };
    }),
    ...texts(group).map((name): Who => groupActor(world, { name })),
    ...texts(groupId).map((id): Who => groupActor(world, { groupId: id })),
  ];
  return found.filter((one, i) => found.findIndex((other) => other.holder === one.holder) === i);
}

function groupActor(world: World, named: { name?: string; groupId?: string }): Who {
  const found = groupNamed(world, named);
  if (!found)
    throw missing(
      `We can't find '${named.name ?? named.groupId}' in any accessible user directory. Check they're still active and available, and try again.`,
    );
  return { type: 'atlassian-group-role-actor', holder: found.groupId };
}

function texts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw refused('badRequest');
  return value as string[];
}

const labelOf = (world: World, { type, holder }: Who): string =>
  type === 'atlassian-user-role-actor'
    ? (world.get(users, holder)?.displayName ?? holder)
    : (groupNamed(world, { groupId: holder })?.name ?? holder);

/** The roles of a new project: everybody whom the site puts into them, and its lead as administrator. */
export function beginRoles(world: World, project: Project): void {
  for (const { roleId, type, holder } of world.list(roleActors, { index: 'project', equals: '' }).toArray())
    addActor(world, { roleId, type, holder, projectId: project.id });
  addActor(world, {
    roleId: ADMINISTRATORS,
    type: 'atlassian-user-role-actor',
    holder: project.lead.accountId,
    projectId: project.id,
  });
}

/** Takes everybody out of a project's roles, when it is deleted. */
export function endRoles(world: World, project: Project): void {
  for (const row of world.list(roleActors, { index: 'project', equals: project.id }).toArray())
    world.remove(roleActors, roleActors.key(row));
}
