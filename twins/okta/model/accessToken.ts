/**
 * Access tokens of the org authorization server: service apps prove who they are by a signed assertion and get the
 * scopes that they were granted. https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/
 */
import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto';
import { BASE64URL } from '../../../src/ids.ts';
import { jwt } from '../../../src/jwt.ts';
import type { World } from '../../../src/world/world.ts';
import { ACCESS_TOKEN_LASTS_SECONDS, ASSERTION_LASTS_SECONDS_MAX } from '../limits.ts';
import { accessTokens } from '../world/apps.ts';
import { apps } from '../world.ts';
import { type App, appTarget } from './app.ts';
import { grantsOf } from './consentGrant.ts';
import { record, type Who } from './log.ts';

/** A token that was handed out; `hash` stands for it. */
export interface AccessToken {
  hash: string;
  appId: string;
  scopes: string[];
  /** Universe milliseconds. */
  endsAt: number;
  /** The thumbprint of the key that a bound token is good with. */
  jkt?: string;
}

/** What a program asked for, with the address that it asked at. */
export interface TokenRequest {
  form: Readonly<Record<string, string | undefined>>;
  authorization?: string | undefined;
  dpop?: string | undefined;
  url: string;
}

/** The answer, in the words of RFC 6749: a token, or an error with its status. */
export type TokenAnswer =
  | { status: 200; body: Record<string, unknown> }
  | { status: 400 | 401; body: { error: string; error_description: string }; nonce?: string };

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Hands out a token for client credentials, or says why not. */
export function requestToken(world: World, request: TokenRequest): TokenAnswer {
  const { form } = request;
  if (form.grant_type === undefined) return no(400, 'invalid_request', "The 'grant_type' is missing.");
  if (form.grant_type !== 'client_credentials')
    return no(400, 'unsupported_grant_type', 'The authorization grant type is not supported by the server.');
  const app = clientOf(world, request);
  if ('body' in app) return app;
  const bound = (app.settings.oauthClient as { dpop_bound_access_tokens?: boolean } | undefined)
    ?.dpop_bound_access_tokens;
  const proof = bound ? proofOf(world, request) : undefined;
  if (proof && 'body' in proof) return proof;
  const scopes = (form.scope ?? '').split(' ').filter(Boolean);
  if (scopes.length === 0)
    return no(400, 'invalid_scope', 'The authorization server resource requires a scope.');
  const granted = new Set(grantsOf(world, app.id).map((one) => one.scopeId));
  const missing = scopes.filter((one) => !granted.has(one));
  if (missing.length > 0)
    return no(
      400,
      'consent_required',
      `You are not allowed any of the requested scopes: ${missing.join(' ')}`,
    );
  return { status: 200, body: handOut(world, app, scopes, proof?.jkt) };
}

/** The token that a program presents, while it is good and its app is on. */
export function tokenPresented(world: World, text: string): { token: AccessToken; app: App } | undefined {
  const token = world.get(accessTokens, hashOf(text));
  const app = token && token.endsAt > world.now() ? world.get(apps, token.appId) : undefined;
  return token && app?.status === 'ACTIVE' ? { token, app } : undefined;
}

/** How the System Log names an app that acts by itself. */
export const whoIsApp = (app: App): Who => ({
  id: app.credentials.oauthClient?.client_id ?? app.id,
  type: 'PublicClientApp',
  alternateId: app.id,
  displayName: app.label,
});

function handOut(world: World, app: App, scopes: string[], jkt: string | undefined) {
  const n = world.next('okta.accessToken');
  // Opaque to everybody but the vendor; programs only see that it looks like a signed token.
  const text = `eyJ${world.secret(['okta.accessToken', app.id, n], TOKEN_CHARS, BASE64URL)}`;
  world.insert(accessTokens, {
    hash: hashOf(text),
    appId: app.id,
    scopes,
    endsAt: world.now() + ACCESS_TOKEN_LASTS_SECONDS * 1_000,
    ...(jkt ? { jkt } : {}),
  });
  record(world, whoIsApp(app), {
    eventType: 'app.oauth2.token.grant.access_token',
    displayMessage: 'OAuth2 access token is granted',
    target: [appTarget(app)],
  });
  return {
    token_type: jkt ? 'DPoP' : 'Bearer',
    expires_in: ACCESS_TOKEN_LASTS_SECONDS,
    access_token: text,
    scope: scopes.join(' '),
  };
}

