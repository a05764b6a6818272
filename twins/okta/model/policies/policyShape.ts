/** In which order, and with which fields, policies and rules are shown, whatever order a program sends them in. */

/** Fields of an object in their order; `1` where a field holds no object of its own. Lists have their items' form. */
export interface Form {
  readonly [field: string]: Form | 1;
}

/** A value with its fields in the order of a form, those that the form does not name at the end, nulls left out. */
export function inForm(form: Form | 1 | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => inForm(form, one));
  if (typeof value !== 'object' || value === null || !form || form === 1) return value;
  const sent = value as Record<string, unknown>;
  const names = [...Object.keys(form).filter((name) => name in sent), ...Object.keys(sent)];
  return Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const held = sent[name];
      const inner = Object.hasOwn(form, name) ? form[name] : undefined;
      return held === undefined || (held === null && !NULLS.has(name)) ? [] : [[name, inForm(inner, held)]];
    }),
  );
}

/** Fields that are shown as null when they are not set. */
const NULLS: ReadonlySet<string> = new Set([
  ...['preRegistrationInlineHooks', 'targetGroupIds', 'uiSchemaId'],
  ...['expireAfterDays', 'delegatedWorkflowId'],
]);

const choice: Form = { connection: 1, include: 1, exclude: 1 };
const platforms: Form = { type: 1, os: { type: 1, expression: 1, version: { matchType: 1, value: 1 } } };

export const CONDITIONS_FORM: Form = {
  people: { users: choice, groups: choice },
  network: choice,
  authContext: { authType: 1 },
  device: { registered: 1, managed: 1, assurance: { include: 1 } },
  platform: { include: platforms, exclude: platforms },
  userIdentifier: { patterns: { matchType: 1, value: 1 }, type: 1, attribute: 1 },
  app: { include: { type: 1, name: 1, id: 1 }, exclude: { type: 1, name: 1, id: 1 } },
  risk: { behaviors: 1 },
  riskScore: { level: 1 },
  identityProvider: { provider: 1, idpIds: 1 },
  elCondition: { condition: 1 },
  userType: { include: 1, exclude: 1 },
  entityRisk: { level: 1 },
  riskDetectionTypes: { include: 1, exclude: 1 },
};

const method: Form = {
  key: 1,
  id: 1,
  hardwareProtection: 1,
  phishingResistant: 1,
  userVerification: 1,
  userVerificationMethods: 1,
  method: 1,
};
const constraint: Form = {
  required: 1,
  types: 1,
  methods: 1,
  authenticationMethods: method,
  excludedAuthenticationMethods: method,
  reauthenticateIn: 1,
  hardwareProtection: 1,
  deviceBound: 1,
  phishingResistant: 1,
  userPresence: 1,
  userVerification: 1,
  userVerificationMethods: 1,
};
const step: Form = { authenticationMethods: method, next: 1, reauthenticateIn: 1 };
/** Chains are as long as the service lets them be. */
const chain: Form = { ...step, next: { ...step, next: { ...step, next: { ...step, next: step } } } };

export const ACTIONS_FORM: Form = {
  signon: {
    access: 1,
    requireFactor: 1,
    factorPromptMode: 1,
    factorLifetime: 1,
    primaryFactor: 1,
    rememberDeviceByDefault: 1,
    session: { usePersistentCookie: 1, maxSessionIdleMinutes: 1, maxSessionLifetimeMinutes: 1 },
  },
  appSignOn: {
    access: 1,
    verificationMethod: {
      factorMode: 1,
      type: 1,
      chains: chain,
      reauthenticateIn: 1,
      inactivityPeriod: 1,
      constraints: { knowledge: constraint, possession: constraint },
    },
    keepMeSignedIn: { postAuth: 1, postAuthPromptFrequency: 1 },
  },
  passwordChange: { access: 1 },
  selfServicePasswordReset: {
    access: 1,
    requirement: {
      primary: { methods: 1, methodConstraints: { method: 1, allowedAuthenticators: { key: 1 } } },
      stepUp: { required: 1, methods: 1 },
      accessControl: 1,
    },
  },
  selfServiceUnlock: { access: 1 },
  idp: {
    providers: { type: 1, name: 1, id: 1 },
    idpSelectionType: 1,
    matchCriteria: { providerExpression: 1, propertyName: 1 },
    shouldFallBackToOkta: 1,
  },
};

export const SETTINGS_FORM: Form = {
  type: 1,
  authenticators: { key: 1, id: 1, enroll: { self: 1 }, constraints: 1 },
  password: {
    complexity: {
      minLength: 1,
      minLowerCase: 1,
      minUpperCase: 1,
      minNumber: 1,
      minSymbol: 1,
      excludeUsername: 1,
      dictionary: { common: { exclude: 1 } },
      excludeAttributes: 1,
    },
    age: { maxAgeDays: 1, expireWarnDays: 1, minAgeMinutes: 1, historyCount: 1 },
    lockout: {
      maxAttempts: 1,
      autoUnlockMinutes: 1,
      userLockoutNotificationChannels: 1,
      showLockoutFailures: 1,
    },
    breachedProtection: { expireAfterDays: 1, logoutEnabled: 1, delegatedWorkflowId: 1 },
  },
  recovery: {
    factors: {
      recovery_question: { status: 1, properties: { complexity: { minLength: 1 } } },
      okta_email: { status: 1, properties: { recoveryToken: { tokenLifetimeMinutes: 1 } } },
      okta_sms: { status: 1 },
      okta_call: { status: 1 },
    },
  },
  delegation: { options: { skipUnlock: 1 } },
};
