/** Keys that sign tokens: published, rotated by hand or every three months, and asked again when a token comes back. */
import { createPublicKey } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { SIGNING_KEY_ROTATES_MS } from '../../limits.ts';
import { org } from '../../world.ts';
import type { AuthServer } from '../authServers/authServer.ts';
import { opened } from './encryption.ts';
import type { Issuer } from './issuer.ts';

export type Claims = Record<string, unknown>;

/** A key id and whether new tokens are signed with it. */
export interface PublishedKey {
  kid: string;
  status: 'ACTIVE' | 'EXPIRED';
}

/** A signed token. */
export function sign(world: World, { server }: Issuer, claims: Claims): string {
  const keyid = publishedKeys(world, server)[0]?.kid ?? '';
  return jwt().sign(claims, world.rsaKey(0).privateKey, { algorithm: 'RS256', keyid });
}

/**
 * The claims of a token that `issuer` signed with a key that is still published; undefined for every other text.
 * `late`: one whose time is over is taken too.
 */
export function verified(world: World, issuer: Issuer, token: string, late = false): Claims | undefined {
  try {
    const { payload, header } = jwt().verify(opened(world, token), world.rsaKey(0).publicKey, {
      algorithms: ['RS256'],
      issuer: issuer.url,
      clockTimestamp: Math.floor(world.now() / 1_000),
      ignoreExpiration: late,
      complete: true,
    });
    const known = publishedKeys(world, issuer.server).some(({ kid }) => kid === header.kid);
    return known && typeof payload === 'object' ? (payload as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** What is at `/v1/keys`: the key that signs, and the one before it, whose tokens may still be about. */
export const keySet = (world: World, { server }: Issuer): { keys: Record<string, unknown>[] } => ({
  keys: publishedKeys(world, server).map(({ kid }) => publicJwk(world, kid)),
});

/** A published key as a JSON Web Key. */
export function publicJwk(world: World, kid: string): Record<string, unknown> {
  const { n, e } = createPublicKey(world.rsaKey(0).publicKey).export({ format: 'jwk' });
  return { kty: 'RSA', alg: 'RS256', kid, use: 'sig', e, n };
}

/** The keys of a server, or of the org, the signing one first. */
export function publishedKeys(world: World, server: AuthServer | undefined): PublishedKey[] {
  const { lastRotated, rotationMode, kid } = server?.credentials.signing ?? orgSigning(world);
  const age = world.now() - Date.parse(lastRotated);
  const turns = rotationMode === 'AUTO' ? Math.max(0, Math.floor(age / SIGNING_KEY_ROTATES_MS)) : 0;
  const nth = (n: number): string => (n === 0 ? kid : world.drawFor('okta.kid', kid, n).chars(BASE64URL, 43));
  const before = turns > 0 ? nth(turns - 1) : server?.retiredKid;
  return [
    { kid: nth(turns), status: 'ACTIVE' },
    ...(before === undefined ? [] : [{ kid: before, status: 'EXPIRED' as const }]),
  ];
}

const orgSigning = (world: World) => ({
  kid: world.drawFor('okta.kid', 'org').chars(BASE64URL, 43),
  rotationMode: 'AUTO',
  lastRotated: org(world).created,
});
