/** What decides about projects: schemes of types, priorities and mails, categories; and what projects keep besides issues. */
import { type Table, table } from '../../../src/table.ts';
import type { IssueType, Scope } from '../entities.ts';

/** Which types of issue the projects have that use it, in which order. A team-managed project has one of its own. */
export interface IssueTypeScheme {
  id: string;
  name: string;
  description: string;
  defaultIssueTypeId?: string;
  isDefault: boolean;
  issueTypeIds: readonly string[];
  scope?: Scope;
}

/** Which priorities the projects have that use it, in the site's order, and which one new issues begin with. */
export interface PriorityScheme {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  defaultPriorityId: string;
  priorityIds: readonly string[];
}

export interface ProjectCategory {
  id: string;
  name: string;
  description: string;
}

/** Something outside the issues that belongs to a version: a design, a chat. */
export interface RelatedWork {
  versionId: string;
  relatedWorkId: string;
  category: string;
  title?: string;
  url?: string;
}

/** Who is sent a mail when something happens: one line of a notification scheme. */
export interface SchemeNotification {
  id: number;
  /** What happens: 1 issue created, 2 updated, … */
  eventId: number;
  notificationType: string;
  /** A group id, an account id, the id of a role or of a field. */
  recipient?: string;
}

export interface NotificationScheme {
  id: string;
  name: string;
  description: string;
  notifications: readonly SchemeNotification[];
}

/** A picture that people loaded for one project, type of issue or priority. */
export interface Avatar {
  id: string;
  type: 'project' | 'issuetype' | 'priority';
  ownerId: string;
  mimeType: string;
  /** Base64. */
  content: string;
  /** The square of it that is shown, in pixels. */
  crop: { x: number; y: number; size: number };
}

/** A template that people made of a project. A live one follows its project, a snapshot stays as it was. */
export interface CustomTemplate {
  key: string;
  uuid: string;
  name: string;
  description: string;
  type: 'LIVE' | 'SNAPSHOT';
  projectId: string;
  options: { enableScreenDelegatedAdminSupport: boolean; enableWorkflowDelegatedAdminSupport: boolean };
  /** What a project of it has, where it does not follow one. */
  snapshot?: TemplateParts;
}

/** What a template brings to a project. */
export interface TemplateParts {
  projectTypeKey: string;
  teamManaged: boolean;
  issueTypes: readonly Omit<IssueType, 'id' | 'entityId' | 'scope'>[];
  statuses: readonly { name: string; category: 'undefined' | 'new' | 'indeterminate' | 'done' }[];
}

/** When a person last had to do with a project. */
export interface ProjectVisit {
  accountId: string;
  projectId: string;
  /** Counts up over the whole site. */
  nth: number;
}

export const issueTypeSchemes = table<IssueTypeScheme>({
  name: 'jira.issueTypeSchemes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), type: (row) => row.issueTypeIds },
});
export const prioritySchemes = table<PriorityScheme>({
  name: 'jira.prioritySchemes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), priority: (row) => row.priorityIds },
});
export const projectCategories = table<ProjectCategory>({
  name: 'jira.projectCategories',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
export const relatedWorks = table<RelatedWork>({
  name: 'jira.relatedWorks',
  key: (row) => `${row.versionId}/${row.relatedWorkId}`,
  indexes: { version: (row) => row.versionId },
});
export const notificationSchemes = table<NotificationScheme>({
  name: 'jira.notificationSchemes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
export const customTemplates = table<CustomTemplate>({
  name: 'jira.customTemplates',
  key: (row) => row.key,
  indexes: { project: (row) => row.projectId },
});
export const avatars = table<Avatar>({
  name: 'jira.avatars',
  key: (row) => row.id,
  indexes: { owner: (row) => `${row.type}/${row.ownerId}` },
});
export const projectVisits = table<ProjectVisit>({
  name: 'jira.projectVisits',
  key: (row) => `${row.accountId}/${row.projectId}`,
  indexes: { account: (row) => row.accountId, project: (row) => row.projectId },
});

/** The tables of projects and what decides about them. */
export const PROJECT_TABLES: readonly Table<never>[] = [
  issueTypeSchemes,
  prioritySchemes,
  projectCategories,
  relatedWorks,
  notificationSchemes,
  customTemplates,
  avatars,
  projectVisits,
] as readonly unknown[] as readonly Table<never>[];
