/**
 * Properties of a status in a workflow that change what may be done to issues there.
 * https://support.atlassian.com/jira-cloud-administration/docs/use-workflow-properties/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import type { Issue, User } from '../../world.ts';
import { inGroup, inRole } from '../permissions/holders.ts';
import { projectOf } from '../projects/projects.ts';
import { textsOf } from './rules/values.ts';
import { workflowOfIssue } from './workflowOf.ts';

/** The properties that an issue's status has in its workflow. */
const propertiesOf = (world: World, issue: Issue): Readonly<Record<string, string>> =>
  workflowOfIssue(world, issue.fields).statuses.find((one) => one.statusReference === issue.fields.status.id)
    ?.properties ?? {};

/** 400 where the status does not let its issues be edited. */
export function requireEditable(world: World, issue: Issue): void {
  const properties = propertiesOf(world, issue);
  if ((properties['jira.issue.editable'] ?? properties.issueEditable) === 'false')
    throw badQuery('You are not allowed to edit this issue due to its current status in the workflow.');
}

/** What `jira.permission.<name>.…` calls the permissions that have other keys. */
const PERMISSION_KEYS: Readonly<Record<string, string>> = {
  edit: 'EDIT_ISSUES',
  assign: 'ASSIGN_ISSUES',
  assignable: 'ASSIGNABLE_USER',
  attach: 'CREATE_ATTACHMENTS',
  attachdeleteall: 'DELETE_ALL_ATTACHMENTS',
  attachdeleteown: 'DELETE_OWN_ATTACHMENTS',
  comment: 'ADD_COMMENTS',
  commentdeleteall: 'DELETE_ALL_COMMENTS',
  commentdeleteown: 'DELETE_OWN_COMMENTS',
  commenteditall: 'EDIT_ALL_COMMENTS',
  commenteditown: 'EDIT_OWN_COMMENTS',
  delete: 'DELETE_ISSUES',
  link: 'LINK_ISSUES',
  managewatchers: 'MANAGE_WATCHERS',
  modifyreporter: 'MODIFY_REPORTER',
  move: 'MOVE_ISSUES',
  resolve: 'RESOLVE_ISSUES',
  close: 'CLOSE_ISSUES',
  scheduleissues: 'SCHEDULE_ISSUES',
  setsecurity: 'SET_ISSUE_SECURITY',
  transition: 'TRANSITION_ISSUES',
  viewversioncontrol: 'VIEW_DEV_TOOLS',
  work: 'WORK_ON_ISSUES',
  worklogdeleteall: 'DELETE_ALL_WORKLOGS',
  worklogdeleteown: 'DELETE_OWN_WORKLOGS',
  worklogeditall: 'EDIT_ALL_WORKLOGS',
  worklogeditown: 'EDIT_OWN_WORKLOGS',
};

const RESTRICTED = new Set(Object.values(PERMISSION_KEYS));

/** Whether the status of an issue leaves a permission to somebody who has it otherwise. */
export function statusAllows(world: World, user: User, key: string, issue: Issue): boolean {
  if (!RESTRICTED.has(key)) return true;
  const grants = Object.entries(propertiesOf(world, issue)).flatMap(([name, value]) => {
    const match = /^jira\.permission\.([a-z]+)\.(denied|[a-zA-Z]+)(?:\.\d+)?$/.exec(name);
    return match && PERMISSION_KEYS[match[1] ?? ''] === key ? [{ holder: match[2] ?? '', value }] : [];
  });
  if (grants.length === 0) return true;
  return grants.some(({ holder, value }) => isHolder(world, user, issue, holder, value));
}

function isHolder(world: World, user: User, issue: Issue, holder: string, value: string): boolean {
  const project = projectOf(world, issue.fields.project);
  switch (holder) {
    case 'user':
      return value === user.accountId;
    case 'assignee':
      return issue.fields.assignee?.accountId === user.accountId;
    case 'reporter':
      return issue.fields.reporter?.accountId === user.accountId;
    case 'lead':
      return project.lead.accountId === user.accountId;
    case 'group':
      return inGroup(world, value, user.accountId);
    case 'projectrole':
      return inRole(world, project, value, user.accountId);
    case 'userCF':
    case 'groupCF':
      return textsOf(world, { issue, fields: issue.fields }, value).includes(user.accountId);
    default:
      return false;
  }
}
