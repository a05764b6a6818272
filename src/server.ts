/**
 * The server's one port: twins under `/u/{universe}/{twin}/…` (and by vendor host name), everything else by the
 * control app.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Target, targetOf } from './door.ts';
import { refuse, serveTwin } from './listener.ts';
import type { Registry } from './registry.ts';
import type { Twin } from './twin.ts';
import type { Universe } from './universe.ts';
import { wallTimer } from './wall.ts';

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
      if (!target) return void control(req, res);
      const universe = universeOf(options.registry, target, req);
      if (universe) serveTwin(options.registry, universe, target, req, res);
      else refuse(res, 404, `there is no universe ${target.universe ?? `for ${target.host}`}`);
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

/** By path; by host: the one that a header names, else the only one there is. */
function universeOf(registry: Registry, target: Target, req: IncomingMessage): Universe | undefined {
  if (target.universe !== undefined) return registry.get(target.universe);
  const named = first(req.headers['x-orrery-universe']);
  if (named !== undefined) return registry.get(named);
  return registry.size === 1 ? registry.list()[0] : undefined;
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
