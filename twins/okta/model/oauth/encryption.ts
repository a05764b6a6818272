/**
 * Tokens that only their reader can read: signed, then encrypted (RFC 7516, compact) for a public key, RSA-OAEP with a
 * SHA-2 digest and A256GCM.
 */
import { constants, createCipheriv, createHash, publicEncrypt } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { sealedTokens } from '../../world/oauth.ts';
import { digestOf } from './opaque.ts';
import { cryptoKey, type PublicKey } from './publicKey.ts';
import { sweep } from './usedOnce.ts';

export const KEY_ENCRYPTION_ALGORITHMS = ['RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'] as const;
export const CONTENT_ENCRYPTION_ALGORITHMS = ['A256GCM'] as const;

/** What is kept of an encrypted token, so that the issuer knows it again. */
export interface SealedToken {
  digest: string;
  /** The signed token within. */
  inner: string;
  /** Universe milliseconds. */
  expiresAt: number;
}

/** `token` as only the holder of the private key reads it; kept until `expiresAt` (universe milliseconds). */
export function sealed(world: World, token: string, key: PublicKey, alg: string, expiresAt: number): string {
  const draw = (purpose: string, bytes: number): Buffer =>
    createHash('sha256')
      .update(world.secret([`okta.jwe.${purpose}`, world.next(`okta.jwe.${purpose}`)], 43, BASE64URL))
      .digest()
      .subarray(0, bytes);
  const [contentKey, iv] = [draw('cek', 32), draw('iv', 12)];
  const header = encoded(
    JSON.stringify({ alg, enc: 'A256GCM', cty: 'JWT', ...(key.kid ? { kid: key.kid } : {}) }),
  );
  const seed = Buffer.concat([draw('seed', 32), draw('seed', 32)]);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header));
  const text = Buffer.concat([cipher.update(token), cipher.final()]);
  const wrapped = encryptKey(contentKey, key, alg, seed);
  const jwe = [header, encoded(wrapped), encoded(iv), encoded(text), encoded(cipher.getAuthTag())].join('.');
  sweep(world, sealedTokens);
  world.insert(sealedTokens, { digest: digestOf(jwe), inner: token, expiresAt });
  return jwe;
}

/** The signed token in an encrypted one of this org's; any other text as it is. */
export const opened = (world: World, token: string): string =>
  token.split('.').length === 5 ? (world.get(sealedTokens, digestOf(token))?.inner ?? token) : token;

/** RFC 8017, 7.1: OAEP is done here, with the universe's own chance, so that equal runs give equal tokens. */
function encryptKey(message: Buffer, key: PublicKey, alg: string, chance: Buffer): Buffer {
  const hash = `sha${alg.slice('RSA-OAEP-'.length)}`;
  const none = createHash(hash).digest();
  const size = Buffer.from(key.n ?? '', 'base64url').length;
  const zeros = Buffer.alloc(size - message.length - 2 * none.length - 2);
  const data = Buffer.concat([none, zeros, Buffer.of(1), message]);
  const seed = chance.subarray(0, none.length);
  const maskedData = xor(data, mask(hash, seed, data.length));
  const maskedSeed = xor(seed, mask(hash, maskedData, seed.length));
  return publicEncrypt(
    { key: cryptoKey({ ...key }), padding: constants.RSA_NO_PADDING },
    Buffer.concat([Buffer.of(0), maskedSeed, maskedData]),
  );
}

/** MGF1. */
function mask(hash: string, seed: Buffer, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let n = 0; parts.length * 32 < length; n++) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(n);
    parts.push(createHash(hash).update(seed).update(counter).digest());
  }
  return Buffer.concat(parts).subarray(0, length);
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
const encoded = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64url');
