/** What `expand=renderedFields` adds: each field as people read it, and `null` where that is no other than its value. */
import { fieldsOf } from '../model/fields/fields.ts';
import { attachmentsOf } from '../model/issues/attachments.ts';
import { commentsSeen } from '../model/issues/comments.ts';
import { pickedDate, pickedMoment } from '../model/issues/customLabels.ts';
import { timeTrackingOf, writtenWork } from '../model/issues/timeTracking.ts';
import { worklogsSeen } from '../model/issues/worklogs.ts';
import type { AdfDocument } from '../model/text/adf.ts';
import { htmlFromDocument } from '../model/text/html.ts';
import type { Issue } from '../world.ts';
import type { Address } from './address.ts';
import { readable } from './archiveEntries.ts';
import { renderedValue } from './customValues.ts';
import { EMBEDDED_WORKLOGS_MAX, fieldsView, HIDDEN, type Wanted } from './issueView.ts';
import { attachmentView, commentView, worklogView } from './talkViews.ts';

type Json = Record<string, unknown>;
type View = (at: Address, issue: Issue) => unknown;

export function renderedFields(at: Address, issue: Issue, wanted: Wanted): Json {
  const out: Json = {};
  for (const field of fieldsOf(at.world)) {
    if (HIDDEN.has(field.id) || !wanted(field.id, field.navigable)) continue;
    const view = VIEWS[field.id];
    out[field.id] = view ? view(at, issue) : field.custom ? renderedValue(at, field, issue) : null;
  }
  return out;
}

const html = (at: Address, doc: AdfDocument | null | undefined): string =>
  doc ? htmlFromDocument(doc, at.site) : '';

const moment = (at: Address, stored: string | null): string | null =>
  stored === null ? null : pickedMoment(stored, at.me?.timeZone ?? 'UTC');

const work =
  (id: 'timespent' | 'timeestimate' | 'timeoriginalestimate'): View =>
  (at, { fields }) =>
    fields[id] === null ? null : writtenWork(fields[id], timeTrackingOf(at.world));

const VIEWS: Readonly<Record<string, View>> = {
  statuscategorychangedate: (at, { fields }) => moment(at, fields.statuscategorychangedate),
  created: (at, { fields }) => moment(at, fields.created),
  updated: (at, { fields }) => moment(at, fields.updated),
  resolutiondate: (at, { fields }) => moment(at, fields.resolutiondate),
  duedate: (_, { fields }) => (fields.duedate === null ? null : pickedDate(fields.duedate)),
  description: (at, { fields }) => html(at, fields.description),
  environment: (at, { fields }) => html(at, fields.environment),
  timespent: work('timespent'),
  timeestimate: work('timeestimate'),
  timeoriginalestimate: work('timeoriginalestimate'),
  timetracking: (at, issue) => fieldsView(at, issue, (id) => id === 'timetracking').timetracking,
  attachment: (at, issue) =>
    attachmentsOf(at.world, issue.id).map((file) => ({
      ...attachmentView(at, file),
      created: moment(at, file.created),
      size: readable(file.size),
    })),
  comment: (at, issue) => {
    const comments = [...commentsSeen(at.world, at.me, issue)].map((one) => ({
      ...commentView(at, one),
      body: html(at, one.body),
      created: moment(at, one.created),
      updated: moment(at, one.updated),
    }));
    const self = `${at.rest}/issue/${issue.id}/comment`;
    return { comments, self, maxResults: comments.length, total: comments.length, startAt: 0 };
  },
  worklog: (at, issue) => {
    const all = [...worklogsSeen(at.world, at.me, issue)];
    const worklogs = all.slice(0, EMBEDDED_WORKLOGS_MAX).map((one) => ({
      ...worklogView(at, one),
      comment: html(at, one.comment),
      created: moment(at, one.created),
      updated: moment(at, one.updated),
      started: moment(at, one.started),
      timeSpent: writtenWork(one.timeSpentSeconds, timeTrackingOf(at.world)),
    }));
    return { startAt: 0, maxResults: EMBEDDED_WORKLOGS_MAX, total: all.length, worklogs };
  },
};
