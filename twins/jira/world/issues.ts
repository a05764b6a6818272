/** Rows beside the issues: what was deleted, how time is counted. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { Issue, UserRef } from '../entities.ts';

/** How the site counts and writes working time; one row, `site`. */
export interface TimeTracking {
  id: 'site';
  /** The key of its provider. */
  provider: string;
  workingHoursPerDay: number;
  workingDaysPerWeek: number;
  timeFormat: 'pretty' | 'days' | 'hours';
  defaultUnit: 'minute' | 'hour' | 'day' | 'week';
}

export const timeTracking = table<TimeTracking>({ name: 'jira.timeTracking', key: (row) => row.id });

/** Logged work that is no longer there. */
export interface DeletedWorklog {
  id: string;
  /** Milliseconds. */
  at: number;
}

export const deletedWorklogs = table<DeletedWorklog>({
  name: 'jira.deletedWorklogs',
  key: (row) => row.id,
  indexes: { at: (row) => `${sortable(row.at)}/${sortable(Number(row.id))}` },
});

/** An issue that was archived: no search, board or list finds it; it is read by its key, and comes back as it was. */
export interface ArchivedIssue extends Issue {
  archivedBy: UserRef;
  /** Milliseconds. */
  archivedAt: number;
}

export const archivedIssues = table<ArchivedIssue>({
  name: 'jira.archivedIssues',
  key: (row) => row.id,
  indexes: {
    key: (row) => [row.key, ...(row.formerKeys ?? [])],
    parent: (row) => row.fields.parent?.id,
    project: (row) => row.fields.project.id,
  },
});

/** A file that an export of archived issues made. */
export interface ArchiveExport {
  id: string;
  owner: UserRef;
  csv: string;
}

export const archiveExports = table<ArchiveExport>({ name: 'jira.archiveExports', key: (row) => row.id });

/** A mail that the site sent to a person. */
export interface Mail {
  id: number;
  to: UserRef;
  emailAddress: string;
  /** The sender, where it is a project's. */
  from?: string;
  /** What it tells of: `Issue created`, `Issue mentioned`. */
  event?: string;
  subject: string;
  textBody: string;
  htmlBody: string;
  issueId?: string;
  /** Milliseconds. */
  at: number;
}

export const mails = table<Mail>({
  name: 'jira.mails',
  key: (row) => sortable(row.id),
  indexes: { to: (row) => row.to.accountId },
});

/** A request to redact texts, and the task that does it. */
export interface RedactionJob {
  id: string;
  task: string;
}

export const redactionJobs = table<RedactionJob>({ name: 'jira.redactionJobs', key: (row) => row.id });

export const ISSUE_TABLES = [
  timeTracking,
  deletedWorklogs,
  archivedIssues,
  archiveExports,
  mails,
  redactionJobs,
] as readonly unknown[] as readonly Table<never>[];
