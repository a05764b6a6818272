/** `orrery/undici`: undici and Node's own `fetch` with a universe as their dispatcher. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { WebClient } from '@slack/web-api';
import {
  Agent,
  type Dispatcher,
  errors,
  getGlobalDispatcher,
  RetryAgent,
  request,
  setGlobalDispatcher,
  stream,
  FormData as UndiciFormData,
  fetch as undiciFetch,
  upgrade,
} from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dispatcher, UniverseDispatcher } from '../../../src/inprocess/undici.ts';
import { type InProcessUniverse, openUniverse } from '../../../src/main.ts';

let opened: Awaited<ReturnType<typeof openUniverse>>;
let universe: InProcessUniverse;
let way: UniverseDispatcher;
const before = getGlobalDispatcher();
beforeAll(async () => {
  opened = await openUniverse({ id: 'undici', seed: 1 });
  universe = opened.universe;
  way = new UniverseDispatcher(universe);
});
afterEach(() => {
  universe.clearFaults();
  setGlobalDispatcher(before);
});
afterAll(() => opened.close());

const API = 'https://slack.com/api';
const drive = () => ({ authorization: `Bearer ${universe.env.GOOGLE_ACCESS_TOKEN}` });
const args = async (options: Partial<Dispatcher.RequestOptions>) => {
  const { body } = await request(`${API}/api.test`, { method: 'POST', dispatcher: way, ...options });
  return ((await body.json()) as { args: unknown }).args;
};

/** A file of so many bytes, each telling its place. */
async function fileOf(bytes: number): Promise<string> {
  const made = await request('https://www.googleapis.com/upload/drive/v3/files?uploadType=media', {
    method: 'POST',
    dispatcher: way,
    headers: { ...drive(), 'content-type': 'application/octet-stream' },
    body: Readable.from(Array.from({ length: bytes / 1_000 }, (_, i) => Buffer.alloc(1_000, i % 251))),
  });
  return ((await made.body.json()) as { id: string }).id;
}

