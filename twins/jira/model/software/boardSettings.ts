/** What a board counts. */
import type { Board } from '../../world.ts';

/** The field that a board counts with, `issueCount` or `none`. Kanban boards count nothing. */
export function estimationOf(board: Board): string {
  if (board.type === 'kanban') return 'none';
  return board.estimation ?? (board.type === 'simple' ? STORY_POINT_ESTIMATE : STORY_POINTS);
}

/** The id of the field by which a board is to estimate, or the word for none. */
export function estimationField(
  board: Board,
  by: 'none' | 'issueCount' | 'storyPoints' | 'originalEstimate',
): string {
  if (by === 'originalEstimate') return 'timeoriginalestimate';
  if (by === 'storyPoints') return board.type === 'simple' ? STORY_POINT_ESTIMATE : STORY_POINTS;
  return by;
}

const STORY_POINTS = 'customfield_10026';
const STORY_POINT_ESTIMATE = 'customfield_10016';
