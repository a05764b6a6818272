/** The columns of boards: which statuses they show, and which of them are backlog or done. */
import type { World } from '../../../../src/world/world.ts';
import { type Board, type BoardColumn, type Status, statuses } from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { projectOf } from '../projects/projects.ts';
import { statusesOf } from '../workflows/workflowOf.ts';
import { boardProjects } from './boardQuery.ts';

/** The columns of a board, in their order. */
export function columnsOf(world: World, board: Board): readonly BoardColumn[] {
  if (board.columns) return board.columns;
  const project = projectOf(world, { id: board.projectId ?? '' });
  return statusesOf(world, project).map(({ id, name }) => ({ name, statuses: [id] }));
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
