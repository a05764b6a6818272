/** Where events may go: what a server must not be made to reach, whoever asks and by whatever name. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkOutbound, type OutboundGuard, type Resolve } from '../../src/outbound.ts';

let program: Server;
let port: number;
let heard: string[];
let opened: { close(): Promise<void> }[];
beforeEach(async () => {
  heard = [];
  opened = [];
  program = createServer((request, reply) => {
    heard.push(`${request.headers.host}${request.url}`);
    if (request.url === '/away') reply.writeHead(307, { location: `http://127.0.0.1:${port}/home` });
    reply.end('heard');
  });
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  port = (program.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const one of opened) await one.close();
  program.closeAllConnections();
  program.close();
});

const nobody: Resolve = () => Promise.reject(new Error('no look-up in this test'));
async function sent(url: string, guard: OutboundGuard, resolve: Resolve = nobody) {
  const outbound = networkOutbound(guard, resolve);
  opened.push(outbound);
  return outbound.send({ url, method: 'POST', headers: {}, body: '', timeoutMs: 5_000 });
}
const to =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('with an operator key', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '[::]',
    '[::1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::a00:1]',
    '[64:ff9b:1::a00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fec0::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
  ])('%s is not reached', async (host) => {
    expect(await sent(`http://${host}:${port}/`, { reach: 'public' })).toMatchObject({ failure: 'refused' });
    expect(heard).toEqual([]);
  });

  it('a name that leads inside is not reached, by http or https, also where another of its addresses is public', async () => {
    for (const scheme of ['http', 'https'])
      for (const found of [['127.0.0.1'], ['::1'], ['93.184.215.14', '10.0.0.1'], ['::ffff:192.168.0.1'], []])
        expect(
          await sent(`${scheme}://inside.example:${port}/`, { reach: 'public' }, to(...found)),
        ).toMatchObject({ failure: 'refused' });
    expect(heard).toEqual([]);
  });

  it('what is allowed by name, or by name and port, is reached under its name', async () => {
    for (const allow of [['localhost'], [`localhost:${port}`]])
      expect(await sent(`http://localhost:${port}/in`, { reach: 'public', allow })).toMatchObject({
        status: 200,
      });
    expect(
      await sent(`http://localhost:${port}/`, { reach: 'public', allow: ['localhost:1'] }, to('127.0.0.1')),
    ).toMatchObject({ failure: 'refused' });
    expect(heard).toEqual([`localhost:${port}/in`, `localhost:${port}/in`]);
  });
});

describe('in local mode', () => {
  it('only this machine is reached, by number or by name', async () => {
    const guard = { reach: 'loopback' } as const;
    expect(await sent(`http://127.0.0.1:${port}/a`, guard)).toMatchObject({ status: 200, body: 'heard' });
    expect(await sent(`http://desk.localhost:${port}/b`, guard, to('127.0.0.1'))).toMatchObject({
      status: 200,
    });
    for (const host of ['93.184.215.14', '10.0.0.1', '0.0.0.0', '[2606:4700::1]'])
      expect(await sent(`http://${host}:${port}/`, guard)).toMatchObject({ failure: 'refused' });
    expect(await sent('http://away.example/', guard, to('93.184.215.14'))).toMatchObject({
      failure: 'refused',
    });
    expect(heard).toEqual([`127.0.0.1:${port}/a`, `desk.localhost:${port}/b`]);
  });

  it('a name with two addresses is reached by the one on which the program listens', async () => {
    const both = await sent(`http://desk.localhost:${port}/`, { reach: 'loopback' }, to('::1', '127.0.0.1'));
    expect(both).toMatchObject({ status: 200 });
  });

  it('a name is looked up once: what a second look-up would say leads nowhere', async () => {
    let asked = 0;
    const rebinding: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
    const url = `http://rebind.example:${port}/`;
    expect(await sent(url, { reach: 'loopback' }, rebinding)).toMatchObject({ status: 200 });
    expect([asked, heard]).toEqual([1, [`rebind.example:${port}/`]]);
    expect(await sent(url, { reach: 'loopback' }, rebinding)).toMatchObject({ failure: 'refused' });
  });

  it('a redirect is answered to the caller, not followed', async () => {
    expect(await sent(`http://127.0.0.1:${port}/away`, { reach: 'loopback' })).toMatchObject({
      status: 307,
      headers: { location: `http://127.0.0.1:${port}/home` },
    });
    expect(heard).toEqual([`127.0.0.1:${port}/away`]);
  });

  it('nothing but http and https is spoken', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'ws://127.0.0.1/'])
      expect(await sent(url, { reach: 'loopback' })).toMatchObject({ failure: 'refused' });
  });

  it('a name that does not resolve, or a port where nobody listens, is a failed connection', async () => {
    expect(await sent('http://nowhere.example/', { reach: 'loopback' })).toMatchObject({
      failure: 'connection',
    });
    expect(await sent('http://127.0.0.1:1/', { reach: 'loopback' })).toMatchObject({ failure: 'connection' });
  });
});
