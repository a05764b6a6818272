/** Worklogs of an issue that go together: deleted, or moved to another issue. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, issueNotFound, missing } from '../../errors.ts';
import { WORKLOGS_PER_BULK_MAX } from '../../limits.ts';
import { type Issue, issues, type User, type Worklog, worklogs } from '../../world.ts';
import { may, mayBrowse } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { stamp } from '../time.ts';
import { BY_ITSELF, spend } from './estimates.ts';
import { requireIssue } from './issueNamed.ts';
import { forgetWorklog } from './worklogs.ts';

/**
 * Deletes worklogs of an issue without a word to anybody; 400 for too many and without the permission to delete
 * everybody's, 404 where one is not of this issue. `adjust`: `auto` or `leave`.
 */
export function deleteWorklogs(
  world: World,
  issue: Issue,
  user: User,
  ids: readonly number[],
  adjust: string | null,
): void {
  const rows = together(world, issue, user, ids);
  for (const row of rows) forgetWorklog(world, row);
  spend(world, issue, user, -total(rows), 'many', { ...BY_ITSELF, adjustEstimate: adjust });
}

/** Moves worklogs to another issue; no event tells of it, no history keeps it. Refusals as for deleting. */
export function moveWorklogs(
  world: World,
  issue: Issue,
  user: User,
  ids: readonly number[],
  to: string,
  adjust: string | null,
): void {
  const target = requireIssue(world, to);
  if (!mayBrowse(world, user, target)) throw issueNotFound();
  const rows = together(world, issue, user, ids);
  if (!may(world, user, 'WORK_ON_ISSUES', projectOf(world, target.fields.project), target))
    throw badQuery('You do not have the permission to associate a worklog to this issue.');
  if (rows.some((row) => row.visibility?.type === 'role'))
    throw badQuery('Worklogs restricted by project roles cannot be moved.');
  if (target.id === issue.id) throw badQuery('The worklogs are already associated with this issue.');
  if (adjust !== null && adjust !== 'auto' && adjust !== 'leave')
    throw badQuery('adjustEstimate must be one of: leave, auto.');
  for (const row of rows) world.put(worklogs, { ...row, issueId: target.id, updated: stamp(world.now()) });
  shift(world, issue, -total(rows), adjust);
  shift(world, target, total(rows), adjust);
}

const total = (rows: readonly Worklog[]): number => rows.reduce((sum, row) => sum + row.timeSpentSeconds, 0);

/** The times of one of the two issues; the remaining estimate follows the work. */
function shift(world: World, { id }: Issue, seconds: number, adjust: string | null): void {
  world.update(issues, id, (row) => {
    const { timespent, timeestimate } = row.fields;
    const left = adjust === 'leave' ? timeestimate : Math.max(0, (timeestimate ?? 0) + seconds);
    const spent = Math.max(0, (timespent ?? 0) + seconds) || null;
    return { ...row, fields: { ...row.fields, timespent: spent, timeestimate: left } };
  });
}

function together(world: World, issue: Issue, user: User, ids: readonly number[]): Worklog[] {
  if (ids.length === 0) throw badQuery('The list of worklog ids must not be empty.');
  if (ids.length > WORKLOGS_PER_BULK_MAX)
    throw badQuery(`The number of worklogs exceeds the limit of ${WORKLOGS_PER_BULK_MAX}.`);
  if (!may(world, user, 'DELETE_ALL_WORKLOGS', projectOf(world, issue.fields.project), issue))
    throw badQuery('You do not have the permission to delete the worklogs.');
  return [...new Set(ids)].map((id) => {
    const row = world.get(worklogs, String(id));
    if (!row || row.issueId !== issue.id) throw missing(`Cannot find worklog with id: '${id}'.`);
    return row;
  });
}
