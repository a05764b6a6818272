import { describe, expect, it } from 'vitest';
import { ADA, openSite } from './site.ts';

const HOUR = 3_600_000;

describe('the vendor’s own limits', () => {
  it('let an issue be changed so many times in two seconds, whoever does it', async () => {
    const site = await openSite(undefined, { rateLimits: 'vendor' });
    const change = (key: string) =>
      site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { labels: ['busy'] } });
    for (let i = 0; i < 20; i++) expect((await change(i % 2 ? 'ENG-1' : '10000')).status).toBe(204);
    const refused = await change('ENG-1');
    expect([
      refused.status,
      refused.headers.get('retry-after'),
      refused.headers.get('ratelimit-reason'),
      refused.headers.get('x-ratelimit-limit'),
      refused.headers.get('x-ratelimit-remaining'),
    ]).toEqual([429, '2', 'jira-per-issue-on-write', '20', '0']);
    expect((await change('ENG-2')).status).toBe(204);
    await site.universe.advance(site.universe.now() + 2_000);
    expect((await change('ENG-1')).status).toBe(204);
  });

  it('count an app’s requests in points: one for each, one more for each thing, two for each person', async () => {
    const site = await openSite(undefined, { rateLimits: 'vendor' });
    const { bearer, gateway } = site.oauth(ADA);
    site.actAs(bearer);
    const api = `${gateway}/rest/api/3`;
    /** So many reads, a hundred a second: below every other limit. */
    const spend = async (path: string, times: number) => {
      for (let i = 0; i < times; i++) {
        await site.call('GET', path);
        await site.universe.advance(site.universe.now() + 10);
      }
    };
    // Three people at two points each, and one for the request.
    await spend(`${api}/users/search`, 9_285);
    const last = await site.call('GET', `${api}/issue/ENG-1`);
    expect([last.status, last.headers.get('x-ratelimit-remaining')]).toEqual([200, '4']);
    expect(last.headers.get('x-ratelimit-nearlimit')).toBe('true');
    await spend(`${api}/issue/ENG-1`, 2);
    const over = await site.call('GET', `${api}/issue/ENG-1`);
    expect([over.status, over.headers.get('ratelimit-reason')]).toEqual([429, 'jira-quota-global-based']);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await site.callAs(site.basic, 'GET', '/rest/api/3/issue/ENG-1')).status).toBe(200);
    await site.universe.advance(site.universe.now() + HOUR);
    site.actAs(site.oauth(ADA).bearer);
    expect((await site.call('GET', `${api}/issue/ENG-1`)).status).toBe(200);
  }, 60_000);

  it('tell of the requests that are left, and of nothing else while there is room', async () => {
    const site = await openSite(undefined, { rateLimits: 'vendor' });
    const { headers } = await site.call('GET', '/rest/api/3/myself');
    expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual(['350', '349']);
    expect(headers.get('x-ratelimit-nearlimit')).toBeNull();
    for (let i = 1; i < 350; i++) await site.call('GET', '/rest/api/3/myself');
    const refused = await site.call('GET', '/rest/api/3/myself');
    expect([refused.status, refused.headers.get('ratelimit-reason')]).toEqual([429, 'jira-burst-based']);
    expect((await site.call('GET', '/rest/api/3/serverInfo')).status).toBe(200);
  });
});
