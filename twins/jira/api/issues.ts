/** Issues: create, read, edit, delete, assign, move; their changelogs. */

import { ApiError } from '../../../src/error.ts';
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import { ISSUES_PER_BULK_FETCH_MAX, ISSUES_PER_BULK_MAX } from '../limits.ts';
import { historyOf } from '../model/issues/history.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import {
  assignIssue,
  type CreateInput,
  createIssue,
  deleteIssue,
  editIssue,
} from '../model/issues/issues.ts';
import { quietly } from '../model/notifications/notifyOf.ts';
import { requireReadableIssue, visibleIssue } from '../model/permissions/visible.ts';
import { issueTypeOf, projectOf } from '../model/projects/projects.ts';
import { propertiesOf } from '../model/properties.ts';
import type { Issue } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter, texts } from './address.ts';
import { fieldMeta } from './fieldMeta.ts';
import { fieldNames, ISSUE_EXPAND, issueView, type Wanted, wantedFields } from './issueView.ts';
import { renderedFields } from './renderedFields.ts';
import { historyView } from './talkViews.ts';
import { transitionViews } from './transitions.ts';

type Json = Record<string, unknown>;

/** The issue that a path names. */
const named = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);

/** The same for reading: archived ones as well. */
const read = (call: Call) =>
  requireReadableIssue(call.world, addressOf(call).me, call.params.issueIdOrKey as string);

/** `{id, key, self}`. */
const created = (at: Address, issue: Issue): Json => ({
  id: issue.id,
  key: issue.key,
  self: `${at.issues}/issue/${issue.id}`,
});

/** An issue with what `expand` adds to it. */
export function expandedIssue(at: Address, issue: Issue, wanted: Wanted, expand: readonly string[]): Json {
  const shown = issueView(at, issue, wanted, `${ISSUE_EXPAND},customfield_10010.requestTypePractice`);
  const more: Json = {};
  if (expand.includes('renderedFields')) more.renderedFields = renderedFields(at, issue, wanted);
  const { names, schema } = fieldNames(at, shown.fields as Json);
  if (expand.includes('names')) more.names = names;
  if (expand.includes('schema')) more.schema = schema;
  if (expand.includes('editmeta')) more.editmeta = editMeta(at, issue);
  if (expand.includes('transitions')) more.transitions = transitionViews(at, issue);
  if (expand.includes('changelog')) more.changelog = changelog(at, issue);
  if (expand.includes('operations')) more.operations = { linkGroups: [] };
  const { fields, ...head } = shown;
  if (!expand.includes('versionedRepresentations')) return { ...head, ...more, fields };
  // There is one representation of each field so far, and it takes the place of the field.
  const versioned = Object.entries(fields as Json).map(([id, value]) => [id, { 1: value }]);
  return { ...head, ...more, versionedRepresentations: Object.fromEntries(versioned) };
}

/** The newest part of the changelog, newest first, as it is embedded. */
function changelog(at: Address, issue: Issue): Json {
  const all = [...historyOf(at.world, issue.id)].reverse();
  const histories = all.slice(0, 100).map((row) => historyView(at, row));
  return { startAt: 0, maxResults: histories.length, total: all.length, histories };
}

/** `{fields: {…}}`: what may be edited. */
export function editMeta(at: Address, issue: Issue): Json {
  const project = projectOf(at.world, issue.fields.project);
  return { fields: fieldMeta(at, project, issueTypeOf(at.world, issue.fields.issuetype), 'edit', issue) };
}

