/** Requests without a token whose address only one workspace handed out. */
import type { WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { LINK_PATH, ticketOf } from '../model/link.ts';
import { theTeam } from '../model/team.ts';
import { channels, files, responseUrls, uploads } from '../world.ts';

/** Uploads, answers to interactions, Socket Mode's connections, and links to messages and files, and their bytes. */
export function handedOut(world: World, request: WireRequest): boolean {
  const [, room = '', first = '', ...rest] = request.path.split('/');
  switch (room) {
    case 'upload':
      return world.get(uploads, rest[0] ?? '') !== undefined;
    case 'actions':
      return world.get(responseUrls, [first, ...rest].join('/')) !== undefined;
    case 'archives':
      return world.get(channels, first) !== undefined;
    case 'files':
      return world.get(files, rest[0] ?? '') !== undefined;
    case 'files-pri':
    case 'files-tmb':
      return world.get(files, first.split('-')[1] ?? '') !== undefined;
    case LINK_PATH.replaceAll('/', ''):
      return ticketOf(world, new URLSearchParams(request.query).get('ticket')) !== undefined;
    case '':
      return request.host === `${theTeam(world).domain}.slack.com`;
    default:
      return world.get(files, /^T\w+-(F\w+)-\w+$/.exec(room)?.[1] ?? '') !== undefined;
  }
}
