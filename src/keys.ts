/** RSA keys that the kernel lends to twins for signing: fixed ones in local mode, the server's own once it is keyed. */
import { generateKeyPairSync } from 'node:crypto';
import { FIXED_KEYS } from './fixedKeys.ts';

export interface RsaKey {
  /** PKCS #8, PEM. */
  privateKey: string;
  /** SPKI, PEM. */
  publicKey: string;
}

/** Keys by number; a number past the last one begins again. */
export interface KeyRing {
  key(nth: number): RsaKey;
}

const KEYS = FIXED_KEYS.length;
const MODULUS_BITS = 2_048;

/** The same keys everywhere. */
export const fixedKeys: KeyRing = { key: (nth) => FIXED_KEYS[nth % KEYS] as RsaKey };

/** Keys that nobody else has: those that were kept, else made when they are first lent and handed to `keep`. */
export function ownKeys(
  kept: readonly RsaKey[] = [],
  keep: (keys: readonly RsaKey[]) => void = () => {},
): KeyRing {
  const keys = new Map(kept.map((key, nth) => [nth, key]));
  return {
    key(nth) {
      for (let i = keys.size; i <= nth % KEYS; i++) {
        keys.set(i, made());
        keep([...keys.values()]);
      }
      return keys.get(nth % KEYS) as RsaKey;
    },
  };
}

function made(): RsaKey {
  return generateKeyPairSync('rsa', {
    modulusLength: MODULUS_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
