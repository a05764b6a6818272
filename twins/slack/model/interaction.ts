/**
 * What an app hears when somebody uses what it shows: triggers, response URLs, `block_actions` payloads.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
import { BASE62, DIGITS } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { RESPONSE_URL_MS, TRIGGER_MS } from '../limits.ts';
import {
  type App,
  type Channel,
  type Ephemeral,
  type Json,
  type Message,
  type ResponseUrl,
  responseUrls,
  type Trigger,
  triggers,
  type User,
  users,
  type View,
} from '../world.ts';
import { interactivityAddress } from './app.ts';
import { messageView } from './message.ts';
import { theTeam } from './team.ts';
import { eventTs } from './timestamp.ts';
import { responseUrl } from './url.ts';
import { viewView } from './view.ts';

/** Where an element was used. */
export type Place = { channel: Channel; message: Message; ephemeral: boolean } | { view: View };

/** Sends an app a payload about what `user` did; nothing where the app has no address for it. */
export function interact(world: World, app: App, type: string, user: User, payload: Json): boolean {
  const to = interactivityAddress(app);
  if (!to) return false;
  const team = theTeam(world);
  world.emit({
    channel: type === 'view_submission' ? 'submissions' : 'interactivity',
    event: type,
    to,
    app: app.id,
    payload: {
      type,
      team: { id: team.id, domain: team.domain },
      user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
      api_app_id: app.id,
      token: app.verification_token,
      enterprise: null,
      is_enterprise_install: false,
      ...payload,
    },
  });
  return true;
}

/** Tells an app that `user` used one of its elements. `action` is what the element says of itself. */
export function actOn(world: World, app: App, user: User, place: Place, block: Json, action: Json): boolean {
  const inView = 'view' in place;
  return interact(world, app, 'block_actions', user, {
    container: inView ? { type: 'view', view_id: place.view.id } : container(place),
    trigger_id: newTrigger(world, app, user.id, inView ? place.view.id : undefined).id,
    ...(inView
      ? { view: viewView(place.view) }
      : {
          channel: channelName(place.channel),
          ...(place.ephemeral ? {} : { message: messageView(world, place.message) }),
          state: { values: {} },
          response_url: newResponseUrl(world, app, user, place),
        }),
    actions: [{ ...action, block_id: block.block_id, action_ts: eventTs(world) }],
  });
}

/** A trigger that may be exchanged for a view once, within three seconds. */
export function newTrigger(world: World, app: App, user: string, view?: string): Trigger {
  const drawn = world.draw('slack.trigger');
  const expires = world.now() + TRIGGER_MS;
  return world.insert(triggers, {
    id: `${drawn.chars(DIGITS, 13)}.${drawn.chars(DIGITS, 12)}.${drawn.chars('0123456789abcdef', 32)}`,
    app: app.id,
    user,
    expires_at: expires,
    used: false,
    ...(view ? { view } : {}),
  });
}

/** Uses a trigger up. Throws `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id`. */
export function exchange(world: World, app: string, id: string): Trigger {
  const trigger = world.get(triggers, id);
  if (!trigger || trigger.app !== app) throw refuse('invalid_trigger_id');
  if (trigger.used) throw refuse('exchanged_trigger_id');
  if (world.now() > trigger.expires_at) throw refuse('expired_trigger_id');
  return world.update(triggers, id, { used: true });
}

/** An address for answers to one interaction: made of the base by which the app reaches this twin. */
export function newResponseUrl(
  world: World,
  app: App,
  user: User,
  place: { channel: Channel; message?: Message; ephemeral: boolean },
): string {
  const nth = world.next('slack.responseUrl');
  const secret = world.secret(['slack.responseUrl', app.id, nth, world.now()], 24, BASE62);
  const id = `${theTeam(world).id}/${world.drawFor('slack.action', nth).chars(DIGITS, 13)}/${secret}`;
  const { message } = place;
  const row: ResponseUrl = {
    id,
    app: app.id,
    user: user.id,
    channel: place.channel.id,
    ephemeral: place.ephemeral,
    uses: 0,
    expires_at: world.now() + RESPONSE_URL_MS,
    ...(message ? { message_ts: message.ts } : {}),
    ...(message?.thread_ts ? { thread_ts: message.thread_ts } : {}),
  };
  world.insert(responseUrls, row);
  return responseUrl(world, app.id, id);
}

/** A conversation as payloads name it. */
export const channelName = (channel: Channel): Json => ({
  id: channel.id,
  name: channel.is_im ? 'directmessage' : channel.name,
});

function container(place: { channel: Channel; message: Message | Ephemeral; ephemeral: boolean }): Json {
  const { message } = place;
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: place.channel.id,
    is_ephemeral: place.ephemeral,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
  };
}

/** The user who is behind an id, for payloads. */
export const actingUser = (world: World, id: string): User =>
  world.require(users, id, () => refuse('user_not_found'));
