import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Registry } from '../../src/registry.ts';
import { type RunningServer, serve } from '../../src/server.ts';
import type { Universe } from '../../src/universe.ts';
import { notes, toy } from '../toy.ts';

let registry: Registry;
let server: RunningServer;
let universe: Universe;
const auth = { authorization: 'Bearer good', 'content-type': 'application/json' };

beforeEach(async () => {
  const outbound = { send: async () => ({ status: 200, headers: {}, body: '' }) };
  registry = new Registry({ twins: [toy], outbound, publicUrl: () => server.url });
  const app = { fetch: () => new Response('console') };
  server = await serve({ registry, app, host: '127.0.0.1', port: 0 });
  universe = await registry.create({ id: 'one', world: { world: 'w' } });
});
afterEach(async () => {
  await server.close(0);
  registry.close();
});

const create = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/u/one/toy/notes`, { method: 'POST', headers: { ...auth, ...headers }, body });

describe('the server', () => {
  it('brings a request by path to its universe and twin', async () => {
    expect((await create('{"text":"hi"}')).status).toBe(200);
    expect([...universe.state.list(notes)]).toEqual([{ id: 'n1', text: 'hi' }]);
    expect(universe.journal.page({ limit: 5, kind: 'exchange' }).entries[0]).toMatchObject({
      via: 'path',
      operation: 'notes.create',
    });
  });

  it('brings a request by vendor host name to the one universe there is, or to the one that a header names', async () => {
    const send = (extra: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(server.port, '127.0.0.1');
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.on('close', () => resolve(text));
        socket.write(
          `GET /notes HTTP/1.1\r\nhost: api.toy.example\r\nauthorization: Bearer good\r\nconnection: close\r\n${extra}\r\n`,
        );
      });
    expect(await send('')).toContain('200 OK');
    const other = await registry.create({ id: 'two', world: { world: 'w' } });
    expect(await send('')).toContain('409 Conflict');
    expect(await send('x-orrery-universe: two\r\n')).toContain('200 OK');
    expect(other.journal.page({ limit: 5 }).entries[0]).toMatchObject({ via: 'host' });
  });

  it('takes no more writes from a tenant whose quota of state is used up, and still answers reads', async () => {
    const { id: tenant } = registry.tenants.create('small', { stateBytes: 1_000 }, '');
    await registry.create({ id: 'full', tenant, world: { world: 'w' } });
    const url = `${server.url}/u/full/toy/notes`;
    const write = () => fetch(url, { method: 'POST', headers: auth, body: '{"text":"hi"}' });
    expect((await write()).status).toBe(200);
    await vi.waitFor(async () => expect((await write()).status).toBe(507), { timeout: 3_000 });
    expect((await fetch(url, { headers: auth })).status).toBe(200);
  });

  it('says so where there is no such universe', async () => {
    const res = await fetch(`${server.url}/u/none/toy/notes`);
    expect([res.status, await res.json()]).toEqual([
      404,
      expect.objectContaining({ detail: 'there is no universe none' }),
    ]);
  });

  it('answers the vendor’s refusal to a body over its limit, and goes on', async () => {
    expect((await create(JSON.stringify({ text: 'x'.repeat(5_000_000) }))).status).toBe(413);
    expect((await create('{"text":"still here"}')).status).toBe(200);
  });

  it('cuts the connection where a fault says so', async () => {
    universe.addFault({ kind: 'reset', count: 1 });
    await expect(create('{"text":"a"}')).rejects.toThrow('fetch failed');
    expect((await create('{"text":"b"}')).status).toBe(200);
    expect([...universe.state.list(notes)].map((row) => row.text)).toEqual(['b']);
  });

  it('finishes what is in flight when it is asked to stop', async () => {
    universe.addFault({ kind: 'latency', params: { fixed: '150ms' }, count: 1 });
    const slow = create('{"text":"slow"}', { connection: 'close' });
    while (universe.inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = server.close();
    expect((await slow).status).toBe(200);
    await stopped;
    await expect(create('{"text":"late"}')).rejects.toThrow();
  });

  it('lets everything that is no twin’s go to the control app', async () => {
    expect(await (await fetch(server.url)).text()).toBe('console');
  });
});

describe('the Date header', () => {
  it('tells the universe’s time, which clients reckon waits from', async () => {
    universe.setClock({ mode: 'frozen', now: Date.parse('2027-05-06T07:08:09Z') });
    const res = await create('{"text":"a"}');
    expect(res.headers.get('date')).toBe('Thu, 06 May 2027 07:08:09 GMT');
  });
});
