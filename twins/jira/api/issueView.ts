/**
 * An issue as answers show it: `expand, id, self, key, fields`, with everything it refers to looked up. Unset
 * fields are `null`, empty collections `[]`; only the fields that were asked for are worked out.
 */

import type { World } from '../../../src/world/world.ts';
import { developmentText } from '../model/devops/summary.ts';
import {
  EPIC_COLOR,
  EPIC_LINK,
  EPIC_NAME,
  EPIC_STATUS,
  fieldById,
  fieldsOf,
  SPRINT,
} from '../model/fields/fields.ts';
import { absentFields } from '../model/fields/screens.ts';
import { attachmentsOf } from '../model/issues/attachments.ts';
import { commentsSeen } from '../model/issues/comments.ts';
import { countOf, follows } from '../model/issues/followers.ts';
import { childrenOf, issueNamed, levelOf } from '../model/issues/issueNamed.ts';
import { linksOf, linkTypes } from '../model/issues/links.ts';
import { prettyWork, timeTrackingOf } from '../model/issues/timeTracking.ts';
import { worklogsSeen } from '../model/issues/worklogs.ts';
import { mayBrowse } from '../model/permissions/may.ts';
import {
  componentOf,
  issueTypeOf,
  priorityOf,
  projectOf,
  resolutionOf,
  statusOf,
  versionOf,
} from '../model/projects/projects.ts';
import { sprintById } from '../model/software/issueSprints.ts';
import { showRichText } from '../model/text/richText.ts';
import { type Issue, type Ref, votes, watchers } from '../world.ts';
import type { Address } from './address.ts';
import { agileFields } from './agileViews.ts';
import { customValue, optionView } from './customValues.ts';
import { personView } from './peopleView.ts';
import {
  categoryView,
  componentView,
  issueTypeView,
  linkTypeView,
  priorityView,
  projectView,
  resolutionView,
  statusView,
  versionView,
} from './schemeViews.ts';
import { levelView } from './securityViews.ts';
import { attachmentView, commentView, worklogView } from './talkViews.ts';

type Json = Record<string, unknown>;

/** Which fields are wanted: says it for a field id. */
export type Wanted = (id: string, navigable: boolean) => boolean;

/** Reads `fields=summary,*navigable,-comment`; `fallback` where nothing was asked for. */
export function wantedFields(names: readonly string[], fallback: '*all' | '*navigable'): Wanted {
  const asked = names.length > 0 ? names : [fallback];
  const out = new Set(asked.filter((name) => name.startsWith('-')).map((name) => name.slice(1)));
  const named = new Set(asked.filter((name) => !name.startsWith('-')));
  const all = named.has('*all') || (named.size === 0 && fallback === '*all');
  const navigable = named.has('*navigable') || (named.size === 0 && fallback === '*navigable');
  return (id, isNavigable) => !out.has(id) && (all || named.has(id) || (navigable && isNavigable));
}

export const ISSUE_EXPAND =
  'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations';

/** An issue with the fields that are wanted. */
export function issueView(at: Address, issue: Issue, wanted: Wanted, expand: string = ISSUE_EXPAND): Json {
  return {
    expand,
    id: issue.id,
    self: `${at.issues}/issue/${issue.id}`,
    key: issue.key,
    fields: fieldsView(at, issue, wanted),
  };
}

/** The fields alone, in the site's order. */
export function fieldsView(at: Address, issue: Issue, wanted: Wanted): Json {
  const fields: Json = {};
  const absent = absentAt(at, issue);
  for (const field of fieldsOf(at.world)) {
    if (HIDDEN.has(field.id) || !wanted(field.id, field.navigable) || absent(field.id)) continue;
    const view = VIEWS[field.id];
    const value = view ? view(at, issue) : customValue(at, field, issue);
    if (value !== undefined) fields[field.id] = value;
  }
  if (at.agile) Object.assign(fields, agileFields(at, issue, wanted));
  return fields;
}

/** Which fields an issue does not have: the same for all of a kind in a project. */
function absentAt(
  { world }: Address,
  { fields: { project, issuetype } }: Issue,
): (fieldId: string) => boolean {
  const known = absences.get(world) ?? new Map<string, (fieldId: string) => boolean>();
  absences.set(world, known);
  const key = `${project.id}/${issuetype.id}`;
  const absent =
    known.get(key) ?? absentFields(world, projectOf(world, project), issueTypeOf(world, issuetype));
  known.set(key, absent);
  return absent;
}

/** Many issues are shown in one transaction, of few kinds. */
const absences = new WeakMap<World, Map<string, (fieldId: string) => boolean>>();

/** Fields that a site knows and no issue shows. */
export const HIDDEN = new Set(['issuekey', 'thumbnail', 'customfield_10018']);

/** A view gives `undefined` where the issue does not show the field at all. */
type View = (at: Address, issue: Issue) => unknown;

