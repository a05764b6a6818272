/**
 * Who may do what, and who may see what: the one place that every endpoint asks.
 * https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/
 */
import type { World } from '../../../../src/world/world.ts';
import { forbidden, issueNotFound, missing, refused } from '../../errors.ts';
import { type Issue, type Project, projects, type User } from '../../world.ts';
import { siteOf } from '../people/people.ts';
import { permissionByKey } from './permissions.ts';

/** Where a permission is asked for: in a project, at an issue, or (undefined) on the site as a whole. */
export type Place = Project | Issue | undefined;

/**
 * Whether `user` (undefined: nobody signed in) has the permission `key`: on the site, in `project`, or at `issue`
 * of it (whose reporter and assignee may hold more than others).
 */
export function may(
  world: World,
  user: User | undefined,
  key: string,
  project?: Project,
  _issue?: Issue,
): boolean {
  const permission = permissionByKey(key);
  if (!permission || !user?.active) return false;
  if (permission.held === 'everybody') return true;
  if (siteOf(world).owner.accountId === user.accountId) return true;
  return permission.held === 'lead' && project?.lead.accountId === user.accountId;
}

/**
 * Refuses who may not: 404 in the vendor's words where the place itself may not be seen, 401 where nobody is signed
 * in, else 403 with `message`.
 */
export function requireMay(
  world: World,
  user: User | undefined,
  key: string,
  place: Place,
  message?: string,
): void {
  const issue = place && 'fields' in place ? place : undefined;
  const project = place && 'fields' in place ? projectAt(world, place) : place;
  if (may(world, user, key, project, issue)) return;
  if (issue && !mayBrowse(world, user, issue)) throw issueNotFound();
  if (project && !maySee(world, user, project))
    throw missing(`No project could be found with key '${project.key}'.`);
  if (!user) throw refused('unauthorized');
  throw forbidden(message ?? 'You do not have permission to perform this operation.');
}

/** Whether `user` may see this issue. */
export const mayBrowse = (world: World, user: User | undefined, issue: Issue): boolean =>
  browsing(world, user)(issue);

/** The same question for many issues: what does not differ between them is worked out once. */
export function browsing(world: World, user: User | undefined): (issue: Issue) => boolean {
  const known = new Map<string, boolean>();
  return (issue) => {
    const { id } = issue.fields.project;
    const before = known.get(id);
    if (before !== undefined) return before;
    const answer = may(world, user, 'BROWSE_PROJECTS', projectAt(world, issue));
    known.set(id, answer);
    return answer;
  };
}

/** Whether `user` may see that a project is there: who browses or administers it. */
export const maySee = (world: World, user: User | undefined, project: Project): boolean =>
  may(world, user, 'BROWSE_PROJECTS', project) || may(world, user, 'ADMINISTER_PROJECTS', project);

/** The projects whose issues `user` may browse, in the order of their ids. */
export const browsableProjects = (world: World, user: User | undefined): Project[] =>
  world.list(projects, { where: (row) => may(world, user, 'BROWSE_PROJECTS', row) }).toArray();

/** 403 `Only Jira administrators can perform this action.` for anybody else; 401 for nobody. */
export function requireAdmin(world: World, user: User | undefined, message?: string): void {
  requireMay(
    world,
    user,
    'ADMINISTER',
    undefined,
    message ?? 'Only Jira administrators can perform this action.',
  );
}

const projectAt = (world: World, { fields }: Issue): Project =>
  world.require(projects, fields.project.id, () => new Error(`project ${fields.project.id} is gone`));
