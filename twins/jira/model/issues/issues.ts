/** Issues: made, edited, assigned, deleted. Every change goes into the changelog. */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, refused } from '../../errors.ts';
import {
  attachments,
  boardIssues,
  comments,
  histories,
  type Issue,
  type IssueType,
  issueLinks,
  issues,
  type Project,
  remoteLinks,
  type User,
  votes,
  watchers,
  worklogs,
} from '../../world.ts';
import { RANK, SPRINT } from '../fields/fields.ts';
import { requiredFields, screenOf } from '../fields/screens.ts';
import { nextId } from '../ids.ts';
import { watchesOwn } from '../people/preferences.ts';
import { fillable } from '../permissions/fillable.ts';
import { inherited, passLevelOn } from '../permissions/levels.ts';
import { may, maySee } from '../permissions/may.ts';
import { defaultAssignee } from '../projects/components.ts';
import { issueTypeOf, projectNamed, projectOf } from '../projects/projects.ts';
import { visit } from '../projects/visits.ts';
import { deleteProperties } from '../properties.ts';
import { nthRank } from '../software/rank.ts';
import type { TextForm } from '../text/richText.ts';
import { happened } from '../webhooks/happened.ts';
import { tellEnd } from '../webhooks/issueNews.ts';
import { requireEditable } from '../workflows/statusProperties.ts';
import { begin, save, transitionIssue } from '../workflows/workflow.ts';
import { hasStatus, workflowOf } from '../workflows/workflowOf.ts';
import { afterwards } from './afterwards.ts';
import { FieldProblem, isAutomatic, readAssignee } from './fieldValues.ts';
import { follow } from './followers.ts';
import {
  type Draft,
  drafted,
  draftOf,
  entries,
  type FieldInput,
  fillIn,
  placeOf,
  touchedBy,
  typeIn,
} from './issueFields.ts';
import { childrenOf, issueNamed, levelOf } from './issueNamed.ts';
import { newDraft } from './newDraft.ts';
import { forgetWorklog } from './worklogs.ts';

/** What `POST /issue` takes. */
export interface CreateInput extends FieldInput {
  transition?: unknown;
  properties?: unknown;
}

/** Makes an issue; `badFields` with every field that was not taken. Its creator watches it. */
export function createIssue(world: World, user: User, input: CreateInput, form: TextForm): Issue {
  const problems: Record<string, string> = {};
  const { project, type } = placeOf(world, input.fields, problems);
  if (!project || !type) throw badFields(problems);
  mayCreate(world, user, project);
  const draft = newDraft(world, user, project, type);
  const { summary, parent, assignee } = Object.fromEntries(entries(input.fields));
  if (summary === undefined) problems.summary = 'You must specify a summary of the issue.';
  if (type.subtask && (parent === undefined || parent === null))
    problems.issuetype = 'Issue type is a sub-task but parent issue key or id not specified.';
  const screen = fillable(world, user, screenOf(world, project, type, 'create'), project);
  const required = requiredFields(world, project, type);
  fillIn({ world, project, type, draft, form, screen, required }, input, problems);
  if (assignee === undefined || isAutomatic(assignee))
    draft.fields.assignee = defaultAssignee(world, project, draft.fields.components);
  const above = type.subtask ? inherited(world, draft.fields.parent) : undefined;
  if (above !== undefined) draft.fields.security = above;
  begin(world, user, draft);
  stand(world, draft, type);
  const id = nextId(world, 'issue');
  const key = `${project.key}-${world.next(`jira.issue.${project.id}`)}`;
  const issue = world.insert(issues, drafted({ id, key, fields: draft.fields }, draft));
  if (watchesOwn(world, user)) follow(world, watchers, issue.id, user.accountId);
  visit(world, user, project);
  afterwards(world, issue, user, input, form);
  happened(world, { event: 'jira:issue_created', user, issue: world.get(issues, issue.id) ?? issue });
  if (input.transition) transitionIssue(world, issue, user, { transition: input.transition }, form);
  return issue;
}

/** Where a new issue stands among others: behind all of them, a sub-task in the sprint of its issue. */
function stand(world: World, { fields }: Draft, type: IssueType): void {
  fields[RANK] = nthRank(world.next('jira.rank'));
  if (type.subtask && fields.parent)
    fields[SPRINT] = issueNamed(world, fields.parent.id)?.fields[SPRINT] ?? null;
}

/** 403 for who may not create issues in a project; to who does not see it, it is not there. */
function mayCreate(world: World, user: User, project: Project): void {
  if (!maySee(world, user, project)) throw badFields({ project: 'valid project is required' });
  if (!may(world, user, 'CREATE_ISSUES', project))
    throw forbidden('You do not have permission to create issues in this project.');
}

