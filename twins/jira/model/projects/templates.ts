/**
 * The templates from which Jira makes projects, and what each brings along: types of issue, statuses, a board.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-post
 */
import type { Board } from '../../world.ts';
import type { CategoryKey } from '../defaults.ts';
import { ISSUE_TYPES, issueTypeNamed } from '../defaults.ts';
import type { TypeDraft } from '../issueTypes/siteTypes.ts';
import type { StatusPart } from '../workflows/projectWorkflow.ts';

export type ProjectTypeKey =
  | 'software'
  | 'service_desk'
  | 'business'
  | 'product_discovery'
  | 'customer_service';

export interface ProjectTemplate {
  key: string;
  projectTypeKey: ProjectTypeKey;
  /** Whether its projects are team-managed: with types and statuses of their own. */
  teamManaged: boolean;
  /** What its schemes are called after: `KEY: Scrum Issue Type Scheme`. */
  name: string;
  issueTypes: readonly TypeDraft[];
  statuses: readonly StatusPart[];
  board?: Board['type'];
  /** Features of a team-managed project that are on from the beginning, besides those that always are. */
  features?: readonly string[];
}

const statuses = (text: string): StatusPart[] => {
  const categories: Readonly<Record<string, CategoryKey>> = { '+': 'done', '~': 'indeterminate' };
  return text.split(', ').map((one) => ({
    name: one.replace(/^[+~]/, ''),
    category: categories[one.charAt(0)] ?? 'new',
  }));
};

/** From anywhere to any of three: what most templates bring. */
export const SIMPLE = statuses('To Do, ~In Progress, +Done');

/** What the first company-managed software template of the list brings: work is chosen before it is begun. */
export const BACKLOG = statuses('Backlog, Selected for Development, ~In Progress, +Done');

const GREENHOPPER = 'com.pyxis.greenhopper.jira:';
const CORE = 'com.atlassian.jira-core-project-templates:jira-core-simplified-';
const SERVICE = 'com.atlassian.servicedesk:';

/** A type of a team-managed project, as its template words it. */
const own = (name: string, description: string): TypeDraft => ({
  ...issueTypeNamed(name),
  name,
  description,
});
const EPIC = own('Epic', 'Epics track collections of related bugs, stories, and tasks.');
const TASK = own('Task', 'Tasks track small, distinct pieces of work.');
const STORY = own('Story', 'Stories track functionality or features expressed as user goals.');
const BUG = own('Bug', 'Bugs track problems or errors.');
const SUBTASK: TypeDraft = {
  ...issueTypeNamed('Sub-task'),
  name: 'Subtask',
  description: 'Subtasks track small pieces of work that are part of a larger task.',
};

const software = (
  name: string,
  key: string,
  rest: Pick<ProjectTemplate, 'board' | 'teamManaged' | 'issueTypes'> & Partial<ProjectTemplate>,
): ProjectTemplate => ({
  key: GREENHOPPER + key,
  projectTypeKey: 'software',
  name,
  statuses: SIMPLE,
  ...rest,
});

const SOFTWARE: readonly ProjectTemplate[] = [
  software('Kanban', 'gh-simplified-agility-kanban', {
    teamManaged: true,
    issueTypes: [EPIC, SUBTASK, TASK],
    board: 'simple',
  }),
  software('Scrum', 'gh-simplified-agility-scrum', {
    teamManaged: true,
    issueTypes: [EPIC, SUBTASK, TASK, STORY, BUG],
    board: 'simple',
    features: ['jsw.agility.backlog', 'jsw.agility.sprints', 'jsw.agility.estimation'],
  }),
  software('Basic', 'gh-simplified-basic', { teamManaged: false, issueTypes: ISSUE_TYPES, board: 'kanban' }),
  software('Kanban', 'gh-simplified-kanban-classic', {
    teamManaged: false,
    issueTypes: ISSUE_TYPES,
    statuses: BACKLOG,
    board: 'kanban',
  }),
  software('Scrum', 'gh-simplified-scrum-classic', {
    teamManaged: false,
    issueTypes: ISSUE_TYPES,
    board: 'scrum',
  }),
  software('Cross-team', 'gh-cross-team-template', {
    teamManaged: false,
    issueTypes: ISSUE_TYPES,
    board: 'scrum',
  }),
  software('Cross-team planning', 'gh-cross-team-planning-template', {
    teamManaged: false,
    issueTypes: ISSUE_TYPES,
    board: 'kanban',
  }),
];

