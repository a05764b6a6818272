/** `universe.fetch`: what programs that call `fetch` meet, without a socket. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openUniverse } from '../../../src/main.ts';

let opened: Awaited<ReturnType<typeof openUniverse>>;
beforeAll(async () => {
  opened = await openUniverse({ id: 'in-process', seed: 1 });
});
afterEach(() => opened.universe.clearFaults());
afterAll(() => opened.close());

const slack = 'https://slack.com/api';
const bot = () => ({ authorization: `Bearer ${opened.universe.env.SLACK_BOT_TOKEN}` });
const drive = () => ({ authorization: `Bearer ${opened.universe.env.GOOGLE_ACCESS_TOKEN}` });
const okta = () => ({ authorization: `SSWS ${opened.universe.env.OKTA_CLIENT_TOKEN}` });
const call = async (method: string, args: object) =>
  (
    await opened.fetch(`${slack}/${method}`, {
      method: 'POST',
      headers: { ...bot(), 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(args),
    })
  ).json() as Promise<Record<string, unknown>>;

describe('addresses', () => {
  it('are the vendors’ own, at any of their hosts', async () => {
    const { universe, fetch } = opened;
    expect(await call('auth.test', {})).toMatchObject({ ok: true });
    const me = await fetch('https://acme.okta.com/api/v1/users/me', { headers: okta() });
    expect(me.status).toBe(200);
    const { JIRA_EMAIL, JIRA_API_TOKEN } = universe.env;
    const basic = Buffer.from(`${JIRA_EMAIL}:${JIRA_API_TOKEN}`).toString('base64');
    const myself = await fetch('https://acme.atlassian.net/rest/api/3/myself', {
      headers: { authorization: `Basic ${basic}` },
    });
    expect(await myself.json()).toMatchObject({ emailAddress: JIRA_EMAIL });
    const files = await fetch('https://www.googleapis.com/drive/v3/files?pageSize=1', { headers: drive() });
    expect(files.status).toBe(200);
  });

  it('are the environment’s, or paths alone', async () => {
    const { universe, fetch } = opened;
    expect((await fetch(`${universe.env.SLACK_API_URL}api.test`)).status).toBe(200);
    expect((await fetch('/slack/api/api.test')).status).toBe(200);
    expect((await fetch(`/u/${universe.id}/slack/api/api.test`)).status).toBe(200);
  });

  it('of links that a twin hands out lead back in', async () => {
    const page = await opened.fetch('https://acme.okta.com/api/v1/users?limit=1', { headers: okta() });
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] as string;
    expect(next).toMatch(/^https:\/\/acme\.okta\.com\/api\/v1\/users\?/);
    const second = await opened.fetch(next, { headers: okta() });
    expect(await second.json()).toHaveLength(1);
  });

  it('of others are refused, by name', async () => {
    const refused = opened.fetch('https://example.com/hello');
    await expect(refused).rejects.toThrow(new TypeError('fetch failed'));
    await expect(refused).rejects.toMatchObject({
      cause: { message: expect.stringContaining('example.com') },
    });
    await expect(opened.fetch('http://orrery.local/u/another/slack/api/api.test')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('no address of universe in-process') },
    });
  });
});

describe('requests', () => {
  it('may be Requests, forms, streams and multipart', async () => {
    const { fetch } = opened;
    const echo = async (init: RequestInit) => {
      const answer = await fetch(new Request(`${slack}/api.test`, { method: 'POST', ...init }));
      return ((await answer.json()) as { args: unknown }).args;
    };
    expect(await echo({ body: new URLSearchParams({ a: 'ü' }) })).toMatchObject({ a: 'ü' });
    const form = new FormData();
    form.set('b', '2');
    expect(await echo({ body: form })).toMatchObject({ b: '2' });
    const stream = new Blob(['{"c":', '"3"}']).stream();
    const headers = { 'content-type': 'application/json' };
    expect(await echo({ body: stream, headers, duplex: 'half' } as RequestInit)).toMatchObject({ c: '3' });
    const inline = await fetch(`${slack}/api.test`, {
      method: 'POST',
      body: new URLSearchParams({ d: '4' }),
    });
    expect(await inline.json()).toMatchObject({ args: { d: '4' } });
  });

  it('with bodies of megabytes arrive whole', async () => {
    const text = 'x'.repeat(3_000_000);
    const created = await opened.fetch(
      'https://www.googleapis.com/upload/drive/v3/files?uploadType=media&fields=id,size',
      {
        method: 'POST',
        headers: { ...drive(), 'content-type': 'text/plain' },
        body: new Blob([text]).stream(),
        duplex: 'half',
      } as RequestInit,
    );
    const { id, size } = (await created.json()) as { id: string; size: string };
    expect(size).toBe('3000000');
    const read = await opened.fetch(`https://www.googleapis.com/drive/v3/files/${id}?alt=media`, {
      headers: drive(),
    });
    let bytes = 0;
    for await (const chunk of read.body as ReadableStream<Uint8Array>) bytes += chunk.length;
    expect(bytes).toBe(3_000_000);
  });

  it('that no Request can be made of reject as the platform’s do', async () => {
    const { fetch } = opened;
    await expect(fetch(`${slack}/api.test`, { body: 'a' })).rejects.toThrow(TypeError);
    await expect(fetch(`${slack}/api.test`, { headers: { 'bad name': 'x' } })).rejects.toThrow(TypeError);
    await expect(fetch(`${slack}/api.test`, { headers: { a: 'b\r\nc: d' } })).rejects.toThrow(TypeError);
    await expect(fetch('not an address')).rejects.toThrow(TypeError);
  });

  it('end when they are called off, before and while a slow twin answers', async () => {
    const { universe, fetch } = opened;
    const reason = new Error('enough');
    await expect(fetch(`${slack}/api.test`, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    universe.fault({ kind: 'latency', match: { twin: 'slack' }, params: { fixed: '30s' } });
    const stop = new AbortController();
    const slow = fetch(`${slack}/api.test`, { signal: stop.signal });
    stop.abort(reason);
    await expect(slow).rejects.toBe(reason);
    const impatient = fetch(`${slack}/api.test`, { signal: AbortSignal.timeout(5) });
    await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('answers', () => {
  it('read as text, JSON, bytes, a blob or a stream; once', async () => {
    const { fetch } = opened;
    const get = () => fetch(`${slack}/api.test`);
    const text = await (await get()).text();
    expect(JSON.parse(text)).toEqual(await (await get()).json());
    expect(Buffer.from(await (await get()).arrayBuffer()).toString()).toBe(text);
    expect(await (await (await get()).blob()).text()).toBe(text);
    expect(await new Response((await get()).body).text()).toBe(text);
    const once = await get();
    const copy = once.clone();
    await once.json();
    expect(once.bodyUsed).toBe(true);
    await expect(once.text()).rejects.toThrow(TypeError);
    expect(() => once.clone()).toThrow(TypeError);
    expect(await copy.text()).toBe(text);
  });

  it('are Responses with address, length and the universe’s date', async () => {
    const frozen = await openUniverse({ clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' } });
    const answer = await frozen.fetch(`${slack}/api.test?a=1#there`);
    frozen.close();
    expect(answer).toBeInstanceOf(Response);
    expect(answer).toMatchObject({ ok: true, statusText: 'OK', redirected: false, type: 'basic' });
    expect(answer.url).toBe(`${slack}/api.test?a=1`);
    expect(answer.headers.get('date')).toBe('Mon, 02 Mar 2026 09:00:00 GMT');
    expect(answer.headers.get('content-length')).toBe(String((await answer.text()).length));
  });

  it('to HEAD and with 204 have no body', async () => {
    const { fetch } = opened;
    const head = await fetch('https://acme.okta.com/api/v1/users?limit=1', {
      method: 'HEAD',
      headers: okta(),
    });
    expect([head.status, head.body, await head.text()]).toEqual([200, null, '']);
    const made = await fetch('https://www.googleapis.com/drive/v3/files', {
      method: 'POST',
      headers: { ...drive(), 'content-type': 'application/json' },
      body: '{"name":"gone soon"}',
    });
    const { id } = (await made.json()) as { id: string };
    const gone = await fetch(`https://www.googleapis.com/drive/v3/files/${id}`, {
      method: 'DELETE',
      headers: drive(),
    });
    expect([gone.status, gone.body, await gone.text()]).toEqual([204, null, '']);
  });
});
