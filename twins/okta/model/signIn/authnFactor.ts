/** Second factors in a transaction of the Authentication API: set up, asked for, shown. */
import type { World } from '../../../../src/world/world.ts';
import { notFound, refuse } from '../../errors.ts';
import { pushChallenges } from '../../world/signIn.ts';
import {
  activateFactor,
  askAnew,
  enrolFactor,
  type Factor,
  type FactorInput,
  factorsOf,
  findFactor,
  logVerified,
  resendFactor,
  takeProof,
  unenrolFactor,
} from '../authenticators/factor.ts';
import { kindOf } from '../authenticators/factorKind.ts';
import type { Said } from '../authenticators/factorProof.ts';
import { pushTo, resultOf } from '../authenticators/pushChallenge.ts';
import { findUser, whoIs } from '../people/user.ts';
import {
  type AuthnResult,
  type AuthnState,
  type AuthnTransaction,
  enter,
  findTransaction,
  proceed,
} from './authn.ts';
import { enrolmentPolicyOf, offeredFactors, usableFactors } from './enrolment.ts';
import type { From } from './passwordAttempt.ts';
import { rememberDevice } from './rememberedDevice.ts';
import { contextFrom, sessionRuleOf } from './sessionPolicy.ts';

/** What somebody says to a factor of theirs, within a transaction. */
export type FactorStep = Said & { stateToken?: string };

/** Sets a factor up. Throws E0000011, E0000079, and what `enrolFactor` throws; E0000006 for one that may not be. */
export function enrol(
  world: World,
  from: From,
  input: (FactorInput & { stateToken?: string }) | undefined,
): AuthnResult {
  const found = findTransaction(world, input?.stateToken, 'MFA_ENROLL');
  const user = findUser(world, found.userId);
  const policy = enrolmentPolicyOf(world, contextFrom(world, from, user));
  const offered = offeredFactors(world, user, policy);
  const may = offered.some((one) => one.factorType === input?.factorType && one.provider === input.provider);
  if (input?.factorType && !may) throw refuse('E0000006');
  const factor = enrolFactor(world, { ...whoIs(user), ...from }, user.id, input, false);
  if (factor.status === 'ACTIVE') return proven(world, from, found, factor);
  return { state: enter(world, { ...found, status: 'MFA_ENROLL_ACTIVATE', factorId: factor.id }) };
}

/** Proves a factor that is being set up; a phone proves itself, and is asked how far it is. */
export function activate(
  world: World,
  from: From,
  factorId: string,
  input: FactorStep | undefined,
): AuthnResult {
  const found = findTransaction(world, input?.stateToken, 'MFA_ENROLL_ACTIVATE');
  const factor = ownFactor(world, found, factorId);
  if (factor.status === 'ACTIVE') return proven(world, from, found, factor);
  const user = findUser(world, found.userId);
  const now = activateFactor(world, { ...whoIs(user), ...from }, user.id, factorId, input);
  return now.status === 'ACTIVE' ? proven(world, from, found, now) : { state: enter(world, found) };
}

/** Sends the code of a factor that is being set up, or asked for, once more. */
export function resend(world: World, from: From, factorId: string, token: unknown): AuthnState {
  const found = findTransaction(world, token, 'MFA_ENROLL_ACTIVATE', 'MFA_CHALLENGE');
  ownFactor(world, found, factorId);
  resendFactor(world, { ...whoIs(findUser(world, found.userId)), ...from }, found.userId, factorId);
  return enter(world, found);
}

/** Asks for a factor, takes what is said for it, or looks whether somebody has tapped. Throws E0000068, E0000082. */
export function verify(
  world: World,
  from: From,
  factorId: string,
  input: FactorStep | undefined,
  remember: boolean,
): AuthnResult {
  const found = findTransaction(world, input?.stateToken, 'MFA_REQUIRED', 'MFA_CHALLENGE');
  const factor = ownFactor(world, found, factorId);
  const user = findUser(world, found.userId);
  if (
    !usableFactors(world, user, enrolmentPolicyOf(world, contextFrom(world, from, user))).some(
      (one) => one.id === factorId,
    )
  )
    throw notFound(factorId, 'UserFactor');
  const { proves } = kindOf(factor);
  if (proves === 'push') return push(world, from, found, factor, remember);
  const said = input?.passCode ?? input?.answer ?? input?.signatureData;
  if (said === undefined && (proves === 'code' || proves === 'signature')) {
    askAnew(world, { ...whoIs(user), ...from }, factor);
    const { pushId: _, factorResult: __, ...rest } = found;
    return { state: enter(world, { ...rest, status: 'MFA_CHALLENGE', factorId }) };
  }
  takeProof(world, { ...whoIs(user), ...from }, factor, input);
  return proven(world, from, found, factor, remember);
}

/** The first call asks the phone, later ones look how it answered; after a refusal the next one asks anew. */
function push(
  world: World,
  from: From,
  found: AuthnTransaction,
  factor: Factor,
  remember: boolean,
): AuthnResult {
  const asked =
    found.factorId === factor.id && found.pushId ? world.get(pushChallenges, found.pushId) : undefined;
  const over = found.factorResult === 'REJECTED' || found.factorResult === 'TIMEOUT';
  if (!asked || over) {
    const { id } = pushTo(world, { ...whoIs(findUser(world, found.userId)), ...from }, factor);
    const underway = { ...found, factorId: factor.id, pushId: id, factorResult: 'WAITING' as const };
    return { state: enter(world, { ...underway, status: 'MFA_CHALLENGE' }) };
  }
  const factorResult = resultOf(world, asked);
  if (factorResult !== 'SUCCESS')
    return { state: enter(world, { ...found, status: 'MFA_CHALLENGE', factorResult }) };
  logVerified(world, { ...whoIs(findUser(world, found.userId)), ...from }, factor);
  return proven(world, from, found, factor, remember);
}

/** A factor was shown: on to what comes next. */
function proven(
  world: World,
  from: From,
  found: AuthnTransaction,
  factor: Factor,
  remember = false,
): AuthnResult {
  const { key, method } = kindOf(factor);
  const { factorId: _, pushId: __, factorResult: ___, ...rest } = found;
  if (remember && found.deviceToken !== undefined) {
    const { factorLifetimeMinutes, factorPromptMode } = sessionRuleOf(
      world,
      from,
      findUser(world, found.userId),
    );
    if (factorPromptMode !== 'ALWAYS')
      rememberDevice(world, found.userId, found.deviceToken, factorLifetimeMinutes);
  }
  const proof = { key, method, at: world.now(), factorId: factor.id };
  return proceed(world, from, { ...rest, proofs: [...found.proofs, proof] });
}

/** Back to the choice of a factor; one that was about to be set up is given up. Throws E0000079. */
export function previous(world: World, from: From, token: unknown): AuthnState {
  const found = findTransaction(world, token, 'MFA_CHALLENGE', 'MFA_ENROLL_ACTIVATE');
  const { factorId, pushId: _, factorResult: __, ...rest } = found;
  if (found.status === 'MFA_CHALLENGE') return enter(world, { ...rest, status: 'MFA_REQUIRED' });
  const user = findUser(world, found.userId);
  const pending = factorsOf(world, user.id).find((one) => one.id === factorId);
  if (pending?.status === 'PENDING_ACTIVATION')
    unenrolFactor(world, { ...whoIs(user), ...from }, user.id, pending.id);
  return enter(world, { ...rest, status: 'MFA_ENROLL' });
}

const ownFactor = (world: World, { userId }: AuthnTransaction, factorId: string): Factor =>
  findFactor(world, userId, factorId);
