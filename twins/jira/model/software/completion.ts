/** What people do to a sprint by the buttons of the backlog: start it, complete it. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Issue, issues, type Sprint, type User } from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { levelOf } from '../issues/issueNamed.ts';
import { statusOf } from '../projects/projects.ts';
import { DAY_MS } from '../time.ts';
import { doneColumn } from './boardColumns.ts';
import { boardById } from './boards.ts';
import { ONLY_OPEN } from './issueSprints.ts';
import { putIntoSprint } from './sprintMoves.ts';
import { updateSprint } from './sprints.ts';

/** Two weeks, as the dialog offers. */
const SPRINT_DAYS = 14;

/** Starts a sprint now, for two weeks unless it says otherwise. */
export function startSprint(world: World, user: User, sprint: Sprint, days = SPRINT_DAYS): Sprint {
  const startDate = new Date(world.now()).toISOString();
  const endDate = new Date(world.now() + days * DAY_MS).toISOString();
  return updateSprint(world, user, sprint, { state: 'active', startDate, endDate }, true);
}

/** Completes a sprint; what is not done goes to another one that is not closed, or to the backlog. */
export function completeSprint(world: World, user: User, sprint: Sprint, next: Sprint | undefined): Sprint {
  if (next?.id === sprint.id) throw badQuery('Issues cannot be moved to the sprint that is completed.');
  if (next?.state === 'closed') throw badQuery(ONLY_OPEN);
  const open = incompleteOf(world, sprint);
  const closed = updateSprint(world, user, sprint, { state: 'closed' }, true);
  if (next) for (const issue of open) putIntoSprint(world, user, issue, next);
  return closed;
}

/** What of a sprint is not in the last column of its board; sub-tasks go with their issue. */
function incompleteOf(world: World, sprint: Sprint): Issue[] {
  const board = boardById(world, sprint.originBoardId);
  const done = new Set(board ? doneColumn(world, board)?.statuses : []);
  const isDone = ({ fields }: Issue) =>
    board
      ? done.has(fields.status.id)
      : statusOf(world, fields.status).statusCategory.id === categoryId('done');
  return world
    .list(issues, {
      index: 'sprint',
      equals: String(sprint.id),
      where: (issue) => levelOf(world, issue) !== -1 && !isDone(issue),
    })
    .toArray();
}
