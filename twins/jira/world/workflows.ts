/**
 * Workflows and the schemes by which projects have them. The rows are the wire JSON of the workflows API; a status
 * reference is the status's id, and a scheme names workflows by id where the older calls show their names.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflows/
 */
import { sortable, type Table, table } from '../../../src/table.ts';
import type { Scope, UserRef } from '../entities.ts';

/** A condition, validator, post function or screen of a transition. */
export interface WorkflowRule {
  id: string;
  ruleKey: string;
  parameters: Readonly<Record<string, string>>;
}

export interface ConditionGroup {
  operation: 'ANY' | 'ALL';
  conditions: readonly WorkflowRule[];
  conditionGroups: readonly ConditionGroup[];
}

export interface TransitionLink {
  fromStatusReference: string;
  fromPort?: number;
  toPort?: number;
}

export interface Transition {
  id: string;
  type: 'INITIAL' | 'GLOBAL' | 'DIRECTED';
  name: string;
  description: string;
  /** Where it leads; a global one without it leads back to where it started. */
  toStatusReference?: string;
  /** Where a directed one starts. */
  links: readonly TransitionLink[];
  conditions?: ConditionGroup;
  validators: readonly WorkflowRule[];
  actions: readonly WorkflowRule[];
  triggers: readonly WorkflowRule[];
  transitionScreen?: WorkflowRule;
  properties: Readonly<Record<string, string>>;
  customIssueEventId?: string;
}

export interface Layout {
  x: number;
  y: number;
}

/** A status as a workflow has it. */
export interface WorkflowStatus {
  statusReference: string;
  layout?: Layout;
  properties: Readonly<Record<string, string>>;
  deprecated: boolean;
  approvalConfiguration?: Readonly<Record<string, unknown>>;
}

/** What tells one state of a document from the next: an update names the one that it was made from. */
export interface DocumentVersion {
  id: string;
  versionNumber: number;
}

export interface Workflow {
  /** A UUID. */
  id: string;
  name: string;
  description: string;
  /** The team-managed project that it belongs to. */
  scope?: Scope;
  version: DocumentVersion;
  /** Moments, UTC. */
  created: string;
  updated: string;
  startPointLayout?: Layout;
  loopedTransitionContainerLayout?: Layout;
  statuses: readonly WorkflowStatus[];
  transitions: readonly Transition[];
}

/** A workflow as it stood at one of its versions. */
export interface WorkflowVersion {
  workflowId: string;
  writtenAt: string;
  author?: UserRef;
  document: Workflow;
}

/** Which workflow the kinds of issue of a project have. */
export interface WorkflowScheme {
  id: string;
  name: string;
  description: string;
  scope?: Scope;
  version: DocumentVersion;
  /** The workflow of every kind that is not mapped. */
  defaultWorkflow: string;
  /** Kind of issue → workflow. */
  issueTypeMappings: Readonly<Record<string, string>>;
}

/** Changes to a scheme in use that are not in force yet. */
export interface WorkflowSchemeDraft {
  id: string;
  parent: string;
  name: string;
  description: string;
  defaultWorkflow: string;
  issueTypeMappings: Readonly<Record<string, string>>;
  lastModified: string;
  lastModifiedUser: UserRef;
}

const mapped = (row: Pick<WorkflowScheme, 'defaultWorkflow' | 'issueTypeMappings'>): string[] => [
  ...new Set([row.defaultWorkflow, ...Object.values(row.issueTypeMappings)]),
];

export const workflows = table<Workflow>({
  name: 'jira.workflows',
  key: (row) => row.id,
  indexes: {
    name: (row) => row.name.toLowerCase(),
    scope: (row) => row.scope?.project.id,
    status: (row) => row.statuses.map((one) => one.statusReference),
    screen: (row) => row.transitions.flatMap((one) => one.transitionScreen?.parameters.screenId ?? []),
  },
});
export const workflowVersions = table<WorkflowVersion>({
  name: 'jira.workflowVersions',
  key: (row) => `${row.workflowId}/${sortable(row.document.version.versionNumber)}`,
});
export const workflowSchemes = table<WorkflowScheme>({
  name: 'jira.workflowSchemes',
  key: (row) => row.id,
  indexes: { name: (row) => row.name.toLowerCase(), workflow: mapped },
});
export const workflowSchemeDrafts = table<WorkflowSchemeDraft>({
  name: 'jira.workflowSchemeDrafts',
  key: (row) => row.parent,
  indexes: { workflow: mapped },
});

export const WORKFLOW_TABLES = [
  workflows,
  workflowVersions,
  workflowSchemes,
  workflowSchemeDrafts,
] as readonly unknown[] as readonly Table<never>[];
