/** The issues of a site whose world asks for a number of them, not for these or those. */
import type { Draw } from '../../src/prng.ts';
import type { World } from '../../src/world/world.ts';
import { DONE_RESOLUTION } from './model/defaults.ts';
import { RANK } from './model/fields/fields.ts';
import { nextId } from './model/ids.ts';
import { item } from './model/issues/history.ts';
import { issueTypesOf, prioritiesOf } from './model/projects/projects.ts';
import { nthRank } from './model/software/rank.ts';
import { stamp } from './model/time.ts';
import { initialStatus, statusesOf } from './model/workflows/workflowOf.ts';
import {
  histories,
  type Issue,
  type IssueType,
  issues,
  type Priority,
  type Project,
  projects,
  type Status,
  users,
  watchers,
} from './world.ts';

const YEAR_MS = 365 * 24 * 3_600_000;

/**
 * Writes `count` issues, spread evenly over the projects and over the year up to now. Sub-tasks are left out. Older
 * issues are rather done; each that has left its first status has the change in its changelog.
 */
export function plantBacklog(world: World, count: number): void {
  const places = [...world.list(projects)]
    .map((project) => placeOf(world, project))
    .filter(({ kinds }) => kinds.length > 0);
  const people = [
    ...world.list(users, { where: (row) => row.active && row.accountType === 'atlassian' }),
  ].map(({ accountId }) => accountId);
  if (places.length === 0) return;
  const draw = world.drawFor('jira.backlog', 'issues');
  const start = world.now() - YEAR_MS;
  for (let nth = 0; nth < count; nth++) {
    const at = Math.floor(start + ((nth + draw.float()) * YEAR_MS) / (count + 1));
    plantOne(world, draw, { ...draw.pick(places), people, at, age: 1 - nth / count });
  }
}

interface Kind {
  type: IssueType;
  first: Status;
  statuses: readonly Status[];
}

interface Place {
  project: Project;
  kinds: readonly Kind[];
  priorities: readonly Priority[];
}

const placeOf = (world: World, project: Project): Place => ({
  project,
  priorities: prioritiesOf(world, project),
  kinds: issueTypesOf(world, project)
    .filter(({ subtask }) => !subtask)
    .map((type) => ({
      type,
      first: initialStatus(world, project, type),
      statuses: statusesOf(world, project, type),
    })),
});

interface Beginning extends Place {
  people: readonly string[];
  /** When it was made, milliseconds. */
  at: number;
  /** From 1 (a year ago) to 0 (now). */
  age: number;
}

function plantOne(
  world: World,
  draw: Draw,
  { project, kinds, priorities, people, at, age }: Beginning,
): void {
  const { type, first, statuses } = draw.pick(kinds);
  const person = () => ({ accountId: draw.pick(people) });
  const reporter = person();
  const done = statuses.filter((one) => one.statusCategory.id === DONE);
  const open = statuses.filter((one) => one.statusCategory.id !== DONE);
  const among = draw.float() < age * 0.9 && done.length > 0 ? done : open.length > 0 ? open : statuses;
  const status = draw.pick(among);
  const created = stamp(at);
  const updated = stamp(Math.floor(at + draw.float() * (world.now() - at)));
  const moved = status.id !== first.id;
  const isDone = status.statusCategory.id === DONE;
  const id = nextId(world, 'issue');
  const issue: Issue = {
    id,
    key: `${project.key}-${world.next(`jira.issue.${project.id}`)}`,
    fields: {
      summary: `${draw.pick(DEEDS)} ${draw.pick(THINGS)} ${draw.pick(CASES)}`,
      description: null,
      environment: null,
      project: { id: project.id },
      issuetype: { id: type.id },
      status: { id: status.id },
      priority: { id: draw.pick(priorities).id },
      assignee: draw.float() < 0.8 ? person() : null,
      reporter,
      creator: reporter,
      labels: draw.float() < 0.4 ? [draw.pick(LABELS)] : [],
      components: [],
      fixVersions: [],
      versions: [],
      parent: null,
      resolution: isDone ? { id: DONE_RESOLUTION } : null,
      resolutiondate: isDone ? updated : null,
      created,
      updated: moved ? updated : created,
      statuscategorychangedate: moved ? updated : created,
      duedate: null,
      timeoriginalestimate: null,
      timeestimate: null,
      timespent: null,
      [RANK]: nthRank(world.next('jira.rank')),
    },
  };
  world.insert(issues, issue);
  world.insert(watchers, { issueId: id, accountId: reporter.accountId });
  if (moved)
    world.insert(histories, {
      id: nextId(world, 'history'),
      issueId: id,
      author: reporter,
      created: updated,
      items: [item('status', 'status', [first.id, first.name], [status.id, status.name])],
    });
}

/** The status category "Done". */
const DONE = 3;

const LABELS = [
  'backend',
  'billing',
  'customer',
  'docs',
  'flaky',
  'frontend',
  'infra',
  'security',
  'tech-debt',
  'ux',
];
const DEEDS = [
  'Fix',
  'Speed up',
  'Document',
  'Rework',
  'Test',
  'Remove',
  'Migrate',
  'Review',
  'Monitor',
  'Explain',
];
const THINGS = [
  ...[
    'the import of invoices',
    'the export of reports',
    'the login page',
    'the nightly backup',
    'user invitations',
  ],
  ...[
    'the search index',
    'payment retries',
    'the audit trail',
    'mobile notifications',
    'the release pipeline',
  ],
  ...[
    'access reviews',
    'the onboarding guide',
    'webhook deliveries',
    'the pricing table',
    'session handling',
  ],
];
const CASES = [
  ...[
    'for new customers',
    'in the EU region',
    'after the upgrade',
    'under load',
    'on mobile',
    'for administrators',
  ],
  ...[
    'when offline',
    'with single sign-on',
    'in the sandbox',
    'before the launch',
    'for large accounts',
    'on Mondays',
  ],
];
