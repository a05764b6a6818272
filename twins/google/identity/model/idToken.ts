/** OpenID Connect: ID tokens, the keys that sign them, what the token and user information pages say. */

import { createHash, createPublicKey } from 'node:crypto';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { issuerOf } from '../../address.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { shortScope } from '../scopes.ts';
import { type AccessToken, type Account, accounts, projectOf } from '../world.ts';
import { liveToken } from './token.ts';

/** The server's first key signs the ID tokens; its public half is at `/oauth2/v3/certs`. */
const signingKey = (world: World) => world.rsaKey(0);
const keyIdOf = (publicKey: string) => createHash('sha256').update(publicKey).digest('hex').slice(0, 40);

/** Whom an ID token is about and for, and what it came with. */
interface Subject {
  email: string;
  audience: string;
  nonce?: string;
  /** The access token that it was given beside: its hash and what it lets out are in it. */
  accessToken?: { token: string; scopes: readonly string[] };
}

/** A signed ID token for an account. `iss` is Google's issuer by the way that the request came. */
export function idToken(world: World, of: Subject): string {
  const account = world.require(accounts, of.email.toLowerCase(), () =>
    oauthError('invalid_grant', 'Account not found'),
  );
  const iat = Math.floor(world.now() / 1_000);
  const claims = {
    iss: issuerOf(world),
    azp: of.audience,
    aud: of.audience,
    sub: account.id,
    ...besideToken(account, of),
    ...(of.nonce === undefined ? {} : { nonce: of.nonce }),
    iat,
    exp: iat + ACCESS_TOKEN_SECONDS + 1,
    ...hostedDomain(world, account),
  };
  const { privateKey, publicKey } = signingKey(world);
  return jwt().sign(claims, privateKey, { algorithm: 'RS256', keyid: keyIdOf(publicKey) });
}

/** The claims that an access token's scopes let out; all of the e-mail where there is no access token. */
function besideToken(account: Account, { accessToken }: Subject): Record<string, unknown> {
  const email = { email: account.primaryEmail, email_verified: true };
  if (!accessToken) return email;
  const granted = new Set(accessToken.scopes.map(shortScope));
  const half = createHash('sha256').update(accessToken.token).digest().subarray(0, 16);
  return {
    ...(granted.has('userinfo.email') ? email : {}),
    at_hash: half.toString('base64url'),
    ...(granted.has('userinfo.profile') ? profileOf(account) : {}),
  };
}

/** `GET /oauth2/v3/certs`: a JSON Web Key set. */
export function certificates(world: World): { keys: Record<string, unknown>[] } {
  const { publicKey } = signingKey(world);
  const jwk = createPublicKey(publicKey).export({ format: 'jwk' });
  return { keys: [{ ...jwk, use: 'sig', alg: 'RS256', kid: keyIdOf(publicKey) }] };
}

/** The user information page: what the token's scopes let out. `v2` says `id`, OpenID Connect `sub`. */
export function userInfo(world: World, email: string, scopes: readonly string[], form: 'v2' | 'oidc') {
  const account = world.require(accounts, email.toLowerCase(), () =>
    oauthError('invalid_token', 'Account not found', 401),
  );
  const granted = new Set(scopes.map(shortScope));
  return {
    [form === 'v2' ? 'id' : 'sub']: account.id,
    ...(granted.has('userinfo.profile') ? profileOf(account) : {}),
    ...(granted.has('userinfo.email')
      ? { email: account.primaryEmail, [form === 'v2' ? 'verified_email' : 'email_verified']: true }
      : {}),
    ...hostedDomain(world, account),
  };
}

/** `GET /tokeninfo`. Throws `invalid_token`. https://developers.google.com/identity/protocols/oauth2 */
export function tokenInfo(world: World, token: string | null): Record<string, unknown> {
  const row = token === null ? undefined : liveToken(world, token);
  if (!row) throw oauthError('invalid_token', 'Invalid Value');
  return describe(world, row);
}

function describe(world: World, row: AccessToken): Record<string, unknown> {
  const account = world.get(accounts, row.email.toLowerCase());
  const exp = Math.floor((row.expiresAt ?? world.now() + ACCESS_TOKEN_SECONDS * 1_000) / 1_000);
  return {
    azp: row.clientId,
    aud: row.clientId,
    ...(account ? { sub: account.id } : {}),
    scope: row.scopes.join(' '),
    exp: String(exp),
    expires_in: String(exp - Math.floor(world.now() / 1_000)),
    ...(row.scopes.map(shortScope).includes('userinfo.email')
      ? { email: row.email, email_verified: 'true' }
      : {}),
    access_type: row.refreshToken ? 'offline' : 'online',
  };
}

function profileOf(account: Account): Record<string, string> {
  const { fullName, givenName, familyName } = account.name;
  return { name: fullName, given_name: givenName, family_name: familyName, picture: pictureOf(account) };
}

export const pictureOf = (account: Account): string =>
  `https://lh3.googleusercontent.com/a/${account.permissionId}`;

function hostedDomain(world: World, account: Account): { hd?: string } {
  const { domain } = projectOf(world);
  return account.primaryEmail.endsWith(`@${domain}`) ? { hd: domain } : {};
}
