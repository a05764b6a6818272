/** Sprints: which there are, how they go from future to active to closed. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, missing } from '../../errors.ts';
import { SPRINT_NAME_CHARS } from '../../limits.ts';
import { type Board, issues, type Project, projects, type Sprint, sprints, type User } from '../../world.ts';
import { isNumeric } from '../ids.ts';
import { siteOf } from '../people/people.ts';
import { browsing, may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { parseStamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { hasSprints } from './boardFeatures.ts';
import { boardProjects } from './boardQuery.ts';
import { boardById, seesBoard } from './boards.ts';
import { sprintById } from './issueSprints.ts';

/** The sprint that a person sees by this id; 404 `Sprint does not exist`. */
export function requireSprint(world: World, user: User | undefined, id: string): Sprint {
  const found = isNumeric(id) ? sprintById(world, Number(id)) : undefined;
  if (!found || !seesSprint(world, user, found)) throw missing('Sprint does not exist');
  return found;
}

/** Who sees the board where it was made, or an issue in it. */
function seesSprint(world: World, user: User | undefined, sprint: Sprint): boolean {
  const board = boardById(world, sprint.originBoardId);
  if (board && seesBoard(world, user, board)) return true;
  const seen = browsing(world, user);
  return (
    world.list(issues, { index: 'sprint', equals: String(sprint.id), where: seen }).first() !== undefined
  );
}

/** 403 for who may not manage sprints in every project that a board, or else the sprint, may be about. */
function requireManages(world: World, user: User, board: Board | undefined, sprint?: Sprint): void {
  const concerned = board ? projectsAbout(world, board) : sprint ? projectsIn(world, sprint) : [];
  if (concerned.every((project) => may(world, user, 'MANAGE_SPRINTS_PERMISSION', project))) return;
  throw forbidden(
    'You need the "Manage Sprints" permission for all projects in the origin board to manage this sprint.',
  );
}

/** A board whose query leaves open which projects it is about may be about all. */
function projectsAbout(world: World, board: Board): Project[] {
  const named = boardProjects(world, board);
  return named.length > 0 ? named : world.list(projects).toArray();
}

/** The same for a sprint, by the board where it was made. */
export const requireManagesSprint = (world: World, user: User, sprint: Sprint): void =>
  requireManages(world, user, boardById(world, sprint.originBoardId), sprint);

const projectsIn = (world: World, sprint: Sprint): Project[] =>
  world
    .list(issues, { index: 'sprint', equals: String(sprint.id) })
    .toArray()
    .map((issue) => projectOf(world, issue.fields.project));

/** What `POST /sprint` and the updates take. */
export interface SprintInput {
  name?: unknown;
  goal?: unknown;
  startDate?: unknown;
  endDate?: unknown;
  state?: unknown;
  originBoardId?: unknown;
}

/** Makes a sprint on a board; it begins as a future one, behind the others. `badFields`, 400 for a board without sprints. */
export function createSprint(world: World, user: User, input: SprintInput): Sprint {
  const board = originBoard(world, user, input.originBoardId);
  const own = { ...named(input.name), ...goalOf(input), ...datesOf(input) };
  inOrder(own);
  requireManages(world, user, board);
  const id = world.next('jira.sprint');
  const made = world.insert(sprints, {
    id,
    state: 'future',
    ...own,
    createdDate: new Date(world.now()).toISOString(),
    originBoardId: board.id,
    sequence: id,
  });
  happened(world, { event: 'sprint_created', user, sprint: made });
  return made;
}

function originBoard(world: World, user: User, id: unknown): Board {
  if (id === undefined || id === null) throw badFields({ originBoardId: 'The originBoardId is required.' });
  const board = typeof id === 'number' ? boardById(world, id) : undefined;
  if (!board || !seesBoard(world, user, board))
    throw badFields({ originBoardId: 'Board does not exist or you do not have permission to see it.' });
  if (!hasSprints(world, board)) throw badQuery('The board does not support sprints');
  return board;
}

/** Which state a sprint may go to from which. */
const NEXT: Record<Sprint['state'], readonly unknown[]> = {
  future: ['future', 'active'],
  active: ['active', 'closed'],
  closed: ['closed'],
};

/**
 * Changes a sprint: what `input` leaves out stays (`partial`) or is emptied. Starting one needs both its dates and that
 * no other runs on its board; closing one writes when. Of a closed one only name and goal change.
 */
