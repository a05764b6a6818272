/** Sign-in: who proves who they are gets a token for a session, and sessions end. */

import type { ApiError } from '../../../src/error.ts';
import { BASE62, BASE64URL } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import { notFound, notWellFormed, refuse } from '../errors.ts';
import { SESSION_LASTS_MS, SESSION_TOKEN_LASTS_MS, SIGN_IN_ATTEMPTS_MAX } from '../limits.ts';
import { stamp } from '../time.ts';
import { sessions, sessionTokens, signInFailures } from '../world/security.ts';
import { org, users } from '../world.ts';
import { record, type Who } from './log.ts';
import { passwordIs } from './password.ts';
import { displayName, findUser, type User, userByLogin, userTarget } from './user.ts';
import { run } from './userLifecycle.ts';

/** A session in the vendor's shape, less links and the user's login. */
export interface Session {
  id: string;
  userId: string;
  createdAt: string;
  expiresAt: string;
  status: 'ACTIVE';
  lastPasswordVerification: string;
  lastFactorVerification: null;
  amr: string[];
  idp: { id: string; type: 'OKTA' };
  mfaActive: boolean;
}

/** A one-time token; becomes a session. */
export interface SessionToken {
  token: string;
  userId: string;
  /** Universe milliseconds. */
  endsAt: number;
}

/** Wrong passwords in a row. */
export interface SignInFailures {
  userId: string;
  count: number;
}

/** What primary authentication ended in; a wrong password is counted, so its refusal is told and not thrown. */
export type SignIn =
  | { status: 'SUCCESS'; user: User; token: SessionToken }
  | { status: 'PASSWORD_EXPIRED'; user: User }
  | { status: 'REFUSED'; error: ApiError };

/**
 * Primary authentication by password. Throws E0000004 for whoever is not known, has no password here, or typed another
 * one; the tenth time in a row locks the account, and then it says E0000119.
 */
export function signIn(world: World, input: { username?: string; password?: string } | undefined): SignIn {
  if (!input?.username || !input.password) throw notWellFormed();
  const user = userByLogin(world, input.username);
  if (!user || !SIGNS_IN.has(user.status)) throw refuse('E0000004');
  if (user.status === 'LOCKED_OUT') throw refuse('E0000119');
  if (!passwordIs(world, user.id, input.password)) return failed(world, user);
  world.remove(signInFailures, user.id);
  if (user.status === 'PASSWORD_EXPIRED') return { status: 'PASSWORD_EXPIRED', user };
  return admit(world, user);
}

/** Lets somebody in who has proved who they are, and writes it down. */
export function admit(world: World, user: User): SignIn & { status: 'SUCCESS' } {
  const token = world.insert(sessionTokens, {
    token: `20111${world.secret(['okta.sessionToken', world.next('okta.sessionToken')], TOKEN_CHARS, BASE64URL)}`,
    userId: user.id,
    endsAt: world.now() + SESSION_TOKEN_LASTS_MS,
  });
  const signedIn = world.update(users, user.id, { lastLogin: stamp(world.now()) });
  record(world, whoIs(user), {
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    target: [userTarget(user)],
  });
  return { status: 'SUCCESS', user: signedIn, token };
}

const TOKEN_CHARS = 41;
const SIGNS_IN: ReadonlySet<string> = new Set(['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']);

/** Turns a one-time token into a session. Throws E0000004 for one that is used, too old or none. */
export function createSession(world: World, input: { sessionToken?: string } | undefined): Session {
  const found = world.get(sessionTokens, input?.sessionToken ?? '');
  if (!found || found.endsAt <= world.now()) throw refuse('E0000004');
  world.remove(sessionTokens, found.token);
  const now = stamp(world.now());
  return world.insert(sessions, {
    id: `102${world.secret(['okta.session', world.next('okta.session')], ID_CHARS, BASE62)}`,
    userId: found.userId,
    createdAt: now,
    expiresAt: stamp(world.now() + SESSION_LASTS_MS),
    status: 'ACTIVE',
    lastPasswordVerification: now,
    lastFactorVerification: null,
    amr: ['pwd'],
    idp: { id: org(world).id, type: 'OKTA' },
    mfaActive: false,
  });
}

const ID_CHARS = 22;

/** The session with this id, or undefined where it is over. */
export function liveSession(world: World, id: string): Session | undefined {
  const found = world.get(sessions, id);
  return found && Date.parse(found.expiresAt) > world.now() ? found : undefined;
}

/** The session with this id. Throws E0000007, also for one that is over. */
export function findSession(world: World, id: string): Session {
  const found = liveSession(world, id);
  if (!found) throw notFound(id, 'AppSession');
  return found;
}

/** Lets a session last longer. */
export function refreshSession(world: World, id: string): Session {
  findSession(world, id);
  return world.update(sessions, id, { expiresAt: stamp(world.now() + SESSION_LASTS_MS) });
}

/** Ends a session. */
export function endSession(world: World, who: Who, id: string): void {
  const { userId } = findSession(world, id);
  world.remove(sessions, id);
  record(world, who, {
    eventType: 'user.session.end',
    displayMessage: 'User logout from Okta',
    target: [userTarget(findUser(world, userId))],
  });
}

/** Ends all sessions of a user. */
export function endSessionsOf(world: World, who: Who, userId: string): void {
  const user = findUser(world, userId);
  for (const { id } of world.list(sessions, { index: 'user', equals: user.id }).toArray())
    world.remove(sessions, id);
  record(world, who, {
    eventType: 'user.session.clear',
    displayMessage: 'Clear user session',
    target: [userTarget(user)],
  });
}

function failed(world: World, user: User): SignIn {
  const count = (world.get(signInFailures, user.id)?.count ?? 0) + 1;
  world.put(signInFailures, { userId: user.id, count });
  record(world, whoIs(user), {
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    target: [userTarget(user)],
    outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
  });
  if (count >= SIGN_IN_ATTEMPTS_MAX && user.status === 'ACTIVE') {
    run(world, whoIs(user), user.id, 'lock');
    world.remove(signInFailures, user.id);
  }
  return { status: 'REFUSED', error: refuse('E0000004') };
}

const whoIs = (user: User): Who => ({
  id: user.id,
  type: 'User',
  alternateId: user.profile.login,
  displayName: displayName(user),
});
