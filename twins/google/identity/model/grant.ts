/** `POST /token`: what a program may show to get an access token, and how each of them is refused. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { isScope } from '../scopes.ts';
import type { OAuthClient } from '../world/client.ts';
import { type AccessToken, digestOf, refreshTokens } from '../world.ts';
import { assertedGrant } from './assertion.ts';
import { clientWith } from './authorization.ts';
import { redeemCode } from './code.ts';
import { redeemDevice } from './device.ts';
import { idToken } from './idToken.ts';
import { isSuspended } from './person.ts';
import { issueAccessToken, issueRefreshToken } from './token.ts';

export type TokenForm = Readonly<Record<string, string | undefined>>;

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
/** What it was called before RFC 8628; the device's code is in `code` there. */
const DEVICE_OLD = 'http://oauth.net/grant_type/device/1.0';

/**
 * The token answer for a form, or why a device is still to wait. Throws OAuth errors: `invalid_request`,
 * `invalid_grant`, `invalid_client`, `invalid_scope`, `unauthorized_client`, `unsupported_grant_type`.
 */
export function grantToken(world: World, form: TokenForm): Record<string, unknown> | ApiError {
  switch (form.grant_type) {
    case JWT_BEARER:
      return byAssertion(world, form);
    case 'refresh_token':
      return byRefreshToken(world, form);
    case 'authorization_code':
      return byCode(world, form);
    case DEVICE:
    case DEVICE_OLD:
      return byDevice(world, form);
    case undefined:
    case '':
      throw oauthError('invalid_request', 'Required parameter is missing: grant_type');
    default:
      throw oauthError('unsupported_grant_type', `Invalid grant_type: ${form.grant_type}`);
  }
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#httprest */
function byAssertion(world: World, form: TokenForm): Record<string, unknown> {
  if (!form.assertion) throw oauthError('invalid_request', 'Missing required parameter: assertion');
  const grant = assertedGrant(world, form.assertion);
  if (grant.audience !== undefined)
    return { id_token: idToken(world, { email: grant.email, audience: grant.audience }) };
  const token = issueAccessToken(world, { ...grant, clientId: grant.clientId, scopes: grant.scopes });
  return answer(world, token);
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code */
function byCode(world: World, form: TokenForm): Record<string, unknown> {
  const { clientId } = checkClient(world, form);
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = form;
  const { email, scopes, refresh, nonce } = redeemCode(world, clientId, { code, redirectUri, verifier });
  return granted(world, { email, clientId, scopes }, refresh, nonce);
}

/** https://developers.google.com/identity/protocols/oauth2/limited-input-device#step-4:-poll-googles-authorization-server */
function byDevice(world: World, form: TokenForm): Record<string, unknown> | ApiError {
  const client = checkClient(world, form);
  const given = redeemDevice(world, client, form.device_code ?? form.code);
  if (given instanceof ApiError) return given;
  return granted(world, { ...given, clientId: client.clientId }, true);
}

/** The tokens of a new grant. */
function granted(
  world: World,
  grant: { email: string; clientId: string; scopes: string[] },
  refresh: boolean,
  nonce?: string,
): Record<string, unknown> {
  const refreshToken = refresh ? issueRefreshToken(world, grant) : undefined;
  const access = issueAccessToken(world, {
    ...grant,
    ...(refreshToken ? { refreshToken: refreshToken.digest } : {}),
  });
  return {
    access_token: access.token,
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(refreshToken ? { refresh_token: refreshToken.token } : {}),
    scope: grant.scopes.join(' '),
    token_type: 'Bearer',
    ...identity(world, access, nonce),
  };
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#offline */
function byRefreshToken(world: World, form: TokenForm): Record<string, unknown> {
  const { clientId } = checkClient(world, form);
  if (!form.refresh_token) throw oauthError('invalid_request', 'Missing required parameter: refresh_token');
  const row = world.get(refreshTokens, digestOf(form.refresh_token));
  if (!row || isSuspended(world, row.email))
    throw oauthError('invalid_grant', 'Token has been expired or revoked.');
  if (row.clientId !== clientId) throw oauthError('unauthorized_client', 'Unauthorized', 401);
  const asked = form.scope?.split(/\s+/).filter(Boolean);
  if (asked?.some((scope) => !isScope(scope) || !row.scopes.includes(scope)))
    throw oauthError('invalid_scope', `Some requested scopes were invalid. {invalid=[${asked.join(', ')}]}`);
  const token = issueAccessToken(world, {
    email: row.email,
    clientId,
    scopes: asked ?? row.scopes,
    refreshToken: row.digest,
  });
  return { ...answer(world, token), scope: token.scopes.join(' ') };
}

function answer(world: World, token: AccessToken & { token: string }): Record<string, unknown> {
  return {
    access_token: token.token,
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: 'Bearer',
    ...(token.refreshToken ? identity(world, token) : {}),
  };
}

/** An ID token beside an access token whose scopes say so. */
function identity(
  world: World,
  { email, clientId, scopes, token }: AccessToken & { token: string },
  nonce?: string,
) {
  if (!scopes.includes('openid')) return {};
  return { id_token: idToken(world, { email, audience: clientId, scopes, nonce, beside: token }) };
}

function checkClient(world: World, form: TokenForm): OAuthClient {
  if (!form.client_id) throw oauthError('invalid_request', 'Could not determine client ID from request.');
  const client = clientWith(world, form.client_id);
  if (!form.client_secret) throw oauthError('invalid_request', 'client_secret is missing.');
  if (!same(form.client_secret, client.secret))
    throw oauthError('invalid_client', 'The provided client secret is invalid.', 401);
  return client;
}

/** Compares in a time that says nothing about where two secrets part. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
