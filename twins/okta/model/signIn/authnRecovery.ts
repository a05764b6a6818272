/** Forgotten passwords and locked accounts, by the Authentication API. */
import type { World } from '../../../../src/world/world.ts';
import { notWellFormed, refuse } from '../../errors.ts';
import { FACTOR_CODE_LASTS_MS, FACTOR_RESEND_AFTER_MS } from '../../limits.ts';
import { authnTransactions } from '../../world/signIn.ts';
import { factorsOf } from '../authenticators/factor.ts';
import { FACTOR_KINDS } from '../authenticators/factorKind.ts';
import { newCode } from '../authenticators/factorProof.ts';
import { record } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import { sendRecovery } from '../people/accountMail.ts';
import { setPassword } from '../people/credentialChange.ts';
import { answerIs } from '../people/password.ts';
import { checkOwnChoice, mayHelpThemselves, passwordSettingsOf } from '../people/passwordPolicy.ts';
import { findUser, type User, userTarget, whoIs } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import {
  type AuthnResult,
  type AuthnState,
  type AuthnTransaction,
  blankOf,
  enter,
  findTransaction,
  proceed,
} from './authn.ts';
import { type From, personNamed } from './passwordAttempt.ts';
import { issueRecoveryToken, liveRecoveryToken, spendRecoveryToken } from './recoveryToken.ts';
import { contextFrom } from './sessionPolicy.ts';

/** The body of a recovery. */
export interface RecoveryInput {
  username?: string;
  factorType?: string;
  relayState?: string;
}

const WAYS: Readonly<Record<string, 'okta_email' | 'okta_sms' | 'okta_call'>> = {
  EMAIL: 'okta_email',
  SMS: 'okta_sms',
  CALL: 'okta_call',
};

/**
 * Begins a recovery. `trusted`: the caller has an API token, and gets the recovery token to deliver it by itself. To
 * everybody else an unknown name looks like a known one. Throws E0000095, E0000034, E0000097 to those who are trusted.
 */
export function beginRecovery(
  world: World,
  from: From,
  type: 'PASSWORD' | 'UNLOCK',
  input: RecoveryInput | undefined,
  trusted: boolean,
): AuthnState {
  if (typeof input?.username !== 'string' || input.username === '') throw notWellFormed();
  const asked = input.factorType?.toUpperCase();
  if (asked !== undefined && !Object.hasOwn(WAYS, asked)) throw notWellFormed();
  const factorType = (asked ?? 'EMAIL') as 'EMAIL' | 'SMS' | 'CALL';
  const relayState = typeof input.relayState === 'string' ? { relayState: input.relayState } : {};
  const said = { status: 'RECOVERY_CHALLENGE' as const, recoveryType: type, factorType, ...relayState };
  const user = personNamed(world, input.username);
  const why = refusal(world, from, user, type, factorType);
  if (!user || why) {
    if (trusted) throw refuse(why ?? 'E0000095');
    return said;
  }
  const phone = factorType === 'EMAIL' ? undefined : phoneOf(world, user, factorType);
  if (factorType !== 'EMAIL' && !phone) {
    if (trusted) throw refuse('E0000097');
    return said;
  }
  const who = { ...whoIs(user), ...from };
  record(world, who, REQUESTED[type](user));
  if (factorType !== 'EMAIL' && phone)
    return enter(world, {
      ...blankOf(user.id),
      ...said,
      code: textCode(world, from, user, factorType, phone),
    });
  // Who is trusted delivers the token by itself.
  const text =
    trusted && asked === undefined
      ? issueRecoveryToken(world, user, type)
      : sendRecovery(world, who, user, type);
  if (!trusted || asked !== undefined) return said;
  const expiresAt = liveRecoveryToken(world, text)?.expiresAt ?? world.now();
  return { status: 'RECOVERY', user, recoveryType: type, recoveryToken: { text, expiresAt }, ...relayState };
}

const REQUESTED = {
  PASSWORD: (user: User) => ({
    eventType: 'user.account.reset_password',
    displayMessage: 'User requested a password reset',
    target: [userTarget(user)],
  }),
  UNLOCK: (user: User) => ({
    eventType: 'user.account.unlock_token',
    displayMessage: 'User requested an unlock token',
    target: [userTarget(user)],
  }),
};

/** Why somebody may not recover in this way. */
function refusal(
  world: World,
  from: From,
  user: User | undefined,
  type: 'PASSWORD' | 'UNLOCK',
  factorType: string,
): string | undefined {
  if (!user) return 'E0000095';
  const usable = type === 'UNLOCK' ? user.status === 'LOCKED_OUT' : RESETS.has(user.status);
  if (!usable || user.credentials.provider.type !== 'OKTA')
    return type === 'UNLOCK' ? 'E0000032' : 'E0000034';
  const what = type === 'UNLOCK' ? 'selfServiceUnlock' : 'selfServicePasswordReset';
  const way = passwordSettingsOf(world, user).recovery.factors[WAYS[factorType] ?? 'okta_email'];
  const may = mayHelpThemselves(world, user, what, contextFrom(world, from, user));
  return may && way.status === 'ACTIVE' ? undefined : 'E0000034';
}

const RESETS: ReadonlySet<string> = new Set(['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']);

