/** Alphabets and forms of the identifiers and secrets that vendors make up. */
import { createHash, createHmac } from 'node:crypto';
import type { Draw } from './prng.ts';

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const UPPER36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const LOWER36 = '0123456789abcdefghijklmnopqrstuvwxyz';
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const BASE64URL = `${BASE62}-_`;

/** `prefix` followed by `count` characters of `alphabet`, as vendors form their ids. */
export const shaped = (from: Draw, prefix: string, count: number, alphabet: string = BASE62): string =>
  prefix + from.chars(alphabet, count);

/** A version 4 UUID drawn from `from`. */
export function uuid(from: Draw): string {
  const h = from.chars(HEX, 32);
  const variant = '89ab'[from.u32() % 4];
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
}

/** The salt of one tenant's universes: it goes with them to other servers, and says nothing of the server's. */
export const tenantSalt = (salt: string, tenant: string): string =>
  createHash('sha256').update(`${salt}/${tenant}`).digest('hex');

/**
 * Text of `count` characters that cannot be guessed without `salt`: for credentials. The same salt, seed
 * and parts give the same text, so that a `.env` file stays valid in local mode.
 */
export function secretText(
  salt: string,
  seed: number,
  parts: readonly (string | number)[],
  count: number,
  alphabet: string = BASE62,
): string {
  let text = '';
  for (let block = 0; text.length < count; block++) {
    const bytes = createHmac('sha256', salt)
      .update(`${seed}\u0000${parts.join('\u0000')}\u0000${block}`)
      .digest();
    for (const byte of bytes) if (text.length < count) text += alphabet[byte % alphabet.length];
  }
  return text;
}
