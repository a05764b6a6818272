/**
 * What a token is: whose, for which client, for how long. The older versions answer in words of their own.
 * https://developers.google.com/identity/sign-in/web/backend-auth#calling-the-tokeninfo-endpoint
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { IDENTITY_SCOPES, shortScope } from '../scopes.ts';
import { type AccessToken, accounts } from '../world.ts';
import { type IdClaims, idClaims } from './idToken.ts';
import { liveToken } from './token.ts';

/** `v3` is the one without a version in its path. */
export type TokenInfoForm = 'v1' | 'v2' | 'v3';

/** Throws `invalid_request` where no token was shown, `invalid_token` for one that is not good. */
export function tokenInfo(
  world: World,
  shown: { accessToken: string | undefined; idToken: string | undefined },
  form: TokenInfoForm,
): Record<string, unknown> {
  if (shown.accessToken) return ofAccess(world, shown.accessToken, form);
  if (shown.idToken) return ofIdentity(world, shown.idToken, form);
  throw oauthError('invalid_request', 'either access_token, id_token, or token_handle required');
}

const invalid = () => oauthError('invalid_token', 'Invalid Value');

function ofAccess(world: World, token: string, form: TokenInfoForm): Record<string, unknown> {
  const row = liveToken(world, token);
  if (!row) throw invalid();
  const exp = Math.floor((row.expiresAt ?? world.now() + ACCESS_TOKEN_SECONDS * 1_000) / 1_000);
  const left = exp - Math.floor(world.now() / 1_000);
  const { sub, email } = letOut(world, row);
  const scope = row.scopes.join(' ');
  const access_type = row.refreshToken ? 'offline' : 'online';
  if (form === 'v3')
    return {
      azp: row.clientId,
      aud: row.clientId,
      ...(sub ? { sub } : {}),
      scope,
      exp: String(exp),
      expires_in: String(left),
      ...(email ? { email, email_verified: 'true' } : {}),
      access_type,
    };
  return {
    issued_to: row.clientId,
    audience: row.clientId,
    ...(sub ? { user_id: sub } : {}),
    scope,
    expires_in: left,
    ...(email ? { email, verified_email: true } : {}),
    ...(form === 'v1' ? { access_type } : {}),
  };
}

/** Who the person is, where a scope says that it may be told. */
function letOut(world: World, { email, scopes }: AccessToken): { sub?: string | undefined; email?: string } {
  if (!scopes.some((scope) => IDENTITY_SCOPES.has(scope))) return {};
  const sub = world.get(accounts, email.toLowerCase())?.id;
  return { sub, ...(scopes.map(shortScope).includes('userinfo.email') ? { email } : {}) };
}

function ofIdentity(world: World, token: string, form: TokenInfoForm): Record<string, unknown> {
  const read = idClaims(world, token);
  if (!read) throw invalid();
  const { claims, kid } = read;
  if (form === 'v3') {
    const texts = Object.entries(claims).map(([name, value]) => [name, String(value)]);
    return { ...Object.fromEntries(texts), alg: 'RS256', kid, typ: 'JWT' };
  }
  return ofClaims(world, claims);
}

const ofClaims = (world: World, claims: IdClaims): Record<string, unknown> => ({
  issuer: claims.iss,
  issued_to: claims.azp,
  audience: claims.aud,
  user_id: claims.sub,
  expires_in: claims.exp - Math.floor(world.now() / 1_000),
  issued_at: claims.iat,
  ...(claims.email ? { email: claims.email, email_verified: claims.email_verified } : {}),
});
