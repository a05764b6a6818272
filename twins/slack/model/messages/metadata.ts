/** What apps say to apps along with a message. https://docs.slack.dev/messaging/message-metadata */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { METADATA_BYTES_MAX } from '../../limits.ts';
import { type App, type Channel, isObject, type Json, type Message } from '../../world.ts';
import { isMember } from '../channels/access.ts';
import { tellEach } from '../events/event.ts';
import { theTeam } from '../people/team.ts';
import { eventTs } from './timestamp.ts';

/**
 * Metadata that keeps Slack's rules; undefined where none is given, `{}` where it is to be taken away. Throws
 * `invalid_metadata_format`, `invalid_metadata_schema`, `metadata_too_large`.
 */
export function metadataOf(given: unknown): Json | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  const value = typeof given === 'string' ? parsed(given) : given;
  if (!isObject(value)) throw refuse('invalid_metadata_format');
  if (JSON.stringify(value).length > METADATA_BYTES_MAX) throw refuse('metadata_too_large');
  if (Object.keys(value).length === 0) return value;
  const { event_type, event_payload, entities } = value;
  if (Array.isArray(entities) && entities.every(isEntity) && event_type === undefined) return value;
  if (typeof event_type !== 'string' || event_type === '' || !isObject(event_payload))
    throw refuse('invalid_metadata_schema');
  return value;
}

/** Tells the apps in the channel that subscribed to what a message carried before (`from`) and carries now (`to`). */
export function tellMetadata(world: World, channel: Channel, message: Message, from?: Json, to?: Json): void {
  if (!from && !to) return;
  if (from && to && JSON.stringify(from) === JSON.stringify(to)) return;
  const type = `message_metadata_${from ? (to ? 'updated' : 'deleted') : 'posted'}`;
  const ts = eventTs(world);
  tellEach(world, type, (app) => {
    if (!isMember(world, channel.id, app.bot_user) || !wants(app, to ?? from)) return undefined;
    return {
      app_id: message.app_id ?? '',
      ...(message.bot_id ? { bot_id: message.bot_id } : {}),
      user_id: message.user ?? '',
      team_id: theTeam(world).id,
      channel_id: channel.id,
      message_ts: message.ts,
      ...(from ? { previous_metadata: from } : {}),
      ...(to ? { metadata: to } : { deleted_ts: ts }),
      event_ts: ts,
    };
  });
}

/** An app whose manifest names kinds of metadata hears of those alone. */
function wants(app: App, metadata: Json | undefined): boolean {
  const settings = app.manifest?.settings as Json | undefined;
  const events = settings?.event_subscriptions as Json | undefined;
  const named = events?.metadata_subscriptions;
  if (!Array.isArray(named)) return true;
  return named.some((one: Json) => one.event_type === metadata?.event_type || one.event_type === '*');
}

const isEntity = (one: unknown): boolean =>
  isObject(one) &&
  typeof one.entity_type === 'string' &&
  isObject(one.entity_payload) &&
  isObject(one.external_ref) &&
  typeof one.url === 'string';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalid_metadata_format');
  }
}
