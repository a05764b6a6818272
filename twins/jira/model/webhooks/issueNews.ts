/** What a change of an issue is called when webhooks are told of it. */
import type { World } from '../../../../src/world/world.ts';
import {
  attachments,
  comments,
  type History,
  type Issue,
  issueLinks,
  issues,
  type UserRef,
  worklogs,
} from '../../world.ts';
import type { IssueEventType } from './events.ts';
import { happened } from './happened.ts';

/** Tells of a row of an issue's changelog, with the issue as it is now. Nothing where nothing was written. */
export function tellChange(world: World, user: UserRef, history: History | undefined): void {
  const issue = history && world.get(issues, history.issueId);
  if (!issue) return;
  const { id, items } = history;
  const changelog = { id, items };
  happened(world, { event: 'jira:issue_updated', user, issue, changelog, eventType: causeOf(history) });
}

/** Tells of the changelog of logged work: an event of its own. */
export function tellWork(
  world: World,
  user: UserRef,
  issueId: string,
  history: History | undefined,
  eventType: IssueEventType,
): void {
  const issue = world.get(issues, issueId);
  if (!issue) return;
  const changelog = history && { id: history.id, items: history.items };
  happened(world, {
    event: 'jira:worklog_updated',
    user,
    issue,
    eventType,
    ...(changelog ? { changelog } : {}),
  });
}

/** Transitions are generic events, an assignment alone has a name of its own. */
function causeOf({ items }: History): IssueEventType {
  if (items.some(({ fieldId }) => fieldId === 'status')) return 'issue_generic';
  if (items.some(({ fieldId }) => fieldId === 'project')) return 'issue_moved';
  if (items.length === 1 && items[0]?.fieldId === 'assignee') return 'issue_assigned';
  return 'issue_updated';
}

/** Tells of an issue's end, and of that of all that hangs on it; to be called while they are still there. */
export function tellEnd(world: World, user: UserRef, issue: Issue): void {
  happened(world, { event: 'jira:issue_deleted', user, issue });
  const its = { index: 'issue', equals: issue.id };
  const more = { user, issue, secondary: true };
  for (const comment of world.list(comments, its))
    happened(world, { event: 'comment_deleted', comment, ...more });
  for (const worklog of world.list(worklogs, its))
    happened(world, { event: 'worklog_deleted', worklog, ...more });
  for (const attachment of world.list(attachments, its))
    happened(world, { event: 'attachment_deleted', attachment, ...more });
  for (const issueLink of world.list(issueLinks, its))
    happened(world, { event: 'issuelink_deleted', issueLink, ...more });
}
