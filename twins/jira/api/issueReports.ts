/** Which events of issues there are, which issues have grown too large, and mails about one. */
import { endpoint } from '../../../src/twin.ts';
import { ISSUE_EVENTS } from '../model/issues/issueEvents.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { limitReport } from '../model/issues/limitReport.ts';
import { type Notification, notify } from '../model/issues/notify.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { bodyObject, caller, doc } from './address.ts';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const list = (items: object) => ({ type: 'array', items });
const GROUPS = {
  groups: list({ type: 'object', properties: { name: text, groupId: { type: ['string', 'null'] } } }),
  groupIds: list(text),
};

export const issueReportEndpoints = [
  endpoint({ id: 'getEvents', route: 'GET /rest/api/3/events', doc: doc('issues', 'events-get') }, (call) => {
    requireAdmin(call.world, caller(call));
    return ISSUE_EVENTS;
  }),
  endpoint(
    {
      id: 'getIssueLimitReport',
      route: 'GET /rest/api/3/issue/limit/report',
      doc: doc('issues', 'issue-limit-report-get'),
    },
    (call) => limitReport(call.world, caller(call), call.query.get('isReturningKeys') === 'true'),
  ),
  endpoint(
    {
      id: 'notify',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/notify',
      status: 204,
      input: {
        type: 'object',
        properties: {
          subject: text,
          textBody: text,
          htmlBody: text,
          to: {
            type: 'object',
            properties: {
              reporter: flag,
              assignee: flag,
              watchers: flag,
              voters: flag,
              users: list({ type: 'object', properties: { accountId: text } }),
              ...GROUPS,
            },
          },
          restrict: {
            type: 'object',
            properties: {
              ...GROUPS,
              permissions: list({ type: 'object', properties: { id: text, key: text } }),
            },
          },
        },
      },
      doc: doc('issues', 'issue-issueidorkey-notify-post'),
    },
    (call) => {
      const issue = requireIssue(call.world, call.params.issueIdOrKey);
      notify(call.world, issue, caller(call), bodyObject(call) as Notification);
    },
  ),
];
