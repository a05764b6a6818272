/** Letting apps in and sending them away, as people do on Atlassian's pages and in Jira's settings. */
import { ApiError } from '../../../src/error.ts';
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { type Descriptor, installApp, uninstallApp } from '../model/apps/connectApp.ts';
import { clientNamed } from '../model/oauth/client.ts';
import { allow, deny, requestIn } from '../model/oauth/consent.ts';
import { withdraw } from '../model/oauth/tokens.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { addAdminWebhook, ISSUE_FILTER } from '../model/webhooks/adminWebhook.ts';
import type { User } from '../world.ts';
import { gesture, shape } from './gesture.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const url = { type: 'string', minLength: 1, maxLength: 8_000 } as const;
const texts = { type: 'array', items: name, maxItems: 200 } as const;

const DESCRIPTOR = {
  type: 'object',
  required: ['key', 'baseUrl'],
  properties: {
    key: { type: 'string', pattern: '^[\\w.-]{1,64}$' },
    name,
    baseUrl: { type: 'string', pattern: '^https?://', maxLength: 2_000 },
    scopes: texts,
    lifecycle: { type: 'object', additionalProperties: { type: 'string', pattern: '^/', maxLength: 2_000 } },
    modules: {
      type: 'object',
      properties: {
        webhooks: {
          type: 'array',
          maxItems: 100,
          items: {
            type: 'object',
            required: ['event', 'url'],
            properties: {
              event: name,
              url: { type: 'string', pattern: '^/', maxLength: 2_000 },
              filter: { type: 'string', maxLength: 10_000 },
              excludeBody: { type: 'boolean' },
              propertyKeys: texts,
            },
          },
        },
      },
    },
  },
} as const;

interface GivenWebhook {
  name: string;
  url: string;
  events: string[];
  jql?: string;
  secret?: string;
}

export const appGestures: Readonly<Record<string, Gesture>> = {
  consent: gesture<{ url: string; allow?: boolean }>(
    'Answers the consent page at the address to which an app sent the person; gives where the browser is led to.',
    shape({ url, allow: { type: 'boolean' } }, ['url']),
    answer,
  ),
  withdrawConsent: gesture<{ app: string }>(
    'Removes an app’s access under “Connected apps”: its tokens end.',
    shape({ app: name }, ['app']),
    (world, user, { app }) => {
      const client = clientNamed(world, app);
      if (!client || !withdraw(world, client.id, user.accountId))
        throw new ApiError({
          name: 'no-consent',
          status: 422,
          message: `${app} has no leave to be taken away`,
        });
      return { app: client.id };
    },
  ),
  installApp: gesture<{ descriptor: Descriptor }>(
    'Uploads a Connect app by its descriptor under “Manage apps”: it is called back, and has its webhooks from now on.',
    shape({ descriptor: DESCRIPTOR }, ['descriptor']),
    (world, user, { descriptor }) => {
      requireAdmin(world, user);
      const { key, clientKey } = installApp(world, descriptor);
      return { key, clientKey };
    },
  ),
  uninstallApp: gesture<{ key: string }>(
    'Uninstalls a Connect app: it is told so, and all that was its own goes.',
    shape({ key: name }, ['key']),
    (world, user, { key }) => {
      requireAdmin(world, user);
      return { key: uninstallApp(world, key).key };
    },
  ),
  addWebhook: gesture<GivenWebhook>(
    'Makes a webhook under System → WebHooks.',
    shape({ name, url, events: texts, jql: { type: 'string', maxLength: 10_000 }, secret: name }, [
      'name',
      'url',
      'events',
    ]),
    (world, user, { jql = '', ...given }) => {
      requireAdmin(world, user);
      return { id: addAdminWebhook(world, user, { ...given, filters: { [ISSUE_FILTER]: jql } }).id };
    },
  ),
};

function answer(world: World, user: User, given: { url: string; allow?: boolean }): { location: string } {
  const [path = '', query = ''] = given.url.split('?');
  if (!path.endsWith('/authorize'))
    throw new ApiError({
      name: 'no-consent-page',
      status: 422,
      message: `${path} is no page on which an app asks for leave`,
    });
  const asked = requestIn(world, new URLSearchParams(query.split('#')[0]));
  return { location: given.allow === false ? deny(asked) : allow(world, asked, user) };
}
