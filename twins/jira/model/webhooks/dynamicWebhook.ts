/**
 * Webhooks that apps register for themselves: they last thirty days, and an app has one address for all of them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/
 */
import { ApiError } from '../../../../src/error.ts';
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery, refused } from '../../errors.ts';
import { WEBHOOK_LIFE_MS, WEBHOOKS_PER_CONNECT_APP_MAX, WEBHOOKS_PER_OAUTH_USER_MAX } from '../../limits.ts';
import { type Webhook, webhooks } from '../../world/webhooks.ts';
import type { UserRef } from '../../world.ts';
import { compileJql } from '../jql/compile.ts';
import { parseJql } from '../jql/parse.ts';
import { personOf } from '../people/people.ts';
import { DYNAMIC_EVENTS, ISSUE_EVENTS } from './events.ts';
import { unsupportedIn } from './jqlSubset.ts';

/** The app that asks, and for whom; `baseUrl`: where a Connect app lives, under which its address must be. */
export interface Registrant {
  app: string;
  user: UserRef;
  baseUrl?: string;
}

/** One webhook as an app asks for it; shapes were checked before. */
export interface WebhookDetails {
  events: string[];
  jqlFilter: string;
  fieldIdsFilter?: string[];
  issuePropertyKeysFilter?: string[];
}

/** The webhooks that an app has: a Connect app its own, an OAuth app those of the person it acts for. */
export const dynamicWebhooks = (world: World, { app, user, baseUrl }: Registrant): Range<Webhook> =>
  world.list(webhooks, {
    index: 'app',
    equals: app,
    where: (row) =>
      row.kind === 'dynamic' &&
      isAlive(world, row) &&
      (baseUrl !== undefined || row.user.accountId === user.accountId),
  });

/** For every webhook that is asked for: its id, or why there is none. 400 for an address that does not fit. */
export function registerWebhooks(
  world: World,
  who: Registrant,
  url: string,
  wanted: readonly WebhookDetails[],
): ({ createdWebhookId: number } | { errors: string[] })[] {
  sweep(world, who.app);
  checkUrl(world, who, url);
  const most = who.baseUrl === undefined ? WEBHOOKS_PER_OAUTH_USER_MAX : WEBHOOKS_PER_CONNECT_APP_MAX;
  return wanted.map((details) => {
    const errors = problemsOf(world, who, details);
    if (errors.length === 0 && dynamicWebhooks(world, who).count() >= most)
      errors.push(`The limit of ${most} webhooks for the app has been reached.`);
    if (errors.length > 0) return { errors };
    const { events, jqlFilter, fieldIdsFilter, issuePropertyKeysFilter } = details;
    const made = world.insert(webhooks, {
      kind: 'dynamic',
      id: world.next('jira.dynamicWebhook'),
      app: who.app,
      name: '',
      description: '',
      url,
      events: [...new Set(events)],
      jql: jqlFilter,
      ...(fieldIdsFilter ? { fieldIds: fieldIdsFilter } : {}),
      ...(issuePropertyKeysFilter ? { propertyKeys: issuePropertyKeysFilter } : {}),
      excludeBody: false,
      enabled: true,
      expiresAt: world.now() + WEBHOOK_LIFE_MS,
      user: { accountId: who.user.accountId },
      lastUpdated: world.now(),
    });
    return { createdWebhookId: made.id };
  });
}

/** Thirty more days for an app's webhooks; ids that are not its own are passed over. Gives when they end now. */
export function refreshWebhooks(world: World, who: Registrant, ids: readonly number[]): number {
  const expiresAt = world.now() + WEBHOOK_LIFE_MS;
  for (const row of owned(world, who, ids)) world.update(webhooks, webhooks.key(row), { expiresAt });
  return expiresAt;
}

/** Ends an app's webhooks; ids that are not its own are passed over. */
export function removeWebhooks(world: World, who: Registrant, ids: readonly number[]): void {
  for (const row of owned(world, who, ids)) world.remove(webhooks, webhooks.key(row));
}

/** All webhooks of an app go with it. */
export function dropWebhooksOf(world: World, app: string, user?: UserRef): void {
  for (const row of world.list(webhooks, { index: 'app', equals: app }).toArray())
    if (!user || row.user.accountId === user.accountId) world.remove(webhooks, webhooks.key(row));
}

const owned = (world: World, who: Registrant, ids: readonly number[]): Webhook[] =>
  ids
    .flatMap((id) => world.get(webhooks, `dynamic/${sortable(id)}`) ?? [])
    .filter((row) => row.app === who.app && isAlive(world, row));

const isAlive = (world: World, { expiresAt }: Webhook): boolean =>
  expiresAt === undefined || world.now() < expiresAt;

/** Those that ended are forgotten when the app comes back. */
function sweep(world: World, app: string): void {
  for (const row of world.list(webhooks, { index: 'app', equals: app }).toArray())
    if (!isAlive(world, row)) world.remove(webhooks, webhooks.key(row));
}

function checkUrl(world: World, who: Registrant, url: string): void {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw badQuery('The URL is invalid.');
  const { baseUrl } = who;
  if (baseUrl !== undefined && !(url === baseUrl || url.startsWith(`${baseUrl.replace(/\/$/, '')}/`)))
    throw badQuery('The URL must use the same base URL as the Connect app.');
  const used = dynamicWebhooks(world, who).first()?.url;
  if (used !== undefined && used !== url)
    throw badQuery(
      `Only a single URL per app is allowed to be registered via REST API. Currently used URL: ${used}`,
    );
}

function problemsOf(world: World, who: Registrant, { events, jqlFilter }: WebhookDetails): string[] {
  if (events.length === 0) return ['At least one event must be specified.'];
  const unknown = events.filter((event) => !DYNAMIC_EVENTS.has(event));
  if (unknown.length > 0) return unknown.map((event) => `Event ${event} is unsupported`);
  if (jqlFilter.trim() === '')
    return events.some((event) => (ISSUE_EVENTS as readonly string[]).includes(event))
      ? ['The JQL filter must not be empty.']
      : [];
  try {
    const { where, orderBy } = parseJql(jqlFilter);
    const unsupported = unsupportedIn(where);
    if (orderBy.length > 0) unsupported.push('ORDER BY is unsupported');
    if (unsupported.length === 0) compileJql(world, personOf(world, who.user), jqlFilter);
    return unsupported;
  } catch (error) {
    if (error instanceof ApiError) return [error.message];
    throw error;
  }
}

/** 403: only apps have these webhooks. */
export const notAnApp = (): ApiError =>
  refused('forbidden', 'Only Connect and OAuth 2.0 apps can use this operation.');
