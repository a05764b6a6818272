/**
 * The Authentication API's transactions: a password, then what policies ask for besides, then a token for a session.
 * https://developer.okta.com/docs/reference/api/authn/
 */
import type { ApiError } from '../../../../src/error.ts';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { notWellFormed, refuse } from '../../errors.ts';
import { DEVICE_TOKEN_CHARS_MAX, RELAY_STATE_CHARS_MAX, SIGN_IN_STEP_LASTS_MS } from '../../limits.ts';
import { authnTransactions } from '../../world/signIn.ts';
import type { Factor } from '../authenticators/factor.ts';
import type { PushResult } from '../authenticators/pushChallenge.ts';
import { sweep } from '../oauth/usedOnce.ts';
import { setPassword } from '../people/credentialChange.ts';
import { passwordIs } from '../people/password.ts';
import {
  checkOwnChoice,
  mayHelpThemselves,
  passwordDaysLeft,
  passwordSettingsOf,
} from '../people/passwordPolicy.ts';
import { findUser, type User, whoIs } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import { activeAuthenticators, enrolmentPolicyOf, offeredFactors, usableFactors } from './enrolment.ts';
import { type From, fail, tryPassword } from './passwordAttempt.ts';
import type { Proof } from './proof.ts';
import { liveRecoveryToken, spendRecoveryToken } from './recoveryToken.ts';
import { isRemembered } from './rememberedDevice.ts';
import { admit, type SessionToken } from './session.ts';
import { contextFrom, decideSession } from './sessionPolicy.ts';

export type AuthnStatus =
  | 'PASSWORD_WARN'
  | 'PASSWORD_EXPIRED'
  | 'RECOVERY'
  | 'RECOVERY_CHALLENGE'
  | 'PASSWORD_RESET'
  | 'LOCKED_OUT'
  | 'MFA_ENROLL'
  | 'MFA_ENROLL_ACTIVATE'
  | 'MFA_REQUIRED'
  | 'MFA_CHALLENGE'
  | 'SUCCESS';

/** A transaction as it is kept. Universe milliseconds. */
export interface AuthnTransaction {
  token: string;
  expiresAt: number;
  status: AuthnStatus;
  userId: string;
  proofs: Proof[];
  relayState?: string;
  deviceToken?: string;
  options: AuthnOptions;
  /** The factor that is being set up or asked for. */
  factorId?: string;
  pushId?: string;
  factorResult?: PushResult | 'CHALLENGE';
  recoveryType?: 'PASSWORD' | 'UNLOCK';
  /** How a recovery was asked for, and the code that was sent. */
  factorType?: 'EMAIL' | 'SMS' | 'CALL';
  code?: { text: string; sentAt: number };
  /** The password's end was pointed out, and put off. */
  warned?: true;
  skipped?: true;
}

interface AuthnOptions {
  warnBeforePasswordExpired?: boolean;
  multiOptionalFactorEnroll?: boolean;
}

/** What a step came to: a state, or the refusal that the caller tells while what happened stands. */
export type AuthnResult = { state: AuthnState } | { refused: ApiError };

/** A state, as far as it is shown. */
export interface AuthnState {
  status: AuthnStatus;
  transaction?: AuthnTransaction;
  user?: User;
  session?: SessionToken;
  relayState?: string | undefined;
  recoveryType?: 'PASSWORD' | 'UNLOCK';
  factorType?: string;
  /** For a program that the org trusts: it delivers the token by its own means. */
  recoveryToken?: { text: string; expiresAt: number };
  factor?: Factor;
}

/** The body of a primary authentication. */
export interface AuthnInput {
  username?: string;
  password?: string;
  token?: string;
  stateToken?: string;
  relayState?: string;
  options?: AuthnOptions;
  context?: { deviceToken?: string };
}

/**
 * Primary authentication by password or activation token; a state token alone asks how a transaction stands. Throws
 * E0000003 for a body that says nothing, E0000011 for a token that is none.
 */
