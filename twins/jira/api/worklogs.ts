/** Work logged on issues. */
import type { Range } from '../../../src/range.ts';
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import type { Adjustment } from '../model/issues/estimates.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { deleteWorklogs, moveWorklogs } from '../model/issues/manyWorklogs.ts';
import {
  addWorklog,
  deletedSince,
  deleteWorklog,
  requireWorklog,
  updateWorklog,
  worklogsById,
  worklogsSeen,
  worklogsSince,
} from '../model/issues/worklogs.ts';
import { propertiesOf } from '../model/properties.ts';
import { parseStamp } from '../model/time.ts';
import type { Worklog } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { worklogView } from './talkViews.ts';

const issueOf = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);

const adjustmentOf = ({ query }: Call): Adjustment => ({
  adjustEstimate: query.get('adjustEstimate'),
  newEstimate: query.get('newEstimate'),
  reduceBy: query.get('reduceBy'),
  increaseBy: query.get('increaseBy'),
});

const expandOf = (call: Call) => listParameter(call.query, 'expand');

function located(at: Address, worklog: Worklog, status: number, expand: readonly string[]) {
  const body = worklogView(at, worklog, expand);
  return reply({ status, body, headers: [['location', String(body.self)]] });
}

/** Changed worklogs that one answer tells of. */
const CHANGED_MAX = 1_000;

const IDS = { type: 'array', items: { type: 'integer' }, uniqueItems: true };

export const worklogEndpoints = [
  endpoint(
    {
      id: 'getIssueWorklog',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/worklog',
      page: { style: 'keyed', key: 'worklogs', default: 5_000, max: 5_000 },
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-get'),
    },
    (call) => {
      const at = addressOf(call);
      const moment = (name: string) => (call.query.has(name) ? Number(call.query.get(name)) : undefined);
      const [after, before] = [moment('startedAfter'), moment('startedBefore')];
      const between = worklogsSeen(call.world, at.me, issueOf(call)).filter(({ started }) => {
        const ms = parseStamp(started) ?? 0;
        return (after === undefined || ms >= after) && (before === undefined || ms < before);
      });
      return list(between, (worklog) => worklogView(at, worklog, expandOf(call)));
    },
  ),
  endpoint(
    {
      id: 'addWorklog',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/worklog',
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-post'),
    },
    (call) => {
      const at = addressOf(call);
      const { world } = call;
      return located(
        at,
        addWorklog(world, issueOf(call), caller(call), bodyObject(call), at.form, adjustmentOf(call)),
        201,
        expandOf(call),
      );
    },
  ),
  endpoint(
    {
      id: 'getWorklog',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/worklog/{id}',
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-id-get'),
    },
    (call) => {
      const at = addressOf(call);
      const worklog = requireWorklog(call.world, at.me, issueOf(call), call.params.id);
      return worklogView(at, worklog, expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'updateWorklog',
      route: 'PUT /rest/api/3/issue/{issueIdOrKey}/worklog/{id}',
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-id-put'),
    },
    (call) => {
      const at = addressOf(call);
      const { world, params } = call;
      const issue = issueOf(call);
      return located(
        at,
        updateWorklog(world, issue, caller(call), params.id, bodyObject(call), at.form, adjustmentOf(call)),
        200,
        expandOf(call),
      );
    },
  ),
  endpoint(
    {
      id: 'deleteWorklog',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/worklog/{id}',
      status: 204,
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-id-delete'),
    },
    (call) => deleteWorklog(call.world, issueOf(call), caller(call), call.params.id, adjustmentOf(call)),
  ),
  endpoint(
    {
      id: 'getWorklogsForIds',
      route: 'POST /rest/api/3/worklog/list',
      doc: doc('issue-worklogs', 'worklog-list-post'),
    },
    (call) => {
      const { ids } = bodyObject(call);
      if (!Array.isArray(ids) || ids.length === 0 || ids.length > CHANGED_MAX) throw refused('badRequest');
      const at = addressOf(call);
      return worklogsById(call.world, at.me, ids).map((worklog) => worklogView(at, worklog, expandOf(call)));
    },
  ),
  endpoint(
    {
      id: 'getIdsOfWorklogsModifiedSince',
      route: 'GET /rest/api/3/worklog/updated',
      doc: doc('issue-worklogs', 'worklog-updated-get'),
    },
    (call) => {
      const expand = expandOf(call).includes('properties');
      return changed(call, 'updated', worklogsSince(call.world, caller(call), sinceOf(call)), (row) => ({
        worklogId: Number(row.id),
        updatedTime: parseStamp(row.updated) ?? 0,
        properties: expand
          ? propertiesOf(call.world, 'worklog', row.id).map(({ key, value }) => ({ key, value }))
          : [],
      }));
    },
  ),
  endpoint(
    {
      id: 'getIdsOfWorklogsDeletedSince',
      route: 'GET /rest/api/3/worklog/deleted',
      doc: doc('issue-worklogs', 'worklog-deleted-get'),
    },
    (call) =>
      changed(call, 'deleted', deletedSince(call.world, sinceOf(call)), ({ id, at }) => ({
        worklogId: Number(id),
        updatedTime: at,
        properties: [],
      })),
  ),
  endpoint(
    {
      id: 'bulkDeleteWorklogs',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/worklog',
      status: 204,
      input: { type: 'object', properties: { ids: IDS }, required: ['ids'] },
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-delete'),
    },
    (call) => {
      const { ids } = bodyObject(call) as { ids: number[] };
      deleteWorklogs(call.world, issueOf(call), caller(call), ids, call.query.get('adjustEstimate'));
    },
  ),
  endpoint(
    {
      id: 'bulkMoveWorklogs',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/worklog/move',
      status: 204,
      input: {
        type: 'object',
        properties: { ids: IDS, issueIdOrKey: { type: 'string', minLength: 1 } },
        required: ['ids', 'issueIdOrKey'],
      },
      doc: doc('issue-worklogs', 'issue-issueidorkey-worklog-move-post'),
    },
    (call) => {
      const { ids, issueIdOrKey } = bodyObject(call) as { ids: number[]; issueIdOrKey: string };
      const adjust = call.query.get('adjustEstimate');
      moveWorklogs(call.world, issueOf(call), caller(call), ids, issueIdOrKey, adjust);
    },
  ),
];

const sinceOf = ({ query }: Call): number => Math.max(0, Number(query.get('since') ?? 0) || 0);

/** What changed since a moment, a page of it: `{values, since, until, self, nextPage?, lastPage}`. */
function changed<E extends object>(
  call: Call,
  how: string,
  rows: Range<E>,
  view: (row: E) => { updatedTime: number },
) {
  const since = sinceOf(call);
  const { items, more } = rows.page({ limit: CHANGED_MAX });
  const values = items.map(view);
  const until = values.at(-1)?.updatedTime ?? since;
  const path = `${addressOf(call).rest}/worklog/${how}`;
  return {
    values,
    since,
    until,
    self: `${path}?since=${since}`,
    ...(more ? { nextPage: `${path}?since=${until}` } : {}),
    lastPage: !more,
  };
}