export const issueEndpoints = [
  endpoint(
    { id: 'createIssue', route: 'POST /rest/api/3/issue', status: 201, doc: doc('issues', 'issue-post') },
    (call) => {
      const at = addressOf(call);
      return created(at, createIssue(call.world, caller(call), bodyObject(call), at.form));
    },
  ),
  endpoint(
    {
      id: 'createIssues',
      route: 'POST /rest/api/3/issue/bulk',
      status: 201,
      doc: doc('issues', 'issue-bulk-post'),
    },
    (call) => {
      const { issueUpdates } = bodyObject(call);
      if (!Array.isArray(issueUpdates)) throw refused('badRequest');
      if (issueUpdates.length > ISSUES_PER_BULK_MAX)
        throw badQuery(`The maximum number of issues that can be created in bulk is ${ISSUES_PER_BULK_MAX}.`);
      return bulkCreate(call, issueUpdates);
    },
  ),
  endpoint(
    {
      id: 'bulkFetchIssues',
      route: 'POST /rest/api/3/issue/bulkfetch',
      doc: doc('issues', 'issue-bulkfetch-post'),
    },
    (call) => {
      const { issueIdsOrKeys, fields, expand } = bodyObject(call) as {
        issueIdsOrKeys?: unknown;
        fields?: unknown;
        expand?: unknown;
      };
      if (!Array.isArray(issueIdsOrKeys) || issueIdsOrKeys.length > ISSUES_PER_BULK_FETCH_MAX)
        throw refused('badRequest');
      const at = addressOf(call);
      const found = issueIdsOrKeys.flatMap((one) => visibleIssue(call.world, at.me, String(one)) ?? []);
      const wanted = wantedFields(texts(fields), '*navigable');
      const issueErrors: Json[] = [];
      const more = texts(expand);
      return { issueErrors, issues: found.map((issue) => expandedIssue(at, issue, wanted, more)) };
    },
  ),
  endpoint(
    {
      id: 'getIssue',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}',
      doc: doc('issues', 'issue-issueidorkey-get'),
    },
    (call) => {
      const issue = read(call);
      const wanted = wantedFields(listParameter(call.query, 'fields'), '*all');
      const shown = expandedIssue(addressOf(call), issue, wanted, listParameter(call.query, 'expand'));
      const keys = listParameter(call.query, 'properties');
      return keys.length > 0 ? { ...shown, properties: propertiesShown(call, issue, keys) } : shown;
    },
  ),
  endpoint(
    {
      id: 'editIssue',
      route: 'PUT /rest/api/3/issue/{issueIdOrKey}',
      status: 204,
      traits: { emptyType: 'application/json;charset=UTF-8' },
      doc: doc('issues', 'issue-issueidorkey-put'),
    },
    (call) => {
      const at = addressOf(call);
      if (call.query.get('notifyUsers') === 'false') quietly(call.world);
      const issue = editIssue(call.world, named(call), caller(call), bodyObject(call), at.form);
      if (call.query.get('returnIssue') !== 'true') return undefined;
      const expand = listParameter(call.query, 'expand');
      return reply({ status: 200, body: expandedIssue(at, issue, wantedFields([], '*all'), expand) });
    },
  ),
  endpoint(
    {
      id: 'deleteIssue',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}',
      status: 204,
      doc: doc('issues', 'issue-issueidorkey-delete'),
    },
    (call) => deleteIssue(call.world, named(call), caller(call), call.query.get('deleteSubtasks') === 'true'),
  ),
  endpoint(
    {
      id: 'assignIssue',
      route: 'PUT /rest/api/3/issue/{issueIdOrKey}/assignee',
      status: 204,
      doc: doc('issues', 'issue-issueidorkey-assignee-put'),
    },
    (call) => {
      const issue = named(call);
      const value = bodyObject(call);
      assignIssue(call.world, issue, caller(call), value.accountId === null ? null : value);
    },
  ),
  endpoint(
    {
      id: 'getChangeLogs',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/changelog',
      page: { style: 'values', default: 100, max: 100 },
      doc: doc('issues', 'issue-issueidorkey-changelog-get'),
    },
    (call) => {
      const at = addressOf(call);
      const issue = read(call);
      const self = `${at.rest}/issue/${issue.key}/changelog`;
      return list(historyOf(call.world, issue.id), (row) => historyView(at, row), { self });
    },
  ),
  endpoint(
    {
      id: 'getChangeLogsByIds',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/changelog/list',
      doc: doc('issues', 'issue-issueidorkey-changelog-list-post'),
    },
    (call) => {
      const { changelogIds } = bodyObject(call);
      if (!Array.isArray(changelogIds)) throw refused('badRequest');
      const at = addressOf(call);
      const ids = new Set(changelogIds.map(String));
      const histories = [...historyOf(call.world, named(call).id)].filter((row) => ids.has(row.id));
      const views = histories.map((row) => historyView(at, row));
      return { startAt: 0, maxResults: views.length, total: views.length, histories: views };
    },
  ),
];

function propertiesShown(call: Call, issue: Issue, keys: readonly string[]): Json {
  const all = propertiesOf(call.world, 'issue', issue.id);
  return Object.fromEntries(
    all
      .filter(({ key }) => keys.includes('*all') || keys.includes(key))
      .map(({ key, value }) => [key, value]),
  );
}

/** Makes what can be made; the refusals are told by their place in the request. */
function bulkCreate(call: Call, updates: readonly unknown[]): unknown {
  const at = addressOf(call);
  const issues: Json[] = [];
  const errors: Json[] = [];
  updates.forEach((update, i) => {
    try {
      const input = (update ?? {}) as CreateInput;
      const issue = call.world.attempt(() => createIssue(call.world, caller(call), input, at.form));
      issues.push(created(at, issue));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { errorMessages = [], errors: byField = {} } = error.data;
      errors.push({
        status: error.status,
        elementErrors: { errorMessages, errors: byField },
        failedElementNumber: i,
      });
    }
  });
  return issues.length === 0 && errors.length > 0
    ? reply({ status: 400, body: { issues, errors } })
    : { issues, errors };
}
