/** The types of Jira expressions, by name, and the things of the site as their values. */
import type { World } from '../../../../src/world/world.ts';
import {
  type Board,
  boards,
  type Comment,
  type Component,
  type History,
  type HistoryItem,
  type Issue,
  type IssueLink,
  type IssueType,
  issueLinkTypes,
  issues,
  type Priority,
  type Project,
  projects,
  type Resolution,
  type Sprint,
  type Status,
  sprints,
  type User,
  type UserRef,
  type Version,
} from '../../world.ts';
import { EPIC_NAME, FLAGGED, SPRINT } from '../fields/fields.ts';
import { attachmentsOf } from '../issues/attachments.ts';
import { commentsOf } from '../issues/comments.ts';
import { historyOf } from '../issues/history.ts';
import { childrenOf, levelOf } from '../issues/issueNamed.ts';
import { linksOf } from '../issues/links.ts';
import { personOf } from '../people/people.ts';
import {
  componentOf,
  issueTypeOf,
  priorityOf,
  projectOf,
  resolutionOf,
  statusOf,
  versionOf,
} from '../projects/projects.ts';
import { parseStamp } from '../time.ts';
import { type Property, property, RICH_TEXT, richText, type Thing, thing } from './things.ts';

/** A moment, or a day of the calendar. */
export const date = (stored: string | null | undefined): Thing | null => {
  const ms = typeof stored === 'string' ? (parseStamp(stored) ?? Date.parse(stored)) : Number.NaN;
  return Number.isNaN(ms) ? null : moment(ms);
};
export const moment = (ms: number): Thing => ({ type: 'Date', row: { ms }, id: String(ms) });
export const day = (stored: string | null): Thing | null =>
  stored === null ? null : { type: 'CalendarDate', row: { ms: Date.parse(stored) }, id: stored };

export const issueThing = (issue: Issue | undefined): Thing | null => thing('Issue', issue, issue?.id ?? '');
export const userThing = (user: User | undefined): Thing | null => thing('User', user, user?.accountId ?? '');
const person = (world: World, ref: UserRef | null): Thing | null => userThing(personOf(world, ref));
export const projectThing = (row: Project | undefined): Thing | null => thing('Project', row, row?.id ?? '');
const sprintThing = (row: Sprint | undefined): Thing | null => thing('Sprint', row, String(row?.id));
const boardThing = (row: Board | undefined): Thing | null => thing('Board', row, String(row?.id));

const found = <E>(rows: readonly (E | undefined)[]): E[] => rows.filter((row) => row !== undefined);

const sprintsOf = (world: World, { fields }: Issue): Sprint[] =>
  found(
    ((fields[SPRINT] ?? []) as number[]).map((id) =>
      world.list(sprints, { where: (row) => row.id === id }).first(),
    ),
  );

const text = (key: string): Property => property<Record<string, unknown>>('String', (row) => row[key]);
const number = (key: string): Property =>
  property<Record<string, unknown>>('Number', (row) => Number(row[key]));
const flag = (key: string): Property => property<Record<string, unknown>>('Boolean', (row) => row[key]);

