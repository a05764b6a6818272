/**
 * Issues that are put away and brought back. Sub-tasks go with their parents.
 * https://support.atlassian.com/jira-cloud-administration/docs/archive-an-issue/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, refused } from '../../errors.ts';
import { ARCHIVE_ISSUES_MAX, ARCHIVE_QUERY_MAX } from '../../limits.ts';
import {
  type ArchivedIssue,
  archivedIssues,
  type Issue,
  issues,
  type Task,
  tasks,
  type User,
  type UserRef,
} from '../../world.ts';
import { searchIssues } from '../jql/search.ts';
import { personOf } from '../people/people.ts';
import { requireAdmin } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { audit } from '../site/audit.ts';
import { startTask } from '../site/tasks.ts';
import { archivedNamed, childrenOf, issueNamed, levelOf } from './issueNamed.ts';
import { removeIssue } from './issues.ts';
import { mended } from './mended.ts';

/** What became of a request: how many issues moved, and which did not, by reason. */
export interface Archival {
  numberOfIssuesUpdated: number;
  errors: Record<string, { count: number; issueIdsOrKeys: string[]; message: string }>;
}

const REASONS = {
  issueIsSubtask: 'Issue is subtask.',
  issuesInArchivedProjects: 'Issue exists in archived project.',
  issuesNotFound: 'Issue not found.',
} as const;

type Reason = keyof typeof REASONS;

/** Puts issues away; 400 where none can be, 403 for others than administrators, 412 for too many. */
export const archiveIssues = (world: World, user: User, idsOrKeys: readonly string[]): Archival =>
  sorted(world, user, idsOrKeys, issueNamed, (issue) => putAway(world, user, issue));

/** Brings issues back; refused alike. */
export const unarchiveIssues = (world: World, user: User, idsOrKeys: readonly string[]): Archival =>
  sorted(world, user, idsOrKeys, archivedNamed, (issue) => bringBack(world, issue));

/** Does `act` to each issue that `find` finds and that is no sub-task, and tells of the others. */
function sorted<E extends Issue>(
  world: World,
  user: User,
  idsOrKeys: readonly string[],
  find: (world: World, idOrKey: string) => E | undefined,
  act: (issue: E) => number,
): Archival {
  onlyAdmins(world, user);
  if (idsOrKeys.length > ARCHIVE_ISSUES_MAX)
    throw refused(
      'preconditionFailed',
      `The number of issues to archive or unarchive exceeds the hard limit of ${ARCHIVE_ISSUES_MAX}. Precondition failed.`,
    );
  const result: Archival = { numberOfIssuesUpdated: 0, errors: {} };
  const named = [...new Set(idsOrKeys)].map((idOrKey) => ({ idOrKey, issue: find(world, idOrKey) }));
  const judged = named.map((one) => ({ ...one, reason: reasonAgainst(world, one.issue) }));
  for (const { idOrKey, issue, reason } of judged)
    if (issue && !reason) result.numberOfIssuesUpdated += act(issue);
    else noted(result, reason ?? 'issuesNotFound', idOrKey);
  if (result.numberOfIssuesUpdated === 0)
    throw badQuery('No valid issue to archive or unarchive. Bad request.');
  return result;
}

function reasonAgainst(world: World, issue: Issue | undefined): Reason | undefined {
  if (!issue) return 'issuesNotFound';
  if (levelOf(world, issue) === -1) return 'issueIsSubtask';
  return projectOf(world, issue.fields.project).archived ? 'issuesInArchivedProjects' : undefined;
}

function noted({ errors }: Archival, reason: Reason, idOrKey: string): void {
  const before = errors[reason]?.issueIdsOrKeys ?? [];
  const issueIdsOrKeys = [...before, idOrKey];
  errors[reason] = { count: issueIdsOrKeys.length, issueIdsOrKeys, message: REASONS[reason] };
}

const onlyAdmins = (world: World, user: User): void =>
  requireAdmin(world, user, 'Only admins can archive or unarchive issues. Access denied.');

/** Puts an issue away with its sub-tasks; gives how many. */
function putAway(world: World, user: UserRef, issue: Issue): number {
  const all = [issue, ...childrenOf(world, issue).filter((child) => levelOf(world, child) === -1)];
  for (const one of all) {
    world.remove(issues, one.id);
    const archivedBy = { accountId: user.accountId };
    world.insert(archivedIssues, { ...one, archivedBy, archivedAt: world.now() });
  }
  audit(world, {
    summary: 'Issue archived',
    category: 'issue',
    author: user,
    object: { id: issue.id, name: issue.key, typeName: 'ISSUE' },
  });
  return all.length;
}

function bringBack(world: World, issue: ArchivedIssue): number {
  const subtasks = world.list(archivedIssues, { index: 'parent', equals: issue.id }).toArray();
  const all = [issue, ...subtasks.filter((child) => levelOf(world, child) === -1)];
  for (const { archivedBy: _, archivedAt: __, ...one } of all) {
    world.remove(archivedIssues, one.id);
    world.insert(issues, mended(world, one));
  }
  return all.length;
}

/** Takes away the archived issues of a project that goes, with all that hangs on them. */
export function forgetArchived(world: World, projectId: string): void {
  const of = { index: 'project', equals: projectId };
  for (const { archivedBy: _, archivedAt: __, ...one } of world.list(archivedIssues, of).toArray()) {
    world.remove(archivedIssues, one.id);
    removeIssue(world, world.insert(issues, one));
  }
}

/** Begins to archive what a query finds; 400 for a query that is none, 412 while another such task runs. */
export function archiveByQuery(world: World, user: User, jql: string): Task {
  onlyAdmins(world, user);
  searchIssues(world, user, jql).first();
  oneAtATime(world, 'archiveIssues', 'archival');
  return startTask(world, {
    description: 'Archive Issues',
    submitter: { accountId: user.accountId },
    work: 'archiveIssues',
    input: { jql },
  });
}

/** 412 while a task of the same work runs. */
export function oneAtATime(world: World, work: string, called: string): void {
  const running = world.list(tasks, { index: 'running', equals: work }).first();
  if (running)
    throw refused(
      'preconditionFailed',
      `An issue ${called} task is already running with ID ${running.id}. To start a new one, cancel the task or wait for it to finish.`,
    );
}

/** The work of such a task: archives every hit that is no sub-task and not gone with its parent. */
export function archiveFound(world: World, { jql }: { jql: string }, submitter: UserRef): unknown {
  const user = personOf(world, submitter);
  const found = searchIssues(world, user, jql).toArray(ARCHIVE_QUERY_MAX);
  let numberOfIssuesUpdated = 0;
  for (const issue of found)
    if (world.get(issues, issue.id) && !reasonAgainst(world, issue))
      numberOfIssuesUpdated += putAway(world, submitter, issue);
  return { numberOfIssuesUpdated };
}
