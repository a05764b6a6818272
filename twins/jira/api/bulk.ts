/** Operations on many issues at once, and how far they have come. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { bulkRefused } from '../errors.ts';
import { isBulk, mayBulk, submitBulk } from '../model/issues/bulk.ts';
import { readBulkEdit } from '../model/issues/bulkEdit.ts';
import { submitMove, submitTransition } from '../model/issues/bulkSubmit.ts';
import { type Task, tasks } from '../world.ts';
import { addressOf, bodyObject, caller, doc, listParameter, texts } from './address.ts';
import { EDIT, MOVE, SELECTION, TRANSITION } from './bulkInput.ts';
import { bulkFields, bulkTransitions } from './bulkViews.ts';
import { taskView } from './tasks.ts';

const GROUP = 'issue-bulk-operations';
const traits = { envelope: 'bulk' };

const submitted = (task: Task) => reply({ status: 201, body: { taskId: task.id } });

/** An operation that takes nothing but the issues. */
const onSelection = (id: string, path: string, work: Parameters<typeof submitBulk>[2]) =>
  endpoint(
    {
      id,
      route: `POST /rest/api/3/bulk/issues/${path}`,
      status: 201,
      input: SELECTION,
      traits,
      doc: doc(GROUP, `bulk-issues-${path}-post`),
    },
    (call: Call) => {
      const selected = texts(bodyObject(call).selectedIssueIdsOrKeys);
      return submitted(submitBulk(call.world, caller(call), work, selected, { selected }));
    },
  );

export const bulkEndpoints = [
  onSelection('submitBulkDelete', 'delete', 'bulkDelete'),
  onSelection('submitBulkWatch', 'watch', 'bulkWatch'),
  onSelection('submitBulkUnwatch', 'unwatch', 'bulkUnwatch'),
  endpoint(
    {
      id: 'getBulkEditableFields',
      route: 'GET /rest/api/3/bulk/issues/fields',
      traits,
      doc: doc(GROUP, 'bulk-issues-fields-get'),
    },
    (call) =>
      bulkFields(addressOf(call), caller(call), listParameter(call.query, 'issueIdsOrKeys'), call.query),
  ),
  endpoint(
    {
      id: 'submitBulkEdit',
      route: 'POST /rest/api/3/bulk/issues/fields',
      status: 201,
      input: EDIT,
      traits,
      doc: doc(GROUP, 'bulk-issues-fields-post'),
    },
    (call) => {
      const { selectedActions, selectedIssueIdsOrKeys, editedFieldsInput } = bodyObject(call);
      const selected = texts(selectedIssueIdsOrKeys);
      const edit = readBulkEdit(texts(selectedActions), editedFieldsInput as Record<string, unknown>);
      return submitted(submitBulk(call.world, caller(call), 'bulkEdit', selected, { selected, edit }));
    },
  ),
  endpoint(
    {
      id: 'submitBulkMove',
      route: 'POST /rest/api/3/bulk/issues/move',
      status: 201,
      input: MOVE,
      traits,
      doc: doc(GROUP, 'bulk-issues-move-post'),
    },
    (call) =>
      submitted(submitMove(call.world, caller(call), bodyObject(call).targetToSourcesMapping as never)),
  ),
  endpoint(
    {
      id: 'getAvailableTransitions',
      route: 'GET /rest/api/3/bulk/issues/transition',
      traits,
      doc: doc(GROUP, 'bulk-issues-transition-get'),
    },
    (call) =>
      bulkTransitions(addressOf(call), caller(call), listParameter(call.query, 'issueIdsOrKeys'), call.query),
  ),
  endpoint(
    {
      id: 'submitBulkTransition',
      route: 'POST /rest/api/3/bulk/issues/transition',
      status: 201,
      input: TRANSITION,
      traits,
      doc: doc(GROUP, 'bulk-issues-transition-post'),
    },
    (call) =>
      submitted(submitTransition(call.world, caller(call), bodyObject(call).bulkTransitionInputs as never)),
  ),
  endpoint(
    {
      id: 'getBulkOperationProgress',
      route: 'GET /rest/api/3/bulk/queue/{taskId}',
      traits,
      doc: doc(GROUP, 'bulk-queue-taskid-get'),
    },
    (call) => {
      mayBulk(call.world, caller(call));
      const task = call.world.get(tasks, call.params.taskId);
      if (!task || !isBulk(task))
        throw bulkRefused('The task associated with this taskId is not a bulk operation task');
      return progressOf(call, task);
    },
  ),
];

/** How far an operation has come; what it did once it is done. Times are milliseconds. */
function progressOf(call: Call, task: Task): Record<string, unknown> {
  const { status, progress, submitted: created, started, lastUpdate } = taskView(addressOf(call), task);
  return {
    taskId: task.id,
    status,
    progressPercent: progress,
    submittedBy: { accountId: task.submitter.accountId },
    created,
    ...(started === undefined ? {} : { started }),
    updated: lastUpdate,
    ...(task.outcome === 'COMPLETE' ? (task.result as Record<string, unknown>) : {}),
  };
}
