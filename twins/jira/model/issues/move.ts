/**
 * Issues that get another place: another project, another kind, another parent. The issue keeps its id and gets a key
 * of the new project; the old key still leads to it.
 * https://support.atlassian.com/jira-software-cloud/docs/move-an-issue/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, bulkRefused, forbidden } from '../../errors.ts';
import { FIELD_VALUES_MAX } from '../../limits.ts';
import {
  type Issue,
  type IssueType,
  issues,
  type Project,
  type Ref,
  type Status,
  type User,
} from '../../world.ts';
import { defaultLevel, levelsOf } from '../permissions/levels.ts';
import { may } from '../permissions/may.ts';
import { componentsOf } from '../projects/components.ts';
import {
  componentOf,
  issueTypesOf,
  prioritySchemeOf,
  projectNamed,
  projectOf,
  statusOf,
  versionOf,
} from '../projects/projects.ts';
import { versionsOf } from '../projects/versions.ts';
import { arrive, save } from '../workflows/workflow.ts';
import { initialStatus, statusesOf } from '../workflows/workflowOf.ts';
import { item, record } from './history.ts';
import { type Draft, draftOf, fillIn } from './issueFields.ts';
import { childrenOf, issueNamed, levelOf } from './issueNamed.ts';

/** One target of a bulk move, and what of the issues' values is to become what. */
export interface MoveInput {
  /** Id or key. */
  project: string;
  issueType: string;
  parent?: string;
  issueIds: readonly string[];
  subtasksFollow: boolean;
  /** By the id of a status that the target does not have: the id of the one to come in its place. */
  statuses?: Readonly<Record<string, string>>;
  /** By field id: the value to be set, and whether one that the issue has already is to stay. */
  fields?: Readonly<Record<string, { value: unknown; retain: boolean }>>;
}

export interface MoveTarget {
  project: Project;
  type: IssueType;
  parent?: Issue;
}

/** Where a move leads; 400 for an unknown project, a kind that it does not have, a parent of another level. */
export function targetOf(world: World, user: User, move: MoveInput): MoveTarget {
  const project = projectNamed(world, move.project);
  if (!project || !may(world, user, 'BROWSE_PROJECTS', project))
    throw bulkRefused(`The destination project ${move.project} is not valid.`);
  if (!may(world, user, 'CREATE_ISSUES', project))
    throw bulkRefused('You do not have permission to create issues in the destination project.', 403);
  const type = issueTypesOf(world, project).find((one) => one.id === move.issueType);
  if (!type) throw bulkRefused(`The destination issue type ${move.issueType} is not valid.`);
  const parent = move.parent === undefined ? undefined : issueNamed(world, move.parent);
  if (move.parent !== undefined && (!parent || levelOf(world, parent) !== type.hierarchyLevel + 1))
    throw bulkRefused(`The destination parent ${move.parent} is not valid.`);
  if (type.subtask && !parent) throw bulkRefused('A destination parent is required for sub-tasks.');
  if (type.subtask && parent && parent.fields.project.id !== project.id)
    throw bulkRefused(`The destination parent ${move.parent} is not in the destination project.`);
  return { project, type, ...(parent ? { parent } : {}) };
}

/** Moves an issue, and its sub-tasks where they are to follow. Refuses with 403 and 400 before it changes anything. */
export function moveIssue(
  world: World,
  issue: Issue,
  user: User,
  target: MoveTarget,
  move: MoveInput,
): Issue {
  const from = projectOf(world, issue.fields.project);
  if (!may(world, user, 'MOVE_ISSUES', from, issue))
    throw forbidden('You do not have permission to move issues in this project.');
  const subtasks = childrenOf(world, issue).filter((child) => levelOf(world, child) === -1);
  if (subtasks.length > 0 && target.type.subtask)
    throw badQuery('An issue with subtasks cannot be moved to a subtask issue type.');
  const moved = placed(world, issue, user, target, move);
  if (from.id === target.project.id || subtasks.length === 0) return moved;
  if (!move.subtasksFollow && subtasks.some((one) => !move.issueIds.includes(one.id)))
    throw badQuery('The subtasks of the issue must be moved with it.');
  const type = issueTypesOf(world, target.project).find((one) => one.subtask);
  if (!type) throw badQuery('The destination project has no subtask issue type.');
  for (const subtask of subtasks)
    placed(world, subtask, user, { project: target.project, type, parent: moved }, move);
  return moved;
}

