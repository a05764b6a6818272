/**
 * Direct authentication: a program asks people itself for what they have set up, step by step, without a browser.
 * https://developer.okta.com/docs/guides/configure-direct-auth-grants/
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { DIRECT_POLL_SECONDS, DIRECT_SECONDS } from '../../limits.ts';
import { directTransactions } from '../../world/oauth.ts';
import { pushChallenges } from '../../world/signIn.ts';
import type { App } from '../apps/app.ts';
import {
  askAnew,
  type Factor,
  factorsOf,
  findFactor,
  logVerified,
  takeProof,
} from '../authenticators/factor.ts';
import { kindOf } from '../authenticators/factorKind.ts';
import { pushTo, resultOf } from '../authenticators/pushChallenge.ts';
import { findUser, type User, userByLogin, whoIs } from '../people/user.ts';
import { decidingRule } from '../policies/policyDecision.ts';
import { methodFacts, type Proof } from '../signIn/proof.ts';
import { contextFrom } from '../signIn/sessionPolicy.ts';
import { allowedUser } from './authorization.ts';
import { type Form, requireGrant, settingsOf } from './client.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import { sweep } from './usedOnce.ts';

export const OTP = 'urn:okta:params:oauth:grant-type:otp';
export const OOB = 'urn:okta:params:oauth:grant-type:oob';
export const MFA_OTP = 'http://auth0.com/oauth/grant-type/mfa-otp';
export const MFA_OOB = 'http://auth0.com/oauth/grant-type/mfa-oob';

/** Something that was begun; the program holds its text. Times in universe milliseconds. */
export interface DirectTransaction {
  digest: string;
  kind: 'oob' | 'mfa';
  appId: string;
  issuerKey: string;
  userId: string;
  /** What was shown before (`mfa`). */
  proofs: readonly Proof[];
  /** What is to be shown elsewhere (`oob`), and the question on the phone. */
  factorId?: string;
  pushId?: string;
  expiresAt: number;
}

/** A person and what they have shown. */
export interface Shown {
  user: User;
  proofs: readonly Proof[];
}

/** The methods of channels. */
const CHANNELS: Readonly<Record<string, string>> = { push: 'push', sms: 'sms', voice: 'voice' };

/** Begins with a person's phone. Throws `invalid_request`, `unauthorized_client`, `access_denied`. */
export function authenticateOob(world: World, issuer: Issuer, app: App, form: Form) {
  requireGrant(app, OOB);
  if (form.challenge_hint !== undefined && form.challenge_hint !== OOB)
    throw oauthError('invalid_request', unsupported(form.challenge_hint, 'challenge_hint'));
  const user = allowedUser(world, app, hinted(world, form).id);
  return askElsewhere(world, issuer, app, user, form.channel_hint);
}

/** What comes next for somebody who has shown one thing. Throws `access_denied`, `invalid_request`. */
export function challengeNext(world: World, issuer: Issuer, app: App, form: Form) {
  const { userId } = transaction(world, issuer, app, 'mfa', form.mfa_token, 'mfa_token');
  const types = (form.challenge_types_supported ?? `${MFA_OTP} ${MFA_OOB}`).split(/[\s,]+/);
  const known = types.filter((type) => type === MFA_OTP || type === MFA_OOB);
  if (known.length === 0)
    throw oauthError('access_denied', unsupported(types[0] ?? '', 'challenge_type'), 403);
  const user = findUser(world, userId);
  if (!known.includes(MFA_OOB)) {
    requireGrant(app, MFA_OTP);
    if (!ownFactors(world, user, isOtp).length) throw unusable();
    return { challenge_type: MFA_OTP };
  }
  requireGrant(app, MFA_OOB);
  return { challenge_type: MFA_OOB, ...askElsewhere(world, issuer, app, user, form.channel_hint ?? 'push') };
}