export function authenticate(world: World, from: From, input: AuthnInput | undefined): AuthnResult {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const relayState = textOf(input.relayState, RELAY_STATE_CHARS_MAX);
  if (input.token !== undefined) return { state: activate(world, input.token, relayState) };
  if (input.stateToken !== undefined && input.password === undefined)
    return { state: stateOf(world, findTransaction(world, input.stateToken)) };
  const { username, password } = input;
  if (!username || !password || typeof username !== 'string' || typeof password !== 'string')
    throw notWellFormed();
  const tried = tryPassword(world, from, username, password);
  if (tried.is === 'LOCKED_OUT' && tried.shown) return { state: { status: 'LOCKED_OUT', user: tried.user } };
  if (tried.is !== 'RIGHT') return { refused: refuse('E0000004') };
  const deviceToken = textOf(input.context?.deviceToken, DEVICE_TOKEN_CHARS_MAX);
  return proceed(world, from, {
    userId: tried.user.id,
    proofs: [tried.proof],
    options: { ...input.options },
    ...(relayState === undefined ? {} : { relayState }),
    ...(deviceToken === undefined ? {} : { deviceToken }),
  });
}

const textOf = (sent: unknown, charsMax: number): string | undefined => {
  if (sent === undefined || sent === null) return undefined;
  if (typeof sent !== 'string' || sent.length > charsMax) throw notWellFormed();
  return sent;
};

/** Somebody who was invited comes with the token of their mail, to choose a password. */
function activate(world: World, token: string, relayState: string | undefined): AuthnState {
  const found = liveRecoveryToken(world, token);
  if (found?.for !== 'ACTIVATION') throw refuse('E0000011');
  spendRecoveryToken(world, found);
  return enter(world, {
    ...blankOf(found.userId),
    ...(relayState === undefined ? {} : { relayState }),
    status: 'PASSWORD_RESET',
  });
}

/** What is known of somebody between two steps. */
export type Underway = Pick<AuthnTransaction, 'userId' | 'proofs' | 'options'> & Partial<AuthnTransaction>;

export const blankOf = (userId: string): Underway => ({ userId, proofs: [], options: {} });

/** Goes as far as it can: to the next thing that somebody must do, or to the end. */
export function proceed(world: World, from: From, underway: Underway): AuthnResult {
  const user = findUser(world, underway.userId);
  const daysLeft = passwordDaysLeft(world, user);
  if (user.status === 'PASSWORD_EXPIRED' || (daysLeft !== undefined && daysLeft <= 0)) {
    if (user.status === 'ACTIVE') run(world, whoIs(user), user.id, 'expirePassword');
    return { state: enter(world, { ...underway, status: 'PASSWORD_EXPIRED' }) };
  }
  const { requireFactor, access, terms } = decideSession(world, from, user);
  if (access === 'DENY') {
    fail(world, from, user, 'Sign-on policy evaluation resulted in DENY');
    return { refused: refuse('E0000006') };
  }
  const warnDays = passwordSettingsOf(world, user).password.age.expireWarnDays;
  const warns = daysLeft !== undefined && daysLeft <= warnDays && !underway.warned;
  if (warns && underway.options.warnBeforePasswordExpired)
    return { state: enter(world, { ...underway, status: 'PASSWORD_WARN' }) };
  const next = factorStep(world, from, user, underway, requireFactor);
  if (next === 'REFUSED') {
    fail(world, from, user, 'No factor can be set up');
    return { refused: refuse('E0000006') };
  }
  if (next) return { state: enter(world, { ...underway, status: next }) };
  const who = { ...whoIs(user), ...from };
  const session = admit(world, user, underway.proofs, terms, who);
  if (underway.token !== undefined) world.remove(authnTransactions, underway.token);
  const { relayState } = underway;
  return { state: { status: 'SUCCESS', user: findUser(world, user.id), session, relayState } };
}

