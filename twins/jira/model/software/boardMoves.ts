/** Issues that go from a board's backlog to the board, and back. */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Board, boardIssues, type Issue, type User } from '../../world.ts';
import { backlogColumn, columnsOf } from './boardColumns.ts';
import { hasSprints } from './boardFeatures.ts';
import { belonging } from './boardIssues.ts';
import { dragTo } from './drag.ts';
import { movedIssues } from './moved.ts';
import { anchorOf, type RankEntry, type RankInput, rankIssues } from './ranking.ts';
import { moveToSprint } from './sprintMoves.ts';

const NOWHERE = { statuses: [] };

/** What both moves take. */
export interface MoveInput extends RankInput {
  issues?: unknown;
}

/** Puts issues into a board's backlog: out of its sprints, into its backlog column, or off its list. */
export function moveToBoardBacklog(world: World, user: User, board: Board, input: MoveInput): RankEntry[] {
  const move = (issue: Issue): void => {
    if (hasSprints(world, board)) moveToSprint(world, user, [issue.id], undefined);
    else if (board.type === 'kanban') dragTo(world, user, issue, backlogColumn(world, board) ?? NOWHERE);
    else world.remove(boardIssues, `${board.id}/${issue.id}`);
  };
  return eachOf(world, user, board, input, move);
}

/** Takes issues out of a board's backlog: into its first column, or onto its list. 400 for a board with sprints. */
export function moveToBoard(world: World, user: User, board: Board, input: MoveInput): RankEntry[] {
  if (hasSprints(world, board)) throw badQuery('Issues of a board with sprints are moved to a sprint.');
  const backlog = backlogColumn(world, board);
  const first = columnsOf(world, board).find((one) => one !== backlog && one.statuses.length > 0);
  return eachOf(world, user, board, input, (issue) => {
    if (board.type === 'kanban') dragTo(world, user, issue, first ?? NOWHERE);
    else world.put(boardIssues, { boardId: board.id, issueId: issue.id });
  });
}

/** Moves each issue that is on the board, then ranks those that were moved; says for each how it went. */
function eachOf(
  world: World,
  user: User,
  board: Board,
  input: MoveInput,
  move: (issue: Issue) => void,
): RankEntry[] {
  const anchor = anchorOf(world, user, input);
  const ours = belonging(world, user, board);
  const entries = movedIssues(world, user, input.issues).map((issue): RankEntry => {
    const entry = { issueId: Number(issue.id), issueKey: issue.key };
    if (!ours(issue))
      return { ...entry, status: 400, errors: [`The issue is not on the board ${board.id}.`] };
    try {
      world.attempt(() => move(issue));
      return { ...entry, status: 200 };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ...entry, status: error.status, errors: [error.message] };
    }
  });
  const moved = entries.filter((entry) => entry.status === 200).map((entry) => String(entry.issueId));
  if (anchor && moved.length > 0) rankIssues(world, user, moved, input);
  return entries;
}
