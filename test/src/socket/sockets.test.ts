import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Registry } from '../../../src/registry.ts';
import { type RunningServer, serve } from '../../../src/server.ts';
import { SOCKET_MESSAGE_BYTES_MAX, SOCKET_PING_MS } from '../../../src/socket/connection.ts';
import { socketAddress } from '../../../src/socket/kind.ts';
import { SOCKETS_PER_UNIVERSE_MAX } from '../../../src/socket/sockets.ts';
import { accept, endpoint, type Twin } from '../../../src/twin.ts';
import type { Universe } from '../../../src/universe.ts';
import { toy } from '../../toy.ts';

/** The toy with a conversation: who connects is of the topic that the query names, and is greeted by it. */
const talking: Twin = {
  ...toy,
  endpoints: [
    ...toy.endpoints,
    endpoint(
      { id: 'talk', route: 'GET /talk', auth: 'none', doc: 'https://toy.example' },
      ({ query, world }) => {
        world.next('talks');
        return accept({ kind: 'talk', topic: query.get('topic') ?? 'all' });
      },
    ),
  ],
  sockets: {
    talk: {
      doc: 'https://toy.example',
      greeting: (_world, { topic, id }) => [{ text: `welcome to ${topic}, ${id}` }],
      heard(world, { topic, id }, text) {
        if (text === 'fall over') throw new Error('the twin fell over');
        return text.startsWith('count') ? [{ text: `${topic}/${id}: ${world.next('counted')}` }] : [];
      },
      answer: (text) => (text.startsWith('got ') ? { answers: text.slice(4), body: text } : undefined),
    },
  },
  wire: {
    ...toy.wire,
    channels: {
      ...toy.wire.channels,
      say: {
        timeoutMs: 1_000,
        retriesMs: [],
        request: () => ({ method: 'POST', headers: {}, body: '' }),
        message: (_world, { id, payload }) => ({
          text: String(payload.text).repeat(Number(payload.times ?? 1)),
          ...(payload.asks ? { expects: id } : {}),
        }),
        accepted: () => true,
      },
    },
  },
};

let registry: Registry;
let server: RunningServer;
let universe: Universe;
const clients: WebSocket[] = [];

beforeEach(async () => {
  const outbound = { send: async () => ({ status: 200, headers: {}, body: '' }) };
  registry = new Registry({ twins: [talking], outbound, publicUrl: () => server.url });
  const app = { fetch: () => new Response('console') };
  server = await serve({ registry, app, host: '127.0.0.1', port: 0 });
  universe = await registry.create({ id: 'one', world: { world: 'w' }, clock: { mode: 'frozen' } });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const client of clients.splice(0)) client.terminate();
  await server.close(100);
  registry.close();
});

function talk(path = '/u/one/toy/talk', options = {}): WebSocket {
  const client = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, options);
  client.on('error', () => {});
  clients.push(client);
  return client;
}

/** Opens one and waits for its greeting. */
async function greeted(path?: string, options?: object): Promise<{ client: WebSocket; greeting: string }> {
  const client = talk(path, options);
  const [data] = await once(client, 'message');
  return { client, greeting: String(data) };
}

const refusal = async (client: WebSocket): Promise<number> => {
  const [request, response] = await once(client, 'unexpected-response');
  request.destroy();
  return response.statusCode;
};

async function say(payload: Record<string, unknown>, to = socketAddress('all')): Promise<void> {
  universe.work('toy', (world) => world.emit({ channel: 'say', event: 'said', to, payload }));
  await universe.advance(universe.now());
}

const statuses = () =>
  universe.journal
    .page({ limit: 500, kind: 'delivery' })
    .entries.filter((one) => one.event === 'said')
    .map(({ status, failure }) => failure ?? status);

