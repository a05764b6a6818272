/**
 * How events reach programs: headers, signature, tries.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#webhook-delivery-characteristics
 */
import { createHmac } from 'node:crypto';
import { jwt } from '../../../src/jwt.ts';
import type { Attempt, DeliveryChannel, DeliveryOutcome } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { siteBase } from '../hosts.ts';
import { WEBHOOK_RETRIES_MS, WEBHOOK_TIMEOUT_MS } from '../limits.ts';
import { INSTALL_KEY_ID, queryStringHash, signedBy, signedForApp } from '../model/apps/connectJwt.ts';
import { noteFailure } from '../model/webhooks/failed.ts';
import { connectApps, oauthApps } from '../world/apps.ts';
import { type Webhook, webhooks } from '../world/webhooks.ts';

/** What `happened` emits. */
interface Payload {
  webhook: string;
  identifier: string;
  flow: string;
  /** The site's address that links in the body were made with. */
  base: string;
  body: Record<string, unknown>;
}

const took = ({ status }: DeliveryOutcome): boolean => status >= 200 && status < 300;

const USER_AGENT = 'Atlassian Webhook HTTP Client';

/** Statuses after which the vendor tries again, besides those of the 500s. */
const PASSING = new Set([408, 409, 425, 429]);

const mayRetry = ({ status, failure }: DeliveryOutcome): boolean =>
  failure !== undefined || PASSING.has(status) || status >= 500;

export const DELIVERY_CHANNELS: Readonly<Record<string, DeliveryChannel>> = {
  lifecycle: { timeoutMs: WEBHOOK_TIMEOUT_MS, retriesMs: [], request: lifecycle, accepted: took },
  webhooks: {
    timeoutMs: WEBHOOK_TIMEOUT_MS,
    retriesMs: WEBHOOK_RETRIES_MS,
    request,
    mayRetry,
    accepted: took,
    replied(world, attempt, outcome) {
      const last = attempt.attempt > WEBHOOK_RETRIES_MS.length || !mayRetry(outcome);
      if (took(outcome) || !last || attempt.app === undefined) return;
      const { identifier } = attempt.payload as unknown as Payload;
      noteFailure(world, {
        id: identifier,
        app: attempt.app,
        url: attempt.to,
        body: text(world, attempt, undefined),
      });
    },
  },
};

/** The turns of an app's life: signed with the install key, since the app may not know its secret (any more). */
function lifecycle(world: World, attempt: Attempt) {
  const { baseUrl, body } = attempt.payload as { baseUrl: string; body: { clientKey: string } };
  const iat = Math.floor(world.now() / 1_000);
  const token = jwt().sign(
    {
      iss: body.clientKey,
      aud: baseUrl,
      iat,
      exp: iat + 180,
      qsh: queryStringHash(boundTo(baseUrl, attempt.to)),
    },
    world.rsaKey(0).privateKey,
    { algorithm: 'RS256', keyid: INSTALL_KEY_ID, noTimestamp: true },
  );
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'user-agent': USER_AGENT,
      authorization: `JWT ${token}`,
    },
    body: JSON.stringify(body),
  };
}

function request(world: World, attempt: Attempt) {
  const { webhook: key, identifier, flow } = attempt.payload as unknown as Payload;
  const webhook = world.get(webhooks, key);
  const body = text(world, attempt, webhook);
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'user-agent': USER_AGENT,
      ...bySite(world, attempt),
      'x-atlassian-webhook-identifier': identifier,
      'x-atlassian-webhook-flow': flow,
      ...(attempt.attempt > 1 ? { 'x-atlassian-webhook-retry': String(attempt.attempt - 1) } : {}),
      ...(webhook?.secret === undefined ? {} : { 'x-hub-signature': signature(webhook.secret, body) }),
    },
    body,
  };
}

/** An app is shown that it is its site that calls: by the secret that the two of them share. */
function bySite(world: World, { app: key, to }: Attempt): Record<string, string> {
  const client = world.get(oauthApps, key ?? '');
  if (client) {
    const iat = Math.floor(world.now() / 1_000);
    return {
      authorization: `Bearer ${signedBy(client.clientSecret, { iss: 'jira', aud: client.id, iat, exp: iat + 180 })}`,
    };
  }
  const app = world.get(connectApps, key ?? '');
  if (!app) return {};
  return { authorization: `JWT ${signedForApp(world, app, boundTo(app.baseUrl, to))}` };
}

/** What a token for an app is bound to: the path as the app counts it, from its own base. */
function boundTo(baseUrl: string, to: string) {
  const { pathname, search } = new URL(to);
  const root = new URL(baseUrl).pathname.replace(/\/$/, '');
  const path = pathname.startsWith(root) ? pathname.slice(root.length) : pathname;
  return { method: 'POST', path, query: search.slice(1) };
}

/** The body as it goes out: an app gets the address by which it reaches the site. */
function text(world: World, { app, payload }: Attempt, webhook: Webhook | undefined): string {
  const { body, base } = payload as unknown as Payload;
  if (webhook?.excludeBody) return '';
  const sent = JSON.stringify(body);
  return app === undefined ? sent : sent.replaceAll(base, siteBase(world));
}

const signature = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
