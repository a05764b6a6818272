/** `apps.connections.open`, `rtm.connect`, and the addresses that they hand out. */
import { accept, type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import type { WireRequest } from '../../../src/wire.ts';
import { pageNotFound, refuse } from '../errors.ts';
import { LINK_PATH, newTicket, useTicket } from '../model/events/link.ts';
import { STREAM_PATH } from '../model/events/stream.ts';
import { theTeam } from '../model/people/team.ts';
import { theUser } from '../model/people/user.ts';
import type { Token } from '../world.ts';
import { method } from './method.ts';

const STREAMING = ['rtm:stream', 'client'];

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
      return accept({
        kind: 'socketMode',
        topic: useTicket(world, query.get('ticket'), 'link').app,
        facts: { debug: query.get('debug_reconnects') === 'true' },
      });
    },
  ),
  method(
    'rtm.connect',
    { bot: STREAMING, user: STREAMING, classic: true, tier: 'Tier1', handsOut: 'socket' },
    ({ world, actor, call }) => {
      const { id, name, domain } = theTeam(world);
      return {
        url: `${socketBase(call.request)}${STREAM_PATH}${newTicket(world, actor)}`,
        team: { id, name, domain },
        self: { id: actor.user, name: theUser(world, actor.user).name },
      };
    },
  ),
  method('rtm.start', { bot: [], user: [], tier: 'Tier1' }, () => {
    throw refuse('method_deprecated', {
      response_metadata: {
        messages: ['[ERROR] `rtm.start` is deprecated. Please use `rtm.connect` instead of `rtm.start`.'],
      },
    });
  }),
  endpoint(
    {
      id: 'rtm.stream',
      route: `GET ${STREAM_PATH}{ticket}`,
      auth: 'none',
      doc: 'https://docs.slack.dev/legacy/legacy-rtm-api',
    },
    ({ world, params, request }) => {
      if (!request.upgrade) throw pageNotFound();
      const token = useTicket(world, params.ticket, 'stream');
      return accept({ kind: 'rtm', topic: token.user, facts: { token: token.token } });
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
