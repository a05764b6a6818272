/** States of the Authentication API as they are shown. */
import type { World } from '../../../src/world/world.ts';
import { link } from '../links.ts';
import { type Factor, factorsOf, findFactor } from '../model/authenticators/factor.ts';
import { kindOf } from '../model/authenticators/factorKind.ts';
import { passwordDaysLeft, passwordSettingsOf } from '../model/people/passwordPolicy.ts';
import { briefProfile, type User } from '../model/people/user.ts';
import type { AuthnState, AuthnTransaction } from '../model/signIn/authn.ts';
import { enrolmentPolicyOf, offeredFactors, usableFactors } from '../model/signIn/enrolment.ts';
import { contextFrom, sessionRuleOf } from '../model/signIn/sessionPolicy.ts';
import { stamp } from '../time.ts';
import { activationView } from './factors.ts';

type View = Record<string, unknown>;

const AT = '/api/v1/authn';
const NOBODY = {};

/** A state; what it does not have is left out. */
export function stateView(world: World, state: AuthnState): View {
  const { status, transaction, session, user, recoveryToken } = state;
  const endsAt = transaction?.expiresAt ?? session?.endsAt ?? recoveryToken?.expiresAt;
  const embedded = embeddedOf(world, state);
  return {
    ...(transaction ? { stateToken: transaction.token } : {}),
    ...(endsAt === undefined ? {} : { expiresAt: stamp(endsAt) }),
    status,
    ...(transaction?.factorResult ? { factorResult: transaction.factorResult } : {}),
    ...(status === 'RECOVERY_CHALLENGE' && !transaction ? { factorResult: 'WAITING' } : {}),
    ...(state.relayState === undefined ? {} : { relayState: state.relayState }),
    ...(state.factorType ? { factorType: state.factorType } : {}),
    ...(state.recoveryType ? { recoveryType: state.recoveryType } : {}),
    ...(recoveryToken ? { recoveryToken: recoveryToken.text } : {}),
    ...(session ? { sessionToken: session.token } : {}),
    ...(embedded && user ? { _embedded: embedded } : {}),
    ...linksView(world, state),
  };
}

/** Who is underway is shown once they have shown a password. */
function embeddedOf(world: World, state: AuthnState): View | undefined {
  const { status, user, transaction } = state;
  if (!user || status === 'RECOVERY_CHALLENGE') return undefined;
  if (status === 'LOCKED_OUT') return NOBODY;
  return { user: personView(user, state), ...(transaction ? PARTS[status]?.(world, user, transaction) : {}) };
}

const personView = ({ id, passwordChanged, profile, credentials }: User, { status }: AuthnState): View => ({
  id,
  passwordChanged,
  profile: briefProfile(profile),
  ...(status === 'RECOVERY' && credentials.recovery_question
    ? { recovery_question: { question: credentials.recovery_question.question } }
    : {}),
});

type Part = (world: World, user: User, transaction: AuthnTransaction) => View;

const complexity: Part = (world, user) => {
  const { password } = passwordSettingsOf(world, user);
  const { dictionary: _, excludeAttributes: __, ...shown } = password.complexity;
  const daysLeft = passwordDaysLeft(world, user);
  const { minAgeMinutes, historyCount } = password.age;
  return {
    policy: {
      ...(daysLeft === undefined ? {} : { expiration: { passwordExpireDays: Math.max(0, daysLeft) } }),
      complexity: shown,
      age: { minAgeMinutes, historyCount },
    },
  };
};

const asked: Part = (world, user, { factorId }) => ({
  factor: factorView(findFactor(world, user.id, factorId ?? '')),
});

const PARTS: Partial<Record<AuthnState['status'], Part>> = {
  PASSWORD_EXPIRED: complexity,
  PASSWORD_WARN: complexity,
  PASSWORD_RESET: complexity,
  MFA_REQUIRED: (world, user) => {
    const rule = sessionRuleOf(world, {}, user);
    const policy = enrolmentPolicyOf(world, contextFrom(world, {}, user));
    return {
      factors: usableFactors(world, user, policy).map((one) => ({
        ...factorView(one),
        _links: { verify: link(world, `${AT}/factors/${one.id}/verify`, 'POST') },
      })),
      policy: {
        allowRememberDevice: rule.factorPromptMode !== 'ALWAYS',
        rememberDeviceLifetimeInMinutes: rule.factorPromptMode === 'ALWAYS' ? 0 : rule.factorLifetimeMinutes,
        rememberDeviceByDefault: rule.rememberDeviceByDefault,
        factorsPolicyInfo: {},
      },
    };
  },
  MFA_ENROLL: (world, user) => {
    const policy = enrolmentPolicyOf(world, contextFrom(world, {}, user));
    return {
      factors: offeredFactors(world, user, policy).map(({ kind: _, ...one }) => ({
        ...one,
        _links: { enroll: link(world, `${AT}/factors`, 'POST') },
      })),
    };
  },
  MFA_CHALLENGE: (world, user, transaction) => {
    const factor = findFactor(world, user.id, transaction.factorId ?? '');
    const { webauthn } = factor.proof;
    const challenge = webauthn ? { challenge: { challenge: webauthn.challenge, extensions: {} } } : undefined;
    return { factor: { ...factorView(factor), ...(challenge ? { _embedded: challenge } : {}) } };
  },
  MFA_ENROLL_ACTIVATE: (world, user, transaction) => {
    const factor = findFactor(world, user.id, transaction.factorId ?? '');
    const activation = activationView(world, `${AT}/factors/${factor.id}`, factor);
    const shown = (asked(world, user, transaction) as { factor: View }).factor;
    return { factor: { ...shown, ...(activation ? { _embedded: { activation } } : {}) } };
  },
};