export function updateSprint(
  world: World,
  user: User,
  sprint: Sprint,
  input: SprintInput,
  partial: boolean,
): Sprint {
  const { name, goal, startDate, endDate, ...rest } = sprint;
  const kept = partial ? { name, goal, startDate, endDate } : {};
  const texts = {
    ...(partial && input.name === undefined ? { name } : named(input.name)),
    ...present({ goal: kept.goal }),
    ...goalOf(input),
  };
  requireManagesSprint(world, user, sprint);
  if (sprint.state === 'closed')
    return changed(world, user, sprint, { ...rest, ...present({ startDate, endDate }), ...texts });
  const dates = { ...present({ startDate: kept.startDate, endDate: kept.endDate }), ...datesOf(input) };
  const state = (input.state ?? sprint.state) as Sprint['state'];
  if (!NEXT[sprint.state].includes(state))
    throw badFields({ state: `A sprint cannot go from ${sprint.state} to ${String(state)}.` });
  if (state === 'active') requireDates(dates);
  inOrder(dates);
  if (sprint.state === 'future' && state === 'active') requireNoOther(world, sprint);
  const completeDate =
    sprint.state === 'active' && state === 'closed' ? new Date(world.now()).toISOString() : undefined;
  return changed(world, user, sprint, { ...rest, ...texts, ...dates, state, ...present({ completeDate }) });
}

/** Keeps a sprint's new row, and tells what became of it. */
function changed(world: World, user: User, before: Sprint, after: Sprint): Sprint {
  const sprint = world.put(sprints, after);
  const begun = before.state !== after.state;
  const event = !begun ? 'sprint_updated' : after.state === 'active' ? 'sprint_started' : 'sprint_closed';
  happened(world, { event, user, sprint, ...(begun ? {} : { oldSprint: before }) });
  return sprint;
}

/** One sprint runs on a board at a time, unless the site has parallel sprints turned on. */
function requireNoOther(world: World, sprint: Sprint): void {
  if (siteOf(world).parallelSprints) return;
  const own = { index: 'board', equals: sortable(sprint.originBoardId) };
  for (const other of world.list(sprints, own))
    if (other.state === 'active') throw badQuery('There can only be one active sprint on each board.');
}

const NO_START = 'You must specify a start date for the sprint';
const NO_END = 'You must specify an end date for the sprint';

function requireDates({ startDate, endDate }: { startDate?: string; endDate?: string }): void {
  if (startDate && endDate) return;
  throw badFields({ ...(startDate ? {} : { startDate: NO_START }), ...(endDate ? {} : { endDate: NO_END }) });
}

function inOrder({ startDate, endDate }: { startDate?: string; endDate?: string }): void {
  if (startDate && endDate && startDate >= endDate)
    throw badFields({ endDate: 'The end date of a sprint must be after the start date.' });
}

function named(value: unknown): { name: string } {
  if (typeof value !== 'string' || value.trim() === '')
    throw badFields({ name: 'The sprint name is required.' });
  if (value.trim().length >= SPRINT_NAME_CHARS)
    throw badFields({ name: `Sprint name must be shorter than ${SPRINT_NAME_CHARS} characters.` });
  return { name: value.trim() };
}

function goalOf({ goal }: SprintInput): { goal?: string } {
  if (goal === undefined || goal === null) return {};
  if (typeof goal !== 'string') throw badFields({ goal: 'The goal of a sprint must be a text.' });
  return { goal };
}

/** The dates of a body; what is no moment counts as missing, as the service says it. */
function datesOf(input: SprintInput): { startDate?: string; endDate?: string } {
  const out: { startDate?: string; endDate?: string } = {};
  for (const [key, refusal] of [
    ['startDate', NO_START],
    ['endDate', NO_END],
  ] as const) {
    const value = input[key];
    if (value === undefined || value === null || value === '') continue;
    const ms = typeof value === 'string' ? parseStamp(value) : undefined;
    if (ms === undefined) throw badFields({ [key]: refusal });
    out[key] = new Date(ms).toISOString();
  }
  return out;
}

/** An object without what is undefined in it. */
const present = <T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;

/** Puts two sprints into each other's place. */
export function swapSprints(world: World, user: User, sprint: Sprint, other: Sprint): void {
  for (const one of [sprint, other]) requireManagesSprint(world, user, one);
  world.put(sprints, { ...sprint, sequence: other.sequence });
  world.put(sprints, { ...other, sequence: sprint.sequence });
}
