/** What may happen to a user, by status: a table of [from, action, to]. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { accountEmails } from '../../world/account.ts';
import { userClassifications } from '../../world/directory.ts';
import { devices, sessions, signInFailures, userRisks } from '../../world/security.ts';
import { appUsers, groupMembers, groupOwners, secrets, users } from '../../world.ts';
import { leaveAllApps, rejoinApps } from '../apps/appUser.ts';
import { forgetAccounts } from '../apps/serviceAccount.ts';
import { removeEnrollments } from '../authenticators/authenticatorEnrollment.ts';
import { factorsOf, removeFactors } from '../authenticators/factor.ts';
import { tellOfFactor } from '../authenticators/factorMail.ts';
import { removeLinks } from '../federation/idpUser.ts';
import { membershipsOf, touchMembers } from '../groups/group.ts';
import { runRulesFor } from '../groups/groupRule.ts';
import { devicesOf } from '../guard/device.ts';
import { record, SYSTEM, type Who } from '../log/log.ts';
import { notifyAdministrators } from '../mail/subscription.ts';
import { forgetConsents } from '../oauth/scopeConsent.ts';
import { revokeTokensOf } from '../oauth/token.ts';
import { forgetInPolicies } from '../policies/policyUse.ts';
import { forgetHolder } from '../roles/roleHolding.ts';
import { issueRecoveryToken } from '../signIn/recoveryToken.ts';
import { tellOfLock } from './accountMail.ts';
import { forgetIdentityUser } from './identityUser.ts';
import { removeLinksOf } from './linkedObject.ts';
import { setCredentials } from './password.ts';
import { passwordSettingsOf } from './passwordPolicy.ts';
import { releaseUnique } from './uniqueValue.ts';
import { findUser, type User, type UserStatus, userTarget } from './user.ts';

export type LifecycleAction =
  | 'activate'
  | 'reactivate'
  | 'deactivate'
  | 'suspend'
  | 'unsuspend'
  | 'lock'
  | 'unlock'
  | 'unlockThemselves'
  | 'expirePassword'
  | 'resetPassword'
  | 'resetFactors';

/**
 * https://developer.okta.com/docs/concepts/user-lifecycle/ : an activated user is ACTIVE with a password and
 * PROVISIONED without; that one choice is made in `run`.
 */
const TRANSITIONS: readonly (readonly [from: UserStatus, action: LifecycleAction, to: UserStatus])[] = [
  ['STAGED', 'activate', 'PROVISIONED'],
  ['DEPROVISIONED', 'activate', 'PROVISIONED'],
  ['PROVISIONED', 'reactivate', 'PROVISIONED'],
  ['RECOVERY', 'reactivate', 'PROVISIONED'],
  ['STAGED', 'deactivate', 'DEPROVISIONED'],
  ['PROVISIONED', 'deactivate', 'DEPROVISIONED'],
  ['ACTIVE', 'deactivate', 'DEPROVISIONED'],
  ['RECOVERY', 'deactivate', 'DEPROVISIONED'],
  ['LOCKED_OUT', 'deactivate', 'DEPROVISIONED'],
  ['PASSWORD_EXPIRED', 'deactivate', 'DEPROVISIONED'],
  ['SUSPENDED', 'deactivate', 'DEPROVISIONED'],
  ['ACTIVE', 'suspend', 'SUSPENDED'],
  ['SUSPENDED', 'unsuspend', 'ACTIVE'],
  ['ACTIVE', 'lock', 'LOCKED_OUT'],
  ['PASSWORD_EXPIRED', 'lock', 'LOCKED_OUT'],
  ['LOCKED_OUT', 'unlock', 'ACTIVE'],
  ['LOCKED_OUT', 'unlockThemselves', 'ACTIVE'],
  ['ACTIVE', 'expirePassword', 'PASSWORD_EXPIRED'],
  ['PASSWORD_EXPIRED', 'expirePassword', 'PASSWORD_EXPIRED'],
  ['LOCKED_OUT', 'expirePassword', 'PASSWORD_EXPIRED'],
  ['ACTIVE', 'resetPassword', 'RECOVERY'],
  ['PROVISIONED', 'resetPassword', 'RECOVERY'],
  ['RECOVERY', 'resetPassword', 'RECOVERY'],
  ['LOCKED_OUT', 'resetPassword', 'RECOVERY'],
  ['PASSWORD_EXPIRED', 'resetPassword', 'RECOVERY'],
  ['STAGED', 'resetFactors', 'STAGED'],
  ['PROVISIONED', 'resetFactors', 'PROVISIONED'],
  ['ACTIVE', 'resetFactors', 'ACTIVE'],
  ['RECOVERY', 'resetFactors', 'RECOVERY'],
  ['LOCKED_OUT', 'resetFactors', 'LOCKED_OUT'],
  ['PASSWORD_EXPIRED', 'resetFactors', 'PASSWORD_EXPIRED'],
  ['SUSPENDED', 'resetFactors', 'SUSPENDED'],
];

