/**
 * The server's one port: twins under `/u/{universe}/{twin}/…` (and by vendor host name), everything else by the
 * control app. Twins are served straight from Node's HTTP, since faults cut and hold connections.
 */
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Target, targetOf, wireRequest } from './door.ts';
import type { WirePlan } from './pipeline.ts';
import type { Registry } from './registry.ts';
import type { Twin } from './twin.ts';
import type { Universe } from './universe.ts';
import { wallNow, wallTimer } from './wall.ts';

export interface ServerOptions {
  registry: Registry;
  host: string;
  port: number;
  /** Answers what is no twin's: console, control routes, health. */
  app: { fetch(request: Request): Response | Promise<Response> };
  /** Believe `x-forwarded-proto` and `x-forwarded-host`. */
  trustProxy?: boolean;
}

export interface RunningServer {
  /** `http://host:port` as it listens. */
  url: string;
  port: number;
  /** Takes no more connections, finishes what is in flight (at most `graceMs`), ends. */
  close(graceMs?: number): Promise<void>;
}

const HEADERS_BYTES_MAX = 64 * 1024;
const REQUEST_MS_MAX = 300_000;
const GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 25;

/** Listens; rejects where the port is taken or not allowed. */
export async function serve(options: ServerOptions): Promise<RunningServer> {
  const twins = [...options.registry.twins.values()].map(({ twin }) => twin);
  const control = getRequestListener((request) => options.app.fetch(request));
  const server = createServer(
    { maxHeaderSize: HEADERS_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
    (req, res) => {
      const target = address(req, twins, options.trustProxy ?? false);
      if (target) serveTwin(options.registry, target, req, res);
      else void control(req, res);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${name}:${port}`, port, close: (graceMs = GRACE_MS) => stop(server, graceMs) };
}

function address(req: IncomingMessage, twins: readonly Twin[], trustProxy: boolean): Target | undefined {
  const url = req.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const forwarded = trustProxy ? first(req.headers['x-forwarded-host']) : undefined;
  const host = forwarded ?? req.headers.host ?? 'localhost';
  const scheme = (trustProxy ? first(req.headers['x-forwarded-proto']) : undefined) ?? 'http';
  return targetOf(`${scheme}://${host}`, path, host, twins);
}

const first = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.split(',', 1)[0]?.trim();

function serveTwin(registry: Registry, target: Target, req: IncomingMessage, res: ServerResponse): void {
  const universe = universeOf(registry, target, req);
  if (!universe) {
    refuse(res, 404, `there is no universe ${target.universe ?? `for ${target.host}`}`);
    return;
  }
  if (!registry.tenants.spend(universe.tenant, wallNow())) {
    refuse(res, 429, 'the quota of requests per second is used up');
    return;
  }
  const limit = registry.twins.get(target.twin)?.twin.wire.bodyBytesMax ?? 0;
  read(req, limit, (body) => {
    const url = req.url ?? '/';
    const mark = url.indexOf('?');
    const message = {
      method: req.method ?? 'GET',
      query: mark < 0 ? '' : url.slice(mark + 1),
      headers: req.headers,
      body,
    };
    const failed = (error: unknown) => {
      // Nothing below is to throw; if something does, one request fails and the server lives.
      universe.recordAssertion(target.twin, 'server', error as Error);
      refuse(res, 500, 'an error of Orrery’s own: the journal has it');
    };
    try {
      const plan = universe.handle(target.twin, wireRequest(target, message));
      if (plan instanceof Promise) plan.then((one) => execute(one, universe.now(), req, res)).catch(failed);
      else later(() => execute(plan, universe.now(), req, res));
    } catch (error) {
      failed(error);
    }
  });
}

/** By path; by host: the one that a header names, else the only one there is. */
function universeOf(registry: Registry, target: Target, req: IncomingMessage): Universe | undefined {
  if (target.universe !== undefined) return registry.get(target.universe);
  const named = first(req.headers['x-orrery-universe']);
  if (named !== undefined) return registry.get(named);
  return registry.size === 1 ? registry.list()[0] : undefined;
}

/** Hands over the body; what is past `limit` is read away, so that the client hears the refusal, but not kept. */
function read(req: IncomingMessage, limit: number, then: (body: Uint8Array | undefined) => void): void {
  if (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined) {
    then(undefined);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    if (bytes > limit) return;
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > limit) then(Buffer.concat(chunks));
  });
  req.on('end', () => {
    if (bytes <= limit) then(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  });
  // A client that goes away in the middle of its body asked for nothing.
  req.on('error', () => req.destroy());
}

let waiting: (() => void)[] = [];

/**
 * Replies made in one turn of the event loop go out together at its end: each write that wakes a sleeping client costs
 * the server more than making the reply did. Measured: a quarter to a third more requests per second from 16 clients.
 */
function later(send: () => void): void {
  if (waiting.push(send) > 1) return;
  setImmediate(() => {
    const sends = waiting;
    waiting = [];
    for (const one of sends) one();
  });
}

/** Puts a plan on the socket: an answer, a cut, or silence and then a cut. */
function execute(plan: WirePlan, now: number, req: IncomingMessage, res: ServerResponse): void {
  if ('cut' in plan) {
    const cut = () => (req.socket as Socket).resetAndDestroy();
    if (plan.holdMs === 0) cut();
    else req.socket.once('close', wallTimer(plan.holdMs, cut));
    return;
  }
  const { status, headers, body } = plan.reply;
  // Clients reckon waits from this header: it must tell the universe's time, not the machine's.
  res.sendDate = false;
  const flat: string[] = ['date', httpDate(now)];
  for (const [name, value] of headers) flat.push(name, value);
  const bodiless = status === 204 || status === 304 || status < 200;
  if (!bodiless)
    flat.push(
      'content-length',
      String(body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length),
    );
  if (!req.complete) flat.push('connection', 'close');
  try {
    res.writeHead(status, flat);
  } catch {
    // A header that cannot be sent (a line break out of a vendor's text) must not take the server down.
    res.writeHead(500);
    return void res.end();
  }
  if (bodiless || body === undefined || req.method === 'HEAD') res.end();
  else res.end(body);
}

let dated = { second: -1, text: '' };

/** The time as HTTP writes it; the text for a second is made once. */
function httpDate(now: number): string {
  const second = Math.floor(now / 1_000);
  if (dated.second !== second) dated = { second, text: new Date(second * 1_000).toUTCString() };
  return dated.text;
}

function refuse(res: ServerResponse, status: number, detail: string): void {
  const body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail,
  });
  res.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(status === 429 ? { 'retry-after': '1' } : {}),
  });
  res.end(body);
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = wallTimer(graceMs, () => server.closeAllConnections());
    let sweep = () => {};
    // A connection that was in use when the stop began is idle only later, and clients keep idle ones open.
    const closeIdle = () => {
      server.closeIdleConnections();
      sweep = wallTimer(IDLE_SWEEP_MS, closeIdle);
    };
    server.close(() => {
      force();
      sweep();
      resolve();
    });
    closeIdle();
  });
}
