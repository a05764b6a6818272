/** Epics: their short name and colour, and the issues under them. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden } from '../../errors.ts';
import { type Board, type Issue, issues, type User } from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { EPIC_COLOR, EPIC_NAME, EPIC_STATUS } from '../fields/fields.ts';
import { optionsOfField } from '../fields/options.ts';
import { readSummary } from '../issues/fieldValues.ts';
import { draftOf } from '../issues/issueFields.ts';
import { levelOf } from '../issues/issueNamed.ts';
import { searchIssues } from '../jql/search.ts';
import { browsing, may } from '../permissions/may.ts';
import { projectOf, statusOf } from '../projects/projects.ts';
import { save } from '../workflows/workflow.ts';
import { epicTypes } from './boardIssues.ts';
import { rankedJql } from './boardQuery.ts';
import { movedIssues, visibleIssue } from './moved.ts';
import { rankOf } from './rank.ts';

/** The epic with this id or key; 404 for none, 400 for an issue that is no epic. */
export function requireEpic(world: World, user: User | undefined, idOrKey: string): Issue {
  const issue = visibleIssue(world, user, idOrKey);
  if (levelOf(world, issue) !== 1) throw badQuery(`The issue ${issue.key} is not an epic.`);
  return issue;
}

/** An epic's issues that a person sees, by rank. */
export const issuesOfEpic = (world: World, user: User | undefined, epic: Issue): Range<Issue> =>
  world.list(issues, {
    index: 'parent',
    equals: epic.id,
    where: browsing(world, user),
    orderBy: [{ by: rankOf }],
  });

/** Whether an issue could be under an epic and is not. */
export const hasNoEpic = (world: World, issue: Issue): boolean =>
  levelOf(world, issue) === 0 && issue.fields.parent === null;

/** The epics that a board's query finds for a person, by rank; only those that are done, or not, where asked so. */
export function epicsOfBoard(
  world: World,
  user: User | undefined,
  board: Board,
  done?: boolean,
): Range<Issue> {
  const kinds = epicTypes(world);
  return searchIssues(world, user, rankedJql(world, board)).filter(
    (issue) => kinds.has(issue.fields.issuetype.id) && (done === undefined || isDone(world, issue) === done),
  );
}

const DONE = 'Done';

/** Whether an epic was marked as done, or its work is. */
export function isDone(world: World, epic: Issue): boolean {
  const marked = epic.fields[EPIC_STATUS] as { value?: string } | null | undefined;
  if (marked?.value !== undefined) return marked.value === DONE;
  return statusOf(world, epic.fields.status).statusCategory.id === categoryId('done');
}

/** The number of an epic's colour, from 1. */
export const colorOf = (epic: Issue): number =>
  Number(/\d+$/.exec(String(epic.fields[EPIC_COLOR] ?? 'ghx-label-1'))?.[0] ?? 1);

export const EPIC_COLORS = 14;

/** What `POST /epic/{epicIdOrKey}` takes; what is left out stays. */
export interface EpicInput {
  name?: unknown;
  summary?: unknown;
  color?: unknown;
  done?: unknown;
}

/** Changes an epic; `badFields` for what is not valid, 403 for who may not edit it. */
export function updateEpic(world: World, user: User, epic: Issue, input: EpicInput): Issue {
  requireEdits(world, user, epic);
  const draft = draftOf(epic);
  const { name, summary, color, done } = input;
  const problems: Record<string, string> = {};
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    problems.name = 'The epic name must not be empty.';
  if (summary !== undefined && (typeof summary !== 'string' || summary.trim() === ''))
    problems.summary = 'You must specify a summary of the issue.';
  const number = color === undefined ? undefined : colorNumber(color);
  if (color !== undefined && number === undefined)
    problems.color = `Valid values for color are color_1 to color_${EPIC_COLORS}.`;
  if (done !== undefined && typeof done !== 'boolean') problems.done = 'done must be true or false.';
  if (Object.keys(problems).length > 0) throw badFields(problems);
  if (name !== undefined) draft.fields[EPIC_NAME] = name;
  if (summary !== undefined) draft.fields.summary = readSummary(summary);
  if (number !== undefined) draft.fields[EPIC_COLOR] = `ghx-label-${number}`;
  if (done !== undefined) draft.fields[EPIC_STATUS] = statusNamed(world, done ? DONE : 'To Do');
  return save(world, epic, draft, user);
}

function statusNamed(world: World, wanted: string): { id: string; value: string } | null {
  const found = optionsOfField(world, EPIC_STATUS).find(({ value }) => value === wanted);
  return found ? { id: found.id, value: found.value } : null;
}

function colorNumber(color: unknown): number | undefined {
  const key = typeof color === 'object' && color !== null ? (color as { key?: unknown }).key : undefined;
  const number = Number(/^color_(\d{1,2})$/.exec(String(key))?.[1]);
  return number >= 1 && number <= EPIC_COLORS ? number : undefined;
}

function requireEdits(world: World, user: User, issue: Issue): void {
  if (!may(world, user, 'EDIT_ISSUES', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have permission to edit issues in this project.');
}

/** Puts issues under an epic, or (without one) under none; 403 where one of them, or the epic, may not be edited. */
export function moveToEpic(world: World, user: User, keys: unknown, epic: Issue | undefined): void {
  if (epic) requireEdits(world, user, epic);
  const moving = movedIssues(world, user, keys);
  for (const issue of moving) {
    if (levelOf(world, issue) !== 0) throw badQuery(`The issue ${issue.key} cannot be added to an epic.`);
    requireEdits(world, user, issue);
  }
  for (const issue of moving) {
    const draft = draftOf(issue);
    draft.fields.parent = epic ? { id: epic.id } : null;
    save(world, issue, draft, user);
  }
}
