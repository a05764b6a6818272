import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { openOAuthOrg } from './oauth.ts';
import { caller, openOrg, type TestOrg, WORLD } from './org.ts';

const VENDOR = { rateLimits: 'vendor' } as const;

const eventsOf = async (org: TestOrg, part: string) => {
  const { body } = await org.call(
    'GET',
    `/api/v1/logs?limit=1000&filter=${encodeURIComponent(`eventType co "${part}"`)}`,
  );
  return body.map((one: { eventType: string; debugContext: { debugData: object } }) => [
    one.eventType,
    (one.debugContext.debugData as { rateLimitScopeType: string }).rateLimitScopeType,
  ]);
};

async function ask(org: TestOrg, times: number, call = org.call) {
  let last = await call('GET', '/api/v1/apps');
  for (let i = 1; i < times; i++) last = await call('GET', '/api/v1/apps');
  return last;
}

const tokenOf = (org: TestOrg, as: string) =>
  caller(
    org,
    org.universe.work('okta', (w) => okta.credentials.mint(w, { kind: 'apiToken', as })).secret
      .apiToken as string,
  );

describe('a bucket of an org', () => {
  it('is told of in the System Log where it is nearly empty, by the threshold that was set, and where it is', async () => {
    const org = await openOrg(WORLD, VENDOR);
    await org.call('PUT', '/api/v1/rate-limit-settings/warning-threshold', { warningThreshold: 60 });
    expect((await ask(org, 30)).status).toBe(200);
    expect(await eventsOf(org, 'rate_limit.w')).toEqual([['system.org.rate_limit.warning', 'PRINCIPAL']]);
    const last = await ask(org, 25);
    expect([last.status, last.headers.get('x-rate-limit-limit')]).toEqual([429, '50']);
    expect(await eventsOf(org, 'rate_limit.v')).toEqual([['system.org.rate_limit.violation', 'PRINCIPAL']]);
  });

  it('is told of to administrators by mail, unless that is turned off', async () => {
    const org = await openOrg(WORLD, VENDOR);
    const read = {
      twin: 'okta',
      gesture: 'readMessages',
      as: 'ann@acme.example',
      with: {},
      by: 'person' as const,
    };
    const mails = () =>
      (org.universe.gesture(read) as { kind: string }[]).filter(
        (one) => one.kind === 'RATELIMIT_NOTIFICATION',
      );
    const set = (notificationsEnabled: boolean) =>
      org.call('PUT', '/api/v1/rate-limit-settings/admin-notifications', { notificationsEnabled });
    await set(true);
    await ask(org, 51);
    expect(mails()).toHaveLength(2);
    await set(false);
    await org.universe.advance(org.universe.now() + 60_000);
    await ask(org, 51);
    expect(mails()).toHaveLength(2);
  });

  it('is shared by all tokens, of which each has half', async () => {
    const org = await openOrg(WORLD, VENDOR);
    await org.call('POST', '/api/v1/users/bob/roles', { type: 'SUPER_ADMIN' });
    await org.call('POST', '/api/v1/users/eve/roles', { type: 'SUPER_ADMIN' });
    expect((await ask(org, 50)).status).toBe(200);
    expect((await ask(org, 49, tokenOf(org, 'bob@acme.example'))).status).toBe(200);
    const third = tokenOf(org, 'eve@acme.example');
    expect((await ask(org, 1, third)).headers.get('x-rate-limit-remaining')).toBe('0');
    expect((await ask(org, 1, third)).status).toBe(429);
  });

  it('is open to a token as far as its principal rate limit says', async () => {
    const org = await openOrg(WORLD, VENDOR);
    const [{ id: principalId }] = (await org.call('GET', '/api/v1/api-tokens')).body;
    const limit = { principalId, principalType: 'SSWS_TOKEN', defaultPercentage: 10 };
    await org.call('POST', '/api/v1/principal-rate-limits', limit);
    const first = await ask(org, 1);
    expect([first.headers.get('x-rate-limit-limit'), first.headers.get('x-rate-limit-remaining')]).toEqual([
      '10',
      '9',
    ]);
    expect((await ask(org, 10)).status).toBe(429);
  });
});

describe('a browser that asks to be signed in again and again', () => {
  const authorize = async (mode: string) => {
    const org = await openOAuthOrg({}, WORLD, VENDOR);
    await org.call('PUT', '/api/v1/rate-limit-settings/per-client', {
      defaultMode: 'DISABLE',
      useCaseModeOverrides: { OAUTH2_AUTHORIZE: mode },
    });
    const query = new URLSearchParams({ client_id: org.app.client_id, response_type: 'code' });
    let status = 0;
    for (let i = 0; i < 61; i++)
      status = (await org.fetch(`/okta/oauth2/default/v1/authorize?${query}`, { redirect: 'manual' })).status;
    return { status, events: await eventsOf(org, 'client.rate_limit') };
  };

  it('is refused by its client’s own limit where that is enforced', async () => {
    const { status, events } = await authorize('ENFORCE');
    expect([status, events]).toEqual([429, [['system.client.rate_limit.violation', 'CLIENT']]]);
  });

  it('is only written down in the preview, and not even that where the limit is off', async () => {
    const preview = await authorize('PREVIEW');
    expect(preview.status).not.toBe(429);
    expect(preview.events).toEqual([['system.client.rate_limit.notification', 'CLIENT']]);
    expect((await authorize('DISABLE')).events).toEqual([]);
  });
});

describe('what limits a token or an app', () => {
  it('is gone with it', async () => {
    const org = await openOAuthOrg();
    const limit = { principalId: org.app.id, principalType: 'OAUTH_CLIENT', defaultPercentage: 10 };
    const { id } = (await org.call('POST', '/api/v1/principal-rate-limits', limit)).body;
    await org.call('POST', `/api/v1/apps/${org.app.id}/lifecycle/deactivate`);
    await org.call('DELETE', `/api/v1/apps/${org.app.id}`);
    expect((await org.call('GET', `/api/v1/principal-rate-limits/${id}`)).status).toBe(404);
  });
});

describe('an org that answers many at once', () => {
  it('turns away who comes when 75 requests wait to be answered, and no one else', async () => {
    const org = await openOrg(WORLD, VENDOR);
    const [{ id }] = (await org.call('GET', '/api/v1/users?limit=1')).body;
    org.universe.addFault({ kind: 'latency', match: { operation: 'getUser' }, params: { fixed: '40ms' } });
    const answers = await Promise.all(
      Array.from({ length: 90 }, () => org.call('GET', `/api/v1/users/${id}`)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBe(15);
    expect(refused[0]?.body.errorCode).toBe('E0000047');
    const told = ['limit', 'remaining'].map((name) => refused[0]?.headers.get(`x-rate-limit-${name}`));
    expect(told).toEqual(['0', '0']);
    expect((await org.call('GET', `/api/v1/users/${id}`)).status).toBe(200);
  });
});
