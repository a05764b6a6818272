/** Whether a webhook is told of an event: its filters, held against the issue as it is after the change. */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthApps } from '../../world/apps.ts';
import type { Webhook } from '../../world/webhooks.ts';
import { compileJql } from '../jql/compile.ts';
import { personOf } from '../people/people.ts';
import type { Happening } from './happened.ts';

/** Says it for one webhook that asks for the event. */
export function passes(world: World, webhook: Webhook, happening: Happening): boolean {
  if (!webhook.enabled || (webhook.expiresAt !== undefined && world.now() >= webhook.expiresAt)) return false;
  if (webhook.kind === 'dynamic' && isWithheld(world, webhook)) return false;
  const { fieldIds, propertyKeys } = webhook;
  if (fieldIds && happening.event === 'jira:issue_updated') {
    const changed = happening.changelog?.items ?? [];
    if (!changed.some(({ fieldId }) => fieldId !== undefined && fieldIds.includes(fieldId))) return false;
  }
  if (propertyKeys && happening.property && !propertyKeys.includes(happening.property.key)) return false;
  return !happening.issue || webhook.jql.trim() === '' || matches(world, webhook, happening.issue);
}

/** An app that is not shared hears of what its owner registered, and of nothing else. */
function isWithheld(world: World, { app, user }: Webhook): boolean {
  const client = world.get(oauthApps, app ?? '');
  return client?.private === true && client.owner.accountId !== user.accountId;
}

/** A query that has come to mean nothing (its project is gone) matches nothing. */
function matches(world: World, { jql, user }: Webhook, issue: NonNullable<Happening['issue']>): boolean {
  try {
    return compileJql(world, personOf(world, user), jql).hits.test(issue);
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
