/** A card that is dragged to a column: the first transition that leads there is taken. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import type { Board, BoardColumn, Issue, User } from '../../world.ts';
import { statusOf } from '../projects/projects.ts';
import { destination, transitionsOf } from '../workflows/transitions.ts';
import { transitionIssue } from '../workflows/workflow.ts';
import { columnsOf } from './boardColumns.ts';

/** The column of this name, or of the status of this name; case aside. 400 where there is none. */
export function columnOf(world: World, board: Board, name: string): BoardColumn {
  const wanted = name.toLowerCase();
  const columns = columnsOf(world, board);
  const isCalled = (id: string) => statusOf(world, { id }).name.toLowerCase() === wanted;
  const found =
    columns.find((one) => one.name.toLowerCase() === wanted) ??
    columns.find((one) => one.statuses.some(isCalled));
  if (!found) throw badQuery(`The board ${board.name} has no column called '${name}'.`);
  return found;
}

/** Takes an issue into a column, unless it is there; 400 where no transition leads to it. */
export function dragTo(world: World, user: User, issue: Issue, column: Pick<BoardColumn, 'statuses'>): Issue {
  if (column.statuses.includes(issue.fields.status.id)) return issue;
  const way = transitionsOf(world, issue, user).find((one) =>
    column.statuses.includes(destination(one, issue)),
  );
  if (!way) throw badQuery(`No transition leads the issue ${issue.key} to that column.`);
  return transitionIssue(world, issue, user, { transition: { id: way.id } }, 'wiki');
}
