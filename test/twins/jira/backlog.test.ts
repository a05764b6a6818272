import { beforeAll, describe, expect, it } from 'vitest';
import { openSite, type TestSite, WORLD } from './site.ts';

describe('a site whose world asks for a number of issues', () => {
  let site: TestSite;
  const count = async (jql: string) =>
    Number((await site.call('POST', '/rest/api/3/search/approximate-count', { jql })).get('count'));
  beforeAll(async () => {
    site = await openSite({ ...WORLD, jira: { ...WORLD.jira, issues: { count: 600 } } });
  });

  it('has so many, in every project', async () => {
    const projects = await Promise.all(['ENG', 'OPS', 'REV'].map((key) => count(`project = ${key}`)));
    expect(projects.reduce((sum, one) => sum + one, 0)).toBe(600);
    expect(Math.min(...projects)).toBeGreaterThan(100);
  });

  it('has them in every state, the older ones rather done', async () => {
    const done = (when: string) => count(`statusCategory = Done AND created ${when} -180d`);
    expect(await done('<')).toBeGreaterThan(2 * (await done('>=')));
    expect(await count('statusCategory = "In Progress"')).toBeGreaterThan(50);
    expect(await count('statusCategory = Done AND resolution IS EMPTY')).toBe(0);
  });

  it('numbers what is made afterwards behind them', async () => {
    const before = await count('project = ENG');
    expect(await site.issue({ summary: 'One more' })).toBe(`ENG-${before + 1}`);
  });
});
