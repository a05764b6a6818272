/**
 * From a world file to a workspace: the cast, the channels with their history, the apps with their tokens.
 */
import { shaped, UPPER36 } from '../../src/ids.ts';
import type { SlackAppPart, SlackChannelPart, SlackPart, WorldFile } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';
import { cannot } from './errors.ts';
import { madeUpChannels } from './madeUpChannels.ts';
import { seat } from './model/apps/install.ts';
import { register } from './model/apps/registration.ts';
import { issue } from './model/apps/token.ts';
import { newWebhook } from './model/apps/webhook.ts';
import { NO_NOTE, newChannel } from './model/channels/channel.ts';
import { beginDirect } from './model/channels/conversation.ts';
import { enrol } from './model/channels/membership.ts';
import { isPersonal, withScopesFor } from './model/events/subscription.ts';
import { newPerson, slackbot } from './model/people/newcomer.ts';
import { plantChatter } from './plantChatter.ts';
import { plantHistory } from './plantHistory.ts';
import { BOT_SCOPES, USER_SCOPES } from './scopes.ts';
import {
  type App,
  channels,
  emoji,
  type Shortcut,
  SLACKBOT,
  type Team,
  teams,
  type User,
  users,
} from './world.ts';

/** The app of a world that names none. */
const DEFAULT_APP: SlackAppPart = { name: 'orrery', scopes: [...BOT_SCOPES], userScopes: [...USER_SCOPES] };
/** The channels of a world that names none. */
const DEFAULT_CHANNELS: SlackChannelPart[] = [{ name: 'general' }, { name: 'random' }];
/** What Slack writes over the channels of a new workspace. */
const GIVEN_NOTES: Readonly<Record<string, { topic: string; purpose: string }>> = {
  general: {
    topic: 'Company-wide announcements and work-based matters',
    purpose:
      'This channel is for workspace-wide communication and announcements. All members are in this channel.',
  },
  random: {
    topic: 'Non-work banter and water cooler conversation',
    purpose:
      'A place for non-work-related flimflam, faffing, hodge-podge or jibber-jabber ' +
      "you'd prefer to keep out of more focused work-related channels.",
  },
};

/**
 * Fills an empty universe's workspace. People are in the channels that name them, or in all that name
 * nobody.
 */
export function plant(world: World, file: WorldFile): void {
  const part = file.slack ?? {};
  const team = plantTeam(world, part);
  world.insert(users, slackbot(team));
  const people = new Map<string, User>();
  for (const person of world.cast) {
    const user = world.insert(users, newPerson(world, team, person, people.size === 0));
    people.set(person.email.toLowerCase(), user);
    beginDirect(world, [SLACKBOT, user.id].sort().join());
  }
  plantEmoji(world, team);
  const owner = [...people.values()][0];
  const parts = part.apps?.length ? part.apps : [DEFAULT_APP];
  const planted = parts.map((one) => plantApp(world, one, owner));
  plantChannels(
    world,
    part,
    people,
    planted.filter((app) => !app.uninstalled),
  );
  for (const [i, app] of planted.entries()) plantWebhooks(world, parts[i] as SlackAppPart, app, owner);
  const { messages = [] } = part;
  if (Array.isArray(messages)) plantHistory(world, messages, people);
  else plantChatter(world, messages.count);
}

function plantTeam(world: World, part: SlackPart): Team {
  const name = part.team ?? 'acme';
  return world.insert(teams, {
    id: shaped(world.drawFor('slack.team', name), 'T0', 9, UPPER36),
    name,
    domain: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    email_domain: world.cast[0]?.email.split('@')[1] ?? '',
  });
}

function plantApp(world: World, part: SlackAppPart, owner: User | undefined): App {
  const registered = register(world, {
    name: part.name,
    scopes: withScopesFor(
      part.scopes,
      (part.events?.subscriptions ?? []).filter((event) => !isPersonal(event)),
    ),
    user_scopes: withScopesFor(part.userScopes ?? USER_SCOPES, part.events?.userSubscriptions ?? []),
    events: {
      ...(part.events?.url ? { url: part.events.url } : {}),
      verified: part.events?.url !== undefined,
      subscriptions: part.events?.subscriptions ?? [],
      ...(part.events?.userSubscriptions ? { user_subscriptions: part.events.userSubscriptions } : {}),
    },
    interactivity: {
      ...(part.interactivity?.url ? { url: part.interactivity.url } : {}),
      ...(part.interactivity?.optionsUrl ? { options_url: part.interactivity.optionsUrl } : {}),
    },
    ...(part.shortcuts ? { shortcuts: part.shortcuts.map(shortcutIn) } : {}),
    ...(part.unfurlDomains ? { unfurl_domains: part.unfurlDomains } : {}),
    commands: part.commands ?? [],
    socket_mode: part.socketMode ?? false,
    ...(part.redirectUrls ? { redirect_urls: part.redirectUrls } : {}),
    ...(part.tokenRotation ? { token_rotation: true } : {}),
    ...(part.pkce ? { pkce: true } : {}),
  });
  const app = part.installed === false ? registered : seat(world, registered);
  if (!app.uninstalled) {
    issue(world, { kind: 'bot', app, scopes: app.scopes });
    if (owner) issue(world, { kind: 'user', app, user: owner.id, scopes: app.user_scopes });
  }
  issue(world, { kind: 'app', app, scopes: ['connections:write', 'authorizations:read'] });
  return app;
}

