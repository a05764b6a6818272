/**
 * What a program asks for when it sends a browser to sign in, and what it is sent back with.
 * https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/CustomAS/#tag/CustomAS/operation/authorizeCustomAS
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { OAUTH_TEXT_CHARS_MAX } from '../../limits.ts';
import { appUsers, users } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { scopesOf } from '../authServers/authServerPart.ts';
import type { User } from '../people/user.ts';
import { authTimeOf, type Session } from '../signIn/session.ts';
import { clientIdOf, type Form, findClient, settingsOf } from './client.ts';
import { issueCode } from './code.ts';
import type { Issuer } from './issuer.ts';
import { mintTokens } from './mint.ts';
import { evaluatePolicies } from './policy.ts';
import { grantedScopes } from './scope.ts';
import { hasConsented } from './scopeConsent.ts';
import { newFamily } from './token.ts';

export const RESPONSE_MODES = ['query', 'fragment', 'form_post', 'okta_post_message'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/** Where answers and refusals go. */
export interface Return {
  app: App;
  redirectUri: string;
  mode: ResponseMode;
  state: string | undefined;
}

/** A request that makes sense. */
export interface Authorization {
  issuer: Issuer;
  to: Return;
  types: readonly string[];
  scopes: string[];
  nonce: string | undefined;
  challenge: string | undefined;
  prompt: readonly string[];
  maxAgeMs: number;
}

const RESPONSE_TYPES: ReadonlySet<string> = new Set(['code', 'token', 'id_token']);

/** Where a request may be answered. Throws what is told to the person, on a page: nobody is sent on. */
export function readReturn(world: World, fields: Form): Return {
  const app = findClient(world, fields.client_id, 400);
  const redirectUri = fields.redirect_uri ?? '';
  if (!settingsOf(app).redirect_uris.some((one) => isRegistered(app, one, redirectUri)))
    throw oauthError(
      'invalid_request',
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: " +
        `${world.base()}/admin/app/${app.name}/instance/${app.id}/#tab-general`,
    );
  const isCode = fields.response_type === 'code';
  const mode = RESPONSE_MODES.find((one) => one === fields.response_mode) ?? (isCode ? 'query' : 'fragment');
  return {
    app,
    redirectUri,
    mode: mode === 'query' && !isCode ? 'fragment' : mode,
    state: fields.state,
  };
}

/** The rest of a request. Throws what the program is sent back with. */
export function readAuthorization(world: World, issuer: Issuer, to: Return, fields: Form): Authorization {
  const types = (fields.response_type ?? '').split(/\s+/).filter(Boolean);
  checkResponse(to.app, types, fields);
  for (const name of ['state', 'nonce'] as const)
    if ((fields[name] ?? '').length > OAUTH_TEXT_CHARS_MAX)
      throw oauthError('invalid_request', `The authentication request has an invalid '${name}' parameter.`);
  if (!fields.state)
    throw oauthError('invalid_request', "The authentication request has an invalid 'state' parameter.");
  if (types.includes('id_token') && !fields.nonce)
    throw oauthError('invalid_request', "The authentication request has an invalid 'nonce' parameter.");
  const scopes = grantedScopes(world, issuer, to.app, fields.scope, true);
  if (types.includes('id_token') && !scopes.includes('openid'))
    throw oauthError(
      'invalid_scope',
      "The 'openid' scope must be requested for the 'id_token' response type.",
    );
  return {
    issuer,
    to,
    types,
    scopes,
    nonce: fields.nonce,
    challenge: challengeOf(to.app, types, fields),
    prompt: (fields.prompt ?? '').split(/\s+/).filter(Boolean),
    maxAgeMs: fields.max_age === undefined ? Number.POSITIVE_INFINITY : Number(fields.max_age) * 1_000,
  };
}

/** Whether somebody has to sign in whatever session there is. */
export const mustSignIn = (world: World, asked: Authorization, session: Session | undefined): boolean =>
  !session || asked.prompt.includes('login') || world.now() - authTimeOf(session) > asked.maxAgeMs;

/** The scopes that the person has yet to agree to. https://developer.okta.com/docs/guides/request-user-consent/ */
export function scopesToConsent(
  world: World,
  { issuer, to, scopes, prompt }: Authorization,
  userId: string,
): string[] {
  if (!issuer.server || settingsOf(to.app).consent_method !== 'REQUIRED') return [];
  const required = scopesOf(world, issuer.server.id).filter((one) => one.consent === 'REQUIRED');
  return scopes.filter(
    (scope) =>
      required.some(({ name }) => name === scope) &&
      (prompt.includes('consent') ||
        !hasConsented(world, { appId: to.app.id, issuerKey: issuer.key, userId }, scope)),
  );
}

/**
 * What the program is sent back with once the person is known. Throws `access_denied` for who is not assigned to it,
 * and where no policy lets it through. `by`: the grant for which a code is.
 */
