/** What somebody does in a sign-in: say who they are, choose by what to show it, show it, give up. */
import type { World } from '../../../../src/world/world.ts';
import { FACTOR_CODE_LASTS_MS, FACTOR_RESEND_AFTER_MS } from '../../limits.ts';
import { pushChallenges } from '../../world/signIn.ts';
import { askAnew, type Factor, findFactor, logVerified, takeProof } from '../authenticators/factor.ts';
import { kindOf } from '../authenticators/factorKind.ts';
import { newCode, type Said } from '../authenticators/factorProof.ts';
import { pushTo, resultOf } from '../authenticators/pushChallenge.ts';
import { send } from '../mail/outgoing.ts';
import { setPassword } from '../people/credentialChange.ts';
import { checkOwnChoice, mayHelpThemselves, passwordSettingsOf } from '../people/passwordPolicy.ts';
import { findUser, type User, whoIs } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import { enrolmentPolicyOf } from '../signIn/enrolment.ts';
import { type Means, meansOf } from '../signIn/means.ts';
import { byNameAlone, type From, personNamed, tryPassword } from '../signIn/passwordAttempt.ts';
import type { Proof } from '../signIn/proof.ts';
import type { Method } from '../signIn/requirement.ts';
import { endSessionsOf } from '../signIn/session.ts';
import { contextFrom } from '../signIn/sessionPolicy.ts';
import { advance, remaining } from './advance.ts';
import { Refused, tell } from './refused.ts';
import { type IdxTransaction, moveIdx } from './transaction.ts';

/** Somebody says who they are, and may show a password at once. */
export function identify(
  world: World,
  from: From,
  transaction: IdxTransaction,
  said: { identifier?: string; passcode?: string | undefined; remember?: boolean },
): IdxTransaction {
  const identifier = String(said.identifier ?? '').trim();
  if (identifier === '') throw new Refused('identifier', tell.blank);
  const known = personNamed(world, identifier);
  const kept = { identifier, ...(said.remember ? { remember: true as const } : {}) };
  if (transaction.stage === 'IDENTIFY_RECOVERY' || transaction.stage === 'UNLOCK') {
    if (!known) throw new Refused(undefined, tell.failed);
    return recovering(world, from, moveIdx(world, transaction, { ...kept, userId: known.id }));
  }
  const alone = known && byNameAlone(world, known);
  if (known && alone)
    return advance(world, from, moveIdx(world, transaction, { ...kept, userId: known.id, proofs: [alone] }));
  if (said.passcode !== undefined) return byPassword(world, from, transaction, kept, said.passcode);
  if (!known || known.status === 'DEPROVISIONED')
    throw new Refused(undefined, tell.failed, () => tryPassword(world, from, identifier, ''));
  return advance(world, from, moveIdx(world, transaction, { ...kept, userId: known.id }));
}

function byPassword(
  world: World,
  from: From,
  transaction: IdxTransaction,
  kept: Partial<IdxTransaction> & { identifier: string },
  password: string,
): IdxTransaction {
  const tried = tryPassword(world, from, kept.identifier, password);
  if (tried.is === 'LOCKED_OUT' && tried.shown) throw new Refused(undefined, tell.locked);
  if (tried.is !== 'RIGHT')
    throw transaction.stage === 'CHALLENGE'
      ? new Refused('passcode', tell.wrongPassword)
      : new Refused(undefined, tell.failed);
  const proofs = [...transaction.proofs.filter(({ key }) => key !== 'okta_password'), tried.proof];
  return advance(world, from, moveIdx(world, transaction, { ...kept, userId: tried.user.id, proofs }));
}

/** What somebody has by which they could show who they are, or recover. */
export function meansOfIdx(world: World, from: From, transaction: IdxTransaction): Means[] {
  const user = findUser(world, transaction.userId ?? '');
  return meansOf(world, user, enrolmentPolicyOf(world, contextFrom(world, from, user)));
}

/** Somebody chooses by what to show it; what has to be sent is sent. */
export function challenge(
  world: World,
  from: From,
  transaction: IdxTransaction,
  chosen: { key: string; method?: string | undefined },
): IdxTransaction {
  const user = findUser(world, transaction.userId ?? '');
  const may = choices(world, from, transaction).filter(({ key }) => key === chosen.key);
  const means = meansOfIdx(world, from, transaction).find((one) => one.authenticator.key === chosen.key);
  const method = means?.methods.find(
    (one) =>
      (chosen.method === undefined || one.method === chosen.method) &&
      may.some((other) => other.method === one.method),
  );
  if (!means || !method) throw new Refused(undefined, tell.noSuchAuthenticator);
  const current = {
    key: chosen.key,
    method: method.method,
    ...(method.factor ? { factorId: method.factor.id } : {}),
  };
  const who = { ...whoIs(user), ...from };
  const asked = method.factor ? askFactor(world, who, method.factor) : {};
  const code =
    method.factor || chosen.key !== 'okta_email' ? {} : { code: mailCode(world, from, user, transaction) };
  return moveIdx(world, transaction, {
    stage: 'CHALLENGE',
    current: { ...current, ...asked, ...code },
    message: undefined,
  });
}

