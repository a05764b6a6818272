/**
 * Operations on up to a thousand issues at once: submitted with an answer at once, done when their task ends, issue by
 * issue; what fails leaves its issue as it was, and is told of by the task.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-bulk-operations/
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { bulkRefused } from '../../errors.ts';
import { BULK_ISSUES_MAX, BULK_RUNNING_MAX } from '../../limits.ts';
import { type Issue, type Task, tasks, type User, type UserRef } from '../../world.ts';
import { personOf } from '../people/people.ts';
import { may, mayBrowse } from '../permissions/may.ts';
import { startTask } from '../site/tasks.ts';
import { issueNamed } from './issueNamed.ts';

/** What a bulk operation's task gives when it is done. */
export interface BulkResult {
  processedAccessibleIssues: number[];
  failedAccessibleIssues: Record<string, string[]>;
  invalidOrInaccessibleIssueCount: number;
  totalIssueCount: number;
}

/** The works of bulk operations, as `TASK_WORKS` names them. */
export const BULK_WORKS = [
  'bulkDelete',
  'bulkEdit',
  'bulkMove',
  'bulkTransition',
  'bulkWatch',
  'bulkUnwatch',
] as const;
export type BulkWork = (typeof BULK_WORKS)[number];

/**
 * Begins a bulk operation on `selected` issues; what it is to do is checked before. Refuses with 403 without the
 * permission for bulk changes, with 400 for no issue, for too many, and for none that can be seen.
 */
export function submitBulk(
  world: World,
  user: User,
  work: BulkWork,
  selected: readonly string[],
  input: Readonly<Record<string, unknown>>,
): Task {
  mayBulk(world, user);
  visibleOnes(world, user, selected);
  const running = BULK_WORKS.map((one) => world.list(tasks, { index: 'running', equals: one }).count());
  if (running.reduce((sum, count) => sum + count, 0) >= BULK_RUNNING_MAX)
    throw bulkRefused(`Only ${BULK_RUNNING_MAX} bulk operations can run at the same time.`, 429);
  return startTask(world, {
    description: 'Bulk operation',
    submitter: { accountId: user.accountId },
    work,
    input,
  });
}

/** 403 for who may not change issues in bulk. */
export function mayBulk(world: World, user: User): void {
  if (!may(world, user, 'BULK_CHANGE'))
    throw bulkRefused('You do not have permission to perform bulk operations.', 403);
}

/** Whether a task is one of a bulk operation. */
export const isBulk = (task: Task): boolean => (BULK_WORKS as readonly string[]).includes(task.work);

/** The issues of a selection that `user` sees; 400 for no selection, a too large one, and for nothing to be seen. */
export function visibleOnes(world: World, user: User, selected: readonly string[]): Issue[] {
  if (selected.length === 0) throw bulkRefused('No issues were selected.');
  if (selected.length > BULK_ISSUES_MAX)
    throw bulkRefused(`The number of selected issues exceeds the limit of ${BULK_ISSUES_MAX}.`);
  const found = unique(selected).flatMap((one) => seen(world, user, one) ?? []);
  if (found.length === 0) throw bulkRefused(NOT_VALID);
  return found;
}

/** The same; 400 also where a single one cannot be seen. */
export function allVisible(world: World, user: User, selected: readonly string[]): Issue[] {
  const found = visibleOnes(world, user, selected);
  if (found.length < unique(selected).length) throw bulkRefused(NOT_VALID);
  return found;
}

const NOT_VALID = 'Some of the issues in the issueIdsOrKeys are not valid';

const unique = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => text.toUpperCase()))];

function seen(world: World, user: User, idOrKey: string): Issue | undefined {
  const issue = issueNamed(world, idOrKey);
  return issue && mayBrowse(world, user, issue) ? issue : undefined;
}

/** Does `change` to each of the selected issues, and tells how it went. */
export function eachOf(
  world: World,
  submitter: UserRef,
  selected: readonly string[],
  change: (issue: Issue, user: User) => void,
): BulkResult {
  const user = personOf(world, submitter);
  const result: BulkResult = {
    processedAccessibleIssues: [],
    failedAccessibleIssues: {},
    invalidOrInaccessibleIssueCount: 0,
    totalIssueCount: unique(selected).length,
  };
  for (const one of unique(selected)) {
    const issue = user && seen(world, user, one);
    if (!issue) result.invalidOrInaccessibleIssueCount++;
    else {
      const problem = problemOf(world, () => change(issue, user));
      if (problem) result.failedAccessibleIssues[issue.id] = problem;
      else result.processedAccessibleIssues.push(Number(issue.id));
    }
  }
  return result;
}

/** Why a change could not be done, in sentences; what it wrote goes back. */
function problemOf(world: World, change: () => void): string[] | undefined {
  try {
    world.attempt(change);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { errorMessages = [], errors = {} } = error.data as {
      errorMessages?: string[];
      errors?: Record<string, string>;
    };
    const all = [...errorMessages, ...Object.values(errors)];
    return all.length > 0 ? all : [error.message];
  }
}
