import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOST, type Open, open, remarksOf } from './open.ts';

/** Where names in `rebound.example` lead, by their first label. */
const RESOLVED: Readonly<Record<string, string[]>> = {
  here: ['127.0.0.1'],
  mapped: ['::ffff:127.0.0.1'],
  office: ['10.1.2.3'],
  mixed: ['203.0.113.9', '192.168.0.1'],
  cloud: ['169.254.169.254'],
};

let world: Open;
let elsewhere: Server;
let outside: string;
const seen: string[] = [];
beforeEach(async () => {
  seen.length = 0;
  elsewhere = createServer((req, res) => {
    seen.push(`${req.method} ${req.url} ${JSON.stringify(req.headers)}`);
    req.on('data', (chunk) => seen.push(String(chunk)));
    req.on('end', () => res.end('from elsewhere'));
  });
  await new Promise<void>((resolve) => {
    elsewhere.listen(0, '127.0.0.1', resolve);
  });
  outside = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  world = await open({
    allow: [outside, 'localhost', '169.254.169.254', 'metadata.google.internal', '*.rebound.example'],
    resolve: async (name) => RESOLVED[name.split('.')[0] as string] ?? [],
    self: () => 'http://127.0.0.1:4700',
  });
});
afterEach(async () => {
  await world.close();
  elsewhere.closeAllConnections();
  elsewhere.close();
});

/** Sends bytes and gives all that comes back until the other side closes. */
const send = (text: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(world.proxy.port, '127.0.0.1');
    let all = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      all += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(all));
    socket.write(text);
  });
const get = (url: string, more = '') =>
  send(
    `GET ${url} HTTP/1.1\r\nhost: ${HOST}\r\nauthorization: Bearer good\r\nconnection: close\r\n${more}\r\n`,
  );
const tunnel = (authority: string, more = '') =>
  send(`CONNECT ${authority} HTTP/1.1\r\nhost: x\r\n${more}\r\n`);
const basic = (text: string) => `proxy-authorization: Basic ${Buffer.from(text).toString('base64')}\r\n`;

describe('a host that is no vendor’s', () => {
  it('is refused in one line that says how to allow it, and the journal has it', async () => {
    const answers = [await tunnel('example.com:443'), await get('http://example.com/a')];
    for (const one of answers) expect(one).toMatch(/^HTTP\/1.1 403 Forbidden\r\n/);
    expect(answers[0]).toMatch(
      /text\/plain[\s\S]*\r\n\r\n[^\n]*no host of a twin[^\n]*--allow example\.com:443\n$/,
    );
    expect(answers[1]).toContain('--allow example.com:80\n');
    expect(remarksOf(world.universe)).toEqual([
      expect.objectContaining({ refusedHost: 'example.com:443', times: 1 }),
      expect.objectContaining({ refusedHost: 'example.com:80', times: 1 }),
    ]);
  });

  it('floods no journal, however often it is asked for', async () => {
    for (let i = 0; i < 12; i++) await tunnel('telemetry.example.com:443');
    expect(remarksOf(world.universe)).toEqual([1, 10].map((times) => expect.objectContaining({ times })));
    expect(world.proxy.stats().refused).toBe(12);
  });

  it('is let through untouched where it was allowed', async () => {
    const passed = await get(`http://${outside}/deep?x=1`, basic('one:'));
    expect(passed).toMatch(/^HTTP\/1.1 200 OK[\s\S]*from elsewhere/);
    expect(seen.join()).toContain('GET /deep?x=1');
    expect(seen.join()).not.toContain('proxy-authorization');
    const socket = await opened(outside);
    socket.write(
      `POST /t HTTP/1.1\r\nhost: ${outside}\r\nconnection: close\r\ncontent-length: 4\r\n\r\nbody`,
    );
    expect(await rest(socket)).toContain('from elsewhere');
    expect(seen.at(-1)).toBe('body');
    expect(remarksOf(world.universe)).toEqual([]);
  });

  it('is not asked on behalf of a client that takes the proxy for it, lest the proxy asks itself', async () => {
    const answer = await send(`GET /a HTTP/1.1\r\nhost: ${outside}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 403[\s\S]*full address/);
    expect(seen).toEqual([]);
  });

  it('is refused where its name leads inside, and where it is the cloud’s metadata, allowed or not', async () => {
    for (const [url, why] of [
      ['http://169.254.169.254/latest/meta-data', 'cloud metadata'],
      ['http://[::ffff:169.254.169.254]/', 'cloud metadata'],
      ['http://metadata.google.internal/', 'cloud metadata'],
      ...Object.keys(RESOLVED).map((name) => [`http://${name}.rebound.example/`, 'not public'] as const),
      ['http://nowhere.rebound.example/', 'does not resolve'],
    ] as const) {
      const answer = await get(url);
      expect(answer).toMatch(/^HTTP\/1.1 403/);
      expect(answer).toContain(why);
    }
    expect(remarksOf(world.universe)).toHaveLength(4 + Object.keys(RESOLVED).length);
  });
});

