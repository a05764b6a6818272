/** Public keys that clients and resource servers hand in as JSON Web Keys, and what the service asks of them. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';

/** A key in the vendor's shape, less links. */
export interface PublicKey {
  id: string;
  kid: string | null;
  kty: string;
  alg?: string;
  use: string | null;
  status: 'ACTIVE' | 'INACTIVE';
  created: string;
  lastUpdated: string;
  e?: string;
  n?: string;
  x?: string;
  y?: string;
  crv?: string;
}

/** What programs send of a key. */
export type PublicKeyInput = Partial<PublicKey>;

const RSA_BITS_MIN = 2_048;

/** Refuses a key for `cause`. */
export const badKey = (cause: string) => invalid('JsonWebKey', cause);

/** The members of a key that is fit for use. Throws E0000001 for another type, a short or unreadable one. */
export function checkedKey(sent: PublicKeyInput, kinds: readonly string[]): Partial<PublicKey> {
  const { kty = '', kid, alg, e, n, x, y } = sent;
  if (!kinds.includes(kty)) throw badKey(`kty: The key type must be one of: ${kinds.join(', ')}`);
  if (kty === 'RSA' && bitsOf(n) < RSA_BITS_MIN)
    throw badKey("RSA key length in the 'jwks' is less than '2,048' bits for the given key.");
  const key = { kty, ...(kty === 'RSA' ? { e, n } : { x, y, crv: sent.crv ?? curveOf(x) }) };
  if (!readable(key)) throw badKey("The key in the 'jwks' is not a valid key.");
  return { ...(key as PublicKeyInput), kid: kid ?? null, ...(alg === undefined ? {} : { alg }) };
}

/**
 * A whole set of encryption keys, as it is sent with an authorization server; keys that were there keep their id.
 * Throws E0000001 for a bad key, key ids that are missing or equal, more than `max` keys or more than one that is on.
 */
export function encryptionKeys(
  world: World,
  sent: readonly PublicKeyInput[],
  before: readonly PublicKey[],
  max: number,
): PublicKey[] {
  if (new Set(sent.map(({ kid }) => kid)).size < sent.length || sent.some(({ kid }) => !kid))
    throw badKey("Each key must have a unique 'kid'.");
  if (sent.length > max) throw badKey(`You have reached the maximum number of keys allowed (${max}).`);
  if (sent.filter(({ status }) => status !== 'INACTIVE').length > 1)
    throw badKey('Only one key can be ACTIVE at any given time.');
  const now = stamp(world.now());
  return sent.map((key) => {
    const known = before.find(({ kid }) => kid === key.kid);
    const dates = { created: known?.created ?? now, lastUpdated: now };
    const status = key.status ?? 'ACTIVE';
    const id = known?.id ?? newId(world, 'apk');
    return { id, ...checkedKey(key, ['RSA']), use: 'enc', status, ...dates } as PublicKey;
  });
}

/** The key as crypto takes it; the curve, where nobody said it, by the length of a coordinate. */
export const cryptoKey = (key: Record<string, unknown>) =>
  createPublicKey({
    key: {
      ...key,
      ...(key.kty === 'EC' ? { crv: key.crv ?? curveOf(key.x as string) } : {}),
    } as JsonWebKey,
    format: 'jwk',
  });

function readable(key: Record<string, unknown>): boolean {
  try {
    cryptoKey(key);
    return true;
  } catch {
    return false;
  }
}

function bitsOf(n: string | undefined): number {
  const bytes = Buffer.from(n ?? '', 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}

const CURVES: Readonly<Record<number, string>> = { 32: 'P-256', 48: 'P-384', 66: 'P-521' };
const curveOf = (x: string | undefined): string | undefined =>
  CURVES[Buffer.from(x ?? '', 'base64url').length];