function phoneOf(world: World, user: User, factorType: 'SMS' | 'CALL'): string | undefined {
  const kind = FACTOR_KINDS[factorType === 'SMS' ? 'OKTA sms' : 'OKTA call'];
  const own = factorsOf(world, user.id).find(
    (one) => one.status === 'ACTIVE' && one.id.startsWith(kind?.prefix ?? ''),
  );
  return (
    (own?.profile.phoneNumber as string | undefined) ??
    (user.profile.mobilePhone as string | null) ??
    undefined
  );
}

function textCode(
  world: World,
  from: From,
  user: User,
  factorType: 'SMS' | 'CALL',
  to: string,
): { text: string; sentAt: number } {
  const { code, sentAt } = newCode(world, user.id);
  const by = factorType === 'SMS' ? 'sms' : 'call';
  const who = { ...whoIs(user), ...from };
  send(world, { user, by, to, kind: 'SMS_VERIFY_CODE', values: { code }, who });
  return { text: code, sentAt };
}

/** Somebody comes with the token of their mail, good once. Throws E0000105. */
export function redeemToken(world: World, from: From, token: unknown, relayState?: string): AuthnResult {
  const found = liveRecoveryToken(world, token);
  if (!found || found.for === 'ACTIVATION') throw refuse('E0000105');
  spendRecoveryToken(world, found);
  const kept = typeof relayState === 'string' ? { relayState } : {};
  return recovering(world, from, { ...blankOf(found.userId), ...kept, recoveryType: found.for });
}

/** Asks for the recovery question where the policy does so; else it is done. */
function recovering(world: World, from: From, underway: ReturnType<typeof blankOf>): AuthnResult {
  const user = findUser(world, underway.userId);
  const { recovery_question: asks } = passwordSettingsOf(world, user).recovery.factors;
  if (asks.status === 'ACTIVE' && user.credentials.recovery_question)
    return { state: enter(world, { ...underway, status: 'RECOVERY' }) };
  return recovered(world, from, underway);
}

/** A password may be chosen; a locked account is open. */
function recovered(world: World, from: From, underway: ReturnType<typeof blankOf>): AuthnResult {
  if (underway.recoveryType !== 'UNLOCK')
    return { state: enter(world, { ...underway, status: 'PASSWORD_RESET' }) };
  const user = findUser(world, underway.userId);
  if (user.status === 'LOCKED_OUT') run(world, { ...whoIs(user), ...from }, user.id, 'unlockThemselves');
  if (underway.token !== undefined) world.remove(authnTransactions, underway.token);
  const { relayState } = underway;
  return { state: { status: 'SUCCESS', recoveryType: 'UNLOCK', user: findUser(world, user.id), relayState } };
}

/** Answers the recovery question. Throws E0000087. */
export function answerQuestion(
  world: World,
  from: From,
  input: { stateToken?: string; answer?: string } = {},
): AuthnResult {
  const found = findTransaction(world, input.stateToken, 'RECOVERY');
  if (!answerIs(world, found.userId, String(input.answer ?? ''))) throw refuse('E0000087');
  return recovered(world, from, found);
}

/** Takes the code that went to somebody's phone. Throws E0000068. */
export function verifyCode(
  world: World,
  from: From,
  input: { stateToken?: string; passCode?: string } = {},
): AuthnResult {
  const found = findTransaction(world, input.stateToken, 'RECOVERY_CHALLENGE');
  const fresh = world.now() - (found.code?.sentAt ?? 0) < FACTOR_CODE_LASTS_MS;
  if (!fresh || found.code?.text !== input.passCode)
    throw refuse('E0000068', { causes: ["Your passcode doesn't match our records. Please try again."] });
  const { code: _, factorType: __, ...rest } = found;
  return recovering(world, from, rest);
}

/** Sends the code once more. Throws E0000109 within half a minute. */
export function resendCode(world: World, from: From, token: unknown): AuthnState {
  const found = findTransaction(world, token, 'RECOVERY_CHALLENGE');
  if (world.now() - (found.code?.sentAt ?? 0) < FACTOR_RESEND_AFTER_MS) throw refuse('E0000109');
  const user = findUser(world, found.userId);
  const { factorType } = found;
  const phone = factorType === 'EMAIL' || !factorType ? undefined : phoneOf(world, user, factorType);
  if (!phone || factorType === 'EMAIL' || !factorType) throw refuse('E0000097');
  return enter(world, { ...found, code: textCode(world, from, user, factorType, phone) });
}

/** Sets the new password, which counts as one that was shown. Throws E0000080. */
export function resetPassword(
  world: World,
  from: From,
  input: { stateToken?: string; newPassword?: string } = {},
): AuthnResult {
  const found: AuthnTransaction = findTransaction(world, input.stateToken, 'PASSWORD_RESET');
  const user = findUser(world, found.userId);
  checkOwnChoice(world, user, input.newPassword);
  setPassword(world, { ...whoIs(user), ...from }, user, input.newPassword as string, 'reset_password');
  const { recoveryType: _, ...rest } = found;
  const proof = { key: 'okta_password', method: 'password', at: world.now() };
  return proceed(world, from, { ...rest, proofs: [proof] });
}
