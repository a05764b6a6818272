/** What users do to their own credentials, when they can show that they know the old ones. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notWellFormed, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { signInFailures } from '../../world/security.ts';
import { users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { endSessionsOf } from '../signIn/session.ts';
import { sendPasswordChanged } from './accountMail.ts';
import {
  answerIs,
  type CredentialsInput,
  newCredentials,
  passwordIs,
  setCredentials,
  type UserCredentials,
} from './password.ts';
import { checkOwnChoice, checkPasswordText } from './passwordPolicy.ts';
import { findUser, type User, userTarget } from './user.ts';
import { run } from './userLifecycle.ts';

export interface ChangePasswordInput {
  oldPassword?: { value?: string };
  newPassword?: { value?: string };
  /** Whether whoever is signed in as them is signed out. */
  revokeSessions?: boolean;
}

export interface ChangeQuestionInput {
  password?: { value?: string };
  recovery_question?: { question?: string; answer?: string };
}

const CHANGING: ReadonlySet<string> = new Set([
  'ACTIVE',
  'PASSWORD_EXPIRED',
  'STAGED',
  'PROVISIONED',
  'RECOVERY',
]);

/**
 * Changes a password. Throws E0000014 with the reason for a wrong old password, E0000035 in the wrong status,
 * E0000001 for a new one that the policy does not take; `strict`: also E0000080 for one that was used or comes too soon.
 */
export function changePassword(
  world: World,
  who: Who,
  id: string,
  input: ChangePasswordInput | undefined,
  strict = false,
): PublicCredentials {
  const value = input?.newPassword?.value;
  if (!input || typeof value !== 'string') throw notWellFormed();
  const user = findUser(world, id, who);
  if (!CHANGING.has(user.status) || !user.credentials.password) throw refuse('E0000035');
  if (!passwordIs(world, user.id, input.oldPassword?.value ?? ''))
    throw refuse('E0000014', { causes: ['Old Password is not correct'] });
  if (strict) checkOwnChoice(world, user, value);
  else checkPasswordText(world, user, value);
  const changed = setPassword(world, who, user, value, 'update_password');
  if (input.revokeSessions === true) endSessionsOf(world, who, user.id);
  return publicOf(changed.credentials);
}

/** Gives somebody a password that was found good; whoever had an expired or forgotten one is ACTIVE again. */
export function setPassword(
  world: World,
  who: Who,
  user: User,
  value: string,
  how: 'update_password' | 'reset_password',
): User {
  const now = stamp(world.now());
  setCredentials(world, user.id, { password: { value } });
  world.remove(signInFailures, user.id);
  const changed = world.update(users, user.id, {
    passwordChanged: now,
    lastUpdated: now,
    credentials: { ...user.credentials, password: {} },
    ...(user.status === 'ACTIVE' ? {} : { status: 'ACTIVE' as const, statusChanged: now }),
  });
  record(world, who, {
    eventType: `user.account.${how}`,
    displayMessage:
      how === 'update_password'
        ? 'User update password for Okta'
        : 'Fired when the user’s Okta password is reset',
    target: [userTarget(changed)],
  });
  sendPasswordChanged(world, who, changed);
  return changed;
}

/** Changes a recovery question. Throws E0000014 for a wrong password, E0000036 in the wrong status. */
export function changeQuestion(
  world: World,
  who: Who,
  id: string,
  input: ChangeQuestionInput | undefined,
): PublicCredentials {
  const question = input?.recovery_question;
  if (!question) throw notWellFormed();
  const user = findUser(world, id, who);
  if (user.status === 'DEPROVISIONED' || !user.credentials.password) throw refuse('E0000036');
  if (!passwordIs(world, user.id, input.password?.value ?? ''))
    throw refuse('E0000014', { causes: ['The password is not correct'] });
  const sent: CredentialsInput = { recovery_question: question };
  const credentials = newCredentials(sent, user.profile, true, user.credentials);
  setCredentials(world, user.id, sent);
  world.update(users, user.id, { credentials, lastUpdated: stamp(world.now()) });
  return publicOf(credentials);
}

/** Begins a recovery. Throws E0000034 for a user who is not active or has no password. */
export function forgotPassword(world: World, who: Who, id: string): User {
  const user = findUser(world, id, who);
  if (user.status !== 'ACTIVE' || !user.credentials.password) throw refuse('E0000034');
  return run(world, who, user.id, 'resetPassword');
}

/** Sets a password by the answer to the recovery question. Throws E0000087 for a wrong answer. */
export function resetByAnswer(
  world: World,
  who: Who,
  id: string,
  input: { password?: { value?: string }; recovery_question?: { answer?: string } } | undefined,
): PublicCredentials {
  const value = input?.password?.value;
  if (!input || typeof value !== 'string') throw notWellFormed();
  const user = findUser(world, id, who);
  if (!user.credentials.recovery_question)
    throw invalid('recovery_question', 'The user has no recovery question');
  if (!answerIs(world, user.id, input.recovery_question?.answer ?? '')) throw refuse('E0000087');
  checkPasswordText(world, user, value);
  return publicOf(setPassword(world, who, user, value, 'reset_password').credentials);
}

/** Credentials as these operations answer them: without e-mails. */
export type PublicCredentials = Omit<UserCredentials, 'emails'>;

const publicOf = ({ emails: _, ...shown }: UserCredentials): PublicCredentials => shown;
