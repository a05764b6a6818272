/** What the service fills into a rule that leaves things out, by kind of policy. */
import type { PolicyRule, PolicyRuleInput } from './policyRule.ts';

/** The parts of a rule that depend on its kind. */
export interface PolicyRuleParts {
  conditions: Record<string, unknown> | null;
  actions: Record<string, unknown>;
}

/** Conditions and actions of a rule, filled up. `old` is the rule before. */
export function completeRule(policyType: string, input: PolicyRuleInput, old?: PolicyRule): PolicyRuleParts {
  const conditions = input.conditions ?? old?.conditions ?? {};
  const actions = input.actions ?? old?.actions ?? {};
  return {
    conditions: (CONDITIONS[policyType] ?? plain)(conditions),
    actions: (ACTIONS[policyType] ?? same)(actions),
  };
}

type Parts = Record<string, unknown>;

const plain = (sent: Parts): Parts => ({ ...people(sent), ...without(sent, ['people']) });
const same = (sent: Parts): Parts => sent;
const nobodyExcluded = { users: { exclude: [] } };
const anywhere = { connection: 'ANYWHERE' };

function people(sent: Parts): Parts {
  const { users, ...rest } = (sent.people ?? {}) as Parts;
  return { people: { users: { exclude: [], ...(users as Parts | undefined) }, ...rest } };
}

const CONDITIONS: Readonly<Record<string, (sent: Parts) => Parts>> = {
  OKTA_SIGN_ON: (sent) => ({
    ...people(sent),
    network: anywhere,
    authContext: { authType: 'ANY' },
    riskScore: { level: 'ANY' },
    risk: { behaviors: [] },
    identityProvider: { provider: 'ANY' },
    ...without(sent, ['people']),
  }),
  PASSWORD: (sent) => ({ ...people(sent), network: anywhere, ...without(sent, ['people']) }),
  MFA_ENROLL: (sent) => ({ ...people(sent), network: anywhere, ...without(sent, ['people']) }),
  IDP_DISCOVERY: (sent) => ({
    network: anywhere,
    platform: { include: [{ type: 'ANY', os: { type: 'ANY' } }], exclude: [] },
    userIdentifier: { patterns: [], type: 'IDENTIFIER' },
    app: { include: [], exclude: [] },
    ...without(sent, ['people']),
  }),
  ACCESS_POLICY: (sent) => {
    const platform = sent.platform as Parts | undefined;
    return {
      people: { ...nobodyExcluded, ...(people(sent).people as Parts) },
      network: anywhere,
      riskScore: { level: 'ANY' },
      ...without(sent, ['people', 'platform']),
      ...(platform ? { platform: { include: [], exclude: [], ...platform } } : {}),
      userType: { include: [], exclude: [], ...(sent.userType as Parts | undefined) },
    };
  },
};

const ACTIONS: Readonly<Record<string, (sent: Parts) => Parts>> = {
  OKTA_SIGN_ON: (sent) => {
    const signon = (sent.signon ?? {}) as Parts;
    return {
      signon: {
        access: 'ALLOW',
        requireFactor: false,
        primaryFactor: 'PASSWORD_IDP_ANY_FACTOR',
        rememberDeviceByDefault: false,
        ...signon,
        session: {
          usePersistentCookie: false,
          maxSessionIdleMinutes: 120,
          maxSessionLifetimeMinutes: 1_440,
          ...(signon.session as Parts | undefined),
        },
      },
    };
  },
  PASSWORD: (sent) => ({
    passwordChange: { access: 'ALLOW' },
    selfServicePasswordReset: { access: 'ALLOW' },
    selfServiceUnlock: { access: 'DENY' },
    ...sent,
  }),
  ACCESS_POLICY: (sent) => {
    const { verificationMethod, ...rest } = (sent.appSignOn ?? {}) as Parts;
    const method = (verificationMethod ?? {}) as Parts;
    return {
      appSignOn: {
        access: 'ALLOW',
        verificationMethod:
          method.type === 'AUTH_METHOD_CHAIN'
            ? without(method, ['factorMode', 'inactivityPeriod'])
            : { factorMode: '2FA', type: 'ASSURANCE', reauthenticateIn: 'PT2H', ...method },
        keepMeSignedIn: { postAuth: 'NOT_ALLOWED' },
        ...rest,
      },
    };
  },
};

const without = (from: Parts, names: readonly string[]): Parts =>
  Object.fromEntries(
    Object.entries(from).filter(([name, value]) => !names.includes(name) && value !== undefined),
  );