/** Changes an issue; `badFields` with every field that was not taken. */
export function editIssue(
  world: World,
  issue: Issue,
  user: User,
  input: FieldInput & { properties?: unknown; historyMetadata?: unknown },
  form: TextForm,
): Issue {
  if (input.fields === undefined && input.update === undefined && input.properties === undefined)
    throw badQuery("one of 'fields' or 'update' required");
  const project = projectOf(world, issue.fields.project);
  if (!may(world, user, 'EDIT_ISSUES', project, issue))
    throw forbidden('You do not have permission to edit issues in this project.');
  requireEditable(world, issue);
  const draft = draftOf(issue);
  const problems: Record<string, string> = {};
  const before = issueTypeOf(world, issue.fields.issuetype);
  const type = retyped(world, issue, input, problems) ?? before;
  draft.fields.issuetype = { id: type.id };
  const screen = fillable(world, user, screenOf(world, project, type, 'edit'), project, issue);
  const required = requiredFields(world, project, type, touchedBy(input));
  fillIn({ world, project, type, draft, form, screen, required }, input, problems);
  const saved = save(world, issue, draft, user, input.historyMetadata);
  passLevelOn(world, saved);
  afterwards(world, saved, user, input, form);
  return saved;
}

/** The kind of issue that an edit asks for. The project cannot be changed by an edit. */
function retyped(world: World, issue: Issue, input: FieldInput, problems: Record<string, string>) {
  const { project: wanted, issuetype } = Object.fromEntries(entries(input.fields));
  const project = projectOf(world, issue.fields.project);
  if (wanted !== undefined) {
    const { id, key } = (wanted ?? {}) as { id?: unknown; key?: unknown };
    if (projectNamed(world, String(id ?? key ?? ''))?.id !== project.id)
      problems.project = "Field 'project' cannot be set. It is not on the appropriate screen, or unknown.";
  }
  if (issuetype === undefined) return undefined;
  const type = typeIn({ world, project }, issuetype);
  if (typeof type === 'string') {
    problems.issuetype = type;
    return undefined;
  }
  if (type.hierarchyLevel !== levelOf(world, issue) || !hasStatus(workflowOf(world, project, type), issue)) {
    problems.issuetype = 'The issue type selected is invalid.';
    return undefined;
  }
  return type;
}

/** Gives an issue to a person, to nobody (`accountId: null`) or to the project's default (`-1`). */
export function assignIssue(world: World, issue: Issue, user: User, value: unknown): Issue {
  const project = projectOf(world, issue.fields.project);
  if (!may(world, user, 'ASSIGN_ISSUES', project, issue))
    throw forbidden('You do not have permission to assign issues.');
  const draft = draftOf(issue);
  try {
    const place = { world, project, type: issueTypeOf(world, issue.fields.issuetype) };
    const automatic = defaultAssignee(world, project, draft.fields.components);
    draft.fields.assignee = isAutomatic(value) ? automatic : readAssignee(place, value);
  } catch (error) {
    if (error instanceof FieldProblem) throw badFields({ assignee: error.message });
    throw error;
  }
  return save(world, issue, draft, user);
}

/** Deletes an issue with all that hangs on it; 400 where it has sub-tasks and they were not named, 403 without permission. */
export function deleteIssue(world: World, issue: Issue, user: User, withSubtasks: boolean): void {
  if (!may(world, user, 'DELETE_ISSUES', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have permission to delete issues in this project.');
  const children = childrenOf(world, issue);
  const subtasks = children.filter((child) => levelOf(world, child) === -1);
  if (subtasks.length > 0 && !withSubtasks)
    throw refused(
      'badRequest',
      `The issue '${issue.key}' has subtasks.  You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    );
  for (const subtask of subtasks) deleteIssue(world, subtask, user, true);
  for (const child of children)
    if (!subtasks.includes(child))
      world.update(issues, child.id, (row) => ({ ...row, fields: { ...row.fields, parent: null } }));
  tellEnd(world, user, issue);
  removeIssue(world, issue);
}

/** Takes an issue out of the rows, with all that hangs on it. */
export function removeIssue(world: World, issue: Issue): void {
  for (const worklog of world.list(worklogs, { index: 'issue', equals: issue.id }).toArray())
    forgetWorklog(world, worklog);
  for (const { id } of world.list(comments, { index: 'issue', equals: issue.id }).toArray())
    deleteProperties(world, 'comment', id);
  deleteProperties(world, 'issue', issue.id);
  for (const rows of [
    comments,
    histories,
    watchers,
    votes,
    issueLinks,
    attachments,
    remoteLinks,
    boardIssues,
  ] as (typeof comments)[])
    for (const row of world.list(rows, { index: 'issue', equals: issue.id }).toArray())
      world.remove(rows, rows.key(row));
  world.remove(issues, issue.id);
}
