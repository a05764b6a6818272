/** Factors: what a person has set up, besides a password, to prove who they are. */
import { createHash } from 'node:crypto';
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../errors.ts';
import { newId } from '../ids.ts';
import { FACTOR_CODE_LASTS_MS, FACTOR_RESEND_AFTER_MS } from '../limits.ts';
import { stamp } from '../time.ts';
import { factors } from '../world/security.ts';
import { record, type Who } from './log.ts';
import { send } from './outgoing.ts';
import { QUESTIONS } from './securityQuestion.ts';
import { isTotp } from './totp.ts';
import { findUser, type User, userTarget } from './user.ts';

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

/** What is asked of the person: a shared secret, an answer (hashed), or a code that was sent (moments in ms). */
export interface Proof {
  sharedSecret?: string;
  answer?: string;
  code?: string;
  sentAt?: number;
  lastUsed?: string;
}

export interface FactorInput {
  factorType?: string;
  provider?: string;
  profile?: Record<string, unknown>;
}

interface Kind {
  prefix: string;
  proves: 'time' | 'code' | 'answer';
  /** What `profile` must hold. */
  needs?: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'OKTA token:software:totp': { prefix: 'ost', proves: 'time' },
  'GOOGLE token:software:totp': { prefix: 'uft', proves: 'time' },
  'OKTA sms': { prefix: 'mbl', proves: 'code', needs: 'phoneNumber' },
  'OKTA call': { prefix: 'clf', proves: 'code', needs: 'phoneNumber' },
  'OKTA email': { prefix: 'emf', proves: 'code', needs: 'email' },
  'OKTA question': { prefix: 'ufs', proves: 'answer', needs: 'question' },
};
const PHONE = /^\+[1-9]\d{6,14}$/;
const ANSWER_CHARS_MIN = 4;
const SECRET_CHARS = 16;
const CODE_CHARS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const kindOf = ({ factorType, provider }: Pick<Factor, 'factorType' | 'provider'>): Kind =>
  KINDS[`${provider} ${factorType}`] as Kind;

/** What a person can still set up. */
export const supportedFactors = (world: World, userId: string) =>
  Object.keys(KINDS).map((kind) => {
    const [provider = '', factorType = ''] = kind.split(' ');
    const own = factorsOf(world, userId).find(
      (one) => one.factorType === factorType && one.provider === provider,
    );
    return {
      factorType,
      provider,
      vendorName: provider,
      status: own?.status ?? 'NOT_SETUP',
      enrollment: 'OPTIONAL',
    };
  });

/** The factors of a user by age. */
export const factorsOf = (world: World, userId: string): Factor[] =>
  world.list(factors, { prefix: `${findUser(world, userId).id}/` }).toArray();

/** One factor of a user, or E0000007. */
export const findFactor = (world: World, userId: string, id: string): Factor =>
  world.require(factors, `${findUser(world, userId).id}/${id}`, () => notFound(id, 'UserFactor'));

/**
 * Sets up a factor; one that must be proven first stays PENDING_ACTIVATION, a question is ACTIVE at once. Throws
 * E0000001 for an unknown kind, one that is there already or a profile that lacks something, E0000098 for a number.
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
  const kind = KINDS[`${provider} ${factorType}`];
  if (!kind) throw invalid('factorType', 'factorType: The factor type is not supported by this provider');
  const same = (one: Factor) => one.factorType === factorType && one.provider === provider;
  const old = factorsOf(world, user.id).find(same);
  if (old?.status === 'ACTIVE')
    throw invalid('factorEnrollRequest', 'A factor of this type is already set up.');
  if (old) world.remove(factors, `${user.id}/${old.id}`);
  const id = newId(world, kind.prefix);
  const now = stamp(world.now());
  const ready = activate || kind.proves === 'answer';
  const factor = world.insert(factors, {
    userId: user.id,
    id,
    factorType,
    provider,
    vendorName: provider,
    status: ready ? 'ACTIVE' : 'PENDING_ACTIVATION',
    created: now,
    lastUpdated: now,
    profile: profileOf(kind, user, input.profile ?? {}),
    proof: proofOf(world, kind, id, input.profile ?? {}),
  });
  if (ready) log(world, who, user, factor, 'activate');
  else sendCode(world, who, user, factor);
  return factor;
}

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
  const changed = world.update(factors, keyOf(factor), {
    profile: profileOf(kind, user, input?.profile ?? {}),
    proof: proofOf(world, kind, id, input?.profile ?? {}),
    lastUpdated: stamp(world.now()),
  });
  log(world, who, user, changed, 'update');
  return changed;
}

/** Activates a factor by the code that it shows or that was sent. Throws E0000068 for a wrong one. */
export function activateFactor(
  world: World,
  who: Who,
  userId: string,
  id: string,
  input: { passCode?: string } | undefined,
): Factor {
  const factor = findFactor(world, userId, id);
  if (factor.status === 'ACTIVE') throw refuse('E0000107');
  prove(world, factor, input?.passCode);
  const changed = world.update(factors, keyOf(factor), {
    status: 'ACTIVE',
    proof: { ...factor.proof, lastUsed: input?.passCode as string },
    lastUpdated: stamp(world.now()),
  });
  const user = findUser(world, userId);
  log(world, who, user, changed, 'activate');
  tellOfFactor(world, who, user, 'AuthenticatorEnrolled', changed);
  return changed;
}

