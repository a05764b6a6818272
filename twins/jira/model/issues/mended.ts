/** An issue that lay in the archive while the site went on: what it refers to may be gone by now. */
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issueTypes, priorities, type Ref, resolutions, statuses } from '../../world.ts';
import { issueTypesOf, projectOf } from '../projects/projects.ts';
import { initialStatus } from '../workflows/workflowOf.ts';

/** The issue with what is gone replaced: a kind and a status by the first of its project, the rest by nothing. */
export function mended<E extends Issue>(world: World, issue: E): E {
  const { fields } = issue;
  const project = projectOf(world, fields.project);
  const [firstType] = issueTypesOf(world, project);
  const issuetype =
    world.get(issueTypes, fields.issuetype.id) || !firstType ? fields.issuetype : { id: firstType.id };
  const status = world.get(statuses, fields.status.id)
    ? fields.status
    : { id: initialStatus(world, project, issuetype).id };
  const there = (rows: typeof priorities | typeof resolutions, ref: Ref | null): Ref | null =>
    ref && world.get(rows as typeof priorities, ref.id) ? ref : null;
  const priority = there(priorities, fields.priority);
  const resolution = there(resolutions, fields.resolution);
  return { ...issue, fields: { ...fields, issuetype, status, priority, resolution } };
}
