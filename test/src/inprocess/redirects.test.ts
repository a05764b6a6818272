/** Redirects, cookies and bounds in process, by a small twin that sends its clients about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpoint, reply, type Twin } from '../../../src/twin.ts';
import { toy } from '../../toy.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';

const doc = 'https://toy.example';
const away = (id: string, route: string, status: number, location: string) =>
  endpoint({ id, route, doc, auth: 'none' }, () =>
    reply({
      status,
      raw: true,
      headers: [
        ['location', location],
        ['set-cookie', 'a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
        ['set-cookie', 'b=2'],
      ],
    }),
  );

/** Says what it was asked. */
const echo = (method: string) =>
  endpoint({ id: `echo.${method}`, route: `${method} /echo`, doc, auth: 'none' }, ({ request, body }) => ({
    method: request.method,
    query: request.query,
    authorization: request.headers.authorization ?? null,
    type: request.headers['content-type'] ?? null,
    body: body.text ?? null,
  }));

const wandering = {
  ...toy,
  hosts: ['api.toy.example', 'other.toy.example'],
  endpoints: [
    away('found', 'POST /found', 302, '/echo?from=found#part'),
    away('again', 'PUT /again', 307, '/echo'),
    away('other', 'GET /other', 301, 'https://other.toy.example/echo'),
    away('outside', 'GET /outside', 302, 'http://localhost:3000/callback?code=1'),
    away('loop', 'GET /loop', 302, '/loop'),
    away('bad', 'GET /bad', 302, 'http://[nowhere'),
    ...['GET', 'POST', 'PUT'].map(echo),
  ],
} as unknown as Twin;

let open: TestUniverse;
const base = 'https://api.toy.example';
const headers = { authorization: 'Bearer good', 'content-type': 'application/json' };
beforeAll(async () => {
  open = await openUniverse([wandering], { world: 'w' });
});
afterAll(() => open.registry.close());

describe('redirects', () => {
  it('turn a POST into a GET at 302, and are told of in the answer', async () => {
    const answer = await open.fetch(`${base}/found`, { method: 'POST', headers, body: '{"a":1}' });
    expect([answer.url, answer.redirected]).toEqual([`${base}/echo?from=found`, true]);
    expect(await answer.json()).toEqual({
      method: 'GET',
      query: 'from=found',
      authorization: 'Bearer good',
      type: null,
      body: null,
    });
  });

  it('repeat method and body at 307, streams included', async () => {
    const body = new Blob(['{"a":', '1}']).stream();
    const answer = await open.fetch(`${base}/again`, {
      method: 'PUT',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    expect(await answer.json()).toMatchObject({ method: 'PUT', type: 'application/json', body: '{"a":1}' });
  });

  it('take no credentials to another host', async () => {
    const answer = await open.fetch(`${base}/other`, { headers });
    expect(answer.url).toBe('https://other.toy.example/echo');
    expect(await answer.json()).toMatchObject({ authorization: null, type: 'application/json' });
  });

  it('are handed over with redirect manual, cookies apart', async () => {
    const answer = await open.fetch(`${base}/outside`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      'http://localhost:3000/callback?code=1',
    ]);
    expect(answer.headers.getSetCookie()).toEqual([
      'a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
      'b=2',
    ]);
  });

  it.each([
    ['/outside', {}, 'http://localhost:3000/callback is no address of universe test'],
    ['/loop', {}, 'redirect count exceeded'],
    ['/bad', {}, 'Invalid URL in location'],
    ['/found', { method: 'POST', redirect: 'error' }, 'unexpected redirect'],
  ])('fail at %s, with the reason as the cause', async (path, init, message) => {
    const failed = open.fetch(`${base}${path}`, init as RequestInit);
    await expect(failed).rejects.toThrow(new TypeError('fetch failed'));
    await expect(failed).rejects.toMatchObject({ cause: { message: expect.stringContaining(message) } });
  });
});

describe('a body without end', () => {
  it('is read as far as the twin takes it, and refused as the vendor does', async () => {
    let chunks = 0;
    const body = new ReadableStream({
      pull(controller) {
        chunks++;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    const endless = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const answer = await open.fetch(`${base}/echo`, endless);
    expect([answer.status, await answer.json()]).toEqual([413, { error: 'too_large' }]);
    expect(chunks).toBeLessThan(20);
  });
});
