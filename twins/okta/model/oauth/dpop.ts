/**
 * Proofs of possession, RFC 9449: a key that a token is bound to, with a nonce of the issuer's at the token endpoint.
 * https://developer.okta.com/docs/guides/dpop/nonoktaresourceserver/main/
 */
import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { CLOCK_SKEW_SECONDS, DPOP_NONCE_LASTS_MS } from '../../limits.ts';
import { digestOf } from './opaque.ts';
import { isSigned } from './signedByClient.ts';
import { useOnce } from './usedOnce.ts';

/** What a proof must be made for. */
export interface Proven {
  method: string;
  /** The address without query. */
  url: string;
  /** At the token endpoint: the issuer's nonce must be in it. */
  nonce?: true;
  /** At an API: the token that it goes with. */
  token?: string;
  /** Written down, so that it is not taken again; at the token endpoint it always is. */
  once?: true;
}

/** The nonce of today. */
export const dpopNonce = (world: World, daysAgo = 0): string =>
  world.secret(['okta.dpopNonce', Math.floor(world.now() / DPOP_NONCE_LASTS_MS) - daysAgo], 32);

/** The thumbprint of the key that made the proof. Throws `invalid_dpop_proof`, `use_dpop_nonce`. */
export function provenKey(world: World, proof: string, of: Proven): string {
  const read = jwt().decode(proof, { complete: true });
  const claims = read && typeof read.payload === 'object' ? read.payload : undefined;
  const { typ, jwk } = (read?.header ?? {}) as { typ?: string; jwk?: JsonWebKey };
  if (!claims || !jwk || jwk.d !== undefined) throw bad('The DPoP proof JWT is not a valid JWT.');
  if (typ !== 'dpop+jwt') throw bad("The DPoP proof JWT header must have a 'typ' of 'dpop+jwt'.");
  if (!isSigned(proof, () => createPublicKey({ key: jwk, format: 'jwk' })))
    throw bad('The DPoP proof JWT signature is invalid.');
  if (claims.htm !== of.method) throw bad("The DPoP proof JWT's 'htm' claim does not match the HTTP method.");
  if (claims.htu !== of.url) throw bad("The DPoP proof JWT's 'htu' claim does not match the URL.");
  const now = Math.floor(world.now() / 1_000);
  if (typeof claims.iat !== 'number' || Math.abs(now - claims.iat) > CLOCK_SKEW_SECONDS)
    throw bad("The DPoP proof JWT's 'iat' claim is not within an acceptable window.");
  if (of.token !== undefined && claims.ath !== digestOf(of.token))
    throw bad("The DPoP proof JWT's 'ath' claim does not match the access token.");
  if (of.nonce && claims.nonce !== dpopNonce(world) && claims.nonce !== dpopNonce(world, 1))
    throw oauthError('use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.', 400, [
      ['dpop-nonce', dpopNonce(world)],
    ]);
  // Where a caller is only looked up, nothing can be written down: that happens in a request's own transaction.
  if (of.token !== undefined && !of.once) return thumbprint(jwk);
  const keptUntil = (now + 2 * CLOCK_SKEW_SECONDS) * 1_000;
  const jkt = thumbprint(jwk);
  if (typeof claims.jti !== 'string' || !useOnce(world, `dpop/${jkt}/${claims.jti}`, keptUntil))
    throw bad("The DPoP proof JWT's 'jti' claim has already been used.");
  return jkt;
}

/** The refusal where a proof is asked for and there is none. */
export const proofMissing = () => bad('The DPoP proof JWT header is missing.');

const bad = (says: string) => oauthError('invalid_dpop_proof', says);

/** RFC 7638: the members that are required, by name. */
function thumbprint({ kty, crv, e, n, x, y }: JsonWebKey): string {
  const members = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
