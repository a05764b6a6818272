/** The forms of bodies about what guards an org: policies, their rules, and what these speak of. */
import { amount, body, clearable, flag, listOf, object, of, type Shape, text } from '../shape.ts';

const texts = listOf(text);
const choice = object({ include: texts, exclude: texts });
const parts = object();
const platform = object({
  type: text,
  os: object({ type: text, expression: text, version: object({ matchType: text, value: text }) }),
});
const app = object({ type: text, id: text, name: text });
const either = (of: Shape): Shape => object({ include: listOf(of), exclude: listOf(of) });

const conditions = object({
  people: object({ users: choice, groups: choice }),
  network: object({ connection: text, include: texts, exclude: texts }),
  authContext: object({ authType: text }),
  authProvider: object({ provider: text, include: texts }),
  device: object({ registered: flag, managed: flag, assurance: object({ include: texts }) }),
  platform: either(platform),
  userIdentifier: object({
    type: text,
    attribute: text,
    patterns: listOf(object({ matchType: text, value: text })),
  }),
  app: either(app),
  risk: object({ behaviors: texts }),
  riskScore: object({ level: text }),
  entityRisk: object({ level: text }),
  riskDetectionTypes: choice,
  identityProvider: object({ provider: text, idpIds: texts }),
  elCondition: object({ condition: text }),
  userType: choice,
});

const head = { name: text, type: text, status: text, priority: amount };
const status = object({ status: text });

const policy = body({
  ...head,
  description: clearable(text),
  conditions,
  settings: object({
    type: text,
    authenticators: listOf(object({ key: text, id: text, enroll: object({ self: text }) })),
    password: object({
      complexity: object({
        minLength: amount,
        minLowerCase: amount,
        minUpperCase: amount,
        minNumber: amount,
        minSymbol: amount,
        maxConsecutiveCharacters: amount,
        excludeUsername: flag,
        excludeAttributes: texts,
        dictionary: object({ common: object({ exclude: flag }) }),
      }),
      age: object({
        maxAgeDays: amount,
        expireWarnDays: amount,
        minAgeMinutes: amount,
        historyCount: amount,
      }),
      lockout: object({
        maxAttempts: amount,
        autoUnlockMinutes: amount,
        showLockoutFailures: flag,
        userLockoutNotificationChannels: texts,
      }),
      breachedProtection: object({
        expireAfterDays: clearable(amount),
        logoutEnabled: flag,
        delegatedWorkflowId: clearable(text),
      }),
    }),
    recovery: object({
      factors: object({
        recovery_question: object({
          status: text,
          properties: object({ complexity: object({ minLength: amount }) }),
        }),
        okta_email: object({
          status: text,
          properties: object({ recoveryToken: object({ tokenLifetimeMinutes: amount }) }),
        }),
        okta_sms: status,
        okta_call: status,
      }),
    }),
    delegation: object({ options: object({ skipUnlock: flag }) }),
  }),
});

const access = object({ access: text });
const rule = body({
  ...head,
  conditions,
  actions: object({
    signon: object({
      access: text,
      requireFactor: flag,
      factorPromptMode: text,
      factorLifetime: amount,
      primaryFactor: text,
      rememberDeviceByDefault: flag,
      session: object({
        usePersistentCookie: flag,
        maxSessionIdleMinutes: amount,
        maxSessionLifetimeMinutes: amount,
      }),
    }),
    appSignOn: object({
      access: text,
      verificationMethod: object({
        type: text,
        factorMode: text,
        reauthenticateIn: text,
        inactivityPeriod: text,
        constraints: listOf(object({ knowledge: parts, possession: parts })),
        chains: listOf(object({ authenticationMethods: listOf(parts), next: listOf(parts) })),
      }),
      keepMeSignedIn: parts,
    }),
    passwordChange: access,
    selfServicePasswordReset: object({
      access: text,
      requirement: object({
        accessControl: text,
        primary: object({ methods: texts, methodConstraints: listOf(parts) }),
        stepUp: object({ required: flag, methods: texts }),
      }),
    }),
    selfServiceUnlock: access,
    enroll: object({ self: text }),
    idp: object({
      providers: listOf(object({ type: text, id: text, name: text })),
      idpSelectionType: text,
      matchCriteria: listOf(object({ providerExpression: text, propertyName: text })),
      shouldFallBackToOkta: flag,
    }),
    profileEnrollment: object({
      access: text,
      unknownUserAction: text,
      progressiveProfilingAction: text,
      targetGroupIds: clearable(texts),
      uiSchemaId: clearable(text),
      preRegistrationInlineHooks: clearable(listOf(object({ inlineHookId: text }))),
      profileAttributes: listOf(object({ name: text, label: text, required: flag })),
      activationRequirements: object({ emailVerification: flag }),
    }),
    entityRisk: object({ actions: listOf(object({ action: text })) }),
    postAuthSession: object({ failureActions: listOf(object({ action: text })) }),
    updateControls: object({ actions: listOf(object({ action: text, value: text })) }),
    deviceSignalCollection: object({ deviceContextProviders: listOf(object({ key: text, id: text })) }),
  }),
});

