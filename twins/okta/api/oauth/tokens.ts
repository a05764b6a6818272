/** Tokens over the wire: they are given, asked about, taken back, and shown; and what an issuer says of itself. */
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { header } from '../../../../src/wire.ts';
import { oauthError } from '../../errors.ts';
import { type App, appTarget } from '../../model/apps/app.ts';
import { record } from '../../model/log/log.ts';
import { authorizeBackchannel } from '../../model/oauth/ciba.ts';
import { type Form, settingsOf } from '../../model/oauth/client.ts';
import { authorizeDevice } from '../../model/oauth/device.ts';
import { authenticateOob, challengeNext } from '../../model/oauth/directAuth.ts';
import { dpopNonce, proofMissing, provenKey } from '../../model/oauth/dpop.ts';
import { grantTokens, type TokenAnswer } from '../../model/oauth/grant.ts';
import { introspect, revoke, userInfo } from '../../model/oauth/introspection.ts';
import { findIssuer, type Issuer } from '../../model/oauth/issuer.ts';
import { metadata } from '../../model/oauth/metadata.ts';
import { pushRequest } from '../../model/oauth/pushedRequest.ts';
import { grantedScopes } from '../../model/oauth/scope.ts';
import { keySet } from '../../model/oauth/signing.ts';
import { clientCalling, clientOf, issuerEndpoints, issuerForms, lasting } from './issuerEndpoint.ts';

const DISCOVERY = 'https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/OrgAS/';
const undocumented = { traits: { undocumented: true } };

const discovery = (id: string, kind: 'openid' | 'oauth', path: string, more: object = {}): Endpoint =>
  endpoint({ id, route: `GET ${path}`, auth: 'none', doc: DISCOVERY, ...more }, ({ world }) =>
    metadata(world, findIssuer(world, undefined), kind),
  );

export const tokenEndpoints: readonly Endpoint[] = [
  discovery('getWellKnownOpenIDConfiguration', 'openid', '/.well-known/openid-configuration'),
  discovery(
    'getWellKnownOAuthConfiguration',
    'oauth',
    '/.well-known/oauth-authorization-server',
    undocumented,
  ),
  ...issuerEndpoints(
    [undefined, 'getWellKnownOpenIDConfigurationCustomAS'],
    'GET',
    '/.well-known/openid-configuration',
    ({ world }, issuer) => metadata(world, issuer, 'openid'),
  ),
  ...issuerEndpoints(
    [undefined, 'getWellKnownOAuthConfigurationCustomAS'],
    'GET',
    '/.well-known/oauth-authorization-server',
    ({ world }, issuer) => metadata(world, issuer, 'oauth'),
  ),
  ...issuerEndpoints(['oauthKeys', 'oauthKeysCustomAS'], 'GET', '/v1/keys', ({ world }, issuer) =>
    keySet(world, issuer),
  ),
  ...issuerForms(['token', 'tokenCustomAS'], '/v1/token', token),
  ...issuerForms(['introspect', 'introspectCustomAS'], '/v1/introspect', (call, issuer, form) =>
    introspect(call.world, issuer, clientOf(call, issuer, form), form),
  ),
  ...issuerForms(['revoke', 'revokeCustomAS'], '/v1/revoke', revokeToken),
  ...issuerEndpoints(['userinfo', 'userinfoCustomAS'], 'GET', '/v1/userinfo', person, {
    scopes: ['openid'],
  }),
  ...issuerEndpoints(
    ['userinfoWithPost', 'userinfoCustomASWithPost'],
    'POST',
    '/v1/userinfo',
    person,
    undocumented,
  ),
  ...issuerForms(
    ['deviceAuthorize', 'deviceAuthorizeCustomAS'],
    '/v1/device/authorize',
    (call, issuer, form) => {
      const app = clientOf(call, issuer, form);
      const scopes = grantedScopes(call.world, issuer, app, form.scope, true);
      return authorizeDevice(call.world, issuer, app, scopes);
    },
  ),
  ...issuerForms(['bcAuthorize', 'bcAuthorizeCustomAS'], '/v1/bc/authorize', (call, issuer, form) =>
    authorizeBackchannel(call.world, issuer, clientOf(call, issuer, form), form),
  ),
  ...issuerForms(
    ['primary-authenticate', 'primary-authenticate-custom-as'],
    '/v1/primary-authenticate',
    (call, issuer, form) => authenticateOob(call.world, issuer, clientOf(call, issuer, form), form),
  ),
  ...issuerForms(
    ['oob-authenticate', 'oob-authenticate-custom-as'],
    '/v1/oob-authenticate',
    (call, issuer, form) => authenticateOob(call.world, issuer, clientOf(call, issuer, form), form),
  ),
  ...issuerForms(['challenge', 'challenge-custom-as'], '/v1/challenge', (call, issuer, form) =>
    challengeNext(call.world, issuer, clientOf(call, issuer, form), form),
  ),
  ...issuerForms(
    ['par', 'parCustomAS'],
    '/v1/par',
    (call, issuer, form) => pushRequest(call.world, issuer, clientOf(call, issuer, form), form),
    { status: 201 },
  ),
];

