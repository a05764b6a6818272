/** Who may look at workflows and statuses, and who may change them. */
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import type { Scope, User } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { projectNamed } from '../projects/projects.ts';

/** The refusal of these calls for who may not: 401, as their description has it. */
const denied = () =>
  refused('unauthorized', 'You do not have permission to perform this operation on workflows.');

/** Whether somebody may change what has this scope: Jira administrators, and in its project those of the project. */
export function mayAdminister(world: World, user: User, scope: Scope | undefined): boolean {
  if (may(world, user, 'ADMINISTER')) return true;
  const project = scope && projectNamed(world, scope.project.id);
  return project !== undefined && may(world, user, 'ADMINISTER_PROJECTS', project);
}

/** 401 for who may not change what has this scope. */
export function requireAdminister(world: World, user: User, scope: Scope | undefined): void {
  if (!mayAdminister(world, user, scope)) throw denied();
}

/** Whether somebody may look at what has this scope. */
export function mayRead(world: World, user: User, scope: Scope | undefined): boolean {
  if (mayAdminister(world, user, scope)) return true;
  const project = scope && projectNamed(world, scope.project.id);
  return project !== undefined && may(world, user, 'VIEW_READONLY_WORKFLOW', project);
}

/** 401 for who administers neither the site nor any of `projects`. */
export function requireSomeAdministrator(
  world: World,
  user: User,
  projects: readonly { id: string }[],
): void {
  const scopes = projects.map(({ id }): Scope => ({ type: 'PROJECT', project: { id } }));
  if (![undefined, ...scopes].some((scope) => mayAdminister(world, user, scope))) throw denied();
}

/** 401 for who may not look at what has this scope. */
export function requireRead(world: World, user: User, scope: Scope | undefined): void {
  if (!mayRead(world, user, scope)) throw denied();
}
