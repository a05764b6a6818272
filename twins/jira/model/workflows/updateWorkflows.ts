/**
 * Workflows changed by lists. A request names the version that it was made from, and says where issues go whose status
 * leaves the workflow; a task takes them there.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflows-update-post
 */
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import { type DocumentVersion, type User, type Workflow, workflows } from '../../world.ts';
import { projectNamed } from '../projects/projects.ts';
import { requireAdminister } from './administration.ts';
import { rewriteWorkflow, ruleId } from './documents.ts';
import { occupied, type Route, runningMigration, startMigration } from './migration.ts';
import { SYSTEM_WORKFLOW } from './systemWorkflow.ts';
import { AS_SENT, draftOfWorkflow, type WorkflowInput, type WorkflowStatusInput } from './workflowInput.ts';
import { workflowOf } from './workflowOf.ts';
import { problem, type WorkflowProblem, workflowProblems } from './workflowProblems.ts';
import {
  noteWorkflow,
  referenceProblems,
  refuse,
  statusesOfAll,
  statusInputProblems,
  type Written,
  writeStatuses,
} from './writeWorkflows.ts';

interface StatusMigration {
  oldStatusReference: string;
  newStatusReference: string;
}

export interface UpdatedWorkflow extends WorkflowInput {
  id: string;
  version: Partial<DocumentVersion>;
  defaultStatusMappings?: StatusMigration[] | null;
  statusMappings?: { projectId: string; issueTypeId: string; statusMigrations: StatusMigration[] }[] | null;
}

export interface UpdateInput {
  statuses?: WorkflowStatusInput[] | null;
  workflows?: UpdatedWorkflow[] | null;
}

/** Changes workflows and statuses; 400 with every error that `updateProblems` finds, 409 while a task moves issues. */
export function updateWorkflows(world: World, user: User, input: UpdateInput): Written & { taskId?: string } {
  const inputs = input.workflows ?? [];
  for (const { id } of inputs) {
    const workflow = world.get(workflows, id);
    if (workflow) requireAdminister(world, user, workflow.scope);
    if (runningMigration(world, id))
      throw refused('conflict', 'Another workflow configuration update task is ongoing.');
  }
  refuse(updateProblems(world, input));
  const scope = inputs[0] && world.get(workflows, inputs[0].id)?.scope;
  if (inputs.length === 0) requireAdminister(world, user, undefined);
  const idOf = writeStatuses(world, user, scope, input.statuses ?? []);
  let taskId: string | undefined;
  const written = inputs.map((one) => {
    const before = world.require(workflows, one.id, () => new Error(`workflow ${one.id} is gone`));
    const routes = routesOf(world, before, one, idOf);
    const draft = draftOfWorkflow(one, before.scope, { idOf, ruleId: () => ruleId(world) }, before);
    const workflow = rewriteWorkflow(world, before, draft, user);
    noteWorkflow(world, user, 'Workflow updated', workflow);
    if (routes.length > 0)
      taskId = startMigration(world, user, `Update workflow ${workflow.name}`, workflow.id, routes).id;
    return workflow;
  });
  return {
    workflows: written,
    statuses: statusesOfAll(world, written),
    ...(taskId === undefined ? {} : { taskId }),
  };
}

/** What is wrong with a request to change workflows. */
export function updateProblems(world: World, input: UpdateInput): WorkflowProblem[] {
  const inputs = input.workflows ?? [];
  const given = input.statuses ?? [];
  const scope = inputs[0] && world.get(workflows, inputs[0].id)?.scope;
  return [
    ...statusInputProblems(world, given, scope),
    ...inputs.flatMap((one) => {
      const before = world.get(workflows, one.id);
      if (!before)
        return [problem('WORKFLOW', 'WORKFLOW_NOT_FOUND', `The workflow '${one.id}' does not exist.`)];
      const draft = draftOfWorkflow(one, before.scope, AS_SENT, before);
      const known = new Set(given.map((each) => each.statusReference));
      for (const each of before.statuses) known.add(each.statusReference);
      return [
        ...versionProblems(before, one.version),
        ...referenceProblems(draft, known),
        ...workflowProblems(world, draft, before.scope, before),
        ...mappingProblems(world, before, one, given),
      ];
    }),
  ];
}

