/** Who may call: hosts, origins, keys, tenants and their quotas. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './toy.ts';

const OPERATOR = 'operator-key-of-tests';
const as = (key: string) => ({ authorization: `Bearer ${key}` });
let desk: Desk;
afterEach(() => desk.close());

const tenant = async (quota: object = {}): Promise<string> => {
  const made = await desk.call('POST', '/v1/tenants', { name: 'team', quota }, as(OPERATOR));
  expect(made.status).toBe(201);
  return (made.body as { key: string }).key;
};

describe('in local mode', () => {
  it('no key is asked for, and no tenant can be made', async () => {
    desk = openDesk();
    expect((await desk.call('GET', '/v1/universes')).status).toBe(200);
    expect((await desk.call('POST', '/v1/tenants', { name: 'team' })).status).toBe(409);
  });

  it('another host name than loopback or the public one is refused (DNS rebinding)', async () => {
    desk = openDesk({ publicUrl: () => 'https://orrery.example:8443', allowedHosts: ['orrery.internal'] });
    const by = async (host: string) => (await desk.call('GET', '/v1', undefined, { host })).status;
    expect(await by('evil.example')).toBe(421);
    expect(await by('127.0.0.1.evil.example')).toBe(421);
    expect(await by('localhost:4700')).toBe(200);
    expect(await by('[::1]:4700')).toBe(200);
    expect(await by('orrery.example')).toBe(200);
    expect(await by('orrery.internal')).toBe(200);
    expect((await desk.call('GET', '/', undefined, { host: 'evil.example' })).status).toBe(421);
    expect((await desk.call('GET', '/healthz', undefined, { host: '10.0.0.7' })).status).toBe(200);
  });

  it('a forwarded host is believed where a proxy in front is trusted, and nowhere else', async () => {
    const headers = { host: 'orrery.internal', 'x-forwarded-host': 'orrery.example, 10.0.0.7' };
    const publicUrl = () => 'https://orrery.example';
    desk = openDesk({ publicUrl });
    expect((await desk.call('GET', '/v1', undefined, headers)).status).toBe(421);
    desk.close();
    desk = openDesk({ publicUrl, trustProxy: true });
    expect((await desk.call('GET', '/v1', undefined, headers)).status).toBe(200);
    const evil = { host: 'orrery.example', 'x-forwarded-host': 'evil.example' };
    expect((await desk.call('GET', '/v1', undefined, evil)).status).toBe(421);
  });

  it('pages of another origin are refused, and no CORS header is ever sent', async () => {
    desk = openDesk();
    const from = (origin: string) => desk.call('POST', '/v1/universes', {}, { origin });
    expect((await from('https://evil.example')).status).toBe(403);
    expect((await from('http://127.0.0.1:3000')).status).toBe(403);
    expect((await from('null')).status).toBe(403);
    expect((await from('http://127.0.0.1:4700')).status).toBe(201);
    const preflight = await desk.call('OPTIONS', '/v1/universes', undefined, {
      origin: 'https://evil.example',
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('in keyed mode', () => {
  it('every call of /v1 needs a good key; probes need none; the page names no universe', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    await desk.call('POST', '/v1/universes', { id: 'secret-place' }, as(OPERATOR));
    for (const path of ['/v1', '/v1/openapi.json', '/v1/universes', '/v1/nothing', '/v1/schemas/world']) {
      const { status, headers } = await desk.call('GET', path);
      expect([path, status, headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer realm="orrery"']);
      expect((await desk.call('GET', path, undefined, as('wrong'))).status).toBe(401);
    }
    expect((await desk.call('DELETE', '/v1')).status).toBe(401);
    expect((await desk.call('GET', '/healthz')).status).toBe(200);
    expect((await desk.call('GET', '/')).text).not.toContain('secret-place');
  });

  it('a tenant sees its own universes only; another’s are as good as none', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const [a, b] = [await tenant(), await tenant()];
    await desk.call('POST', '/v1/universes', { id: 'of-a' }, as(a));
    await desk.call('POST', '/v1/universes/of-a/snapshots', {}, as(a));
    const ids = async (key: string) =>
      ((await desk.call('GET', '/v1/universes', undefined, as(key))).body as { universes: { id: string }[] })
        .universes;
    expect([(await ids(a)).length, (await ids(b)).length, (await ids(OPERATOR)).length]).toEqual([1, 0, 1]);
    const tries: [string, string, unknown?][] = [
      ['GET', '/v1/universes/of-a'],
      ['DELETE', '/v1/universes/of-a'],
      ['GET', '/v1/universes/of-a/state'],
      ['GET', '/v1/universes/of-a/env'],
      ['POST', '/v1/universes/of-a/fork', {}],
      ['POST', '/v1/universes', { from: 'of-a' }],
      ['POST', '/v1/universes', { from: 'of-a.1' }],
    ];
    for (const [method, path, body] of tries)
      expect([path, (await desk.call(method, path, body, as(b))).status]).toEqual([path, 404]);
  });

  it('tenants, runs and the like are the operator’s', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const key = await tenant();
    for (const path of ['/v1/tenants', '/v1/runs', '/v1/trajectories'])
      expect((await desk.call('GET', path, undefined, as(key))).status).toBe(403);
    const { tenants } = (await desk.call('GET', '/v1/tenants', undefined, as(OPERATOR))).body as {
      tenants: object[];
    };
    expect(JSON.stringify(tenants)).not.toMatch(/key/i);
  });

  it('a quota that is used up answers 429: universes, requests, state', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const few = await tenant({ universes: 1 });
    expect((await desk.call('POST', '/v1/universes', {}, as(few))).status).toBe(201);
    expect((await desk.call('POST', '/v1/universes', {}, as(few))).status).toBe(429);
    const slow = await tenant({ requestsPerSecond: 0 });
    expect((await desk.call('GET', '/v1/universes', undefined, as(slow))).status).toBe(429);
    const small = await tenant({ stateBytes: 1 });
    await desk.call('POST', '/v1/universes', { id: 'full' }, as(small));
    expect((await desk.call('POST', '/v1/universes', {}, as(small))).status).toBe(429);
  });

  it('a tenant that is removed takes its key and its universes along', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const key = await tenant();
    await desk.call('POST', '/v1/universes', { id: 'of-a' }, as(key));
    const { tenants } = (await desk.call('GET', '/v1/tenants', undefined, as(OPERATOR))).body as {
      tenants: { id: string }[];
    };
    const id = tenants.find((one) => one.id !== 'local')?.id;
    expect((await desk.call('DELETE', `/v1/tenants/${id}`, undefined, as(OPERATOR))).status).toBe(204);
    expect((await desk.call('GET', '/v1', undefined, as(key))).status).toBe(401);
    expect(desk.registry.get('of-a')).toBeUndefined();
    expect((await desk.call('DELETE', '/v1/tenants/local', undefined, as(OPERATOR))).status).toBe(409);
  });
});
