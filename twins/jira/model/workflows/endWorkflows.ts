/** What goes with a team-managed project: its workflows, their past, its statuses and its scheme. */
import type { World } from '../../../../src/world/world.ts';
import { type Project, statuses, workflowSchemes, workflows, workflowVersions } from '../../world.ts';

/** Removes what a project has of its own; what the site shares stays. */
export function endWorkflows(world: World, project: Project): void {
  const own = { index: 'scope', equals: project.id } as const;
  for (const { id } of world.list(workflows, own).toArray()) {
    for (const row of world.list(workflowVersions, { prefix: `${id}/` }).toArray())
      world.remove(workflowVersions, workflowVersions.key(row));
    world.remove(workflows, id);
  }
  for (const { id } of world.list(statuses, own).toArray()) world.remove(statuses, id);
  if (world.get(workflowSchemes, project.workflowScheme.id)?.scope)
    world.remove(workflowSchemes, project.workflowScheme.id);
}
