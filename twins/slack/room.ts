/** Slack as its people see it: channels and threads, people, apps, and what apps open on a screen. */
import { type Asked, type Place, type Room, under } from '../../src/room.ts';
import type { World } from '../../src/world/world.ts';
import { channelPlace, channelsPlace, directPlace, threadPlace } from './room/channels.ts';
import { peoplePlace, personPlace } from './room/people.ts';
import { appPlace, appsPlace, screenPlace } from './room/screen.ts';
import { type User, users } from './world.ts';

export const room: Room = {
  shelves: [
    { to: 'channels', title: 'Channels' },
    { to: 'direct', title: 'Direct messages' },
    { to: 'people', title: 'People' },
    { to: 'apps', title: 'Apps' },
    { to: 'screen', title: 'Screen' },
  ],
  place: (world, id, asked) => SHELVES.get(id)?.(world, asked) ?? inner(world, id, asked),
  personAt: (world, email) => {
    const user = world.list(users, { index: 'email', equals: email.toLowerCase() }).first();
    return user && `person/${user.id}`;
  },
  host: (world) => {
    const first = world.cast[0]?.email.toLowerCase() ?? '';
    const member = world.list(users, { index: 'email', equals: first }).first() ?? anybody(world);
    return member?.profile.email;
  },
};

const anybody = (world: World): User | undefined =>
  world.list(users, { index: 'roll', where: (row) => !row.deleted && !!row.profile.email }).first();

const SHELVES = new Map<string, (world: World, asked: Asked) => Place>([
  ['channels', channelsPlace],
  ['direct', directPlace],
  ['people', peoplePlace],
  ['apps', appsPlace],
  ['screen', screenPlace],
]);

function inner(world: World, id: string, asked: Asked): Place | undefined {
  const rest = (kind: string) => under(id, kind);
  const channel = rest('channel');
  if (channel !== undefined) return channelPlace(world, channel, asked);
  const thread = rest('thread');
  if (thread !== undefined) return threadPlace(world, thread, asked);
  const person = rest('person');
  if (person !== undefined) return personPlace(world, person);
  const app = rest('app');
  return app === undefined ? undefined : appPlace(world, app, asked);
}
