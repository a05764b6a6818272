/** The list of archived issues as a file, made by a task. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { siteBase } from '../../hosts.ts';
import {
  type ArchivedIssue,
  type ArchiveExport,
  archivedIssues,
  archiveExports,
  type Task,
  type User,
  type UserRef,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { personOf } from '../people/people.ts';
import { requireAdmin } from '../permissions/may.ts';
import {
  issueTypeOf,
  priorityOf,
  projectNamed,
  projectOf,
  resolutionOf,
  statusOf,
} from '../projects/projects.ts';
import { startTask } from '../site/tasks.ts';
import { isDay, stamp } from '../time.ts';
import { oneAtATime } from './archive.ts';

/** Which archived issues are wanted; what is not said does not matter. */
export interface ArchiveFilter {
  projects?: readonly string[];
  issueTypes?: readonly string[];
  reporters?: readonly string[];
  archivedBy?: readonly string[];
  archivedDateRange?: { dateAfter: string; dateBefore: string };
}

/** Begins an export; 400 for a filter that names what is not there, 412 while another runs. */
export function exportArchived(world: World, user: User, filter: ArchiveFilter): Task {
  requireAdmin(world, user, 'User is not an admin.');
  for (const key of filter.projects ?? [])
    if (!projectNamed(world, key)) throw badQuery(`Your filter contains invalid values ${key}`);
  for (const day of Object.values(filter.archivedDateRange ?? {}))
    if (!isDay(day)) throw badQuery(`Your filter contains invalid values ${day}`);
  oneAtATime(world, 'exportArchived', 'archival export');
  return startTask(world, {
    description: 'Export Archived Issues',
    submitter: { accountId: user.accountId },
    work: 'exportArchived',
    input: { filter },
  });
}

/** The work of such a task: a file of what it found when it ended, in the order of their ids. */
export function exportWork(world: World, { filter }: { filter: ArchiveFilter }, submitter: UserRef): unknown {
  const found = [...world.list(archivedIssues, { where: (row) => wanted(world, row, filter) })];
  const { id } = world.insert(archiveExports, {
    id: nextId(world, 'archiveExport'),
    owner: { accountId: submitter.accountId },
    csv: csvOf(world, found),
  });
  return { fileUrl: `${siteBase(world)}${EXPORT_PATH}/${id}.csv` };
}

/** Under which a site keeps such files. */
export const EXPORT_PATH = '/secure/archivedIssuesExport';

function wanted(world: World, issue: ArchivedIssue, filter: ArchiveFilter): boolean {
  const among = (list: readonly string[] | undefined, value: string | undefined) =>
    list === undefined || list.length === 0 || (value !== undefined && list.includes(value));
  const { dateAfter, dateBefore } = filter.archivedDateRange ?? {};
  const day = stamp(issue.archivedAt).slice(0, 10);
  return (
    among(filter.projects, projectOf(world, issue.fields.project).key) &&
    among(filter.issueTypes, issue.fields.issuetype.id) &&
    among(filter.reporters, issue.fields.reporter?.accountId) &&
    among(filter.archivedBy, issue.archivedBy.accountId) &&
    (dateAfter === undefined || day >= dateAfter) &&
    (dateBefore === undefined || day <= dateBefore)
  );
}

/** The file that an export made, for who began it or administers; 404 where there is none. */
export function exportedFile(world: World, user: User, id: string): ArchiveExport {
  const file = world.require(archiveExports, id, () => missing('The export file was not found.'));
  if (file.owner.accountId !== user.accountId) requireAdmin(world, user);
  return file;
}

type Column = readonly [title: string, of: (world: World, issue: ArchivedIssue) => string];

const nameOf = (world: World, ref: UserRef | null): string => personOf(world, ref)?.displayName ?? '';

const COLUMNS: readonly Column[] = [
  ['Summary', (_, { fields }) => fields.summary],
  ['Issue key', (_, { key }) => key],
  ['Issue id', (_, { id }) => id],
  ['Issue Type', (world, { fields }) => issueTypeOf(world, fields.issuetype).name],
  ['Status', (world, { fields }) => statusOf(world, fields.status).name],
  ['Project key', (world, { fields }) => projectOf(world, fields.project).key],
  ['Priority', (world, { fields }) => (fields.priority ? priorityOf(world, fields.priority).name : '')],
  [
    'Resolution',
    (world, { fields }) => (fields.resolution ? resolutionOf(world, fields.resolution).name : ''),
  ],
  ['Assignee', (world, { fields }) => nameOf(world, fields.assignee)],
  ['Reporter', (world, { fields }) => nameOf(world, fields.reporter)],
  ['Created', (_, { fields }) => fields.created],
  ['Updated', (_, { fields }) => fields.updated],
  ['ArchivedBy', (world, { archivedBy }) => nameOf(world, archivedBy)],
  ['ArchivedDate', (_, { archivedAt }) => stamp(archivedAt)],
];

function csvOf(world: World, rows: readonly ArchivedIssue[]): string {
  const lines = rows.map((row) => COLUMNS.map(([, of]) => cell(of(world, row))).join(','));
  return `${[COLUMNS.map(([title]) => title).join(','), ...lines].join('\n')}\n`;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
