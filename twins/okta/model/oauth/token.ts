/** Access and ID tokens: signed here, remembered, so that they can be asked about and taken back. */
import { createHash } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ID_TOKEN_LASTS_SECONDS } from '../../limits.ts';
import { accessTokens, refreshTokens } from '../../world/oauth.ts';
import { org } from '../../world.ts';
import type { App } from '../apps/app.ts';
import type { User } from '../people/user.ts';
import { identityClaims, resourceClaims } from './claim.ts';
import { clientIdOf, settingsOf } from './client.ts';
import { sealed } from './encryption.ts';
import type { Issuer } from './issuer.ts';
import { activeKeys } from './keySource.ts';
import { drawn } from './opaque.ts';
import { type Claims, sign } from './signing.ts';
import { sweep } from './usedOnce.ts';

/** What is kept of an access token; without its row it is good for nothing. */
export interface AccessToken {
  jti: string;
  /** What came of one sign-in: taken back together. */
  family: string;
  appId: string;
  userId?: string;
  /** `org`, or the server's id. */
  issuerKey: string;
  scopes: string[];
  /** Universe milliseconds. */
  expiresAt: number;
}

/** What tokens are made out for. */
export interface Minting {
  issuer: Issuer;
  app: App;
  user: User | undefined;
  scopes: readonly string[];
  family: string;
  /** When the person signed in, universe milliseconds. */
  authTime?: number;
  nonce?: string | undefined;
  /** Thumbprint of the key that must prove possession (RFC 9449). */
  jkt?: string | undefined;
  how?: SignInFacts | undefined;
}

/** How a person signed in, and where: the id of an identity provider, or of the org itself. */
export interface SignInFacts {
  amr: readonly string[];
  idp: string;
}

/** A token before it is signed. */
export interface Draft {
  claims: Claims;
  /** Seconds that it will last. */
  seconds: number;
}

/** What an access token is to say; `minutes` is how long the rule lets it last. `refreshId`: what it comes with. */
export function draftAccess(world: World, of: Minting, minutes: number, refreshId?: string): Draft {
  const { issuer, app, user, authTime } = of;
  const claims = {
    ver: 1,
    jti: `AT.${drawn(world, 'accessToken')}${refreshId ? `.${refreshId}` : ''}`,
    iss: issuer.url,
    aud: issuer.server?.audiences[0] ?? issuer.url,
    iat: seconds(world.now()),
    cid: clientIdOf(app),
    ...(user ? { uid: user.id } : {}),
    scp: of.scopes,
    ...(authTime === undefined ? {} : { auth_time: seconds(authTime) }),
    ...resourceClaims(world, issuer, of),
    ...(of.jkt === undefined ? {} : { cnf: { jkt: of.jkt } }),
  };
  return { claims, seconds: minutes * 60 };
}

/** A signed access token, which is good from now on. */
export function signAccess(world: World, of: Minting, draft: Draft): string {
  const { issuer, app, user, family } = of;
  const { jti, iat, cid, ...claims } = draft.claims as { jti: string; iat: number } & Claims;
  const { ver, iss, aud, ...rest } = claims;
  const exp = iat + draft.seconds;
  sweep(world, accessTokens);
  world.insert(accessTokens, {
    jti,
    family,
    appId: app.id,
    ...(user ? { userId: user.id } : {}),
    issuerKey: issuer.key,
    scopes: [...of.scopes],
    expiresAt: exp * 1_000,
  });
  const signed = sign(world, issuer, { ver, jti, iss, aud, iat, exp, cid, ...rest });
  const algorithm = issuer.server?.accessTokenEncryptedResponseAlgorithm;
  const key = issuer.server?.resourceKeys?.find(({ status }) => status === 'ACTIVE');
  return algorithm && key ? sealed(world, signed, key, algorithm, exp * 1_000) : signed;
}

/** What an ID token is to say. `beside`: an access token goes with it, which leads to the rest of the claims. */
export function draftIdentity(world: World, of: Minting & { user: User }, beside: boolean): Draft {
  const { issuer, app, user, authTime, nonce } = of;
  const claims = {
    sub: user.id,
    ...identityClaims(world, issuer, of, beside),
    ver: 1,
    iss: issuer.url,
    aud: clientIdOf(app),
    iat: seconds(world.now()),
    jti: `ID.${drawn(world, 'idToken')}`,
    amr: of.how?.amr ?? ['pwd'],
    idp: of.how?.idp ?? org(world).id,
    ...(nonce === undefined ? {} : { nonce }),
    ...(authTime === undefined ? {} : { auth_time: seconds(authTime) }),
  };
  return { claims, seconds: ID_TOKEN_LASTS_SECONDS };
}

/**
 * A signed ID token, encrypted where the client wants it so. `beside`: the access token and the code that it is given
 * with. Throws `invalid_client` where there is no key to encrypt for.
 */
export function signIdentity(
  world: World,
  { issuer, app }: Minting,
  { claims, seconds: lasts }: Draft,
  beside: { accessToken?: string | undefined; code?: string | undefined },
): string {
  const exp = Number(claims.iat) + lasts;
  const signed = sign(world, issuer, {
    ...claims,
    exp,
    ...(beside.accessToken === undefined ? {} : { at_hash: halfHash(beside.accessToken) }),
    ...(beside.code === undefined ? {} : { c_hash: halfHash(beside.code) }),
  });
  const algorithm = settingsOf(app).id_token_encrypted_response_alg;
  if (algorithm === undefined) return signed;
  const [key] = activeKeys(world, app, 'enc');
  if (!key)
    throw oauthError('invalid_client', 'The client has no active key for the encryption of its ID tokens.');
  return sealed(world, signed, key, algorithm, exp * 1_000);
}

/** The row of a token of this issuer that is still good, by its claims. */
export function liveToken(world: World, issuer: Issuer, claims: Claims | undefined): AccessToken | undefined {
  const row = world.get(accessTokens, String(claims?.jti));
  return row && row.issuerKey === issuer.key && row.expiresAt > world.now() ? row : undefined;
}

/** Takes back all that came of one sign-in. */
export const revokeFamily = (world: World, family: string): void => revokeAllOf(world, 'family', family);

/** Takes back all tokens of a person. */
export const revokeTokensOf = (world: World, userId: string): void => revokeAllOf(world, 'user', userId);

/** Takes back all tokens of a person, an app or an issuer, or of one sign-in. */
export function revokeAllOf(world: World, index: 'family' | 'user' | 'app' | 'issuer', equals: string): void {
  for (const { jti } of world.list(accessTokens, { index, equals }).toArray())
    world.remove(accessTokens, jti);
  for (const { digest } of world.list(refreshTokens, { index, equals }).toArray())
    world.remove(refreshTokens, digest);
}

/** A name for what comes of one sign-in. */
export const newFamily = (world: World): string => drawn(world, 'tokenFamily');

const seconds = (ms: number): number => Math.floor(ms / 1_000);
const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
