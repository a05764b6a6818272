/** Jira's tables and their look-ups; what the rows are is in `entities.ts`. */
import { sortable, type Table, table, words } from '../../src/table.ts';
import type {
  ApiToken,
  Attachment,
  Comment,
  Component,
  Follower,
  History,
  Issue,
  IssueLink,
  IssueLinkType,
  IssueType,
  Priority,
  Project,
  Property,
  RemoteLink,
  Resolution,
  Site,
  Status,
  User,
  Version,
  Visibility,
  Worklog,
} from './entities.ts';
import { facetsOf, placeOfId, sameFacets, stemmedWords } from './model/jql/facets.ts';
import { plainText } from './model/text/adf.ts';
import { parseStamp, sortableMoment } from './model/time.ts';
import { DASHBOARD_TABLES } from './world/dashboards.ts';
import { FILTER_TABLES } from './world/filters.ts';
import { PEOPLE_TABLES } from './world/people.ts';
import { PLAN_TABLES } from './world/plans.ts';
import { SITE_TABLES } from './world/site.ts';
import { SOFTWARE_TABLES } from './world/software.ts';
import { WORKFLOW_TABLES } from './world/workflows.ts';

export type * from './entities.ts';
export * from './world/dashboards.ts';
export * from './world/filters.ts';
export * from './world/people.ts';
export * from './world/plans.ts';
export * from './world/site.ts';
export * from './world/workflows.ts';

import { DEVOPS_TABLES } from './world/devops.ts';
import { FIELD_TABLES } from './world/fields.ts';
import { PROJECT_TABLES } from './world/projects.ts';

export * from './world/fieldSchemes.ts';
export * from './world/fields.ts';
export * from './world/projects.ts';
export * from './world/screens.ts';

import { APP_TABLES } from './world/apps.ts';
import { ISSUE_TABLES } from './world/issues.ts';
import { WEBHOOK_TABLES } from './world/webhooks.ts';

export * from './world/devops.ts';
export * from './world/issues.ts';
export * from './world/software.ts';
export * from './world/webhooks.ts';

