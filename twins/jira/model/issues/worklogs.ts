/** Work that people wrote down on an issue, and what it does to the issue's estimates. */
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import { WORKLOGS_PER_ISSUE_MAX } from '../../limits.ts';
import {
  type DeletedWorklog,
  deletedWorklogs,
  type Issue,
  issues,
  type User,
  type Worklog,
  worklogs,
} from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { browsing, may } from '../permissions/may.ts';
import { readVisibility, sees } from '../permissions/visibility.ts';
import { projectOf } from '../projects/projects.ts';
import { deleteProperties, keepProperties } from '../properties.ts';
import { readRichText, type TextForm } from '../text/richText.ts';
import { parseStamp, stamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { tellWork } from '../webhooks/issueNews.ts';
import { type Adjustment, spend } from './estimates.ts';
import { parseWork, timeTrackingOf } from './timeTracking.ts';

export interface WorklogInput {
  timeSpent?: unknown;
  timeSpentSeconds?: unknown;
  started?: unknown;
  comment?: unknown;
  visibility?: unknown;
  properties?: unknown;
}

/** An issue's worklogs, in the order in which the work began. */
export const worklogsOf = (world: World, issueId: string): Range<Worklog> =>
  world.list(worklogs, {
    index: 'issue',
    equals: issueId,
    orderBy: [{ by: (row) => row.started }, { by: (row) => Number(row.id) }],
  });

/** The worklogs with these ids; those that are not there, or not for `user`, are left out. */
export const worklogsById = (world: World, user: User | undefined, ids: readonly unknown[]): Worklog[] => {
  const seen = seenBy(world, user);
  return ids.flatMap((id) => world.get(worklogs, String(id)) ?? []).filter(seen);
};

/** Whether a person sees a piece of work: its issue, and what it is restricted to. */
export function seenBy(world: World, user: User | undefined): (worklog: Worklog) => boolean {
  const seen = browsing(world, user);
  return ({ issueId, visibility }) => {
    const issue = world.get(issues, issueId);
    return issue !== undefined && seen(issue) && sees(world, user, issue, visibility);
  };
}

/** An issue's worklogs as `user` sees them: less those that are restricted to others. */
export const worklogsSeen = (world: World, user: User | undefined, issue: Issue): Range<Worklog> =>
  worklogsOf(world, issue.id).filter((row) => sees(world, user, issue, row.visibility));

/** A minute must pass before a change of logged work is told of: until then others may be under way. */
const SETTLED_MS = 60_000;

/** Worklogs written or changed since a moment (milliseconds), oldest change first. */
export const worklogsSince = (world: World, user: User | undefined, since: number): Range<Worklog> =>
  world.list(worklogs, {
    index: 'updated',
    from: stamp(since),
    to: stamp(world.now() - SETTLED_MS),
    where: seenBy(world, user),
  });

/** Worklogs deleted since a moment (milliseconds), oldest first. */
export const deletedSince = (world: World, since: number): Range<DeletedWorklog> =>
  world.list(deletedWorklogs, {
    index: 'at',
    from: sortable(since),
    to: sortable(Math.max(0, world.now() - SETTLED_MS)),
  });

/** Takes a worklog away with its properties, and notes that it went. */
export function forgetWorklog(world: World, { id }: Worklog): void {
  world.remove(worklogs, id);
  deleteProperties(world, 'worklog', id);
  world.put(deletedWorklogs, { id, at: world.now() });
}

/** 404 `Cannot find worklog with id: '10000'.` */
export function requireWorklog(world: World, user: User | undefined, issue: Issue, id: string): Worklog {
  const found = isNumeric(id) ? world.get(worklogs, id) : undefined;
  if (!found || found.issueId !== issue.id || !sees(world, user, issue, found.visibility))
    throw missing(`Cannot find worklog with id: '${id}'.`);
  return found;
}

/** Writes work down; `badFields` for a missing or wrong duration, start or comment. */
export function addWorklog(
  world: World,
  issue: Issue,
  user: User,
  input: WorklogInput,
  form: TextForm,
  adjustment: Adjustment,
): Worklog {
  const project = projectOf(world, issue.fields.project);
  if (!may(world, user, 'WORK_ON_ISSUES', project, issue))
    throw badQuery('You do not have the permission to associate a worklog to this issue.');
  const visibility = readVisibility(world, user, project, input.visibility);
  const seconds = durationOf(world, input);
  if (seconds === undefined)
    throw badFields({ timeLogged: 'You must indicate the time spent working on this issue.' });
  if (world.list(worklogs, { index: 'issue', equals: issue.id }).count() >= WORKLOGS_PER_ISSUE_MAX)
    throw badFields({ timeLogged: `An issue takes at most ${WORKLOGS_PER_ISSUE_MAX} worklogs.` });
  const now = stamp(world.now());
  const author = { accountId: user.accountId };
  const added = world.insert(worklogs, {
    id: nextId(world, 'worklog'),
    issueId: issue.id,
    author,
    updateAuthor: author,
    ...commentOf(input.comment, form),
    created: now,
    updated: now,
    started: startOf(input.started) ?? now,
    timeSpentSeconds: seconds,
    ...(visibility ? { visibility } : {}),
  });
  keepProperties(world, 'worklog', added.id, input.properties);
  const history = spend(world, issue, user, seconds, 'add', adjustment);
  happened(world, { event: 'worklog_created', user, worklog: added, issue });
  tellWork(world, user, issue.id, history, 'issue_work_logged');
  return added;
}

/** Changes a worklog; what is not said stays. */
export function updateWorklog(
  world: World,
  issue: Issue,
  user: User,
  id: string,
  input: WorklogInput,
  form: TextForm,
  adjustment: Adjustment,
): Worklog {
  const before = requireWorklog(world, user, issue, id);
  permitWorklog(world, issue, user, before, 'EDIT');
  const seconds = durationOf(world, input) ?? before.timeSpentSeconds;
  const { comment, wiki, visibility: restricted, ...rest } = before;
  const visibility =
    input.visibility === undefined
      ? restricted
      : readVisibility(world, user, projectOf(world, issue.fields.project), input.visibility);
  const kept = { ...(comment ? { comment } : {}), ...(wiki === undefined ? {} : { wiki }) };
  const updated = world.put(worklogs, {
    ...rest,
    ...(input.comment === undefined ? kept : commentOf(input.comment, form)),
    updateAuthor: { accountId: user.accountId },
    updated: stamp(world.now()),
    started: startOf(input.started) ?? before.started,
    timeSpentSeconds: seconds,
    ...(visibility ? { visibility } : {}),
  });
  keepProperties(world, 'worklog', id, input.properties);
  const history = spend(world, issue, user, seconds - before.timeSpentSeconds, 'update', adjustment);
  happened(world, { event: 'worklog_updated', user, worklog: updated, issue });
  tellWork(world, user, issue.id, history, 'issue_worklog_updated');
  return updated;
}

export function deleteWorklog(
  world: World,
  issue: Issue,
  user: User,
  id: string,
  adjustment: Adjustment,
): void {
  const before = requireWorklog(world, user, issue, id);
  permitWorklog(world, issue, user, before, 'DELETE');
  happened(world, { event: 'worklog_deleted', user, worklog: before, issue });
  forgetWorklog(world, before);
  const history = spend(world, issue, user, -before.timeSpentSeconds, 'delete', adjustment);
  tellWork(world, user, issue.id, history, 'issue_worklog_deleted');
}

function durationOf(world: World, { timeSpent, timeSpentSeconds }: WorklogInput): number | undefined {
  const seconds =
    timeSpentSeconds !== undefined
      ? Number(timeSpentSeconds)
      : typeof timeSpent === 'string'
        ? (parseWork(timeSpent, timeTrackingOf(world)) ?? Number.NaN)
        : undefined;
  if (seconds === undefined) return undefined;
  if (!Number.isFinite(seconds) || seconds < 60)
    throw badFields({ timeLogged: 'Invalid time duration entered.' });
  return Math.floor(seconds);
}

function startOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const ms = typeof value === 'string' ? parseStamp(value) : undefined;
  if (ms === undefined) throw badFields({ started: `Error parsing date string: ${String(value)}` });
  return stamp(ms);
}

function commentOf(value: unknown, form: TextForm): Pick<Worklog, 'comment' | 'wiki'> {
  const text = readRichText(value, form);
  if (text === null) return {};
  if ('problem' in text) throw badFields({ comment: 'Comment body is not valid!' });
  return { comment: text.doc, ...(text.wiki === undefined ? {} : { wiki: text.wiki }) };
}

/** 403 for a worklog that the person may not edit or delete. */
export function permitWorklog(
  world: World,
  issue: Issue,
  user: User,
  worklog: Worklog,
  what: 'EDIT' | 'DELETE',
): void {
  const own = worklog.author.accountId === user.accountId;
  const key = `${what}_${own ? 'OWN' : 'ALL'}_WORKLOGS`;
  if (!may(world, user, key, projectOf(world, issue.fields.project), issue))
    throw badQuery(`You do not have the permission to ${what.toLowerCase()} this worklog.`);
}
