/** The bench of a large site, at its smallest: so that it cannot rot, as far as a busy machine lets one see. */
import { expect, it } from 'vitest';
import { flatness, QUERIES, site } from './jira.ts';

it('searches on indexes cost what they show on a large site too, and a new issue costs the same', async () => {
  const small = await site({ people: 50, projects: 4, issues: 1_000 });
  const large = await site({ people: 200, projects: 12, issues: 8_000 });
  const rows = await flatness(small, large, 30);
  expect(rows).toHaveLength(Object.keys(QUERIES).length + 1);
  expect(rows.filter(({ ratio, largeUs }) => ratio > 8 && largeUs > 5_000)).toEqual([]);
}, 120_000);
