/** The bench of planting, at its smallest: what is four times as large may not take sixteen times as long. */
import { describe, expect, it } from 'vitest';
import { CROWDS, plantingMs } from './planting.ts';

describe('a world with four times as many', () => {
  it.each(Object.entries(CROWDS))('%s takes about four times as long to plant', async (_, crowd) => {
    await plantingMs(crowd(100));
    const small = await plantingMs(crowd(400));
    const large = await plantingMs(crowd(1_600));
    // A collection may fall into either; what grows with the square is at sixteen.
    expect(large).toBeLessThan(small * 9 + 200);
  });
});
