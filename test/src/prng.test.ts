import { describe, expect, it } from 'vitest';
import { BASE62, secretText, uuid } from '../../src/ids.ts';
import { draw } from '../../src/prng.ts';

describe('a draw', () => {
  it('depends on seed and purpose, not on what was drawn before', () => {
    const text = (seed: number, ...parts: string[]) => draw(seed, ...parts).chars(BASE62, 12);
    const first = text(1, 'user', 'a');
    text(1, 'user', 'b');
    expect(text(1, 'user', 'a')).toBe(first);
    expect(new Set([first, text(2, 'user', 'a'), text(1, 'user', 'b'), text(1, 'group', 'a')]).size).toBe(4);
  });

  it('is even: a thousand keyed draws fill ten bins about alike', () => {
    const bins = Array.from({ length: 10 }, () => 0);
    for (let nth = 0; nth < 10_000; nth++) {
      const bin = Math.floor(draw(7, 'even', nth).float() * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    // Chi-squared with 9 degrees of freedom: 27.9 at p = 0.001.
    expect(bins.reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0)).toBeLessThan(27.9);
  });

  it('makes version 4 UUIDs', () => {
    expect(uuid(draw(1, 'x'))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('a credential', () => {
  it('is the same for the same salt, seed and parts, and another for each other', () => {
    const text = (salt: string, seed: number, part: string) => secretText(salt, seed, [part], 40);
    expect(text('s', 1, 'bot')).toBe(text('s', 1, 'bot'));
    expect(
      new Set([text('s', 1, 'bot'), text('t', 1, 'bot'), text('s', 2, 'bot'), text('s', 1, 'user')]).size,
    ).toBe(4);
    expect(text('s', 1, 'bot')).toHaveLength(40);
  });
});