function token(call: Call, issuer: Issuer, form: Form): unknown {
  let app: App | undefined;
  return lasting(
    call,
    () => {
      app = clientOf(call, issuer, form);
      const jkt = proven(call, app);
      const answer = grantTokens(call.world, { issuer, app, form, jkt });
      logGrant(call, issuer, app, answer);
      if (jkt === undefined) return answer;
      return reply({ body: answer, headers: [['dpop-nonce', dpopNonce(call.world)]] });
    },
    (error) => logRefusal(call, issuer, app, error, form),
  );
}

/** The key that the tokens are bound to, where the client proves one; some must. */
function proven({ world, request }: Call, app: App): string | undefined {
  const proof = header(request.headers, 'dpop');
  if (proof !== undefined)
    return provenKey(world, proof, { method: 'POST', url: request.base + request.path, nonce: true });
  if (settingsOf(app).dpop_bound_access_tokens) throw proofMissing();
  return undefined;
}

function revokeToken(call: Call, issuer: Issuer, form: Form): unknown {
  const { world } = call;
  const app = clientOf(call, issuer, form);
  if (revoke(world, issuer, app, form))
    record(world, clientCalling(call, app), {
      eventType: eventOf(issuer, 'token.revoke'),
      displayMessage: 'Revoke OAuth token',
      target: [appTarget(app)],
    });
  return reply({ status: 200 });
}

function person(call: Call, issuer: Issuer): unknown {
  const { world, request, body } = call;
  const [, scheme, said] =
    /^(Bearer|DPoP)\s+(\S+)\s*$/i.exec(header(request.headers, 'authorization') ?? '') ?? [];
  const token = said ?? (body.value as Form | undefined)?.access_token;
  const proof = header(request.headers, 'dpop');
  const isBound = scheme?.toLowerCase() === 'dpop';
  const of = {
    method: request.method,
    url: request.base + request.path,
    token: token ?? '',
    once: true,
  } as const;
  const jkt = isBound && proof !== undefined ? challenged(() => provenKey(world, proof, of)) : undefined;
  return userInfo(world, issuer, token, jkt);
}

/** A proof that is no good at an API is told so in the header, too. */
function challenged(prove: () => string): string {
  try {
    return prove();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw oauthError(error.name, error.message, 401, [
      ['www-authenticate', `DPoP error="${error.name}", error_description="${error.message}"`],
    ]);
  }
}

const eventOf = ({ server }: Issuer, what: string): string => `app.oauth2.${server ? 'as.' : ''}${what}`;

const TOKEN_KINDS = [
  ['access_token', 'access token'],
  ['id_token', 'ID token'],
  ['refresh_token', 'refresh token'],
] as const;

function logGrant(call: Call, issuer: Issuer, app: App, answer: TokenAnswer): void {
  const who = clientCalling(call, app);
  const target = [appTarget(app)];
  const debugData = { grantedScopes: answer.scope, authorizationServer: issuer.url };
  const event = (what: string, displayMessage: string) =>
    record(call.world, who, { eventType: eventOf(issuer, what), displayMessage, target, debugData });
  event('token.grant', 'OAuth2 token request');
  for (const [field, words] of TOKEN_KINDS)
    if (answer[field] !== undefined) event(`token.grant.${field}`, `OAuth2 ${words} is granted`);
}

function logRefusal(call: Call, issuer: Issuer, app: App | undefined, error: ApiError, form: Form): void {
  const unknown = { id: 'unknown', type: 'PublicClientApp', alternateId: 'unknown', displayName: 'unknown' };
  record(call.world, app ? clientCalling(call, app) : (unknown as never), {
    eventType: eventOf(issuer, 'token.grant'),
    displayMessage: 'OAuth2 token request',
    target: app ? [appTarget(app)] : [],
    outcome: { result: 'FAILURE', reason: error.name },
    severity: 'WARN',
    debugData: { grantType: form.grant_type ?? null },
  });
}
