/** `/api/v1/authn` and `/api/v1/sessions`: signing in by password, and what comes of it. */
import { reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { refusalBody } from '../errors.ts';
import { SESSION_TOKEN_LASTS_MS } from '../limits.ts';
import { link } from '../links.ts';
import { revokeTokensOf } from '../model/oauth/token.ts';
import {
  createSession,
  endSession,
  endSessionsOf,
  findSession,
  refreshSession,
  type Session,
  type SignIn,
  signIn,
} from '../model/session.ts';
import { displayName, findUser, type User } from '../model/user.ts';
import { stamp } from '../time.ts';

const { read, manage } = family('Session', 'sessions', 'sessions');
const AUTHN = 'https://developer.okta.com/docs/reference/api/authn/#primary-authentication';
const SESSIONS = 'https://developer.okta.com/docs/reference/api/sessions/#create-session-with-session-token';
const ONE = '/api/v1/sessions/{sessionId}';

export const sessionEndpoints = [
  endpoint(
    {
      id: 'authenticate',
      route: 'POST /api/v1/authn',
      auth: 'none',
      tier: 'authn',
      traits: { undocumented: true },
      doc: AUTHN,
    },
    ({ world, input }) => {
      const done = signIn(world, input as { username?: string; password?: string });
      return done.status === 'REFUSED'
        ? reply({ status: done.error.status, body: refusalBody(world, done.error) })
        : signInView(world, done);
    },
  ),
  endpoint(
    {
      id: 'createSession',
      route: 'POST /api/v1/sessions',
      auth: 'none',
      tier: 'sessions',
      traits: { undocumented: true },
      doc: SESSIONS,
    },
    ({ world, input }) => sessionView(world, createSession(world, input as { sessionToken?: string })),
  ),
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

function signInView(world: World, done: Exclude<SignIn, { status: 'REFUSED' }>): Record<string, unknown> {
  return {
    expiresAt: stamp(world.now() + SESSION_TOKEN_LASTS_MS),
    status: done.status,
    ...(done.status === 'SUCCESS' ? { sessionToken: done.token.token } : {}),
    _embedded: { user: personView(done.user) },
    _links: { cancel: link(world, '/api/v1/authn/cancel', 'POST') },
  };
}

const personView = ({ id, passwordChanged, profile }: User): Record<string, unknown> => ({
  id,
  passwordChanged,
  profile: {
    login: profile.login,
    firstName: profile.firstName,
    lastName: profile.lastName,
    locale: profile.locale ?? 'en_US',
    timeZone: profile.timezone ?? 'America/Los_Angeles',
  },
});

function sessionView(world: World, { userId, ...session }: Session): Record<string, unknown> {
  const user = findUser(world, userId);
  const self = `/api/v1/sessions/${session.id}`;
  return {
    ...session,
    userId,
    login: user.profile.login,
    _links: {
      self: link(world, self, 'GET', 'DELETE'),
      refresh: link(world, `${self}/lifecycle/refresh`, 'POST'),
      user: { name: displayName(user), ...link(world, `/api/v1/users/${userId}`, 'GET') },
    },
  };
}
