/** Factors: what a person has set up, besides a password, to prove who they are. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { PUSH_ACTIVATION_LASTS_MS } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { factors } from '../../world/security.ts';
import type { Device } from '../guard/device.ts';
import { record, type Who } from '../log/log.ts';
import { QUESTIONS } from '../people/securityQuestion.ts';
import { findUser, type User, userTarget } from '../people/user.ts';
import { FACTOR_KINDS, type FactorKind, kindOf } from './factorKind.ts';
import { sendCode, tellOfFactor } from './factorMail.ts';
import { ask, newProof, type Proof, prove, type Said } from './factorProof.ts';
import { type PushChallenge, pushTo } from './pushChallenge.ts';
import { revokeYubikey, takeYubikey } from './yubikey.ts';

/** A factor in the vendor's shape, less links; `userId` and `proof` are not shown. */
export interface Factor {
  userId: string;
  id: string;
  factorType: string;
  provider: string;
  vendorName: string;
  status: 'PENDING_ACTIVATION' | 'ACTIVE';
  created: string;
  lastUpdated: string;
  profile: Record<string, unknown>;
  proof: Proof;
}

export interface FactorInput {
  factorType?: string;
  provider?: string;
  profile?: Record<string, unknown>;
  /** A first password of a key. */
  verify?: { passCode?: string };
}

const PHONE = /^\+[1-9]\d{6,14}$/;
const ANSWER_CHARS_MIN = 4;

/** The factors of a user by age. */
export const factorsOf = (world: World, userId: string): Factor[] =>
  world.list(factors, { prefix: `${findUser(world, userId).id}/` }).toArray();

/** One factor of a user, or E0000007. */
export const findFactor = (world: World, userId: string, id: string): Factor =>
  world.require(factors, `${findUser(world, userId).id}/${id}`, () => notFound(id, 'UserFactor'));

/**
 * Sets up a factor; one that must be proven first stays PENDING_ACTIVATION, a question and a key are ACTIVE at once.
 * Throws E0000001 for an unknown kind, one that is there already or a profile that lacks something, E0000098 for a
 * number, E0000068 for a key that is nobody's to take.
 */
export function enrolFactor(
  world: World,
  who: Who,
  userId: string,
  input: FactorInput | undefined,
  activate: boolean,
): Factor {
  const user = findUser(world, userId);
  if (user.status === 'DEPROVISIONED' || user.status === 'SUSPENDED') throw refuse('E0000038');
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { factorType, provider } = input;
  if (!factorType) throw blank('factorType');
  if (!provider) throw blank('provider');
  const kind =
    Object.hasOwn(FACTOR_KINDS, `${provider} ${factorType}`) && FACTOR_KINDS[`${provider} ${factorType}`];
  if (!kind) throw invalid('factorType', 'factorType: The factor type is not supported by this provider');
  const same = (one: Factor) => one.factorType === factorType && one.provider === provider;
  const old = factorsOf(world, user.id).find(same);
  if (old?.status === 'ACTIVE')
    throw invalid('factorEnrollRequest', 'A factor of this type is already set up.');
  if (old) world.remove(factors, keyOf(old));
  const id = newId(world, kind.prefix);
  const sent = input.profile ?? {};
  const key =
    kind.proves === 'otp'
      ? takeYubikey(world, input.verify?.passCode, { userId: user.id, factorId: id })
      : undefined;
  const ready = kind.proves === 'answer' || key !== undefined || (activate && kind.proves === 'code');
  const factor = insert(world, user, kind, id, ready, {
    factorType,
    provider,
    profile: key ? { credentialId: key.profile.serial } : profileOf(kind, user, sent),
    proof: key ? { yubikey: key.id } : newProof(world, kind, id, sent),
  });
  if (ready) log(world, who, user, factor, 'activate');
  else sendCode(world, who, user, factor);
  return factor;
}

function insert(
  world: World,
  user: User,
  kind: FactorKind,
  id: string,
  ready: boolean,
  parts: Pick<Factor, 'factorType' | 'provider' | 'profile' | 'proof'>,
): Factor {
  const now = stamp(world.now());
  const { factorType, provider, profile, proof } = parts;
  return world.insert(factors, {
    userId: user.id,
    id,
    factorType,
    provider,
    vendorName: provider,
    status: ready ? 'ACTIVE' : 'PENDING_ACTIVATION',
    created: now,
    lastUpdated: now,
    profile,
    proof: kind.proves === 'push' && !ready ? { sentAt: world.now() } : proof,
  });
}

