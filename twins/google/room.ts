/** A domain as its people see it: Drive's folders and files, documents, spreadsheets, people. */
import { type Asked, type Item, listOf, type Place, type Room, under } from '../../src/room.ts';
import type { World } from '../../src/world/world.ts';
import { files, recentPrefix } from './drive/world.ts';
import { type Account, accounts, administratorOf } from './identity/world.ts';
import { accessPlace } from './room/access.ts';
import { drivePlace, drivesPlace, fileItem, filesPlace, sharedPlace } from './room/drive.ts';
import { filePlace, folderPlace } from './room/file.ts';
import { mails } from './room/sharing.ts';

export const room: Room = {
  shelves: [
    { to: 'drive', title: 'My Drive' },
    { to: 'shared', title: 'Shared with me' },
    { to: 'drives', title: 'Shared drives' },
    { to: 'files', title: 'All files' },
    { to: 'people', title: 'People' },
    { to: 'access', title: 'Apps with access' },
  ],
  place: (world, id, asked) => SHELVES.get(id)?.(world, asked) ?? inner(world, id, asked),
  personAt: (world, email) => {
    const account = world.get(accounts, email.toLowerCase());
    return account && `person/${account.primaryEmail}`;
  },
  host: (world) => administratorOf(world).primaryEmail,
};

const SHELVES = new Map<string, (world: World, asked: Asked) => Place>([
  ['drive', drivePlace],
  ['shared', sharedPlace],
  ['drives', drivesPlace],
  ['files', filesPlace],
  ['people', peoplePlace],
  ['access', accessPlace],
]);

function inner(world: World, id: string, asked: Asked): Place | undefined {
  const folder = under(id, 'folder');
  if (folder !== undefined) return folderPlace(world, folder, asked);
  const file = under(id, 'file');
  if (file !== undefined) return filePlace(world, file, asked);
  const person = under(id, 'person');
  return person === undefined ? undefined : personPlace(world, person, asked);
}

function peoplePlace(world: World, asked: Asked): Place {
  const item = (row: Account): Item => ({
    title: row.name.fullName,
    to: `person/${row.primaryEmail}`,
    subtitle: row.primaryEmail,
    icon: row.serviceAccount ? 'app' : 'person',
    ...(row.isAdmin ? { badge: 'admin' } : row.serviceAccount ? { badge: 'service account' } : {}),
  });
  const range = world.list(accounts, { prefix: asked.find?.toLowerCase() ?? '' });
  return {
    title: 'People',
    blocks: [
      { kind: 'search', label: 'E-mails that begin with', value: asked.find ?? '' },
      listOf(range, asked, item, { empty: 'Nobody' }),
    ],
  };
}

function personPlace(world: World, email: string, asked: Asked): Place | undefined {
  const account = world.get(accounts, email.toLowerCase());
  if (!account) return undefined;
  const prefix = recentPrefix(account.primaryEmail.toLowerCase());
  const range = world.list(files, { index: 'recent', prefix, reverse: true, where: (row) => !row.trashed });
  return {
    title: account.name.fullName,
    subtitle: account.primaryEmail,
    icon: account.serviceAccount ? 'app' : 'person',
    trail: [{ to: 'people', title: 'People' }],
    person: account.primaryEmail,
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'Administrator', value: account.isAdmin ? 'yes' : 'no' },
          { name: 'Id', value: account.id },
        ],
      },
      listOf(range, asked, fileItem, { title: 'Files they have by name, newest first', empty: 'None' }),
      ...mails(world, account.primaryEmail),
    ],
  };
}
