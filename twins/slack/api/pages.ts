/** Pages of the workspace on the web, as somebody meets them who is not signed in there: links lead to the sign-in. */

import { escaped } from '../../../src/html.ts';
import { type Call, type Endpoint, endpoint, type Reply, reply } from '../../../src/twin.ts';
import { theTeam } from '../model/people/team.ts';
import { teamUrl } from '../model/url.ts';
import { document } from './html.ts';

const DOC = 'https://docs.slack.dev/reference/methods/chat.getPermalink';

export const pageEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'signInPage', route: 'GET /', auth: 'none', doc: DOC }, ({ world }) => {
    const name = escaped(theTeam(world).name);
    return reply({
      raw: true,
      headers: [['content-type', 'text/html; charset=utf-8']],
      body: document('Login', `<h1>Sign in to ${name}</h1>`),
    });
  }),
  endpoint({ id: 'channelPage', route: 'GET /archives/{channel}', auth: 'none', doc: DOC }, signIn),
  endpoint({ id: 'messagePage', route: 'GET /archives/{channel}/{message}', auth: 'none', doc: DOC }, signIn),
  endpoint({ id: 'filePage', route: 'GET /files/{user}/{file}/{name}', auth: 'none', doc: DOC }, signIn),
  endpoint({ id: 'canvasPage', route: 'GET /docs/{team}/{file}', auth: 'none', doc: DOC }, signIn),
  endpoint({ id: 'listPage', route: 'GET /lists/{team}/{file}', auth: 'none', doc: DOC }, signIn),
];

/** Leads to the sign-in, which leads back. */
export function signIn({ world, request }: Pick<Call, 'world' | 'request'>): Reply {
  const asked = request.query ? `${request.path}?${request.query}` : request.path;
  return reply({
    status: 302,
    raw: true,
    headers: [['location', `${teamUrl(world)}?redir=${encodeURIComponent(asked)}`]],
  });
}
