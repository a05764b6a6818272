/** Work that people wrote down on an issue, and what it does to the issue's estimates. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, forbidden, missing } from '../../errors.ts';
import { WORKLOGS_PER_ISSUE_MAX } from '../../limits.ts';
import { type History, type Issue, issues, type User, type Worklog, worklogs } from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { browsing, may } from '../permissions/may.ts';
import { readVisibility, sees } from '../permissions/visibility.ts';
import { projectOf } from '../projects/projects.ts';
import { readRichText, type TextForm } from '../text/richText.ts';
import { parseStamp, parseWork, stamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';
import { tellWork } from '../webhooks/issueNews.ts';
import { item, record } from './history.ts';

export interface WorklogInput {
  timeSpent?: unknown;
  timeSpentSeconds?: unknown;
  started?: unknown;
  comment?: unknown;
  visibility?: unknown;
}

/** How a change of logged work changes the remaining estimate. */
export interface Adjustment {
  adjustEstimate: string | null;
  newEstimate: string | null;
  reduceBy: string | null;
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

/** Worklogs written or changed since a moment (milliseconds), oldest change first. */
export const worklogsSince = (world: World, user: User | undefined, since: number): Range<Worklog> =>
  world.list(worklogs, { index: 'updated', from: stamp(since), where: seenBy(world, user) });

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
    throw forbidden('You do not have the permission to associate a worklog to this issue.');
  const visibility = readVisibility(world, user, project, input.visibility);
  const seconds = durationOf(input);
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
  const history = spend(world, issue, user, seconds, adjustment);
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
  permit(world, issue, user, before, 'EDIT', 'edit');
  const seconds = durationOf(input) ?? before.timeSpentSeconds;
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
  const history = spend(world, issue, user, seconds - before.timeSpentSeconds, adjustment);
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
  permit(world, issue, user, before, 'DELETE', 'delete');
  happened(world, { event: 'worklog_deleted', user, worklog: before, issue });
  world.remove(worklogs, id);
  const history = spend(world, issue, user, -before.timeSpentSeconds, adjustment);
  tellWork(world, user, issue.id, history, 'issue_worklog_deleted');
}

/** Adds to the time spent, and takes from the remaining estimate as the caller wants. */
function spend(
  world: World,
  issue: Issue,
  user: User,
  seconds: number,
  adjustment: Adjustment,
): History | undefined {
  const { timespent, timeestimate } = issue.fields;
  const spent = Math.max(0, (timespent ?? 0) + seconds) || null;
  const left = remaining(timeestimate, seconds, adjustment);
  const text = (value: number | null) => (value === null ? null : String(value));
  const pair = (value: number | null) => [text(value), text(value)] as const;
  const history = record(world, issue.id, user, [
    ...(left === timeestimate ? [] : [item('timeestimate', 'timeestimate', pair(timeestimate), pair(left))]),
    ...(spent === timespent ? [] : [item('timespent', 'timespent', pair(timespent), pair(spent))]),
  ]);
  world.update(issues, issue.id, (row) => ({
    ...row,
    fields: { ...row.fields, timespent: spent, timeestimate: left, updated: stamp(world.now()) },
  }));
  return history;
}

function remaining(before: number | null, seconds: number, how: Adjustment): number | null {
  const given = (text: string | null, name: string) => {
    const value = text === null ? undefined : parseWork(text);
    if (value === undefined) throw badFields({ [name]: `You must supply a valid ${name}.` });
    return value;
  };
  switch (how.adjustEstimate) {
    case 'leave':
      return before;
    case 'new':
      return given(how.newEstimate, 'newEstimate');
    case 'manual':
      return Math.max(0, (before ?? 0) - given(how.reduceBy, 'reduceBy'));
    default:
      return before === null ? (seconds > 0 ? 0 : null) : Math.max(0, before - seconds);
  }
}

function durationOf({ timeSpent, timeSpentSeconds }: WorklogInput): number | undefined {
  const seconds =
    timeSpentSeconds !== undefined
      ? Number(timeSpentSeconds)
      : typeof timeSpent === 'string'
        ? (parseWork(timeSpent) ?? Number.NaN)
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

function permit(
  world: World,
  issue: Issue,
  user: User,
  worklog: Worklog,
  what: 'EDIT' | 'DELETE',
  verb: string,
): void {
  const own = worklog.author.accountId === user.accountId;
  const key = `${what}_${own ? 'OWN' : 'ALL'}_WORKLOGS`;
  if (!may(world, user, key, projectOf(world, issue.fields.project), issue))
    throw forbidden(`You do not have the permission to ${verb} this worklog.`);
}
