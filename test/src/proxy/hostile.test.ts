import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOST, type Open, open, remarksOf } from './open.ts';

let world: Open;
beforeEach(async () => {
  world = await open({ limits: { headMs: 150, idleMs: 150, connections: 40 } });
});
afterEach(() => world.close());

const DEADLINE_MS = 5_000;
const POLL_MS = 10;

/** Waits until `holds`; the clients are real sockets. */
async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += POLL_MS) {
    if (waited > DEADLINE_MS) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const dial = (): Socket => connect(world.proxy.port, '127.0.0.1').on('error', () => {});

/** All that comes back until the other side ends it. */
const ending = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let all = '';
    socket.on('data', (chunk) => {
      all += chunk;
    });
    socket.on('close', () => resolve(all));
  });

const send = (bytes: string | Buffer): Promise<string> => {
  const socket = dial();
  socket.write(bytes);
  return ending(socket);
};

const tunnel = (): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = dial();
    socket.once('data', () => resolve(socket));
    socket.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`);
  });

/** Why a TLS client comes through to no host. */
const handshake = (socket: Socket, servername: string | undefined): Promise<string> =>
  new Promise((resolve) => {
    const secure = connectTls({ socket, ...(servername ? { servername } : {}), rejectUnauthorized: false });
    secure.on('error', (error) => resolve(error.message));
    secure.on('close', () => resolve('closed'));
    secure.on('secureConnect', () => resolve('secured'));
  });

/** The proxy lives: a good request is answered. */
const lives = async () =>
  expect(
    await send(
      `GET http://${HOST}/notes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n`,
    ),
  ).toMatch(/^HTTP\/1.1 200/);

/** Sockets and listeners that this thread holds open. */
const held = () => process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS|Pipe)/.test(name)).length;

describe('bad input on the proxy’s port', () => {
  it('of any bytes is refused and ends', async () => {
    const noise = Buffer.from(Array.from({ length: 3_000 }, (_, i) => (i * 167 + 13) % 256));
    for (const first of [0x00, 0x05, 0x16, 0x47, 0xff]) {
      noise[0] = first;
      expect(await send(noise)).not.toMatch(/^HTTP\/1.1 [23]/);
    }
    for (const text of [
      'GET nonsense HTTP/1.1\r\nhost: a\r\n\r\n',
      'GET http://[::1/ HTTP/1.1\r\nhost: a\r\n\r\n',
      'GET /notes HTTP/1.1\r\nhost: a b\r\n\r\n',
      'CONNECT / HTTP/1.1\r\nhost: a\r\n\r\n',
      `CONNECT ${HOST}:99999 HTTP/1.1\r\nhost: a\r\n\r\n`,
      `CONNECT ${'a'.repeat(300)}.example:443 HTTP/1.1\r\nhost: a\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ])
      expect(await send(text)).toMatch(/^HTTP\/1.1 (400|505)/);
    await lives();
  });

  it('inside a tunnel is refused and ends', async () => {
    for (const bytes of [
      '\x16\x03\x01\x02\x00garbage',
      'no http\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n`,
    ]) {
      const socket = await tunnel();
      const all = ending(socket);
      socket.write(bytes, 'latin1');
      expect(await all).not.toMatch(/^HTTP\/1.1 [23]/);
    }
    await lives();
  });

  it('of TLS names that are no vendor’s, or another than the tunnel’s, gets no certificate', async () => {
    expect(await handshake(dial(), 'evil.example')).not.toBe('secured');
    expect(await handshake(dial(), undefined)).not.toBe('secured');
    expect(await handshake(await tunnel(), 'other.toy.example')).not.toBe('secured');
    expect(remarksOf(world.universe)).toEqual([
      expect.objectContaining({ refusedHost: 'evil.example:443' }),
      expect.objectContaining({ refusedHost: 'other.toy.example:443' }),
    ]);
    expect(await handshake(await tunnel(), HOST)).toBe('secured');
  });

  it('of giant headers is refused', async () => {
    const giant = `x: ${'y'.repeat(80_000)}\r\n`;
    expect(await send(`GET http://${HOST}/notes HTTP/1.1\r\n${giant}\r\n`)).toMatch(/^HTTP\/1.1 431/);
    const socket = await tunnel();
    const all = ending(socket);
    socket.write(`GET /notes HTTP/1.1\r\nhost: ${HOST}\r\n${giant}\r\n`);
    expect(await all).toMatch(/^HTTP\/1.1 431/);
    await lives();
  });
});

