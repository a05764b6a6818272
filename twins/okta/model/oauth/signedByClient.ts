/** Whether a client signed a JSON Web Token: with its secret or with a key that it published, each by its own algorithms. */
import type { KeyObject } from 'node:crypto';
import type { Algorithm } from 'jsonwebtoken';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import type { App } from '../apps/app.ts';
import { secretsOf } from '../apps/clientSecret.ts';
import { activeKeys } from './keySource.ts';
import { cryptoKey } from './publicKey.ts';

const PUBLIC_KEY_ALGORITHMS: readonly Algorithm[] = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const SECRET_ALGORITHMS: readonly Algorithm[] = ['HS256', 'HS384', 'HS512'];

/** What clients may sign with. */
export const SIGNING_ALGORITHMS: readonly string[] = [...SECRET_ALGORITHMS, ...PUBLIC_KEY_ALGORITHMS];

/** A token's header and claims, unproved; undefined for what is no token. */
export function readToken(
  token: string,
): { header: { kid?: string; alg: string }; claims: Record<string, unknown> } | undefined {
  const read = jwt().decode(token, { complete: true });
  if (!read || typeof read.payload !== 'object') return undefined;
  return { header: read.header as { kid?: string; alg: string }, claims: read.payload };
}

/**
 * Whether one of the client's keys (`by: 'keys'`) or secrets made the signature. An algorithm of the one kind is no
 * good for the other, so that a public key cannot pass for a secret.
 */
export function signedByClient(world: World, app: App, token: string, by: 'keys' | 'secrets'): boolean {
  if (by === 'secrets')
    return secretsOf(world, app.id).some(
      ({ status, client_secret }) =>
        status === 'ACTIVE' && isSigned(token, () => client_secret, SECRET_ALGORITHMS),
    );
  const kid = readToken(token)?.header.kid;
  return activeKeys(world, app, 'sig', kid)
    .filter((key) => kid === undefined || key.kid === kid)
    .some((key) => isSigned(token, () => cryptoKey({ ...key }), PUBLIC_KEY_ALGORITHMS));
}

/** Whether a key made the signature by one of the algorithms. Times are looked at apart; a key that cannot be read signs nothing. */
export function isSigned(
  token: string,
  key: () => string | KeyObject,
  algorithms: readonly Algorithm[] = PUBLIC_KEY_ALGORITHMS,
): boolean {
  try {
    jwt().verify(token, key(), {
      algorithms: [...algorithms],
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    return true;
  } catch {
    return false;
  }
}
