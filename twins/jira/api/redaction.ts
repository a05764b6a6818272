/** Redaction of texts, by jobs. */
import { endpoint } from '../../../src/twin.ts';
import { type Redaction, redactionTask, submitRedactions } from '../model/issues/redaction.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { taskView } from './tasks.ts';

const text = { type: 'string' };
const UUID = { type: 'string', pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' };
const position = {
  type: 'object',
  properties: {
    adfPointer: { type: ['string', 'null'] },
    expectedText: text,
    from: { type: 'integer', minimum: 0 },
    to: { type: 'integer', minimum: 0 },
  },
  required: ['expectedText', 'from', 'to'],
};
const content = {
  type: 'object',
  properties: {
    entityId: text,
    entityType: { enum: ['issuefieldvalue', 'issue-comment', 'issue-worklog'] },
    id: text,
  },
  required: ['entityId', 'entityType', 'id'],
};

const STATUS: Readonly<Record<string, string>> = { ENQUEUED: 'PENDING', RUNNING: 'IN_PROGRESS' };

export const redactionEndpoints = [
  endpoint(
    {
      id: 'redact',
      route: 'POST /rest/api/3/redact',
      status: 202,
      input: {
        type: 'object',
        properties: {
          redactions: {
            type: 'array',
            uniqueItems: true,
            items: {
              type: 'object',
              properties: {
                contentItem: content,
                externalId: UUID,
                reason: text,
                redactionPosition: position,
              },
              required: ['contentItem', 'externalId', 'reason', 'redactionPosition'],
            },
          },
        },
        required: ['redactions'],
      },
      doc: doc('issue-redaction', 'redact-post'),
    },
    (call) => {
      const { redactions } = bodyObject(call) as { redactions: Redaction[] };
      return submitRedactions(call.world, caller(call), redactions).id;
    },
  ),
  endpoint(
    {
      id: 'getRedactionStatus',
      route: 'GET /rest/api/3/redact/status/{jobId}',
      doc: doc('issue-redaction', 'redact-status-jobid-get'),
    },
    (call) => {
      const task = redactionTask(call.world, caller(call), call.params.jobId);
      const { status } = taskView(addressOf(call), task);
      return {
        jobStatus: STATUS[String(status)] ?? 'COMPLETED',
        ...(task.outcome === 'COMPLETE' ? { bulkRedactionResponse: task.result } : {}),
      };
    },
  ),
];
