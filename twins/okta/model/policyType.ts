/** What the kinds of policy have of their own: id prefixes, ranking, settings and what fills them. */
import type { World } from '../../../src/world/world.ts';

/** Facts of one kind of policy. */
export interface PolicyFacts {
  prefix: string;
  rulePrefix: string;
  /** The type that its rules carry. */
  ruleType: string;
  /** Its policies have an order among themselves. */
  ranked: boolean;
  cloned?: boolean;
}

const GLOBAL = { prefix: '00p', rulePrefix: '0pr', ranked: true } as const;
const APP = { prefix: 'rst', rulePrefix: 'rul', ranked: false, cloned: true } as const;

const FACTS: Readonly<Record<string, PolicyFacts>> = {
  OKTA_SIGN_ON: { ...GLOBAL, ruleType: 'SIGN_ON' },
  PASSWORD: { ...GLOBAL, ruleType: 'PASSWORD' },
  MFA_ENROLL: { ...GLOBAL, ruleType: 'MFA_ENROLL' },
  IDP_DISCOVERY: { ...GLOBAL, ruleType: 'IDP_DISCOVERY' },
  ACCESS_POLICY: { ...APP, ruleType: 'ACCESS_POLICY' },
  PROFILE_ENROLLMENT: { ...APP, ruleType: 'PROFILE_ENROLLMENT', cloned: false },
  POST_AUTH_SESSION: { ...APP, ruleType: 'POST_AUTH_SESSION', cloned: false },
  ENTITY_RISK: { ...APP, ruleType: 'ENTITY_RISK', cloned: false },
};

/** The facts of a kind; undefined for one that the org does not have. */
export const policyFacts = (type: string): PolicyFacts | undefined =>
  Object.hasOwn(FACTS, type) ? FACTS[type] : undefined;

/** Conditions as they are kept: people always named for global policies, the provider for password policies. */
export function completeConditions(
  type: string,
  conditions: Record<string, unknown> | null,
): Record<string, unknown> | null {
  if (!policyFacts(type)?.ranked || type === 'IDP_DISCOVERY') return conditions;
  const people = (conditions?.people as { groups?: { include?: string[] } } | undefined) ?? {};
  return {
    people: { ...people, groups: { include: people.groups?.include ?? [] } },
    ...(type === 'PASSWORD' ? { authProvider: conditions?.authProvider ?? { provider: 'OKTA' } } : {}),
  };
}

/** Settings of a kind, filled up; `old` are those before. */
export function completePolicySettings(
  _world: World,
  type: string,
  sent: Record<string, unknown> | undefined,
  old?: Record<string, unknown>,
): Record<string, unknown> | undefined {
  if (type === 'PASSWORD') return passwordSettings(sent ?? old ?? {});
  if (type === 'MFA_ENROLL') return sent ?? old ?? { type: 'AUTHENTICATORS', authenticators: ENROLL_DEFAULT };
  return sent ?? old;
}

/** The rule that a new policy has from the beginning, where its kind has one. */
export function catchAll(
  type: string,
):
  | { name: string; conditions: Record<string, unknown> | null; actions: Record<string, unknown> }
  | undefined {
  if (type === 'ACCESS_POLICY')
    return {
      name: 'Catch-all Rule',
      conditions: null,
      actions: {
        appSignOn: {
          access: 'ALLOW',
          verificationMethod: {
            factorMode: '2FA',
            type: 'ASSURANCE',
            reauthenticateIn: 'PT12H',
            constraints: [{ possession: { required: true, deviceBound: 'REQUIRED' } }],
          },
          keepMeSignedIn: { postAuth: 'NOT_ALLOWED' },
        },
      },
    };
  if (type === 'PROFILE_ENROLLMENT')
    return {
      name: 'Catch-all Rule',
      conditions: null,
      actions: {
        profileEnrollment: {
          access: 'ALLOW',
          preRegistrationInlineHooks: null,
          profileAttributes: [
            { name: 'email', label: 'Email', required: true },
            { name: 'firstName', label: 'First name', required: true },
            { name: 'lastName', label: 'Last name', required: true },
          ],
          targetGroupIds: null,
          unknownUserAction: 'DENY',
          activationRequirements: { emailVerification: true },
          progressiveProfilingAction: 'DISABLED',
          uiSchemaId: null,
        },
      },
    };
  return undefined;
}

type Parts = Record<string, Record<string, unknown> | undefined>;

function passwordSettings(sent: Record<string, unknown>): Record<string, unknown> {
  const { password = {}, recovery = {}, delegation } = sent as Parts;
  const { complexity, age, lockout, breachedProtection } = password as Parts;
  const factors = (recovery.factors ?? {}) as Parts;
  return {
    password: {
      complexity: {
        minLength: 8,
        minLowerCase: 1,
        minUpperCase: 1,
        minNumber: 1,
        minSymbol: 0,
        excludeUsername: true,
        dictionary: { common: { exclude: false } },
        excludeAttributes: [],
        ...complexity,
      },
      age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4, ...age },
      lockout: {
        maxAttempts: 10,
        autoUnlockMinutes: 0,
        userLockoutNotificationChannels: [],
        showLockoutFailures: false,
        ...lockout,
      },
      breachedProtection: {
        expireAfterDays: null,
        logoutEnabled: false,
        delegatedWorkflowId: null,
        ...breachedProtection,
      },
    },
    recovery: {
      factors: {
        recovery_question: {
          status: 'INACTIVE',
          properties: { complexity: { minLength: 4 } },
          ...factors.recovery_question,
        },
        okta_email: {
          status: 'ACTIVE',
          properties: { recoveryToken: { tokenLifetimeMinutes: 60 } },
          ...factors.okta_email,
        },
        okta_sms: { status: 'INACTIVE', ...factors.okta_sms },
        okta_call: { status: 'INACTIVE', ...factors.okta_call },
      },
    },
    delegation: { options: { skipUnlock: false, ...(delegation?.options as object | undefined) } },
  };
}

const ENROLL_DEFAULT = [
  { key: 'okta_email', enroll: { self: 'OPTIONAL' } },
  { key: 'okta_password', enroll: { self: 'REQUIRED' } },
  { key: 'okta_verify', enroll: { self: 'OPTIONAL' } },
  { key: 'phone_number', enroll: { self: 'OPTIONAL' } },
  { key: 'security_question', enroll: { self: 'NOT_ALLOWED' } },
];
