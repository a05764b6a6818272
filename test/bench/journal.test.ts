/** The bench of live journals, at its smallest: so that it cannot rot. */
import { expect, it } from 'vitest';
import { benchJournal } from './journal.ts';

it('every way of looking on gets something, and the live journal far less than all', async () => {
  const [nobody, one, ten, all] = await benchJournal(1_000);
  expect([nobody?.kibPerSecond, (nobody?.made ?? 0) > 500]).toEqual([0, true]);
  expect(one?.kibPerSecond).toBeGreaterThan(10);
  expect(ten?.kibPerSecond).toBeGreaterThan(one?.kibPerSecond ?? 0);
  expect(all?.kibPerSecond).toBeGreaterThan(5 * (one?.kibPerSecond ?? 0));
});