/** Somebody's phone is set up: it can be asked, and shows codes. The pictures that waited for it are done for. */
export function enrolPhone(world: World, who: Who, user: User, device: Device): void {
  const { platform, displayName, osVersion } = device.profile;
  const profile = {
    credentialId: user.profile.login,
    deviceType: PHONE_TYPES[platform] ?? 'Unknown',
    name: displayName,
    platform,
    version: osVersion,
  };
  for (const factorType of ['push', 'token:software:totp']) {
    const kind = FACTOR_KINDS[`OKTA ${factorType}`] as FactorKind;
    const old = factorsOf(world, user.id).find(
      (one) => one.provider === 'OKTA' && one.factorType === factorType,
    );
    if (old?.status === 'ACTIVE') continue;
    if (old && factorType !== 'push') continue;
    if (old) world.remove(factors, keyOf(old));
    const id = old?.id ?? newId(world, kind.prefix);
    const shown = factorType === 'push' ? profile : { credentialId: user.profile.login };
    const proof = factorType === 'push' ? {} : newProof(world, kind, id, {});
    const factor = insert(world, user, kind, id, true, {
      factorType,
      provider: 'OKTA',
      profile: shown,
      proof,
    });
    log(world, who, user, factor, 'activate');
  }
}

const PHONE_TYPES: Readonly<Record<string, string>> = {
  IOS: 'SmartPhone_IPhone',
  ANDROID: 'SmartPhone_Android',
};

