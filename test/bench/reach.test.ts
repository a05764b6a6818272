/** The bench of the ways in, at its smallest: so that it cannot rot. */
import { expect, it } from 'vitest';
import { openUniverse, startOrrery } from '../../src/main.ts';
import { benchReach } from './reach.ts';

it('every way serves, and no socket is faster than one', async () => {
  const orrery = await startOrrery({ port: 0 });
  await orrery.registry.create({ id: 'default', seed: 1 });
  const answer = await fetch(`${orrery.url}/v1/universes/default/env`);
  const env = (await answer.json()) as Record<string, string>;
  const { universe, close } = await openUniverse({ seed: 1 });
  const plan = { env, universe, clients: 4, requests: 200, rounds: 3 };
  const rates = await benchReach('auth.test', plan);
  close();
  await orrery.close(0);
  expect(Object.values(rates).every((rate) => rate > 0)).toBe(true);
  // At full size it is tenfold; a loaded machine slows both.
  expect(rates.fetch).toBeGreaterThan(rates.socket);
});
