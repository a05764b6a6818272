import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startProxy } from '../../../src/proxy/proxy.ts';
import { AUTH, as, HOST, type Open, open, remarksOf, textsOf } from './open.ts';

const run = promisify(execFile);
const PYTHON = '/usr/bin/python3';
const python = existsSync(PYTHON);
let world: Open;
beforeAll(async () => {
  world = await open();
});
afterAll(() => world.close());

const last = () => world.universe.journal.page({ limit: 1_000, kind: 'exchange' }).entries.at(-1);

/** A TCP connection through the proxy to `authority`. */
const tunnel = (authority: string) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = connect(world.proxy.port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (data) =>
      String(data).includes(' 200 ') ? resolve(socket) : reject(new Error(String(data))),
    );
    const credential = Buffer.from('one:').toString('base64');
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\nproxy-authorization: Basic ${credential}\r\n\r\n`,
    );
  });

describe('through the proxy', () => {
  it('undici reaches the twin under the vendor’s own address, over TLS', async () => {
    const agent = new ProxyAgent({
      uri: as(world.proxy, 'one'),
      requestTls: { ca: world.authority.certificatePem },
    });
    const reply = await request(`https://${HOST}/notes`, {
      dispatcher: agent,
      method: 'POST',
      headers: AUTH,
      body: '{"text":"undici"}',
    });
    expect([reply.statusCode, await reply.body.json()]).toEqual([
      200,
      expect.objectContaining({ text: 'undici' }),
    ]);
    expect(last()).toMatchObject({ operation: 'notes.create', via: 'proxy' });
    await agent.close();
  });

  it('curl posts a body in chunks over HTTP/2', async () => {
    const { stdout } = await run('curl', [
      ...['-s', '--http2', '-x', as(world.proxy, 'one'), '--cacert', world.authority.certificatePath],
      ...['-H', 'authorization: Bearer good', '-H', 'content-type: application/json'],
      ...['-w', ' %{http_version} %{http_code}', '-d', '{"text":"curl"}', `https://${HOST}/notes`],
    ]);
    expect(stdout).toMatch(/"text":"curl".* 2 200$/);
  });

  it('curl gets a plain http address in absolute form', async () => {
    const { stdout } = await run('curl', [
      ...['-s', '-x', as(world.proxy, 'one'), '-H', 'authorization: Bearer good'],
      ...['-w', '%{http_code}', '-o', '/dev/null', `http://${HOST}/notes`],
    ]);
    expect([stdout, last()]).toEqual(['200', expect.objectContaining({ via: 'proxy' })]);
  });

  it('an HTTP/2 client of Node’s sees statuses, headers, bodies and the want of one for HEAD', async () => {
    const socket = await tunnel(`${HOST}:443`);
    const secure = connectTls({
      socket,
      servername: HOST,
      ALPNProtocols: ['h2'],
      ca: world.authority.certificatePem,
    });
    const client = connectHttp2(`https://${HOST}`, { createConnection: () => secure });
    const ask = (headers: Record<string, string>, body?: string) =>
      new Promise<{ status: unknown; type: unknown; text: string }>((resolve, reject) => {
        const stream = client.request({ ...headers, ...AUTH }, { endStream: body === undefined });
        let text = '';
        let head: Record<string, unknown> = {};
        stream.on('response', (found) => {
          head = found;
        });
        stream.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        stream.on('end', () => resolve({ status: head[':status'], type: head['content-type'], text }));
        stream.on('error', reject);
        if (body !== undefined) stream.end(body);
      });
    const json = 'application/json';
    expect(await ask({ ':method': 'POST', ':path': '/notes' }, '{"text":"h2"}')).toEqual({
      status: 200,
      type: json,
      text: expect.stringContaining('h2'),
    });
    expect(await ask({ ':method': 'HEAD', ':path': '/notes' })).toEqual({
      status: 200,
      type: json,
      text: '',
    });
    expect(await ask({ ':method': 'GET', ':path': '/none' })).toMatchObject({ status: 404 });
    expect(textsOf(world.universe)).toContain('h2');
    world.universe.addFault({ kind: 'reset', count: 1 });
    await expect(ask({ ':path': '/notes' })).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
    expect(await ask({ ':path': '/notes' })).toMatchObject({ status: 200 });
    client.destroy();
  });

  it('Python’s urllib and requests need only the usual variables', async (context) => {
    if (!python) return context.skip();
    const program = `
import json, urllib.request, requests
auth = {"authorization": "Bearer good", "content-type": "application/json"}
ask = urllib.request.Request("https://${HOST}/notes", data=b'{"text":"urllib"}', headers=auth)
print(json.load(urllib.request.urlopen(ask))["text"])
with requests.Session() as session:
    for text in ("requests 1", "requests 2"):
        print(session.post("https://${HOST}/notes", json={"text": text}, headers=auth).json()["text"])
refused = None
try:
    requests.get("https://example.com/")
except requests.exceptions.ProxyError as error:
    refused = "403" in str(error)
print(refused)
`;
    const env = {
      PATH: process.env.PATH,
      https_proxy: as(world.proxy, 'one'),
      SSL_CERT_FILE: world.authority.bundlePath,
      REQUESTS_CA_BUNDLE: world.authority.bundlePath,
    };
    const { stdout } = await run(PYTHON, ['-c', program], { env });
    expect(stdout.trim().split('\n')).toEqual(['urllib', 'requests 1', 'requests 2', 'True']);
  });

  it('a program that does not trust the authority is told so in the journal', async () => {
    const failed = await run('curl', ['-s', '-x', as(world.proxy, 'one'), `https://${HOST}/notes`]).catch(
      (error: { code: number }) => error.code,
    );
    expect(failed).toBe(60);
    await vi.waitFor(() =>
      expect(remarksOf(world.universe)).toContainEqual(
        expect.objectContaining({ untrusted: `${HOST}:443`, why: expect.stringContaining('ca.pem') }),
      ),
    );
  });

  it('a cut that a fault asks for is a reset, inside TLS too', async () => {
    const agent = new ProxyAgent({
      uri: as(world.proxy, 'one'),
      requestTls: { ca: world.authority.certificatePem },
    });
    const ask = () => request(`https://${HOST}/notes`, { dispatcher: agent, headers: AUTH });
    await (await ask()).body.dump();
    world.universe.addFault({ kind: 'reset', count: 1 });
    await expect(ask()).rejects.toThrow(/other side closed|ECONNRESET/);
    expect((await ask()).statusCode).toBe(200);
    await agent.destroy();
  });

  it('programs that have ended leave no connection behind', async () => {
    // As by programs that send their last bytes and go: after TLS, amid its handshake, before it.
    const sockets = [await tunnel(`${HOST}:443`), await tunnel(`${HOST}:443`), await tunnel(`${HOST}:80`)];
    const [secure, hasty, plain] = sockets as [Socket, Socket, Socket];
    const { certificatePem: ca } = world.authority;
    const over = connectTls({ socket: secure, servername: HOST, ALPNProtocols: ['h2'], ca });
    over.once('secureConnect', () => over.end());
    hasty.end(Buffer.from('160301020001', 'hex'));
    plain.end();
    await vi.waitFor(() => expect(world.proxy.stats().connections).toBe(0), 5_000);
  });
});

