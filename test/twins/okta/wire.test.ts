import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { BACK, CHALLENGE, openOAuthOrg } from './oauth.ts';
import { caller, openOrg, WORLD } from './org.ts';

const STREAM_TOKEN = '11111111-2222-4333-8444-555555555555';

describe('credentials', () => {
  it('must be a token of this org: anything else is 401 E0000011', async () => {
    const org = await openOrg();
    for (const authorization of ['', 'SSWS nonsense', 'Bearer nonsense', `Bearer ${org.token}`, org.token]) {
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const answer = await org.fetch('/okta/api/v1/users', { headers });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
      expect(await answer.json()).toMatchObject({
        errorCode: 'E0000011',
        errorSummary: 'Invalid token provided',
      });
    }
  });

  it('of another universe are worth nothing here', async () => {
    const [one, other] = [await openOrg(), await openOrg(WORLD, { seed: 2 })];
    expect(one.token).not.toBe(other.token);
    expect((await caller(one, other.token)('GET', '/api/v1/users')).status).toBe(401);
  });

  it('stop working when they are revoked, and when their owner is suspended', async () => {
    const org = await openOrg();
    const [token] = (await org.call('GET', '/api/v1/api-tokens')).body;
    expect(token).not.toHaveProperty('hash');
    const { id } = (await org.call('GET', '/api/v1/users/ann')).body;
    await org.call('POST', `/api/v1/users/${id}/lifecycle/suspend`);
    expect((await org.call('GET', '/api/v1/users')).status).toBe(401);
    org.universe.reset();
    expect((await org.call('DELETE', `/api/v1/api-tokens/${token.id}`)).status).toBe(204);
    expect((await org.call('GET', '/api/v1/users')).status).toBe(401);
  });

  it('end at their time where they were made for a while, and take no scopes', async () => {
    const org = await openOrg();
    const mint = (more: object) =>
      org.universe.work('okta', (world) => okta.credentials.mint(world, { kind: 'apiToken', ...more }));
    const made = mint({ expiresInMs: 60_000 });
    expect(made.expiresAt).toBe(new Date(org.universe.now() + 60_000).toISOString());
    const call = caller(org, made.secret.apiToken as string);
    expect((await call('GET', '/api/v1/users')).status).toBe(200);
    await org.universe.advance(org.universe.now() + 60_000);
    expect((await call('GET', '/api/v1/users')).body.errorCode).toBe('E0000011');
    expect((await org.call('GET', '/api/v1/users')).status).toBe(200);
    expect(() => mint({ scopes: ['okta.users.read'] })).toThrow(/no scopes/);
  });

  it('are all new after a renewal, the client’s secret too', async () => {
    const org = await openOrg();
    const document = () =>
      org.universe.work('okta', (world) => okta.credentials.document(world, '').credentials);
    const before = document();
    org.universe.work('okta', (world) => okta.credentials.renew(world));
    const after = document();
    expect(after.clientId).toBe(before.clientId);
    for (const name of ['apiToken', 'clientSecret']) {
      expect(after[name]).toMatch(/^[\w-]{40,}$/);
      expect(after[name]).not.toBe(before[name]);
    }
  });

  it('are masked in the journal’s rows, those of clients, hooks and log streams too', async () => {
    const org = await openOrg();
    const shown: string[] = [];
    org.universe.journal.watch((entry, changes) => {
      if (changes.length > 0) shown.push(JSON.stringify(entry));
    });
    const { clientSecret, apiToken } = org.universe.work('okta', (world) => {
      okta.credentials.renew(world);
      return okta.credentials.document(world, '').credentials;
    });
    const call = caller(org, String(apiToken));
    const authScheme = { type: 'HEADER', key: 'authorization', value: 'hush-hook' };
    const config = { uri: 'https://hook.example', authScheme };
    const events = { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] };
    await call('POST', '/api/v1/eventHooks', { name: 'h', events, channel: { config } });
    const settings = { host: 'x.splunkcloud.com', token: STREAM_TOKEN };
    await call('POST', '/api/v1/logStreams', { name: 's', type: 'splunk_cloud_logstreaming', settings });
    const text = shown.join('\n');
    for (const table of ['apps', 'eventHooks', 'logStreams']) expect(text).toContain(`"${table}"`);
    for (const secret of [String(clientSecret), 'hush-hook', STREAM_TOKEN])
      expect(text).not.toContain(secret);
  });

  it('can do what their owner’s roles allow and no more', async () => {
    const org = await openOrg();
    const mint = () =>
      org.universe.work('okta', (world) =>
        okta.credentials.mint(world, { kind: 'apiToken', as: 'bob@acme.example' }),
      );
    const call = caller(org, mint().secret.apiToken as string);
    expect((await call('GET', '/api/v1/users')).body.errorCode).toBe('E0000006');
    await org.call('POST', '/api/v1/users/bob/roles', { type: 'READ_ONLY_ADMIN' });
    expect((await call('GET', '/api/v1/users')).status).toBe(200);
    expect((await call('POST', '/api/v1/groups', { profile: { name: 'x' } })).status).toBe(403);
  });
});

