/** What becomes of tokens afterwards: they are asked about, taken back, and shown for who somebody is. */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { accessTokens, refreshTokens } from '../../world/oauth.ts';
import { apps, users } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { findApp } from '../apps/app.ts';
import { identityClaims } from './claim.ts';
import { clientIdOf, type Form } from './client.ts';
import type { Issuer } from './issuer.ts';
import { digestOf } from './opaque.ts';
import type { RefreshToken } from './refreshToken.ts';
import { type Claims, verified } from './signing.ts';
import { liveToken, revokeFamily } from './token.ts';

/** Tells of a token of this issuer; `{active: false}` for every other. Throws `invalid_request` where none is sent. */
export function introspect(world: World, issuer: Issuer, app: App, form: Form): Record<string, unknown> {
  const token = shownToken(form);
  const refresh = liveRefresh(world, issuer, token);
  if (refresh) return refresh.appId === app.id ? refreshView(world, refresh) : { active: false };
  const claims = verified(world, issuer, token);
  if (String(claims?.jti).startsWith('ID.')) return idView(claims as Claims, app);
  const row = liveToken(world, issuer, claims);
  const user = row?.userId === undefined ? undefined : world.get(users, row.userId);
  if (!row || !claims || (row.userId !== undefined && user?.status !== 'ACTIVE')) return { active: false };
  const { cid, scp: _, ver: _ver, auth_time: _at, cnf, ...rest } = claims;
  return {
    active: true,
    scope: row.scopes.join(' '),
    ...(user ? { username: user.profile.login } : {}),
    client_id: cid,
    token_type: cnf === undefined ? 'Bearer' : 'DPoP',
    ...(cnf === undefined ? {} : { cnf }),
    ...rest,
  };
}

/** Takes a token of this client back; nothing is said of any other. Throws `invalid_request` where none is sent. */
export function revoke(world: World, issuer: Issuer, app: App, form: Form): boolean {
  const token = shownToken(form);
  const refresh = world.get(refreshTokens, digestOf(token));
  if (refresh?.appId === app.id && refresh.issuerKey === issuer.key) {
    revokeFamily(world, refresh.family);
    return true;
  }
  const row = liveToken(world, issuer, verified(world, issuer, token));
  return row?.appId === app.id && world.remove(accessTokens, row.jti);
}

/**
 * All that the scopes of an access token let out of its person. `jkt` is the key that the request proved; a token that
 * is bound to another is no good. Throws `invalid_token`, `insufficient_scope`.
 */
export function userInfo(
  world: World,
  issuer: Issuer,
  token: string | undefined,
  jkt: string | undefined,
): Claims {
  const claims = token === undefined ? undefined : verified(world, issuer, token);
  const isOwn = (claims?.cnf as { jkt?: string } | undefined)?.jkt === jkt;
  const row = isOwn ? liveToken(world, issuer, claims) : undefined;
  const user = row?.userId === undefined ? undefined : world.get(users, row.userId);
  const app = row && world.get(apps, row.appId);
  if (!app || user?.status !== 'ACTIVE')
    throw challenge('invalid_token', 'The access token is invalid.', 401);
  if (!row.scopes.includes('openid'))
    throw challenge(
      'insufficient_scope',
      'The access token must provide access to at least one of these scopes - profile, email, address or phone',
      403,
    );
  return { sub: user.id, ...identityClaims(world, issuer, { app, user, scopes: row.scopes }, false) };
}

function challenge(name: string, says: string, status: number) {
  return oauthError(name, says, status, [
    ['www-authenticate', `Bearer error="${name}", error_description="${says}"`],
  ]);
}

function shownToken({ token }: Form): string {
  if (!token) throw oauthError('invalid_request', "The 'token' parameter is required.");
  return token;
}

function liveRefresh(world: World, issuer: Issuer, token: string): RefreshToken | undefined {
  const row = world.get(refreshTokens, digestOf(token));
  const good = row?.issuerKey === issuer.key && row.expiresAt > world.now() && row.replacedAt === undefined;
  return good ? row : undefined;
}

function refreshView(world: World, row: RefreshToken): Record<string, unknown> {
  const user = world.get(users, row.userId);
  if (user?.status !== 'ACTIVE') return { active: false };
  return {
    active: true,
    token_type: 'Bearer',
    scope: row.scopes.join(' '),
    client_id: clientIdOf(findApp(world, row.appId)),
    username: user.profile.login,
    exp: Math.floor(row.expiresAt / 1_000),
    sub: user.profile.login,
  };
}

const idView = (claims: Claims, app: App): Record<string, unknown> =>
  claims.aud === clientIdOf(app)
    ? { active: true, ...claims, client_id: claims.aud, username: claims.preferred_username }
    : { active: false };
