/** `/api/v1/sessions`: what comes of signing in; administrators see anybody's, a browser its own. */
import { ApiError } from '../../../src/error.ts';
import { type Call, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { invalid, notFound } from '../errors.ts';
import { fromOf } from '../from.ts';
import { link } from '../links.ts';
import { redirectsTo } from '../model/guard/trustedOrigin.ts';
import { revokeTokensOf } from '../model/oauth/token.ts';
import { displayName, findUser, whoIs } from '../model/people/user.ts';
import {
  createSession,
  endSession,
  endSessionsOf,
  findSession,
  refreshSession,
  type Session,
} from '../model/signIn/session.ts';
import { sessionCookie, sessionOf } from './oauth/cookie.ts';

const { read, manage } = family('Session', 'sessions', 'sessions');
const SESSIONS = 'https://developer.okta.com/docs/reference/api/sessions/';
const ONE = '/api/v1/sessions/{sessionId}';
const ME = '/api/v1/sessions/me';

/** Operations of a browser with the org's cookie, which the description leaves out. */
const ofBrowser = { auth: 'none', tier: 'sessions', traits: { undocumented: true }, doc: SESSIONS } as const;

/** The session of the browser that calls. Throws E0000007 where there is none. */
function current(call: Call): Session {
  const session = sessionOf(call);
  if (!session) throw notFound('me', 'AppSession');
  return session;
}

export const sessionEndpoints = [
  endpoint({ id: 'createSession', route: 'POST /api/v1/sessions', ...ofBrowser }, ({ world, input }) =>
    sessionView(world, createSession(world, input as { sessionToken?: string }), 'me'),
  ),
  endpoint({ id: 'getCurrentSession', route: `GET ${ME}`, ...ofBrowser }, (call) =>
    sessionView(call.world, current(call), 'me'),
  ),
  endpoint({ id: 'closeCurrentSession', route: `DELETE ${ME}`, ...ofBrowser }, (call) => {
    const { id, userId } = current(call);
    endSession(call.world, { ...whoIs(findUser(call.world, userId)), ...fromOf(call) }, id);
    return reply({ status: 204, headers: [sessionCookie(call, '')] });
  }),
  endpoint({ id: 'refreshCurrentSession', route: `POST ${ME}/lifecycle/refresh`, ...ofBrowser }, (call) =>
    sessionView(call.world, refreshSession(call.world, current(call).id), 'me'),
  ),
  endpoint({ id: 'sessionCookieRedirect', route: 'GET /login/sessionCookieRedirect', ...ofBrowser }, enter),
  endpoint({ id: 'getSession', route: `GET ${ONE}`, ...read }, ({ world, params }) =>
    sessionView(world, findSession(world, params.sessionId)),
  ),
  endpoint(
    { id: 'revokeSession', route: `DELETE ${ONE}`, ...manage, status: 204 },
    ({ world, actor, params }) => endSession(world, actor.who, params.sessionId),
  ),
  endpoint({ id: 'refreshSession', route: `POST ${ONE}/lifecycle/refresh`, ...manage }, ({ world, params }) =>
    sessionView(world, refreshSession(world, params.sessionId)),
  ),
  endpoint(
    {
      id: 'revokeUserSessions',
      route: 'DELETE /api/v1/users/{userId}/sessions',
      ...family('UserSessions', 'users', 'users').manage,
      status: 204,
    },
    ({ world, actor, params, query }) => {
      endSessionsOf(world, actor.who, params.userId);
      if (query.get('oauthTokens') === 'true') revokeTokensOf(world, findUser(world, params.userId).id);
    },
  ),
];

/**
 * A one-time token becomes a cookie, and the browser goes on: to an address of the org, or one that the org trusts.
 * https://developer.okta.com/docs/guides/session-cookie/main/
 */
function enter(call: Call): unknown {
  const { world, query } = call;
  const to = query.get('redirectUrl') ?? world.base();
  if (!isWithin(to, world.base()) && !redirectsTo(world, to))
    throw invalid('redirectUrl', 'redirectUrl: The address is not trusted');
  const location: [string, string] = ['location', to];
  try {
    const session = createSession(world, { sessionToken: query.get('token') ?? '' });
    return reply({ status: 302, raw: true, headers: [location, sessionCookie(call, session.id)] });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const back = `${world.base()}/login/login.htm?fromURI=${encodeURIComponent(to)}`;
    return reply({ status: 302, raw: true, headers: [['location', back]] });
  }
}

const isWithin = (url: string, base: string): boolean => url === base || url.startsWith(`${base}/`);

/** A session; `as` is how its links name it, and the person. */
function sessionView(
  world: World,
  { userId, proofs: _, terms: __, ...session }: Session,
  as = session.id,
): Record<string, unknown> {
  const user = findUser(world, userId);
  const self = `/api/v1/sessions/${as}`;
  const { id, ...rest } = session;
  return {
    id,
    userId,
    login: user.profile.login,
    ...rest,
    _links: {
      self: link(world, self, 'GET', 'DELETE'),
      refresh: link(world, `${self}/lifecycle/refresh`, 'POST'),
      user: {
        name: displayName(user),
        ...link(world, `/api/v1/users/${as === 'me' ? 'me' : userId}`, 'GET'),
      },
    },
  };
}
