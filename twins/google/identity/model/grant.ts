/** `POST /token`: what a program may show to get an access token, and how each of them is refused. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { isScope } from '../scopes.ts';
import { type AccessToken, digestOf, projectOf, refreshTokens } from '../world.ts';
import { assertedGrant } from './assertion.ts';
import { redeemCode } from './code.ts';
import { idToken } from './idToken.ts';
import { isSuspended } from './person.ts';
import { issueAccessToken, issueRefreshToken } from './token.ts';

export type TokenForm = Readonly<Record<string, string | undefined>>;

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The token answer for a form. Throws OAuth errors: `invalid_request`, `invalid_grant`, `invalid_client`,
 * `invalid_scope`, `unauthorized_client`, `unsupported_grant_type`.
 */
export function grantToken(world: World, form: TokenForm): Record<string, unknown> {
  switch (form.grant_type) {
    case JWT_BEARER:
      return byAssertion(world, form);
    case 'refresh_token':
      return byRefreshToken(world, form);
    case 'authorization_code':
      return byCode(world, form);
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
  const clientId = checkClient(world, form);
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = form;
  const { email, scopes, refresh, nonce } = redeemCode(world, { code, redirectUri, verifier });
  const grant = { email, clientId, scopes };
  const refreshToken = refresh ? issueRefreshToken(world, grant) : undefined;
  const access = issueAccessToken(world, {
    ...grant,
    ...(refreshToken ? { refreshToken: refreshToken.digest } : {}),
  });
  return {
    access_token: access.token,
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(refreshToken ? { refresh_token: refreshToken.token } : {}),
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid')
      ? {
          id_token: idToken(world, {
            email,
            audience: clientId,
            accessToken: access,
            ...(nonce === undefined ? {} : { nonce }),
          }),
        }
      : {}),
  };
}

/** https://developers.google.com/identity/protocols/oauth2/web-server#offline */
function byRefreshToken(world: World, form: TokenForm): Record<string, unknown> {
  const clientId = checkClient(world, form);
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
    ...(token.scopes.includes('openid') && token.refreshToken
      ? { id_token: idToken(world, { email: token.email, audience: token.clientId }) }
      : {}),
  };
}

function checkClient(world: World, form: TokenForm): string {
  const { clientId, clientSecret } = projectOf(world);
  if (!form.client_id) throw oauthError('invalid_request', 'Could not determine client ID from request.');
  if (form.client_id !== clientId) throw oauthError('invalid_client', 'The OAuth client was not found.', 401);
  if (!form.client_secret) throw oauthError('invalid_request', 'client_secret is missing.');
  if (!same(form.client_secret, clientSecret))
    throw oauthError('invalid_client', 'The provided client secret is invalid.', 401);
  return clientId;
}

/** Compares in a time that says nothing about where two secrets part. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
