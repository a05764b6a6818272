/** OpenID Connect: ID tokens, and the keys that sign them. */

import { createHash, createPublicKey } from 'node:crypto';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { issuerOf } from '../../address.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { shortScope } from '../scopes.ts';
import { type Account, accounts } from '../world.ts';
import { certificateOf } from './certificate.ts';
import { hostedDomain, profileOf } from './userInfo.ts';

/** The server's first key signs the ID tokens; its public half is at `/oauth2/v3/certs`. */
const signingKey = (world: World) => world.rsaKey(0);
const keyIdOf = (publicKey: string) => createHash('sha256').update(publicKey).digest('hex').slice(0, 40);

/** Whom an ID token is about and for, and what it came with. */
interface Subject {
  email: string;
  audience: string;
  nonce?: string | undefined;
  /** What was granted, and so let out; absent: the e-mail. */
  scopes?: readonly string[];
  /** The access token that it is given beside, and the code: their hashes are in it. */
  beside?: string | undefined;
  code?: string | undefined;
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
    ...letOut(account, of),
    ...(of.beside === undefined ? {} : { at_hash: halfHash(of.beside) }),
    ...(of.code === undefined ? {} : { c_hash: halfHash(of.code) }),
    ...(of.nonce === undefined ? {} : { nonce: of.nonce }),
    iat,
    exp: iat + ACCESS_TOKEN_SECONDS + 1,
    ...hostedDomain(world, account),
  };
  const { privateKey, publicKey } = signingKey(world);
  return jwt().sign(claims, privateKey, { algorithm: 'RS256', keyid: keyIdOf(publicKey) });
}

/** The claims that scopes let out. */
function letOut(account: Account, { scopes }: Subject): Record<string, unknown> {
  const email = { email: account.primaryEmail, email_verified: true };
  if (!scopes) return email;
  const granted = new Set(scopes.map(shortScope));
  return {
    ...(granted.has('userinfo.email') ? email : {}),
    ...(granted.has('userinfo.profile') ? profileOf(account) : {}),
  };
}

/** OpenID Connect Core 3.1.3.6, 3.3.2.11. */
const halfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');

/** The claims of an ID token. */
export interface IdClaims {
  iss: string;
  azp: string;
  aud: string;
  sub: string;
  iat: number;
  exp: number;
  email?: string;
  email_verified?: boolean;
}

/** What an ID token says, and the key that it names; undefined for one that is not good now. */
export function idClaims(world: World, token: string): { claims: IdClaims; kid: string } | undefined {
  const { publicKey } = signingKey(world);
  try {
    const clockTimestamp = Math.floor(world.now() / 1_000);
    const claims = jwt().verify(token, publicKey, { algorithms: ['RS256'], clockTimestamp });
    return { claims: claims as unknown as IdClaims, kid: keyIdOf(publicKey) };
  } catch {
    return undefined;
  }
}

/** `GET /oauth2/v3/certs`: a JSON Web Key set. */
export function certificates(world: World): { keys: Record<string, unknown>[] } {
  const { publicKey } = signingKey(world);
  return { keys: [jwkOf(publicKey, keyIdOf(publicKey))] };
}

/** `GET /oauth2/v1/certs`: the same keys as certificates, by their ids. */
export function pemCertificates(world: World): Record<string, string> {
  const key = signingKey(world);
  return {
    [keyIdOf(key.publicKey)]: certificateOf(key, 'federated-signon.system.gserviceaccount.com', KEYS_FROM),
  };
}

/** A public key as a JSON Web Key. */
export const jwkOf = (publicKey: string, kid: string): Record<string, unknown> => ({
  ...createPublicKey(publicKey).export({ format: 'jwk' }),
  use: 'sig',
  alg: 'RS256',
  kid,
});

/** From when certificates are good: before any universe's time. */
export const KEYS_FROM = Date.UTC(2020, 0, 1);
