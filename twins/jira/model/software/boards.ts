/** Boards: which there are, who sees and who changes them. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, missing } from '../../errors.ts';
import { BOARD_NAME_CHARS } from '../../limits.ts';
import {
  type Board,
  boardIssues,
  boards,
  filters,
  type Project,
  quickFilters,
  type User,
} from '../../world.ts';
import { sees } from '../filters/sharing.ts';
import { isNumeric } from '../ids.ts';
import { may, maySee } from '../permissions/may.ts';
import { projectNamed, projectOf } from '../projects/projects.ts';
import { deleteProperties } from '../properties.ts';
import { happened } from '../webhooks/happened.ts';
import { newColumns } from './boardColumns.ts';
import { boardProjects } from './boardQuery.ts';
import { addStandardFilters } from './quickFilters.ts';

const UNSEEN =
  'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.';

/** The project where a board is; undefined for a person's own board. */
export const boardProject = (world: World, board: Board): Project | undefined =>
  board.projectId === undefined ? undefined : projectOf(world, { id: board.projectId });

export const boardById = (world: World, id: number): Board | undefined =>
  Number.isSafeInteger(id) && id >= 0 ? world.get(boards, sortable(id)) : undefined;

/** Whether a person may look at a board: who sees its filter, or browses the project that it came with. */
export function seesBoard(world: World, user: User | undefined, board: Board): boolean {
  if (board.filterId === undefined) return may(world, user, 'BROWSE_PROJECTS', boardProject(world, board));
  const filter = world.get(filters, board.filterId);
  return filter !== undefined && sees(world, user, filter);
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

/** What `POST /board` takes. */
export interface BoardInput {
  name?: unknown;
  type?: unknown;
  filterId?: unknown;
  location?: unknown;
}

/** Makes a board of what a filter finds, in a project or with the person; `badFields` for what is missing or wrong. */
export function createBoard(world: World, user: User, input: BoardInput): Board {
  const { name, type, filterId } = input;
  const problems: Record<string, string> = {};
  if (typeof name !== 'string' || name.trim() === '') problems.name = 'The board name is required.';
  else if (name.trim().length >= BOARD_NAME_CHARS)
    problems.name = `The board name must be less than ${BOARD_NAME_CHARS} characters.`;
  if (type !== 'scrum' && type !== 'kanban')
    problems.type = 'The board type is invalid. Valid values are: scrum, kanban.';
  if (typeof filterId !== 'number') problems.filterId = 'The filter ID is required.';
  else if (!mayUse(world, user, String(filterId)))
    problems.filterId = 'The filter does not exist or you do not have permission to view it.';
  if (Object.keys(problems).length > 0) throw badFields(problems);
  const project = locationOf(world, user, input.location);
  const draft: Board = {
    id: world.next('jira.board'),
    name: (name as string).trim(),
    type: type as 'scrum' | 'kanban',
    ...(project ? { projectId: project.id } : {}),
    admin: { accountId: user.accountId },
    filterId: String(filterId),
    ...(type === 'kanban' ? { subQuery: UNRELEASED } : {}),
  };
  const board = world.insert(boards, { ...draft, columns: newColumns(world, draft) });
  addStandardFilters(world, board);
  happened(world, { event: 'board_created', user, board });
  return board;
}

/** What a kanban board leaves out: released work. */
export const UNRELEASED = 'fixVersion in unreleasedVersions() OR fixVersion is EMPTY';

function mayUse(world: World, user: User, filterId: string): boolean {
  const filter = world.get(filters, filterId);
  return filter !== undefined && sees(world, user, filter);
}

/** The project that a body names as a board's place; undefined for the person. 400 for another place. */
function locationOf(world: World, user: User, location: unknown): Project | undefined {
  if (location === undefined || location === null) return undefined;
  const { type, projectKeyOrId } = location as { type?: unknown; projectKeyOrId?: unknown };
  if (type === 'user') {
    if (projectKeyOrId !== undefined) throw badQuery('A board of a user cannot name a project.');
    return undefined;
  }
  if (type !== 'project') throw badQuery('The location type is invalid. Valid values are: project, user.');
  const project = typeof projectKeyOrId === 'string' ? projectNamed(world, projectKeyOrId) : undefined;
  if (!project || !maySee(world, user, project))
    throw badFields({
      projectKeyOrId: 'The project does not exist or you do not have permission to view it.',
    });
  return project;
}

/** Deletes a board with what is its own; its sprints and issues stay. 403 for a board that came with a team-managed project. */
export function deleteBoard(world: World, user: User, board: Board): void {
  requireEditsBoard(world, user, board);
  if (board.type === 'simple')
    throw forbidden('This board cannot be deleted: team-managed projects have one board each.');
  happened(world, { event: 'board_deleted', user, board });
  removeBoard(world, board);
}

/** Takes a board away with what is kept of it. */
export function removeBoard(world: World, board: Board): void {
  for (const row of world.list(quickFilters, { index: 'board', equals: sortable(board.id) }).toArray())
    world.remove(quickFilters, sortable(row.id));
  for (const row of world.list(boardIssues, { prefix: `${board.id}/` }).toArray())
    world.remove(boardIssues, boardIssues.key(row));
  deleteProperties(world, 'board', String(board.id));
  world.remove(boards, sortable(board.id));
}
