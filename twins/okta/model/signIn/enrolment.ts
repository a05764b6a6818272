/**
 * What somebody has to show: authenticators that they set up, and those that their enrolment policy lets them, or makes
 * them, set up. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/
 */
import type { World } from '../../../../src/world/world.ts';
import { authenticators } from '../../world.ts';
import type { Authenticator } from '../authenticators/authenticator.ts';
import { type Factor, factorsOf } from '../authenticators/factor.ts';
import { FACTOR_KINDS, kindOf } from '../authenticators/factorKind.ts';
import type { User } from '../people/user.ts';
import { findPolicies } from '../policies/policy.ts';
import { conditionsMet, ruleFor } from '../policies/policyConditions.ts';
import type { PolicyContext } from '../policies/policyContext.ts';
import { rulesOf } from '../policies/policyRule.ts';

export type Enrolling = 'REQUIRED' | 'OPTIONAL' | 'NOT_ALLOWED';

/** How the first enrolment policy that fits treats authenticators, by key. `now`: its rule asks at sign-in. */
export interface EnrolmentPolicy {
  named: ReadonlyMap<string, Enrolling>;
  now: boolean;
}

/** How it treats one; a policy that names none lets people choose. */
export const enrollingOf = ({ named }: EnrolmentPolicy, key: string): Enrolling =>
  named.get(key) ?? (named.size === 0 ? 'OPTIONAL' : 'NOT_ALLOWED');

/** The policy that holds in these circumstances. */
export function enrolmentPolicyOf(world: World, context: PolicyContext): EnrolmentPolicy {
  const policy = findPolicies(world, { type: 'MFA_ENROLL', status: 'ACTIVE' })
    .toArray()
    .find((one) => conditionsMet(world, one.conditions, context));
  const settings = (policy?.settings ?? {}) as {
    authenticators?: { key?: string; enroll?: { self?: Enrolling } }[];
    factors?: Record<string, { enroll?: { self?: Enrolling } } | undefined>;
  };
  const named = (settings.authenticators ?? []).map(({ key, enroll }) => [key ?? '', enroll?.self] as const);
  const classic = Object.entries(settings.factors ?? {}).map(
    ([name, one]) => [CLASSIC[name] ?? name, one?.enroll?.self] as const,
  );
  const rule = policy && ruleFor(world, rulesOf(world, policy.id).toArray(), context);
  const enroll = rule?.actions.enroll as { self?: string } | undefined;
  return {
    named: new Map([...classic, ...named].map(([key, self]) => [key, self ?? 'NOT_ALLOWED'])),
    now: enroll?.self !== 'NEVER',
  };
}

/** What Classic Engine calls them. */
const CLASSIC: Readonly<Record<string, string>> = {
  okta_otp: 'okta_verify',
  okta_push: 'okta_verify',
  okta_sms: 'phone_number',
  okta_call: 'phone_number',
  okta_question: 'security_question',
  fido_webauthn: 'webauthn',
};

/** The authenticators of the org that are on, by key. */
export const activeAuthenticators = (world: World): ReadonlyMap<string, Authenticator> =>
  new Map(
    world
      .list(authenticators, { where: (one) => one.status === 'ACTIVE' })
      .toArray()
      .map((one) => [one.key, one]),
  );

/** What an authenticator may be used for besides signing in. */
export const allowedFor = ({ settings }: Authenticator, what: 'sso' | 'recovery'): boolean => {
  const allowed = settings?.allowedFor;
  return allowed === undefined || allowed === 'any' || allowed === what;
};

/** The factors that somebody has set up and that their policy lets them use. */
export function usableFactors(world: World, user: User, policy: EnrolmentPolicy): Factor[] {
  return factorsOf(world, user.id).filter(
    (one) => one.status === 'ACTIVE' && enrollingOf(policy, kindOf(one).key) !== 'NOT_ALLOWED',
  );
}

/** Kinds of factors, and how somebody stands to each: what they may set up is what org and policy let them. */
export function offeredFactors(world: World, user: User, policy: EnrolmentPolicy) {
  const active = activeAuthenticators(world);
  const own = factorsOf(world, user.id);
  return Object.entries(FACTOR_KINDS).flatMap(([name, kind]) => {
    const [provider = '', factorType = ''] = name.split(' ');
    const enrollment = enrollingOf(policy, kind.key);
    const set = own.find((one) => one.factorType === factorType && one.provider === provider);
    const authenticator = active.get(kind.key);
    const may = enrollment !== 'NOT_ALLOWED' && authenticator && allowedFor(authenticator, 'sso');
    if (!set && !may) return [];
    return [
      { factorType, provider, vendorName: provider, status: set?.status ?? 'NOT_SETUP', enrollment, kind },
    ];
  });
}