const ISSUE: Readonly<Record<string, Property>> = {
  id: number('id'),
  key: text('key'),
  summary: property<Issue>('String', ({ fields }) => fields.summary),
  description: property<Issue>('RichText', ({ fields }) => richText(fields.description)),
  environment: property<Issue>('RichText', ({ fields }) => richText(fields.environment)),
  project: property<Issue>('Project', ({ fields }, w) => projectThing(projectOf(w, fields.project))),
  issueType: property<Issue>('IssueType', ({ fields }, w) =>
    thing('IssueType', issueTypeOf(w, fields.issuetype), fields.issuetype.id),
  ),
  status: property<Issue>('IssueStatus', ({ fields }, w) =>
    thing('IssueStatus', statusOf(w, fields.status), fields.status.id),
  ),
  priority: property<Issue>('IssuePriority', ({ fields }, w) =>
    fields.priority ? thing('IssuePriority', priorityOf(w, fields.priority), fields.priority.id) : null,
  ),
  resolution: property<Issue>('Resolution', ({ fields }, w) =>
    fields.resolution ? thing('Resolution', resolutionOf(w, fields.resolution), fields.resolution.id) : null,
  ),
  assignee: property<Issue>('User', ({ fields }, w) => person(w, fields.assignee)),
  reporter: property<Issue>('User', ({ fields }, w) => person(w, fields.reporter)),
  creator: property<Issue>('User', ({ fields }, w) => person(w, fields.creator)),
  created: property<Issue>('Date', ({ fields }) => date(fields.created)),
  updated: property<Issue>('Date', ({ fields }) => date(fields.updated)),
  resolutionDate: property<Issue>('Date', ({ fields }) => date(fields.resolutiondate)),
  dueDate: property<Issue>('CalendarDate', ({ fields }) => day(fields.duedate)),
  originalEstimate: property<Issue>('Number', ({ fields }) => fields.timeoriginalestimate),
  remainingEstimate: property<Issue>('Number', ({ fields }) => fields.timeestimate),
  timeSpent: property<Issue>('Number', ({ fields }) => fields.timespent),
  labels: property<Issue>('List<String>', ({ fields }) => fields.labels),
  components: property<Issue>('List<Component>', ({ fields }, w) =>
    found(fields.components.map((ref) => componentOf(w, ref))).map((row) => thing('Component', row, row.id)),
  ),
  versions: property<Issue>('List<Version>', ({ fields }, w) =>
    found(fields.versions.map((ref) => versionOf(w, ref))).map((row) => thing('Version', row, row.id)),
  ),
  fixVersions: property<Issue>('List<Version>', ({ fields }, w) =>
    found(fields.fixVersions.map((ref) => versionOf(w, ref))).map((row) => thing('Version', row, row.id)),
  ),
  parent: property<Issue>(
    'Issue',
    ({ fields }, w) => (fields.parent ? issueThing(w.get(issues, fields.parent.id)) : null),
    true,
  ),
  subtasks: property<Issue>('List<Issue>', (row, w) => childrenOf(w, row).map(issueThing), true),
  childIssues: property<Issue>('List<Issue>', (row, w) => childrenOf(w, row).map(issueThing), true),
  stories: property<Issue>(
    'List<Issue>',
    (row, w) => (levelOf(w, row) === 1 ? childrenOf(w, row).map(issueThing) : null),
    true,
  ),
  comments: property<Issue>(
    'List<Comment>',
    (row, w) => [...commentsOf(w, row.id)].map((one) => thing('Comment', one, one.id)),
    true,
  ),
  attachments: property<Issue>(
    'List<Attachment>',
    (row, w) => [...attachmentsOf(w, row.id)].map((one) => thing('Attachment', one, one.id)),
    true,
  ),
  links: property<Issue>(
    'List<IssueLink>',
    (row, w) => linksOf(w, row.id).map((link) => thing('IssueLink', { ...link, from: row.id }, link.id)),
    true,
  ),
  changelogs: property<Issue>(
    'List<Changelog>',
    (row, w) => [...historyOf(w, row.id)].reverse().map((one) => thing('Changelog', one, one.id)),
    true,
  ),
  properties: property<Issue>('EntityProperties', (row) => entityProperties('issue', row.id), true),
  sprint: property<Issue>('Sprint', (row, w) =>
    sprintThing(sprintsOf(w, row).find((one) => one.state !== 'closed')),
  ),
  closedSprints: property<Issue>('List<Sprint>', (row, w) =>
    sprintsOf(w, row)
      .filter((one) => one.state === 'closed')
      .map(sprintThing),
  ),
  isEpic: property<Issue>('Boolean', (row, w) => levelOf(w, row) === 1),
  name: property<Issue>('String', ({ fields }) => fields[EPIC_NAME] as string | null),
  flagged: property<Issue>(
    'Boolean',
    ({ fields }) => ((fields[FLAGGED] as unknown[] | null) ?? []).length > 0,
  ),
};

/** What programs keep with a thing: asked for by key. */
const entityProperties = (entity: string, id: string): Thing => ({
  type: 'EntityProperties',
  row: { entity, entityId: id },
  id: `${entity}/${id}`,
});

type Linked = IssueLink & { from: string };

const otherEnd = (link: Linked): string =>
  link.inwardIssue.id === link.from ? link.outwardIssue.id : link.inwardIssue.id;

