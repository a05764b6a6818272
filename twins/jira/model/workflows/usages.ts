/** Who has a status, a workflow or a scheme: what may not be deleted, and what answers may show. */
import type { World } from '../../../../src/world/world.ts';
import {
  type Project,
  type Ref,
  type Status,
  type Workflow,
  type WorkflowScheme,
  workflowSchemeDrafts,
  workflowSchemes,
  workflows,
} from '../../world.ts';
import { issueTypesOf } from '../projects/projects.ts';
import { mappedTo, projectsWith } from './workflowOf.ts';

/** The workflows that have a status. */
export const workflowsWith = (world: World, status: Ref): Workflow[] =>
  world.list(workflows, { index: 'status', equals: status.id }).toArray();

/** The schemes that give a workflow to some kind of issue. */
export const schemesWith = (world: World, workflow: Ref): WorkflowScheme[] =>
  world.list(workflowSchemes, { index: 'workflow', equals: workflow.id }).toArray();

/** Whether the draft of some scheme names a workflow. */
export const isDrafted = (world: World, workflow: Ref): boolean =>
  world.list(workflowSchemeDrafts, { index: 'workflow', equals: workflow.id }).first() !== undefined;

/** The kinds of issue of a project that have a workflow. */
export const typesWith = (world: World, project: Project, scheme: WorkflowScheme, workflow: Ref): Ref[] =>
  issueTypesOf(world, project).filter(({ id }) => mappedTo(scheme, id) === workflow.id);

/** The projects in which some kind of issue has a workflow, with the scheme by which it does. */
export const projectsHaving = (world: World, workflow: Ref): { project: Project; scheme: WorkflowScheme }[] =>
  schemesWith(world, workflow).flatMap((scheme) =>
    projectsWith(world, scheme)
      .filter((project) => typesWith(world, project, scheme, workflow).length > 0)
      .map((project) => ({ project, scheme })),
  );

/** Whether issues of some project go through a workflow. */
export const isActive = (world: World, workflow: Ref): boolean => projectsHaving(world, workflow).length > 0;

/** The statuses that issues of some project can be in. */
export const activeStatuses = (world: World, all: readonly Status[]): Status[] =>
  all.filter((status) => workflowsWith(world, status).some((workflow) => isActive(world, workflow)));