/** One issue in its new place, with a line for each thing that changed. */
function placed(world: World, issue: Issue, user: User, target: MoveTarget, move: MoveInput): Issue {
  const { project, type } = target;
  const draft = draftOf(issue);
  draft.fields.project = { id: project.id };
  draft.fields.issuetype = { id: type.id };
  draft.fields.parent = parentIn(world, issue, target);
  const away = project.id !== issue.fields.project.id;
  if (away) {
    alikeIn(world, draft, project);
    ruledIn(world, draft, project);
  }
  const given = Object.entries(move.fields ?? {}).filter(([id, { retain }]) => !retain || isEmpty(draft, id));
  const fields = Object.fromEntries(given.map(([id, { value }]) => [id, value]));
  fillIn({ world, project, type, draft, form: 'adf', screen: new Set(Object.keys(fields)) }, { fields });
  const status = statusIn(world, project, type, issue, move);
  if (status.id !== issue.fields.status.id) arrive(world, draft, status);
  if (!away) return save(world, issue, draft, user);
  const key = `${project.key}-${world.next(`jira.issue.${project.id}`)}`;
  const before = { ...issue, key, formerKeys: [...(issue.formerKeys ?? []), issue.key] };
  world.put(issues, before);
  record(world, issue.id, user, [item('Key', undefined, [null, issue.key], [null, key])]);
  return save(world, before, draft, user);
}

const isEmpty = ({ fields }: Draft, id: string): boolean => {
  const value = (fields as unknown as Record<string, unknown>)[id];
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
};

/** The parent that was named, else the one it has where that still fits. */
function parentIn(world: World, issue: Issue, { type, parent }: MoveTarget): Ref | null {
  if (parent) return { id: parent.id };
  const before = issue.fields.parent && world.get(issues, issue.fields.parent.id);
  return before && levelOf(world, before) === type.hierarchyLevel + 1 ? { id: before.id } : null;
}

/** Components and versions belong to a project: those of the same name in the new one take their place. */
function alikeIn(world: World, { fields }: Draft, project: Project): void {
  const named = (rows: Iterable<{ id: string; name: string }>, names: (string | undefined)[]): Ref[] =>
    [...rows].filter((row) => names.includes(row.name)).map(({ id }) => ({ id }));
  fields.components = named(
    componentsOf(world, project),
    fields.components.map((ref) => componentOf(world, ref)?.name),
  );
  for (const id of ['fixVersions', 'versions'] as const)
    fields[id] = named(
      versionsOf(world, project),
      fields[id].slice(0, FIELD_VALUES_MAX).map((ref) => versionOf(world, ref)?.name),
    );
}

/** A priority and a level that the new project's schemes do not have give way to its own first ones. */
function ruledIn(world: World, { fields }: Draft, project: Project): void {
  const { priorityIds, defaultPriorityId } = prioritySchemeOf(world, project);
  if (fields.priority && !priorityIds.includes(fields.priority.id))
    fields.priority = { id: defaultPriorityId };
  const { security } = fields;
  if (security && !levelsOf(world, project).some((level) => String(level.id) === security.id))
    fields.security = defaultLevel(world, project);
}

/** The status in the new place: the same where it is known there, else the one that was named, else the first. */
function statusIn(world: World, project: Project, type: IssueType, issue: Issue, move: MoveInput): Status {
  const known = statusesOf(world, project, type);
  const same = known.find((one) => one.id === issue.fields.status.id);
  if (same) return same;
  if (!move.statuses) return initialStatus(world, project, type);
  const wanted = move.statuses[issue.fields.status.id];
  const found = known.find((one) => one.id === wanted);
  if (found) return found;
  const name = statusOf(world, issue.fields.status).name;
  throw badFields({ status: `The status ${name} is not valid for ${type.name} in ${project.key}.` });
}
