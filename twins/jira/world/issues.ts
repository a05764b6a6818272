/** Rows beside the issues: what was deleted, how time is counted. */
import { sortable, type Table, table } from '../../../src/table.ts';

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

export const ISSUE_TABLES = [timeTracking, deletedWorklogs] as readonly unknown[] as readonly Table<never>[];