/** Sends another code. Throws E0000109 within 30 seconds of the one before. */
export function resendFactor(world: World, who: Who, userId: string, id: string): Factor {
  const factor = findFactor(world, userId, id);
  if (kindOf(factor).proves !== 'code')
    throw invalid('factorType', 'factorType: Nothing is sent for this factor');
  if (world.now() - (factor.proof.sentAt ?? 0) < FACTOR_RESEND_AFTER_MS) throw refuse('E0000109');
  return challenge(world, who, factor);
}

/** Asks for proof, or takes it. Throws E0000068 for a wrong code or answer, E0000082 for a code that was used. */
export function verifyFactor(
  world: World,
  who: Who,
  userId: string,
  id: string,
  input: { passCode?: string; answer?: string } | undefined,
): 'CHALLENGE' | 'SUCCESS' {
  const factor = findFactor(world, userId, id);
  if (factor.status !== 'ACTIVE') throw refuse('E0000107');
  const said = input?.passCode ?? input?.answer;
  if (said === undefined && kindOf(factor).proves === 'code') {
    challenge(world, who, factor);
    return 'CHALLENGE';
  }
  if (kindOf(factor).proves !== 'answer' && said === factor.proof.lastUsed) throw refuse('E0000082');
  prove(world, factor, said);
  world.update(factors, keyOf(factor), { proof: { ...factor.proof, lastUsed: said as string } });
  record(world, who, {
    eventType: 'user.authentication.auth_via_mfa',
    displayMessage: 'Authentication of user via MFA',
    target: [userTarget(findUser(world, userId))],
  });
  return 'SUCCESS';
}

/** Removes a factor. */
export function unenrolFactor(world: World, who: Who, userId: string, id: string): void {
  const factor = findFactor(world, userId, id);
  world.remove(factors, keyOf(factor));
  const user = findUser(world, userId);
  log(world, who, user, factor, 'deactivate');
  tellOfFactor(world, who, user, 'AuthenticatorReset', factor);
}

/** Removes all factors of a user. */
export function removeFactors(world: World, userId: string): void {
  for (const factor of world.list(factors, { prefix: `${userId}/` }).toArray())
    world.remove(factors, keyOf(factor));
}

/** Tells a person by mail that a factor of theirs came or went. */
export function tellOfFactor(world: World, who: Who, user: User, kind: string, { factorType }: Factor): void {
  const values = { authenticatorName: NAMES[factorType] ?? factorType };
  send(world, { user, by: 'email', to: user.profile.email, kind, values, who });
}

const NAMES: Readonly<Record<string, string>> = {
  'token:software:totp': 'Okta Verify',
  sms: 'SMS Authentication',
  call: 'Voice Call Authentication',
  email: 'Email Authentication',
  question: 'Security Question',
};

/** Makes a new code and sends it. */
function challenge(world: World, who: Who, factor: Factor): Factor {
  const changed = world.update(factors, keyOf(factor), {
    proof: proofOf(world, kindOf(factor), factor.id, {}),
  });
  sendCode(world, who, findUser(world, factor.userId), changed);
  return changed;
}

/** Sends the code of a factor to where the factor is: a mail says whether it is set up or used. */
function sendCode(world: World, who: Who, user: User, { factorType, profile, status, proof }: Factor): void {
  const { code } = proof;
  if (!code || (factorType !== 'sms' && factorType !== 'call' && factorType !== 'email')) return;
  const isMail = factorType === 'email';
  const template = status === 'ACTIVE' ? 'EmailChallenge' : 'EmailFactorVerification';
  send(world, {
    user,
    by: factorType,
    to: String(isMail ? profile.email : profile.phoneNumber),
    kind: isMail ? template : 'SMS_VERIFY_CODE',
    values: { code, ...(isMail ? { oneTimePassword: code, verificationToken: code } : {}) },
    who,
  });
}

const keyOf = (factor: Factor): string => `${factor.userId}/${factor.id}`;

function prove(world: World, { proof, ...factor }: Factor, said: string | undefined): void {
  const { proves } = kindOf(factor);
  if (!said) throw blank(proves === 'answer' ? 'answer' : 'passCode');
  const fresh = world.now() - (proof.sentAt ?? 0) < FACTOR_CODE_LASTS_MS;
  const right =
    proves === 'time'
      ? isTotp(proof.sharedSecret ?? '', said, world.now())
      : proves === 'answer'
        ? proof.answer === digest(said)
        : fresh && proof.code === said;
  if (!right)
    throw refuse('E0000068', { causes: ["Your passcode doesn't match our records. Please try again."] });
}

function profileOf(kind: Kind, user: User, sent: Record<string, unknown>): Record<string, unknown> {
  if (kind.proves === 'time') return { credentialId: user.profile.login };
  const value = sent[kind.needs as string] ?? (kind.needs === 'email' ? user.profile.email : undefined);
  if (!value) throw blank(kind.needs as string);
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

function proofOf(world: World, kind: Kind, id: string, sent: Record<string, unknown>): Proof {
  if (kind.proves === 'answer') return { answer: digest(String(sent.answer ?? '')) };
  if (kind.proves === 'time')
    return { sharedSecret: world.secret(['okta.factor', id], SECRET_CHARS, BASE32) };
  const code = world.secret(['okta.factorCode', id, world.next('okta.factorCode')], CODE_CHARS, '0123456789');
  return { code, sentAt: world.now() };
}

const digest = (answer: string): string =>
  createHash('sha256').update(answer.toLowerCase()).digest('base64url');

function log(world: World, who: Who, user: User, factor: Factor, verb: string): void {
  record(world, who, {
    eventType: `user.mfa.factor.${verb}`,
    displayMessage: `${verb} factor for user`,
    target: [userTarget(user)],
    debugData: { factor: factor.factorType },
  });
}
