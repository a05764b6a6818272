/** Mails about a person's account: to activate it, to recover it, and that something of it changed. */
import type { World } from '../../../../src/world/world.ts';
import type { Who } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import { notifyAdministrators } from '../mail/subscription.ts';
import { issueRecoveryToken } from '../signIn/recoveryToken.ts';
import { forgotPassword } from './credentialChange.ts';
import { passwordSettingsOf } from './passwordPolicy.ts';
import type { User } from './user.ts';
import { activationLink, recoveryLink, run } from './userLifecycle.ts';

/** Activates a person and invites them by mail; without one, answers with the link that it would have held. */
export function activate(
  world: World,
  who: Who,
  id: string,
  action: 'activate' | 'reactivate',
  byMail: boolean,
) {
  const user = run(world, who, id, action);
  if (!byMail) return activationLink(world, user);
  sendActivation(world, who, user);
  return {};
}

/** Takes a password away and sends the link for a new one; without a mail, answers with that link. */
export function resetPassword(
  world: World,
  who: Who,
  id: string,
  kind: 'ForgotPassword' | 'PasswordResetByAdmin',
  byMail: boolean,
) {
  const user =
    kind === 'ForgotPassword' ? forgotPassword(world, who, id) : run(world, who, id, 'resetPassword');
  const { url, token } = recoveryLink(world, user);
  if (!byMail) return { resetPasswordUrl: url };
  toPrimary(world, who, user, kind, { resetPasswordLink: url, recoveryToken: token });
  return {};
}

/** Invites a person; who has a password already is only told that the account is ready. */
export function sendActivation(world: World, who: Who, user: User): void {
  const { activationUrl, activationToken } = activationLink(world, user);
  const kind = user.status === 'ACTIVE' ? 'UserBootstrappedActivation' : 'UserActivation';
  toPrimary(world, who, user, kind, { activationLink: activationUrl, activationToken });
}

/** Sends somebody who asked for it the link for a new password, or to unlock their account. Answers its token. */
export function sendRecovery(world: World, who: Who, user: User, type: 'PASSWORD' | 'UNLOCK'): string {
  if (type === 'PASSWORD') {
    const { url, token } = recoveryLink(world, user);
    toPrimary(world, who, user, 'ForgotPassword', { resetPasswordLink: url, recoveryToken: token });
    return token;
  }
  const token = issueRecoveryToken(world, user, 'UNLOCK');
  const unlockAccountLink = `${world.base()}/signin/unlock-account/${token}`;
  toPrimary(world, who, user, 'SelfServiceUnlock', { unlockAccountLink, recoveryToken: token });
  return token;
}

/** Tells who is locked out how they get in again, where the password policy says so, and the administrators that they are. */
export function tellOfLock(world: World, who: Who, user: User): void {
  const { userLockoutNotificationChannels: channels = [] } = passwordSettingsOf(world, user).password.lockout;
  if (channels.includes('EMAIL')) {
    const unlockAccountLink = `${world.base()}/signin/unlock-account/${issueRecoveryToken(world, user, 'UNLOCK')}`;
    toPrimary(world, who, user, 'AccountLockout', { unlockAccountLink });
  }
  notifyAdministrators(world, 'USER_LOCKED_OUT', `${user.profile.login} is locked out`);
}

/** Tells a person that their password was changed. */
export const sendPasswordChanged = (world: World, who: Who, user: User): void =>
  toPrimary(world, who, user, 'PasswordChanged', {});

/** Tells the new address and the old one that a person's address was changed. */
export function sendEmailChanged(world: World, who: Who, user: User, oldEmail: string): void {
  const token = world.secret(['okta', 'emailChange', user.id, user.profile.email, user.lastUpdated], 20);
  const values = {
    newEmail: user.profile.email,
    oldEmail,
    verificationToken: token,
    verificationLink: `${world.base()}/user/change/primary-email/${token}`,
  };
  toPrimary(world, who, user, 'ChangeEmailConfirmation', values);
  const { newEmail } = values;
  send(world, {
    user,
    by: 'email',
    to: oldEmail,
    kind: 'EmailChangeConfirmation',
    values: { newEmail, oldEmail },
    who,
  });
}

function toPrimary(world: World, who: Who, user: User, kind: string, values: Record<string, string>): void {
  send(world, { user, by: 'email', to: user.profile.email, kind, values, who });
}