/** Every type with what can be read of it. */
export const TYPES: Readonly<Record<string, Readonly<Record<string, Property>>>> = {
  Issue: ISSUE,
  RichText: RICH_TEXT,
  User: {
    accountId: text('accountId'),
    displayName: text('displayName'),
    properties: property<User>('EntityProperties', (row) => entityProperties('user', row.accountId), true),
  },
  Project: {
    id: number('id'),
    key: text('key'),
    name: text('name'),
    style: text('style'),
    type: property<Project>('String', (row) => row.projectTypeKey),
    properties: property<Project>('EntityProperties', (row) => entityProperties('project', row.id), true),
  },
  IssueType: {
    id: number('id'),
    name: property<IssueType>('String', (row) => row.name),
    description: text('description'),
    hierarchyLevel: number('hierarchyLevel'),
  },
  IssueStatus: {
    id: number('id'),
    name: property<Status>('String', (row) => row.name),
    description: text('description'),
    category: property<Status>('StatusCategory', (row) =>
      thing('StatusCategory', row.statusCategory, String(row.statusCategory.id)),
    ),
  },
  StatusCategory: {
    id: number('id'),
    key: property<{ id: number }>('String', ({ id }) => ({ 2: 'new', 3: 'done', 4: 'indeterminate' })[id]),
    name: property<{ id: number }>('String', ({ id }) => ({ 2: 'To Do', 3: 'Done', 4: 'In Progress' })[id]),
  },
  IssuePriority: { id: number('id'), name: property<Priority>('String', (row) => row.name) },
  Resolution: {
    id: number('id'),
    name: property<Resolution>('String', (row) => row.name),
    description: text('description'),
  },
  Component: { id: number('id'), name: property<Component>('String', (row) => row.name) },
  Version: {
    id: number('id'),
    name: property<Version>('String', (row) => row.name),
    description: text('description'),
    archived: flag('archived'),
    released: flag('released'),
    releaseDate: property<Version>('CalendarDate', (row) => day(row.releaseDate ?? null)),
  },
  Comment: {
    id: number('id'),
    author: property<Comment>('User', (row, w) => person(w, row.author)),
    body: property<Comment>('RichText', (row) => richText(row.body)),
    created: property<Comment>('Date', (row) => date(row.created)),
    updated: property<Comment>('Date', (row) => date(row.updated)),
    properties: property<Comment>('EntityProperties', (row) => entityProperties('comment', row.id), true),
  },
  Attachment: {
    id: number('id'),
    filename: text('filename'),
    mimeType: text('mimeType'),
    size: number('size'),
    author: property<{ author: UserRef }>('User', (row, w) => person(w, row.author)),
    created: property<{ created: string }>('Date', (row) => date(row.created)),
  },
  IssueLink: {
    id: number('id'),
    direction: property<Linked>('String', (row) => (row.inwardIssue.id === row.from ? 'outward' : 'inward')),
    type: property<Linked>('IssueLinkType', (row, w) =>
      thing('IssueLinkType', w.get(issueLinkTypes, row.type.id), row.type.id),
    ),
    linkedIssue: property<Linked>('Issue', (row, w) => issueThing(w.get(issues, otherEnd(row))), true),
  },
  IssueLinkType: { id: number('id'), name: text('name'), inward: text('inward'), outward: text('outward') },
  Changelog: {
    id: number('id'),
    author: property<History>('User', (row, w) => person(w, row.author)),
    created: property<History>('Date', (row) => date(row.created)),
    items: property<History>('List<ChangelogItem>', (row) =>
      row.items.map((item, i) => thing('ChangelogItem', item, `${row.id}/${i}`)),
    ),
  },
  ChangelogItem: {
    field: property<HistoryItem>('String', (row) => row.field),
    fieldId: property<HistoryItem>('String', (row) => row.fieldId),
    from: property<HistoryItem>('String', (row) => row.from),
    fromString: property<HistoryItem>('String', (row) => row.fromString),
    to: property<HistoryItem>('String', (row) => row.to),
    toString: property<HistoryItem>('String', (row) =>
      Object.hasOwn(row, 'toString') ? row.toString : null,
    ),
  },
  Sprint: {
    id: number('id'),
    name: property<Sprint>('String', (row) => row.name),
    state: text('state'),
    goal: text('goal'),
    startDate: property<Sprint>('Date', (row) => date(row.startDate)),
    endDate: property<Sprint>('Date', (row) => date(row.endDate)),
    completeDate: property<Sprint>('Date', (row) => date(row.completeDate)),
  },
  Board: { id: number('id'), name: property<Board>('String', (row) => row.name), type: text('type') },
};

/** The project, board or sprint with an id or key that a request names. */
export const boardWith = (world: World, id: number): Thing | null =>
  boardThing(world.list(boards, { where: (row) => row.id === id }).first());
export const sprintWith = (world: World, id: number): Thing | null =>
  sprintThing(world.list(sprints, { where: (row) => row.id === id }).first());
export const projectWith = (world: World, id: string): Thing | null => projectThing(world.get(projects, id));
