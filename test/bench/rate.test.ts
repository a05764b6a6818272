/** The closed check of the generator's rate, at its smallest: so that it cannot rot. */
import { expect, it } from 'vitest';
import { checkRate } from './rate.ts';

it('a rate is either held and arrives, or said not to be held', async () => {
  const { rate, arrived, agrees } = await checkRate(100, 1);
  expect(agrees).toBe(true);
  expect(rate.planned).toBeGreaterThan(80);
  if (rate.held) expect(arrived / rate.planned).toBeGreaterThan(0.98);
});

it('a rate that no machine gives is said not to be held', async () => {
  const { rate, agrees } = await checkRate(200_000, 0.25);
  expect({ held: rate.held, agrees }).toEqual({ held: false, agrees: true });
  expect(rate.rateSent).toBeLessThan(rate.ratePlanned);
}, 60_000);
