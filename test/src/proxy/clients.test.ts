import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { promisify } from 'node:util';
import { ProxyAgent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTH, as, HOST, type Open, open, textsOf } from './open.ts';

const run = promisify(execFile);
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
});
void existsSync;
