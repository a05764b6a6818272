/** Incoming webhooks: addresses that post into one channel. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
import { BASE62, shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot, refuseHook } from '../../errors.ts';
import { ATTACHMENTS_MAX, WEBHOOKS_PER_APP_MAX } from '../../limits.ts';
import { type App, apps, type Channel, channels } from '../../world.ts';
import { blockErrors } from '../blocks/grammar.ts';
import { type Draft, post } from '../messages/message.ts';
import { theTeam } from '../people/team.ts';

/** A webhook of an app. */
export interface Webhook {
  /** The `B…` of its address. */
  id: string;
  /** The last part of its address. */
  token: string;
  app: string;
  channel: string;
  /** Who installed it. */
  user: string;
  nth: number;
}

export const webhooks = table<Webhook>({
  name: 'slack.webhooks',
  secret: true,
  key: (row) => row.id,
  indexes: { app: (row) => `${row.app}/${String(row.nth).padStart(6, '0')}` },
});

/** The path of a webhook behind `/services/`. */
export const webhookPath = (world: World, hook: Webhook): string =>
  `${theTeam(world).id}/${hook.id}/${hook.token}`;

/** A webhook of `app` into `channel`; installing again into the same channel gives another one. */
export function newWebhook(world: World, app: App, channel: Channel, user: string): Webhook {
  const nth = world.next('slack.webhook');
  if (webhooksOf(world, app).length >= WEBHOOKS_PER_APP_MAX)
    throw cannot('too-many-webhooks', `${app.name} has ${WEBHOOKS_PER_APP_MAX} webhooks already`);
  return world.insert(webhooks, {
    id: shaped(world.drawFor('slack.webhookId', app.id, nth), 'B0', 9, UPPER36),
    token: world.secret(['slack.webhook', app.id, nth], 24, BASE62),
    app: app.id,
    channel: channel.id,
    user,
    nth,
  });
}

/** An app's webhooks, the oldest first. */
export const webhooksOf = (world: World, app: App): Webhook[] =>
  world.list(webhooks, { index: 'app', prefix: `${app.id}/` }).toArray();

/** Takes an app's webhooks away. */
export function dropWebhooks(world: World, app: App): void {
  for (const hook of webhooksOf(world, app)) world.remove(webhooks, hook.id);
}

/** Gives every webhook of an app a new address. */
export function renewWebhooks(world: World, app: App): void {
  for (const hook of webhooksOf(world, app)) {
    const token = world.secret(['slack.webhook', app.id, hook.nth, world.universe], 24, BASE62);
    world.update(webhooks, hook.id, { token });
  }
}

/** The webhook at an address. Throws `no_team`, `no_service` (HTTP 404), `invalid_token` (403). */
export function webhookAt(world: World, address: { team: string; service: string; secret: string }): Webhook {
  if (address.team !== theTeam(world).id) throw refuseHook('no_team');
  const hook = world.require(webhooks, address.service, () => refuseHook('no_service'));
  if (hook.token !== address.secret) throw refuseHook('invalid_token');
  return hook;
}

/**
 * Posts what came to a webhook. Throws `no_text`, `invalid_blocks`, `too_many_attachments` (HTTP 400),
 * `channel_not_found` (404), `channel_is_archived` (410), `no_active_hooks` (404).
 */
export function postByWebhook(world: World, hook: Webhook, draft: Draft): void {
  const app = world.require(apps, hook.app, () => refuseHook('no_active_hooks'));
  const channel = world.require(channels, hook.channel, () => refuseHook('channel_not_found'));
  if (channel.is_archived) throw refuseHook('channel_is_archived');
  const { blocks, attachments = [] } = draft;
  if (attachments.length > ATTACHMENTS_MAX) throw refuseHook('too_many_attachments');
  if (blocks && blockErrors(blocks).length > 0) throw refuseHook('invalid_blocks');
  post(world, channel, { subtype: 'bot_message', bot_id: app.bot_id, app_id: app.id }, draft);
}
