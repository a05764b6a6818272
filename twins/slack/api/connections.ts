/** `apps.connections.open` and the address that it hands out. */
import { accept, type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import type { WireRequest } from '../../../src/wire.ts';
import { pageNotFound } from '../errors.ts';
import { LINK_PATH, newTicket, useTicket } from '../model/link.ts';
import type { Token } from '../world.ts';
import { method } from './method.ts';

export const connectionEndpoints: readonly Endpoint[] = [
  method(
    'apps.connections.open',
    { app: ['connections:write'], tier: 'Tier3', handsOut: 'socket' },
    ({ world, actor, call }) => {
      const query = new URLSearchParams({ ticket: newTicket(world, actor), app_id: actor.app });
      return { url: `${socketBase(call.request)}${LINK_PATH}?${query}` };
    },
  ),
  endpoint(
    {
      id: 'apps.connections.link',
      route: `GET ${LINK_PATH}`,
      auth: 'none',
      doc: 'https://docs.slack.dev/apis/events-api/using-socket-mode',
    },
    ({ world, query, request }: Call<Token>) => {
      if (!request.upgrade) throw pageNotFound();
      const app = useTicket(world, query.get('ticket'));
      return accept({
        kind: 'socketMode',
        topic: app.id,
        facts: { debug: query.get('debug_reconnects') === 'true' },
      });
    },
  ),
];

/** Where the program that asks reaches WebSockets: the way it came, and under Slack's own names at Slack's own host. */
function socketBase({ base, socketBase: given }: WireRequest): string {
  if (given !== undefined) return given;
  const [, scheme = 'http', host = '', path = ''] = /^(https?):\/\/([^/]*)(.*)$/.exec(base) ?? [];
  const vendor = /^(?:[\w-]+\.)*slack\.com(:\d+)?$/i.exec(host);
  return `${scheme.replace('http', 'ws')}://${vendor ? `wss-primary.slack.com${vendor[1] ?? ''}` : host}${path}`;
}
