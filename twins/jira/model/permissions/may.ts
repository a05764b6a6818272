/**
 * Who may do what, and who may see what: the one place that every endpoint asks.
 * https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/
 */
import type { World } from '../../../../src/world/world.ts';
import { forbidden, issueNotFound, missing, refused } from '../../errors.ts';
import {
  groups,
  type Issue,
  memberships,
  type PermissionGrant,
  type Project,
  permissionGrants,
  projects,
  securityMembers,
  type User,
} from '../../world.ts';
import { statusAllows } from '../workflows/statusProperties.ts';
import { holds, isByIssue } from './holders.ts';
import { permissionByKey } from './permissions.ts';

/** Where a permission is asked for: in a project, at an issue, or (undefined) on the site as a whole. */
export type Place = Project | Issue | undefined;

/** The scheme of projects that name none. */
export const DEFAULT_SCHEME = 0;

/**
 * Whether `user` (undefined: nobody signed in) has the permission `key`: on the site, in `project`, or at `issue`
 * of it (whose reporter and assignee may hold more than others). A permission of projects without a project: whether
 * in any. Who administers Jira administers every project.
 */
export function may(
  world: World,
  user: User | undefined,
  key: string,
  project?: Project,
  issue?: Issue,
): boolean {
  const permission = permissionByKey(key);
  if (!permission || (user && !user.active)) return false;
  if (permission.type === 'GLOBAL') return user !== undefined && mayOnSite(world, user, key);
  if (!project)
    return world.list(projects, { where: (row) => may(world, user, key, row) }).first() !== undefined;
  if (!isOpen(project, key)) return false;
  if (key === 'ADMINISTER_PROJECTS' && user && mayOnSite(world, user, 'ADMINISTER')) return true;
  if (issue && user && !statusAllows(world, user, key, issue)) return false;
  return grantsOf(world, project, key).some(({ holder }) => holds(world, user, holder, project, issue));
}

/** Whether a project lets anybody do this: one in the archive is looked at only, one in the bin is not even that. */
const isOpen = ({ archived, deleted }: Project, key: string): boolean =>
  key === 'ADMINISTER_PROJECTS' || (!deleted && (!archived || READS.has(key)));

const READS: ReadonlySet<string> = new Set([
  'BROWSE_PROJECTS',
  'VIEW_AGGREGATED_DATA',
  'VIEW_DEV_TOOLS',
  'VIEW_READONLY_WORKFLOW',
  'VIEW_VOTERS_AND_WATCHERS',
]);

/** Global permissions: administrators by their groups, all others for every user of the site. */
function mayOnSite(world: World, user: User, key: string): boolean {
  if (key !== 'ADMINISTER' && key !== 'SYSTEM_ADMIN') return user.accountType !== 'customer';
  return world
    .list(memberships, { index: 'account', equals: user.accountId })
    .toArray()
    .some(({ groupId }) => {
      const administers = world.get(groups, groupId)?.administers;
      return administers === 'site' || (administers === 'jira' && key === 'ADMINISTER');
    });
}

/** Nobody does anything in a project that is in the bin; one in the archive can only be looked at. */
const grantsOf = (
  world: World,
  { permissionScheme = DEFAULT_SCHEME, archived, deleted }: Project,
  key: string,
): PermissionGrant[] =>
  deleted || (archived && !READING.has(key))
    ? []
    : world.list(permissionGrants, { index: 'permission', equals: `${permissionScheme}/${key}` }).toArray();

const READING: ReadonlySet<string> = new Set([
  'BROWSE_PROJECTS',
  'ADMINISTER_PROJECTS',
  'VIEW_VOTERS_AND_WATCHERS',
]);

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
  if (issue && !mayBrowse(world, user, issue)) throw issueNotFound();
  if (may(world, user, key, project, issue)) return;
  if (project && !issue && !maySee(world, user, project))
    throw missing(`No project could be found with key '${project.key}'.`);
  if (!user) throw refused('unauthorized');
  throw forbidden(message ?? 'You do not have permission to perform this operation.');
}

/** Whether `user` may see this issue: browses its project, and is of its security level where it has one. */
export const mayBrowse = (world: World, user: User | undefined, issue: Issue): boolean =>
  browsing(world, user)(issue);

/** The same question for many issues: what does not differ between them is worked out once. */
export function browsing(world: World, user: User | undefined): (issue: Issue) => boolean {
  const verdicts = new Map<string, Verdict>();
  const verdict = (name: string, work: () => Verdict): Verdict => {
    const known = verdicts.get(name);
    if (known) return known;
    const made = work();
    verdicts.set(name, made);
    return made;
  };
  return (issue) => {
    const { project, security } = issue.fields;
    const sees = verdict(project.id, () => {
      const at = projectAt(world, issue);
      const nothing = at.deleted !== undefined || user?.active === false;
      const grants = nothing ? [] : grantsOf(world, at, 'BROWSE_PROJECTS');
      return verdictOf(world, user, grants, at);
    });
    if (!sees(issue)) return false;
    if (!security) return true;
    return verdict(`${project.id}/${security.id}`, () => {
      const members = world.list(securityMembers, { index: 'level', equals: security.id }).toArray();
      return verdictOf(world, user, members, projectAt(world, issue));
    })(issue);
  };
}

type Verdict = (issue: Issue) => boolean;

/** Whether one of some holders is meant: settled where no issue is needed for it. */
function verdictOf(
  world: World,
  user: User | undefined,
  rows: readonly Pick<PermissionGrant, 'holder'>[],
  project: Project,
): Verdict {
  if (rows.some(({ holder }) => !isByIssue(holder) && holds(world, user, holder, project))) return () => true;
  const open = rows.filter(({ holder }) => isByIssue(holder));
  return (issue) => open.some(({ holder }) => holds(world, user, holder, project, issue));
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
