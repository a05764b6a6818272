/**
 * Jira's entities. A row is the wire JSON of v3 less what is looked up or counted: a status is `{id}`, a person
 * `{accountId}`, rich text is a document, a moment is UTC (`2026-03-02T09:00:00.000+0000`).
 */
import type { AdfDocument } from './model/text/adf.ts';

export interface Ref {
  id: string;
}

export interface UserRef {
  accountId: string;
}

/** The site itself: one row, `site`. */
export interface Site {
  id: 'site';
  cloudId: string;
  name: string;
  url: string;
  /** Who bought the site: its administrator. */
  owner: UserRef;
  /** Whether several sprints may run on one board; as on a new site, not unless said. */
  parallelSprints?: boolean;
}

export interface User {
  accountId: string;
  accountType: 'atlassian' | 'app' | 'customer';
  emailAddress: string;
  displayName: string;
  active: boolean;
  timeZone: string;
  locale: string;
}

/** A secret by which a person's program signs in. `apiToken` with Basic, `accessToken` as a Bearer. */
export interface ApiToken {
  id: string;
  kind: 'apiToken' | 'accessToken';
  token: string;
  owner: UserRef;
  app?: string;
  scopes?: readonly string[];
  /** Milliseconds. */
  expiresAt?: number;
}

export interface Scope {
  type: 'PROJECT';
  project: Ref;
}

export interface IssueType {
  id: string;
  name: string;
  description: string;
  subtask: boolean;
  hierarchyLevel: number;
  avatarId: number;
  entityId?: string;
  scope?: Scope;
}

export interface Status {
  id: string;
  name: string;
  description: string;
  /** 2 new, 4 indeterminate, 3 done. */
  statusCategory: { id: number };
  scope?: Scope;
}

export interface Project {
  id: string;
  key: string;
  name: string;
  description: string;
  lead: UserRef;
  projectTypeKey: string;
  simplified: boolean;
  style: 'classic' | 'next-gen';
  isPrivate: boolean;
  assigneeType: 'UNASSIGNED' | 'PROJECT_LEAD';
  avatarId: number;
  uuid: string;
  workflowScheme: Ref;
  issueTypeScheme: Ref;
  /** Where one of the schemes that follow is left out, it is the site's default of its kind. */
  priorityScheme?: Ref;
  notificationScheme?: Ref;
  /** The scheme that says who may do what in it; none: the site's default. */
  permissionScheme?: number;
  /** The scheme of levels that hide issues; none: nothing is hidden. */
  securityScheme?: number;
  projectCategory?: Ref;
  /** The sender of its mails, where that is not the site's. */
  email?: string;
  /** States of features that were changed, by key: only a team-managed project lets them be. */
  features?: Readonly<Record<string, 'ENABLED' | 'DISABLED'>>;
  /** The level of its data where nothing else is said. */
  classification?: string;
  url?: string;
  /** Keys that it had before: they still lead to it. */
  formerKeys?: readonly string[];
  /** By whom and when it was put away, as moments; a project in the bin is there for nobody until it is restored. */
  archived?: { by: UserRef; at: string };
  deleted?: { by: UserRef; at: string };
}

export interface IssueFields {
  summary: string;
  description: AdfDocument | null;
  environment: AdfDocument | null;
  project: Ref;
  issuetype: Ref;
  status: Ref;
  priority: Ref | null;
  assignee: UserRef | null;
  reporter: UserRef | null;
  creator: UserRef;
  labels: readonly string[];
  components: readonly Ref[];
  fixVersions: readonly Ref[];
  versions: readonly Ref[];
  parent: Ref | null;
  resolution: Ref | null;
  resolutiondate: string | null;
  created: string;
  updated: string;
  statuscategorychangedate: string;
  duedate: string | null;
  /** Seconds. */
  timeoriginalestimate: number | null;
  timeestimate: number | null;
  timespent: number | null;
  /** The level that hides it from all but its members. */
  security?: Ref | null;
  /** Custom fields, as `customfield_10016`. */
  [custom: `customfield_${number}`]: unknown;
}

export interface Issue {
  id: string;
  key: string;
  /** Keys that it had in other projects; they still lead to it. */
  formerKeys?: readonly string[];
  fields: IssueFields;
  /** What v2 wrote, to the letter. */
  wiki?: { readonly [field: string]: string };
}

export interface Comment {
  id: string;
  issueId: string;
  author: UserRef;
  updateAuthor: UserRef;
  body: AdfDocument;
  wiki?: string;
  created: string;
  updated: string;
  visibility?: Visibility;
  jsdPublic: boolean;
}

/** To whom a comment or worklog is restricted: a group (by id), or a role (by name). */
export interface Visibility {
  type: 'group' | 'role';
  value: string;
  identifier: string;
}

export interface Worklog {
  id: string;
  issueId: string;
  author: UserRef;
  updateAuthor: UserRef;
  comment?: AdfDocument;
  wiki?: string;
  created: string;
  updated: string;
  started: string;
  timeSpentSeconds: number;
  visibility?: Visibility;
}

export interface HistoryItem {
  field: string;
  fieldtype: 'jira' | 'custom';
  fieldId?: string;
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
}

/** One change of an issue: a row of its changelog. */
export interface History {
  id: string;
  issueId: string;
  author: UserRef;
  created: string;
  items: readonly HistoryItem[];
  /** What the program that made the change says of it. */
  historyMetadata?: Readonly<Record<string, unknown>>;
}

/** A person who watches an issue, or voted for it. */
export interface Follower {
  issueId: string;
  accountId: string;
}

export interface IssueLink {
  id: string;
  type: Ref;
  inwardIssue: Ref;
  outwardIssue: Ref;
}

export interface IssueLinkType {
  id: string;
  name: string;
  inward: string;
  outward: string;
}

export interface RemoteLink {
  id: number;
  issueId: string;
  globalId?: string;
  application?: Record<string, unknown>;
  relationship?: string;
  object: Record<string, unknown>;
}

export interface Attachment {
  id: string;
  issueId: string;
  filename: string;
  author: UserRef;
  created: string;
  size: number;
  mimeType: string;
  /** Base64. */
  content: string;
}

/** A program's own JSON on an issue, a comment or a project. */
export interface Property {
  entity:
    | 'issue'
    | 'comment'
    | 'worklog'
    | 'project'
    | 'user'
    | 'dashboardItem'
    | 'board'
    | 'sprint'
    | 'addon'
    | 'forge'
    | 'issuetype';
  entityId: string;
  key: string;
  value: unknown;
}

export interface Component {
  id: string;
  projectId: string;
  name: string;
  description?: string;
  lead?: UserRef;
  assigneeType: AssigneeType;
}

/** Whom a component gives its new issues to. */
export type AssigneeType = 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED';

export interface Version {
  id: string;
  projectId: string;
  name: string;
  description?: string;
  archived: boolean;
  released: boolean;
  startDate?: string;
  releaseDate?: string;
  /** Who answers for its release. */
  driver?: UserRef;
  /** Its place among those of its project, the oldest first. */
  sequence: number;
}

export interface Priority {
  id: string;
  name: string;
  description: string;
  statusColor: string;
  /** Which of Jira's pictures it has: a short name, an address, or a picture that people loaded. */
  icon?: string;
  iconUrl?: string;
  avatarId?: number;
  isDefault: boolean;
  /** Its place among all, from 0. */
  sequence: number;
}

export interface Resolution {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  /** Its place among all, from 0. */
  sequence: number;
}
