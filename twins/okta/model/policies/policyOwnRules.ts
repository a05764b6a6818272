/** The rules that policies have from the beginning. */

/** The rules that a policy of a kind has from the beginning, the last of them deciding when no other does. */
export const ownRules = (type: string, system: boolean): readonly OwnRule[] => [
  ...(system ? (DEFAULT_RULES[type] ?? []) : []),
  ...(CATCH_ALL[type] ?? []),
];

/** A rule that comes with its policy. */
export interface OwnRule {
  name: string;
  system: boolean;
  priority: number;
  conditions: Record<string, unknown> | null;
  actions: Record<string, unknown>;
}

const catchAll = (actions: Record<string, unknown>, name = 'Catch-all Rule'): OwnRule => ({
  name,
  system: true,
  priority: PRIORITY_LAST,
  conditions: null,
  actions,
});

const defaultRule = (actions: Record<string, unknown>, conditions: object): OwnRule => ({
  name: 'Default Rule',
  system: true,
  priority: 1,
  conditions: { ...conditions },
  actions,
});

const first = (name: string, actions: Record<string, unknown>, conditions: object = {}): OwnRule => ({
  name,
  system: false,
  priority: 0,
  conditions: { ...conditions },
  actions,
});

/** Where the catch-all rule stands. */
export const PRIORITY_LAST = 99;

const anybody = { people: { users: { exclude: [] } } };
const anybodyAnywhere = { ...anybody, network: { connection: 'ANYWHERE' } };

/** Rules of the policies of the system that have to decide something for everybody. */
const DEFAULT_RULES: Readonly<Record<string, readonly OwnRule[]>> = {
  OKTA_SIGN_ON: [
    defaultRule(
      {
        signon: {
          access: 'ALLOW',
          requireFactor: false,
          primaryFactor: 'PASSWORD_IDP_ANY_FACTOR',
          rememberDeviceByDefault: false,
          session: {
            usePersistentCookie: false,
            maxSessionIdleMinutes: 120,
            maxSessionLifetimeMinutes: 1_440,
          },
        },
      },
      { ...anybodyAnywhere, authContext: { authType: 'ANY' } },
    ),
  ],
  PASSWORD: [
    defaultRule(
      {
        passwordChange: { access: 'ALLOW' },
        selfServicePasswordReset: {
          access: 'ALLOW',
          requirement: { primary: { methods: ['email'] }, stepUp: { required: false } },
        },
        selfServiceUnlock: { access: 'DENY' },
      },
      anybodyAnywhere,
    ),
  ],
  MFA_ENROLL: [defaultRule({ enroll: { self: 'CHALLENGE' } }, anybodyAnywhere)],
  IDP_DISCOVERY: [
    defaultRule(
      { idp: { providers: [{ type: 'OKTA' }], idpSelectionType: 'SPECIFIC', shouldFallBackToOkta: false } },
      {
        network: { connection: 'ANYWHERE' },
        platform: { include: [], exclude: [] },
        userIdentifier: { patterns: [] },
        app: { include: [], exclude: [] },
      },
    ),
  ],
  POST_AUTH_SESSION: [first('Post auth rule', { postAuthSession: { failureActions: [] } }, anybody)],
  CLIENT_UPDATE: [first('Okta Verify Update Rule', { updateControls: { actions: [] } })],
};

/** Rules that stand at the end of every policy of a kind. */
const CATCH_ALL: Readonly<Record<string, readonly OwnRule[]>> = {
  ACCESS_POLICY: [
    catchAll({
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
    }),
  ],
  PROFILE_ENROLLMENT: [
    catchAll({
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
    }),
  ],
  ENTITY_RISK: [catchAll({ entityRisk: { actions: [] } }, 'Catch-all rule')],
  POST_AUTH_SESSION: [catchAll({ postAuthSession: { failureActions: [] } }, 'Catch-all rule')],
  CLIENT_UPDATE: [catchAll({ updateControls: { actions: [] } }, 'Catch-all rule')],
};
