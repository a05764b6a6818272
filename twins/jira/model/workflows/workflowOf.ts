/** Which workflow an issue goes through: that of its kind in the scheme of its project. */
import type { World } from '../../../../src/world/world.ts';
import {
  type Issue,
  type Project,
  projects,
  type Ref,
  type Status,
  type Transition,
  type Workflow,
  type WorkflowScheme,
  workflowSchemes,
  workflows,
} from '../../world.ts';
import { issueTypesOf, projectOf, statusOf } from '../projects/projects.ts';

const gone = (what: string, id: string) => () => new Error(`${what} ${id} is referred to and not there`);

/** The workflow of a kind of issue in a project. */
export const workflowOf = (world: World, project: Project, issueType: Ref): Workflow =>
  workflowNamed(world, mappedTo(schemeOf(world, project), issueType.id));

/** The scheme that a project has. */
export const schemeOf = (world: World, project: Project): WorkflowScheme =>
  world.require(
    workflowSchemes,
    project.workflowScheme.id,
    gone('workflow scheme', project.workflowScheme.id),
  );

/** The id of the workflow that a scheme, or a draft of one, gives a kind of issue. */
export const mappedTo = (
  scheme: Pick<WorkflowScheme, 'defaultWorkflow' | 'issueTypeMappings'>,
  issueType: string,
): string => scheme.issueTypeMappings[issueType] ?? scheme.defaultWorkflow;

/** A workflow by the id that another row has of it. */
export const workflowNamed = (world: World, id: string): Workflow =>
  world.require(workflows, id, gone('workflow', id));

/** The workflows of a project, each once, in the order of its kinds of issue. */
export function workflowsOf(world: World, project: Project): Workflow[] {
  const scheme = schemeOf(world, project);
  const ids = new Set(issueTypesOf(world, project).map(({ id }) => mappedTo(scheme, id)));
  return [...ids].map((id) => workflowNamed(world, id));
}

/** The statuses that issues of a project may be in, of one kind or of all, in their order. */
export function statusesOf(world: World, project: Project, issueType?: Ref): Status[] {
  const from = issueType ? [workflowOf(world, project, issueType)] : workflowsOf(world, project);
  const ids = new Set(from.flatMap(({ statuses }) => statuses.map((one) => one.statusReference)));
  return [...ids].map((id) => statusOf(world, { id }));
}

/** The transition by which a workflow's issues come into being. */
export function initialOf(workflow: Workflow): Transition {
  const found = workflow.transitions.find((one) => one.type === 'INITIAL');
  if (!found) throw new Error(`workflow ${workflow.name} has no initial transition`);
  return found;
}

/** Where a new issue of a kind begins. */
export function initialStatus(world: World, project: Project, issueType: Ref): Status {
  const { toStatusReference } = initialOf(workflowOf(world, project, issueType));
  return statusOf(world, { id: toStatusReference ?? '' });
}

/** The projects that have a scheme. */
export const projectsWith = (world: World, scheme: Ref): Project[] =>
  world.list(projects, { index: 'workflowScheme', equals: scheme.id }).toArray();

/** The workflow that an issue goes through now. */
export const workflowOfIssue = (world: World, fields: { project: Ref; issuetype: Ref }): Workflow =>
  workflowOf(world, projectOf(world, fields.project), fields.issuetype);

/** Whether a workflow has the status that an issue is in. */
export const hasStatus = (workflow: Workflow, { fields }: Pick<Issue, 'fields'>): boolean =>
  workflow.statuses.some((one) => one.statusReference === fields.status.id);
