/** Issues that are put away, brought back, and listed in a file. */
import { endpoint, reply } from '../../../src/twin.ts';
import { archiveByQuery, archiveIssues, unarchiveIssues } from '../model/issues/archive.ts';
import {
  type ArchiveFilter,
  EXPORT_PATH,
  exportArchived,
  exportedFile,
} from '../model/issues/archiveExport.ts';
import { addressOf, bodyObject, caller, doc, texts } from './address.ts';
import { taskView } from './tasks.ts';

const list = { type: 'array', items: { type: 'string' } };
const SELECTION = { type: 'object', properties: { issueIdsOrKeys: list }, required: ['issueIdsOrKeys'] };
const RANGE = {
  type: 'object',
  properties: { dateAfter: { type: 'string' }, dateBefore: { type: 'string' } },
  required: ['dateAfter', 'dateBefore'],
};

export const archiveEndpoints = [
  endpoint(
    {
      id: 'archiveIssues',
      route: 'PUT /rest/api/3/issue/archive',
      input: SELECTION,
      doc: doc('issues', 'issue-archive-put'),
    },
    (call) => archiveIssues(call.world, caller(call), texts(bodyObject(call).issueIdsOrKeys)),
  ),
  endpoint(
    {
      id: 'unarchiveIssues',
      route: 'PUT /rest/api/3/issue/unarchive',
      input: SELECTION,
      doc: doc('issues', 'issue-unarchive-put'),
    },
    (call) => unarchiveIssues(call.world, caller(call), texts(bodyObject(call).issueIdsOrKeys)),
  ),
  endpoint(
    {
      id: 'archiveIssuesAsync',
      route: 'POST /rest/api/3/issue/archive',
      status: 202,
      input: { type: 'object', properties: { jql: { type: 'string', minLength: 1 } }, required: ['jql'] },
      doc: doc('issues', 'issue-archive-post'),
    },
    (call) => {
      const task = archiveByQuery(call.world, caller(call), String(bodyObject(call).jql));
      return `${addressOf(call).rest}/task/${task.id}`;
    },
  ),
  endpoint(
    {
      id: 'exportArchivedIssues',
      route: 'PUT /rest/api/3/issues/archive/export',
      status: 202,
      input: {
        type: 'object',
        properties: {
          archivedBy: list,
          issueTypes: list,
          projects: list,
          reporters: list,
          archivedDate: RANGE,
          archivedDateRange: RANGE,
        },
      },
      doc: doc('issues', 'issues-archive-export-put'),
    },
    (call) => {
      const { archivedDate, archivedDateRange, ...rest } = bodyObject(call);
      const range = archivedDateRange ?? archivedDate;
      const filter = { ...rest, ...(range ? { archivedDateRange: range } : {}) } as ArchiveFilter;
      const task = exportArchived(call.world, caller(call), filter);
      const { id, status, progress, submitted } = taskView(addressOf(call), task);
      const payload = JSON.stringify(filter);
      return { taskId: id, status, progress, submittedTime: submitted, payload };
    },
  ),
  endpoint(
    {
      id: 'archivedIssuesExport',
      route: `GET ${EXPORT_PATH}/{id}.csv`,
      doc: doc('issues', 'issues-archive-export-put'),
    },
    (call) =>
      reply({
        raw: true,
        body: exportedFile(call.world, caller(call), call.params.id).csv,
        headers: [
          ['content-type', 'text/csv;charset=UTF-8'],
          ['content-disposition', 'attachment; filename="archived-issues.csv"'],
        ],
      }),
  ),
];
