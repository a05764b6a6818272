/** Which issues are on a board, and which of them wait in its backlog. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type Board,
  boardIssues,
  type Issue,
  issues,
  issueTypes,
  type Project,
  type User,
} from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { compileJql } from '../jql/compile.ts';
import { parseJql } from '../jql/parse.ts';
import { finds, searchIssues, sorted } from '../jql/search.ts';
import { browsing } from '../permissions/may.ts';
import { projectOf, statusOf } from '../projects/projects.ts';
import { backlogColumn, columnsOf, doneColumn } from './boardColumns.ts';
import { hasBacklog, hasSprints } from './boardFeatures.ts';
import { boardJql, boardProjects, rankedJql } from './boardQuery.ts';
import { openSprintOf } from './issueSprints.ts';

export type Test = (issue: Issue) => boolean;

/** The issues that a person sees on a board, by rank or in the order of its query; of which `where` leaves some. */
export function issuesOfBoard(
  world: World,
  user: User | undefined,
  board: Board,
  where: Test = () => true,
): Range<Issue> {
  const shown = showing(world, user, board);
  return searchIssues(world, user, rankedJql(world, board)).filter((issue) => shown(issue) && where(issue));
}

/** Whether single issues belong to a board, as who asks sees it. */
export function belonging(world: World, user: User | undefined, board: Board): Test {
  const found = finds(world, user, compileJql(world, user, boardJql(world, board)));
  const shown = showing(world, user, board);
  return (issue) => found(issue) && shown(issue);
}

/**
 * What a board shows of that which its query finds: issues whose status has a column, which are no epics where it has
 * sprints by default, and which its sub-query does not leave out.
 */
function showing(world: World, user: User | undefined, board: Board): Test {
  const mapped = new Set(columnsOf(world, board).flatMap((column) => column.statuses));
  const epics = board.type === 'scrum' ? epicTypes(world) : NONE;
  const besides = board.subQuery ? compileJql(world, user, board.subQuery).hits.test : () => true;
  return (issue) =>
    mapped.has(issue.fields.status.id) && !epics.has(issue.fields.issuetype.id) && besides(issue);
}

const NONE: ReadonlySet<string> = new Set();

/** Ids of the kinds of issue that are epics. */
export const epicTypes = (world: World): ReadonlySet<string> =>
  new Set(
    world
      .list(issueTypes, { where: (row) => row.hierarchyLevel === 1 })
      .toArray()
      .map((row) => row.id),
  );

/** Whether an issue of a board waits in its backlog rather than being worked on. */
export function backlogged(world: World, board: Board): Test {
  if (hasSprints(world, board)) {
    const done = new Set(doneColumn(world, board)?.statuses);
    return (issue) => !done.has(issue.fields.status.id) && openSprintOf(world, issue) === undefined;
  }
  if (board.type === 'kanban') {
    const waiting = new Set(backlogColumn(world, board)?.statuses);
    return (issue) => waiting.has(issue.fields.status.id);
  }
  if (!hasBacklog(world, board)) return () => false;
  return (issue) =>
    statusOf(world, issue.fields.status).statusCategory.id !== categoryId('done') &&
    world.get(boardIssues, `${board.id}/${issue.id}`) === undefined;
}

/** The projects of a board: those that its query names, and those of which it has issues. By name. */
export function projectsOfBoard(world: World, user: User | undefined, board: Board): Project[] {
  const named = boardProjects(world, board);
  if (named.length > 0) return named;
  const ids = new Set([...issuesOfBoard(world, user, board)].map(({ fields }) => fields.project.id));
  return [...ids].map((id) => projectOf(world, { id })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** All issues of the site that a person sees and that pass a test, by rank. */
export function issuesByRank(world: World, user: User | undefined, where: Test): Range<Issue> {
  const seen = browsing(world, user);
  return world.list(issues, { index: 'rank', where: (issue) => where(issue) && seen(issue) });
}

/** What a reader's own query leaves of issues, in its order where it names one. Throws `badQuery`. */
export function narrowed(
  world: World,
  user: User | undefined,
  all: Range<Issue>,
  jql: string | null,
): Range<Issue> {
  if (!jql) return all;
  const { hits, ordering } = compileJql(world, user, jql);
  const left = all.filter(hits.test);
  return parseJql(jql).orderBy.length === 0 ? left : sorted(world, left, ordering);
}