/** Takes a user through an action. Throws the refusal that the vendor has for it in the wrong status. */
export function run(world: World, who: Who, id: string, action: LifecycleAction): User {
  const user = findUser(world, id, who);
  const step = TRANSITIONS.find(([from, name]) => from === user.status && name === action);
  if (!step) throw refusal(action);
  const now = stamp(world.now());
  const to = action === 'activate' && user.credentials.password ? 'ACTIVE' : step[2];
  const changed = world.update(users, user.id, {
    status: to,
    lastUpdated: now,
    ...(to === user.status || action === 'expirePassword' ? {} : { statusChanged: now }),
    ...(action === 'activate' ? { activated: now } : {}),
  });
  AFTER[action]?.(world, who, changed);
  const event = EVENTS[action];
  if (event) record(world, who, { ...event, target: [userTarget(changed)] });
  return findUser(world, user.id);
}

/** What keeps a user out: whoever is locked out is so on every device. */
export const blocksOf = ({ status }: User): Record<string, string>[] =>
  status === 'LOCKED_OUT' ? [{ type: 'DEVICE_BASED', appliesTo: 'ANY_DEVICES' }] : [];

/** What an activation hands out where no mail is sent. The token is good once, until it is replaced. */
export function activationLink(world: World, user: User): { activationUrl: string; activationToken: string } {
  const token = issueRecoveryToken(world, user, 'ACTIVATION');
  return { activationUrl: `${world.base()}/tokens/${token}/verify`, activationToken: token };
}

/** Where a person sets a new password. */
export function recoveryLink(world: World, user: User): { url: string; token: string } {
  const token = issueRecoveryToken(world, user, 'PASSWORD');
  return { url: `${world.base()}/reset_password/${token}`, token };
}

/** Expires a password and sets one that is good until the next sign-in; it is told once. */
export function temporaryPassword(world: World, who: Who, id: string): { tempPassword: string } {
  const user = run(world, who, id, 'expirePassword');
  const tempPassword = `Tmp${world.secret(['okta', 'temporary', user.id, user.lastUpdated], 9)}1a`;
  setCredentials(world, user.id, { password: { value: tempPassword } });
  return { tempPassword };
}

/** The first delete deactivates; the second takes the user away for good, with all that is theirs. */
export function deleteUser(world: World, who: Who, id: string): void {
  const user = findUser(world, id, who);
  if (user.status !== 'DEPROVISIONED') {
    run(world, who, user.id, 'deactivate');
    return;
  }
  const target = [userTarget(user)];
  record(world, who, {
    eventType: 'user.lifecycle.delete.initiated',
    displayMessage: 'Delete okta user initiated',
    target,
  });
  for (const row of membershipsOf(world, user.id)) {
    world.remove(groupMembers, `${row.groupId}/${row.userId}`);
    touchMembers(world, row.groupId);
  }
  for (const row of world.list(appUsers, { index: 'user', equals: user.id }).toArray())
    world.remove(appUsers, `${row.appId}/${row.id}`);
  forgetHolder(world, user.id);
  for (const row of world.list(accountEmails, { prefix: `${user.id}/` }).toArray())
    world.remove(accountEmails, `${user.id}/${row.id}`);
  for (const row of world.list(groupOwners, { index: 'owner', equals: user.id }).toArray())
    world.remove(groupOwners, `${row.groupId}/${row.id}`);
  for (const device of devicesOf(world, user.id))
    world.update(devices, device.id, { users: device.users.filter((one) => one.id !== user.id) });
  removeLinksOf(world, user.id);
  forgetIdentityUser(world, user.id);
  removeLinks(world, { userId: user.id });
  revokeTokensOf(world, user.id);
  forgetConsents(world, { userId: user.id });
  releaseUnique(world, user.id);
  world.remove(secrets, user.id);
  forgetAccounts(world, 'user', user.id);
  world.remove(userClassifications, user.id);
  world.remove(userRisks, user.id);
  world.remove(signInFailures, user.id);
  removeEnrollments(world, user.id);
  forgetInPolicies(world, user.id);
  world.remove(users, user.id);
  record(world, who, {
    eventType: 'user.lifecycle.delete.completed',
    displayMessage: 'Delete okta user completed',
    target,
  });
}

