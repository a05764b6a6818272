import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type SecureContext } from 'node:tls';
import { ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Universe } from '../../../src/universe.ts';
import { AUTH, as, HOST, type Open, open, textsOf } from './open.ts';

const CLIENTS = 200;
const ROUNDS = 3;
let world: Open;
/** Shared: to make one takes longer than all that a client asks for. */
let secureContext: SecureContext;
const universes: Universe[] = [];
beforeAll(async () => {
  world = await open();
  secureContext = createSecureContext({ ca: world.authority.certificatePem });
  for (let i = 0; i < CLIENTS; i++)
    universes.push(await world.registry.create({ id: `u${i}`, world: { world: 'w' } }));
});
afterAll(() => world.close());

/** Sockets and listeners that this thread holds open. */
const held = () => process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|Pipe)/.test(name)).length;

/** Posts its own marker and reads what its universe holds, several times over one HTTP/1.1 connection. */
async function byHttp1(id: string): Promise<string[]> {
  const agent = new ProxyAgent({
    uri: as(world.proxy, id),
    requestTls: { secureContext },
    connections: 1,
  });
  const options = { dispatcher: agent, headers: AUTH };
  for (let round = 0; round < ROUNDS; round++) {
    const made = await request(`https://${HOST}/notes`, {
      ...options,
      method: 'POST',
      body: JSON.stringify({ text: `${id}.${round}` }),
    });
    await made.body.dump();
  }
  const read = await request(`https://${HOST}/notes`, options);
  const { items } = (await read.body.json()) as { items: { text: string }[] };
  await agent.close();
  return items.map((note) => note.text);
}

/** The same over HTTP/2, all rounds at once on one connection. */
async function byHttp2(id: string): Promise<string[]> {
  const socket = await new Promise<Socket>((resolve) => {
    const one = connect(world.proxy.port, '127.0.0.1');
    one.once('data', () => resolve(one));
    const credential = Buffer.from(`${id}:`).toString('base64');
    one.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nproxy-authorization: Basic ${credential}\r\n\r\n`);
  });
  const client = connectHttp2(`https://${HOST}`, {
    createConnection: () => connectTls({ socket, servername: HOST, ALPNProtocols: ['h2'], secureContext }),
  });
  const ask = (method: string, body?: string) =>
    new Promise<string>((resolve, reject) => {
      const stream = client.request({ ':method': method, ':path': '/notes', ...AUTH });
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => resolve(text)).on('error', reject);
      stream.end(body);
    });
  await Promise.all(
    Array.from({ length: ROUNDS }, (_, round) => ask('POST', JSON.stringify({ text: `${id}.${round}` }))),
  );
  const { items } = JSON.parse(await ask('GET')) as { items: { text: string }[] };
  client.close();
  return items.map((note) => note.text);
}

describe('through one port', () => {
  it(`${CLIENTS} programs at once each see their own universe only, and leave nothing open`, async () => {
    const before = held();
    const seen = await Promise.all(universes.map(({ id }, i) => (i % 2 ? byHttp2(id) : byHttp1(id))));
    const rounds = (id: string) => Array.from({ length: ROUNDS }, (_, round) => `${id}.${round}`);
    expect(universes.map((one) => textsOf(one).sort())).toEqual(universes.map(({ id }) => rounds(id)));
    // A page of the toy's has two notes.
    for (const [i, texts] of seen.entries()) {
      expect(texts).toHaveLength(2);
      expect(texts.every((text) => text.startsWith(`u${i}.`))).toBe(true);
    }
    expect(textsOf(world.universe)).toEqual([]);
    await vi.waitFor(() => expect([world.proxy.stats().connections, held()]).toEqual([0, before]), 5_000);
  });
});
