/** Work logged on issues. */
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import {
  type Adjustment,
  addWorklog,
  deleteWorklog,
  requireWorklog,
  updateWorklog,
  worklogsById,
  worklogsSeen,
  worklogsSince,
} from '../model/issues/worklogs.ts';
import { parseStamp } from '../model/time.ts';
import type { Worklog } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc } from './address.ts';
import { worklogView } from './talkViews.ts';

const issueOf = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);

const adjustmentOf = ({ query }: Call): Adjustment => ({
  adjustEstimate: query.get('adjustEstimate'),
  newEstimate: query.get('newEstimate'),
  reduceBy: query.get('reduceBy') ?? query.get('increaseBy'),
});

function located(at: Address, worklog: Worklog, status: number) {
  const body = worklogView(at, worklog);
  return reply({ status, body, headers: [['location', String(body.self)]] });
}

/** Changed worklogs that one answer tells of. */
const CHANGED_MAX = 1_000;

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
      return list(worklogsSeen(call.world, at.me, issueOf(call)), (worklog) => worklogView(at, worklog));
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
      return worklogView(at, requireWorklog(call.world, at.me, issueOf(call), call.params.id));
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
      if (!Array.isArray(ids) || ids.length > CHANGED_MAX) throw refused('badRequest');
      const at = addressOf(call);
      return worklogsById(call.world, at.me, ids).map((worklog) => worklogView(at, worklog));
    },
  ),
  endpoint(
    {
      id: 'getIdsOfWorklogsModifiedSince',
      route: 'GET /rest/api/3/worklog/updated',
      doc: doc('issue-worklogs', 'worklog-updated-get'),
    },
    (call) => {
      const since = Math.max(0, Number(call.query.get('since') ?? 0) || 0);
      const { items, more } = worklogsSince(call.world, caller(call), since).page({ limit: CHANGED_MAX });
      const values = items.map((row) => ({
        worklogId: Number(row.id),
        updatedTime: parseStamp(row.updated) ?? 0,
        properties: [],
      }));
      const until = values.at(-1)?.updatedTime ?? since;
      const self = `${addressOf(call).rest}/worklog/updated?since=${since}`;
      return { values, since, until, self, lastPage: !more };
    },
  ),
];