function askFactor(world: World, who: ReturnType<typeof whoIs>, factor: Factor): { pushId?: string } {
  const { proves } = kindOf(factor);
  if (proves === 'push') return { pushId: pushTo(world, who, factor).id };
  if (proves === 'code' || proves === 'signature') askAnew(world, who, factor);
  return {};
}

/** A code to the address that the org knows anyway. */
export function mailCode(
  world: World,
  from: From,
  user: User,
  { intent }: IdxTransaction,
): { text: string; sentAt: number } {
  const { code, sentAt } = newCode(world, user.id);
  send(world, {
    user,
    by: 'email',
    to: user.profile.email,
    kind: intent === 'CREDENTIAL_RECOVERY' ? 'ForgotPassword' : 'EmailChallenge',
    values: { code, oneTimePassword: code, verificationToken: code },
    who: { ...whoIs(user), ...from },
  });
  return { text: code, sentAt };
}

/** Somebody shows what they chose. A password that is wrong is counted, whatever else comes of it. */
export function answer(world: World, from: From, transaction: IdxTransaction, said: Said): IdxTransaction {
  const { current } = transaction;
  if (!current) throw new Refused(undefined, tell.expired);
  if (current.key === 'okta_password') {
    if (!said.passCode) throw new Refused('passcode', tell.blank);
    return byPassword(world, from, transaction, { identifier: transaction.identifier ?? '' }, said.passCode);
  }
  const user = findUser(world, transaction.userId ?? '');
  const who = { ...whoIs(user), ...from };
  if (current.factorId !== undefined) {
    const factor = findFactor(world, user.id, current.factorId);
    takeProof(world, who, factor, said);
  } else takeCode(world, current.code, said.passCode);
  return shown(world, from, transaction, { ...current, at: world.now() });
}

/** Checks a code that was sent where there is no factor. */
export function takeCode(
  world: World,
  code: { text: string; sentAt: number } | undefined,
  said: string | undefined,
): void {
  if (!said) throw new Refused('passcode', tell.blank);
  const isFresh = world.now() - (code?.sentAt ?? 0) < FACTOR_CODE_LASTS_MS;
  if (!isFresh || code?.text !== said) throw new Refused('passcode', tell.wrongCode);
}

/** Something was shown: for a recovery it opens what was locked, else it counts towards the sign-in. */
function shown(
  world: World,
  from: From,
  transaction: IdxTransaction,
  { key, method, factorId, at }: Proof,
): IdxTransaction {
  const proof = { key, method, at, ...(factorId === undefined ? {} : { factorId }) };
  const user = findUser(world, transaction.userId ?? '');
  if (transaction.intent === 'CREDENTIAL_RECOVERY' && transaction.recoveredBy === undefined)
    return moveIdx(world, transaction, {
      stage: 'RESET',
      current: undefined,
      recoveredBy: key,
      proofs: [proof],
    });
  if (transaction.intent === 'UNLOCK') {
    if (user.status === 'LOCKED_OUT') run(world, { ...whoIs(user), ...from }, user.id, 'unlockThemselves');
    return moveIdx(world, transaction, { stage: 'OVER', current: undefined, message: tell.unlocked });
  }
  return advance(world, from, moveIdx(world, transaction, { proofs: [...transaction.proofs, proof] }));
}

/** Looks how a phone was answered. */
export function poll(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const { current, userId } = transaction;
  const asked = current?.pushId === undefined ? undefined : world.get(pushChallenges, current.pushId);
  if (!current || !asked) return transaction;
  const result = resultOf(world, asked);
  if (result === 'WAITING') return transaction;
  if (result !== 'SUCCESS')
    return moveIdx(world, transaction, {
      stage: 'SELECT',
      current: undefined,
      message: result === 'REJECTED' ? tell.pushRejected : tell.pushTimedOut,
    });
  const user = findUser(world, userId ?? '');
  logVerified(world, { ...whoIs(user), ...from }, findFactor(world, user.id, current.factorId ?? ''));
  return shown(world, from, transaction, { ...current, at: world.now() });
}

