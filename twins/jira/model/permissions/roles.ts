/**
 * Project roles: the same on every project, with people and groups of its own in each.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-roles/
 */
import type { World } from '../../../../src/world/world.ts';
import { type Project, type RoleActor, roleActors } from '../../world.ts';
import { nextId } from '../ids.ts';
import { ADMINISTRATORS } from './beginnings.ts';

/** Who is in a role of a project; under no project (''), who is in it on every new project. */
export const actorsOf = (world: World, projectId: string, roleId: number): RoleActor[] =>
  world.list(roleActors, { index: 'place', equals: `${projectId}/${roleId}` }).toArray();

/** Puts somebody into a role of a project (or, under '', of every new one). */
export const addActor = (world: World, actor: Omit<RoleActor, 'id'>): RoleActor =>
  world.insert(roleActors, { id: Number(nextId(world, 'roleActor')), ...actor });

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
