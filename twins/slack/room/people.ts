/** The people of the workspace. */
import { type Asked, type Item, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { channels, members as memberships, type User, users } from '../world.ts';
import { channelItem } from './channels.ts';

const CHANNELS_OF_PERSON_MAX = 100;

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

/** A person, and where they are. */
export function personPlace(world: World, id: string): Place | undefined {
  const user = world.get(users, id);
  if (!user) return undefined;
  const { profile } = user;
  const facts = {
    Title: profile.title,
    'E-mail': profile.email,
    Status: profile.status_text,
    Zone: user.tz,
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

function conversationsOf(world: World, user: string): Item[] {
  return world
    .list(memberships, { index: 'user', equals: user })
    .toArray(CHANNELS_OF_PERSON_MAX)
    .flatMap((row) => {
      const channel = world.get(channels, row.channel);
      return channel ? [channelItem(world, channel)] : [];
    });
}
