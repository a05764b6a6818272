import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, BEN, openSite, type TestSite } from './site.ts';

const BACK = 'https://app.example.com/callback';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let site: TestSite;
let client: { clientId: string; clientSecret: string };
beforeEach(async () => {
  site = await openSite();
  client = site.oauth(ADA).client as typeof client;
});

const address = (scope: string, more: Record<string, string> = {}): string =>
  `/authorize?${new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: client.clientId,
    scope,
    redirect_uri: BACK,
    state: 'of mine',
    response_type: 'code',
    prompt: 'consent',
    ...more,
  })}`;

/** A person lets the app in; gives the code. */
function code(scope: string, more?: Record<string, string>, as = BEN): string {
  const url = `https://auth.atlassian.com${address(scope, more)}`;
  const { location } = site.universe.gesture({
    twin: 'jira',
    gesture: 'consent',
    as,
    with: { url },
    by: 'person',
  }) as { location: string };
  return new URL(location).searchParams.get('code') ?? '';
}

const token = (body: Record<string, unknown>) =>
  site.callAs(undefined, 'POST', '/oauth/token', {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    ...body,
  });

const redeem = (given: string, more: Record<string, unknown> = {}) =>
  token({ grant_type: 'authorization_code', code: given, redirect_uri: BACK, ...more });

const refresh = (given: unknown) => token({ grant_type: 'refresh_token', refresh_token: given });

const bearer = (given: unknown) => `Bearer ${String(given)}`;