/** What a person typed of a one-time password, as the first thing. Throws `invalid_grant`. */
export function shownByOtp(world: World, app: App, form: Form): Shown {
  const user = allowedUser(world, app, hinted(world, form).id);
  return { user, proofs: [otpProof(world, user, form.otp)] };
}

/** The same, as the second thing. */
export function shownByMfaOtp(world: World, issuer: Issuer, app: App, form: Form): Shown {
  const before = transaction(world, issuer, app, 'mfa', form.mfa_token, 'mfa_token');
  const user = allowedUser(world, app, before.userId);
  const proof = otpProof(world, user, form.otp);
  world.remove(directTransactions, before.digest);
  return { user, proofs: [...before.proofs, proof] };
}

/** What a person did on their phone, as the first thing. Throws `authorization_pending`, `access_denied`, `invalid_grant`. */
export function shownByOob(world: World, issuer: Issuer, app: App, form: Form): Shown {
  const begun = transaction(world, issuer, app, 'oob', form.oob_code, 'oob_code');
  const user = allowedUser(world, app, begun.userId);
  return { user, proofs: [oobProof(world, begun, form.binding_code)] };
}

/** The same, as the second thing. */
export function shownByMfaOob(world: World, issuer: Issuer, app: App, form: Form): Shown {
  const before = transaction(world, issuer, app, 'mfa', form.mfa_token, 'mfa_token');
  const { user, proofs } = shownByOob(world, issuer, app, form);
  if (user.id !== before.userId) throw expired('mfa_token');
  world.remove(directTransactions, before.digest);
  return { user, proofs: [...before.proofs, ...proofs] };
}

/**
 * Throws `mfa_required`, with a token to go on by, where the app's authentication policy wants a second factor and the
 * client knows how to ask for one; `access_denied` where the policy lets nobody in.
 */
export function requireEnough(world: World, issuer: Issuer, app: App, { user, proofs }: Shown): void {
  const context = contextFrom(world, {}, user, { app: { id: app.id, name: app.name } });
  const rule = decidingRule(world, 'ACCESS_POLICY', context)?.rule;
  const signOn = (rule?.actions.appSignOn ?? {}) as {
    access?: string;
    verificationMethod?: { factorMode?: string };
  };
  if (signOn.access === 'DENY')
    throw oauthError('access_denied', 'Authentication denied by the sign-on policy of the application.');
  const asks = settingsOf(app).grant_types.some((one) => one === MFA_OTP || one === MFA_OOB);
  const kinds = new Set(proofs.map((proof) => methodFacts(proof).is));
  if (signOn.verificationMethod?.factorMode !== '2FA' || kinds.size > 1) return;
  if (!asks)
    throw oauthError(
      'access_denied',
      'Resource owner password credentials authentication denied by sign on policy.',
    );
  throw new ApiError({
    name: 'mfa_required',
    status: 403,
    message: 'MFA is required for this request.',
    data: { oauth: true, more: { mfa_token: begin(world, issuer, app, { kind: 'mfa', user, proofs }) } },
  });
}

const unsupported = (value: string, name: string): string =>
  `'${value}' isn't supported as a '${name}'. Try again with another value.`;
const expired = (name: string) =>
  oauthError('access_denied', `'${name}' has expired. Use a new 'oob_code' or 'mfa_token' and try again.`);
const unusable = () =>
  oauthError(
    'access_denied',
    "The required authenticator can't be used. Check if it's required by policy and the user is enrolled in the " +
      'authenticator and try again.',
    403,
  );
const wrong = () => oauthError('invalid_grant', 'The credentials provided were invalid.');

/** Whom the program means; nobody learns here who is known. */
function hinted(world: World, { login_hint: login }: Form): User {
  if (!login) throw oauthError('invalid_request', "The request must specify a 'login_hint'.");
  const user = userByLogin(world, login);
  if (!user) throw unusable();
  return user;
}

const isOtp = (factor: Factor): boolean => ['time', 'otp'].includes(kindOf(factor).proves);

const ownFactors = (world: World, user: User, is: (factor: Factor) => boolean): Factor[] =>
  factorsOf(world, user.id).filter((factor) => factor.status === 'ACTIVE' && is(factor));