export const site = table<Site>({ name: 'jira.site', key: (row) => row.id });
export const users = table<User>({
  name: 'jira.users',
  key: (row) => row.accountId,
  indexes: {
    email: (row) => row.emailAddress.toLowerCase(),
    word: (row) => [row.emailAddress.toLowerCase(), ...words(`${row.displayName} ${row.emailAddress}`)],
  },
});
export const apiTokens = table<ApiToken>({
  name: 'jira.apiTokens',
  secret: true,
  key: (row) => row.id,
  indexes: { token: (row) => row.token, app: (row) => row.app },
});
export const issueTypes = table<IssueType>({
  name: 'jira.issueTypes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
export const statuses = table<Status>({
  name: 'jira.statuses',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), scope: (row) => row.scope?.project.id },
});
export const projects = table<Project>({
  name: 'jira.projects',
  key: (row) => row.id,
  indexes: {
    key: (row) => [row.key, ...(row.formerKeys ?? [])],
    workflowScheme: (row) => row.workflowScheme.id,
    name: (row) => row.name.toLowerCase(),
    issueTypeScheme: (row) => row.issueTypeScheme.id,
    priorityScheme: (row) => row.priorityScheme?.id ?? '',
    notificationScheme: (row) => row.notificationScheme?.id ?? '',
    category: (row) => row.projectCategory?.id,
    permissionScheme: (row) => row.permissionScheme?.toString(),
    securityScheme: (row) => row.securityScheme?.toString(),
  },
});
export const priorities = table<Priority>({
  name: 'jira.priorities',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
export const resolutions = table<Resolution>({
  name: 'jira.resolutions',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase() },
});
/** Where an issue stands in an order: among those of its project, and (under no project) among all. */
const ordered = (row: Issue, ...places: string[]): string[] =>
  [row.fields.project.id, ''].map((project) => [project, ...places, placeOfId(row.id)].join('/'));

/** A stored moment as something that sorts. */
const inTime = (moment: string): string => sortableMoment(parseStamp(moment) ?? 0);

export const issues = table<Issue>({
  name: 'jira.issues',
  key: (row) => row.id,
  indexes: {
    key: (row) => [row.key, ...(row.formerKeys ?? [])],
    project: (row) => row.fields.project.id,
    issuetype: (row) => row.fields.issuetype.id,
    status: (row) => row.fields.status.id,
    assignee: (row) => row.fields.assignee?.accountId,
    reporter: (row) => row.fields.reporter?.accountId,
    creator: (row) => row.fields.creator.accountId,
    security: (row) => row.fields.security?.id,
    label: (row) => row.fields.labels.map((label) => label.toLowerCase()),
    priority: (row) => row.fields.priority?.id,
    resolution: (row) => row.fields.resolution?.id,
    component: (row) => row.fields.components.map((one) => one.id),
    fixVersion: (row) => row.fields.fixVersions.map((one) => one.id),
    affectedVersion: (row) => row.fields.versions.map((one) => one.id),
    rank: (row) => row.fields.customfield_10019 as string | undefined,
    parent: (row) => row.fields.parent?.id,
    sprint: (row) => (row.fields.customfield_10020 as number[] | null | undefined)?.map(String),
    byCreation: (row) => ordered(row, inTime(row.fields.created)),
    byUpdate: (row) => ordered(row, inTime(row.fields.updated)),
    byPriority: (row) => ordered(row, row.fields.priority?.id ?? '', inTime(row.fields.updated)),
    byRank: (row) => ordered(row, String(row.fields.customfield_10019 ?? '')),
  },
  texts: { facets: { terms: facetsOf, place: placeOfId, same: sameFacets } },
});
/** By which what only a group or role may see is found when that goes: `group/<id>`. */
const restriction = (visibility: Visibility | undefined): string | undefined =>
  visibility && `${visibility.type}/${visibility.identifier}`;

export const comments = table<Comment>({
  name: 'jira.comments',
  key: (row) => row.id,
  indexes: {
    issue: (row) => row.issueId,
    restrictedTo: (row) => restriction(row.visibility),
  },
  texts: {
    words: {
      terms: (row) => stemmedWords(plainText(row.body)),
      place: placeOfId,
      same: (before, after) => before.body === after.body,
    },
  },
});
export const worklogs = table<Worklog>({
  name: 'jira.worklogs',
  key: (row) => row.id,
  indexes: {
    issue: (row) => row.issueId,
    updated: (row) => row.updated,
    restrictedTo: (row) => restriction(row.visibility),
  },
});
export const histories = table<History>({
  name: 'jira.histories',
  key: (row) => row.id,
  indexes: {
    issue: (row) => row.issueId,
    author: (row) => row.author.accountId,
    /** The sprints that an issue came into or left. */
    sprint: ({ items }) =>
      items.flatMap(({ fieldId, from, to }) =>
        fieldId === 'customfield_10020' ? `${from ?? ''}, ${to ?? ''}`.split(', ').filter(Boolean) : [],
      ),
  },
});
const follower = (name: string): Table<Follower> =>
  table<Follower>({
    name,
    key: (row) => `${row.issueId}/${row.accountId}`,
    indexes: { issue: (row) => row.issueId, account: (row) => row.accountId },
  });
export const watchers = follower('jira.watchers');
export const votes = follower('jira.votes');
export const issueLinkTypes = table<IssueLinkType>({ name: 'jira.issueLinkTypes', key: (row) => row.id });
export const issueLinks = table<IssueLink>({
  name: 'jira.issueLinks',
  key: (row) => row.id,
  indexes: { issue: (row) => [row.inwardIssue.id, row.outwardIssue.id] },
});
export const remoteLinks = table<RemoteLink>({
  name: 'jira.remoteLinks',
  key: (row) => sortable(row.id),
  indexes: { issue: (row) => row.issueId },
});
export const attachments = table<Attachment>({
  name: 'jira.attachments',
  key: (row) => row.id,
  indexes: { issue: (row) => row.issueId },
});
export const properties = table<Property>({
  name: 'jira.properties',
  key: (row) => `${row.entity}/${row.entityId}/${row.key}`,
});
export const components = table<Component>({
  name: 'jira.components',
  key: (row) => row.id,
  indexes: { project: (row) => row.projectId },
});
export const versions = table<Version>({
  name: 'jira.versions',
  key: (row) => row.id,
  indexes: { project: (row) => row.projectId },
});
/** Every table of the twin. */
export const TABLES: readonly Table<never>[] = [
  site,
  users,
  apiTokens,
  issueTypes,
  statuses,
  projects,
  priorities,
  resolutions,
  issues,
  comments,
  worklogs,
  histories,
  watchers,
  votes,
  issueLinkTypes,
  issueLinks,
  remoteLinks,
  attachments,
  properties,
  components,
  versions,
  ...DASHBOARD_TABLES,
  ...FILTER_TABLES,
  ...PLAN_TABLES,
  ...PEOPLE_TABLES,
  ...SITE_TABLES,
  ...FIELD_TABLES,
  ...WORKFLOW_TABLES,
  ...ISSUE_TABLES,
  ...WEBHOOK_TABLES,
  ...PROJECT_TABLES,
  ...SOFTWARE_TABLES,
  ...APP_TABLES,
  ...DEVOPS_TABLES,
] as readonly unknown[] as readonly Table<never>[];
