/** Workflows found by what a request names: ids, names, kinds of issue in projects, words of a name. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type User, type Workflow, workflows } from '../../world.ts';
import { issueTypesOf, projectNamed } from '../projects/projects.ts';
import { mayRead } from './administration.ts';
import { isActive } from './usages.ts';
import { workflowOf } from './workflowOf.ts';

/** Workflows that one search looks at; a guard of ours, far above what sites have. */
const WORKFLOWS_MAX = 10_000;

export interface ReadInput {
  workflowIds?: string[] | null;
  workflowNames?: string[] | null;
  projectAndIssueTypes?: { projectId: string; issueTypeId: string }[] | null;
}

/** What a request names and the person may see, each once; what is not there is passed by. */
export function readWorkflows(world: World, user: User, input: ReadInput): Workflow[] {
  const { workflowIds, workflowNames, projectAndIssueTypes } = input;
  if (![workflowIds, workflowNames, projectAndIssueTypes].some((one) => one && one.length > 0))
    throw badQuery('At least one of workflowIds, workflowNames or projectAndIssueTypes must be provided.');
  const found = new Map<string, Workflow>();
  const add = (workflow: Workflow | undefined) => {
    if (workflow && mayRead(world, user, workflow.scope)) found.set(workflow.id, workflow);
  };
  for (const id of workflowIds ?? []) add(world.get(workflows, id));
  for (const name of workflowNames ?? []) add(workflowCalled(world, name));
  for (const pair of projectAndIssueTypes ?? []) add(workflowAt(world, pair.projectId, pair.issueTypeId));
  return [...found.values()];
}

/** The workflow with exactly this name, case aside. */
export const workflowCalled = (world: World, name: string): Workflow | undefined =>
  world.list(workflows, { index: 'name', equals: name.toLowerCase() }).first();

/** The workflow of a kind of issue in a project; none where the project has no such kind. */
export function workflowAt(world: World, projectId: string, issueTypeId: string): Workflow | undefined {
  const project = projectNamed(world, projectId);
  if (!project || !issueTypesOf(world, project).some(({ id }) => id === issueTypeId)) return undefined;
  return workflowOf(world, project, { id: issueTypeId });
}

export interface WorkflowSearch {
  queryString?: string | undefined;
  names?: readonly string[];
  scope?: string | undefined;
  isActive?: boolean | undefined;
  /** `name`, `-created`, `+updated`. */
  orderBy?: string | undefined;
}

/** The workflows that a search finds and the person may see, in its order; 400 for an order that is none. */
export function searchWorkflows(world: World, user: User, search: WorkflowSearch): Workflow[] {
  const { queryString = '', names = [], scope, orderBy = 'name' } = search;
  const [, sign = '', key = ''] = /^([+-]?)(name|created|updated)$/.exec(orderBy.trim()) ?? [];
  if (key === '') throw badQuery(`The orderBy '${orderBy}' is not supported.`);
  const value = (one: Workflow) =>
    key === 'name' ? one.name.toLowerCase() : one[key as 'created' | 'updated'];
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return searchable(world)
    .filter(
      (one) =>
        one.name.toLowerCase().includes(queryString.toLowerCase()) &&
        (wanted.size === 0 || wanted.has(one.name.toLowerCase())) &&
        (scope === undefined || (one.scope?.type ?? 'GLOBAL') === scope.toUpperCase()) &&
        (search.isActive === undefined || isActive(world, one) === search.isActive) &&
        mayRead(world, user, one.scope),
    )
    .sort((a, b) => {
      const order = value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.id < b.id ? -1 : 1;
      return sign === '-' ? -order : order;
    });
}

/** The workflows that searches look at. */
export const searchable = (world: World): Workflow[] => world.list(workflows).toArray(WORKFLOWS_MAX);
