/** What a request to change a scheme has to say of statuses that some kinds of issue will lack. */
import type { World } from '../../../../src/world/world.ts';
import type { WorkflowScheme } from '../../world.ts';
import { statusOf } from '../projects/projects.ts';
import { lacks } from './schemeMigration.ts';
import type { Mapping } from './schemes.ts';
import { categoryOf, type StatusCategory } from './statuses.ts';
import { initialOf, projectsWith, workflowNamed } from './workflowOf.ts';

export interface RequiredMappings {
  statusMappingsByIssueTypes: { issueTypeId: string; statusIds: string[] }[];
  statusMappingsByWorkflows: { sourceWorkflowId: string; targetWorkflowId: string; statusIds: string[] }[];
  statuses: { id: string; name: string; category: StatusCategory | 'UNDEFINED' }[];
  statusesPerWorkflow: { workflowId: string; initialStatusId: string; statuses: string[] }[];
}

/** The mappings that are required, by kind of issue and by workflow, with the statuses of all that are concerned. */
export function requiredMappings(world: World, scheme: WorkflowScheme, next: Mapping): RequiredMappings {
  const found = lacks(world, projectsWith(world, scheme), next);
  const byType = new Map<string, Set<string>>();
  const byWorkflow = new Map<string, RequiredMappings['statusMappingsByWorkflows'][number]>();
  for (const { issueTypeId, oldWorkflow, newWorkflow, statusIds } of found) {
    byType.set(issueTypeId, new Set([...(byType.get(issueTypeId) ?? []), ...statusIds]));
    byWorkflow.set(`${oldWorkflow} ${newWorkflow}`, {
      sourceWorkflowId: oldWorkflow,
      targetWorkflowId: newWorkflow,
      statusIds,
    });
  }
  const mappings = [scheme, next];
  const ids = new Set(
    mappings.flatMap((one) => [one.defaultWorkflow, ...Object.values(one.issueTypeMappings)]),
  );
  const workflows = [...ids].map((id) => workflowNamed(world, id));
  const statuses = new Set(workflows.flatMap((one) => one.statuses.map((each) => each.statusReference)));
  return {
    statusMappingsByIssueTypes: [...byType].map(([issueTypeId, lacking]) => ({
      issueTypeId,
      statusIds: [...lacking],
    })),
    statusMappingsByWorkflows: [...byWorkflow.values()],
    statuses: [...statuses].map((id) => {
      const status = statusOf(world, { id });
      return { id, name: status.name, category: categoryOf(status) };
    }),
    statusesPerWorkflow: workflows.map((one) => ({
      workflowId: one.id,
      initialStatusId: initialOf(one).toStatusReference ?? '',
      statuses: one.statuses.map((each) => each.statusReference),
    })),
  };
}
