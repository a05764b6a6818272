/** Which features a board has. Those of a team-managed board can be switched, most of them for the whole project. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Board, boards, type Project, sprints, type User } from '../../world.ts';
import { isFeatureOn, toggleFeature } from '../projects/features.ts';
import { boardProject, requireEditsBoard } from './boards.ts';

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

/** By what key a project knows the features that its board has from it. */
const OF_PROJECT: Readonly<Record<string, string>> = {
  SIMPLE_ROADMAP: 'jsw.agility.roadmap',
  BACKLOG: 'jsw.agility.backlog',
  SPRINTS: 'jsw.agility.sprints',
  ESTIMATION: 'jsw.agility.estimation',
  REPORTS: 'jsw.agility.reports',
  RELEASES: 'jsw.agility.releases',
  CODE: 'jsw.agility.code',
  DEPLOYMENTS: 'jsw.agility.deployments',
  PAGES: 'jsw.agility.pages',
};

const LOCKED = new Set(['BOARD', 'ISSUE_NAVIGATOR']);

/** A board's features, in the order in which its settings show them. */
export function featuresOf(world: World, board: Board): Feature[] {
  const project = board.type === 'simple' ? boardProject(world, board) : undefined;
  return FEATURES.map(([boardFeature, name, description, group, begins]) => ({
    boardFeature,
    name,
    description,
    group,
    locked: board.type !== 'simple' || LOCKED.has(boardFeature),
    enabled: isOn(project, board, boardFeature) ?? begins,
  }));
}

function isOn(project: Project | undefined, { type, features }: Board, feature: string): boolean | undefined {
  if (type === 'kanban' && feature === 'SPRINTS') return false;
  const key = OF_PROJECT[feature];
  return (project && key !== undefined ? isFeatureOn(project, key) : undefined) ?? features?.[feature];
}

/** Whether a team-managed board's backlog is turned on. */
export const hasBacklog = (world: World, board: Board): boolean =>
  isOn(boardProject(world, board), board, 'BACKLOG') ?? true;

/** Whether sprints are run on a board. */
export const hasSprints = (world: World, board: Board): boolean =>
  isOn(board.type === 'simple' ? boardProject(world, board) : undefined, board, 'SPRINTS') ?? true;

/** Switches a feature; 400 for an unknown one, one that is locked or needs another, or sprints while one runs. */
export function toggleBoardFeature(
  world: World,
  user: User,
  board: Board,
  feature: unknown,
  enabling: unknown,
): Board {
  requireEditsBoard(world, user, board);
  const found = featuresOf(world, board).find((one) => one.boardFeature === feature);
  if (!found || typeof enabling !== 'boolean') throw badQuery(`Unknown feature '${String(feature)}'.`);
  const name = found.boardFeature;
  if (found.locked) throw badQuery(`The feature '${name}' of this board cannot be changed.`);
  if (!enabling && (name === 'SPRINTS' || name === 'BACKLOG')) requireNoneRunning(world, board);
  const project = boardProject(world, board);
  const key = OF_PROJECT[name];
  if (!project || key === undefined)
    return world.put(boards, { ...board, features: { ...board.features, [name]: enabling } });
  toggleFeature(world, project, key, enabling ? 'ENABLED' : 'DISABLED');
  return board;
}

function requireNoneRunning(world: World, board: Board): void {
  const own = { index: 'board', equals: sortable(board.id) };
  for (const { state } of world.list(sprints, own))
    if (state === 'active') throw badQuery('Complete the active sprint before you turn off sprints.');
}