const business = (name: string, key: string, words: string): ProjectTemplate => ({
  key: CORE + key,
  projectTypeKey: 'business',
  teamManaged: false,
  name,
  issueTypes: [issueTypeNamed('Task'), issueTypeNamed('Sub-task')],
  statuses: statuses(words),
});

const BUSINESS: readonly ProjectTemplate[] = [
  business(
    'Content Management',
    'content-management',
    'Open, ~In Progress, ~Under Review, ~Approved, +Published, +Rejected',
  ),
  business(
    'Document Approval',
    'document-approval',
    'Open, ~In Progress, ~Under Review, +Approved, +Rejected',
  ),
  business('Lead Tracking', 'lead-tracking', 'Lead, ~Opportunity, ~Negotiation, +Won, +Lost'),
  business(
    'Process Control',
    'process-control',
    'Open, ~In Progress, ~Under Review, +Approved, +Cancelled, +Rejected',
  ),
  business(
    'Procurement',
    'procurement',
    'Requested, ~Under Review, ~Approved, ~Purchased, +Received, +Cancelled',
  ),
  business('Project Management', 'project-management', 'To Do, ~In Progress, +Done'),
  business(
    'Recruitment',
    'recruitment',
    'Applied, ~Screening, ~Interviewing, ~Offered, +Accepted, +Rejected',
  ),
  business('Task Tracking', 'task-tracking', 'To Do, +Done'),
  // The vendor's description has lost the end of this one's key; it takes both.
  business('Task Tracking', 'task-', 'To Do, +Done'),
];

const DESK = statuses(
  'Open, ~Waiting for support, ~Waiting for customer, ~Pending, ~In Progress, ~Escalated, +Resolved, +Canceled, +Closed',
);
const ITSM = [
  '[System] Service request',
  '[System] Incident',
  '[System] Problem',
  '[System] Change',
  'Task',
  'Sub-task',
];
const REQUESTS = ['[System] Service request', 'Task', 'Sub-task'];

const desk = (key: string): ProjectTemplate => {
  const teamManaged = /^(next-gen|team-managed)/.test(key);
  const types = /it-service-management|blank/.test(key) ? ITSM : REQUESTS;
  return {
    key: SERVICE + key,
    projectTypeKey: 'service_desk',
    teamManaged,
    name: 'Jira Service Management',
    issueTypes: teamManaged
      ? [own('Service request', 'A request that may require approval.'), own('Incident', ''), SUBTASK]
      : types.map(issueTypeNamed),
    statuses: DESK,
  };
};

const DESKS: readonly ProjectTemplate[] = [
  ...[
    'it-service-management',
    'it-service-management-basic',
    'it-service-management-operations',
    'internal-service-desk',
    'external-service-desk',
    'hr-service-desk',
    'facilities-service-desk',
    'legal-service-desk',
    'marketing-service-desk',
    'finance-service-desk',
    'analytics-service-desk',
    'design-service-desk',
    'sales-service-desk',
    'halp-service-desk',
  ].map((key) => desk(`simplified-${key}`)),
  ...[
    'it',
    'hr',
    'legal',
    'marketing',
    'facilities',
    'general',
    'analytics',
    'finance',
    'design',
    'sales',
  ].map((key) => desk(`next-gen-${key}-service-desk`)),
  desk('company-managed-blank-service-project'),
  desk('company-managed-general-service-project'),
  desk('team-managed-general-service-project'),
  {
    ...desk('customer-service-management'),
    key: 'com.atlassian.jcs:customer-service-management',
    projectTypeKey: 'customer_service',
  },
];

const TEMPLATES = new Map([...SOFTWARE, ...BUSINESS, ...DESKS].map((one) => [one.key, one]));

/** The template with this key. */
export const templateByKey = (key: string): ProjectTemplate | undefined => TEMPLATES.get(key);
