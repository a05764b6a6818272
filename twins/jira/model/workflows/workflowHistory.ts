/**
 * What workflows were: a version for each writing, for as long as the service keeps them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/#api-rest-api-3-workflow-history-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { WORKFLOW_HISTORY_DAYS } from '../../limits.ts';
import { type User, type Workflow, type WorkflowVersion, workflows, workflowVersions } from '../../world.ts';
import { DAY_MS, momentOf } from '../time.ts';
import { mayRead } from './administration.ts';

/** The versions of a workflow that are still kept, newest first; 400 where it is not there or may not be seen. */
export function historyOfWorkflow(world: World, user: User, workflowId: string): WorkflowVersion[] {
  requireReadable(world, user, workflowId);
  const since = world.now() - WORKFLOW_HISTORY_DAYS * DAY_MS;
  return world
    .list(workflowVersions, { prefix: `${workflowId}/`, reverse: true })
    .toArray()
    .filter((one) => (momentOf(one.writtenAt) ?? 0) >= since);
}

/** One version of a workflow; 400 where it is not kept. */
export function versionOfWorkflow(
  world: World,
  user: User,
  workflowId: string,
  version: number,
): WorkflowVersion {
  const found = historyOfWorkflow(world, user, workflowId).find(
    (one) => one.document.version.versionNumber === version,
  );
  if (!found) throw badQuery(`Version ${version} of the workflow was not found.`);
  return found;
}

function requireReadable(world: World, user: User, workflowId: string): Workflow {
  const workflow = world.get(workflows, workflowId);
  if (!workflow || !mayRead(world, user, workflow.scope))
    throw badQuery(`The workflow with ID '${workflowId}' was not found.`);
  return workflow;
}
