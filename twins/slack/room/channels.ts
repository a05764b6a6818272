/** Channels, direct messages and threads. */
import {
  type Asked,
  type Block,
  counted,
  type Item,
  listOf,
  type Place,
  type Said,
} from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { memberCount } from '../model/channels/membership.ts';
import { history, replies } from '../model/messages/history.ts';
import { type Channel, channels, ephemerals, users } from '../world.ts';
import { composer, reply, said } from './messages.ts';
import { openModals } from './screen.ts';

const MESSAGES_SHOWN = 50;
const WHISPERS_SHOWN_MAX = 20;

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
  const range = world.list(channels, { index: 'party' });
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
  const viewer = viewerOf(world, asked);
  const spoken = page.messages.map((one) => said(world, one, viewer)).reverse();
  const unheard = whispers(world, id, asked, page.next && spoken[0]?.id);
  return {
    title,
    subtitle: [`${memberCount(world, id)} members`, channel.topic.value].filter(Boolean).join(' · '),
    icon: channel.is_private || channel.is_im ? 'lock' : 'channel',
    trail: [shelf(channel)],
    blocks: [
      ...openModals(world, asked),
      {
        kind: 'talk',
        messages: [...spoken, ...unheard].sort((a, b) => a.at - b.at),
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
  const viewer = viewerOf(world, asked);
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
      ...openModals(world, asked),
      {
        kind: 'talk',
        messages: page.messages.map((one) => said(world, one, viewer, true)),
        ...(page.next ? { newer: page.next } : {}),
      },
      { kind: 'acts', acts: [{ ...reply(channelId, ts), style: 'primary' }] },
    ],
  };
}

/** The id of who looks; empty where they have no account here. */
const viewerOf = (world: World, asked: Asked): string =>
  world.list(users, { index: 'email', equals: asked.as?.toLowerCase() ?? '' }).first()?.id ?? '';

/** What apps told the person who looks alone, in this part of the conversation. */
function whispers(world: World, channel: string, asked: Asked, since: string | undefined): Said[] {
  const looks = viewerOf(world, asked);
  if (!looks || asked.from) return [];
  const from = `${channel}/${since ?? ''}`;
  return world
    .list(ephemerals, { from, to: `${channel}/~`, reverse: true, where: (row) => row.to === looks })
    .toArray(WHISPERS_SHOWN_MAX)
    .map((row) => ({ ...said(world, row, looks, true), acts: [], marks: ['only visible to you'] }));
}

/** A conversation as a row of a list. */
export function channelItem(world: World, row: Channel): Item {
  return {
    title: channelTitle(world, row),
    to: `channel/${row.id}`,
    subtitle: row.topic.value || row.purpose.value,
    icon: row.is_private || row.is_im ? 'lock' : 'channel',
    badge: row.is_archived ? 'archived' : counted(memberCount(world, row.id), 'member'),
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

const shelf = (channel: Channel) =>
  channel.is_im || channel.is_mpim
    ? { to: 'direct', title: 'Direct messages' }
    : { to: 'channels', title: 'Channels' };

function channelTitle(world: World, row: Channel): string {
  if (!row.is_im && !row.is_mpim) return `#${row.name}`;
  const names = (row.party ?? '').split(',').map((id) => world.get(users, id)?.real_name ?? id);
  return names.join(', ');
}
