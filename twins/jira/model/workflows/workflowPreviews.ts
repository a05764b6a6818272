/** Workflows of a project for those who may look at them there. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { type User, type Workflow, workflows } from '../../world.ts';
import { projectNamed } from '../projects/projects.ts';
import { requireRead } from './administration.ts';
import { workflowAt, workflowCalled } from './readWorkflows.ts';
import { projectsHaving } from './usages.ts';

export interface PreviewInput {
  projectId: string;
  issueTypeIds?: string[] | null;
  workflowIds?: string[] | null;
  workflowNames?: string[] | null;
}

/** What a request names, in its order; 404 where one is not there or not of the project. */
export function previewedWorkflows(world: World, user: User, input: PreviewInput): Workflow[] {
  const { issueTypeIds, workflowIds, workflowNames } = input;
  const project = projectNamed(world, input.projectId);
  if (!project) throw missing(`No project could be found with id '${input.projectId}'.`);
  requireRead(world, user, { type: 'PROJECT', project: { id: project.id } });
  const found = [
    ...(workflowIds ?? []).map((id) => world.get(workflows, id)),
    ...(workflowNames ?? []).map((name) => workflowCalled(world, name)),
    ...(issueTypeIds ?? []).map((id) => workflowAt(world, project.id, id)),
  ];
  if (found.length === 0)
    throw badQuery('At least one of workflowIds, workflowNames or issueTypeIds must be provided.');
  const whole = found.filter((one) => one !== undefined);
  const has = (one: Workflow) => projectsHaving(world, one).some((each) => each.project.id === project.id);
  if (whole.length < found.length || !whole.every(has))
    throw missing('One or more workflow previews were not found.');
  return [...new Set(whole)];
}