const shortcutIn = ({
  name,
  callbackId,
  type = 'global',
  description = name,
}: NonNullable<SlackAppPart['shortcuts']>[number]): Shortcut => ({
  type,
  name,
  callback_id: callbackId,
  description,
});

/** A webhook for each channel that an app's part names. Throws where there is no such channel. */
function plantWebhooks(world: World, part: SlackAppPart, app: App, owner: User | undefined): void {
  for (const { channel: named } of part.webhooks ?? []) {
    const channel = world.list(channels, { index: 'name', equals: named.replace(/^#/, '') }).first();
    if (!channel) throw cannot('unknown-channel', `the webhook of ${part.name} names the channel ${named}`);
    newWebhook(world, app, channel, owner?.id ?? '');
  }
}

function plantChannels(
  world: World,
  part: SlackPart,
  people: ReadonlyMap<string, User>,
  installed: readonly App[],
): void {
  const everybody = [...people.values()];
  const named = channelParts(world, part);
  const general = named.find((one) => one.name === 'general') ?? named.find((one) => !isPrivate(one));
  for (const given of named) {
    const creator = everybody[0]?.id ?? '';
    const channel = newChannel(world, {
      id: shaped(world.drawFor('slack.channel', 'planted', given.name), 'C0', 9, UPPER36),
      name: given.name,
      creator,
      isPrivate: isPrivate(given),
      isGeneral: given === general,
    });
    const note = (value: string | undefined) =>
      value ? { value, creator, last_set: channel.created } : NO_NOTE;
    const { topic, purpose } = { ...GIVEN_NOTES[given.name], ...given };
    world.update(channels, channel.id, { topic: note(topic), purpose: note(purpose) });
    for (const user of membersOf(given, people) ?? everybody) enrol(world, channel.id, user.id);
    if (!channel.is_private) for (const app of installed) enrol(world, channel.id, app.bot_user);
  }
}

function channelParts(world: World, { channels: given = DEFAULT_CHANNELS }: SlackPart): SlackChannelPart[] {
  return Array.isArray(given) ? given : madeUpChannels(world, given.count, given.members);
}

const isPrivate = (given: SlackChannelPart): boolean => given.private === true;

const membersOf = (given: SlackChannelPart, people: ReadonlyMap<string, User>): User[] | undefined =>
  given.members?.flatMap((email) => people.get(email.toLowerCase()) ?? []);

/** What Slack itself gives every workspace, by picture and by other names of the same. */
const GIVEN_EMOJI: Readonly<Record<string, string>> = {
  bowtie: 'f3ec6f2bb0',
  squirrel: '465f40c0e0',
  glitch_crab: 'db049f1f9c',
  piggy: 'b7762ee8cd',
  cubimal_chick: '85961c43d7',
  dusty_stick: '6177a62312',
  slack: '7d462d2443',
  pride: '56b1bd3388',
  thumbsup_all: '50096a1020',
  slack_call: 'b81fffd6dd',
};
const GIVEN_ALIASES: Readonly<Record<string, string>> = {
  shipit: 'alias:squirrel',
  white_square: 'alias:white_large_square',
  black_square: 'alias:black_large_square',
  simple_smile: 'https://a.slack-edge.com/80588/img/emoji_2017_12_06/apple/simple_smile.png',
};

function plantEmoji(world: World, team: Team): void {
  for (const [name, digest] of Object.entries(GIVEN_EMOJI)) {
    const value = `https://emoji.slack-edge.com/${team.id}/${name}/${digest}.png`;
    world.insert(emoji, { name, value });
  }
  for (const [name, value] of Object.entries(GIVEN_ALIASES)) world.insert(emoji, { name, value });
}
