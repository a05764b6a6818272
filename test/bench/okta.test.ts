/** The bench of a large org, at its smallest: so that it cannot rot, as far as a busy machine lets one see. */
import { expect, it } from 'vitest';
import { flatness, org, ruleMs } from './okta.ts';

it('pages cost the same in an org of many users and groups, and a rule over all of them puts whom it fits into its group', async () => {
  const small = await org({ users: 500, groups: 300 });
  const large = await org({ users: 3_000, groups: 1_000 });
  const grown = (await flatness(small, large, 40)).filter(({ ratio }) => ratio > 3);
  expect(grown).toEqual([]);
  const { moved } = await ruleMs(large, 'user.department == "Department 7"');
  expect(moved).toBe(50);
}, 120_000);
