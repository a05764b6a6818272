/** Issues that go into sprints and out of them; sub-tasks are where their issue is. */
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden } from '../../errors.ts';
import { type Issue, issues, type Sprint, sprints, type User } from '../../world.ts';
import { SPRINT } from '../fields/fields.ts';
import { draftOf } from '../issues/issueFields.ts';
import { childrenOf, levelOf } from '../issues/issueNamed.ts';
import { browsing, may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { removeProperties } from '../properties.ts';
import { save } from '../workflows/workflow.ts';
import { movedIssues } from './moved.ts';
import { boardById } from './boards.ts';
import { rankOf } from './rank.ts';
import { requireManages, sprintById, sprintIdsOf } from './sprints.ts';

/** The issues of a sprint that a person sees, by rank. */
export const issuesOfSprint = (world: World, user: User | undefined, sprint: Sprint): Range<Issue> =>
  world.list(issues, {
    index: 'sprint',
    equals: String(sprint.id),
    where: browsing(world, user),
    orderBy: [{ by: rankOf }],
  });

/**
 * Puts issues into a sprint that is not closed, or (without one) back into the backlog: out of future and active ones.
 * 400 for a closed sprint or for sub-tasks, 403 where an issue may not be scheduled.
 */
export function moveToSprint(world: World, user: User, keys: unknown, sprint: Sprint | undefined): Issue[] {
  if (sprint?.state === 'closed') throw badQuery('Issues can only be moved to open or active sprints.');
  const moving = movedIssues(world, user, keys);
  for (const issue of moving) {
    if (levelOf(world, issue) === -1)
      throw badQuery(`The issue ${issue.key} is a sub-task: it is in the sprint of its parent.`);
    if (!may(world, user, 'SCHEDULE_ISSUES', projectOf(world, issue.fields.project), issue))
      throw forbidden('You do not have permission to assign issues.');
  }
  for (const issue of moving) setSprints(world, user, issue, sprintsWith(world, issue, sprint?.id));
  return moving;
}

/** The sprints of an issue with another as its open one, or with none: the closed ones stay. */
export const sprintsWith = (world: World, issue: Issue, open: number | undefined): number[] => [
  ...sprintIdsOf(issue).filter((id) => id !== open && sprintById(world, id)?.state === 'closed'),
  ...(open === undefined ? [] : [open]),
];

/** Takes an issue out of a sprint that goes. */
const leaveSprint = (world: World, user: User, issue: Issue, sprint: Sprint): void =>
  setSprints(
    world,
    user,
    issue,
    sprintIdsOf(issue).filter((id) => id !== sprint.id),
  );

/** Deletes a sprint; its issues go to the backlog. */
export function deleteSprint(world: World, user: User, sprint: Sprint): void {
  requireManages(world, user, boardById(world, sprint.originBoardId), sprint);
  for (const issue of world.list(issues, { index: 'sprint', equals: String(sprint.id) }).toArray())
    leaveSprint(world, user, issue, sprint);
  removeProperties(world, 'sprint', String(sprint.id));
  world.remove(sprints, sortable(sprint.id));
}

function setSprints(world: World, user: User, issue: Issue, ids: readonly number[]): void {
  if (ids.join() === sprintIdsOf(issue).join()) return;
  const value = ids.length > 0 ? ids : null;
  if (levelOf(world, issue) === -1) {
    world.put(issues, { ...issue, fields: { ...issue.fields, [SPRINT]: value } });
    return;
  }
  const draft = draftOf(issue);
  draft.fields[SPRINT] = value;
  save(world, issue, draft, user);
  for (const child of childrenOf(world, issue))
    if (levelOf(world, child) === -1) setSprints(world, user, child, ids);
}
