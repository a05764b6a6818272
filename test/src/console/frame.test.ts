/** The console's frame: who gets in, what pages may load, and what a refusal looks like. */
import { afterEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, URL_BASE } from '../control/toy.ts';

const OPERATOR = 'operator-key-of-tests';
let desk: Desk;
afterEach(() => desk.close());

/** A form as a browser sends it from a page of the server's own. */
const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  desk.app.request(`${URL_BASE}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: URL_BASE,
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
  });
const cookieOf = (response: Response) => (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';

describe('on a keyed server', () => {
  const made = async (name: string) => {
    const answer = await desk.call('POST', '/v1/tenants', { name }, { authorization: `Bearer ${OPERATOR}` });
    return (answer.body as { key: string }).key;
  };
  const universe = (id: string, key: string) =>
    desk.call('POST', '/v1/universes', { id }, { authorization: `Bearer ${key}` });

  it('every page asks for a key and names no universe', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    await universe('secret-place', OPERATOR);
    for (const path of ['/', '/console/u/secret-place', '/console/api', '/console/nothing']) {
      const { status, text } = await desk.call('GET', path);
      expect([path, status, text.includes('name="key"')]).toEqual([path, 401, true]);
      expect(text.replace(`value="${path}"`, '')).not.toContain('secret-place');
    }
  });

  it('a good key signs in by a cookie that no script and no other site gets', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const signed = await send('/console/signin', { key: OPERATOR, to: '/console/api' });
    expect([signed.status, signed.headers.get('location')]).toEqual([303, '/console/api']);
    expect(signed.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    expect(signed.headers.get('set-cookie')).not.toContain(OPERATOR);
    expect((await desk.call('GET', '/', undefined, { cookie: cookieOf(signed) })).status).toBe(200);
  });

  it('a wrong key is told so, and signing in leads to pages of this server only', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    expect((await send('/console/signin', { key: 'wrong' })).status).toBe(401);
    const away = await send('/console/signin', { key: OPERATOR, to: '//evil.example' });
    expect(away.headers.get('location')).toBe('/');
  });

  it('a tenant sees its own universes only, and nobody after signing out', async () => {
    desk = openDesk({ operatorKey: OPERATOR });
    const [a, b] = [await made('a'), await made('b')];
    await universe('of-a', a);
    await universe('of-b', b);
    const cookie = cookieOf(await send('/console/signin', { key: a }));
    const home = (await desk.call('GET', '/', undefined, { cookie })).text;
    expect([home.includes('of-a'), home.includes('of-b')]).toEqual([true, false]);
    expect((await desk.call('GET', '/console/u/of-b', undefined, { cookie })).status).toBe(404);
    await send('/console/signout', {}, { cookie });
    expect((await desk.call('GET', '/', undefined, { cookie })).status).toBe(401);
  });
});

describe('pages', () => {
  it('load scripts and styles from this server alone', async () => {
    desk = openDesk();
    const { headers, text } = await desk.call('GET', '/');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect(text).not.toMatch(/<script>| style="| on[a-z]+="/);
    for (const path of ['/console/style.css', '/console/live.js', '/console/icon.svg'])
      expect((await desk.call('GET', path)).status).toBe(200);
  });

  it('answer another site’s form with a refusal, and nothing happens', async () => {
    desk = openDesk();
    await desk.call('POST', '/v1/universes', { id: 'u' });
    const from = (headers: Record<string, string>) => send('/console/u/u/drop', {}, headers);
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(desk.registry.get('u')).toBeDefined();
  });

  it('say that nothing is here where there is no such universe', async () => {
    desk = openDesk();
    const { status, text } = await desk.call('GET', '/console/u/nobody');
    expect([status, text.includes('there is no universe nobody')]).toEqual([404, true]);
  });
});