describe('without a word to the proxy', () => {
  it('a program that takes its port for the vendor’s is answered by the name in TLS or in its request', async () => {
    for (const [scheme, port] of [
      ['https', 443],
      ['http', 80],
    ] as const) {
      const { stdout } = await run('curl', [
        ...['-s', '--connect-to', `${HOST}:${port}:127.0.0.1:${world.proxy.port}`],
        ...['--cacert', world.authority.certificatePath, '-H', 'authorization: Bearer good'],
        ...['-o', '/dev/null', '-w', '%{http_code}', `${scheme}://${HOST}/notes`],
      ]);
      expect(stdout).toBe('200');
    }
  });

  it('it listens on a Unix socket, too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orrery-unix-'));
    const path = join(folder, 'proxy');
    const { registry, authority, universe } = world;
    const proxy = await startProxy({ registry, authority, universe, path });
    const socket = connect(path);
    const secure = connectTls({ socket, servername: HOST, ca: authority.certificatePem });
    secure.write(
      `GET /notes HTTP/1.1\r\nhost: ${HOST}\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n`,
    );
    let text = '';
    for await (const chunk of secure) text += chunk;
    expect(text).toMatch(/^HTTP\/1.1 200/);
    await proxy.close(0);
    rmSync(folder, { recursive: true });
  });
});