describe('bad input in HTTP/2', () => {
  const secured = async () =>
    connectTls({
      socket: await tunnel(),
      servername: HOST,
      ALPNProtocols: ['h2'],
      rejectUnauthorized: false,
    });

  it('that is none ends the connection', async () => {
    const secure = (await secured()).on('error', () => {});
    const all = ending(secure as unknown as Socket);
    secure.write('GET / HTTP/1.1\r\n\r\n'.repeat(100));
    expect(await all).not.toContain('HTTP/1.1 2');
    await lives();
  });

  it('of giant headers ends the stream, not the process', async () => {
    const secure = await secured();
    const client = connectHttp2(`https://${HOST}`, { createConnection: () => secure }).on('error', () => {});
    const outcome = await new Promise((resolve) => {
      const stream = client.request({ ':path': '/notes', x: 'y'.repeat(200_000) });
      stream.on('response', (head) => resolve(head[':status']));
      stream.on('error', () => resolve('refused'));
      stream.on('close', () => resolve('closed'));
    });
    expect(outcome).not.toBe(200);
    client.destroy();
    await lives();
  });
});

describe('connections that do nothing', () => {
  it('end by themselves: silent, half-open, slow before and inside a tunnel, idle after a request', async () => {
    const slowly = (socket: Socket, text: string) => {
      let at = 0;
      const timer = setInterval(() => socket.write(text[at++ % text.length] as string), 20);
      socket.on('close', () => clearInterval(timer));
      return ending(socket);
    };
    const half = dial();
    half.end();
    const idle = dial();
    idle.write(`GET http://${HOST}/notes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\n\r\n`);
    const done = await Promise.all([
      ending(dial()),
      ending(half),
      slowly(dial(), 'GET http://x/ HTTP/1.1\r\nx: '),
      slowly(await tunnel(), 'GET / HTTP/1.1\r\nx: '),
      ending(await tunnel()),
      ending(idle),
    ]);
    expect(done.map((text) => text.slice(0, 12))).toEqual(['', '', '', '', '', 'HTTP/1.1 200']);
    await lives();
  });

  it('are bounded in number, and make room again', async () => {
    const flood = Array.from({ length: 60 }, () => dial());
    const ends = flood.map(ending);
    await until(() => flood.filter((one) => one.destroyed).length >= 20);
    expect(world.proxy.stats().connections).toBeLessThanOrEqual(40);
    await Promise.all(ends);
    await lives();
  });
});

describe('closing the proxy', () => {
  it('ends every connection and leaves no socket', async () => {
    const before = held();
    const other = await open();
    const sockets = [connect(other.proxy.port, '127.0.0.1'), connect(other.proxy.port, '127.0.0.1')];
    const [first] = sockets as [Socket, Socket];
    await new Promise((resolve) => {
      first.once('data', resolve);
      first.write(`CONNECT ${HOST}:443 HTTP/1.1\r\nhost: ${HOST}\r\n\r\n`);
    });
    expect(held()).toBeGreaterThan(before);
    const ends = sockets.map((socket) => ending(socket.on('error', () => {})));
    await other.close();
    await Promise.all(ends);
    await until(() => held() <= before);
  });

  it('finishes what is in flight first', async () => {
    const other = await open();
    const fault = other.universe.addFault({ kind: 'latency', params: { fixed: '150ms' }, count: 1 });
    const socket = connect(other.proxy.port, '127.0.0.1');
    const all = ending(socket);
    socket.write(`GET http://${HOST}/notes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer good\r\n\r\n`);
    await until(() => fault.hits > 0);
    await other.proxy.close(5_000);
    expect(await all).toMatch(/^HTTP\/1.1 200/);
    other.registry.close();
  });
});