export function authorize(
  world: World,
  asked: Authorization,
  session: Session,
  by = 'authorization_code',
): Record<string, string> {
  const { issuer, to, types, scopes, nonce } = asked;
  const user = allowedUser(world, to.app, session.userId);
  const isCode = types.includes('code');
  const grantType = isCode ? by : 'implicit';
  const lifetimes = evaluatePolicies(world, issuer, { app: to.app, userId: user.id, grantType, scopes });
  const authTime = authTimeOf(session);
  const how = { amr: session.amr, idp: session.idp.id };
  const family = newFamily(world);
  const code = isCode
    ? issueCode(world, {
        family,
        appId: to.app.id,
        userId: user.id,
        issuerKey: issuer.key,
        redirectUri: to.redirectUri,
        scopes,
        authTime,
        how,
        grantType,
        ...(nonce === undefined ? {} : { nonce }),
        ...(asked.challenge === undefined ? {} : { challenge: asked.challenge }),
      })
    : undefined;
  const of = { issuer, app: to.app, user, scopes, family, authTime, nonce, how };
  const wanted = { access: types.includes('token'), identity: types.includes('id_token') };
  const minted = mintTokens(world, of, { ...wanted, lifetimes, code, form: shownFields(asked) });
  return {
    ...(code === undefined ? {} : { code }),
    ...(minted.access === undefined
      ? {}
      : {
          access_token: minted.access,
          token_type: 'Bearer',
          expires_in: String(minted.seconds),
          scope: scopes.join(' '),
        }),
    ...(minted.identity === undefined ? {} : { id_token: minted.identity }),
  };
}

/** What an inline hook is told that the program asked for. */
const shownFields = ({ to, types, scopes }: Authorization): Form => ({
  scope: scopes.join(' '),
  state: to.state,
  redirect_uri: to.redirectUri,
  response_mode: to.mode,
  response_type: types.join(' '),
  client_id: clientIdOf(to.app),
});

/** An active person whom the app is for. Throws `access_denied`. */
export function allowedUser(world: World, app: App, userId: string): User {
  const user = world.get(users, userId);
  if (user?.status !== 'ACTIVE') throw oauthError('access_denied', 'User is not active.');
  if (!app.settings.implicitAssignment && !world.get(appUsers, `${app.id}/${userId}`))
    throw oauthError('access_denied', 'User is not assigned to the client application.');
  return user;
}

/** Exactly as it was registered; an app may leave the leftmost name of the host open. */
function isRegistered(app: App, registered: string, asked: string): boolean {
  if (registered === asked) return true;
  if (settingsOf(app).wildcard_redirect !== 'SUBDOMAIN' || !registered.includes('://*.')) return false;
  const [scheme = '', rest = ''] = registered.split('*', 2);
  const name = asked.slice(scheme.length, asked.length - rest.length);
  return asked === scheme + name + rest && /^[\w-]+$/.test(name);
}

function checkResponse(app: App, types: readonly string[], { response_mode, response_type }: Form): void {
  const configured = settingsOf(app).response_types;
  if (types.length === 0 || !types.every((one) => RESPONSE_TYPES.has(one) && configured.includes(one)))
    throw oauthError(
      'unsupported_response_type',
      `The response type is not supported by the authorization server. Configured response types: [${configured.join(', ')}]`,
    );
  const known = response_mode === undefined || RESPONSE_MODES.some((one) => one === response_mode);
  if (!known || (response_mode === 'query' && response_type !== 'code'))
    throw oauthError(
      'unsupported_response_mode',
      `The response mode is not supported by the authorization server. Valid response modes: [${RESPONSE_MODES.join(', ')}].`,
    );
}

function challengeOf(app: App, types: readonly string[], fields: Form): string | undefined {
  const { code_challenge: challenge, code_challenge_method: method } = fields;
  const client = app.credentials.oauthClient;
  if (challenge === undefined) {
    const isPublic = client?.token_endpoint_auth_method === 'none';
    if (types.includes('code') && (client?.pkce_required || isPublic))
      throw oauthError(
        'invalid_request',
        isPublic
          ? "PKCE code challenge is required when the token endpoint authentication method is 'NONE'."
          : 'PKCE code challenge is required for this client.',
      );
    return undefined;
  }
  if (method !== 'S256' || !/^[\w-]{43}$/.test(challenge))
    throw oauthError(
      'invalid_request',
      "The PKCE code challenge is invalid. The 'code_challenge_method' must be 'S256'.",
    );
  return challenge;
}

/** The parameters of an answer, the client's own among them. */
export const answered = (to: Return, fields: Record<string, string>): Record<string, string> => ({
  ...(to.state === undefined ? {} : { state: to.state }),
  ...fields,
});

/** How the System Log and pages name the client. */
export const clientName = ({ to }: { to: Return }): string => to.app.label || clientIdOf(to.app);
