/** Sessions: who proved who they are gets a token for one; it lasts as the global session policy says, and ends. */
import { BASE62, BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { notFound, refuse } from '../../errors.ts';
import { SESSION_TOKEN_LASTS_MS } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { sessions, sessionTokens } from '../../world/security.ts';
import { org, users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { findUser, type User, userTarget, whoIs } from '../people/user.ts';
import { amrOf, type Proof, provenAt } from './proof.ts';

/** A session in the vendor's shape, less links and the user's login; `proofs` and `terms` are not shown. */
export interface Session {
  id: string;
  userId: string;
  createdAt: string;
  expiresAt: string;
  status: 'ACTIVE';
  lastPasswordVerification: string | null;
  lastFactorVerification: string | null;
  amr: string[];
  idp: { id: string; type: 'OKTA' | 'FEDERATION' | 'SOCIAL' };
  mfaActive: boolean;
  proofs: Proof[];
  terms: SessionTerms;
}

/** How long a session lasts, in minutes; a lifetime of 0 has no end. `persistent`: longer than the browser is open. */
export interface SessionTerms {
  idleMinutes: number;
  lifetimeMinutes: number;
  persistent: boolean;
}

/** What an org gives unless a rule says otherwise. */
export const USUAL_TERMS: SessionTerms = { idleMinutes: 120, lifetimeMinutes: 1_440, persistent: false };

/** A one-time token; becomes a session. */
export interface SessionToken {
  token: string;
  userId: string;
  /** Universe milliseconds. */
  endsAt: number;
  proofs: Proof[];
  terms: SessionTerms;
  /** Where they signed in, if that was not here. */
  idp?: Session['idp'];
}

/** Lets somebody in who has proved who they are, and writes it down. */
export function admit(
  world: World,
  user: User,
  proofs: Proof[],
  terms: SessionTerms = USUAL_TERMS,
  who: Who = whoIs(user),
): SessionToken {
  const token = world.insert(sessionTokens, {
    token: `20111${world.secret(['okta.sessionToken', world.next('okta.sessionToken')], TOKEN_CHARS, BASE64URL)}`,
    userId: user.id,
    endsAt: world.now() + SESSION_TOKEN_LASTS_MS,
    proofs,
    terms,
  });
  world.update(users, user.id, { lastLogin: stamp(world.now()) });
  record(world, who, {
    eventType: 'user.session.start',
    displayMessage: 'User login to Okta',
    target: [userTarget(user)],
  });
  return token;
}

const TOKEN_CHARS = 41;

/** Turns a one-time token into a session. Throws E0000004 for one that is used, too old or none. */
export function createSession(world: World, input: { sessionToken?: string } | undefined): Session {
  const found = world.get(sessionTokens, String(input?.sessionToken ?? ''));
  if (!found || found.endsAt <= world.now()) throw refuse('E0000004');
  world.remove(sessionTokens, found.token);
  const now = stamp(world.now());
  const { proofs, terms } = found;
  const factorAt = provenAt(proofs, (key) => key !== 'okta_password');
  const passwordAt = provenAt(proofs, (key) => key === 'okta_password');
  return world.insert(sessions, {
    id: `102${world.secret(['okta.session', world.next('okta.session')], ID_CHARS, BASE62)}`,
    userId: found.userId,
    createdAt: now,
    expiresAt: stamp(endOf(world, terms, world.now())),
    status: 'ACTIVE',
    lastPasswordVerification: passwordAt === undefined ? null : stamp(passwordAt),
    lastFactorVerification: factorAt === undefined ? null : stamp(factorAt),
    amr: amrOf(proofs),
    idp: found.idp ?? { id: org(world).id, type: 'OKTA' },
    // Everybody whose e-mail is known has a second factor in an Identity Engine org.
    mfaActive: true,
    proofs,
    terms,
  });
}

const ID_CHARS = 22;

const endOf = (world: World, { idleMinutes, lifetimeMinutes }: SessionTerms, createdMs: number): number =>
  Math.min(
    world.now() + idleMinutes * 60_000,
    lifetimeMinutes > 0 ? createdMs + lifetimeMinutes * 60_000 : Number.POSITIVE_INFINITY,
  );

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

/** Lets a session last longer, within its lifetime. */
export function refreshSession(world: World, id: string): Session {
  const { terms, createdAt } = findSession(world, id);
  return world.update(sessions, id, { expiresAt: stamp(endOf(world, terms, Date.parse(createdAt))) });
}

/** When the person of a session last showed anything, in universe milliseconds: the `auth_time` of tokens. */
export const authTimeOf = ({
  lastPasswordVerification,
  lastFactorVerification,
  createdAt,
}: Session): number => {
  const shown = [lastPasswordVerification, lastFactorVerification].flatMap((at) =>
    at ? [Date.parse(at)] : [],
  );
  return shown.length > 0 ? Math.max(...shown) : Date.parse(createdAt);
};

/** What somebody has shown since the session began, for a program that wanted more. */
export function strengthenSession(world: World, session: Session, proofs: Proof[]): Session {
  const all = [...session.proofs, ...proofs];
  const at = (is: (key: string) => boolean) => {
    const ms = provenAt(all, is);
    return ms === undefined ? null : stamp(ms);
  };
  return world.update(sessions, session.id, {
    proofs: all,
    amr: amrOf(all),
    lastPasswordVerification: at((key) => key === 'okta_password'),
    lastFactorVerification: at((key) => key !== 'okta_password'),
  });
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
