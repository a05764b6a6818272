/**
 * Webhooks that administrators make, in the settings or by the calls of the settings' own API.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#registering-a-webhook-using-the-jira-rest-api--other-integrations-
 */
import { ApiError } from '../../../../src/error.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refusedWebhook } from '../../errors.ts';
import { ADMIN_WEBHOOKS_MAX } from '../../limits.ts';
import { type Webhook, webhooks } from '../../world/webhooks.ts';
import type { User } from '../../world.ts';
import { compileJql } from '../jql/compile.ts';
import { WEBHOOK_EVENTS } from './events.ts';

/** Under which name a filter of issues stands among a webhook's filters. */
export const ISSUE_FILTER = 'issue-related-events-section';

/** The webhooks of the settings, in the order in which they were made. */
export const adminWebhooks = (world: World): Webhook[] =>
  world.list(webhooks, { prefix: 'admin/' }).toArray();

/** The webhook with this id; 404 where there is none. */
export function requireAdminWebhook(world: World, id: string): Webhook {
  const found = /^\d{1,12}$/.test(id) ? world.get(webhooks, `admin/${sortable(Number(id))}`) : undefined;
  if (!found) throw refusedWebhook(404, 'webhooks.not.found', id);
  return found;
}

/** Makes one; 400 for what is missing or wrong, 409 for the same once more. */
export function addAdminWebhook(world: World, user: User, input: Record<string, unknown>): Webhook {
  const all = adminWebhooks(world);
  if (all.length >= ADMIN_WEBHOOKS_MAX)
    throw refusedWebhook(400, 'webhooks.limit.reached', String(ADMIN_WEBHOOKS_MAX));
  for (const needed of ['name', 'url'])
    if (typeof input[needed] !== 'string' || input[needed].trim() === '')
      throw refusedWebhook(400, 'webhooks.empty.field', needed);
  const made = changed(world, user, input, {
    kind: 'admin',
    id: world.next('jira.adminWebhook'),
    name: '',
    description: '',
    url: '',
    events: [],
    jql: '',
    excludeBody: false,
    enabled: true,
    user: { accountId: user.accountId },
    lastUpdated: world.now(),
  });
  unlikeOthers(made, all);
  return world.insert(webhooks, made);
}

/** Changes what is said, and leaves the rest. */
export function updateAdminWebhook(
  world: World,
  user: User,
  id: string,
  input: Record<string, unknown>,
): Webhook {
  const before = requireAdminWebhook(world, id);
  const after = changed(world, user, input, before);
  unlikeOthers(
    after,
    adminWebhooks(world).filter((one) => one.id !== before.id),
  );
  return world.put(webhooks, after);
}

export function deleteAdminWebhook(world: World, id: string): void {
  world.remove(webhooks, webhooks.key(requireAdminWebhook(world, id)));
}

function changed(world: World, user: User, input: Record<string, unknown>, before: Webhook): Webhook {
  const text = (name: string, fallback: string) => {
    const value = input[name];
    if (value === undefined || value === null) return fallback;
    if (typeof value !== 'string') throw refusedWebhook(400, 'webhooks.invalid.field', name);
    return value;
  };
  const flag = (name: string, fallback: boolean) => {
    const value = input[name] ?? fallback;
    if (typeof value !== 'boolean') throw refusedWebhook(400, 'webhooks.invalid.field', name);
    return value;
  };
  const { secret: _, ...rest } = before;
  const secret = input.secret === null ? undefined : text('secret', before.secret ?? '') || undefined;
  return {
    ...rest,
    name: text('name', before.name),
    description: text('description', before.description),
    url: urlIn(text('url', before.url)),
    events: eventsIn(input.events, before.events),
    jql: filterIn(world, user, input.filters, before.jql),
    excludeBody: flag('excludeBody', before.excludeBody),
    enabled: flag('enabled', before.enabled),
    ...(secret === undefined ? {} : { secret }),
    user: { accountId: user.accountId },
    lastUpdated: world.now(),
  };
}

/** `${issue.key}` and the like may stand in it, and at its beginning what the universe's bindings fill. */
function urlIn(url: string): string {
  const plain = url.replace(/^\$\{[^}]+\}/, 'https://bound.invalid').replace(/\$\{[\w.]+\}/g, 'x');
  if (!/^https?:\/\//i.test(plain) || !URL.canParse(plain))
    throw refusedWebhook(400, 'webhooks.invalid.field', 'url');
  return url;
}

function eventsIn(value: unknown, fallback: readonly string[]): readonly string[] {
  if (value === undefined || value === null) return fallback;
  if (!Array.isArray(value)) throw refusedWebhook(400, 'webhooks.invalid.field', 'events');
  for (const event of value)
    if (typeof event !== 'string' || !WEBHOOK_EVENTS.has(event))
      throw refusedWebhook(400, 'webhooks.invalid.event', String(event));
  return [...new Set(value as string[])];
}

function filterIn(world: World, user: User, value: unknown, fallback: string): string {
  if (value === undefined || value === null) return fallback;
  const jql = typeof value === 'object' ? ((value as Record<string, unknown>)[ISSUE_FILTER] ?? '') : value;
  if (typeof jql !== 'string' || Array.isArray(value))
    throw refusedWebhook(400, 'webhooks.invalid.field', 'filters');
  try {
    if (jql.trim() !== '') compileJql(world, user, jql);
  } catch (error) {
    if (error instanceof ApiError) throw refusedWebhook(400, error.message);
    throw error;
  }
  return jql;
}

function unlikeOthers(made: Webhook, others: readonly Webhook[]): void {
  const what = ({ url, events, jql }: Webhook) => JSON.stringify([url, [...events].sort(), jql.trim()]);
  if (others.some((one) => what(one) === what(made)))
    throw refusedWebhook(409, 'webhooks.not.unique.registration', made.name);
}
