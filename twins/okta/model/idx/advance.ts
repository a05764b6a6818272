/** How far a sign-in gets by what was shown so far: the policies of the org and of the app decide. */
import type { World } from '../../../../src/world/world.ts';
import { factorsOf } from '../authenticators/factor.ts';
import { kindOf } from '../authenticators/factorKind.ts';
import { passwordDaysLeft } from '../people/passwordPolicy.ts';
import { findUser, type User, whoIs } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import { enrollingOf, enrolmentPolicyOf } from '../signIn/enrolment.ts';
import { enrollable, meansOf } from '../signIn/means.ts';
import { type From, fail } from '../signIn/passwordAttempt.ts';
import { isRemembered } from '../signIn/rememberedDevice.ts';
import {
  acrCheck,
  appRequirement,
  isSatisfied,
  type Method,
  nextMethods,
  sessionChecks,
} from '../signIn/requirement.ts';
import { contextFrom, decideSession, sessionRuleOf } from '../signIn/sessionPolicy.ts';
import { appOfIdx, type Current, type IdxTransaction, type Message, moveIdx } from './transaction.ts';

const DENIED: Message = {
  message: 'You do not have permission to perform the requested action.',
  key: 'security.access_denied',
  class: 'ERROR',
};

/** Takes a sign-in of a person who is known to what comes next. */
export function advance(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const user = findUser(world, transaction.userId ?? '');
  const to = (stage: IdxTransaction['stage'], more: Partial<IdxTransaction> = {}) =>
    moveIdx(world, transaction, { current: undefined, message: undefined, stage, ...more });
  const denied = () => {
    fail(world, from, user, 'Sign-on policy evaluation resulted in DENY');
    return to('OVER', { message: DENIED });
  };
  const hasShownPassword = transaction.proofs.some(({ key }) => key === 'okta_password');
  const daysLeft = passwordDaysLeft(world, user);
  const isOver = user.status === 'PASSWORD_EXPIRED' || (daysLeft !== undefined && daysLeft <= 0);
  if (hasShownPassword && isOver) {
    if (user.status === 'ACTIVE') run(world, whoIs(user), user.id, 'expirePassword');
    return to('REENROLL');
  }
  if (transaction.intent === 'CREDENTIAL_ENROLLMENT' && isEnrolling(world, from, transaction))
    return to('SELECT_ENROLL');
  const next = remaining(world, from, transaction);
  if (next === 'DENIED') return denied();
  const [only, ...others] = next.show;
  if (only && others.length === 0 && AT_ONCE.has(only.method))
    return to('CHALLENGE', { current: currentOf(world, user, only) });
  if (only) return to('SELECT');
  if (next.enrol.length > 0) return to('SELECT_ENROLL');
  if (!next.satisfied) return denied();
  if (isEnrolling(world, from, transaction)) return to('SELECT_ENROLL');
  return to('DONE');
}

/** For these nothing has to be sent: where there is but one of them, it is asked for at once. */
const AT_ONCE: ReadonlySet<string> = new Set(['password', 'totp', 'otp', 'security_question']);

function currentOf(world: World, user: User, { key, method }: Method): Current {
  const factor = factorsOf(world, user.id).find(
    (one) => one.status === 'ACTIVE' && kindOf(one).key === key && kindOf(one).method === method,
  );
  return { key, method, ...(factor ? { factorId: factor.id } : {}) };
}

/** What is still to be shown, or set up and shown. */
export interface Remaining {
  satisfied: boolean;
  show: Method[];
  enrol: Method[];
}

/** What the policies still want. */
export function remaining(world: World, from: From, transaction: IdxTransaction): Remaining | 'DENIED' {
  const user = findUser(world, transaction.userId ?? '');
  const { proofs, deviceToken, request } = transaction;
  const session = sessionRuleOf(world, from, user);
  const app = appOfIdx(world, transaction);
  const own = app && appRequirement(world, from, user, app, transaction.startedAt);
  if (session.access === 'DENY' || own?.access === 'DENY') return 'DENIED';
  const acr = (request?.acr_values ?? '').split(/\s+/).flatMap((one) => acrCheck(one) ?? []);
  const checks = [
    ...sessionChecks(session, isRemembered(world, user.id, deviceToken)),
    ...(own?.checks ?? []),
    ...acr,
  ];
  if (isSatisfied(checks, proofs)) return { satisfied: true, show: [], enrol: [] };
  const policy = enrolmentPolicyOf(world, contextFrom(world, from, user));
  const has = meansOf(world, user, policy).flatMap(({ authenticator, methods }) =>
    methods.map(({ method }) => ({ key: authenticator.key, method })),
  );
  const times = { now: world.now(), startedAt: transaction.startedAt };
  const show = nextMethods(checks, proofs, has, times);
  if (show.length > 0) return { satisfied: false, show, enrol: [] };
  const may = enrollable(world, user, policy).flatMap(({ authenticator, methods }) =>
    methods.map((method) => ({ key: authenticator.key, method })),
  );
  const both = nextMethods(checks, proofs, [...has, ...may], times);
  const enrol = both.filter((one) => may.some(({ key, method }) => key === one.key && method === one.method));
  // What they have comes first: nobody sets anything up who has shown nothing.
  const first = both.filter((one) => !enrol.includes(one));
  return { satisfied: false, show: first, enrol: first.length > 0 ? [] : enrol };
}

/** Whether something is still to be set up that the enrolment policy, or registration, requires. */
function isEnrolling(world: World, from: From, transaction: IdxTransaction): boolean {
  const user = findUser(world, transaction.userId ?? '');
  const policy = enrolmentPolicyOf(world, contextFrom(world, from, user));
  const registers = transaction.intent === 'CREDENTIAL_ENROLLMENT';
  const open = enrollable(world, user, policy).filter(
    ({ authenticator: { key } }) =>
      enrollingOf(policy, key) === 'REQUIRED' ||
      (registers && (key === 'okta_password' || key === 'okta_email')),
  );
  return (registers || policy.now) && open.length > 0;
}

/** Writes down what the session's policy came to; where it is not denied, that is what the session lasts. */
export const sessionTermsOf = (world: World, from: From, userId: string) =>
  decideSession(world, from, findUser(world, userId)).terms;
