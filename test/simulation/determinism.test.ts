import { describe, expect, it } from 'vitest';
import { traffic } from './traffic.ts';
import { knowledgeOf, openSimulated, sender } from './universes.ts';

const REQUESTS = 120;
const SEEDS = [1, 2, 3];

async function run(trafficSeed: number) {
  const u = await openSimulated(7);
  const answers = await traffic(knowledgeOf(u), trafficSeed, REQUESTS, async (request) => {
    const answer = await sender(u)(request);
    await u.universe.advance(u.universe.now() + 1_000);
    return answer;
  });
  const assertions = u.universe.journal
    .page({ limit: 1_000, kind: 'note' })
    .entries.filter((entry) => entry.assertion);
  return { answers, hash: u.universe.journal.hash(), assertions };
}

describe('the same id, base, seed, clock and requests', () => {
  it.each(SEEDS)('give byte-equal answers and an equal journal (traffic %i)', async (seed) => {
    const [first, second] = [await run(seed), await run(seed)];
    expect(second.answers).toEqual(first.answers);
    expect(second.hash).toBe(first.hash);
    expect(first.answers.length).toBeGreaterThan(REQUESTS / 3);
  });

  it.each(SEEDS)('never meet a mistake of ours (traffic %i)', async (seed) => {
    const { answers, assertions } = await run(seed);
    expect(assertions).toEqual([]);
    expect(answers.filter((answer) => answer.status >= 500).map((answer) => answer.request.path)).toEqual([]);
  });

  it('mostly succeed: the traffic is worth something', async () => {
    const { answers } = await run(1);
    const refused = answers.filter((answer) => answer.status >= 400 || answer.body.includes('"ok":false'));
    expect(refused.length / answers.length).toBeLessThan(0.3);
  });
});

describe('one more request elsewhere', () => {
  it('does not change what another twin draws', async () => {
    const create = async (before: boolean) => {
      const u = await openSimulated(7);
      const k = knowledgeOf(u);
      const send = sender(u);
      if (before)
        await send({
          twin: 'okta',
          method: 'GET',
          path: '/api/v1/users?limit=1',
          headers: { authorization: `SSWS ${k.oktaToken}` },
        });
      const issue = { fields: { project: { key: 'SIM' }, issuetype: { name: 'Task' }, summary: 's' } };
      const headers = { authorization: `Basic ${k.jiraBasic}`, 'content-type': 'application/json' };
      return (
        await send({
          twin: 'jira',
          method: 'POST',
          path: '/rest/api/3/issue',
          headers,
          body: JSON.stringify(issue),
        })
      ).body.split('\n')[1];
    };
    expect(await create(true)).toBe(await create(false));
  });
});
