/** Which universe a request by a vendor's host name lands in, as a program sees it. */
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import type { UniverseDocument } from '../../src/control/document.ts';
import { Finder } from '../../src/find.ts';
import { type Orrery, startOrrery } from '../../src/main.ts';

let orrery: Orrery;
afterEach(() => orrery.close(0));

const OPERATOR = 'operator-key-for-tests';
type Headers = Record<string, string>;

async function start(options: { operatorKey?: string } = {}) {
  orrery = await startOrrery({ port: 0, ...options });
  return createClient({ url: orrery.url, ...(options.operatorKey ? { key: options.operatorKey } : {}) });
}

/** A request to the server's port that names a vendor's host, as a hosts file makes it. */
function ask(host: string, path: string, headers: Headers = {}, body?: string) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    const { hostname, port } = new URL(orrery.url);
    const method = body === undefined ? 'GET' : 'POST';
    const req = request({ hostname, port, path, method, headers: { host, ...headers } }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, body: text.startsWith('{') ? JSON.parse(text) : {} }),
      );
    });
    req.on('error', reject);
    req.end(body);
  });
}

const slackToken = (universe: UniverseDocument) => String(universe.twins.slack?.credentials.botToken);
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const seen = (id: string) =>
  orrery.registry
    .get(id)
    ?.journal.page({ limit: 20, kind: 'exchange' })
    .entries.map(({ operation, via }) => `${operation} ${via}`);
const whoAmI = (headers: Headers) => ask('slack.com', '/api/auth.test', headers);

describe('a request by a vendor’s host name', () => {
  it('lands in the only universe there is, whatever it presents', async () => {
    const control = await start();
    const { id } = await control.createUniverse();
    expect(await whoAmI(bearer('xoxb-wrong'))).toMatchObject({ body: { ok: false, error: 'invalid_auth' } });
    expect(seen(id)).toEqual(['auth.test host']);
  });

  it('lands in the one of several whose state holds its credential', async () => {
    const control = await start();
    const all = [];
    for (const seed of [1, 2, 3]) all.push(await control.createUniverse({ seed }));
    for (const universe of all)
      expect(await whoAmI(bearer(slackToken(universe)))).toMatchObject({ body: { ok: true } });
    const jira = all[1]?.twins.jira?.credentials;
    const basic = Buffer.from(`${jira?.email}:${jira?.apiToken}`).toString('base64');
    await ask('acme.atlassian.net', '/rest/api/3/myself', { authorization: `Basic ${basic}` });
    await ask('acme.okta.com', '/api/v1/users/me', {
      authorization: `SSWS ${all[2]?.twins.okta?.credentials.apiToken}`,
    });
    expect(all.map(({ id }) => seen(id))).toEqual([
      ['auth.test host'],
      ['auth.test host', 'getCurrentUser host'],
      ['auth.test host', 'getUser host'],
    ]);
  });

  it('finds a credential in a form as it does in a header', async () => {
    const control = await start();
    await control.createUniverse({ seed: 1 });
    const other = await control.createUniverse({ seed: 2 });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await ask('slack.com', '/api/auth.test', form, `token=${slackToken(other)}`);
    expect(seen(other.id)).toEqual(['auth.test host']);
  });

  it('is found by what it was handed out where it carries no token: an upload’s address, a refresh token', async () => {
    const control = await start();
    await control.createUniverse({ seed: 1 });
    const { id, twins } = await control.createUniverse({ seed: 2 });
    const minted = await control.mintCredential(id, { twin: 'slack', kind: 'bot', scopes: ['files:write'] });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await ask(
      'slack.com',
      '/api/files.getUploadURLExternal',
      { ...bearer((minted.secret as { token: string }).token), ...form },
      'filename=a.txt&length=3',
    );
    const upload = new URL(String(body.upload_url));
    expect(await ask(upload.host, upload.pathname, {}, 'abc')).toMatchObject({ status: 200 });
    const { refreshToken, clientId, clientSecret } = twins.google?.credentials ?? {};
    const grant = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
      client_id: String(clientId),
      client_secret: String(clientSecret),
    });
    expect((await ask('oauth2.googleapis.com', '/token', form, String(grant))).body).toHaveProperty(
      'access_token',
    );
    expect(seen(id)).toEqual(['files.getUploadURLExternal host', 'upload host', 'oauth2.token host']);
  });

  it('is refused where several hold its credential, as forks share theirs, and told how to say which', async () => {
    const control = await start();
    const parent = await control.createUniverse({ id: 'parent', seed: 1 });
    expect((await whoAmI(bearer(slackToken(parent)))).status).toBe(200);
    await control.forkUniverse('parent', { id: 'child' });
    const refused = await whoAmI(bearer(slackToken(parent)));
    expect(refused).toMatchObject({
      status: 409,
      body: { type: 'urn:orrery:problem:ambiguous-universe', status: 409 },
    });
    expect(refused.body.detail).toContain('parent, child');
    expect(refused.body.detail).toContain('X-Orrery-Universe: parent');
    await whoAmI({ ...bearer(slackToken(parent)), 'x-orrery-universe': 'child' });
    expect([seen('parent')?.length, seen('child')?.length]).toEqual([1, 1]);
    await control.deleteUniverse('child');
    expect((await whoAmI(bearer(slackToken(parent)))).status).toBe(200);
  });

  it('goes to the fork whose credentials are fresh by those, and to its parent by the old ones', async () => {
    const control = await start();
    const parent = await control.createUniverse({ seed: 1 });
    await whoAmI(bearer(slackToken(parent)));
    const fork = await control.forkUniverse(parent.id, { credentials: 'fresh' });
    await whoAmI(bearer(slackToken(fork)));
    await whoAmI(bearer(slackToken(parent)));
    expect([seen(parent.id)?.length, seen(fork.id)?.length]).toEqual([2, 1]);
  });

  it('is refused where none holds its credential, also once its universe is gone or another took its id', async () => {
    const control = await start();
    await control.createUniverse({ seed: 1 });
    await control.createUniverse({ seed: 2 });
    const third = await control.createUniverse({ id: 'third', seed: 3 });
    expect((await whoAmI(bearer(slackToken(third)))).status).toBe(200);
    await control.deleteUniverse('third');
    await control.createUniverse({ id: 'third', seed: 4 });
    const refused = await whoAmI(bearer(slackToken(third)));
    expect(refused).toMatchObject({ status: 421, body: { type: 'urn:orrery:problem:no-universe' } });
    expect(refused.body.detail).toContain('X-Orrery-Universe');
  });

  it('follows a credential that is revoked in one universe', async () => {
    const control = await start();
    const one = await control.createUniverse({ seed: 1 });
    await control.createUniverse({ seed: 2 });
    const minted = await control.mintCredential(one.id, { twin: 'slack', kind: 'bot' });
    const { token } = minted.secret as { token: string };
    expect((await whoAmI(bearer(token))).status).toBe(200);
    await control.revokeCredential(one.id, minted.id);
    expect((await whoAmI(bearer(token))).status).toBe(421);
  });

  it('is told to make a universe where there is none', async () => {
    await start();
    expect(await whoAmI({})).toMatchObject({
      status: 421,
      body: { detail: expect.stringContaining('/v1/universes') },
    });
  });

  it('goes where a proxy’s user name says', async () => {
    const control = await start();
    await control.createUniverse({ id: 'a' });
    await control.createUniverse({ id: 'b' });
    const proxy = (text: string) => ({
      'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}`,
    });
    expect((await ask('slack.com', '/api/api.test', proxy('b:'))).status).toBe(200);
    expect(seen('b')).toEqual(['api.test host']);
    expect((await ask('slack.com', '/api/api.test', proxy('nobody:'))).status).toBe(407);
  });
});