const VIEWS: Readonly<Record<string, View>> = {
  statuscategorychangedate: (at, { fields }) => at.date(fields.statuscategorychangedate),
  issuetype: (at, { fields }) => issueTypeView(at, issueTypeOf(at.world, fields.issuetype)),
  parent: (at, { fields }) => (fields.parent ? shortById(at, fields.parent.id) : undefined),
  timespent: (_, { fields }) => fields.timespent,
  project: (at, { fields }) => projectView(at, projectOf(at.world, fields.project)),
  fixVersions: (at, { fields }) =>
    fields.fixVersions.flatMap((ref) => versionOf(at.world, ref) ?? []).map((row) => versionView(at, row)),
  versions: (at, { fields }) =>
    fields.versions.flatMap((ref) => versionOf(at.world, ref) ?? []).map((row) => versionView(at, row)),
  components: (at, { fields }) =>
    fields.components.flatMap((ref) => componentOf(at.world, ref) ?? []).map((row) => componentView(at, row)),
  statusCategory: (at, { fields }) => categoryView(at, statusOf(at.world, fields.status).statusCategory.id),
  resolution: (at, { fields }) =>
    fields.resolution ? resolutionView(at, resolutionOf(at.world, fields.resolution)) : null,
  resolutiondate: (at, { fields }) => at.dateOrNull(fields.resolutiondate),
  workratio: (_, { fields }) =>
    fields.timeoriginalestimate
      ? Math.floor((100 * (fields.timespent ?? 0)) / fields.timeoriginalestimate)
      : -1,
  issuerestriction: (at, { fields }) => ({
    issuerestrictions: {},
    shouldDisplay: projectOf(at.world, fields.project).simplified,
  }),
  lastViewed: () => null,
  watches: (at, issue) => ({
    self: `${at.rest}/issue/${issue.key}/watchers`,
    watchCount: countOf(at.world, watchers, issue.id),
    isWatching: at.me !== undefined && follows(at.world, watchers, issue.id, at.me.accountId),
  }),
  votes: (at, issue) => ({
    self: `${at.rest}/issue/${issue.key}/votes`,
    votes: countOf(at.world, votes, issue.id),
    hasVoted: at.me !== undefined && follows(at.world, votes, issue.id, at.me.accountId),
  }),
  created: (at, { fields }) => at.date(fields.created),
  updated: (at, { fields }) => at.date(fields.updated),
  priority: (at, { fields }) =>
    fields.priority ? priorityView(at, priorityOf(at.world, fields.priority)) : null,
  labels: (_, { fields }) => fields.labels,
  issuelinks: (at, issue) => linkViews(at, issue),
  subtasks: (at, issue) => subtasksOf(at, issue).map((child) => shortIssue(at, child)),
  assignee: (at, { fields }) => personView(at, fields.assignee),
  reporter: (at, { fields }) => personView(at, fields.reporter),
  creator: (at, { fields }) => personView(at, fields.creator),
  status: (at, { fields }) => statusView(at, statusOf(at.world, fields.status)),
  description: (at, { fields, wiki }) => showRichText(fields.description, wiki?.description, at.form),
  environment: (at, { fields, wiki }) => showRichText(fields.environment, wiki?.environment, at.form),
  summary: (_, { fields }) => fields.summary,
  duedate: (_, { fields }) => fields.duedate,
  security: (at, { fields }) => levelView(at, fields.security),
  timeoriginalestimate: (_, { fields }) => fields.timeoriginalestimate,
  timeestimate: (_, { fields }) => fields.timeestimate,
  timetracking: (at, { fields }) => timeTracking(at, fields),
  aggregatetimespent: (at, issue) => sum(at, issue, 'timespent'),
  aggregatetimeestimate: (at, issue) => sum(at, issue, 'timeestimate'),
  aggregatetimeoriginalestimate: (at, issue) => sum(at, issue, 'timeoriginalestimate'),
  progress: (_, { fields }) => progress(fields.timespent, fields.timeestimate),
  aggregateprogress: (at, issue) => progress(sum(at, issue, 'timespent'), sum(at, issue, 'timeestimate')),
  attachment: (at, issue) => attachmentsOf(at.world, issue.id).map((file) => attachmentView(at, file)),
  comment: (at, issue) => {
    const all = [...commentsSeen(at.world, at.me, issue)].map((one) => commentView(at, one));
    return {
      comments: all,
      self: `${at.rest}/issue/${issue.id}/comment`,
      maxResults: all.length,
      total: all.length,
      startAt: 0,
    };
  },
  worklog: (at, issue) => {
    const all = [...worklogsSeen(at.world, at.me, issue)];
    const shown = all.slice(0, EMBEDDED_WORKLOGS_MAX).map((one) => worklogView(at, one));
    return { startAt: 0, maxResults: EMBEDDED_WORKLOGS_MAX, total: all.length, worklogs: shown };
  },
  [EPIC_LINK]: (at, { fields }) => epicKeyOf(at, fields.parent),
  [EPIC_NAME]: (at, issue) => (isEpic(at, issue) ? (issue.fields[EPIC_NAME] ?? null) : undefined),
  [EPIC_STATUS]: (at, issue) => (isEpic(at, issue) ? epicStatus(at, issue) : undefined),
  [EPIC_COLOR]: (at, issue) => (isEpic(at, issue) ? (issue.fields[EPIC_COLOR] ?? 'ghx-label-1') : undefined),
  [SPRINT]: (at, { fields }) => sprintViews(at, fields[SPRINT]),
  customfield_10000: (at, issue) => developmentText(at.world, issue.id),
};

