/** RSA keys that the kernel lends to twins for signing: fixed ones in local mode, the server's own once it is keyed. */
import { generateKeyPairSync } from 'node:crypto';
import { FIXED_KEYS } from './fixedKeys.ts';

export interface RsaKey {
  /** PKCS #8, PEM. */
  privateKey: string;
  /** SPKI, PEM. */
  publicKey: string;
}

/** Keys by number. The first signs and never leaves the server; past the last one they begin again behind the first. */
export interface KeyRing {
  key(nth: number): RsaKey;
  /** Those behind the first that there are so far: what key files may hold. */
  lent(): readonly RsaKey[];
}

const KEYS = FIXED_KEYS.length;
const MODULUS_BITS = 2_048;

const place = (nth: number): number => (nth < KEYS ? nth : 1 + ((nth - 1) % (KEYS - 1)));

/** The same keys everywhere. */
export const fixedKeys: KeyRing = {
  key: (nth) => FIXED_KEYS[place(nth)] as RsaKey,
  lent: () => FIXED_KEYS.slice(1),
};

/** Keys that nobody else has: those that were kept, else made when they are first lent and handed to `keep`. */
export function ownKeys(
  kept: readonly RsaKey[] = [],
  keep: (keys: readonly RsaKey[]) => void = () => {},
): KeyRing {
  const keys = new Map(kept.map((key, nth) => [nth, key]));
  return {
    key(nth) {
      for (let i = keys.size; i <= place(nth); i++) {
        keys.set(i, made());
        keep([...keys.values()]);
      }
      return keys.get(place(nth)) as RsaKey;
    },
    lent: () => [...keys.values()].slice(1),
  };
}

/** `own`, but for the keys that another server has lent already. */
export function withLent(own: KeyRing, lent: readonly RsaKey[]): KeyRing {
  return {
    key: (nth) => lent[place(nth) - 1] ?? own.key(nth),
    lent: () => [...lent, ...own.lent().slice(lent.length)].slice(0, KEYS - 1),
  };
}

function made(): RsaKey {
  return generateKeyPairSync('rsa', {
    modulusLength: MODULUS_BITS,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}
