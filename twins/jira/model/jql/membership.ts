/** Who is in a group, and where somebody has a role: functions about people. */
import { memberships } from '../../world.ts';
import { groupNamed } from '../people/groups.ts';
import { inRole } from '../permissions/holders.ts';
import { browsableProjects } from '../permissions/may.ts';
import { roleNamed } from '../permissions/roles.ts';
import { type Compilation, refuse } from './compilation.ts';

/** The people in a group; a problem for a group that is not there. */
export function membersOfGroup(at: Compilation, [name = '']: readonly string[]): readonly string[] {
  const group = groupNamed(at.world, { name }) ?? groupNamed(at.world, { groupId: name });
  if (group)
    return at.world
      .list(memberships, { index: 'group', equals: group.groupId })
      .toArray()
      .map((row) => row.accountId);
  refuse(
    at,
    `Function 'membersOf' can not generate a list of usernames for group '${name}'; the group does not exist.`,
    'value',
  );
  return [];
}

/** The projects in which the person who asks has a role; a problem for a role that is not there. */
export function roleProjects(at: Compilation, [name = '']: readonly string[]): readonly string[] {
  const role = roleNamed(at.world, name);
  if (!role)
    refuse(
      at,
      `Function 'projectsWhereUserHasRole' can not generate a list of projects for role '${name}'; the role does not exist.`,
    );
  if (!role || !at.me) return [];
  const { accountId } = at.me;
  return browsableProjects(at.world, at.me)
    .filter((project) => inRole(at.world, project, String(role.id), accountId))
    .map((project) => project.id);
}
