/**
 * What an app hears when somebody uses what it shows: triggers, response URLs, `block_actions` payloads.
 * https://docs.slack.dev/interactivity/handling-user-interaction
 */
import { BASE62, DIGITS } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { RESPONSE_URL_MS, TRIGGER_MS } from '../../limits.ts';
import {
  type App,
  type Channel,
  type Ephemeral,
  isObject,
  type Json,
  type Message,
  type ResponseUrl,
  responseUrls,
  type Trigger,
  triggers,
  type User,
  users,
  type View,
  views,
} from '../../world.ts';
import { interactivityAddress, optionsAddress } from '../apps/app.ts';
import { interactive } from '../blocks/prepare.ts';
import { messageView } from '../messages/message.ts';
import { eventTs } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';
import { responseUrl } from '../url.ts';
import { statesOf, type Values } from './choice.ts';
import { viewView } from './view.ts';

/** Where an element was used. */
export type Place = InMessage | { view: View };

/** In a message that one person or all see. */
export interface InMessage {
  channel: Channel;
  message: Message | Ephemeral;
  ephemeral: boolean;
}

/** What a person picked in a message that is still on their screen. */
interface Picked {
  /** Channel, message and user. */
  id: string;
  values: Values;
}

export const picks = table<Picked>({ name: 'slack.picks', key: (row) => row.id });

/** The blocks that are shown there, those of attachments too. */
export function blocksAt(place: Place): Json[] {
  if ('view' in place) return place.view.blocks;
  const { blocks = [], attachments = [] } = place.message;
  return [...blocks, ...attachments.flatMap((one) => (Array.isArray(one.blocks) ? one.blocks : []))];
}

/** The state of everything there: what `user` filled in, else what the app did. */
export const shownValues = (world: World, place: Place, user: string): Values =>
  statesOf(
    blocksAt(place),
    'view' in place ? place.view.state.values : (world.get(picks, pickId(place, user))?.values ?? {}),
  );

/** Keeps what `user` filled in or picked; gives the place as it is then. */
export function fill(world: World, place: Place, user: string, { block, element }: At, state: Json): Place {
  const [inBlock, action] = [String(block.block_id), String(element.action_id)];
  const all =
    'view' in place ? place.view.state.values : (world.get(picks, pickId(place, user))?.values ?? {});
  const values = { ...all, [inBlock]: { ...all[inBlock], [action]: state } };
  if ('view' in place) return { view: world.update(views, place.view.id, { state: { values } }) };
  world.put(picks, { id: pickId(place, user), values });
  return place;
}

/** An element and the block that it stands in. */
export interface At {
  block: Json;
  element: Json;
}

const pickId = (place: InMessage, user: string): string => `${place.channel.id}/${place.message.ts}/${user}`;

/** Sends an app a payload about what `user` did; nothing where the app has no address for it. */
export function interact(world: World, app: App, type: string, user: User, payload: Json): boolean {
  const asks = type === 'block_suggestion' || type === 'dialog_suggestion';
  const to = asks ? optionsAddress(app) : interactivityAddress(app);
  if (!to || app.uninstalled) return false;
  const team = theTeam(world);
  world.emit({
    channel: CHANNELS[type] ?? 'interactivity',
    event: type,
    to,
    app: app.id,
    payload: {
      type,
      team: { id: team.id, domain: team.domain },
      user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
      ...(SHORTCUTS.has(type) ? {} : { api_app_id: app.id }),
      token: app.verification_token,
      enterprise: null,
      is_enterprise_install: false,
      ...payload,
    },
  });
  return true;
}

/** The deliveries whose answer says something; all others go by `interactivity`. */
const CHANNELS: Readonly<Record<string, string>> = {
  view_submission: 'submissions',
  block_suggestion: 'suggestions',
  dialog_submission: 'dialogs',
  interactive_message: 'attachments',
};

/** Whose payloads do not say which app they are for. */
const SHORTCUTS = new Set(['shortcut', 'message_action']);

/** Tells an app that `user` used one of its elements. `action` is what the element says of itself. */
export function actOn(world: World, app: App, user: User, place: Place, block: Json, action: Json): boolean {
  const view = 'view' in place ? place.view.id : undefined;
  const channel = 'view' in place ? undefined : place.channel.id;
  return interact(world, app, 'block_actions', user, {
    trigger_id: newTrigger(world, app, user.id, view, channel).id,
    ...placed(world, place, user, block),
    ...('view' in place
      ? {}
      : {
          state: { values: shownValues(world, place, user.id) },
          response_url: newResponseUrl(world, app, user, place),
        }),
    actions: [{ ...action, block_id: block.block_id, action_ts: eventTs(world) }],
  });
}

/** Where something was done, as payloads say it; a view with what `user` has filled in. */
export function placed(world: World, place: Place, user: User, block: Json): Json {
  if ('view' in place)
    return {
      container: { type: 'view', view_id: place.view.id },
      view: { ...viewView(place.view), state: { values: shownValues(world, place, user.id) } },
    };
  return {
    ...within(place, block),
    channel: channelName(place.channel),
    ...(place.ephemeral ? {} : { message: messageView(world, place.message) }),
  };
}

/** The attachment that a block stands in; undefined for the message itself. */
export const attachmentOf = ({ message }: InMessage, { block_id }: Json): Json | undefined =>
  message.attachments?.find((one) => {
    const blocks = Array.isArray(one.blocks) ? one.blocks.filter(isObject) : [];
    return interactive(blocks).some(({ block }) => block.block_id === block_id);
  });

/** A trigger that may be exchanged for a view once, within three seconds. */
export function newTrigger(world: World, app: App, user: string, view?: string, channel?: string): Trigger {
  const drawn = world.draw('slack.trigger');
  const expires = world.now() + TRIGGER_MS;
  return world.insert(triggers, {
    id: `${drawn.chars(DIGITS, 13)}.${drawn.chars(DIGITS, 12)}.${drawn.chars('0123456789abcdef', 32)}`,
    app: app.id,
    user,
    expires_at: expires,
    used: false,
    ...(view ? { view } : {}),
    ...(channel ? { channel } : {}),
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

/** In which message a block stands, and in which attachment or preview of a link there. */
function within(place: InMessage, block: Json): Json {
  const { message, channel, ephemeral } = place;
  const attachment = attachmentOf(place, block);
  const { id, fallback, bot_id, app_unfurl_url, is_app_unfurl, app_id } = attachment ?? {};
  const preview = is_app_unfurl === true ? { is_app_unfurl, app_unfurl_url } : {};
  return {
    container: {
      type: attachment ? 'message_attachment' : 'message',
      message_ts: message.ts,
      ...(attachment ? { attachment_id: id } : {}),
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(attachment ? { is_app_unfurl: false, ...preview } : {}),
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    },
    ...(is_app_unfurl === true
      ? { app_unfurl: { id, fallback, bot_id, app_unfurl_url, is_app_unfurl, app_id } }
      : {}),
  };
}

/** The user who is behind an id, for payloads. */
export const actingUser = (world: World, id: string): User =>
  world.require(users, id, () => refuse('user_not_found'));