describe('an app of the developer console', () => {
  it('gets a token of the person who let it in, good for an hour at the gateway', async () => {
    const issued = await redeem(code('read:jira-work read:jira-user'));
    expect(issued.body).toEqual({
      access_token: expect.stringMatching(/^eyJ/),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: 'read:jira-work read:jira-user',
    });
    const me = bearer(issued.get('access_token'));
    const [found] = (await site.callAs(me, 'GET', '/oauth/token/accessible-resources')).body as [
      { id: string },
    ];
    expect(found).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      url: site.base('jira'),
      name: 'acme',
      scopes: ['read:jira-work', 'read:jira-user'],
      avatarUrl: expect.stringMatching(/^https:/),
    });
    const at = `/ex/jira/${found.id}/rest/api/3`;
    expect((await site.callAs(me, 'GET', `${at}/myself`)).get('emailAddress')).toBe(BEN);
    await site.universe.advance(site.universe.now() + HOUR);
    const late = await site.callAs(me, 'GET', `${at}/myself`);
    expect([late.status, late.body]).toEqual([401, { code: 401, message: 'Unauthorized' }]);
  });

  it('may not use it at the site itself, and people may not ask about tokens without one', async () => {
    const me = bearer((await redeem(code('read:jira-user'))).get('access_token'));
    const direct = await site.callAs(me, 'GET', '/rest/api/3/myself');
    expect([direct.status, direct.body]).toEqual([
      403,
      { error: 'Failed to parse Connect Session Auth Token' },
    ]);
    expect((await site.call('GET', '/me')).body).toEqual({ code: 401, message: 'Unauthorized' });
  });

  it('reaches only what its scopes cover, the classic ones or the granular', async () => {
    const { gateway } = site.oauth(ADA);
    const get = async (scope: string, path: string) =>
      (await site.callAs(bearer((await redeem(code(scope))).get('access_token')), 'GET', gateway + path))
        .status;
    expect(await get('read:jira-user', '/rest/api/3/issue/ENG-1')).toBe(401);
    expect(await get('read:jira-work', '/rest/api/3/issue/ENG-1')).toBe(200);
    expect(await get('read:jira-work', '/rest/api/3/webhook')).toBe(401);
    expect(await get('read:jira-work manage:jira-webhook', '/rest/api/3/webhook')).toBe(200);
    expect(await get('read:webhook:jira read:jql:jira', '/rest/api/3/webhook')).toBe(200);
    const me = bearer((await redeem(code('read:me'))).get('access_token'));
    expect((await site.callAs(me, 'GET', '/me')).body).toMatchObject({
      email: BEN,
      account_status: 'active',
    });
    expect((await site.callAs(me, 'GET', '/oauth/token/accessible-resources')).body).toEqual([]);
  });

  it('refreshes with a new token each time, and has ten minutes’ grace with the old one', async () => {
    const first = await redeem(code('read:jira-work offline_access'));
    expect(first.get('scope')).toBe('read:jira-work offline_access');
    const second = await refresh(first.get('refresh_token'));
    expect(second.status).toBe(200);
    expect(second.get('refresh_token')).not.toBe(first.get('refresh_token'));
    await site.universe.advance(site.universe.now() + 9 * 60_000);
    expect((await refresh(first.get('refresh_token'))).status).toBe(200);
    await site.universe.advance(site.universe.now() + 2 * 60_000);
    const stolen = await refresh(first.get('refresh_token'));
    expect([stolen.status, stolen.body]).toEqual([
      403,
      { error: 'unauthorized_client', error_description: 'refresh_token is invalid' },
    ]);
    // Whoever used it that late may not be the app: nothing that came from the same leave is good any more.
    expect((await refresh(second.get('refresh_token'))).status).toBe(403);
  });

  it('has a refresh token end that nobody uses for ninety days', async () => {
    const { body } = await redeem(code('read:jira-work offline_access'));
    const { refresh_token } = body as { refresh_token: string };
    await site.universe.advance(site.universe.now() + 90 * DAY);
    expect((await refresh(refresh_token)).status).toBe(403);
  });

  it('loses its tokens when the person takes the leave away', async () => {
    const issued = await redeem(code('read:jira-work offline_access'));
    const { gateway } = site.oauth(ADA);
    const read = async () =>
      (await site.callAs(bearer(issued.get('access_token')), 'GET', `${gateway}/rest/api/3/issue/ENG-1`))
        .status;
    expect(await read()).toBe(200);
    const withdraw = { twin: 'jira', gesture: 'withdrawConsent', as: BEN, by: 'person' } as const;
    site.universe.gesture({ ...withdraw, with: { app: 'Planner' } });
    expect(await read()).toBe(401);
    expect((await refresh(issued.get('refresh_token'))).status).toBe(403);
  });

  it('proves itself by PKCE where it asked so', async () => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const asked = { code_challenge: challenge, code_challenge_method: 'S256' };
    const wrong = await redeem(code('read:jira-work', asked), { code_verifier: 'w'.repeat(43) });
    expect([wrong.status, wrong.body]).toEqual([
      403,
      { error: 'invalid_grant', error_description: 'Failed to verify code verifier' },
    ]);
    expect((await redeem(code('read:jira-work', asked), { code_verifier: verifier })).status).toBe(200);
  });

  it('is refused in the words of the token service', async () => {
    const good = code('read:jira-work');
    for (const [body, status, error] of [
      [{}, 400, 'invalid_request'],
      [{ grant_type: 'password' }, 403, 'unsupported_grant_type'],
      [{ grant_type: 'authorization_code' }, 400, 'invalid_request'],
      [{ grant_type: 'authorization_code', code: good, client_secret: 'x' }, 401, 'access_denied'],
      [{ grant_type: 'authorization_code', code: 'x', redirect_uri: BACK }, 403, 'invalid_grant'],
      [{ grant_type: 'authorization_code', code: good, redirect_uri: `${BACK}x` }, 403, 'invalid_grant'],
      [{ grant_type: 'refresh_token', refresh_token: 'x' }, 403, 'unauthorized_client'],
    ] as const) {
      const answer = await token(body);
      expect([answer.status, answer.get('error')], JSON.stringify(body)).toEqual([status, error]);
    }
    expect((await redeem(good)).status).toBe(200);
    expect((await redeem(good)).get('error_description')).toBe('Invalid authorization code');
    const late = code('read:jira-work');
    await site.universe.advance(site.universe.now() + HOUR);
    expect((await redeem(late)).status).toBe(403);
  });

  it('may send its words as a form too, and has a token of its own for what its tools tell', async () => {
    const answer = await site.fetch('/jira/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        audience: 'api.atlassian.com',
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
      }),
    });
    const issued = (await answer.json()) as { access_token: string };
    expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    const { gateway } = site.oauth(ADA);
    const own = bearer(issued.access_token);
    const builds = gateway.replace('/ex/jira/', '/jira/builds/0.1/cloud/');
    const build = { pipelineId: 'p', buildNumber: 1, updateSequenceNumber: 1, displayName: 'p #1' };
    const rest = { url: 'https://ci.example/1', state: 'successful', issueKeys: ['ENG-1'] };
    const told = await site.callAs(own, 'POST', `${builds}/bulk`, {
      builds: [{ ...build, ...rest, lastUpdated: '2026-03-02T09:00:00Z' }],
    });
    expect([told.status, told.get('acceptedBuilds.0.pipelineId')]).toEqual([202, 'p']);
    expect((await site.callAs(own, 'GET', `${gateway}/rest/api/3/issue/ENG-1`)).status).toBe(401);
  });

  it('is told on the page, not by the redirect, where it asks wrongly', async () => {
    for (const [path, says] of [
      [address('read:jira-work', { client_id: 'nobody' }), 'Unknown client'],
      [address('read:jira-work', { audience: 'elsewhere' }), 'Service not found'],
      [address('read:jira-work', { response_type: 'token' }), 'Unsupported response type'],
      [address('read:jira-work', { redirect_uri: 'javascript:alert(1)' }), 'redirect_uri is not registered'],
      [address('read:everything'), 'Unknown scopes: read:everything'],
      [address(''), 'No scopes'],
    ] as const) {
      const page = await site.callAs(undefined, 'GET', path);
      expect(page.status, path).toBe(400);
      expect(page.body).toContain(says);
    }
  });

  it('hears it where a person declines', async () => {
    const url = `https://auth.atlassian.com${address('read:jira-work')}`;
    const decline = { twin: 'jira', gesture: 'consent', as: BEN, by: 'person' } as const;
    const { location } = site.universe.gesture({ ...decline, with: { url, allow: false } }) as {
      location: string;
    };
    const { searchParams } = new URL(location);
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 'of mine']);
  });
});
