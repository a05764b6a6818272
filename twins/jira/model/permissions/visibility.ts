/** Comments and work that only a group, or a role of the project, may see. */
import type { World } from '../../../../src/world/world.ts';
import { badFields } from '../../errors.ts';
import { type Issue, type Project, projects, type User, type Visibility } from '../../world.ts';
import { groupNamed } from '../people/groups.ts';
import { inGroup, inRole } from './holders.ts';
import { roleNamed } from './roles.ts';

/** Whether `user` may see what is restricted so; what is not restricted, everybody may. */
export function sees(
  world: World,
  user: User | undefined,
  issue: Issue,
  visibility: Visibility | undefined,
): boolean {
  if (!visibility) return true;
  if (!user) return false;
  if (visibility.type === 'group') return inGroup(world, visibility.identifier, user.accountId);
  const role = roleNamed(world, visibility.value);
  const project = world.get(projects, issue.fields.project.id);
  return (
    role !== undefined && project !== undefined && inRole(world, project, String(role.id), user.accountId)
  );
}

/**
 * Reads the `visibility` of a comment or worklog: a group or role by name or identifier, which the writer must be in.
 * `badFields` (`commentLevel`) in the vendor's words; undefined where none was sent.
 */
export function readVisibility(
  world: World,
  user: User,
  project: Project,
  sent: unknown,
): Visibility | undefined {
  if (sent === undefined || sent === null) return undefined;
  const { type, value, identifier } = (typeof sent === 'object' ? sent : {}) as Record<string, unknown>;
  const name = typeof value === 'string' && value !== '' ? value : undefined;
  const id = typeof identifier === 'string' && identifier !== '' ? identifier : undefined;
  if (type !== undefined && type !== 'group' && type !== 'role')
    throw wrong(`Invalid visibility type: ${String(type)}`);
  if (name === undefined && id === undefined)
    if (type === undefined && value === undefined && identifier === undefined)
      // An empty object says nothing: Jira takes it for no restriction.
      return undefined;
    else throw wrong('The visibility value or identifier must be provided.');
  return type === 'group' ? toGroup(world, user, name, id) : toRole(world, user, project, name ?? id ?? '');
}

function toGroup(world: World, user: User, name: string | undefined, id: string | undefined): Visibility {
  const group = groupNamed(world, { groupId: id, name });
  if (!group) throw wrong(`Group: ${name ?? id} does not exist.`);
  if (!inGroup(world, group.groupId, user.accountId))
    throw wrong(`You are currently not a member of the group: ${group.name}.`);
  return { type: 'group', value: group.name, identifier: group.groupId };
}

function toRole(world: World, user: User, project: Project, name: string): Visibility {
  const role = roleNamed(world, name);
  if (!role) throw wrong(`Role: ${name} does not exist.`);
  if (!inRole(world, project, String(role.id), user.accountId))
    throw wrong(`You are currently not a member of the project role: ${role.name}.`);
  return { type: 'role', value: role.name, identifier: role.name };
}

const wrong = (message: string) => badFields({ commentLevel: message });
