/** What administrators ask of issues as a whole: which events there are, which issues have grown too large. */
import { endpoint } from '../../../src/twin.ts';
import { ISSUE_EVENTS } from '../model/issues/issueEvents.ts';
import { limitReport } from '../model/issues/limitReport.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { caller, doc } from './address.ts';

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
];
