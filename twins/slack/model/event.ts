/**
 * Events to apps: who hears of what, and the envelope. An app hears of what happens in a conversation that
 * its bot is
 * in; its own messages too (it is the SDKs that drop those). https://docs.slack.dev/apis/events-api/
 */
import type { World } from '../../../src/world/world.ts';
import {
  type App,
  apps,
  type Channel,
  type ChannelType,
  channelType,
  isObject,
  type Json,
  type Message,
  members,
} from '../world.ts';
import { searchPass } from './actionToken.ts';
import { eventsAddress } from './app.ts';
import { connected } from './externalTeam.ts';
import { tellStreams } from './stream.ts';
import { theTeam } from './team.ts';
import { seconds } from './timestamp.ts';

const MESSAGE_EVENTS: Readonly<Record<ChannelType, string>> = {
  public_channel: 'message.channels',
  private_channel: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
};
const TYPE_WORDS: Readonly<Record<ChannelType, string>> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
  mpim: 'mpim',
};

/** Tells the apps in `channel` that subscribe to messages of its kind; `event` makes the inner event, if any does. */
export function tellMessage(world: World, channel: Channel, event: () => Json): void {
  tellStreams(world, () => ({ ...event(), channel: channel.id }), channel);
  const type = channelType(channel);
  for (const app of listeners(world, MESSAGE_EVENTS[type], channel)) {
    const said = event();
    const pass = type === 'im' && said.user !== app.bot_user ? searchPass(world, app, said) : {};
    send(world, app, { ...said, channel: channel.id, channel_type: TYPE_WORDS[type], ...pass }, channel);
  }
}

/** Tells every app whose bot a message names and who can read it; an app is not told of its own messages. */
export function tellMention(world: World, channel: Channel, message: Message, shown: () => Json): void {
  if (!message.text.includes('<@')) return;
  for (const app of listeners(world, 'app_mention', channel)) {
    if (message.app_id === app.id || !message.text.includes(`<@${app.bot_user}`)) continue;
    const { subtype: _, ...event } = shown();
    const pass = searchPass(world, app, event);
    send(
      world,
      app,
      { ...event, type: 'app_mention', channel: channel.id, event_ts: message.ts, ...pass },
      channel,
    );
  }
}

/** Tells the apps that subscribe to `event.type`; where `channel` is given, those whose bot is in it. */
export function tell(world: World, event: Json & { type: string }, channel?: Channel): void {
  tellStreams(world, () => event, channel);
  for (const app of listeners(world, event.type, channel)) send(world, app, event, channel);
}

/** Tells the apps that subscribe to `type` each what it may hear: an event made for that app. */
export function tellEach(world: World, type: string, eventFor: (app: App) => Json): void {
  for (const app of listeners(world, type, undefined)) send(world, app, { type, ...eventFor(app) });
}

/** Tells one app, whatever conversation it is in, if it subscribes to `event.type`. */
export function tellApp(world: World, app: App, event: Json & { type: string }): void {
  if (app.uninstalled || eventsAddress(app) === undefined) return;
  if (app.events.subscriptions.includes(event.type)) send(world, app, event);
}

function* listeners(world: World, subscription: string, channel: Channel | undefined): Iterable<App> {
  const subscribed = world.list(apps, { index: 'subscription', equals: subscription });
  // Most of what is said is heard by nobody: to find that out takes one look, a walk takes more.
  if (!subscribed.first()) return;
  for (const app of subscribed) {
    if (channel && !world.get(members, `${channel.id}/${app.bot_user}`)) continue;
    yield app;
  }
}

function send(world: World, app: App, event: Json, channel?: Channel): void {
  const team = theTeam(world).id;
  const type = String(event.type);
  world.emit({
    channel: 'events',
    event: type,
    to: eventsAddress(app) as string,
    app: app.id,
    payload: {
      token: app.verification_token,
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: app.id,
      event,
      type: 'event_callback',
      event_id: `Ev0${world.draw('slack.event').chars('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 9)}`,
      event_time: seconds(world),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team,
          user_id: app.bot_user,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: channel !== undefined && connected(world, channel.id).length > 0,
      event_context: context(type, team, app.id, channel?.id),
    },
  });
}

function context(type: string, team: string, app: string, channel: string | undefined): string {
  const said = JSON.stringify({ et: type, tid: team, aid: app, ...(channel ? { cid: channel } : {}) });
  return `4-${Buffer.from(said).toString('base64').replace(/=+$/, '')}`;
}

/** What an event's context says; undefined for a text that is none. */
export function contextIn(text: string): { team: string; app: string; channel?: string } | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(text.replace(/^4-/, ''), 'base64').toString('utf8'));
    if (!isObject(said) || typeof said.tid !== 'string' || typeof said.aid !== 'string') return undefined;
    return { team: said.tid, app: said.aid, ...(typeof said.cid === 'string' ? { channel: said.cid } : {}) };
  } catch {
    return undefined;
  }
}