const AFTER: Partial<Record<LifecycleAction, (world: World, who: Who, user: User) => void>> = {
  activate: (world, who, user) => {
    rejoinApps(world, who, user.id);
    runRulesFor(world, user.id);
  },
  deactivate: (world, who, user) => {
    leaveAllApps(world, who, user.id);
    const { password: _, recovery_question: __, ...credentials } = user.credentials;
    world.remove(secrets, user.id);
    world.update(users, user.id, { credentials });
    removeFactors(world, user.id);
    leaveSessions(world, user);
    notifyAdministrators(world, 'USER_DEPROVISION', `${user.profile.login} was deprovisioned`);
  },
  suspend: (world, _who, user) => leaveSessions(world, user),
  lock: (world, who, user) => {
    tellOfLock(world, who, user);
    const { autoUnlockMinutes } = passwordSettingsOf(world, user).password.lockout;
    const since = { userId: user.id, since: user.statusChanged };
    if (autoUnlockMinutes > 0) world.schedule(world.now() + autoUnlockMinutes * 60_000, UNLOCK_TIMER, since);
  },
  resetFactors: (world, who, user) => {
    for (const factor of factorsOf(world, user.id))
      tellOfFactor(world, who, user, 'AuthenticatorReset', factor);
    removeFactors(world, user.id);
  },
};

/** What a locked account waits for. */
export const UNLOCK_TIMER = 'unlockAccount';

/** Unlocks an account whose time has come, unless it was unlocked, or locked anew, in between. */
export function unlockInTime(world: World, { userId, since }: { userId: string; since: string }): void {
  const user = world.get(users, userId);
  if (user?.status === 'LOCKED_OUT' && user.statusChanged === since)
    run(world, SYSTEM, userId, 'unlockThemselves');
}

function leaveSessions(world: World, user: User): void {
  for (const { id } of world.list(sessions, { index: 'user', equals: user.id }).toArray())
    world.remove(sessions, id);
}

const EVENTS: Partial<Record<LifecycleAction, { eventType: string; displayMessage: string }>> = {
  activate: { eventType: 'user.lifecycle.activate', displayMessage: 'Activate Okta user' },
  reactivate: { eventType: 'user.lifecycle.reactivate', displayMessage: 'Reactivate Okta user' },
  deactivate: { eventType: 'user.lifecycle.deactivate', displayMessage: 'Deactivate Okta user' },
  suspend: { eventType: 'user.lifecycle.suspend', displayMessage: 'Suspend Okta user' },
  unsuspend: { eventType: 'user.lifecycle.unsuspend', displayMessage: 'Unsuspend Okta user' },
  lock: { eventType: 'user.account.lock', displayMessage: 'Max sign in attempts exceeded' },
  unlock: { eventType: 'user.account.unlock_by_admin', displayMessage: 'Unlock user account' },
  unlockThemselves: { eventType: 'user.account.unlock', displayMessage: 'Unlock user account' },
  expirePassword: { eventType: 'user.account.expire_password', displayMessage: 'Expire all user passwords' },
  resetPassword: {
    eventType: 'user.account.reset_password',
    displayMessage: 'Fired when the user’s Okta password is reset',
  },
  resetFactors: { eventType: 'user.mfa.factor.reset_all', displayMessage: 'Reset all factors for user' },
};

function refusal(action: LifecycleAction): Error {
  if (action === 'activate') return refuse('E0000016');
  if (action === 'suspend') return invalid('suspendUser', 'Cannot suspend a user that is not active');
  if (action === 'unsuspend')
    return invalid('unsuspendUser', 'Cannot unsuspend a user that is not suspended');
  if (action === 'unlock') return refuse('E0000032', { causes: ['The user is not locked out.'] });
  return refuse('E0000038');
}
