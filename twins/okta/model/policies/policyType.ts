/** What the kinds of policy have of their own: id prefixes, ranking, settings and what fills them. */
import { inForm, SETTINGS_FORM } from './policyShape.ts';

/** Facts of one kind of policy. */
export interface PolicyFacts {
  prefix: string;
  rulePrefix: string;
  /** The type that its rules carry. */
  ruleType: string;
  /** Its policies have an order among themselves. */
  ranked: boolean;
  cloned?: boolean;
  /** An org has one, from the beginning: none can be made or removed. */
  single?: boolean;
  /** Its rules are there from the beginning: none can be made. */
  fixedRules?: boolean;
}

const GLOBAL = { prefix: '00p', rulePrefix: '0pr', ranked: true } as const;
const APP = { prefix: 'rst', rulePrefix: 'rul', ranked: false } as const;

/** https://developer.okta.com/docs/concepts/policies/ */
const FACTS: Readonly<Record<string, PolicyFacts>> = {
  OKTA_SIGN_ON: { ...GLOBAL, ruleType: 'SIGN_ON' },
  PASSWORD: { ...GLOBAL, ruleType: 'PASSWORD' },
  MFA_ENROLL: { ...GLOBAL, ruleType: 'MFA_ENROLL' },
  IDP_DISCOVERY: { ...GLOBAL, ruleType: 'IDP_DISCOVERY', single: true },
  ACCESS_POLICY: { ...APP, ruleType: 'ACCESS_POLICY', cloned: true },
  PROFILE_ENROLLMENT: { ...APP, ruleType: 'PROFILE_ENROLLMENT', fixedRules: true },
  DEVICE_SIGNAL_COLLECTION: { ...APP, ruleType: 'DEVICE_SIGNAL_COLLECTION' },
  ENTITY_RISK: { ...APP, ruleType: 'ENTITY_RISK', single: true },
  POST_AUTH_SESSION: { ...APP, ruleType: 'POST_AUTH_SESSION', single: true, fixedRules: true },
  CLIENT_UPDATE: { ...APP, ruleType: 'CLIENT_UPDATE', single: true, fixedRules: true },
  SESSION_VIOLATION_DETECTION: {
    ...APP,
    ruleType: 'SESSION_VIOLATION_DETECTION',
    single: true,
    fixedRules: true,
  },
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
  type: string,
  sent: Record<string, unknown> | undefined,
  old?: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const settings = sent ?? old;
  const whole =
    type === 'PASSWORD'
      ? passwordSettings(settings ?? {})
      : type === 'MFA_ENROLL' && !settings?.factors
        ? { type: 'AUTHENTICATORS', ...settings }
        : settings;
  return inForm(SETTINGS_FORM, whole) as Record<string, unknown> | undefined;
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
