/** Issues that go into sprints and out of them; sub-tasks are where their issue is. */
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden } from '../../errors.ts';
import { type Issue, issues, type Sprint, sprints, type User } from '../../world.ts';
import { SPRINT } from '../fields/fields.ts';
import { draftOf } from '../issues/issueFields.ts';
import { levelOf } from '../issues/issueNamed.ts';
import { browsing, may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { deleteProperties } from '../properties.ts';
import { happened } from '../webhooks/happened.ts';
import { save } from '../workflows/workflow.ts';
import { ONLY_OPEN, sprintIdsOf, sprintsWith } from './issueSprints.ts';
import { movedIssues } from './moved.ts';
import { rankOf } from './rank.ts';
import { requireManagesSprint } from './sprints.ts';

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
export function moveToSprint(world: World, user: User, keys: unknown, sprint: Sprint | undefined): void {
  if (sprint?.state === 'closed') throw badQuery(ONLY_OPEN);
  const moving = movedIssues(world, user, keys);
  for (const issue of moving) {
    if (levelOf(world, issue) === -1)
      throw badQuery(`The issue ${issue.key} is a sub-task: it is in the sprint of its parent.`);
    if (!may(world, user, 'SCHEDULE_ISSUES', projectOf(world, issue.fields.project), issue))
      throw forbidden('You do not have permission to assign issues.');
  }
  for (const issue of moving) putIntoSprint(world, user, issue, sprint);
}

/** Puts one issue into an open sprint, or into none. */
export const putIntoSprint = (world: World, user: User, issue: Issue, sprint: Sprint | undefined): void =>
  setSprints(world, user, issue, sprintsWith(world, sprintIdsOf(issue), sprint?.id));

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
  requireManagesSprint(world, user, sprint);
  happened(world, { event: 'sprint_deleted', user, sprint });
  for (const issue of world.list(issues, { index: 'sprint', equals: String(sprint.id) }).toArray())
    leaveSprint(world, user, issue, sprint);
  deleteProperties(world, 'sprint', String(sprint.id));
  world.remove(sprints, sortable(sprint.id));
}

function setSprints(world: World, user: User, issue: Issue, ids: readonly number[]): void {
  // Sub-tasks follow when their issue is saved.
  if (levelOf(world, issue) === -1 || ids.join() === sprintIdsOf(issue).join()) return;
  const draft = draftOf(issue);
  draft.fields[SPRINT] = ids.length > 0 ? ids : null;
  save(world, issue, draft, user);
}
