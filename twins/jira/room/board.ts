/** A project's board and its issues in a list. */
import {
  type Asked,
  type Block,
  type Card,
  type Column,
  counted,
  type Item,
  listOf,
  type Place,
} from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { personOf } from '../model/people/people.ts';
import { issueTypeOf, issueTypesOf, priorityOf, projectNamed, statusOf } from '../model/projects/projects.ts';
import { destination, startingAt } from '../model/workflows/transitions.ts';
import { statusesOf } from '../model/workflows/workflowOf.ts';
import { type Issue, issues, type Project, projects, users } from '../world.ts';

const CARDS_SHOWN = 50;

/** All projects. */
export function projectsPlace(world: World, asked: Asked): Place {
  const item = (row: Project): Item => ({
    title: row.name,
    to: `board/${row.key}`,
    subtitle: `${row.key} · ${row.projectTypeKey}`,
    icon: 'card',
    badge: counted(world.list(issues, { index: 'project', equals: row.id }).count(), 'issue'),
  });
  const range = world.list(projects, { index: 'key' });
  return { title: 'Projects', blocks: [listOf(range, asked, item, { empty: 'No projects' })] };
}

/** A project's cards, one column per status, newest changed first. */
export function boardPlace(world: World, key: string): Place | undefined {
  const project = projectNamed(world, key);
  if (!project) return undefined;
  return {
    title: project.name,
    subtitle: `${project.key} · newest changes on top`,
    icon: 'card',
    trail: [{ to: 'projects', title: 'Projects' }],
    blocks: [
      tabs(project, 'board'),
      creation(world, project),
      { kind: 'board', columns: columnsOf(world, project) },
    ],
  };
}

/** A project's issues (`key`), or those in one status (`key/status id`), newest changed first. */
export function issuesPlace(world: World, id: string, asked: Asked): Place | undefined {
  const [key = '', status] = id.split('/');
  const project = projectNamed(world, key);
  if (!project) return undefined;
  const where = (row: Issue) =>
    (status === undefined || row.fields.status.id === status) && matches(row, asked.find);
  const range = world.list(issues, { index: 'byUpdate', prefix: `${project.id}/`, reverse: true, where });
  return {
    title: project.name,
    subtitle: status === undefined ? 'All issues' : statusOf(world, { id: status }).name,
    icon: 'card',
    trail: [{ to: 'projects', title: 'Projects' }],
    blocks: [
      tabs(project, 'issues'),
      { kind: 'search', label: 'Key or words of the summary', value: asked.find ?? '' },
      listOf(range, asked, (row) => issueItem(world, row), { empty: 'No issues' }),
    ],
  };
}

/** An issue as a row of a list. */
export function issueItem(world: World, issue: Issue): Item {
  const { fields, key } = issue;
  const assignee = personOf(world, fields.assignee)?.displayName;
  return {
    title: fields.summary,
    to: `issue/${key}`,
    subtitle: [key, issueTypeOf(world, fields.issuetype).name, assignee].filter(Boolean).join(' · '),
    icon: 'card',
    badge: statusOf(world, fields.status).name,
  };
}

/** The buttons that take an issue to the statuses it may go to. */
export const moves = (world: World, issue: Issue): Card['acts'] =>
  startingAt(world, issue)
    .map((one) => destination(one, issue))
    .filter((id) => id !== issue.fields.status.id)
    .map((id) => {
      const to = statusOf(world, { id }).name;
      return { label: to, gesture: 'move', with: { issue: issue.key, to } };
    });

const matches = (row: Issue, find: string | undefined): boolean => {
  const wanted = find?.toLowerCase() ?? '';
  return (
    wanted === '' || row.key.toLowerCase() === wanted || row.fields.summary.toLowerCase().includes(wanted)
  );
};

/** One walk over the project fills every column. */
function columnsOf(world: World, project: Project): Column[] {
  const found = new Map(
    statusesOf(world, project).map((status) => [status.id, { status, count: 0, rows: [] as Issue[] }]),
  );
  for (const row of world.list(issues, { index: 'byUpdate', prefix: `${project.id}/`, reverse: true })) {
    const column = found.get(row.fields.status.id);
    if (!column) continue;
    column.count++;
    if (column.rows.length < CARDS_SHOWN) column.rows.push(row);
  }
  return [...found.values()].map(({ status, count, rows }) => ({
    title: status.name,
    count,
    cards: rows.map((row) => card(world, row)),
    ...(count > rows.length
      ? { more: { to: `issues/${project.key}/${status.id}`, title: `All ${count}` } }
      : {}),
  }));
}

function card(world: World, issue: Issue): Card {
  const { fields, key } = issue;
  const person = personOf(world, fields.assignee)?.displayName;
  const priority = fields.priority ? [priorityOf(world, fields.priority).name] : [];
  return {
    key,
    to: `issue/${key}`,
    title: fields.summary,
    marks: [issueTypeOf(world, fields.issuetype).name, ...priority, ...fields.labels],
    ...(person ? { person } : {}),
    acts: moves(world, issue),
  };
}

function creation(world: World, project: Project): Block {
  const types = issueTypesOf(world, project).filter((type) => !type.subtask);
  const options = types.map(({ name }) => ({ label: name, value: name }));
  const fields = [
    { path: ['type'], label: 'Type', type: 'choice' as const, options },
    { path: ['summary'], label: 'Summary', type: 'text' as const },
    { path: ['description'], label: 'Description', type: 'long' as const, optional: true },
  ];
  return {
    kind: 'acts',
    acts: [
      {
        label: 'Create',
        gesture: 'create',
        with: { project: project.key },
        fields,
        leads: { kind: 'issue', key: 'key' },
      },
    ],
  };
}

const tabs = ({ key }: Project, here: 'board' | 'issues'): Block => ({
  kind: 'pages',
  links: [
    { to: `board/${key}`, title: 'Board', here: here === 'board' },
    { to: `issues/${key}`, title: 'Issues', here: here === 'issues' },
  ],
});

/** Everybody with an account. */
export function peoplePlace(world: World, asked: Asked): Place {
  const prefix = asked.find?.toLowerCase();
  const range = prefix ? world.list(users, { index: 'word', prefix }) : world.list(users, { index: 'email' });
  const list = listOf(
    range,
    asked,
    (row) => ({
      title: row.displayName,
      to: `person/${row.accountId}`,
      subtitle: row.emailAddress,
      icon: 'person',
    }),
    { empty: 'Nobody' },
  );
  return {
    title: 'People',
    blocks: [{ kind: 'search', label: 'E-mails or names that begin with', value: asked.find ?? '' }, list],
  };
}
