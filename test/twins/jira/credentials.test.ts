import { beforeEach, describe, expect, it } from 'vitest';
import { jira } from '../../../twins/jira/twin.ts';
import { ADA, BEN, openSite, type TestSite } from './site.ts';

describe('signing in to Jira', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  it('takes the administrator’s e-mail and API token', async () => {
    const me = await site.call('GET', '/rest/api/3/myself');
    expect(me.status).toBe(200);
    expect(me.get('emailAddress')).toBe(ADA);
    expect(me.headers.get('x-aaccountid')).toBe(encodeURIComponent(String(me.get('accountId'))));
  });

  it('knows other people by tokens of their own', async () => {
    const me = await site.callAs(site.basicFor(BEN), 'GET', '/rest/api/3/myself');
    expect(me.get('displayName')).toBe('Ben Carver');
  });

  it('refuses another person’s token, a wrong one and a revoked one with 401', async () => {
    const token = Buffer.from(site.basic.slice(6), 'base64').toString().split(':').slice(1).join(':');
    const encode = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const wrong of [
      encode(`${BEN}:${token}`),
      encode(`${ADA}:${token}x`),
      encode('nothing'),
      'Bearer what',
    ])
      expect((await site.callAs(wrong, 'GET', '/rest/api/3/issue/ENG-1')).status).toBe(401);
    const bens = site.basicFor(BEN);
    expect((await site.callAs(bens, 'GET', '/rest/api/3/myself')).status).toBe(200);
    const minted = site.universe.work('jira', (w) => jira.credentials.list(w)).find((one) => one.as === BEN);
    site.universe.work('jira', (w) => jira.credentials.revoke(w, String(minted?.id)));
    const gone = await site.callAs(bens, 'GET', '/rest/api/3/myself');
    expect(gone.status).toBe(401);
    expect(gone.headers.get('x-seraph-loginreason')).toBe('AUTHENTICATED_FAILED');
  });

  it('hides issues and projects from somebody without a credential, and says 401 elsewhere', async () => {
    const issue = await site.callAs(undefined, 'GET', '/rest/api/3/issue/ENG-1');
    expect([issue.status, issue.body]).toEqual([
      404,
      { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
    ]);
    expect((await site.callAs(undefined, 'GET', '/rest/api/3/project/ENG')).status).toBe(404);
    expect((await site.callAs(undefined, 'GET', '/rest/api/3/myself')).status).toBe(401);
    expect((await site.callAs(undefined, 'GET', '/rest/api/3/serverInfo')).status).toBe(200);
    const found = await site.callAs(
      undefined,
      'GET',
      '/rest/api/3/search/jql?jql=summary%20~%20twice&fields=summary',
    );
    expect(found.body).toEqual({ issues: [], isLast: true });
  });

  it('holds a token with scopes to what they cover, at the gateway, where alone it is good', async () => {
    const reader = site.basicFor(BEN, ['read:jira-work']);
    const { gateway } = site.oauth(ADA);
    const at = `${gateway}/rest/api/3/issue/ENG-1`;
    expect((await site.callAs(reader, 'GET', at)).status).toBe(200);
    const write = await site.callAs(reader, 'PUT', at, { fields: { summary: 'x' } });
    expect([write.status, write.body]).toEqual([
      401,
      { code: 401, message: 'Unauthorized; scope does not match' },
    ]);
    expect((await site.callAs(reader, 'GET', '/rest/api/3/issue/ENG-1')).status).toBe(401);
  });

  it('makes links with the gateway’s address behind the gateway, and knows only its own cloud', async () => {
    const { cloudId } = site.universe.work('jira', (w) => jira.credentials.document(w, ''));
    const issue = await site.call('GET', `/ex/jira/${String(cloudId)}/rest/api/3/issue/ENG-2`);
    expect(issue.get('self')).toBe(`${site.base('jira')}/ex/jira/${String(cloudId)}/rest/api/3/issue/10001`);
    expect(issue.get('fields.status.iconUrl')).toBe(
      `${site.base('jira')}/images/icons/statuses/inprogress.png`,
    );
    expect((await site.call('GET', '/ex/jira/another/rest/api/3/issue/ENG-2')).status).toBe(404);
  });

  it('lets people do what everybody may, and leaves deleting to administrators and leads', async () => {
    const stranger = site.basicFor('cy@acme.example');
    expect(
      (await site.callAs(stranger, 'PUT', '/rest/api/3/issue/ENG-2', { fields: { summary: 'Cy was here' } }))
        .status,
    ).toBe(204);
    expect((await site.callAs(stranger, 'DELETE', '/rest/api/3/issue/ENG-2')).status).toBe(403);
    expect((await site.callAs(site.basicFor(BEN), 'DELETE', '/rest/api/3/issue/ENG-2')).status).toBe(204);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2')).status).toBe(404);
  });

  it('tells who is signed in, and starts no session for a password', async () => {
    const at = '/rest/auth/1/session';
    const out = await site.callAs(undefined, 'GET', at);
    expect([out.status, out.headers.get('x-seraph-loginreason'), out.get('errorMessages.0')]).toEqual([
      401,
      'OUT',
      'You are not authenticated. Authentication required to perform this operation.',
    ]);
    const start = await site.callAs(undefined, 'POST', at, { username: ADA, password: 'x' });
    expect([start.status, start.get('errorMessages')]).toEqual([401, ['Login failed']]);
    expect((await site.call('DELETE', at)).status).toBe(204);
  });

  it('takes a change that a browser sends for forged, unless it comes from the site or says that it is none', async () => {
    const mozilla = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    const change = (headers: Record<string, string>) =>
      site.call('PUT', '/rest/api/3/issue/ENG-1', { fields: { labels: ['x'] } }, { ...mozilla, ...headers });
    for (const headers of [{}, { origin: 'https://elsewhere.example' }] as Record<string, string>[]) {
      const forged = await change(headers);
      expect([forged.status, forged.body]).toEqual([403, 'XSRF check failed']);
    }
    expect((await change({ 'x-atlassian-token': 'no-check' })).status).toBe(204);
    expect((await change({ origin: new URL(site.base('jira')).origin })).status).toBe(204);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1', undefined, mozilla)).status).toBe(200);
    const { bearer, gateway } = site.oauth(ADA);
    site.actAs(bearer);
    const leave = await site.call(
      'PUT',
      `${gateway}/rest/api/3/issue/ENG-1`,
      { fields: { labels: [] } },
      mozilla,
    );
    expect(leave.status).toBe(204);
  });

  it('sends no page of another origin what it asks a browser for', async () => {
    const asked = await site.fetch('/jira/rest/api/3/myself', {
      headers: { authorization: site.basic, origin: 'https://elsewhere.example' },
    });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const head = await site.fetch('/jira/rest/api/3/myself', {
      method: 'HEAD',
      headers: { authorization: site.basic },
    });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