function askElsewhere(world: World, issuer: Issuer, app: App, user: User, channel = '') {
  const method = Object.hasOwn(CHANNELS, channel) ? CHANNELS[channel] : undefined;
  if (!method) throw oauthError('invalid_request', unsupported(channel, 'channel_hint'));
  const [factor] = ownFactors(world, user, (one) => kindOf(one).method === method);
  if (!factor) throw unusable();
  const isPush = channel === 'push';
  const pushId = isPush ? pushTo(world, whoIs(user), factor).id : undefined;
  if (!isPush) askAnew(world, whoIs(user), factor);
  const more = { kind: 'oob' as const, user, proofs: [], factorId: factor.id, pushId };
  return {
    oob_code: begin(world, issuer, app, more),
    channel,
    binding_method: isPush ? 'none' : 'prompt',
    expires_in: DIRECT_SECONDS,
    ...(isPush ? { interval: DIRECT_POLL_SECONDS } : {}),
  };
}

function begin(
  world: World,
  issuer: Issuer,
  app: App,
  of: Pick<DirectTransaction, 'kind' | 'proofs'> & {
    user: User;
    factorId?: string;
    pushId?: string | undefined;
  },
): string {
  const { user, pushId, ...more } = of;
  sweep(world, directTransactions);
  const text = drawn(world, 'directTransaction', TEXT_CHARS);
  world.insert(directTransactions, {
    ...more,
    ...(pushId === undefined ? {} : { pushId }),
    digest: digestOf(text),
    appId: app.id,
    issuerKey: issuer.key,
    userId: user.id,
    expiresAt: world.now() + DIRECT_SECONDS * 1_000,
  });
  return text;
}

const TEXT_CHARS = 34;

function transaction(
  world: World,
  issuer: Issuer,
  app: App,
  kind: DirectTransaction['kind'],
  text: string | undefined,
  name: string,
): DirectTransaction {
  if (!text) throw oauthError('invalid_request', `The request must specify an '${name}'.`);
  const row = world.get(directTransactions, digestOf(text));
  const isOwn = row?.appId === app.id && row.issuerKey === issuer.key && row.kind === kind;
  if (!isOwn || row.expiresAt <= world.now()) throw expired(name);
  return row;
}

/** The factor that a one-time password is of. */
function otpProof(world: World, user: User, otp: string | undefined): Proof {
  if (!otp) throw oauthError('invalid_request', "The token request must specify an 'otp'.");
  for (const factor of ownFactors(world, user, isOtp))
    if (isTaken(world, user, factor, otp)) return proofOf(world, factor);
  throw wrong();
}

function oobProof(world: World, begun: DirectTransaction, code: string | undefined): Proof {
  const user = findUser(world, begun.userId);
  const factor = findFactor(world, user.id, begun.factorId ?? '');
  if (begun.pushId === undefined) {
    if (!code) throw oauthError('invalid_request', "The token request must specify a 'binding_code'.");
    if (!isTaken(world, user, factor, code)) throw wrong();
  } else {
    const challenge = world.get(pushChallenges, begun.pushId);
    const result = challenge ? resultOf(world, challenge) : 'TIMEOUT';
    if (result === 'WAITING')
      throw oauthError('authorization_pending', 'The authorization request is still pending.');
    world.remove(directTransactions, begun.digest);
    if (result !== 'SUCCESS')
      throw oauthError('access_denied', 'The user denied the authentication request.');
    logVerified(world, whoIs(user), factor);
  }
  world.remove(directTransactions, begun.digest);
  return proofOf(world, factor);
}

function isTaken(world: World, user: User, factor: Factor, passCode: string): boolean {
  try {
    takeProof(world, whoIs(user), factor, { passCode });
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

const proofOf = (world: World, factor: Factor): Proof => {
  const { key, method } = kindOf(factor);
  return { key, method, at: world.now(), factorId: factor.id };
};
