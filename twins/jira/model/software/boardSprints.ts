/** Which sprints a board shows, and in which order. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Board, issues, type Sprint, sprints, type User } from '../../world.ts';
import { hasSprints } from './boardFeatures.ts';
import { belonging } from './boardIssues.ts';

const ORDER: readonly string[] = ['closed', 'active', 'future'];

/**
 * A board's sprints: those that were made on it, and those that hold issues of it. Closed ones come first, then active
 * and future ones, each as they are arranged. 400 for a board without sprints, or for a state that there is not.
 */
export function sprintsOfBoard(
  world: World,
  user: User | undefined,
  board: Board,
  states: readonly string[],
): Sprint[] {
  if (!hasSprints(world, board)) throw badQuery('The board does not support sprints');
  const unknown = states.find((state) => !ORDER.includes(state));
  if (unknown !== undefined)
    throw badQuery(`The sprint state '${unknown}' is invalid. Valid values are: future, active, closed.`);
  const ours = belonging(world, user, board);
  const shown = (sprint: Sprint): boolean =>
    (states.length === 0 || states.includes(sprint.state)) &&
    (sprint.originBoardId === board.id ||
      world.list(issues, { index: 'sprint', equals: String(sprint.id), where: ours }).first() !== undefined);
  return world
    .list(sprints, { where: shown })
    .toArray()
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.sequence - b.sequence);
}
