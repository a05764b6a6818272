/** The bench of a large domain, at its smallest: so that it cannot rot, as far as a busy machine lets one see. */
import { expect, it } from 'vitest';
import { domain, flatness, QUERIES } from './google.ts';

it('lists of files on indexes cost what they show in a large domain too, and a new file costs the same', async () => {
  const rows = await flatness(await domain(500), await domain(5_000), 30);
  expect(rows).toHaveLength(Object.keys(QUERIES).length + 1);
  expect(rows.filter(({ ratio, largeUs }) => ratio > 8 && largeUs > 5_000)).toEqual([]);
}, 120_000);
