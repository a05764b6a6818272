/** Rows of plans: work of several projects, laid out over time for teams. */
import { sortable, type Table, table } from '../../../src/table.ts';

export interface PlanDate {
  type: 'DueDate' | 'TargetStartDate' | 'TargetEndDate' | 'DateCustomField';
  dateCustomFieldId?: number;
}

/** What a plan says of itself: what `POST` takes, with all that it left out. */
export interface PlanDetails {
  name: string;
  leadAccountId?: string;
  issueSources: readonly { type: 'Board' | 'Project' | 'Filter'; value: number }[];
  scheduling: {
    estimation: 'StoryPoints' | 'Days' | 'Hours';
    startDate: PlanDate;
    endDate: PlanDate;
    inferredDates: 'None' | 'SprintDates' | 'ReleaseDates';
    dependencies: 'Sequential' | 'Concurrent';
  };
  exclusionRules: {
    numberOfDaysToShowCompletedIssues: number;
    issueIds: readonly number[];
    workStatusIds: readonly number[];
    workStatusCategoryIds: readonly number[];
    issueTypeIds: readonly number[];
    releaseIds: readonly number[];
  };
  crossProjectReleases: readonly { name: string; releaseIds: readonly number[] }[];
  customFields: readonly { customFieldId: number; filter: boolean }[];
  permissions: readonly { type: 'View' | 'Edit'; holder: { type: 'Group' | 'AccountId'; value: string } }[];
}

export interface Plan extends PlanDetails {
  id: number;
  scenarioId: number;
  status: 'Active' | 'Trashed' | 'Archived';
  /** Milliseconds. */
  lastSaved: number;
}

/** A team that only its plan knows. */
export interface PlanTeam {
  id: number;
  planId: number;
  name: string;
  planningStyle: 'Scrum' | 'Kanban';
  issueSourceId?: number;
  /** Weeks. */
  sprintLength?: number;
  capacity?: number;
  memberAccountIds: readonly string[];
}

export const plans = table<Plan>({ name: 'jira.plans', key: (row) => sortable(row.id) });
export const planTeams = table<PlanTeam>({
  name: 'jira.planTeams',
  key: (row) => sortable(row.id),
  indexes: { plan: (row) => sortable(row.planId) },
});

export const PLAN_TABLES = [plans, planTeams] as readonly unknown[] as readonly Table<never>[];
