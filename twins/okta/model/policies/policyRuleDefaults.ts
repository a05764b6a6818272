/** What the service fills into a rule that leaves things out, by kind of policy. */
import type { PolicyRule, PolicyRuleInput } from './policyRule.ts';
import { ACTIONS_FORM, CONDITIONS_FORM, inForm } from './policyShape.ts';

type Parts = Record<string, unknown>;

/** The parts of a rule that depend on its kind. */
export interface PolicyRuleParts {
  conditions: Parts | null;
  actions: Parts;
}

/** Conditions and actions of a rule, filled up and in the service's order. `old` is the rule before. */
export function completeRule(policyType: string, input: PolicyRuleInput, old?: PolicyRule): PolicyRuleParts {
  const conditions = inForm(CONDITIONS_FORM, input.conditions ?? old?.conditions ?? {}) as Parts;
  const actions = inForm(ACTIONS_FORM, input.actions ?? old?.actions ?? {}) as Parts;
  const filled = (CONDITIONS[policyType] ?? plain)(conditions);
  return {
    conditions: inForm(CONDITIONS_FORM, filled) as Parts,
    actions: inForm(ACTIONS_FORM, (ACTIONS[policyType] ?? same)(actions)) as Parts,
  };
}

const same = (sent: Parts): Parts => sent;
const plain = (sent: Parts): Parts => ({ ...sent, people: people(sent) });
const anywhere = { connection: 'ANYWHERE' };

function people(sent: Parts): Parts {
  const { users, ...rest } = (sent.people ?? {}) as Parts;
  return { users: { exclude: [], ...(users as Parts | undefined) }, ...rest };
}

const CONDITIONS: Readonly<Record<string, (sent: Parts) => Parts>> = {
  OKTA_SIGN_ON: (sent) => ({
    network: anywhere,
    authContext: { authType: 'ANY' },
    risk: { behaviors: [] },
    riskScore: { level: 'ANY' },
    identityProvider: { provider: 'ANY' },
    ...plain(sent),
  }),
  PASSWORD: (sent) => ({ network: anywhere, ...plain(sent) }),
  MFA_ENROLL: (sent) => ({ network: anywhere, ...plain(sent) }),
  IDP_DISCOVERY: ({ people: _, ...sent }) => ({
    network: anywhere,
    platform: { include: [{ type: 'ANY', os: { type: 'ANY' } }], exclude: [] },
    userIdentifier: { patterns: [], type: 'IDENTIFIER' },
    app: { include: [], exclude: [] },
    ...sent,
  }),
  ACCESS_POLICY: ({ platform, ...sent }) => ({
    network: anywhere,
    riskScore: { level: 'ANY' },
    ...plain(sent),
    ...(isChosen(platform) ? { platform: { include: [], exclude: [], ...(platform as Parts) } } : {}),
    userType: { include: [], exclude: [], ...(sent.userType as Parts | undefined) },
  }),
  ENTITY_RISK: (sent) => ({ entityRisk: { level: 'ANY' }, ...plain(sent) }),
  DEVICE_SIGNAL_COLLECTION: same,
  CLIENT_UPDATE: same,
};

/** A condition that names nothing asks for nothing, and is not kept. */
const isChosen = (choice: unknown): boolean =>
  Object.values((choice ?? {}) as Parts).some((list) => Array.isArray(list) && list.length > 0);

const ACTIONS: Readonly<Record<string, (sent: Parts) => Parts>> = {
  OKTA_SIGN_ON: (sent) => {
    const signon = (sent.signon ?? {}) as Parts;
    return {
      signon: {
        access: 'ALLOW',
        requireFactor: false,
        ...(signon.requireFactor ? { factorPromptMode: 'ALWAYS' } : {}),
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
    return {
      appSignOn: {
        access: 'ALLOW',
        verificationMethod: verification((verificationMethod ?? {}) as Parts),
        keepMeSignedIn: { postAuth: 'NOT_ALLOWED' },
        ...rest,
      },
    };
  },
  IDP_DISCOVERY: (sent) => ({
    idp: { providers: [], idpSelectionType: 'SPECIFIC', ...(sent.idp as Parts | undefined) },
  }),
  MFA_ENROLL: (sent) => ({ enroll: { self: 'CHALLENGE' }, ...sent }),
  ENTITY_RISK: (sent) => ({ entityRisk: { actions: [] }, ...sent }),
  POST_AUTH_SESSION: (sent) => ({ postAuthSession: { failureActions: [] }, ...sent }),
  CLIENT_UPDATE: (sent) => ({ updateControls: { actions: [] }, ...sent }),
};

/** A method of one kind does not keep what belongs to another. */
function verification(method: Parts): Parts {
  const { factorMode, inactivityPeriod, constraints, chains, ...rest } = method;
  if (method.type === 'AUTH_METHOD_CHAIN') return { ...rest, ...(chains ? { chains } : {}) };
  if (method.type === 'ID_PROOFING') return rest;
  return {
    factorMode: factorMode ?? '2FA',
    type: 'ASSURANCE',
    reauthenticateIn: 'PT12H',
    ...rest,
    ...(inactivityPeriod === undefined ? {} : { inactivityPeriod }),
    ...(constraints ? { constraints } : {}),
  };
}