/** A factor as somebody sees it who has not shown it yet. */
const factorView = ({ id, factorType, provider, vendorName, profile }: Factor): View => ({
  id,
  factorType,
  provider,
  vendorName,
  profile: masked(profile),
});

/** Enough of a number or an address to know it by. */
export function masked(profile: Record<string, unknown>): View {
  const { phoneNumber, email, ...rest } = profile;
  return {
    ...rest,
    ...(typeof phoneNumber === 'string' ? { phoneNumber: maskedPhone(phoneNumber) } : {}),
    ...(typeof email === 'string' ? { email: maskedEmail(email) } : {}),
  };
}

const maskedPhone = (number: string): string => `${number.slice(0, 2)} XXX-XXX-${number.slice(-4)}`;

function maskedEmail(address: string): string {
  const [name = '', host = ''] = address.split('@');
  return `${name[0] ?? ''}...${name.at(-1) ?? ''}@${host}`;
}

/** Where each state leads to, and what the link is called. */
const NEXT: Partial<Record<AuthnState['status'], readonly [name: string, path: string]>> = {
  PASSWORD_EXPIRED: ['changePassword', '/credentials/change_password'],
  PASSWORD_WARN: ['changePassword', '/credentials/change_password'],
  PASSWORD_RESET: ['resetPassword', '/credentials/reset_password'],
  RECOVERY: ['answer', '/recovery/answer'],
  LOCKED_OUT: ['unlock', '/recovery/unlock'],
};

function linksView(world: World, state: AuthnState): View {
  const { status, transaction, recoveryToken } = state;
  const to = (path: string) => link(world, AT + path, 'POST');
  const cancel = { cancel: to('/cancel') };
  const next = recoveryToken ? (['recovery', '/recovery/token'] as const) : NEXT[status];
  const named = next ? { next: { name: next[0], ...to(next[1]) } } : {};
  if (status === 'LOCKED_OUT') return { _links: named };
  if (recoveryToken) return { _links: named };
  if (!transaction) return status === 'SUCCESS' && state.session ? { _links: cancel } : {};
  const skip =
    status === 'PASSWORD_WARN' || isOptional(world, state) ? { skip: { name: 'skip', ...to('/skip') } } : {};
  return { _links: { ...named, ...skip, ...stepLinks(world, transaction, to), ...cancel } };
}

/** Factors that nobody insists on may be set up another time. */
function isOptional(world: World, { status, user }: AuthnState): boolean {
  if (status !== 'MFA_ENROLL' || !user || sessionRuleOf(world, {}, user).requireFactor) return false;
  const policy = enrolmentPolicyOf(world, contextFrom(world, {}, user));
  const own = factorsOf(world, user.id).map((one) => kindOf(one).key);
  return ![...policy.named].some(
    ([key, enrolling]) => enrolling === 'REQUIRED' && key !== 'okta_password' && !own.includes(key),
  );
}

function stepLinks(
  world: World,
  { status, factorId, factorType, factorResult, userId }: AuthnTransaction,
  to: (path: string) => unknown,
): View {
  const named = (name: string, path: string) => ({ name, ...(to(path) as object) });
  if (status === 'RECOVERY_CHALLENGE') {
    const at = `/recovery/factors/${factorType}`;
    return { next: named('verify', `${at}/verify`), resend: named(factorType ?? '', `${at}/resend`) };
  }
  if (status !== 'MFA_CHALLENGE' && status !== 'MFA_ENROLL_ACTIVATE') return {};
  const factor = findFactor(world, userId, factorId ?? '');
  const { proves } = kindOf(factor);
  const at = `/factors/${factor.id}`;
  const verifies = status === 'MFA_CHALLENGE';
  const waits = proves === 'push' && (!verifies || factorResult === 'WAITING');
  const path = verifies ? `${at}/verify` : `${at}/lifecycle/activate${waits ? '/poll' : ''}`;
  const resend = verifies ? `${at}/verify/resend` : `${at}/lifecycle/resend`;
  return {
    next: named(waits ? 'poll' : verifies ? 'verify' : 'activate', path),
    prev: to('/previous'),
    ...(proves === 'code' ? { resend: [named(factor.factorType, resend)] } : {}),
  };
}