describe('answers', () => {
  it('carry the request id, the rate limit and what forbids caching', async () => {
    const org = await openOrg();
    const { headers } = await org.call('GET', '/api/v1/users');
    expect(headers.get('x-okta-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(headers.get('x-rate-limit-limit')).toBe('300');
    expect(headers.get('x-rate-limit-remaining')).toBe('299');
    expect(Number(headers.get('x-rate-limit-reset'))).toBe(Math.ceil(org.universe.now() / 1_000) + 60);
    expect(headers.get('cache-control')).toBe('no-cache, no-store');
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('name an error in this order of keys, with an id of its own', async () => {
    const org = await openOrg();
    const { body } = await org.call('GET', '/api/v1/groups/nothing');
    expect(Object.keys(body)).toEqual(['errorCode', 'errorSummary', 'errorLink', 'errorId', 'errorCauses']);
    expect(body.errorLink).toBe('E0000007');
    expect(body.errorId).toMatch(/^oae[\w-]{22}$/);
  });

  it('tolerate double slashes, and tell a wrong method from a wrong path', async () => {
    const org = await openOrg();
    expect((await org.call('GET', '//api/v1/users')).status).toBe(200);
    expect((await org.call('PATCH', '/api/v1/users')).body.errorCode).toBe('E0000022');
    expect((await org.call('GET', '/api/v1/nothing-here')).body.errorCode).toBe('E0000008');
  });

  it('say loudly that an operation is missing here', async () => {
    const org = await openOrg();
    const answer = await org.call('GET', '/api/v1/dr/status');
    expect([answer.status, answer.body.errorCode]).toEqual([501, 'E0000060']);
    expect(answer.headers.get('x-orrery-gap')).toBe('getDRStatus');
  });

  it('are byte-equal when an equal universe is asked the same', async () => {
    const ask = async () => {
      const org = await openOrg();
      const profile = { firstName: 'A', lastName: 'B', email: 'a@b.example', login: 'a@b.example' };
      const made = await org.call('POST', '/api/v1/users', { profile });
      const read = await org.call('GET', `/api/v1/users/${made.body.id}`);
      const missing = await org.call('GET', '/api/v1/users/none');
      return JSON.stringify([made.body, [...read.headers], missing.body]);
    };
    expect(await ask()).toBe(await ask());
  });
});

describe('operations that are missing here', () => {
  it('say so to nobody who has no token', async () => {
    const org = await openOrg();
    const answer = await org.fetch('/okta/api/v1/dr/status');
    expect([answer.status, answer.headers.get('x-orrery-gap')]).toEqual([401, null]);
  });
});

describe('rate limits', () => {
  it('end in 429 E0000047 without Retry-After, with the moment to come back', async () => {
    const org = await openOrg(WORLD, { rateLimits: 'vendor' });
    let last = await org.call('GET', '/api/v1/logs');
    for (let i = 0; i < 60; i++) last = await org.call('GET', '/api/v1/logs');
    expect([last.status, last.body.errorCode]).toEqual([429, 'E0000047']);
    expect(last.headers.get('retry-after')).toBeNull();
    expect(last.headers.get('x-rate-limit-remaining')).toBe('0');
    await org.universe.advance(Number(last.headers.get('x-rate-limit-reset')) * 1_000);
    expect((await org.call('GET', '/api/v1/logs')).status).toBe(200);
  });

  it('share one bucket between listing users and changing them, not with reading one', async () => {
    const org = await openOrg(WORLD, { rateLimits: 'vendor' });
    await org.call('GET', '/api/v1/users');
    const change = await org.call('POST', '/api/v1/users/bob', { profile: { title: 'x' } });
    expect(change.headers.get('x-rate-limit-remaining')).toBe('298');
    const one = await org.call('GET', '/api/v1/users/bob');
    expect(one.headers.get('x-rate-limit-remaining')).toBe('999');
  });
});

describe('faults', () => {
  it('answer with any error of the vendor’s catalogue, by its code', async () => {
    const org = await openOrg();
    org.universe.addFault({ kind: 'error', params: { name: 'E0000009' }, count: 1 });
    org.universe.addFault({ kind: 'rateLimited', skip: 0, count: 1 });
    const first = await org.call('GET', '/api/v1/users');
    expect([first.status, first.body.errorCode]).toEqual([500, 'E0000009']);
  });

  it('that refuse by rate show a bucket that is used up, and a moment that is near', async () => {
    const org = await openOrg();
    for (const fault of [
      { kind: 'error', params: { name: 'E0000047' }, count: 1 },
      { kind: 'rateLimited', params: { retryAfter: 2 }, count: 1 },
    ]) {
      org.universe.addFault(fault);
      const { status, body, headers } = await org.call('GET', '/api/v1/users');
      expect([status, body.errorCode]).toEqual([429, 'E0000047']);
      expect([headers.get('x-rate-limit-limit'), headers.get('x-rate-limit-remaining')]).toEqual([
        '300',
        '0',
      ]);
      const seconds = Number(headers.get('x-rate-limit-reset')) - org.universe.now() / 1_000;
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(3);
    }
  });

  it('can have searches lag behind: what was made is found by its id at once, by a search a little later', async () => {
    const org = await openOrg({ world: 'acme', people: { count: 2 } });
    for (const fault of okta.presets['okta/search-lag'] ?? []) org.universe.addFault(fault);
    const profile = {
      firstName: 'New',
      lastName: 'Face',
      login: 'new@acme.example',
      email: 'new@acme.example',
    };
    const made = await org.call('POST', '/api/v1/users', { profile });
    const search = `/api/v1/users?${new URLSearchParams({ search: 'profile.login eq "new@acme.example"' })}`;
    const found = async (path: string) => (await org.call('GET', path)).body.length;
    expect((await org.call('GET', `/api/v1/users/${made.body.id}`)).status).toBe(200);
    expect(await found(search)).toBe(0);
    expect(await found('/api/v1/users')).toBe(3);
    await org.universe.advance(org.universe.now() + 4_999);
    expect(await found(search)).toBe(0);
    await org.universe.advance(org.universe.now() + 1);
    expect(await found(search)).toBe(1);
    org.universe.reset();
    expect(await found(search)).toBe(0);
  });

  it('that make reads stale leave alone what a GET writes: a code that is handed out can be redeemed', async () => {
    const org = await openOAuthOrg();
    const password = 'Corr3ctHorse';
    const { body: user } = await org.call('GET', '/api/v1/users/bob@acme.example');
    await org.call('POST', `/api/v1/users/${user.id}`, { credentials: { password: { value: password } } });
    const signedIn = await org.call('POST', '/api/v1/authn', { username: 'bob@acme.example', password });
    org.universe.addFault({ kind: 'staleReads', match: { twin: 'okta' }, params: { by: '5s' } });
    const ask = new URLSearchParams({
      ...{
        client_id: org.app.client_id,
        redirect_uri: BACK,
        response_type: 'code',
        scope: 'openid',
        state: 's',
      },
      ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256' },
      sessionToken: signedIn.body.sessionToken,
    });
    const led = await org.fetch(`/okta/oauth2/default/v1/authorize?${ask}`, { redirect: 'manual' });
    const code = new URL(led.headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await org.redeem(code)).status).toBe(200);
  });

  it('of each preset are real faults', async () => {
    const org = await openOrg();
    for (const preset of ['rate-limited', 'outage', 'degraded', 'commit-then-fail', 'events-doubled']) {
      const faults = okta.presets[`okta/${preset}`] ?? [];
      expect(faults.length).toBeGreaterThan(0);
      for (const fault of faults) org.universe.addFault(fault);
    }
  });

  it('an outage is a 503 in the vendor’s envelope', async () => {
    const org = await openOrg();
    org.universe.addFault({ kind: 'outage', count: 1 });
    const answer = await org.call('GET', '/api/v1/users');
    expect([answer.status, answer.body.errorCode]).toEqual([503, 'E0000181']);
    expect((await org.call('GET', '/api/v1/users')).status).toBe(200);
  });
});
