/** Events to a command that is isolated: its ports are on another loopback, and reached by dialling. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { networkOutbound } from '../../../src/outbound.ts';

let program: Server;
beforeEach(async () => {
  program = createServer((request, reply) => reply.end(`heard at ${request.headers.host}`));
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  program.closeAllConnections();
  program.close();
});

const portInside = 1;
const send = (url: string, dial: (port: number) => Promise<Socket> | undefined) =>
  networkOutbound({ reach: 'loopback', dial }).send({
    url,
    method: 'POST',
    headers: {},
    body: '',
    timeoutMs: 5_000,
  });
const dialled = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect((program.address() as AddressInfo).port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });

it('reaches a port by dialling, under the name that the program gave', async () => {
  const dial = (port: number) => (port === portInside ? dialled() : undefined);
  expect(await send(`http://127.0.0.1:${portInside}/events`, dial)).toMatchObject({
    status: 200,
    body: `heard at 127.0.0.1:${portInside}`,
  });
});

it('goes the usual way where there is nothing to dial', async () => {
  const { port } = program.address() as AddressInfo;
  expect(await send(`http://127.0.0.1:${port}/`, () => undefined)).toMatchObject({ status: 200 });
});

it('fails as a connection does where nobody listens inside', async () => {
  const dial = () => Promise.reject(new Error('refused'));
  expect(await send(`http://127.0.0.1:${portInside}/`, dial)).toMatchObject({ failure: 'connection' });
});

it('dials for this machine only: the same port elsewhere is not let through', async () => {
  for (const host of ['93.184.215.14', 'elsewhere.example'])
    expect((await send(`http://${host}:${portInside}/`, () => dialled())).status).toBe(0);
  expect(await send(`http://localhost:${portInside}/`, () => dialled())).toMatchObject({ status: 200 });
});
