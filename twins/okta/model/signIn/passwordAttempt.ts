/** Somebody says who they are and types a password: right, wrong and counted, or an account that is locked. */
import type { World } from '../../../../src/world/world.ts';
import { signInFailures } from '../../world/security.ts';
import { users } from '../../world.ts';
import { mayLock } from '../guard/protection.ts';
import { record, type Who } from '../log/log.ts';
import { hasNoPassword, passwordIs } from '../people/password.ts';
import { passwordSettingsOf } from '../people/passwordPolicy.ts';
import { type User, userByLogin, userTarget, whoIs } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import type { Proof } from './proof.ts';

/** Wrong passwords in a row. */
export interface SignInFailures {
  userId: string;
  count: number;
}

/** What came of it. `shown`: the policy lets a locked account say that it is locked. */
export type PasswordAttempt =
  | { is: 'RIGHT'; user: User; proof: Proof }
  | { is: 'WRONG' }
  | { is: 'LOCKED_OUT'; user: User; shown: boolean };

/** How the request came: it is told in the System Log. */
export type From = Pick<Who, 'client' | 'requestId' | 'requestUri'>;

const SIGNS_IN: ReadonlySet<string> = new Set(['ACTIVE', 'PASSWORD_EXPIRED']);

/** The person whom somebody says to be, by login or by the part before the `@` where nobody shares it. */
export function personNamed(world: World, login: string): User | undefined {
  const exactly = userByLogin(world, login);
  if (exactly) return exactly;
  const short = world.list(users, { index: 'shortName', equals: login.toLowerCase() }).toArray(2);
  return short.length === 1 ? short[0] : undefined;
}

/** Tries a password. Wrong ones are counted, and lock the account where its policy says so. */
export function tryPassword(world: World, from: From, login: string, password: string): PasswordAttempt {
  const user = personNamed(world, login);
  if (!user) return { is: 'WRONG' };
  if (user.status === 'LOCKED_OUT') {
    fail(world, from, user, 'LOCKED_OUT');
    return lockedOut(world, user);
  }
  if (!SIGNS_IN.has(user.status)) return { is: 'WRONG' };
  if (!passwordIs(world, user.id, password)) return wrong(world, from, user);
  world.remove(signInFailures, user.id);
  return { is: 'RIGHT', user, proof: { key: 'okta_password', method: 'password', at: world.now() } };
}

/** Whoever has no password yet (the people of a world) is let in by name: the twin's own shortcut at its page. */
export function byNameAlone(world: World, user: User): Proof | undefined {
  const { provider, password } = user.credentials;
  const free =
    user.status === 'ACTIVE' && provider.type === 'OKTA' && password && hasNoPassword(world, user.id);
  return free ? { key: 'okta_password', method: 'password', at: world.now() } : undefined;
}

const lockedOut = (world: World, user: User): PasswordAttempt => ({
  is: 'LOCKED_OUT',
  user,
  shown: passwordSettingsOf(world, user).password.lockout.showLockoutFailures,
});

function wrong(world: World, from: From, user: User): PasswordAttempt {
  const { maxAttempts } = passwordSettingsOf(world, user).password.lockout;
  if (!mayLock(world, user.id, from.client?.userAgent ?? '')) {
    fail(world, from, user, 'INVALID_CREDENTIALS');
    return { is: 'WRONG' };
  }
  const count = (world.get(signInFailures, user.id)?.count ?? 0) + 1;
  world.put(signInFailures, { userId: user.id, count });
  fail(world, from, user, 'INVALID_CREDENTIALS');
  if (maxAttempts <= 0 || count < maxAttempts) return { is: 'WRONG' };
  world.remove(signInFailures, user.id);
  return lockedOut(world, run(world, { ...whoIs(user), ...from }, user.id, 'lock'));
}

/** A sign-in that failed, as the System Log tells it. */
export function fail(world: World, from: From, user: User, reason: string): void {
  record(
    world,
    { ...whoIs(user), ...from },
    {
      eventType: 'user.session.start',
      displayMessage: 'User login to Okta',
      target: [userTarget(user)],
      outcome: { result: 'FAILURE', reason },
      severity: 'WARN',
    },
  );
}