const ids = object({ ids: texts });
const simulation: Shape = {
  type: 'array',
  items: body({
    appInstance: text,
    policyTypes: texts,
    policyContext: object({
      user: object({ id: text }),
      groups: ids,
      zones: ids,
      ip: text,
      risk: object({ level: text }),
      device: object({ platform: text, registered: flag, managed: flag, assuranceId: text }),
    }),
  }),
};

const authenticator = body({
  key: text,
  name: text,
  description: text,
  type: text,
  settings: object({
    allowedFor: text,
    tokenLifetimeInMinutes: amount,
    userVerification: text,
    appInstanceId: text,
  }),
  provider: object({ type: text, configuration: parts }),
});
const method = body({
  type: text,
  settings: object({
    algorithms: texts,
    transactionTypes: texts,
    keyProtection: text,
    showSignInWithOV: text,
    userVerification: text,
    userVerificationForVerify: text,
    attachment: text,
    aaguidGroups: listOf(object({ name: text, aaguids: texts })),
    rpId: object({ enabled: flag, domain: object({ name: text }) }),
  }),
});
const aaguid = body({
  aaguid: text,
  name: text,
  authenticatorCharacteristics: object({
    platformAttached: flag,
    fipsCompliant: flag,
    hardwareProtected: flag,
  }),
  attestationRootCertificates: listOf(object({ x5c: text })),
});

const postureCheck = body({
  name: text,
  description: text,
  platform: text,
  type: text,
  mappingType: text,
  variableName: text,
  query: text,
  remediationSettings: parts,
});

const assurance = body({
  name: text,
  platform: text,
  osVersion: object({ minimum: text, dynamicVersionRequirement: parts }),
  osVersionConstraints: listOf(parts),
  screenLockType: choice,
  diskEncryptionType: choice,
  jailbreak: flag,
  secureHardwarePresent: flag,
  thirdPartySignalProviders: object({ dtc: parts }),
  devicePostureChecks: object({ include: listOf(object({ variableName: text, value: text })) }),
  gracePeriod: parts,
  displayRemediationMode: text,
});

const enrolment = body({
  authenticatorId: text,
  profile: object({ phoneNumber: text, ttl: { type: ['string', 'number', 'null'] }, multiUse: flag }),
});
const bots = body({ level: text, mode: text, enforcementType: text, supportedFlows: texts });
const key = body({
  userId: text,
  fulfillmentProvider: text,
  authenticatorEnrollmentId: text,
  enrollmentRpIds: texts,
  yubicoTransportKeyJWK: parts,
  credResponses: listOf(object({ authenticatorEnrollmentId: text, credResponseJwe: text })),
  pinResponseJwe: text,
  serial: text,
  version: text,
  fulfillmentData: listOf(parts),
});

export const GUARD_SHAPES = [
  ...of(enrolment, 'createAuthenticatorEnrollment', 'createTacAuthenticatorEnrollment'),
  ...of(bots, 'updateBotProtectionConfiguration'),
  ...of(body({ preventBruteForceLockoutFromUnknownDevices: flag }), 'replaceUserLockoutSettings'),
  ...of(body({ verifyKnowledgeSecondWhen2faRequired: flag }), 'replaceAuthenticatorSettings'),
  ...of(
    key,
    'generateFulfillmentRequest',
    'enrollPreregistrationEnrollment',
    'activatePreregistrationEnrollment',
  ),
  ...of(key, 'sendPin'),
  ...of(assurance, 'createDeviceAssurancePolicy', 'replaceDeviceAssurancePolicy'),
  ...of(postureCheck, 'createDevicePostureCheck', 'replaceDevicePostureCheck'),
  ...of(authenticator, 'createAuthenticator', 'replaceAuthenticator'),
  ...of(method, 'replaceAuthenticatorMethod'),
  ...of(aaguid, 'createCustomAAGUID', 'replaceCustomAAGUID', 'updateCustomAAGUID'),
  ...of(policy, 'createPolicy', 'replacePolicy'),
  ...of(rule, 'createPolicyRule', 'replacePolicyRule'),
  ...of(body({ resourceId: text, resourceType: text }), 'mapResourceToPolicy'),
  ...of(simulation, 'createPolicySimulation'),
];
