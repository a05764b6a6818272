import { describe, expect, it } from 'vitest';
import { fixedKeys, ownKeys, type RsaKey } from '../../src/keys.ts';

describe('the keys that a server lends', () => {
  it('are the same everywhere in local mode', () => {
    expect(fixedKeys.key(0).publicKey).toContain('BEGIN PUBLIC KEY');
    expect(fixedKeys.key(1).publicKey).not.toBe(fixedKeys.key(0).publicKey);
  });

  it('are a keyed server’s own, made once, and come back from where they were kept', () => {
    let kept: readonly RsaKey[] = [];
    const ring = ownKeys([], (keys) => {
      kept = keys;
    });
    const first = ring.key(0);
    expect(first.publicKey).not.toBe(fixedKeys.key(0).publicKey);
    expect(ring.key(0)).toBe(first);
    expect(ownKeys(kept).key(0)).toEqual(first);
  });
});
