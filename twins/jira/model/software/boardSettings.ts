/** How a board is set up: columns, what it leaves out, what it counts, features, quick filters. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import {
  type Board,
  type BoardColumn,
  boards,
  type QuickFilter,
  quickFilters,
  type Status,
  sprints,
  statuses,
  type User,
} from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { isNumeric } from '../ids.ts';
import { statusesOf } from '../projects/projects.ts';
import { boardProjects } from './boardQuery.ts';
import { boardProject, requireEditsBoard } from './boards.ts';

/** The columns of a board, in their order. */
export function columnsOf(world: World, board: Board): readonly BoardColumn[] {
  if (board.columns) return board.columns;
  const project = boardProject(world, board);
  return project ? statusesOf(world, project).map(({ id, name }) => ({ name, statuses: [id] })) : [];
}

/** The columns that Jira makes for a new board: by the category of what its projects' issues may be in. */
export function newColumns(world: World, board: Board): BoardColumn[] {
  const projects = boardProjects(world, board);
  const all: Status[] =
    projects.length > 0
      ? projects.flatMap((project) => statusesOf(world, project))
      : world.list(statuses).toArray();
  const of = (key: 'new' | 'indeterminate' | 'done') => [
    ...new Set(all.filter((row) => row.statusCategory.id === categoryId(key)).map((row) => row.id)),
  ];
  return [
    ...(board.type === 'kanban' ? [{ name: BACKLOG, statuses: [] }] : []),
    { name: 'To Do', statuses: of('new') },
    { name: 'In Progress', statuses: of('indeterminate') },
    { name: 'Done', statuses: of('done') },
  ];
}

const BACKLOG = 'Backlog';

/** The column that a kanban board shows apart, as its backlog. */
export const backlogColumn = (world: World, board: Board): BoardColumn | undefined =>
  board.type === 'kanban' ? columnsOf(world, board).find((one) => one.name === BACKLOG) : undefined;

/** The last column that holds statuses: what is in it is done. */
export const doneColumn = (world: World, board: Board): BoardColumn | undefined =>
  columnsOf(world, board).findLast((one) => one.statuses.length > 0);

/** The field that a board counts with, `issueCount` or `none`. Kanban boards count nothing. */
export function estimationOf(board: Board): string {
  if (board.type === 'kanban') return 'none';
  return board.estimation ?? (board.type === 'simple' ? STORY_POINT_ESTIMATE : STORY_POINTS);
}

export const STORY_POINTS = 'customfield_10026';
const STORY_POINT_ESTIMATE = 'customfield_10016';

export interface Feature {
  boardFeature: string;
  name: string;
  description: string;
  group: string;
  locked: boolean;
  enabled: boolean;
}

type FeatureText = readonly [feature: string, name: string, description: string, group: string, enabled: boolean];

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
export function toggleFeature(world: World, user: User, board: Board, feature: unknown, enabling: unknown): Board {
  requireEditsBoard(world, user, board);
  const found = featuresOf(board).find((one) => one.boardFeature === feature);
  if (!found || typeof enabling !== 'boolean') throw badQuery(`Unknown feature '${String(feature)}'.`);
  if (found.locked) throw badQuery(`The feature '${found.boardFeature}' of this board cannot be changed.`);
  const running = { index: 'board', equals: sortable(board.id) };
  if (!enabling && (feature === 'SPRINTS' || feature === NEEDS.SPRINTS))
    for (const sprint of world.list(sprints, running))
      if (sprint.state === 'active') throw badQuery('Complete the active sprint before you turn off sprints.');
  const others = Object.entries(NEEDS).flatMap(([one, needed]) => {
    if (enabling && one === found.boardFeature) return [[needed, true]];
    return !enabling && needed === found.boardFeature ? [[one, false]] : [];
  });
  const features = { ...board.features, [found.boardFeature]: enabling, ...Object.fromEntries(others) };
  return world.put(boards, { ...board, features });
}

/** A board's quick filters, by position. */
export const quickFiltersOf = (world: World, board: Board): QuickFilter[] =>
  world
    .list(quickFilters, { index: 'board', equals: sortable(board.id), orderBy: [{ by: (row) => row.position }] })
    .toArray();

/** 404 for a quick filter that is not this board's. */
export function requireQuickFilter(world: World, board: Board, id: string): QuickFilter {
  const found = isNumeric(id) ? world.get(quickFilters, sortable(Number(id))) : undefined;
  if (found?.boardId !== board.id) throw missing('The requested quick filter does not exist.');
  return found;
}
