/**
 * Statuses of the site and of team-managed projects: made, changed and deleted by lists.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-status/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { STATUS_CHARS_MAX } from '../../limits.ts';
import { issues, type Scope, type Status, statuses, type User } from '../../world.ts';
import { nextId } from '../ids.ts';
import { projectNamed } from '../projects/projects.ts';
import { audit, changesOf } from '../site/audit.ts';
import { requireAdminister } from './administration.ts';
import { workflowsWith } from './usages.ts';

export type StatusCategory = 'TODO' | 'IN_PROGRESS' | 'DONE';

const CATEGORY_IDS: Readonly<Record<StatusCategory, number>> = { TODO: 2, IN_PROGRESS: 4, DONE: 3 };

/** What a request says of a status. */
export interface StatusInput {
  name: string;
  statusCategory: StatusCategory;
  description?: string | null;
}

/** `{type: 'GLOBAL'}` or a project, as requests send them. */
export interface ScopeInput {
  type: 'GLOBAL' | 'PROJECT';
  project?: { id: string } | null;
}

/** How the newer calls name a status's category. */
export const categoryOf = (status: Status): StatusCategory | 'UNDEFINED' =>
  (Object.keys(CATEGORY_IDS) as StatusCategory[]).find(
    (key) => CATEGORY_IDS[key] === status.statusCategory.id,
  ) ?? 'UNDEFINED';

/** The scope that a request means; 400 for a project that is not there or not team-managed. */
export function readScope(world: World, input: ScopeInput): Scope | undefined {
  if (input.type === 'GLOBAL') {
    if (input.project) throw badQuery('A global scope cannot have a project.');
    return undefined;
  }
  const project = projectNamed(world, input.project?.id ?? '');
  if (!project) throw badQuery('The project in the scope does not exist.');
  if (!project.simplified) throw badQuery('Only team-managed projects can have a project scope.');
  return { type: 'PROJECT', project: { id: project.id } };
}

/** Makes statuses; 400 for a name that is empty, too long or taken. */
export function createStatuses(
  world: World,
  user: User,
  scopeInput: ScopeInput,
  inputs: readonly StatusInput[],
): Status[] {
  const scope = readScope(world, scopeInput);
  requireAdminister(world, user, scope);
  return inputs.map((input) => addStatus(world, user, scope, input));
}

/** Makes one status. */
export function addStatus(world: World, user: User, scope: Scope | undefined, input: StatusInput): Status {
  const status = world.insert(statuses, {
    id: nextId(world, 'status'),
    ...valuesOf(world, input, scope),
    ...(scope ? { scope } : {}),
  });
  audit(world, {
    summary: 'Status created',
    category: 'workflows',
    author: user,
    object: { id: status.id, name: status.name, typeName: 'STATUS' },
    changedValues: changesOf({}, { Name: status.name, Description: status.description }),
  });
  return status;
}

/** Changes statuses; 400 for one that is not there, and for names that are taken. */
export function updateStatuses(
  world: World,
  user: User,
  inputs: readonly (StatusInput & { id: string })[],
): void {
  for (const { id } of inputs) requireStatuses(world, [id]);
  for (const { id, ...input } of inputs) changeStatus(world, user, id, input);
}

/** Changes one status; nothing is written where nothing differs. */
export function changeStatus(world: World, user: User, id: string, input: StatusInput): Status {
  const [before] = requireStatuses(world, [id]) as [Status];
  requireAdminister(world, user, before.scope);
  const values = valuesOf(world, input, before.scope, before);
  if (
    values.name === before.name &&
    values.description === before.description &&
    values.statusCategory.id === before.statusCategory.id
  )
    return before;
  audit(world, {
    summary: 'Status updated',
    category: 'workflows',
    author: user,
    object: { id, name: values.name, typeName: 'STATUS' },
    changedValues: changesOf(
      { Name: before.name, Description: before.description },
      { Name: values.name, Description: values.description },
    ),
  });
  return world.update(statuses, id, values);
}

/** Deletes statuses; 400 where some workflow or issue has one. */
export function deleteStatuses(world: World, user: User, ids: readonly string[]): void {
  const found = requireStatuses(world, ids);
  for (const status of found) {
    requireAdminister(world, user, status.scope);
    const issue = world.list(issues, { index: 'status', equals: status.id }).first();
    if (issue || workflowsWith(world, status).length > 0)
      throw badQuery(`Status '${status.name}' is in use and cannot be deleted.`);
  }
  for (const { id, name } of found) {
    world.remove(statuses, id);
    audit(world, {
      summary: 'Status deleted',
      category: 'workflows',
      author: user,
      object: { id, name, typeName: 'STATUS' },
    });
  }
}

/** The statuses with these ids, in their order; 400 where one is not there. */
export function requireStatuses(world: World, ids: readonly string[]): Status[] {
  const lacking = ids.filter((id) => !world.get(statuses, id));
  if (lacking.length > 0) throw badQuery(`The following status IDs do not exist: ${lacking.join(', ')}`);
  return [...new Set(ids)].map((id) => world.get(statuses, id) as Status);
}

/** The status of this name in a scope. */
export const statusNamed = (world: World, name: string, scope: Scope | undefined): Status | undefined =>
  world
    .list(statuses, { index: 'name', equals: name.toLowerCase() })
    .toArray()
    .find((one) => one.scope?.project.id === scope?.project.id);

function valuesOf(world: World, input: StatusInput, scope: Scope | undefined, before?: Status) {
  const name = input.name.trim();
  if (name === '') throw badQuery('The name of the status is required.');
  if (name.length > STATUS_CHARS_MAX) throw badQuery(`The name is too long, maxSize=${STATUS_CHARS_MAX}`);
  const taken = statusNamed(world, name, scope);
  if (taken && taken.id !== before?.id) throw badQuery('You must use a unique status name.');
  return {
    name,
    description: input.description ?? before?.description ?? '',
    statusCategory: { id: CATEGORY_IDS[input.statusCategory] },
  };
}