describe('request', () => {
  it('takes the body in every form, and headers as list, object or pairs', async () => {
    const json = { 'content-type': 'application/json' };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await args({ body: 'a=1', headers: form })).toEqual({ a: '1' });
    expect(await args({ body: Buffer.from('a=1'), headers: ['Content-Type', form['content-type']] })).toEqual(
      { a: '1' },
    );
    expect(
      await args({ body: Readable.from(['{"a"', ':1}']), headers: new Map(Object.entries(json)) }),
    ).toEqual({ a: 1 });
    const undiciForm = new UndiciFormData();
    undiciForm.set('a', '2');
    expect(await args({ body: undiciForm })).toEqual({ a: '2' });
    const form2 = new FormData();
    form2.set('a', '3');
    expect(await args({ body: form2 as never })).toEqual({ a: '3' });
    expect(await args({ query: { b: 'x y' } })).toEqual({ b: 'x y' });
  });

  it('gives status, headers (cookies apart) and a body to read as one likes', async () => {
    const { statusCode, headers, body } = await request('https://acme.okta.com/api/v1/users?limit=1', {
      dispatcher: way,
      headers: { authorization: `SSWS ${universe.env.OKTA_CLIENT_TOKEN}` },
    });
    expect(statusCode).toBe(200);
    expect(headers.link).toEqual([
      expect.stringContaining('rel="self"'),
      expect.stringContaining('rel="next"'),
    ]);
    expect(await body.json()).toHaveLength(1);
    const head = await request(`${API}/api.test`, { dispatcher: way, method: 'HEAD' });
    expect(await head.body.text()).toBe('');
  });

  it('goes no faster than its reader', async () => {
    const id = await fileOf(1_000_000);
    const { body } = await request(`https://www.googleapis.com/drive/v3/files/${id}?alt=media`, {
      dispatcher: way,
      headers: drive(),
      highWaterMark: 64 * 1_024,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(body.readableLength).toBeLessThanOrEqual(128 * 1_024);
    let bytes = 0;
    for await (const chunk of body) bytes += (chunk as Buffer).length;
    expect(bytes).toBe(1_000_000);
    const chunks: Buffer[] = [];
    await stream(
      `https://www.googleapis.com/drive/v3/files/${id}?alt=media`,
      { dispatcher: way, method: 'GET', headers: drive() },
      () =>
        new Writable({
          highWaterMark: 1,
          write: (chunk: Buffer, _, done) => {
            chunks.push(chunk);
            setImmediate(done);
          },
        }),
    );
    expect(Buffer.concat(chunks)).toHaveLength(1_000_000);
  });

  it('ends when it is called off', async () => {
    universe.fault({ kind: 'latency', match: { twin: 'slack' }, params: { fixed: '30s' } });
    const reason = new Error('enough');
    const early = request(`${API}/api.test`, { dispatcher: way, signal: AbortSignal.abort(reason) });
    await expect(early).rejects.toBe(reason);
    const stop = new AbortController();
    const late = request(`${API}/api.test`, { dispatcher: way, signal: stop.signal });
    stop.abort(reason);
    await expect(late).rejects.toBe(reason);
  });

  it('refuses to upgrade: sockets have an address of their own', async () => {
    const upgraded = upgrade('https://slack.com/link', { dispatcher: way });
    await expect(upgraded).rejects.toThrow(errors.NotSupportedError);
  });
});

describe.each([
  [
    'undici’s',
    (url: string, init?: RequestInit) =>
      undiciFetch(url, { ...(init as object), dispatcher: way }) as unknown as Promise<Response>,
  ],
  [
    'Node’s own',
    (url: string, init?: RequestInit) => {
      setGlobalDispatcher(way);
      return fetch(url, init);
    },
  ],
])('%s fetch', (_, fetch) => {
  it('sends and reads JSON, forms and streams', async () => {
    const post = async (init: RequestInit) => {
      const answer = await fetch(`${API}/api.test`, { method: 'POST', ...init });
      expect([answer.status, answer.statusText, answer.url]).toEqual([200, 'OK', `${API}/api.test`]);
      return ((await answer.json()) as { args: unknown }).args;
    };
    const headers = { 'content-type': 'application/json' };
    expect(await post({ body: '{"a":1}', headers })).toEqual({ a: 1 });
    expect(await post({ body: new URLSearchParams({ a: '1' }) })).toEqual({ a: '1' });
    const body = new Blob(['{"a":', '2}']).stream();
    expect(await post({ body, headers, duplex: 'half' } as RequestInit)).toEqual({ a: 2 });
  });

  it('reads bodies of megabytes as they come', async () => {
    const id = await fileOf(2_000_000);
    const answer = await fetch(`https://www.googleapis.com/drive/v3/files/${id}?alt=media`, {
      headers: drive(),
    });
    let bytes = 0;
    for await (const chunk of answer.body as ReadableStream<Uint8Array>) bytes += chunk.length;
    expect(bytes).toBe(2_000_000);
  });

  it('rejects as over a socket when the connection is cut, no header comes, or it is called off', async () => {
    universe.fault({ kind: 'reset', match: { twin: 'slack', operation: 'api.test' } });
    universe.fault({
      kind: 'timeout',
      match: { twin: 'slack', operation: 'auth.test' },
      params: { for: '1ms' },
    });
    universe.fault({ kind: 'timeout', match: { twin: 'slack', operation: 'users.list' } });
    const cut = fetch(`${API}/api.test`);
    await expect(cut).rejects.toThrow(TypeError);
    await expect(cut).rejects.toMatchObject({ cause: { code: 'ECONNRESET', message: 'read ECONNRESET' } });
    await expect(fetch(`${API}/auth.test`)).rejects.toMatchObject({
      cause: { code: 'UND_ERR_HEADERS_TIMEOUT' },
    });
    const impatient = fetch(`${API}/users.list`, { signal: AbortSignal.timeout(10) });
    await expect(impatient).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('is told of foreign addresses how to let them out', async () => {
    await expect(fetch('https://example.com/')).rejects.toMatchObject({
      cause: { code: 'ERR_ORRERY_REFUSED', message: expect.stringContaining('fallback: new Agent()') },
    });
  });
});

describe('a dispatcher', () => {
  it('hands foreign addresses to its fallback', async () => {
    const local = createServer((_, response) => response.end('local'));
    await new Promise<void>((resolve) => local.listen(0, '127.0.0.1', resolve));
    const agent = new Agent();
    const open = dispatcher(universe, { fallback: agent });
    const { port } = local.address() as AddressInfo;
    const { body } = await request(`http://127.0.0.1:${port}/`, { dispatcher: open });
    expect(await body.text()).toBe('local');
    expect((await request(`${API}/api.test`, { dispatcher: open })).statusCode).toBe(200);
    await agent.close();
    local.close();
  });

  it('gives up by the client’s own headersTimeout', async () => {
    universe.fault({ kind: 'timeout', match: { twin: 'slack' } });
    const slow = request(`${API}/api.test`, { dispatcher: way, headersTimeout: 5 });
    await expect(slow).rejects.toThrow(errors.HeadersTimeoutError);
  });

  it('can be wrapped by undici’s own: what is cut is sent again', async () => {
    universe.fault({ kind: 'reset', match: { twin: 'slack' }, count: 2 });
    const retrying = new RetryAgent(way, { minTimeout: 1, maxRetries: 3 });
    expect((await request(`${API}/api.test`, { dispatcher: retrying })).statusCode).toBe(200);
  });

  it('goes to the universe of the moment, and takes nothing once it is closed', async () => {
    const fork = universe.fork({ id: 'undici-fork' });
    let now: InProcessUniverse | undefined = fork;
    const moving = dispatcher(() => now);
    await request(`${API}/api.test`, { dispatcher: moving });
    expect(fork.journal({ kind: 'exchange' })).toHaveLength(1);
    fork.close();
    const ended = request(`${API}/api.test`, { dispatcher: moving });
    await expect(ended).rejects.toMatchObject({ code: 'ERR_ORRERY_REFUSED' });
    now = universe;
    expect((await request(`${API}/api.test`, { dispatcher: moving })).statusCode).toBe(200);
    await moving.close();
    await expect(request(`${API}/api.test`, { dispatcher: moving })).rejects.toThrow(
      errors.ClientClosedError,
    );
  });

  it('serves SDKs that call fetch, unchanged', async () => {
    setGlobalDispatcher(way);
    const web = new WebClient(universe.env.SLACK_BOT_TOKEN);
    expect((await web.auth.test()).ok).toBe(true);
  });
});
