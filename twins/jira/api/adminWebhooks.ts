/** Webhooks of the settings, by the API that the settings use themselves: `/rest/webhooks/1.0`. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { refusedWebhook } from '../errors.ts';
import { personOf } from '../model/people/people.ts';
import { may } from '../model/permissions/may.ts';
import {
  addAdminWebhook,
  adminWebhooks,
  deleteAdminWebhook,
  ISSUE_FILTER,
  requireAdminWebhook,
  updateAdminWebhook,
} from '../model/webhooks/adminWebhook.ts';
import type { Webhook } from '../world/webhooks.ts';
import type { User } from '../world.ts';
import { bodyObject, caller } from './address.ts';

const DOC = 'https://developer.atlassian.com/cloud/jira/platform/webhooks/#registering-a-webhook';
const ALL = '/rest/webhooks/1.0/webhook';

export const adminWebhookEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'getAdminWebhooks', route: `GET ${ALL}`, scopes: [], doc: DOC }, (call) => {
    administrator(call);
    return adminWebhooks(call.world).map((row) => view(call, row));
  }),
  endpoint({ id: 'createAdminWebhook', route: `POST ${ALL}`, scopes: [], status: 201, doc: DOC }, (call) =>
    view(call, addAdminWebhook(call.world, administrator(call), bodyObject(call))),
  ),
  endpoint({ id: 'getAdminWebhook', route: `GET ${ALL}/{webhookId}`, scopes: [], doc: DOC }, (call) => {
    administrator(call);
    return view(call, requireAdminWebhook(call.world, call.params.webhookId));
  }),
  endpoint({ id: 'updateAdminWebhook', route: `PUT ${ALL}/{webhookId}`, scopes: [], doc: DOC }, (call) =>
    view(call, updateAdminWebhook(call.world, administrator(call), call.params.webhookId, bodyObject(call))),
  ),
  endpoint(
    { id: 'deleteAdminWebhook', route: `DELETE ${ALL}/{webhookId}`, scopes: [], status: 204, doc: DOC },
    (call) => {
      administrator(call);
      deleteAdminWebhook(call.world, call.params.webhookId);
    },
  ),
];

function administrator(call: Call): User {
  const user = caller(call);
  if (!may(call.world, user, 'ADMINISTER'))
    throw refusedWebhook(403, 'You do not have permission to perform this operation');
  return user;
}

function view({ world }: Call, row: Webhook): Record<string, unknown> {
  const by = personOf(world, row.user);
  return {
    name: row.name,
    ...(row.description === '' ? {} : { description: row.description }),
    url: row.url,
    excludeBody: row.excludeBody,
    filters: { [ISSUE_FILTER]: row.jql },
    events: row.events,
    enabled: row.enabled,
    self: `${world.base()}${ALL}/${row.id}`,
    lastUpdatedUser: row.user.accountId,
    lastUpdatedDisplayName: by?.displayName ?? '',
    lastUpdated: row.lastUpdated,
    isSigned: row.secret !== undefined,
  };
}