/** Whether a second factor is asked for, or one is to be set up. */
function factorStep(
  world: World,
  from: From,
  user: User,
  { proofs, deviceToken, skipped }: Underway,
  requireFactor: boolean,
): 'MFA_REQUIRED' | 'MFA_ENROLL' | 'REFUSED' | undefined {
  const policy = enrolmentPolicyOf(world, contextFrom(world, from, user));
  const shown = proofs.some(({ key }) => key !== 'okta_password');
  const offered = offeredFactors(world, user, policy);
  if (requireFactor && !shown && !isRemembered(world, user.id, deviceToken)) {
    if (usableFactors(world, user, policy).length > 0) return 'MFA_REQUIRED';
    return offered.length > 0 ? 'MFA_ENROLL' : 'REFUSED';
  }
  const active = activeAuthenticators(world);
  const missing = offered.some(
    ({ enrollment, kind }) =>
      enrollment === 'REQUIRED' &&
      active.has(kind.key) &&
      kind.key !== 'okta_email' &&
      !offered.some((one) => one.kind.key === kind.key && one.status === 'ACTIVE'),
  );
  return policy.now && missing && !skipped ? 'MFA_ENROLL' : undefined;
}

/** Puts a transaction into a state; each step gives it new time. */
export function enter(world: World, underway: Underway & { status: AuthnStatus }): AuthnState {
  sweep(world, authnTransactions);
  const token =
    underway.token ??
    `00${world.secret(['okta.stateToken', world.next('okta.stateToken')], TOKEN_CHARS, BASE64URL)}`;
  const expiresAt = world.now() + SIGN_IN_STEP_LASTS_MS;
  return stateOf(world, world.put(authnTransactions, { ...underway, token, expiresAt }));
}

const TOKEN_CHARS = 40;

/** A transaction as it stands. */
const stateOf = (world: World, transaction: AuthnTransaction): AuthnState => ({
  status: transaction.status,
  transaction,
  user: findUser(world, transaction.userId),
  relayState: transaction.relayState,
  ...(transaction.recoveryType ? { recoveryType: transaction.recoveryType } : {}),
  ...(transaction.factorType ? { factorType: transaction.factorType } : {}),
});

/** The transaction of a state token. Throws E0000011 for one that is too old or none, E0000079 in another state. */
export function findTransaction(
  world: World,
  token: unknown,
  ...states: readonly AuthnStatus[]
): AuthnTransaction {
  const found = typeof token === 'string' ? world.get(authnTransactions, token) : undefined;
  if (!found || found.expiresAt <= world.now()) throw refuse('E0000011');
  if (states.length > 0 && !states.includes(found.status)) throw refuse('E0000079');
  return found;
}

/** Ends a transaction. */
export function cancel(world: World, token: unknown): AuthnTransaction {
  const found = findTransaction(world, token);
  world.remove(authnTransactions, found.token);
  return found;
}

/** Puts off what can be put off: a password that ends soon, factors that need not be. */
export function skip(world: World, from: From, token: unknown): AuthnResult {
  const found = findTransaction(world, token, 'PASSWORD_WARN', 'MFA_ENROLL');
  return proceed(world, from, {
    ...found,
    ...(found.status === 'PASSWORD_WARN' ? { warned: true } : { skipped: true }),
  });
}

/** Changes a password that is expired, or will be soon. Throws E0000014 for a wrong old one, E0000080. */
export function changeExpired(
  world: World,
  from: From,
  input: { stateToken?: string; oldPassword?: string; newPassword?: string } = {},
): AuthnResult {
  const found = findTransaction(world, input.stateToken, 'PASSWORD_EXPIRED', 'PASSWORD_WARN');
  const user = findUser(world, found.userId);
  if (!mayHelpThemselves(world, user, 'passwordChange')) throw refuse('E0000014');
  if (!passwordIs(world, user.id, String(input.oldPassword ?? '')))
    throw refuse('E0000014', { causes: ['oldPassword: The credentials provided were incorrect.'] });
  checkOwnChoice(world, user, input.newPassword);
  setPassword(world, { ...whoIs(user), ...from }, user, input.newPassword as string, 'update_password');
  return proceed(world, from, { ...found, warned: true });
}