describe('a WebSocket', () => {
  it('is let in by an endpoint of its twin, and the journal has the exchange', async () => {
    expect((await greeted('/u/one/toy/talk?topic=cats')).greeting).toBe('welcome to cats, 1');
    expect((await greeted('/u/one/toy/talk?topic=cats')).greeting).toBe('welcome to cats, 2');
    expect((await greeted('/u/one/toy/talk?topic=dogs')).greeting).toBe('welcome to dogs, 1');
    expect(universe.journal.page({ limit: 9, kind: 'exchange' }).entries[0]).toMatchObject({
      operation: 'talk',
      response: { status: 101 },
      via: 'path',
    });
  });

  it('hears what is for its topic, or for it alone', async () => {
    const cat = await greeted('/u/one/toy/talk?topic=cats');
    const dogs = [await greeted('/u/one/toy/talk?topic=dogs'), await greeted('/u/one/toy/talk?topic=dogs')];
    const heard: string[] = [];
    for (const [name, { client }] of Object.entries({
      cat,
      one: dogs[0] as typeof cat,
      two: dogs[1] as typeof cat,
    }))
      client.on('message', (data) => {
        heard.push(`${name} ${data}`);
        client.send('got d000000001');
      });
    await say({ text: 'meow', asks: true }, socketAddress('cats'));
    await say({ text: 'sit' }, socketAddress('dogs', '2'));
    await expect.poll(() => heard).toEqual(['cat meow', 'two sit']);
    await say({ text: 'lost' }, socketAddress('birds'));
    expect(statuses()).toEqual([200, 200, 'connection']);
  });

  it('has what its program says dealt with in a transaction, and the answer said back', async () => {
    const { client } = await greeted('/u/one/toy/talk?topic=cats');
    client.send('count');
    expect(String((await once(client, 'message'))[0])).toBe('cats/1: 1');
    client.send('count again');
    expect(String((await once(client, 'message'))[0])).toBe('cats/1: 2');
    client.send('fall over');
    const [code] = await once(client, 'close');
    expect(code).toBe(1_011);
    const notes = JSON.stringify(universe.journal.page({ limit: 99 }).entries);
    expect(notes).toContain('the twin fell over');
  });

  it('is found nowhere but at a twin of a universe that there is', async () => {
    expect(await refusal(talk('/v1/universes'))).toBe(404);
    expect(await refusal(talk('/u/none/toy/talk'))).toBe(404);
    expect(await refusal(talk('/u/one/toy/nothing'))).toBe(404);
  });

  it('with a bad handshake is refused, and the server lives', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /u/one/toy/talk HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    );
    const [data] = await once(socket, 'data');
    expect(String(data)).toContain('400 Bad Request');
    socket.destroy();
    expect((await greeted()).greeting).toContain('welcome');
  });

  it('that speaks no WebSocket once it is open is cut, and the server lives', async () => {
    const socket = connect(server.port, '127.0.0.1');
    const head = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    const key = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    socket.write(`GET /u/one/toy/talk HTTP/1.1\r\nhost: x\r\n${head}${key}\r\n`);
    const [data] = await once(socket, 'data');
    expect(String(data)).toContain('101 Switching Protocols');
    socket.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(9)));
    socket.resume();
    await once(socket, 'close');
    expect((await greeted()).greeting).toBe('welcome to all, 2');
  });

  it('is no way round a fault: a cut handshake is cut', async () => {
    universe.addFault({ kind: 'reset', match: { operation: 'talk' }, count: 1 });
    const [error] = await once(talk(), 'error');
    expect(error.code).toBe('ECONNRESET');
    expect((await greeted()).greeting).toContain('welcome');
  });
});

describe('the bounds of a WebSocket', () => {
  it('close it on a message that is too long', async () => {
    const { client } = await greeted();
    client.send('x'.repeat(SOCKET_MESSAGE_BYTES_MAX + 1));
    expect((await once(client, 'close'))[0]).toBe(1009);
  });

  it('close it on more messages in a second than a program has cause for', async () => {
    const { client } = await greeted();
    const closed = once(client, 'close');
    for (let i = 0; i < 5_000; i++) client.send('x');
    expect((await closed)[0]).toBe(1008);
  });

  it('cut it where the program does not read', async () => {
    const { client } = await greeted();
    client.pause();
    for (let i = 0; i < 40; i++) await say({ text: 'x'.repeat(1024), times: 1024 });
    expect(statuses()).toContain('connection');
    expect(statuses()[0]).toBe(200);
  });

  it('cut it where pings stay unanswered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { client } = await greeted(undefined, { autoPong: false });
    const closed = once(client, 'close');
    for (let i = 0; i < 2; i++) {
      const pinged = once(client, 'ping');
      vi.advanceTimersByTime(SOCKET_PING_MS);
      await pinged;
    }
    vi.advanceTimersByTime(SOCKET_PING_MS);
    expect((await closed)[0]).toBe(1006);
  });

  it('leave it open where they are answered', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { client } = await greeted();
    for (let i = 0; i < 5; i++) {
      const pinged = once(client, 'ping');
      vi.advanceTimersByTime(SOCKET_PING_MS);
      await pinged;
      // What comes behind the pong is heard after it.
      client.send('behind the pong');
      await expect.poll(() => universe.journal.page({ limit: 99, kind: 'note' }).entries.length).toBe(i + 1);
    }
    expect(client.readyState).toBe(client.OPEN);
  });

  it('hold for a universe: one more is refused, and taken once one has gone', async () => {
    const all = await Promise.all(Array.from({ length: SOCKETS_PER_UNIVERSE_MAX }, () => greeted()));
    expect(await refusal(talk())).toBe(503);
    all[0]?.client.close();
    await expect
      .poll(() => universe.journal.page({ limit: 999, kind: 'note' }).entries.some((one) => one.closed))
      .toBe(true);
    expect((await greeted()).greeting).toContain('welcome');
  });
});

describe('an upgrade to something else', () => {
  it('is served as the ordinary request that it would be without, body and all', async () => {
    const body = '{"text":"from Java"}';
    const head = (upgrade: string, more: string) =>
      `POST /u/one/toy/notes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\n${upgrade}content-type: application/json\r\ncontent-length: ${body.length}\r\n${more}\r\n`;
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.write(
      head('connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAEAAEAA\r\n', ''),
    );
    socket.write(body);
    await expect.poll(() => text).toContain('"n1"');
    socket.write(head('', 'connection: close\r\n') + body);
    await once(socket, 'close');
    expect(text.match(/200 OK/g)).toHaveLength(2);
    expect(text).toContain('"n2"');
  });
});
