/** A person's own password: whether there is one, a first one, another one, none any more. */
import type { World } from '../../../../src/world/world.ts';
import { notFound, notWellFormed, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { secrets, users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { changePassword, setPassword } from '../people/credentialChange.ts';
import { checkPasswordText, mayHelpThemselves } from '../people/passwordPolicy.ts';
import { type User, userTarget } from '../people/user.ts';

type Input = { profile?: { password?: string } } | undefined;

/** Sets a first password. Throws E0000157 where there is one, E0000001 for one that the policy does not take. */
export function createOwnPassword(world: World, who: Who, user: User, input: Input): User {
  if (user.credentials.password) {
    const summary = 'This account already has a password set as an authenticator.';
    throw refuse('E0000157', { summary, causes: [summary] });
  }
  return setPassword(world, who, user, checked(world, user, input), 'reset_password');
}

/** Sets another password without the old one. Throws E0000006 where the policy lets nobody, E0000001 as it does. */
export function replaceOwnPassword(world: World, who: Who, user: User, input: Input): User {
  if (!mayHelpThemselves(world, user, 'selfServicePasswordReset')) throw refuse('E0000006');
  return setPassword(world, who, user, checked(world, user, input), 'reset_password');
}

/** Changes the password by the old one. Throws E0000006 where the policy lets nobody, E0000014 for a wrong one. */
export function changeOwnPassword(
  world: World,
  who: Who,
  user: User,
  input: { oldPassword?: string; newPassword?: string } | undefined,
): void {
  if (typeof input?.oldPassword !== 'string' || typeof input.newPassword !== 'string') throw notWellFormed();
  if (!mayHelpThemselves(world, user, 'passwordChange')) throw refuse('E0000006');
  const { oldPassword, newPassword } = input;
  changePassword(world, who, user.id, {
    oldPassword: { value: oldPassword },
    newPassword: { value: newPassword },
  });
}

/** Takes the password away. Throws E0000007 where there is none. */
export function removeOwnPassword(world: World, who: Who, user: User): void {
  if (!user.credentials.password) throw notFound(user.id, 'UserProfilePassword');
  const { password: _, ...credentials } = user.credentials;
  const secret = world.get(secrets, user.id);
  if (secret) {
    const { password: __, imported: ___, hooked: ____, ...left } = secret;
    world.put(secrets, left);
  }
  world.put(users, { ...user, credentials, passwordChanged: null, lastUpdated: stamp(world.now()) });
  record(world, who, {
    eventType: 'user.mfa.factor.deactivate',
    displayMessage: 'Reset factor for user',
    target: [userTarget(user)],
    debugData: { factor: 'PASSWORD' },
  });
}

function checked(world: World, user: User, input: Input): string {
  const password = input?.profile?.password;
  if (typeof password !== 'string') throw notWellFormed();
  checkPasswordText(world, user, password);
  return password;
}
