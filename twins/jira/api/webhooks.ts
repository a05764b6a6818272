/** Webhooks that apps register for themselves. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { badQuery, forbidden } from '../errors.ts';
import {
  dynamicWebhooks,
  notAnApp,
  type Registrant,
  refreshWebhooks,
  registerWebhooks,
  removeWebhooks,
  type WebhookDetails,
} from '../model/webhooks/dynamicWebhook.ts';
import { failuresOf } from '../model/webhooks/failed.ts';
import type { FailedWebhook, Webhook } from '../world/webhooks.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { appOf } from './apps.ts';

const text = { type: 'string', maxLength: 10_000 };
const texts = { type: 'array', items: text, maxItems: 1_000 };
const ids = { type: 'array', items: { type: 'integer', minimum: 0 }, maxItems: 10_000 };

const REGISTRATION = {
  type: 'object',
  required: ['url', 'webhooks'],
  properties: {
    url: text,
    webhooks: {
      type: 'array',
      maxItems: 1_000,
      items: {
        type: 'object',
        required: ['events', 'jqlFilter'],
        properties: {
          events: texts,
          jqlFilter: text,
          fieldIdsFilter: texts,
          issuePropertyKeysFilter: texts,
        },
      },
    },
  },
};

const IDS = { type: 'object', required: ['webhookIds'], properties: { webhookIds: ids } };

const idsIn = (call: Call): number[] => {
  const { webhookIds } = bodyObject(call) as { webhookIds: number[] };
  return webhookIds;
};

export const webhookEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getDynamicWebhooksForApp',
      route: 'GET /rest/api/3/webhook',
      page: { style: 'values', default: 100, max: 100 },
      doc: doc('webhooks', 'webhook-get'),
    },
    (call) => list(dynamicWebhooks(call.world, registrant(call)), view),
  ),
  endpoint(
    {
      id: 'registerDynamicWebhooks',
      route: 'POST /rest/api/3/webhook',
      input: REGISTRATION,
      doc: doc('webhooks', 'webhook-post'),
    },
    (call) => {
      const { url, webhooks } = bodyObject(call) as unknown as { url: string; webhooks: WebhookDetails[] };
      return { webhookRegistrationResult: registerWebhooks(call.world, registrant(call), url, webhooks) };
    },
  ),
  endpoint(
    {
      id: 'deleteWebhookById',
      route: 'DELETE /rest/api/3/webhook',
      status: 202,
      input: IDS,
      doc: doc('webhooks', 'webhook-delete'),
    },
    (call) => removeWebhooks(call.world, registrant(call), idsIn(call)),
  ),
  endpoint(
    {
      id: 'refreshWebhooks',
      route: 'PUT /rest/api/3/webhook/refresh',
      input: IDS,
      doc: doc('webhooks', 'webhook-refresh-put'),
    },
    (call) => ({ expirationDate: refreshWebhooks(call.world, registrant(call), idsIn(call)) }),
  ),
  endpoint(
    {
      id: 'getFailedWebhooks',
      route: 'GET /rest/api/3/webhook/failed',
      doc: doc('webhooks', 'webhook-failed-get'),
    },
    (call) => failures(call),
  ),
];

function registrant(call: Call): Registrant {
  const app = appOf(call);
  if (!app) throw notAnApp();
  const { accountId } = caller(call);
  return { app: app.id, user: { accountId }, ...(app.baseUrl === undefined ? {} : { baseUrl: app.baseUrl }) };
}

const view = (row: Webhook): Record<string, unknown> => ({
  id: row.id,
  jqlFilter: row.jql,
  ...(row.fieldIds ? { fieldIdsFilter: row.fieldIds } : {}),
  ...(row.propertyKeys ? { issuePropertyKeysFilter: row.propertyKeys } : {}),
  events: row.events,
  expirationDate: row.expiresAt,
  url: row.url,
});

/** What failed at one moment is never split over two pages. */
function failures(call: Call): Record<string, unknown> {
  const { app, baseUrl } = registrant(call);
  if (baseUrl === undefined) throw forbidden('Only Connect apps can use this operation.');
  const number = (name: string, fallback: number) => {
    const given = call.query.get(name);
    if (given === null) return fallback;
    if (!/^\d{1,15}$/.test(given)) throw badQuery(`The ${name} parameter is not a valid number.`);
    return Number(given);
  };
  const maxResults = number('maxResults', 100);
  const all = failuresOf(call.world, app, number('after', number('failedAfter', -1))).toArray();
  const last = all[maxResults - 1]?.failureTime ?? Number.POSITIVE_INFINITY;
  const values = all.filter(({ failureTime }, i) => i < maxResults || failureTime === last);
  const next = values.at(-1)?.failureTime;
  return {
    values: values.map(failureView),
    maxResults,
    ...(next === undefined
      ? {}
      : { next: `${addressOf(call).rest}/webhook/failed?failedAfter=${next}&maxResults=${maxResults}` }),
  };
}

const failureView = ({ id, body, url, failureTime }: FailedWebhook): Record<string, unknown> => ({
  id,
  ...(body === '' ? {} : { body }),
  url,
  failureTime,
});