function versionProblems(
  before: Workflow,
  { id, versionNumber }: Partial<DocumentVersion>,
): WorkflowProblem[] {
  const found: WorkflowProblem[] = [];
  if (before.name === SYSTEM_WORKFLOW && !before.scope)
    found.push(problem('WORKFLOW', 'WORKFLOW_NOT_EDITABLE', 'The system workflow cannot be edited.'));
  if (id !== before.version.id || versionNumber !== before.version.versionNumber)
    found.push(
      problem(
        'WORKFLOW',
        'WORKFLOW_VERSION_MISMATCH',
        'The workflow has been changed since this version. Get the latest version and try again.',
      ),
    );
  return found;
}

/** The id that a reference of this request means, before its statuses are written. */
const meant = (given: readonly WorkflowStatusInput[]) => {
  const ids = new Map(given.map((one) => [one.statusReference, one.id ?? one.statusReference]));
  return (reference: string): string => ids.get(reference) ?? reference;
};

function mappingProblems(
  world: World,
  before: Workflow,
  input: UpdatedWorkflow,
  given: readonly WorkflowStatusInput[],
): WorkflowProblem[] {
  const idOf = meant(given);
  const kept = new Set(input.statuses.map((one) => idOf(one.statusReference)));
  return leaving(world, before, kept).flatMap(({ projectId, issueTypeId, left }) =>
    left
      .map((id) => newStatus(input, projectId, issueTypeId, id, idOf))
      .filter((to) => to === undefined || !kept.has(to))
      .map(() =>
        problem(
          'STATUS_MAPPING',
          'MISSING_STATUS_MAPPING',
          `Issue type with ID '${issueTypeId}' is missing the mappings required for statuses with IDs ${left.join(', ')}.`,
          { statusMappingReference: { projectId, issueTypeId } },
        ),
      )
      .slice(0, 1),
  );
}

/** Kinds of issue, by project, some of whose issues are in statuses that the workflow will not have. */
function leaving(
  world: World,
  workflow: Workflow,
  kept: ReadonlySet<string>,
): { projectId: string; issueTypeId: string; left: string[] }[] {
  const gone = workflow.statuses.map((one) => one.statusReference).filter((id) => !kept.has(id));
  return occupied(world, gone).flatMap(({ projectId, issueTypeId, statusIds }) => {
    const project = projectNamed(world, projectId);
    const has = project && workflowOf(world, project, { id: issueTypeId }).id === workflow.id;
    return has ? [{ projectId, issueTypeId, left: [...statusIds] }] : [];
  });
}

/** Where a request sends the issues of a kind in a project from a status: its own mapping, else the default one. */
function newStatus(
  input: UpdatedWorkflow,
  projectId: string,
  issueTypeId: string,
  statusId: string,
  idOf: (reference: string) => string,
): string | undefined {
  const own = (input.statusMappings ?? []).find(
    (one) => one.projectId === projectId && one.issueTypeId === issueTypeId,
  );
  const from = (list: readonly StatusMigration[] | null | undefined) =>
    (list ?? []).find((one) => idOf(one.oldStatusReference) === statusId);
  const found = from(own?.statusMigrations) ?? from(input.defaultStatusMappings);
  return found && idOf(found.newStatusReference);
}

function routesOf(
  world: World,
  before: Workflow,
  input: UpdatedWorkflow,
  idOf: (reference: string) => string,
): Route[] {
  const kept = new Set(input.statuses.map((one) => idOf(one.statusReference)));
  return leaving(world, before, kept).map(({ projectId, issueTypeId, left }) => ({
    projectId,
    issueTypeId,
    statuses: Object.fromEntries(
      left.flatMap((id) => {
        const to = newStatus(input, projectId, issueTypeId, id, idOf);
        return to === undefined ? [] : [[id, to]];
      }),
    ),
  }));
}
