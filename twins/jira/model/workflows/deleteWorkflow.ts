/** Deletes a workflow that nothing uses. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { type User, workflows, workflowVersions } from '../../world.ts';
import { requireAdmin } from '../permissions/may.ts';
import { SYSTEM_WORKFLOW } from './systemWorkflow.ts';
import { isActive, isDrafted, schemesWith } from './usages.ts';
import { noteWorkflow } from './writeWorkflows.ts';

/** 404 where there is no such workflow; 400 for Jira's own, and for one that a scheme or its draft names. */
export function deleteWorkflow(world: World, user: User, id: string): void {
  requireAdmin(world, user, 'Only Jira administrators can access workflows.');
  const workflow = world.require(workflows, id, () => missing('The workflow was not found.'));
  if (workflow.name === SYSTEM_WORKFLOW && !workflow.scope)
    throw badQuery('Cannot delete a system workflow.');
  if (isActive(world, workflow)) throw badQuery('Cannot delete an active workflow.');
  if (schemesWith(world, workflow).length > 0)
    throw badQuery('Cannot delete a workflow that is associated with a workflow scheme.');
  if (isDrafted(world, workflow))
    throw badQuery('Cannot delete a workflow that is associated with a draft workflow scheme.');
  for (const row of world.list(workflowVersions, { prefix: `${id}/` }).toArray())
    world.remove(workflowVersions, workflowVersions.key(row));
  world.remove(workflows, id);
  noteWorkflow(world, user, 'Workflow deleted', workflow);
}
