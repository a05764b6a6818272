/** Project roles and who is in them, as answers show them. */

import { actorsOf } from '../model/permissions/actors.ts';
import { inRole } from '../model/permissions/holders.ts';
import { allRoles } from '../model/permissions/roles.ts';
import { groups, type Project, type ProjectRole, type RoleActor, users } from '../world.ts';
import type { Address } from './address.ts';
import { avatarsOf } from './peopleView.ts';

type Json = Record<string, unknown>;

/** The roles of a project by name, each with its address. */
export const roleLinks = (at: Address, project: Project): Record<string, string> =>
  Object.fromEntries(
    allRoles(at.world).map(({ id, name }) => [name, `${at.rest}/project/${project.id}/role/${id}`]),
  );

/** A role of the site, with who is in it on every new project. */
export const siteRole = (at: Address, role: ProjectRole): Json => ({
  self: `${at.rest}/role/${role.id}`,
  name: role.name,
  id: role.id,
  description: role.description,
  ...(role.scope ? { scope: role.scope } : {}),
  actors: actorViews(at, actorsOf(at.world, { projectId: '', roleId: role.id })),
});

/** A role of a project, with who is in it there. */
export const projectRole = (at: Address, project: Project, role: ProjectRole, activeOnly = false): Json => ({
  self: `${at.rest}/project/${project.id}/role/${role.id}`,
  name: role.name,
  id: role.id,
  description: role.description,
  actors: actorViews(at, actorsOf(at.world, { projectId: project.id, roleId: role.id }), activeOnly),
  ...(role.scope ? { scope: role.scope } : {}),
});

/** A role without who is in it. */
export const roleDetails = (at: Address, project: Project, role: ProjectRole): Json => ({
  self: `${at.rest}/project/${project.id}/role/${role.id}`,
  name: role.name,
  id: role.id,
  description: role.description,
  admin: role.admin,
  default: role.default,
  roleConfigurable: true,
  translatedName: role.name,
  type: 'DEFAULT',
});

/** Whether the caller is in a role of a project. */
export const isMine = (at: Address, project: Project, role: ProjectRole): boolean =>
  at.me !== undefined && inRole(at.world, project, String(role.id), at.me.accountId);

/** Who is in a role, by name. */
function actorViews(at: Address, actors: readonly RoleActor[], activeOnly = false): Json[] {
  return actors
    .map((actor) => actorView(at, actor, activeOnly))
    .filter((view) => view !== undefined)
    .sort((a, b) => String(a.displayName).localeCompare(String(b.displayName)));
}

function actorView(at: Address, { id, type, holder }: RoleActor, activeOnly: boolean): Json | undefined {
  if (type === 'atlassian-group-role-actor') {
    const group = at.world.get(groups, holder);
    if (!group) return undefined;
    const { name, groupId } = group;
    return { id, displayName: name, type, name, actorGroup: { name, displayName: name, groupId } };
  }
  const user = at.world.get(users, holder);
  if (!user || (activeOnly && !user.active)) return undefined;
  return {
    id,
    displayName: user.displayName,
    type,
    avatarUrl: avatarsOf(user)['16x16'],
    actorUser: { accountId: user.accountId },
  };
}
