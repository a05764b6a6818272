/**
 * Events to apps: who hears of what, and the envelope. An app hears of what happens in a conversation that its bot is
 * in, its own messages too (it is the SDKs that drop those), and on behalf of the people whose tokens it holds.
 * https://docs.slack.dev/apis/events-api/
 */
import { parsedObject } from '../../../../src/json.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type App,
  apps,
  type Channel,
  type ChannelType,
  channelType,
  type Json,
  type Message,
  members,
  type Token,
  tokens,
} from '../../world.ts';
import { eventsAddress } from '../apps/app.ts';
import { holds } from '../apps/scope.ts';
import { connected } from '../channels/externalTeam.ts';
import { searchPass } from '../interactivity/actionToken.ts';
import { seconds } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';
import { admitEvent } from './eventRecord.ts';
import { tellSeeing, tellStreams } from './stream.ts';
import { isForBots, isPersonal, scopesForEvent } from './subscription.ts';

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
  const told = new Set<string>();
  for (const hearer of hearers(world, MESSAGE_EVENTS[type], inChannel(world, channel), type)) {
    told.add(hearer.app.id);
    const said = event();
    const { app, isBot } = hearer;
    const pass = type === 'im' && isBot && said.user !== app.bot_user ? searchPass(world, app, said) : {};
    const place = { channel: channel.id, channel_type: TYPE_WORDS[type] };
    send(world, hearer, { ...said, ...place, ...pass }, channel);
  }
  if (type !== 'im') return;
  for (const hearer of hearers(world, 'message.app_home', inChannel(world, channel)))
    if (hearer.isBot && !told.has(hearer.app.id))
      send(world, hearer, { ...event(), channel: channel.id, channel_type: 'app_home' }, channel);
}

/**
 * Tells every app whose bot a message names and who can read it; an app is not told of its own messages, nor of what is
 * said to it alone. https://docs.slack.dev/reference/events/app_mention
 */
export function tellMention(world: World, channel: Channel, message: Message, shown: () => Json): void {
  if (channel.is_im || !message.text.includes('<@')) return;
  for (const hearer of hearers(world, 'app_mention', inChannel(world, channel))) {
    const { app } = hearer;
    if (message.app_id === app.id || !message.text.includes(`<@${app.bot_user}`)) continue;
    const { subtype: _, ...event } = shown();
    const pass = searchPass(world, app, event);
    send(
      world,
      hearer,
      { ...event, type: 'app_mention', channel: channel.id, event_ts: message.ts, ...pass },
      channel,
    );
  }
}

/**
 * Tells the apps that subscribe to `event.type`; where `channel` is given, those that hear of it through their bot or
 * a person who let them in; what is one person's affair (`event.user`), through that person alone.
 */
export function tell(world: World, event: Json & { type: string }, channel?: Channel): void {
  if (isPersonal(event.type)) {
    tellPerson(world, String(event.user), event);
    return;
  }
  tellStreams(world, () => event, channel);
  const hears = channel ? inChannel(world, channel) : everybody;
  for (const hearer of hearers(world, event.type, hears, channel && channelType(channel)))
    send(world, hearer, event, channel);
}

/** Tells the apps that hear on behalf of `person`, and the person's own connections. */
export function tellPerson(world: World, person: string, event: Json & { type: string }): void {
  tellStreams(world, () => event, undefined, person);
  for (const hearer of hearers(world, event.type, (user) => user === person)) send(world, hearer, event);
}

/** Tells the apps that subscribe to `type` each what it may hear: an event made for that app, if there is one. */
export function tellEach(world: World, type: string, eventFor: (app: App) => Json | undefined): void {
  for (const hearer of hearers(world, type, everybody)) {
    const event = eventFor(hearer.app);
    if (event) send(world, hearer, { type, ...event });
  }
}

/** Tells the apps that subscribe to `event.type` and hear on behalf of somebody who `sees` what it is about. */
export function tellSeers(
  world: World,
  event: Json & { type: string },
  sees: (user: string) => boolean,
): void {
  tellSeeing(world, () => event, sees);
  for (const hearer of hearers(world, event.type, sees)) send(world, hearer, event);
}

/** Tells one app, whatever conversation it is in, if it subscribes to `event.type`. */
export function tellApp(world: World, app: App, event: Json & { type: string }): void {
  const { subscriptions, user_subscriptions = [], disabled } = app.events;
  if (app.uninstalled || disabled || eventsAddress(app) === undefined) return;
  if (![...subscriptions, ...user_subscriptions].includes(event.type)) return;
  const needed = scopesForEvent(event.type);
  if (needed.length > 0 && !grants(world, app, 'bot').some((token) => allows(token, needed))) return;
  send(world, { app, user: app.bot_user, isBot: true }, event);
}

/** An app that hears of something, and through whom: its bot, or a person whose token it holds. */
interface Hearer {
  app: App;
  user: string;
  isBot: boolean;
}

const everybody = (): boolean => true;
const inChannel =
  (world: World, channel: Channel) =>
  (user: string): boolean =>
    world.get(members, `${channel.id}/${user}`) !== undefined;

/** The apps that hear of an event, each once: as its bot where that `hears`, else through a person who does. */
function* hearers(
  world: World,
  subscription: string,
  hears: (user: string) => boolean,
  kind?: ChannelType,
): Iterable<Hearer> {
  const asBots = world.list(apps, { index: 'subscription', equals: subscription });
  const asPeople = world.list(apps, { index: 'userSubscription', equals: subscription });
  // Most of what is said is heard by nobody: to find that out takes two looks, a walk takes more.
  if (!asBots.first() && !asPeople.first()) return;
  const needed = scopesForEvent(subscription, kind);
  const told = new Set<string>();
  for (const app of isForBots(subscription) ? asBots : []) {
    if (!hears(app.bot_user) || !grants(world, app, 'bot').some((token) => allows(token, needed))) continue;
    told.add(app.id);
    yield { app, user: app.bot_user, isBot: true };
  }
  for (const app of isPersonal(subscription) ? [...asBots, ...asPeople] : asPeople) {
    if (told.has(app.id)) continue;
    const own = grants(world, app, 'user').find((token) => hears(token.user) && allows(token, needed));
    if (!own) continue;
    told.add(app.id);
    yield { app, user: own.user, isBot: false };
  }
}

const grants = (world: World, app: App, kind: 'bot' | 'user'): Token[] =>
  world
    .list(tokens, { index: 'app', equals: `${app.id}/${kind}` })
    .toArray()
    .filter((token) => !token.revoked);

const allows = (token: Token, needed: readonly string[]): boolean =>
  needed.length === 0 || needed.some((scope) => holds(token.scopes, scope));

function send(world: World, { app, user, isBot }: Hearer, event: Json, channel?: Channel): void {
  const team = theTeam(world).id;
  if (!admitEvent(world, app, team)) return;
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
        { enterprise_id: null, team_id: team, user_id: user, is_bot: isBot, is_enterprise_install: false },
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
  const { tid, aid, cid } =
    parsedObject(Buffer.from(text.replace(/^4-/, ''), 'base64').toString('utf8')) ?? {};
  if (typeof tid !== 'string' || typeof aid !== 'string') return undefined;
  return { team: tid, app: aid, ...(typeof cid === 'string' ? { channel: cid } : {}) };
}
