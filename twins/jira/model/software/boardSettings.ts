/** What a board counts, and which features it has. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Board, boards, sprints, type User } from '../../world.ts';
import { requireEditsBoard } from './boards.ts';

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

export interface Feature {
  boardFeature: string;
  name: string;
  description: string;
  group: string;
  locked: boolean;
  enabled: boolean;
}

type FeatureText = readonly [
  feature: string,
  name: string,
  description: string,
  group: string,
  enabled: boolean,
];

/** Which features there are, and which of them a new board has. */
const FEATURES: readonly FeatureText[] = [
  ['SIMPLE_ROADMAP', 'Timeline', 'Plan work over time and see what depends on what.', 'Planning', true],
  ['BACKLOG', 'Backlog', 'Plan and prioritize work in a dedicated space.', 'Planning', true],
  ['SPRINTS', 'Sprints', 'Focus your team on a body of work for a short period of time.', 'Planning', true],
  ['CALENDAR', 'Calendar', 'See all your work on a monthly view.', 'Planning', true],
  ['GOALS', 'Goals', 'Connect work to your goals.', 'Planning', false],
  ['BOARD', 'Board', 'Track work in columns.', 'Planning', true],
  ['LIST_VIEW', 'List', 'See and edit all work in a list.', 'Planning', true],
  ['REPORTS', 'Reports', 'Analyze and track your team’s work.', 'Planning', true],
  ['ESTIMATION', 'Estimation', 'Estimate work in story points.', 'Planning', true],
  ['ISSUE_NAVIGATOR', 'Issue navigator', 'Search and edit issues in bulk.', 'Planning', true],
  ['CODE', 'Code', 'See pull requests and commits of your repositories.', 'Development', true],
  ['SECURITY', 'Security', 'See vulnerabilities that your scanners found.', 'Development', false],
  ['RELEASES', 'Releases', 'Plan and ship versions.', 'Development', true],
  ['DEPLOYMENTS', 'Deployments', 'Track where your work is deployed.', 'Operations', false],
  ['ON_CALL_SCHEDULE', 'On-call', 'See who is on call.', 'Operations', false],
  ['PAGES', 'Pages', 'Create and share documents beside the work.', 'Documentation', true],
];

/** Features without which another cannot be. */
const NEEDS: Readonly<Record<string, string>> = { SPRINTS: 'BACKLOG' };
const LOCKED = new Set(['BOARD', 'ISSUE_NAVIGATOR']);

/** A board's features. Only those of team-managed boards can be switched. */
export const featuresOf = (board: Board): Feature[] =>
  FEATURES.map(([boardFeature, name, description, group, enabled]) => ({
    boardFeature,
    name,
    description,
    group,
    locked: board.type !== 'simple' || LOCKED.has(boardFeature),
    enabled:
      boardFeature === 'SPRINTS' && board.type === 'kanban'
        ? false
        : (board.features?.[boardFeature] ?? enabled),
  }));

export const hasFeature = (board: Board, feature: string): boolean =>
  featuresOf(board).find((one) => one.boardFeature === feature)?.enabled === true;

/** Whether sprints are run on a board. */
export const hasSprints = (board: Board): boolean => hasFeature(board, 'SPRINTS');

/** Switches a feature on or off, with what it needs. 400 for an unknown one, one that is locked, or sprints while one runs. */
export function toggleFeature(
  world: World,
  user: User,
  board: Board,
  feature: unknown,
  enabling: unknown,
): Board {
  requireEditsBoard(world, user, board);
  const found = featuresOf(board).find((one) => one.boardFeature === feature);
  if (!found || typeof enabling !== 'boolean') throw badQuery(`Unknown feature '${String(feature)}'.`);
  if (found.locked) throw badQuery(`The feature '${found.boardFeature}' of this board cannot be changed.`);
  const running = { index: 'board', equals: sortable(board.id) };
  if (!enabling && (feature === 'SPRINTS' || feature === NEEDS.SPRINTS))
    for (const sprint of world.list(sprints, running))
      if (sprint.state === 'active')
        throw badQuery('Complete the active sprint before you turn off sprints.');
  const others = Object.entries(NEEDS).flatMap(([one, needed]) => {
    if (enabling && one === found.boardFeature) return [[needed, true]];
    return !enabling && needed === found.boardFeature ? [[one, false]] : [];
  });
  const features = { ...board.features, [found.boardFeature]: enabling, ...Object.fromEntries(others) };
  return world.put(boards, { ...board, features });
}