describe('where keys are asked for', () => {
  it('looks a credential up among the universes of the tenant whose key is sent, and of no other', async () => {
    const operator = await start({ operatorKey: OPERATOR });
    const tenants = [];
    for (const name of ['one', 'two']) {
      const { key } = await operator.createTenant({ name });
      const mine = createClient({ url: orrery.url, key });
      tenants.push({
        key,
        all: [await mine.createUniverse({ seed: 1 }), await mine.createUniverse({ seed: 2 })],
      });
    }
    const [one, two] = tenants;
    const token = slackToken(one?.all[1] as UniverseDocument);
    expect((await whoAmI({ ...bearer(token), 'x-orrery-key': one?.key ?? '' })).status).toBe(200);
    expect((await whoAmI({ ...bearer(token), 'x-orrery-key': two?.key ?? '' })).status).toBe(421);
    expect((await whoAmI(bearer(token))).status).toBe(421);
    expect((await whoAmI({ ...bearer(token), 'x-orrery-key': 'wrong' })).status).toBe(401);
    expect(seen(one?.all[1]?.id ?? '')).toEqual(['auth.test host']);
  });

  it('takes the operator’s own universe where no key is sent, as in a container', async () => {
    const operator = await start({ operatorKey: OPERATOR });
    const { key } = await operator.createTenant({ name: 'other' });
    await createClient({ url: orrery.url, key }).createUniverse();
    expect((await ask('slack.com', '/api/api.test')).status).toBe(421);
    const own = await operator.createUniverse();
    expect((await ask('slack.com', '/api/api.test')).status).toBe(200);
    expect(seen(own.id)).toEqual(['api.test host']);
  });

  it('wants a key of the universe’s tenant as the password of a proxy’s user', async () => {
    const operator = await start({ operatorKey: OPERATOR });
    const { key } = await operator.createTenant({ name: 'other' });
    const { id } = await createClient({ url: orrery.url, key }).createUniverse();
    const as = (password: string) =>
      ask('slack.com', '/api/api.test', {
        'proxy-authorization': `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`,
      });
    expect([(await as('')).status, (await as('no')).status, (await as(key)).status]).toEqual([407, 407, 200]);
  });
});

it('does not take longer for each request where there are a thousand universes', async () => {
  const control = await start();
  const parent = await control.createUniverse({ seed: 1, world: { world: 'bare' } });
  const own = await control.createUniverse({ seed: 2, world: { world: 'bare' } });
  const universe = orrery.registry.get(parent.id);
  if (!universe) throw new Error('no parent');
  for (let i = 0; i < 1_000; i++) orrery.registry.fork(universe);
  const finder = new Finder(orrery.registry);
  const looks = countLooks();
  const target = {
    universe: undefined,
    twin: 'slack',
    path: '/api/auth.test',
    base: 'https://slack.com',
    via: 'host' as const,
  };
  const message = { method: 'GET', query: '', headers: bearer(slackToken(own)), body: undefined };
  for (let i = 0; i < 10; i++)
    expect(finder.find(target, message)).toMatchObject({ universe: { id: own.id } });
  expect(looks()).toBeLessThan(1_002 + 10);
});

/** Counts how often a universe's state is looked at. */
function countLooks(): () => number {
  let looks = 0;
  for (const universe of orrery.registry.all()) {
    const view = universe.view.bind(universe);
    universe.view = (...args) => {
      looks++;
      return view(...args);
    };
  }
  return () => looks;
}
