/** Workflows and their statuses as the workflows API shows them. */
import type { World } from '../../../src/world/world.ts';
import { categoryOf } from '../model/workflows/statuses.ts';
import { SYSTEM_WORKFLOW } from '../model/workflows/systemWorkflow.ts';
import { typesWith } from '../model/workflows/usages.ts';
import { schemeOf } from '../model/workflows/workflowOf.ts';
import type { Project, Scope, Status, Workflow } from '../world.ts';

type Json = Record<string, unknown>;

/** `{type: 'GLOBAL'}`, or the project. */
export const scopeView = (scope: Scope | undefined): Json => (scope ? { ...scope } : { type: 'GLOBAL' });

/** A status as `/statuses` shows it. */
export const statusShown = (status: Status): Json => ({
  id: status.id,
  name: status.name,
  statusCategory: categoryOf(status),
  scope: scopeView(status.scope),
  description: status.description,
});

/** A status beside workflows; they refer to it by its id. */
export const referredStatus = (status: Status): Json => ({
  ...statusShown(status),
  statusReference: status.id,
});

/** A whole workflow; `transitions` may be left out, and the task that still moves its issues is told. */
export const workflowView = (workflow: Workflow, transitions: boolean, taskId: string | undefined): Json => ({
  id: workflow.id,
  name: workflow.name,
  description: workflow.description,
  ...(taskId === undefined ? {} : { taskId }),
  scope: scopeView(workflow.scope),
  ...documentView(workflow, transitions),
  isEditable: isEditable(workflow),
  created: workflow.created,
  updated: workflow.updated,
});

/** What a workflow consists of. */
export const documentView = (workflow: Workflow, transitions: boolean): Json => ({
  version: workflow.version,
  ...(workflow.startPointLayout ? { startPointLayout: workflow.startPointLayout } : {}),
  ...(workflow.loopedTransitionContainerLayout
    ? { loopedTransitionContainerLayout: workflow.loopedTransitionContainerLayout }
    : {}),
  statuses: workflow.statuses,
  ...(transitions ? { transitions: workflow.transitions } : {}),
});

/** A system workflow is not. */
export const isEditable = ({ name, scope }: Workflow): boolean =>
  name !== SYSTEM_WORKFLOW || scope !== undefined;

/** A workflow for who may look at it: no properties, and no more of an approval than where it leads. */
export const previewView = (world: World, project: Project, workflow: Workflow): Json => ({
  id: workflow.id,
  name: workflow.name,
  description: workflow.description,
  scope: scopeView(workflow.scope),
  version: workflow.version,
  ...(workflow.startPointLayout ? { startPointLayout: workflow.startPointLayout } : {}),
  ...(workflow.loopedTransitionContainerLayout
    ? { loopedTransitionContainerLayout: workflow.loopedTransitionContainerLayout }
    : {}),
  queryContext: [
    {
      project: project.id,
      issueTypes: typesWith(world, project, schemeOf(world, project), workflow).map(({ id }) => id),
    },
  ],
  statuses: workflow.statuses.map(({ properties: _, approvalConfiguration, ...one }) => ({
    ...one,
    ...(approvalConfiguration
      ? {
          approvalConfiguration: {
            active: approvalConfiguration.active,
            transitionApproved: approvalConfiguration.transitionApproved,
            transitionRejected: approvalConfiguration.transitionRejected,
          },
        }
      : {}),
  })),
  transitions: workflow.transitions.map(({ properties: _, triggers, ...one }) => ({
    ...one,
    triggers: triggers.map(({ id, ruleKey }) => ({ id, ruleKey })),
  })),
});
