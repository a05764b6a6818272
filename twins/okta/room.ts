/** An org as its administrators see it: people, groups, apps, the System Log. */
import { type Asked, type Place, type Room, under } from '../../src/room.ts';
import type { World } from '../../src/world/world.ts';
import { isAdministrator } from './model/roles/role.ts';
import { peoplePlace, personPlace } from './room/people.ts';
import { appPlace, appsPlace, groupPlace, groupsPlace, logPlace } from './room/places.ts';
import { users } from './world.ts';

export const room: Room = {
  shelves: [
    { to: 'people', title: 'People' },
    { to: 'groups', title: 'Groups' },
    { to: 'apps', title: 'Apps' },
    { to: 'log', title: 'System Log' },
  ],
  place: (world, id, asked) => SHELVES.get(id)?.(world, asked) ?? inner(world, id, asked),
  personAt: (world, email) => {
    const user = world.list(users, { index: 'email', equals: email.toLowerCase() }).first();
    return user && `person/${user.id}`;
  },
  host: (world) =>
    world.list(users, { where: (row) => row.status === 'ACTIVE' && isAdministrator(world, row.id) }).first()
      ?.profile.login,
};

const SHELVES = new Map<string, (world: World, asked: Asked) => Place>([
  ['people', peoplePlace],
  ['groups', groupsPlace],
  ['apps', appsPlace],
  ['log', logPlace],
]);

function inner(world: World, id: string, asked: Asked): Place | undefined {
  const person = under(id, 'person');
  if (person !== undefined) return personPlace(world, person);
  const group = under(id, 'group');
  if (group !== undefined) return groupPlace(world, group, asked);
  const app = under(id, 'app');
  return app === undefined ? undefined : appPlace(world, app, asked);
}
