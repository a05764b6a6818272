/**
 * Upgrades to WebSockets, whichever port or tunnel they come through: the twin's own endpoint decides, as it does for
 * any request (so that faults, refusals and the journal are the same), then the connection is its universe's.
 */
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { type Target, wireRequest } from './door.ts';
import type { Finder } from './find.ts';
import type { Choice } from './listener.ts';
import type { WirePlan } from './pipeline.ts';
import { cutSocket } from './protocol.ts';
import type { Registry } from './registry.ts';
import { type Connection, SOCKET_MESSAGE_BYTES_MAX } from './socket/connection.ts';
import { CLOSE_GONE, socketsOf } from './socket/sockets.ts';
import type { Universe } from './universe.ts';
import { wallNow, wallTimer } from './wall.ts';

/** Answers an upgrade request for one of the twins of `universe`. Never throws. */
export function upgradeTwin(
  registry: Registry,
  universe: Universe,
  target: Target,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (registry.tenants.spend(universe.tenant, wallNow())) upgradeIn(universe, target, req, socket, head);
  else refuseUpgrade(socket, 429, 'the quota of requests per second is used up');
}

/** The same for who pays no quota: calls from the same process. */
export function upgradeIn(
  universe: Universe,
  target: Target,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  socket.on('error', () => socket.destroy());
  if (!socketsOf(universe).roomy) return void refuseUpgrade(socket, 503, 'too many WebSockets are open');
  const url = req.url ?? '/';
  const mark = url.indexOf('?');
  const request = wireRequest(target, {
    method: req.method ?? 'GET',
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: req.headers,
    body: undefined,
  });
  const failed = (error: unknown) => {
    universe.recordAssertion(target.twin, 'upgrade', error as Error);
    refuseUpgrade(socket, 500, 'an error of Orrery’s own: the journal has it');
  };
  const { generation } = universe;
  const go = (plan: WirePlan) => {
    // The world that let it in may be gone by now.
    if (generation !== universe.generation) return refuseUpgrade(socket, 503, 'the universe was reset');
    return execute(plan, universe, target, req, socket, head);
  };
  try {
    Promise.resolve(universe.handle(target.twin, { ...request, upgrade: true }))
      .then(go)
      .catch(failed);
  } catch (error) {
    failed(error);
  }
}

/** The same for a request whose universe is still to be found. */
export async function upgradeFound(
  registry: Registry,
  finder: Finder,
  target: Target,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  const query = (req.url ?? '').split('?', 2)[1] ?? '';
  const message = { method: req.method ?? 'GET', query, headers: req.headers, body: undefined };
  const unfound: Choice = { refusal: { status: 500, kind: 'internal', detail: 'an error of Orrery’s own' } };
  const choice = await Promise.resolve(message)
    .then((one) => finder.find(target, one))
    .catch(() => unfound);
  if ('universe' in choice) upgradeTwin(registry, choice.universe, target, req, socket, head);
  else refuseUpgrade(socket, choice.refusal.status, choice.refusal.detail, choice.refusal.kind);
}

/** Answers with a refusal of Orrery's own and closes; `kind` is the last part of the problem's type. */
export function refuseUpgrade(socket: Duplex, status: number, detail: string, kind?: string): void {
  const type = kind === undefined ? 'about:blank' : `urn:orrery:problem:${kind}`;
  const body = JSON.stringify({ type, title: STATUS_CODES[status], status, detail });
  socket.on('error', () => socket.destroy());
  answer(socket, status, [['content-type', 'application/problem+json']], body);
}

async function execute(
  plan: WirePlan,
  universe: Universe,
  target: Target,
  req: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  if ('cut' in plan) {
    const cut = () => cutSocket(socket);
    if (plan.holdMs === 0) cut();
    else socket.once('close', wallTimer(plan.holdMs, cut));
    return;
  }
  const { status, headers, body, accept } = plan.reply;
  if (!accept) return answer(socket, status, headers, body ?? '');
  const { generation } = universe;
  const server = await webSockets();
  if (generation !== universe.generation) return refuseUpgrade(socket, 503, 'the universe was reset');
  server.handleUpgrade(req, socket, head, (ws) => {
    const connection = socketsOf(universe).add(ws, target.twin, accept);
    if (connection) connections.set(socket, connection);
  });
}

/** What became of the sockets that were upgraded. */
const connections = new WeakMap<Duplex, Connection>();
const enders = new WeakMap<Server, () => void>();

let loading: Promise<WebSocketServer> | undefined;

/** Loaded at the first upgrade: most servers never see one. */
function webSockets(): Promise<WebSocketServer> {
  loading ??= import('ws').then(
    (ws) =>
      new ws.WebSocketServer({
        noServer: true,
        clientTracking: false,
        perMessageDeflate: false,
        maxPayload: SOCKET_MESSAGE_BYTES_MAX,
      }),
  );
  return loading;
}

function answer(
  socket: Duplex,
  status: number,
  headers: readonly (readonly [string, string])[],
  body: string | Uint8Array,
): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const lines = headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`).join('');
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}content-length: ${bytes.length}\r\nconnection: close\r\n\r\n`,
  );
  socket.end(bytes);
}

/** Who answers the upgrades of a server. */
export type UpgradeHandler = (req: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Has `handle` answer the WebSocket upgrades of `server`. Requests that ask for another protocol (Java's HTTP client
 * asks for `h2c` every time) stay what they would be without it: ordinary requests. Returns the way to end the
 * connections that came of it.
 */
export function onUpgrade(server: Server, handle: UpgradeHandler): () => void {
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (req, socket, head) => {
    if (req.headers.upgrade?.toLowerCase() !== 'websocket') return void serveAgain(server, req, socket, head);
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    handle(req, socket, head);
  });
  const end = () => {
    for (const socket of upgraded) {
      const connection = connections.get(socket);
      if (connection) connection.close(CLOSE_GONE);
      else socket.destroy();
    }
  };
  enders.set(server, end);
  return end;
}

/** Ends the connections that came of a server's upgrades: the server does not count them as its own any more. */
export const endUpgrades = (server: Server): void => enders.get(server)?.();

/** Gives a request back to the server it came from, without the headers that made an upgrade of it. */
function serveAgain(server: Server, req: IncomingMessage, socket: Duplex, head: Buffer): void {
  let text = `${req.method} ${req.url} HTTP/${req.httpVersion}\r\n`;
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] as string;
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) text += `${name}: ${req.rawHeaders[i + 1]}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