const opened = (authority: string): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(world.proxy.port, '127.0.0.1');
    socket.once('data', () => resolve(socket));
    socket.on('error', () => {});
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: x\r\n\r\n`);
  });
const rest = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let all = '';
    socket.on('data', (chunk) => {
      all += chunk;
    });
    socket.on('close', () => resolve(all));
  });

describe('Orrery’s own address', () => {
  it('answers a universe’s own paths, neither the control API nor another universe', async () => {
    await world.registry.create({ id: 'two', world: { world: 'w' } });
    const as = basic('one:');
    expect(await get('http://127.0.0.1:4700/u/one/toy/notes', as)).toMatch(/^HTTP\/1.1 200/);
    expect(await get('http://localhost:4700/u/one/toy/notes', as)).toMatch(/^HTTP\/1.1 200/);
    expect(await get('http://127.0.0.1:4700/u/two/toy/notes', as)).toMatch(/^HTTP\/1.1 403/);
    expect(await get('http://127.0.0.1:4700/v1/universes', as)).toMatch(/^HTTP\/1.1 403/);
    const socket = await opened('127.0.0.1:4700');
    expect(await rest(socket)).toBe('');
  });
});

describe('a credential', () => {
  it('is not needed for the only universe, and chooses among several', async () => {
    expect(await get(`http://${HOST}/notes`)).toMatch(/^HTTP\/1.1 200/);
    const two = await world.registry.create({ id: 'two', world: { world: 'w' } });
    const refused = await get(`http://${HOST}/notes`);
    expect(refused).toMatch(/^HTTP\/1.1 407 Proxy Authentication Required\r\n/);
    expect(refused).toMatch(/proxy-authenticate: Basic realm="Orrery: the user name is the universe id"/i);
    expect(await tunnel(`${HOST}:443`)).toMatch(/^HTTP\/1.1 407[\s\S]*proxy-authenticate/i);
    expect(await get(`http://${HOST}/notes`, basic('three:'))).toMatch(/^HTTP\/1.1 407/);
    expect(await get(`http://${HOST}/notes`, basic('two:'))).toMatch(/^HTTP\/1.1 200/);
    expect(two.journal.page({ limit: 5, kind: 'exchange' }).entries).toHaveLength(1);
  });

  it('needs the key of the universe’s tenant where keys are asked for', async () => {
    await world.close();
    world = await open({ server: { operatorKey: 'operator-key-1' } });
    const { registry } = world;
    const ann = registry.tenants.create('ann', {}, '2026-01-01');
    const bob = registry.tenants.create('bob', {}, '2026-01-01');
    await registry.create({ id: 'anns', tenant: ann.id, world: { world: 'w' } });
    const status = async (text?: string) =>
      (await get(`http://${HOST}/notes`, text === undefined ? '' : basic(text))).slice(9, 12);
    expect(await status()).toBe('407');
    expect(await status('anns:')).toBe('407');
    expect(await status(`anns:${bob.key}`)).toBe('407');
    expect(await status(`anns:${ann.key}`)).toBe('200');
    expect(await status('anns:operator-key-1')).toBe('200');
  });

  it('is not asked for on a port that belongs to a universe, which refuses when that has ended', async () => {
    await world.close();
    world = await open();
    const { registry, authority, universe } = world;
    const { startProxy } = await import('../../../src/proxy/proxy.ts');
    await registry.create({ id: 'two', world: { world: 'w' } });
    await world.proxy.close(0);
    world.proxy = await startProxy({ registry, authority, universe });
    expect(await get(`http://${HOST}/notes`)).toMatch(/^HTTP\/1.1 200/);
    registry.drop('one');
    expect(await get(`http://${HOST}/notes`)).toMatch(/^HTTP\/1.1 404[\s\S]*has ended/);
  });
});
