/**
 * The workflow that every site has from the beginning, called `jira`: five statuses with ids of their own, and the
 * scheme that gives it to projects which have no other. Neither can be changed.
 * https://support.atlassian.com/jira-cloud-administration/docs/what-is-the-default-jira-workflow/
 */
import type { World } from '../../../../src/world/world.ts';
import { statuses, type Transition, type Workflow, workflowSchemes, workflows } from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { addWorkflow, firstVersion, plainTransition, rule } from './documents.ts';

export const SYSTEM_WORKFLOW = 'jira';
/** The scheme of projects that have no other; the older calls know it by no id. */
export const DEFAULT_SCHEME = 'default';

/** Screens of a new site, which transitions show. */
const ASSIGN_SCREEN = '2';
const RESOLVE_SCREEN = '3';

const OPEN = '1';
const IN_PROGRESS = '3';
const REOPENED = '4';
const RESOLVED = '5';
const CLOSED = '6';

/** Ids of the statuses that a site begins with. */
export const SYSTEM_STATUS_IDS: ReadonlySet<string> = new Set([
  OPEN,
  IN_PROGRESS,
  REOPENED,
  RESOLVED,
  CLOSED,
]);

const STATUSES = [
  [OPEN, 'Open', 'new', 'The issue is open and ready for the assignee to start work on it.'],
  [
    IN_PROGRESS,
    'In Progress',
    'indeterminate',
    'This issue is being actively worked on at the moment by the assignee.',
  ],
  [
    REOPENED,
    'Reopened',
    'new',
    'This issue was once resolved, but the resolution was deemed incorrect. From here issues are either marked assigned or resolved.',
  ],
  [
    RESOLVED,
    'Resolved',
    'done',
    'A resolution has been taken, and it is awaiting verification by reporter. From here issues are either reopened, or are closed.',
  ],
  [
    CLOSED,
    'Closed',
    'done',
    'The issue is considered finished, the resolution is correct. Issues which are closed can be reopened.',
  ],
] as const;

/** What is closed is not edited. */
const LOCKED: Readonly<Record<string, string>> = { 'jira.issue.editable': 'false' };

/** Adds the five statuses, the workflow and its scheme to a fresh site. */
export function addSystemWorkflow(world: World): void {
  for (const [id, name, category, description] of STATUSES)
    world.insert(statuses, { id, name, description, statusCategory: { id: categoryId(category) } });
  const workflow = addWorkflow(world, {
    name: SYSTEM_WORKFLOW,
    description: 'The default Jira workflow.',
    statuses: STATUSES.map(([id], i) => ({
      statusReference: id,
      layout: { x: 120 + 200 * i, y: -16 },
      properties: id === CLOSED ? LOCKED : {},
      deprecated: false,
    })),
    transitions: transitions(world),
  });
  world.insert(workflowSchemes, {
    id: DEFAULT_SCHEME,
    name: 'Default Workflow Scheme',
    description: '',
    version: firstVersion(world),
    defaultWorkflow: workflow.id,
    issueTypeMappings: {},
  });
}

/** The workflow called `jira`. */
export const systemWorkflow = (world: World): Workflow => {
  const found = world.list(workflows, { index: 'name', equals: SYSTEM_WORKFLOW }).first();
  if (!found) throw new Error('a site without its system workflow');
  return found;
};

function transitions(world: World): Transition[] {
  const only = (parameters: Record<string, string>) => ({
    operation: 'ALL' as const,
    conditions: [rule(world, 'system:restrict-issue-transition', parameters)],
    conditionGroups: [],
  });
  const from = (...ids: string[]) => ids.map((fromStatusReference) => ({ fromStatusReference }));
  const to = (id: string, name: string, status: string, sources: string[], more: Partial<Transition>) =>
    plainTransition({
      id,
      name,
      type: 'DIRECTED',
      toStatusReference: status,
      links: from(...sources),
      ...more,
    });
  const assignee = () => only({ accountIds: 'allow-assignee' });
  const permitted = (permissionKeys: string) => only({ permissionKeys });
  const unresolved = () => [
    rule(world, 'system:update-field', { field: 'resolution', mode: 'replace', value: '' }),
  ];
  const open = [OPEN, IN_PROGRESS, REOPENED];
  const shows = (screenId: string) => rule(world, 'system:transition-screen', { screenId });
  return [
    plainTransition({ id: '1', name: 'Create', type: 'INITIAL', toStatusReference: OPEN }),
    to('2', 'Close Issue', CLOSED, open, {
      conditions: permitted('CLOSE_ISSUES'),
      transitionScreen: shows(RESOLVE_SCREEN),
    }),
    to('3', 'Reopen Issue', REOPENED, [RESOLVED, CLOSED], {
      conditions: permitted('RESOLVE_ISSUES'),
      transitionScreen: shows(ASSIGN_SCREEN),
      actions: unresolved(),
    }),
    to('4', 'Start Progress', IN_PROGRESS, [OPEN, REOPENED], {
      conditions: assignee(),
      actions: unresolved(),
    }),
    to('5', 'Resolve Issue', RESOLVED, open, {
      conditions: permitted('RESOLVE_ISSUES'),
      transitionScreen: shows(RESOLVE_SCREEN),
    }),
    to('301', 'Stop Progress', OPEN, [IN_PROGRESS], { conditions: assignee(), actions: unresolved() }),
    to('701', 'Close Issue', CLOSED, [RESOLVED], {
      conditions: permitted('CLOSE_ISSUES'),
      transitionScreen: shows(ASSIGN_SCREEN),
    }),
  ];
}
