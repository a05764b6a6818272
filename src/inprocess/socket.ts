/**
 * WebSockets of a universe that is reached with no socket: nothing in a process can stand between a program and its
 * WebSocket, so a loopback port is lent as soon as an address is handed out, and taken back when the universe ends.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { targetOf } from '../door.ts';
import { refuse } from '../listener.ts';
import type { Universe } from '../universe.ts';
import { onUpgrade, refuseUpgrade, upgradeIn } from '../upgrade.ts';

const ADDRESS = '127.0.0.1';
const HEADERS_BYTES_MAX = 64 * 1024;

const ports = new WeakMap<Universe, Promise<number>>();

/** Where WebSockets of a twin are reached: `ws://127.0.0.1:{port}/u/{id}/{twin}`. Rejects where no port can be had. */
export async function lentSocketBase(universe: Universe, twin: string): Promise<string> {
  let port = ports.get(universe);
  if (!port) {
    port = open(universe);
    ports.set(universe, port);
  }
  return `ws://${ADDRESS}:${await port}/u/${universe.id}/${twin}`;
}

async function open(universe: Universe): Promise<number> {
  const server = createServer({ maxHeaderSize: HEADERS_BYTES_MAX }, (_req, res) =>
    refuse(res, 404, 'this port takes WebSockets only'),
  );
  const endSockets = onUpgrade(server, (req, socket, head) => {
    const host = req.headers.host ?? ADDRESS;
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    const target = targetOf(`http://${host}`, path, host, universe.twins);
    if (target?.universe !== universe.id)
      return void refuseUpgrade(socket, 404, `this port belongs to the universe ${universe.id}`);
    upgradeIn(universe, target, req, socket, head);
  });
  const close = () => {
    endSockets();
    server.close();
    server.closeAllConnections();
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, ADDRESS, resolve);
  });
  // A test's process is to end when its tests have, universe closed or not.
  server.unref();
  if (universe.closed) close();
  else universe.onClose(close);
  return (server.address() as AddressInfo).port;
}
