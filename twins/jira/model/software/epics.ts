/** Epics and ranks: what boards do with issues. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, refused } from '../../errors.ts';
import { type Board, type Issue, issues, issueTypes, type User } from '../../world.ts';
import { RANK } from '../fields/fields.ts';
import { draftOf } from '../issues/issueFields.ts';
import { levelOf, requireIssue } from '../issues/issueNamed.ts';
import { save } from '../workflows/workflow.ts';
import { rankBetween } from './rank.ts';
import { rankOf } from './sprints.ts';

/** Issues that one call may move. */
const MOVED_MAX = 50;

/** The epic with this id or key; 404 for none, 400 for an issue that is no epic. */
export function requireEpic(world: World, idOrKey: string): Issue {
  const issue = requireIssue(world, idOrKey);
  if (levelOf(world, issue) !== 1) throw badQuery(`The issue ${issue.key} is not an epic.`);
  return issue;
}

/** An epic's issues, by rank. */
export const issuesOfEpic = (world: World, epic: Issue): Range<Issue> =>
  world.list(issues, { index: 'parent', equals: epic.id, orderBy: [{ by: rankOf }] });

/** The issues of a board's project, by rank: all but sub-tasks' epics. */
export const issuesOfBoard = (world: World, board: Board, where?: (issue: Issue) => boolean): Range<Issue> =>
  world.list(issues, {
    index: 'project',
    equals: board.projectId,
    orderBy: [{ by: rankOf }],
    ...(where ? { where } : {}),
  });

/** The epics of a board's project, by rank. */
export function epicsOf(world: World, board: Board): Range<Issue> {
  const kinds = new Set(
    world
      .list(issueTypes, { where: (row) => row.hierarchyLevel === 1 })
      .toArray()
      .map((row) => row.id),
  );
  return issuesOfBoard(world, board, (issue) => kinds.has(issue.fields.issuetype.id));
}

/** Puts issues under an epic, or (without one) under none. */
export function moveToEpic(world: World, user: User, keys: unknown, epic: Issue | undefined): void {
  for (const issue of moved(world, keys)) {
    const level = levelOf(world, issue);
    if (level !== 0) throw badQuery(`The issue ${issue.key} cannot be added to an epic.`);
    const draft = draftOf(issue);
    draft.fields.parent = epic ? { id: epic.id } : null;
    save(world, issue, draft, user);
  }
}

/** Ranks issues right before or right after another, in the order in which they are given. */
export function rankIssues(world: World, user: User, keys: unknown, before: unknown, after: unknown): void {
  if ((typeof before !== 'string') === (typeof after !== 'string'))
    throw badQuery("Exactly one of 'rankBeforeIssue' and 'rankAfterIssue' must be given.");
  const anchor = requireIssue(world, String(before ?? after));
  const ordered = world.list(issues, { orderBy: [{ by: rankOf }] }).toArray();
  const at = ordered.findIndex((issue) => issue.id === anchor.id);
  const below = ordered[typeof after === 'string' ? at : at - 1];
  const above = ordered[typeof after === 'string' ? at + 1 : at];
  let low = below ? rankOf(below) : undefined;
  for (const issue of moved(world, keys)) {
    const rank = rankBetween(low, above ? rankOf(above) : undefined);
    const draft = draftOf(issue);
    draft.fields[RANK] = rank;
    save(world, issue, draft, user);
    low = rank;
  }
}

function moved(world: World, keys: unknown): Issue[] {
  if (!Array.isArray(keys) || keys.length === 0) throw refused('badRequest');
  if (keys.length > MOVED_MAX) throw badQuery(`At most ${MOVED_MAX} issues may be moved in one operation.`);
  return keys.map((key) => requireIssue(world, String(key)));
}
