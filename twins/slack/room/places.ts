/** Channels, threads, people, apps and what apps put on a person's screen. */
import { type Asked, type Block, type Item, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { history, replies } from '../model/history.ts';
import { memberCount } from '../model/membership.ts';
import {
  type App,
  apps,
  type Channel,
  channels,
  members as memberships,
  type User,
  users,
  type View,
  views,
} from '../world.ts';
import { inputFields, shownBlocks } from './blocks.ts';
import { composer, reply, said } from './messages.ts';
import { labelOf } from './text.ts';

const MESSAGES_SHOWN = 50;
const VIEWS_SHOWN_MAX = 10;
const CHANNELS_OF_PERSON_MAX = 100;

/** All channels by name. */
export function channelsPlace(world: World, asked: Asked): Place {
  const prefix = asked.find?.toLowerCase().replace(/^#/, '') ?? '';
  const range = world.list(channels, { index: 'name', prefix });
  return {
    title: 'Channels',
    blocks: [
      { kind: 'search', label: 'Channels that begin with', value: asked.find ?? '' },
      listOf(range, asked, (row) => channelItem(world, row), { empty: 'No channels' }),
    ],
  };
}

/** Direct messages, of two and of several. */
export function directPlace(world: World, asked: Asked): Place {
  const range = world.list(channels, { where: (row) => row.is_im || row.is_mpim });
  const list = listOf(range, asked, (row) => channelItem(world, row), { empty: 'No direct messages yet' });
  return { title: 'Direct messages', blocks: [list] };
}

/** A channel, newest message at the bottom. */
export function channelPlace(world: World, id: string, asked: Asked): Place | undefined {
  const channel = world.get(channels, id);
  if (!channel) return undefined;
  const page = history(world, channel, {
    limit: MESSAGES_SHOWN,
    inclusive: true,
    ...(asked.from ? { from: asked.from } : {}),
  });
  const title = channelTitle(world, channel);
  return {
    title,
    subtitle: [`${memberCount(world, id)} members`, channel.topic.value].filter(Boolean).join(' · '),
    icon: channel.is_private || channel.is_im ? 'lock' : 'channel',
    trail: [shelf(channel)],
    blocks: [
      {
        kind: 'talk',
        messages: page.messages.map((one) => said(world, one)).reverse(),
        ...(page.next ? { older: page.next } : {}),
        ...(asked.from ? { newer: '' } : {}),
        empty: 'Nothing was said here yet',
      },
      ...(channel.is_archived ? [] : [writing(channel, title)]),
    ],
  };
}

/** A thread, oldest first. */
export function threadPlace(world: World, id: string, asked: Asked): Place | undefined {
  const [channelId = '', ts = ''] = id.split('/');
  const channel = world.get(channels, channelId);
  if (!channel) return undefined;
  const [root] = history(world, channel, { limit: 1, oldest: ts, latest: ts, inclusive: true }).messages;
  if (!root) return undefined;
  const page = replies(world, channel, root, {
    limit: MESSAGES_SHOWN,
    inclusive: true,
    ...(asked.from ? { from: asked.from } : {}),
  });
  return {
    title: 'Thread',
    subtitle: channelTitle(world, channel),
    trail: [shelf(channel), { to: `channel/${channelId}`, title: channelTitle(world, channel) }],
    blocks: [
      {
        kind: 'talk',
        messages: page.messages.map((one) => said(world, one, true)),
        ...(page.next ? { newer: page.next } : {}),
      },
      { kind: 'acts', acts: [{ ...reply(channelId, ts), style: 'primary' }] },
    ],
  };
}

/** Everybody, people before bots. */
export function peoplePlace(world: World, asked: Asked): Place {
  const prefix = asked.find?.toLowerCase() ?? '';
  const range = prefix
    ? world.list(users, { index: 'realName', prefix })
    : world.list(users, { index: 'roll' });
  const item = (row: User): Item => ({
    title: row.real_name,
    to: `person/${row.id}`,
    subtitle: row.profile.title || row.profile.email || '',
    icon: row.is_bot ? 'app' : 'person',
    ...(row.deleted ? { badge: 'deactivated' } : row.is_bot ? { badge: 'app' } : {}),
  });
  return {
    title: 'People',
    blocks: [
      { kind: 'search', label: 'People whose name begins with', value: asked.find ?? '' },
      listOf(range, asked, item, { empty: 'Nobody' }),
    ],
  };
}

/** The apps of the workspace. */
export function appsPlace(world: World, asked: Asked): Place {
  const item = (row: App): Item => ({
    title: row.name,
    to: `app/${row.id}`,
    icon: 'app',
    subtitle: row.scopes.join(', '),
  });
  const range = world.list(apps, { index: 'order' });
  return { title: 'Apps', blocks: [listOf(range, asked, item, { empty: 'No app is installed' })] };
}

/** What is on a person's screen: modals that apps opened, the last one on top. */
export function screenPlace(world: World, asked: Asked): Place {
  const person = world.list(users, { index: 'email', equals: asked.as?.toLowerCase() ?? '' }).first();
  const open = world
    .list(views, { where: (row) => row.type === 'modal' && row.user === person?.id })
    .toArray(VIEWS_SHOWN_MAX);
  const blocks = open.map((view) => modal(world, view)).reverse();
  const empty = { kind: 'list' as const, items: [], empty: 'No app has opened anything for this person' };
  return { title: 'Screen', subtitle: person?.real_name ?? '', blocks: blocks.length > 0 ? blocks : [empty] };
}

/** A person, and where they are. */
export function personPlace(world: World, id: string): Place | undefined {
  const user = world.get(users, id);
  if (!user) return undefined;
  const { profile } = user;
  const facts = {
    Title: profile.title,
    'E-mail': profile.email,
    Status: profile.status_text,
    Zone: user.tz_label,
    Id: id,
  };
  return {
    title: user.real_name,
    subtitle: `@${user.name}`,
    icon: user.is_bot ? 'app' : 'person',
    trail: [{ to: 'people', title: 'People' }],
    ...(profile.email ? { person: profile.email } : {}),
    blocks: [
      {
        kind: 'facts',
        facts: Object.entries(facts).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
      },
      {
        kind: 'acts',
        acts: [
          {
            label: 'Message',
            gesture: 'openDm',
            with: { user: id },
            leads: { kind: 'channel', key: 'channel' },
          },
        ],
      },
      { kind: 'list', title: 'Conversations', items: conversationsOf(world, id), empty: 'None' },
    ],
  };
}

/** An app, and its home as the person who looks has it. */
export function appPlace(world: World, id: string, asked: Asked): Place | undefined {
  const app = world.get(apps, id);
  if (!app) return undefined;
  const person = world.list(users, { index: 'email', equals: asked.as?.toLowerCase() ?? '' }).first();
  const home = world.list(views, { index: 'home', equals: `${id}/${person?.id ?? ''}` }).first();
  const note = home ? {} : { note: 'The app has shown this person no home yet.' };
  return {
    title: app.name,
    icon: 'app',
    trail: [{ to: 'apps', title: 'Apps' }],
    blocks: [
      { kind: 'facts', facts: factsOf(app) },
      {
        kind: 'acts',
        acts: [{ label: 'Open its home', gesture: 'openHome', with: { app: id }, style: 'primary' }],
      },
      {
        kind: 'panel',
        title: 'Home',
        ...note,
        blocks: home ? shownBlocks(world, { view: home.id }, home.blocks) : [],
      },
    ],
  };
}

const factsOf = (app: App) => [
  { name: 'Id', value: app.id },
  { name: 'Hears of', value: app.events.subscriptions.join(', ') || 'nothing' },
  { name: 'At', value: app.socket_mode ? 'Socket Mode' : (app.events.url ?? 'no address') },
  { name: 'Commands', value: app.commands.map((one) => one.command).join(', ') || 'none' },
];

function modal(world: World, view: View): Block {
  const submit = {
    label: labelOf(view.submit) || 'Submit',
    gesture: 'submit',
    with: { view: view.id },
    style: 'primary' as const,
  };
  const errors = Object.entries(view.errors ?? {}).map(([at, why]) => (at ? `${at}: ${why}` : why));
  const close = { label: labelOf(view.close) || 'Close', gesture: 'closeView', with: { view: view.id } };
  return {
    kind: 'panel',
    title: labelOf(view.title),
    ...(errors.length > 0 ? { note: errors.join(' · ') } : {}),
    blocks: [
      ...shownBlocks(world, { view: view.id }, view.blocks),
      {
        kind: 'acts',
        acts: [...(view.submit ? [{ ...submit, fields: inputFields(view.blocks) }] : []), close],
      },
    ],
  };
}

function writing(channel: Channel, title: string): Block {
  const { id } = channel;
  const command = {
    label: 'Slash command',
    gesture: 'command',
    with: { channel: id },
    fields: [
      { path: ['command'], label: 'Command, as /desk', type: 'text' as const },
      { path: ['text'], label: 'Text', type: 'text' as const, optional: true },
    ],
  };
  const join = { label: 'Join', gesture: 'join', with: { channel: id } };
  const leave = { label: 'Leave', gesture: 'leave', with: { channel: id } };
  const direct = channel.is_im || channel.is_mpim;
  return { kind: 'acts', acts: [composer(id, title), command, ...(direct ? [] : [join, leave])] };
}

function conversationsOf(world: World, user: string): Item[] {
  return world
    .list(memberships, { index: 'user', equals: user })
    .toArray(CHANNELS_OF_PERSON_MAX)
    .flatMap((row) => {
      const channel = world.get(channels, row.channel);
      return channel ? [channelItem(world, channel)] : [];
    });
}

function channelItem(world: World, row: Channel): Item {
  return {
    title: channelTitle(world, row),
    to: `channel/${row.id}`,
    subtitle: row.topic.value || row.purpose.value,
    icon: row.is_private || row.is_im ? 'lock' : 'channel',
    badge: row.is_archived ? 'archived' : String(memberCount(world, row.id)),
  };
}

const shelf = (channel: Channel) =>
  channel.is_im || channel.is_mpim
    ? { to: 'direct', title: 'Direct messages' }
    : { to: 'channels', title: 'Channels' };

function channelTitle(world: World, row: Channel): string {
  if (!row.is_im && !row.is_mpim) return `#${row.name}`;
  const names = (row.party ?? '').split(',').map((id) => world.get(users, id)?.real_name ?? id);
  return names.join(', ');
}