/** Sends a code, or asks a phone, once more. Refused within half a minute of the code before. */
export function resend(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const { current } = transaction;
  if (!current) throw new Refused(undefined, tell.expired);
  const user = findUser(world, transaction.userId ?? '');
  const who = { ...whoIs(user), ...from };
  const factor = current.factorId === undefined ? undefined : findFactor(world, user.id, current.factorId);
  const sentAt = factor?.proof.sentAt ?? current.code?.sentAt ?? 0;
  if (world.now() - sentAt < FACTOR_RESEND_AFTER_MS) throw new Refused(undefined, tell.tooSoon);
  const asked = factor ? askFactor(world, who, factor) : { code: mailCode(world, from, user, transaction) };
  return moveIdx(world, transaction, { current: { ...current, ...asked } });
}

/** Chooses a new password where the old one was forgotten or is expired. */
export function renew(
  world: World,
  from: From,
  transaction: IdxTransaction,
  said: { passcode?: string; revokeSessions?: boolean },
): IdxTransaction {
  const user = findUser(world, transaction.userId ?? '');
  if (!said.passcode) throw new Refused('passcode', tell.blank);
  checkOwnChoice(world, user, said.passcode);
  const who = { ...whoIs(user), ...from };
  setPassword(
    world,
    who,
    user,
    said.passcode,
    transaction.stage === 'RESET' ? 'reset_password' : 'update_password',
  );
  if (said.revokeSessions) endSessionsOf(world, who, user.id);
  const proof = { key: 'okta_password', method: 'password', at: world.now() };
  const others = transaction.proofs.filter(({ key }) => key !== 'okta_password');
  return advance(world, from, moveIdx(world, transaction, { proofs: [...others, proof] }));
}

/** Somebody forgot the password, or is locked out. */
export function recover(
  world: World,
  from: From,
  transaction: IdxTransaction,
  intent: 'CREDENTIAL_RECOVERY' | 'UNLOCK',
): IdxTransaction {
  const moved = moveIdx(world, transaction, {
    ...{ intent, proofs: [], current: undefined, message: undefined, recoveredBy: undefined },
    stage: intent === 'UNLOCK' ? 'UNLOCK' : 'IDENTIFY_RECOVERY',
  });
  return intent === 'CREDENTIAL_RECOVERY' && moved.userId ? recovering(world, from, moved) : moved;
}

/** Whether, and by what, the policy lets somebody recover. */
function recovering(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const user = findUser(world, transaction.userId ?? '');
  const unlocks = transaction.intent === 'UNLOCK';
  const what = unlocks ? 'selfServiceUnlock' : 'selfServicePasswordReset';
  const may =
    (unlocks ? user.status === 'LOCKED_OUT' : RECOVERS.has(user.status)) &&
    mayHelpThemselves(world, user, what, contextFrom(world, from, user)) &&
    recoveryMethods(world, from, transaction).length > 0;
  return may
    ? moveIdx(world, transaction, { stage: 'SELECT' })
    : moveIdx(world, transaction, { stage: 'OVER', message: tell.notAllowed });
}

const RECOVERS: ReadonlySet<string> = new Set(['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']);

/** By what somebody may recover: what the password policy names, and they have. */
function recoveryMethods(world: World, from: From, transaction: IdxTransaction): Method[] {
  const user = findUser(world, transaction.userId ?? '');
  const { okta_email, okta_sms, okta_call } = passwordSettingsOf(world, user).recovery.factors;
  const named = new Set([
    ...(okta_email.status === 'ACTIVE' ? ['email'] : []),
    ...(okta_sms.status === 'ACTIVE' ? ['sms'] : []),
    ...(okta_call.status === 'ACTIVE' ? ['voice'] : []),
  ]);
  return meansOfIdx(world, from, transaction).flatMap(({ authenticator, methods }) =>
    methods
      .filter(({ method }) => named.has(method))
      .map(({ method }) => ({ key: authenticator.key, method })),
  );
}

/** What may be chosen now. */
export function choices(world: World, from: From, transaction: IdxTransaction): Method[] {
  if (transaction.intent === 'CREDENTIAL_RECOVERY' && transaction.recoveredBy === undefined)
    return recoveryMethods(world, from, transaction);
  if (transaction.intent === 'UNLOCK') return recoveryMethods(world, from, transaction);
  const left = remaining(world, from, transaction);
  return left === 'DENIED' ? [] : left.show;
}

/** Puts off what nobody insists on. */
export const skip = (world: World, from: From, transaction: IdxTransaction): IdxTransaction =>
  advance(world, from, moveIdx(world, transaction, { skipped: true }));
