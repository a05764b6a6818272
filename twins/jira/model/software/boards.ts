/** Boards: which there are, who sees and who changes them. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { forbidden, missing } from '../../errors.ts';
import { type Board, boardIssues, boards, type Project, quickFilters, type User } from '../../world.ts';
import { isNumeric } from '../ids.ts';
import { may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { removeProperties } from '../properties.ts';
import { boardProjects } from './boardQuery.ts';

const UNSEEN =
  'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.';

/** The project where a board is; undefined for a person's own board. */
export const boardProject = (world: World, board: Board): Project | undefined =>
  board.projectId === undefined ? undefined : projectOf(world, { id: board.projectId });

export const boardById = (world: World, id: number): Board | undefined =>
  Number.isSafeInteger(id) && id >= 0 ? world.get(boards, sortable(id)) : undefined;

/** Whether a person may look at a board: who sees its query, which for a project's own is who browses that. */
export function seesBoard(world: World, user: User | undefined, board: Board): boolean {
  const project = boardProject(world, board);
  return project === undefined
    ? user?.accountId === board.admin.accountId
    : may(world, user, 'BROWSE_PROJECTS', project);
}

/** The board with this id where the person sees it; 404 in the vendor's words. */
export function requireBoard(world: World, user: User | undefined, id: string): Board {
  const found = isNumeric(id) ? boardById(world, Number(id)) : undefined;
  if (!found || !seesBoard(world, user, found)) throw missing(UNSEEN);
  return found;
}

/** Whether a person may change a board: its administrator, its project's, and the site's. */
export const editsBoard = (world: World, user: User, board: Board): boolean =>
  board.admin.accountId === user.accountId ||
  may(world, user, 'ADMINISTER') ||
  (board.projectId !== undefined && may(world, user, 'ADMINISTER_PROJECTS', boardProject(world, board)));

/** 403 for somebody who may look at a board and not change it. */
export function requireEditsBoard(world: World, user: User, board: Board): void {
  if (!editsBoard(world, user, board))
    throw forbidden('You must be a Jira administrator or a board administrator to change this board.');
}

/** What `GET /board` asks for. */
export interface BoardQuery {
  name?: string | undefined;
  types: readonly string[];
  project?: Project | undefined;
  filterId?: string | undefined;
  /** Where they are: a project, or a person. */
  projectLocation?: Project | undefined;
  accountIdLocation?: string | undefined;
  projectTypes: readonly string[];
  negateLocation: boolean;
  includePrivate: boolean;
  orderBy?: string | undefined;
}

/** The boards that a person sees, as asked for; by id where no order is named. Private ones come last. */
export function searchBoards(world: World, user: User | undefined, asked: BoardQuery): Board[] {
  const found = world.list(boards, { where: (row) => matches(world, row, asked) }).toArray();
  const seen = found.filter((row) => seesBoard(world, user, row));
  const order = /^[+-]?name$/.exec(asked.orderBy ?? '')?.[0];
  if (order !== undefined)
    seen.sort((a, b) => a.name.localeCompare(b.name, 'en') * (order.startsWith('-') ? -1 : 1));
  if (!asked.includePrivate || !user || !may(world, user, 'ADMINISTER')) return seen;
  return [...seen, ...found.filter((row) => !seen.includes(row))];
}

function matches(world: World, board: Board, asked: BoardQuery): boolean {
  const { project } = asked;
  return (
    board.name.toLowerCase().includes((asked.name ?? '').toLowerCase()) &&
    (asked.types.length === 0 || asked.types.includes(board.type)) &&
    (asked.filterId === undefined || board.filterId === asked.filterId) &&
    (project === undefined || boardProjects(world, board).some((one) => one.id === project.id)) &&
    (!asksPlace(asked) || placed(world, board, asked) !== asked.negateLocation)
  );
}

const asksPlace = ({ projectLocation, accountIdLocation, projectTypes }: BoardQuery): boolean =>
  projectLocation !== undefined || accountIdLocation !== undefined || projectTypes.length > 0;

function placed(world: World, board: Board, asked: BoardQuery): boolean {
  const { projectLocation, accountIdLocation, projectTypes } = asked;
  const project = boardProject(world, board);
  return (
    (!projectLocation || projectLocation.id === board.projectId) &&
    (accountIdLocation === undefined || (!project && board.admin.accountId === accountIdLocation)) &&
    (projectTypes.length === 0 || (project !== undefined && projectTypes.includes(project.projectTypeKey)))
  );
}

/** Deletes a board with what is its own; its sprints and issues stay. 403 for a board that came with a team-managed project. */
export function deleteBoard(world: World, user: User, board: Board): void {
  requireEditsBoard(world, user, board);
  if (board.type === 'simple')
    throw forbidden('This board cannot be deleted: team-managed projects have one board each.');
  for (const row of world.list(quickFilters, { index: 'board', equals: sortable(board.id) }).toArray())
    world.remove(quickFilters, sortable(row.id));
  for (const row of world.list(boardIssues, { prefix: `${board.id}/` }).toArray())
    world.remove(boardIssues, boardIssues.key(row));
  removeProperties(world, 'board', String(board.id));
  world.remove(boards, sortable(board.id));
}