/** Worklogs that an issue shows of itself. */
export const EMBEDDED_WORKLOGS_MAX = 20;
const TO_DO: Ref = { id: '10120' };

const epicStatus = (at: Address, issue: Issue): Json | null =>
  optionView(at, (issue.fields[EPIC_STATUS] as Ref | null | undefined) ?? TO_DO);

const isEpic = (at: Address, issue: Issue): boolean => levelOf(at.world, issue) === 1;

function epicKeyOf(at: Address, parent: Issue['fields']['parent']): string | null {
  const epic = parent ? issueNamed(at.world, parent.id) : undefined;
  return epic && isEpic(at, epic) ? epic.key : null;
}

/** An issue inside another: links, parents, sub-tasks. */
export const shortIssue = (at: Address, issue: Issue): Json => ({
  id: issue.id,
  key: issue.key,
  self: `${at.rest}/issue/${issue.id}`,
  fields: fieldsInOrder(at, issue, ['summary', 'status', 'priority', 'issuetype']),
});

const fieldsInOrder = (at: Address, issue: Issue, ids: readonly string[]): Json =>
  Object.fromEntries(ids.map((id) => [id, VIEWS[id]?.(at, issue)]));

function shortById(at: Address, id: string): Json | undefined {
  const issue = issueNamed(at.world, id);
  return issue && mayBrowse(at.world, at.me, issue) ? shortIssue(at, issue) : undefined;
}

function linkViews(at: Address, issue: Issue): Json[] {
  const types = linkTypes(at.world);
  return linksOf(at.world, issue.id).flatMap((link) => {
    const outward = link.inwardIssue.id === issue.id;
    const other = shortById(at, outward ? link.outwardIssue.id : link.inwardIssue.id);
    const type = types.find((one) => one.id === link.type.id);
    if (!other || !type) return [];
    const self = `${at.rest}/issueLink/${link.id}`;
    return [
      { id: link.id, self, type: linkTypeView(at, type), [outward ? 'outwardIssue' : 'inwardIssue']: other },
    ];
  });
}

const subtasksOf = (at: Address, issue: Issue): Issue[] =>
  childrenOf(at.world, issue).filter(
    (child) => levelOf(at.world, child) === -1 && mayBrowse(at.world, at.me, child),
  );

type Seconds = 'timespent' | 'timeestimate' | 'timeoriginalestimate';

/** The issue's own value and its sub-tasks' together; `null` where none has one. */
function sum(at: Address, issue: Issue, id: Seconds): number | null {
  const values = [issue, ...subtasksOf(at, issue)]
    .map((one) => one.fields[id])
    .filter((value) => value !== null);
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) : null;
}

function progress(spent: number | null, left: number | null): Json {
  const total = (spent ?? 0) + (left ?? 0);
  const done = spent ?? 0;
  return { progress: done, total, ...(total > 0 ? { percent: Math.floor((100 * done) / total) } : {}) };
}

function timeTracking(at: Address, { timeoriginalestimate, timeestimate, timespent }: Issue['fields']): Json {
  const counting = timeTrackingOf(at.world);
  const parts: [string, number | null][] = [
    ['originalEstimate', timeoriginalestimate],
    ['remainingEstimate', timeestimate],
    ['timeSpent', timespent],
  ];
  const given = parts.filter((part): part is [string, number] => part[1] !== null);
  return Object.fromEntries([
    ...given.map(([name, seconds]) => [name, prettyWork(seconds, counting)]),
    ...given.map(([name, seconds]) => [`${name}Seconds`, seconds]),
  ]);
}

function sprintViews(at: Address, value: unknown): Json[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return (value as number[]).flatMap((id) => {
    const sprint = sprintById(at.world, id);
    if (!sprint) return [];
    const {
      originBoardId: boardId,
      createdDate: _,
      goal = '',
      startDate,
      endDate,
      completeDate,
      ...rest
    } = sprint;
    return [
      {
        id: rest.id,
        name: rest.name,
        state: rest.state,
        boardId,
        goal,
        ...(startDate ? { startDate } : {}),
        ...(endDate ? { endDate } : {}),
        ...(completeDate ? { completeDate } : {}),
      },
    ];
  });
}

/** What `expand=names` and `expand=schema` add, for the fields that are shown. */
export function fieldNames({ world }: Address, fields: Json): { names: Json; schema: Json } {
  const shown = Object.keys(fields).flatMap((id) => fieldById(world, id) ?? []);
  return {
    names: Object.fromEntries(shown.map((field) => [field.id, field.name])),
    schema: Object.fromEntries(shown.flatMap((field) => (field.schema ? [[field.id, field.schema]] : []))),
  };
}
