/** The forms of the bodies that each operation takes. Anything else is E0000003: the request body was not well-formed. */
import type { Endpoint } from '../../src/twin.ts';
import {
  amount,
  body,
  clearable,
  flag,
  given,
  listOf,
  named,
  object,
  of,
  optional,
  type Shape,
  text,
} from './shape.ts';
import { ACCOUNT_SHAPES } from './shapes/account.ts';
import { ADMIN_SHAPES } from './shapes/admin.ts';
import { CLIENT_SHAPES, jwk } from './shapes/clients.ts';
import { DELIVERY_SHAPES } from './shapes/delivery.ts';
import { GUARD_SHAPES } from './shapes/guard.ts';
import { IDENTITY_SOURCE_SHAPES } from './shapes/identitySources.ts';
import { INTEGRATION_SHAPES } from './shapes/integrations.ts';
import { LOOK_SHAPES } from './shapes/look.ts';
import { SECURITY_SHAPES } from './shapes/security.ts';
import { SIGN_IN_SHAPES } from './shapes/signIn.ts';

/** The endpoints, each with the form of its body. */
export const withShapes = (endpoints: readonly Endpoint[]): Endpoint[] =>
  endpoints.map((one) => {
    const input = SHAPES.get(one.id);
    return input ? { ...one, input } : one;
  });

const texts = listOf(text);
const choice = object({ include: texts, exclude: texts });
const people = object({ users: choice, groups: choice });
const secret = object({ value: text });

const userParts = {
  profile: object(),
  credentials: object({
    password: object({
      value: text,
      hash: object({
        ...{ algorithm: text, value: text, salt: text, saltOrder: text, workFactor: amount },
        ...{ digestAlgorithm: text, iterationCount: amount, keySize: amount },
      }),
      hook: object({ type: text }),
    }),
    recovery_question: object({ question: text, answer: text }),
    provider: object({ type: text, name: text }),
  }),
  groupIds: texts,
  type: object({ id: text }),
  realmId: text,
};

const password = body({
  oldPassword: secret,
  newPassword: secret,
  password: secret,
  recovery_question: object({ question: text, answer: text }),
});

const groupRule = body({
  name: text,
  type: text,
  conditions: object({
    people: object({ users: object({ exclude: texts }), groups: object({ exclude: texts }) }),
    expression: object({ value: text, type: text }),
  }),
  actions: object({ assignUserToGroups: object({ groupIds: texts }) }),
});

const app = body({
  name: text,
  label: text,
  signOnMode: text,
  accessibility: object(),
  visibility: object({ hide: object(), appLinks: object() }),
  features: texts,
  credentials: object({
    userNameTemplate: object({ template: text, type: text }),
    signing: object({ kid: text }),
    oauthClient: object({
      client_id: text,
      client_secret: text,
      token_endpoint_auth_method: text,
      autoKeyRotation: flag,
      pkce_required: flag,
    }),
    password: object(),
    userName: text,
    scheme: text,
  }),
  settings: object({
    app: object(),
    notifications: object(),
    signOn: object(),
    oauthClient: object({
      application_type: text,
      grant_types: texts,
      response_types: texts,
      redirect_uris: texts,
      post_logout_redirect_uris: texts,
      jwks: object({ keys: listOf(object()) }),
      idp_initiated_login: object({ mode: text, default_scope: texts }),
    }),
  }),
  profile: object(),
});

const assignment = {
  id: text,
  scope: text,
  priority: amount,
  credentials: object({ userName: text, password: secret }),
  profile: object(),
};

const access = body({
  type: text,
  name: text,
  description: clearable(text),
  priority: amount,
  status: text,
  conditions: object({
    clients: choice,
    people,
    grantTypes: choice,
    scopes: choice,
  }),
  actions: object({
    token: object({
      accessTokenLifetimeMinutes: amount,
      refreshTokenLifetimeMinutes: amount,
      refreshTokenWindowMinutes: amount,
      inlineHook: clearable(object({ id: text })),
    }),
  }),
});

const server = body({
  name: text,
  description: clearable(text),
  audiences: texts,
  issuerMode: text,
  credentials: object({ signing: object({ rotationMode: text }) }),
  accessTokenEncryptedResponseAlgorithm: text,
  jwks: object({ keys: listOf(jwk) }),
});

const scope = body({
  name: text,
  displayName: text,
  description: text,
  consent: text,
  default: flag,
  metadataPublish: text,
  optional: flag,
});

const claim = body({
  name: text,
  status: text,
  claimType: text,
  valueType: text,
  value: text,
  group_filter_type: text,
  alwaysIncludeInToken: flag,
  conditions: object({ scopes: texts }),
});

