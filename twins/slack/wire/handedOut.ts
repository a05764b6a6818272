/** Requests without a token whose address only one workspace handed out. */
import type { DecodedBody } from '../../../src/body.ts';
import { basicCredentials, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { clientCalled } from '../model/apps/authorization.ts';
import { webhooks } from '../model/apps/webhook.ts';
import { LINK_PATH, ticketOf } from '../model/events/link.ts';
import { STREAM_PATH } from '../model/events/stream.ts';
import { theTeam } from '../model/people/team.ts';
import { channels, files, isObject, responseUrls, uploads } from '../world.ts';

/**
 * Uploads, answers to interactions, webhooks, Socket Mode's connections, links to messages and files, and their bytes;
 * and what an app does under its own id: sending a person to be asked, fetching its tokens.
 */
export function handedOut(world: World, request: WireRequest, body: DecodedBody): boolean {
  const [, room = '', first = '', ...rest] = request.path.split('/');
  switch (room) {
    case 'upload':
      return world.get(uploads, rest[0] ?? '') !== undefined;
    case 'actions':
      return world.get(responseUrls, [first, ...rest].join('/')) !== undefined;
    case 'services':
      return world.get(webhooks, rest[0] ?? '')?.token === rest[1];
    case 'oauth':
    case 'openid':
    case 'api':
      return clientCalled(world, clientIn(request, body)) !== undefined;
    case 'archives':
      return world.get(channels, first) !== undefined;
    case 'files':
    case 'docs':
    case 'lists':
      return world.get(files, rest[0] ?? '') !== undefined;
    case 'files-pri':
    case 'files-tmb':
      return world.get(files, first.split('-')[1] ?? '') !== undefined;
    case LINK_PATH.replaceAll('/', ''):
      return ticketOf(world, new URLSearchParams(request.query).get('ticket')) !== undefined;
    case STREAM_PATH.replaceAll('/', ''):
      return ticketOf(world, first) !== undefined;
    case '':
      return request.host === `${theTeam(world).domain}.slack.com`;
    default:
      return world.get(files, /^T\w+-(F\w+)-\w+$/.exec(room)?.[1] ?? '') !== undefined;
  }
}

/** The client id of a request: in its query, its body or HTTP's own header. */
function clientIn(request: WireRequest, body: DecodedBody): string {
  const asked = new URLSearchParams(request.query).get('client_id');
  if (asked !== null) return asked;
  if (isObject(body.value) && typeof body.value.client_id === 'string') return body.value.client_id;
  return basicCredentials(request.headers)?.name ?? '';
}
