/** The sprints that an issue is or was in; its sub-tasks are where it is. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issues, type Sprint, sprints } from '../../world.ts';
import { SPRINT } from '../fields/fields.ts';
import { childrenOf, levelOf } from '../issues/issueNamed.ts';

export const sprintById = (world: World, id: number): Sprint | undefined =>
  Number.isSafeInteger(id) && id >= 0 ? world.get(sprints, sortable(id)) : undefined;

/** The ids of the sprints that an issue is or was in, oldest first. */
export const sprintIdsOf = (issue: Issue): readonly number[] => (issue.fields[SPRINT] ?? []) as number[];

/** The sprint that an issue is in now: one that is not closed. */
export const openSprintOf = (world: World, issue: Issue): Sprint | undefined =>
  sprintIdsOf(issue)
    .map((id) => sprintById(world, id))
    .find((sprint) => sprint !== undefined && sprint.state !== 'closed');

/** Why an issue is not put into a sprint that is over. */
export const ONLY_OPEN = 'Issue can be assigned only active or future sprints.';

/** Sprints of an issue with another as its open one, or with none: the closed ones stay. */
export const sprintsWith = (world: World, ids: readonly number[], open: number | undefined): number[] => [
  ...ids.filter((id) => id !== open && sprintById(world, id)?.state === 'closed'),
  ...(open === undefined ? [] : [open]),
];

/** Takes the sub-tasks of an issue along into its sprints; their changelog does not tell of it. */
export function takeSubtasksAlong(world: World, issue: Issue): void {
  for (const child of childrenOf(world, issue))
    if (levelOf(world, child) === -1)
      world.put(issues, { ...child, fields: { ...child.fields, [SPRINT]: issue.fields[SPRINT] } });
}