/** A list, or in zones of the newer kind the lists of what is in and what is not. */
const oneOrTwo = (items: Shape): Shape => ({
  ...object({ include: listOf(items), exclude: listOf(items) }),
  items: given(items),
  type: ['array', 'object', 'null'],
});
const address = object({ type: text, value: text });
const zoneParts = body({
  type: text,
  name: text,
  status: text,
  usage: text,
  gateways: listOf(address),
  proxies: listOf(address),
  proxyType: text,
  locations: oneOrTwo(object({ country: given(text), region: clearable(text) })),
  asns: oneOrTwo(text),
  ipServiceCategories: choice,
});
const zone: Shape = {
  ...zoneParts,
  if: { properties: { type: { const: 'DYNAMIC' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { locations: { type: ['array', 'null'] }, asns: { type: ['array', 'null'] } } },
};

const idp = body({
  type: text,
  name: text,
  issuerMode: text,
  status: text,
  protocol: object({
    type: text,
    scopes: texts,
    endpoints: object(),
    algorithms: object(),
    settings: object(),
    credentials: object({
      client: object({ client_id: text, client_secret: text }),
      trust: object({ issuer: text, audience: text, kid: text }),
    }),
  }),
  policy: object({ accountLink: object(), provisioning: object(), subject: object(), maxClockSkew: amount }),
});

const captcha = body({ name: text, type: text, siteKey: text, secretKey: text });
const origin = body({ name: text, origin: text, scopes: given(listOf(object({ type: given(text) }))) });
const side = object({ name: text, title: text, description: text, type: text });
const attributes = object({ properties: named(object({ title: text, type: text })) });
const schema = body({ definitions: object({ base: attributes, custom: attributes }) });
const principal = body({
  principalId: text,
  principalType: text,
  defaultPercentage: amount,
  defaultConcurrencyPercentage: amount,
});
const stream = body({ type: text, name: text, settings: object() });
const userType = body({ name: text, displayName: text, description: clearable(text) });
const conditions = optional(body({ conditions: clearable(object()) }));

const SHAPES: ReadonlyMap<string, Record<string, unknown>> = new Map([
  ...SECURITY_SHAPES,
  ...SIGN_IN_SHAPES,
  ...CLIENT_SHAPES,
  ...ADMIN_SHAPES,
  ...ACCOUNT_SHAPES,
  ...DELIVERY_SHAPES,
  ...INTEGRATION_SHAPES,
  ...LOOK_SHAPES,
  ...of(body(userParts), 'createUser', 'updateUser', 'replaceUser'),
  ...of(password, 'changePassword', 'changeRecoveryQuestion', 'forgotPasswordSetNewPassword'),
  ...of(body({ profile: object() }), 'addGroup', 'replaceGroup'),
  ...of(body({ id: text, type: text }), 'assignGroupOwner'),
  ...of(groupRule, 'createGroupRule', 'replaceGroupRule'),
  ...of(app, 'createApplication', 'replaceApplication'),
  ...of(body(assignment), 'assignUserToApplication', 'updateApplicationUser'),
  ...of(optional(body(assignment)), 'assignGroupToApplication'),
  ...of(
    access,
    'createAuthorizationServerPolicy',
    'replaceAuthorizationServerPolicy',
    'createAuthorizationServerPolicyRule',
    'replaceAuthorizationServerPolicyRule',
  ),
  ...GUARD_SHAPES,
  ...of(server, 'createAuthorizationServer', 'replaceAuthorizationServer'),
  ...of(body({ trusted: texts }), 'createAssociatedServers'),
  ...of(scope, 'createOAuth2Scope', 'replaceOAuth2Scope'),
  ...of(claim, 'createOAuth2Claim', 'replaceOAuth2Claim'),
  ...of(zone, 'createNetworkZone', 'replaceNetworkZone'),
  ...of(idp, 'createIdentityProvider', 'replaceIdentityProvider'),
  ...of(body({ x5c: texts }), 'createIdentityProviderKey'),
  ...of(captcha, 'createCaptchaInstance', 'updateCaptchaInstance', 'replaceCaptchaInstance'),
  ...of(body({ captchaId: clearable(text), enabledPages: clearable(texts) }), 'replacesOrgCaptchaSettings'),
  ...of(origin, 'createTrustedOrigin', 'replaceTrustedOrigin'),
  ...of(body({ primary: side, associated: side }), 'createLinkedObjectDefinition'),
  ...of(schema, 'updateUserProfile', 'updateApplicationUserProfile', 'updateGroupSchema'),
  ...of(principal, 'createPrincipalRateLimitEntity', 'replacePrincipalRateLimitEntity'),
  ...of(stream, 'createLogStream', 'replaceLogStream'),
  ...of(userType, 'createUserType', 'updateUserType', 'replaceUserType'),
  ...of(
    body({ profile: object({ name: text, realmType: text, domains: texts }) }),
    'createRealm',
    'replaceRealm',
  ),
  ...of(body({ profile: object({ name: text, realmType: text }) }), 'createRealm', 'replaceRealm'),
  ...of(conditions, 'createRolePermission', 'replaceRolePermission'),
  ...of(
    body({ properties: named(clearable(object({ expression: text, pushStatus: text }))) }),
    'updateProfileMapping',
  ),
  ...of(
    body({
      baseUrl: text,
      profile: object({
        authScheme: text,
        token: text,
        clientId: text,
        settings: object({ adminUsername: text, adminPassword: text }),
        signing: object({ rotationMode: text }),
      }),
    }),
    'updateDefaultProvisioningConnectionForApplication',
  ),
  ...of(
    body({ name: text, network: object({ connection: text, include: texts, exclude: texts }) }),
    'upsertApiToken',
  ),
  ...of(
    body({ issuerMode: text, valueType: text, name: text, groupFilterType: text, value: text }),
    'updateAppIdTokenSettings',
  ),
  ...of(
    optional(body({ defaultMode: text, useCaseModeOverrides: object() })),
    'replaceRateLimitSettingsPerClient',
  ),
  ...of(
    body({
      uiSchema: object({
        type: text,
        label: text,
        buttonLabel: text,
        elements: listOf(object({ type: text, scope: text, label: text, options: object({ format: text }) })),
      }),
    }),
    'createUISchema',
    'replaceUISchemas',
  ),
  ...of(body({ type: text }), 'replaceUserClassification'),
  ...of(
    body({ id: text, parameters: object({ action: text, attribute: text, values: texts }) }),
    'updateGroupMembership',
  ),
  ...of(body({ attributes: texts }), 'submitGroupAttributeQuery'),
  ...IDENTITY_SOURCE_SHAPES,
]);