/** Changes the question and answer of a question factor. Throws E0000001 for another kind. */
export function replaceFactor(
  world: World,
  who: Who,
  userId: string,
  id: string,
  input: FactorInput | undefined,
): Factor {
  const factor = findFactor(world, userId, id);
  const kind = kindOf(factor);
  if (kind.proves !== 'answer') throw invalid('factorType', 'factorType: The factor cannot be updated');
  const user = findUser(world, userId);
  const sent = input?.profile ?? {};
  const changed = world.update(factors, keyOf(factor), {
    profile: profileOf(kind, user, sent),
    proof: newProof(world, kind, id, sent),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, user, changed, 'update');
  return changed;
}

/**
 * Activates a factor by the code that it shows or that was sent. Throws E0000068 for a wrong one. A phone activates
 * itself: until then it is answered as it is.
 */
export function activateFactor(
  world: World,
  who: Who,
  userId: string,
  id: string,
  input: Said | undefined,
): Factor {
  const factor = findFactor(world, userId, id);
  if (factor.status === 'ACTIVE') throw refuse('E0000107');
  const user = findUser(world, userId);
  if (kindOf(factor).proves === 'push') return factor;
  const changed = world.update(factors, keyOf(factor), {
    ...prove(world, factor, input),
    status: 'ACTIVE',
    lastUpdated: stamp(world.now()),
  });
  log(world, who, user, changed, 'activate');
  tellOfFactor(world, who, user, 'AuthenticatorEnrolled', changed);
  return changed;
}

/** How a phone's picture stands: it waits, or its time is over. */
export const pushActivation = (world: World, { proof }: Factor): { expiresAt: number; result: string } => {
  const expiresAt = (proof.sentAt ?? 0) + PUSH_ACTIVATION_LASTS_MS;
  return { expiresAt, result: expiresAt <= world.now() ? 'TIMEOUT' : 'WAITING' };
};

/** Sends another code. Throws E0000109 within 30 seconds of the one before. */
export function resendFactor(world: World, who: Who, userId: string, id: string): Factor {
  const factor = findFactor(world, userId, id);
  if (kindOf(factor).proves !== 'code')
    throw invalid('factorType', 'factorType: Nothing is sent for this factor');
  return askAnew(world, who, factor, true);
}

/** Asks for a proof of a factor, and sends the code for it where one is needed. */
export function askAnew(world: World, who: Who, factor: Factor, again = false): Factor {
  const asked = world.update(factors, keyOf(factor), { proof: ask(world, factor, again) });
  sendCode(world, who, findUser(world, factor.userId), asked);
  return asked;
}

/** What a factor is asked for came to. */
export interface Verification {
  factorResult: 'CHALLENGE' | 'SUCCESS' | 'WAITING';
  factor: Factor;
  push?: PushChallenge;
}

/** Asks for proof, or takes it. Throws E0000068 for a wrong code or answer, E0000082 for a code that was used. */
export function verifyFactor(
  world: World,
  who: Who,
  userId: string,
  id: string,
  input: (Said & { useNumberMatchingChallenge?: boolean }) | undefined,
): Verification {
  const factor = findFactor(world, userId, id);
  if (factor.status !== 'ACTIVE') throw refuse('E0000107');
  const { proves } = kindOf(factor);
  if (proves === 'push')
    return {
      factorResult: 'WAITING',
      factor,
      push: pushTo(world, who, factor, input?.useNumberMatchingChallenge === true),
    };
  const asks = proves === 'code' || proves === 'signature';
  if (asks && input?.passCode === undefined && input?.signatureData === undefined)
    return { factorResult: 'CHALLENGE', factor: askAnew(world, who, factor) };
  return { factorResult: 'SUCCESS', factor: takeProof(world, who, factor, input) };
}

/** Takes what somebody says for a factor of theirs. Throws E0000068, E0000082. */
export function takeProof(world: World, who: Who, factor: Factor, said: Said | undefined): Factor {
  const changed = world.update(factors, keyOf(factor), prove(world, factor, said));
  logVerified(world, who, factor);
  return changed;
}

/** A second factor was shown. */
export function logVerified(world: World, who: Who, { userId, ...factor }: Factor): void {
  record(world, who, {
    eventType: 'user.authentication.auth_via_mfa',
    displayMessage: 'Authentication of user via MFA',
    target: [userTarget(findUser(world, userId))],
    debugData: { factor: factor.factorType },
  });
}

/** Removes a factor; with a phone go its codes. */
export function unenrolFactor(world: World, who: Who, userId: string, id: string): void {
  const factor = findFactor(world, userId, id);
  const user = findUser(world, userId);
  if (user.status === 'DEPROVISIONED') throw refuse('E0000038');
  const isPhone = factor.factorType === 'push';
  const gone = factorsOf(world, userId).filter(
    (one) => one.id === id || (isPhone && kindOf(one).key === 'okta_verify'),
  );
  for (const one of gone) {
    world.remove(factors, keyOf(one));
    revokeYubikey(world, one.proof.yubikey);
    log(world, who, user, one, 'deactivate');
    tellOfFactor(world, who, user, 'AuthenticatorReset', one);
  }
}

/** Removes all factors of a user. */
export function removeFactors(world: World, userId: string): void {
  for (const factor of world.list(factors, { prefix: `${userId}/` }).toArray()) {
    world.remove(factors, keyOf(factor));
    revokeYubikey(world, factor.proof.yubikey);
  }
}

/** Where a factor is kept. */
export const keyOf = (factor: Factor): string => `${factor.userId}/${factor.id}`;

function profileOf(kind: FactorKind, user: User, sent: Record<string, unknown>): Record<string, unknown> {
  if (kind.needs === undefined) return kind.proves === 'time' ? { credentialId: user.profile.login } : {};
  const value = sent[kind.needs] ?? (kind.needs === 'email' ? user.profile.email : undefined);
  if (!value) throw blank(kind.needs);
  if (kind.needs === 'phoneNumber') {
    const number = String(value).replace(/[ ().-]/g, '');
    if (!PHONE.test(number)) throw refuse('E0000098');
    return { phoneNumber: number };
  }
  if (kind.needs === 'email') return { email: value };
  const question = String(value);
  const questionText = Object.hasOwn(QUESTIONS, question) ? QUESTIONS[question] : undefined;
  if (!questionText) throw invalid('question', 'question: The security question is not supported');
  if (String(sent.answer ?? '').length < ANSWER_CHARS_MIN)
    throw invalid(
      'answer',
      `answer: The security question answer must be at least ${ANSWER_CHARS_MIN} characters in length`,
    );
  return { question, questionText };
}

function log(world: World, who: Who, user: User, factor: Factor, verb: string): void {
  record(world, who, {
    eventType: `user.mfa.factor.${verb}`,
    displayMessage: `${verb} factor for user`,
    target: [userTarget(user)],
    debugData: { factor: factor.factorType },
  });
}
