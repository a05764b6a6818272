/** Rows of the site's own life: what its administrators did, and work that takes its time. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { UserRef } from '../entities.ts';

/** What an audit record is about. */
export interface AuditItem {
  id?: string;
  name: string;
  typeName: string;
  parentId?: string;
  parentName?: string;
}

export interface AuditChange {
  fieldName: string;
  changedFrom?: string;
  changedTo?: string;
}

/** One thing that an administrator did. */
export interface AuditRecord {
  id: number;
  summary: string;
  author?: UserRef;
  /** Milliseconds. */
  at: number;
  category: string;
  description: string;
  objectItem?: AuditItem;
  changedValues: readonly AuditChange[];
  associatedItems: readonly AuditItem[];
}

export const auditRecords = table<AuditRecord>({ name: 'jira.auditRecords', key: (row) => sortable(row.id) });

/** Work that is done when the universe's clock reaches its end. */
export interface Task {
  id: string;
  description: string;
  submitter: UserRef;
  /** Which work, of `model/site/taskWorks.ts`. */
  work: string;
  input: Readonly<Record<string, unknown>>;
  /** Milliseconds. */
  submitted: number;
  ends: number;
  timer?: string;
  /** How it ended; none while it runs. */
  outcome?: 'COMPLETE' | 'FAILED' | 'CANCELLED';
  finished?: number;
  message?: string;
  result?: unknown;
}

export const tasks = table<Task>({
  name: 'jira.tasks',
  key: (row) => row.id,
  indexes: {
    finished: (row) => (row.finished === undefined ? undefined : sortable(row.finished)),
    running: (row) => (row.outcome === undefined ? row.work : undefined),
  },
});

/** What an administrator set: an application property, or the columns of lists of issues. */
export interface SettingRow {
  key: string;
  value: string;
}

export const settings = table<SettingRow>({ name: 'jira.settings', key: (row) => row.key });

/** One row, `banner`. */
export interface Banner {
  id: 'banner';
  message: string;
  isDismissible: boolean;
  isEnabled: boolean;
  visibility: 'public' | 'private';
}

export const banners = table<Banner>({ name: 'jira.banner', key: (row) => row.id });

export const SITE_TABLES = [
  auditRecords,
  tasks,
  settings,
  banners,
] as readonly unknown[] as readonly Table<never>[];
