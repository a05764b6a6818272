/**
 * Keyed randomness: every draw is a function of (seed, purpose, entity, nth), never the next number of one
 * stream, so that one draw more in one place shifts none elsewhere and two builds meet the same story.
 */
import { createHash } from 'node:crypto';

/** A 32-bit number from a seed and any keys. Equal keys, equal number, on every machine. */
export function keyed(seed: number | string, ...keys: (string | number)[]): number {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...keys]))
    .digest()
    .readUInt32BE(0);
}

/** A number in [0, 1) from a seed and any keys. */
export function keyedUnit(seed: number | string, ...keys: (string | number)[]): number {
  return keyed(seed, ...keys) / 0x1_0000_0000;
}

/** `length` hexadecimal characters (at most 64) from a seed and any keys. */
export function keyedHex(length: number, seed: number | string, ...keys: (string | number)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, ...keys]))
    .digest('hex')
    .slice(0, length);
}

/** One of the items, by key. Throws on an empty list. */
export function keyedPick<T>(items: readonly T[], seed: number | string, ...keys: (string | number)[]): T {
  if (items.length === 0) throw new Error('nothing to draw from');
  return items[Math.floor(keyedUnit(seed, ...keys) * items.length)] as T;
}

/** A fast seeded stream in [0, 1) for simulations that draw many numbers for one purpose (mulberry32). */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
