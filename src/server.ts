/**
 * The server's one port: twins under `/u/{universe}/{twin}/…` (and by vendor host name), everything else by the
 * control app.
 */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Target, targetOf } from './door.ts';
import { Finder } from './find.ts';
import { refuse, serveTwin } from './listener.ts';
import type { Registry } from './registry.ts';
import { stopGently } from './stopping.ts';
import type { Twin } from './twin.ts';
import { onUpgrade, refuseUpgrade, upgradeFound } from './upgrade.ts';

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

/** Listens; rejects where the port is taken or not allowed. */
export async function serve(options: ServerOptions): Promise<RunningServer> {
  const twins = [...options.registry.twins.values()].map(({ twin }) => twin);
  const finder = new Finder(options.registry);
  const control = controlListener(options.app);
  const server = createServer(
    { maxHeaderSize: HEADERS_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
    (req, res) => {
      const target = address(req, twins, options.trustProxy ?? false);
      if (!target) return void control().then((answer) => answer(req, res));
      const choice = finder.named(target, req.headers);
      if (!choice) serveTwin(options.registry, (message) => finder.find(target, message), target, req, res);
      else if ('universe' in choice) serveTwin(options.registry, choice.universe, target, req, res);
      else refuse(res, choice.refusal.status, choice.refusal.detail, choice.refusal.kind);
    },
  );
  onUpgrade(server, (req, socket, head) => {
    const target = address(req, twins, options.trustProxy ?? false);
    if (!target) return void refuseUpgrade(socket, 404, 'WebSockets are found at a twin only');
    void upgradeFound(options.registry, finder, target, req, socket, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${name}:${port}`, port, close: (graceMs) => stopGently(server, graceMs) };
}

/** What answers requests that are no twin's; loaded with the first of them, since a start is to take no longer for it. */
function controlListener(app: ServerOptions['app']): () => Promise<RequestListener> {
  let loaded: Promise<RequestListener> | undefined;
  return () => {
    loaded ??= import('@hono/node-server').then(({ getRequestListener }) =>
      // Programs that start a server keep their own Request and Response.
      getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }),
    );
    return loaded;
  };
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
