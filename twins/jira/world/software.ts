/** Boards, their quick filters, and sprints: rows and tables of the agile API. */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { UserRef } from '../entities.ts';

/** A column of a board: the statuses of which it shows the issues, and how many it should hold. */
export interface BoardColumn {
  name: string;
  statuses: readonly string[];
  min?: number;
  max?: number;
}

export interface Board {
  id: number;
  name: string;
  type: 'scrum' | 'kanban' | 'simple';
  /** The project where it is; without one it is at its administrator's. */
  projectId?: string;
  /** Who administers it. */
  admin: UserRef;
  /** The saved filter that says which issues it has; a board that came with its project has all of that. */
  filterId?: string;
  /** As somebody arranged them; without, there is one for every status of the project. */
  columns?: readonly BoardColumn[];
  constraintType?: 'none' | 'issueCount' | 'issueCountExclSubs';
  /** What a kanban board shows besides, as a query. */
  subQuery?: string;
  /** `none`, `issueCount`, or the id of the field that is counted. */
  estimation?: string;
  /** Features that were switched, by name. */
  features?: Readonly<Record<string, boolean>>;
}

/** An issue that was taken out of the backlog of a board without sprints. */
export interface BoardIssue {
  boardId: number;
  issueId: string;
}

export interface QuickFilter {
  id: number;
  boardId: number;
  name: string;
  jql: string;
  description: string;
  position: number;
}

export interface Sprint {
  id: number;
  state: 'future' | 'active' | 'closed';
  name: string;
  originBoardId: number;
  createdDate: string;
  startDate?: string;
  endDate?: string;
  completeDate?: string;
  goal?: string;
  /** Where it stands among the sprints of its state. */
  sequence: number;
}

export const boards = table<Board>({
  name: 'jira.boards',
  key: (row) => sortable(row.id),
  indexes: { project: (row) => row.projectId, filter: (row) => row.filterId },
});
export const boardIssues = table<BoardIssue>({
  name: 'jira.boardIssues',
  key: (row) => `${row.boardId}/${row.issueId}`,
  indexes: { issue: (row) => row.issueId },
});
export const quickFilters = table<QuickFilter>({
  name: 'jira.quickFilters',
  key: (row) => sortable(row.id),
  indexes: { board: (row) => sortable(row.boardId) },
});
export const sprints = table<Sprint>({
  name: 'jira.sprints',
  key: (row) => sortable(row.id),
  indexes: { board: (row) => sortable(row.originBoardId) },
});

export const SOFTWARE_TABLES: readonly Table<never>[] = [
  boards,
  boardIssues,
  quickFilters,
  sprints,
] as readonly unknown[] as readonly Table<never>[];