const TOKEN_CHARS = 120;

/** The app that signed the assertion: the org's own server takes no secrets for client credentials. */
function clientOf(world: World, { form, authorization, url }: TokenRequest): App | TokenAnswer {
  const { client_assertion: assertion } = form;
  if (!assertion || form.client_assertion_type !== ASSERTION_TYPE)
    return authorization || form.client_secret
      ? no(401, 'invalid_client', PRIVATE_KEY_ONLY)
      : no(401, 'invalid_client', 'No client credentials found.');
  const claimed = jwt().decode(assertion, { complete: true });
  const claims = claimed?.payload as { sub?: string; iss?: string; exp?: number } | undefined;
  const app = world.list(apps, { index: 'client', equals: claims?.sub ?? '' }).first();
  if (!claimed || !claims || !app || app.status !== 'ACTIVE' || claims.iss !== claims.sub)
    return no(401, 'invalid_client', "Invalid value for 'client_id' parameter.");
  const { kid } = claimed.header;
  const { keys = [] } = (app.settings.oauthClient as { jwks?: { keys?: Key[] } } | undefined)?.jwks ?? {};
  const key = keys.find((one) => one.status !== 'INACTIVE' && (kid === undefined || one.kid === kid));
  const now = Math.floor(world.now() / 1_000);
  if (!key || !isSignedBy(key, assertion, now, url))
    return no(401, 'invalid_client', 'The client_assertion signature is invalid.');
  if (claims.exp === undefined || claims.exp > now + ASSERTION_LASTS_SECONDS_MAX)
    return no(401, 'invalid_client', 'The client_assertion token has an expiration too far into the future.');
  return app;
}

type Key = JsonWebKey & { kid?: string; status?: string };

const PRIVATE_KEY_ONLY =
  'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.';

function isSignedBy(key: JsonWebKey, token: string, now: number, audience?: string): boolean {
  try {
    jwt().verify(token, createPublicKey({ key, format: 'jwk' }), {
      clockTimestamp: now,
      algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'],
      ...(audience ? { audience } : {}),
    });
    return true;
  } catch {
    return false;
  }
}

/** The key that a token is to be bound to, shown to be the program's. https://www.rfc-editor.org/rfc/rfc9449 */
function proofOf(world: World, { dpop, url }: TokenRequest): { jkt: string } | TokenAnswer {
  if (!dpop) return no(400, 'invalid_dpop_proof', 'The DPoP proof JWT header is missing.');
  const proof = jwt().decode(dpop, { complete: true });
  const claims = proof?.payload as { htm?: string; htu?: string; nonce?: string } | undefined;
  const key = (proof?.header as { jwk?: JsonWebKey } | undefined)?.jwk;
  if (!proof || !key || claims?.htm !== 'POST' || claims.htu !== url)
    return no(400, 'invalid_dpop_proof', 'The DPoP proof JWT is invalid.');
  if (!isSignedBy(key, dpop, Math.floor(world.now() / 1_000)))
    return no(400, 'invalid_dpop_proof', 'The DPoP proof JWT signature is invalid.');
  const nonce = nonceNow(world);
  if (claims.nonce !== nonce)
    return { ...no(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.'), nonce };
  return { jkt: thumbprint(key) };
}

/** Good for an hour of the universe's time. */
const nonceNow = (world: World): string =>
  world.secret(['okta.dpopNonce', Math.floor(world.now() / 3_600_000)], 32, BASE64URL);

/** https://www.rfc-editor.org/rfc/rfc7638 */
function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const no = (status: 400 | 401, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
});
