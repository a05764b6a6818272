/** Boards and sprints of the agile API, and which issues are in them. */
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, missing, refused } from '../../errors.ts';
import {
  type Board,
  boards,
  type Issue,
  issues,
  type Project,
  type Sprint,
  sprints,
  type User,
} from '../../world.ts';
import { RANK, SPRINT } from '../fields/fields.ts';
import { isNumeric } from '../ids.ts';
import { draftOf } from '../issues/issueFields.ts';
import { requireIssue } from '../issues/issueNamed.ts';
import { projectOf } from '../projects/projects.ts';
import { parseStamp } from '../time.ts';
import { save } from '../workflows/workflow.ts';

/** Issues that one call may move. */
const MOVED_MAX = 50;

export const boardProject = (world: World, board: Board): Project =>
  projectOf(world, { id: board.projectId });

/** All boards of the site, by id. */
export const allBoards = (world: World): Board[] => world.list(boards).toArray();

/** 404 in the vendor's words. */
export function requireBoard(world: World, id: string): Board {
  const found = isNumeric(id) ? world.get(boards, sortable(Number(id))) : undefined;
  if (!found)
    throw missing(
      'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
    );
  return found;
}

export const sprintById = (world: World, id: number): Sprint | undefined =>
  Number.isSafeInteger(id) && id >= 0 ? world.get(sprints, sortable(id)) : undefined;

/** 404 `Sprint does not exist`. */
export function requireSprint(world: World, id: string): Sprint {
  const found = isNumeric(id) ? sprintById(world, Number(id)) : undefined;
  if (!found) throw missing('Sprint does not exist');
  return found;
}

/** A board's sprints, in the order in which they were made; only those in `states` where some are named. */
export const sprintsOf = (world: World, board: Board, states: readonly string[]): Range<Sprint> =>
  world.list(sprints, {
    index: 'board',
    equals: sortable(board.id),
    ...(states.length > 0 ? { where: (row: Sprint) => states.includes(row.state) } : {}),
  });

/** Makes a sprint on a board; it begins as a future one. */
export function createSprint(world: World, input: Record<string, unknown>): Sprint {
  const { name, originBoardId } = input;
  if (typeof name !== 'string' || name.trim() === '')
    throw badFields({ name: 'The sprint name is required.' });
  if (name.length > 30) throw badFields({ name: 'Sprint name must be shorter than 30 characters.' });
  if (typeof originBoardId !== 'number') throw badFields({ originBoardId: 'The originBoardId is required.' });
  requireBoard(world, String(originBoardId));
  return world.insert(sprints, {
    id: world.next('jira.sprint'),
    state: 'future',
    name: name.trim(),
    ...dates(input),
    createdDate: new Date(world.now()).toISOString(),
    originBoardId,
    ...(typeof input.goal === 'string' ? { goal: input.goal } : {}),
  });
}

/** Which state a sprint may go to from which. */
const NEXT: Record<Sprint['state'], readonly string[]> = {
  future: ['future', 'active'],
  active: ['active', 'closed'],
  closed: ['closed'],
};

/** Changes a sprint; starting one needs both its dates, closing one writes when. */
export function updateSprint(world: World, sprint: Sprint, input: Record<string, unknown>): Sprint {
  const state = (input.state ?? sprint.state) as Sprint['state'];
  if (!NEXT[sprint.state].includes(state))
    throw badFields({ state: `A sprint cannot go from ${sprint.state} to ${String(state)}.` });
  const changed: Sprint = {
    ...sprint,
    state,
    ...(typeof input.name === 'string' ? { name: input.name } : {}),
    ...dates(input),
    ...(typeof input.goal === 'string' ? { goal: input.goal } : {}),
  };
  if (sprint.state === 'future' && state === 'active' && !(changed.startDate && changed.endDate))
    throw badFields({ state: 'Start and end dates are required to start a sprint.' });
  if (sprint.state === 'active' && state === 'closed')
    return world.put(sprints, { ...changed, completeDate: new Date(world.now()).toISOString() });
  return world.put(sprints, changed);
}

export function deleteSprint(world: World, sprint: Sprint, user: User): void {
  for (const issue of issuesOfSprint(world, sprint).toArray())
    moveToSprint(world, user, [issue.id], undefined);
  world.remove(sprints, sortable(sprint.id));
}

function dates(input: Record<string, unknown>): Pick<Sprint, 'startDate' | 'endDate'> {
  const out: Record<string, string> = {};
  for (const key of ['startDate', 'endDate']) {
    const value = input[key];
    if (value === undefined || value === null) continue;
    const ms = typeof value === 'string' ? parseStamp(value) : undefined;
    if (ms === undefined) throw badFields({ [key]: `Error parsing date string: ${String(value)}` });
    out[key] = new Date(ms).toISOString();
  }
  return out;
}

/** The issues of a sprint, by rank. */
export const issuesOfSprint = (world: World, sprint: Sprint): Range<Issue> =>
  world.list(issues, { index: 'sprint', equals: String(sprint.id), orderBy: [{ by: rankOf }] });

/** An issue's place among others. */
export const rankOf = (issue: Issue): string => String(issue.fields.customfield_10019 ?? '');

/** Puts issues into a sprint that is not closed, or (without one) back into the backlog. */
export function moveToSprint(world: World, user: User, keys: unknown, sprint: Sprint | undefined): void {
  if (!Array.isArray(keys)) throw refused('badRequest');
  if (keys.length > MOVED_MAX)
    throw refused('badRequest', `At most ${MOVED_MAX} issues may be moved in one operation.`);
  if (sprint?.state === 'closed') throw refused('badRequest', 'Cannot assign issues to a closed sprint.');
  for (const key of keys) {
    const issue = requireIssue(world, String(key));
    const draft = draftOf(issue);
    const kept = ((issue.fields[SPRINT] ?? []) as number[]).filter(
      (id) => sprintById(world, id)?.state === 'closed',
    );
    const now = sprint ? [...kept, sprint.id] : kept;
    draft.fields[SPRINT] = now.length > 0 ? now : null;
    save(world, issue, draft, user);
  }
}

/** The field that ranks issues, as boards say it. */
export const RANK_FIELD_ID = Number(RANK.slice('customfield_'.length));
